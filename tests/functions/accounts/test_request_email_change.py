"""A change of address, from beginning to end."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from accounts import confirm_email_change, request_email_change
from core import clock, keys, openness, table
from tests.cloud import Answer, call
from tests.functions.accounts.conftest import ADA, admit, create, mails, signed_in
from tests.functions.accounts.pool import Pool

NEW = "ada@new.example.org"


@pytest.fixture
def ada(_admission: None) -> str:
    return str(create().json["id"])


def ask(user: str, **changes: Any) -> Answer:
    body = {"email": NEW, "password": ADA["password"]} | changes
    return call(request_email_change.handler, user=user, body=body)


def confirm(user: str, code: str) -> Answer:
    return call(confirm_email_change.handler, user=user, body={"code": code})


def code() -> str:
    return str(next(each for each in mails() if each["kind"] == "email-change")["values"]["code"])


def test_counts_once_the_code_that_was_mailed_to_it_is_given(ada: str) -> None:
    assert ask(ada).status == 202
    assert signed_in(email=NEW).status == 401
    assert [(each["kind"], each["to"]) for each in mails()] == [("email-change", NEW)]

    assert confirm(ada, code()).status == 204

    assert (signed_in(email=NEW).status, signed_in().status) == (201, 401)
    assert table.get(keys.email_change(ada)) is None


def test_shields_know_the_new_address_and_no_more_the_old_one(ada: str) -> None:
    assert table.get(keys.mail_domains(ada)) == _known(ada, ADA["email"])
    ask(ada)
    assert table.get(keys.mail_domains(ada)) == _known(ada, ADA["email"]), "it is not proven yet"

    confirm(ada, code())

    assert table.get(keys.mail_domains(ada)) == _known(ada, NEW)
    assert _known(ada, NEW) != _known(ada, ADA["email"])


def _known(member_id: str, address: str) -> dict[str, Any]:
    return keys.mail_domains(member_id)._asdict() | {"domains": openness.domains_of(address)}


def test_the_old_address_is_told(ada: str) -> None:
    ask(ada)
    confirm(ada, code())

    [notice] = [each for each in mails() if each["kind"] == "email-changed"]
    assert (notice["to"], notice["values"]) == (ADA["email"], {"new": NEW})


def test_an_address_of_somebody_else_is_answered_alike_and_never_taken(pool: Pool, ada: str) -> None:
    admit("bea@example.org", "code-of-bea")
    create(email="bea@example.org", code="code-of-bea", handle="bea", name="Bea")

    known, unknown = ask(ada, email=" BEA@example.org"), ask(ada)
    assert known == unknown
    ask(ada, email="bea@example.org")
    codes = [each["values"]["code"] for each in mails() if each["to"] == "bea@example.org"]

    assert confirm(ada, codes[-1]).status in (403, 409)
    assert sorted(pool.users.values()) == [ADA["email"], "bea@example.org"]


def test_who_does_not_know_the_password_changes_nothing(ada: str) -> None:
    assert ask(ada, password="wrong horse battery").status == 403
    assert mails() == []


def test_only_the_latest_code_is_good_once_and_for_an_hour(ada: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(ada)
    first = code()
    ask(ada, email="ada@other.example.org")
    assert confirm(ada, first).status == 403

    latest = next(each["values"]["code"] for each in mails() if each["to"] == "ada@other.example.org")
    later = datetime.now(UTC) + timedelta(hours=1, seconds=2)
    with monkeypatch.context() as patch:
        patch.setattr(clock, "now", lambda: later)
        assert confirm(ada, latest).status == 403
    assert [confirm(ada, latest).status for _ in range(2)] == [204, 403]


def test_five_guesses_in_half_an_hour_and_then_not_even_the_right_one(ada: str) -> None:
    ask(ada)
    right = code()
    wrong = f"{(int(right) + 1) % 1_000_000:06}"

    assert [confirm(ada, wrong).status for _ in range(5)] == [403] * 5
    assert confirm(ada, right).status == 429
    assert signed_in().status == 201


def test_another_members_code_is_no_good(ada: str) -> None:
    ask(ada)

    assert confirm("01ARZ3NDEKTSV4RRFFQ69G5FAV", code()).status == 403


def test_where_it_broke_off_the_same_code_goes_on(
    pool: Pool, ada: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(ada)
    given, write = code(), table.write
    with monkeypatch.context() as patch:
        patch.setattr(table, "write", lambda *writes: 1 / 0 if len(writes) == 4 else write(*writes))
        assert confirm(ada, given).status == 500

    assert confirm(ada, given).status == 204
    assert list(pool.users.values()) == [NEW]
    assert [each["to"] for each in mails() if each["kind"] == "email-changed"] == [ADA["email"]]


def test_a_personal_access_token_changes_no_address(ada: str) -> None:
    assert ask(f"{ada}:01TOKEN:read+write").status == 403
    assert confirm(f"{ada}:01TOKEN:read+write", "123456").status == 403
    assert mails() == []


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"email": "nobody"}, "/email"),
        ({"email": "Ada@Example.org"}, "/email"),
        ({"email": "a@b.example\nbcc: c@d.example"}, "/email"),
        ({"password": ""}, "/password"),
        ({"code": "1"}, "/code"),
    ],
)
def test_bad_input_names_the_field(ada: str, changes: dict[str, Any], pointer: str) -> None:
    refused = ask(ada, **changes)

    assert (refused.status, refused.pointers) == (422, [pointer])
    assert mails() == []
