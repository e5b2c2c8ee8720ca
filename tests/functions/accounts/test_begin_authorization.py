from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine

from tests.functions.accounts import federation
from tests.functions.accounts.conftest import stored
from tests.provider import Provider


def asked(address: str) -> dict[str, str]:
    return {name: value[0] for name, value in parse_qs(urlsplit(address).query).items()}


def test_leads_to_the_provider_and_back_to_a_page_of_ours(google: Provider) -> None:
    begun = federation.begin(google)

    said = asked(begun.json["address"])
    assert begun.status == 201
    assert said["redirect_uri"] == "https://polyfolio.example/app/sign-in/google"
    assert (said["scope"], said["code_challenge_method"]) == ("openid profile email", "S256")


def test_each_way_has_its_own_state_nonce_challenge_and_secret(google: Provider) -> None:
    ways = [federation.begin(google).json for _ in range(5)]

    for name in ("state", "nonce", "code_challenge"):
        assert len({asked(way["address"])[name] for way in ways}) == 5
    assert len({way["secret"] for way in ways}) == 5
    assert not [way for way in ways if way["secret"] in way["address"]]


def test_a_provider_that_knows_no_pkce_is_not_asked_for_it(linkedin: Provider) -> None:
    assert "code_challenge" not in asked(federation.begin(linkedin).json["address"])


def test_the_browsers_secret_is_not_in_the_table(google: Provider) -> None:
    secret = federation.begin(google).json["secret"]

    assert secret not in str(stored())


@pytest.mark.parametrize(
    "described",
    [
        {"issuer": "https://another.example"},
        {"token_endpoint": None},
        {"jwks_uri": "file:///etc/passwd"},
        {"authorization_endpoint": "javascript:alert(1)"},
    ],
)
def test_a_provider_that_describes_itself_wrongly_is_not_to_be_had(
    google: Provider, described: dict[str, object]
) -> None:
    google.described = described

    refused = federation.begin(google)

    assert (refused.status, refused.headers["retry-after"]) == (503, "30")
    assert "Google cannot be asked" in refused.json["detail"]


def test_a_network_begins_so_many_and_no_more(google: Provider) -> None:
    with time_machine.travel(datetime.now(UTC), tick=False):
        assert [federation.begin(google).status for _ in range(26)] == [201] * 25 + [429]
        assert federation.begin(google, source="203.0.113.8").status == 201
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=301), tick=False):
        assert federation.begin(google).status == 201
