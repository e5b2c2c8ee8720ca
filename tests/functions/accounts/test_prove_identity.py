import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from tests.functions.accounts import federation
from tests.functions.accounts.conftest import stored
from tests.provider import CLIENT, Provider, others_key, own_key
from tests.racing import at_once


def test_who_comes_back_has_a_proof_and_what_fills_a_form(google: Provider) -> None:
    answer = federation.there_and_back(google, "subject-1")

    assert answer.status == 201
    assert (answer.json["linked"], answer.json["name"]) == (False, "Ada Lovelace")
    assert answer.json["email"] == "ada@example.org"
    assert "code_verifier" in google.forms[-1]


def test_so_it_is_with_one_that_knows_neither_nonces_nor_pkce(linkedin: Provider) -> None:
    assert federation.there_and_back(linkedin, "subject-1").status == 201
    assert "code_verifier" not in linkedin.forms[-1]


def test_neither_subject_nor_address_nor_name_is_kept(google: Provider) -> None:
    federation.there_and_back(google, "subject-1")

    assert not [word for word in ("subject-1", "ada@example.org", "Lovelace") if word in str(stored())]


WRONG: dict[str, dict[str, Any]] = {
    "another's nonce": {"nonce": "0" * 64},
    "no nonce": {"nonce": None},
    "a nonce that is no text": {"nonce": 7},
    "for another client": {"aud": "another-client"},
    "for another client too": {"aud": [CLIENT, "another-client"]},
    "asked for by another client": {"azp": "another-client"},
    "for nobody": {"aud": None},
    "of another issuer": {"iss": "https://accounts.google.com.evil.example"},
    "of no issuer": {"iss": None},
    "expired": {"exp": int(time.time()) - 120},
    "for ever": {"exp": None},
    "of tomorrow": {"iat": int(time.time()) + 86_400},
    "of nobody": {"sub": None},
    "of an empty subject": {"sub": ""},
    "of a subject that is a number": {"sub": 17},
    "of a subject without an end": {"sub": "x" * 256},
}


@pytest.mark.parametrize("claims", WRONG.values(), ids=WRONG)
def test_a_token_that_is_not_right_proves_nothing(google: Provider, claims: dict[str, Any]) -> None:
    google.changed = claims

    refused = federation.there_and_back(google, "subject-1")

    assert refused.status == 403
    assert "could not be verified" in refused.json["detail"]


def test_a_nonce_that_is_there_must_be_right_wherever_it_comes_from(linkedin: Provider) -> None:
    linkedin.changed = {"nonce": "0" * 64}

    assert federation.there_and_back(linkedin, "subject-1").status == 403


def public_pem() -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    raw: bytes = own_key().public_key().public_bytes(Encoding.DER, PublicFormat.PKCS1)
    return raw


FORGED: dict[str, tuple[str, Any, dict[str, Any]]] = {
    "signed by another": ("RS256", others_key, {}),
    "not signed": ("none", lambda: None, {}),
    "signed with what is public": ("HS256", public_pem, {}),
    "of a key it has not": ("RS256", own_key, {"kid": "two"}),
    "of no key": ("RS256", own_key, {"kid": None}),
    "with its own key": (
        "RS256",
        others_key,
        {"kid": "one", "jwk": {"kty": "RSA", "n": "AQAB", "e": "AQAB"}},
    ),
    "with a key elsewhere": ("RS256", others_key, {"jku": "http://127.0.0.1:9/keys"}),
    "with what nobody knows": ("RS256", own_key, {"crit": ["unknown"], "unknown": True}),
}


@pytest.mark.parametrize(("algorithm", "key", "headers"), FORGED.values(), ids=FORGED)
def test_a_forged_token_proves_nothing(
    google: Provider, algorithm: str, key: Any, headers: dict[str, Any]
) -> None:
    google.algorithm, google.key = algorithm, key()
    google.headers = headers

    assert federation.there_and_back(google, "subject-1").status == 403


def test_the_same_way_leads_back_once(google: Provider) -> None:
    begun = federation.begin(google).json
    body = google.signs_in(begun["address"], "subject-1") | {"secret": begun["secret"]}

    answers = at_once(*[lambda: federation.come_back(google, body)] * 4)

    assert sorted(each.status for each in answers) == [201, 403, 403, 403]
    assert len(google.forms) == 1, "nobody else's code got as far as the provider"


def test_a_way_that_another_browser_has_begun_leads_nowhere(google: Provider) -> None:
    """Somebody has my browser open where the provider led theirs back to: I would be signed in as them."""
    theirs, mine = federation.begin(google).json, federation.begin(google).json
    brought = google.signs_in(theirs["address"], "their-subject")

    refused = federation.come_back(google, brought | {"secret": mine["secret"]})

    assert refused.status == 403
    assert google.forms == []


def test_a_code_of_another_way_proves_nothing(google: Provider) -> None:
    """The code was got with another challenge and nonce."""
    mine, theirs = federation.begin(google).json, federation.begin(google).json
    code = google.signs_in(theirs["address"], "their-subject")["code"]
    brought = google.signs_in(mine["address"], "my-subject") | {"code": code, "secret": mine["secret"]}

    assert federation.come_back(google, brought).status == 403


def test_a_way_to_one_provider_does_not_lead_back_from_another(google: Provider, linkedin: Provider) -> None:
    begun = federation.begin(google).json
    brought = google.signs_in(begun["address"], "subject-1") | {"secret": begun["secret"]}

    assert federation.come_back(linkedin, brought).status == 403


def test_a_way_is_good_for_ten_minutes(google: Provider) -> None:
    begun = federation.begin(google).json
    brought = google.signs_in(begun["address"], "subject-1") | {"secret": begun["secret"]}

    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=601), tick=False):
        assert federation.come_back(google, brought).status == 403


def test_a_code_that_the_provider_does_not_know_is_refused(google: Provider) -> None:
    begun = federation.begin(google).json
    brought = google.signs_in(begun["address"], "subject-1") | {"secret": begun["secret"], "code": "made up"}

    refused = federation.come_back(google, brought)

    assert (refused.status, "does not know this code" in refused.json["detail"]) == (403, True)


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"state": "x"}, "/state"),
        ({"secret": "é" * 64}, "/secret"),
        ({"code": ""}, "/code"),
        ({"code": "x" * 2049}, "/code"),
        ({"email": "ada@example.org"}, "/email"),
    ],
)
def test_bad_input_names_the_field(google: Provider, changes: dict[str, str], pointer: str) -> None:
    parts = {"state": "0" * 64, "secret": "0" * 64, "code": "any"}

    refused = federation.come_back(google, parts | changes)

    assert (refused.status, refused.pointers) == (422, [pointer])
