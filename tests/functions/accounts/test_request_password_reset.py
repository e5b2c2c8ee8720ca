from functools import partial

import pytest

from accounts import request_password_reset
from tests.cloud import Answer, call
from tests.functions.accounts.conftest import create, stored
from tests.functions.accounts.pool import Pool
from tests.output import Output
from tests.racing import at_once

# That of an account without a proven address is InvalidParameterException.
WITHOUT_MAIL = [
    "CodeDeliveryFailureException",
    "InvalidParameterException",
    "LimitExceededException",
    "NotAuthorizedException",
    "UserNotConfirmedException",
    "UserNotFoundException",
]


@pytest.fixture(autouse=True)
def _account(_admission: None) -> None:
    create()


def ask(email: object = "ada@example.org", source: str = "203.0.113.7", **headers: str) -> Answer:
    return call(request_password_reset.handler, body={"email": email}, source=source, headers=headers)


def test_mails_a_code(pool: Pool) -> None:
    assert ask(" ADA@example.org").status == 202
    assert list(pool.codes) == ["ada@example.org"]


def test_known_and_unknown_addresses_are_answered_and_asked_for_alike(pool: Pool) -> None:
    before = len(pool.calls)

    known, unknown = ask(), ask("eve@example.org")

    assert known == unknown
    assert pool.calls[before:] == ["ForgotPassword"] * 2
    assert list(pool.codes) == ["ada@example.org"]


@pytest.mark.parametrize("code", WITHOUT_MAIL)
def test_why_no_mail_goes_out_is_not_told(pool: Pool, code: str) -> None:
    mailed = ask()
    pool.refusals["ForgotPassword"] = [code]

    assert ask() == mailed


def test_a_fault_of_the_pool_is_not_hidden(pool: Pool) -> None:
    pool.refusals["ForgotPassword"] = ["ResourceNotFoundException"]

    assert ask().status == 500


@pytest.mark.parametrize("address", ["ada@example.org", "eve@example.org"])
def test_five_in_half_an_hour_known_or_not(pool: Pool, address: str) -> None:
    assert [ask(address).status for _ in range(6)] == [202] * 5 + [429]
    assert pool.calls.count("ForgotPassword") == 5


def test_thirty_in_half_an_hour_from_one_network_whatever_it_says_of_itself(pool: Pool) -> None:
    said = {"x-forwarded-for": "1.2.3.", "x-viewer-address": "1.2.3.", "x-polyfolio-edge": "guess"}

    answers = [ask(f"p{n}@example.org", **{k: f"{v}{n}" for k, v in said.items()}) for n in range(31)]

    assert [each.status for each in answers] == [202] * 30 + [429]
    assert 1700 < int(answers[30].headers["retry-after"]) <= 1800
    assert pool.calls.count("ForgotPassword") == 30
    assert ask(source="198.51.100.1").status == 202


def test_a_whole_64_of_ipv6_is_one_network() -> None:
    answers = [ask(f"p{n}@example.org", f"2001:db8:0:1:{n:x}::{n + 1:x}") for n in range(31)]

    assert [each.status for each in answers] == [202] * 30 + [429]
    assert ask(source="2001:db8:0:2::1").status == 202


def test_a_network_that_is_refused_uses_up_nobodys_own_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NETWORK_RESETS", "1")
    assert ask("eve@example.org").status == 202
    assert {ask().status for _ in range(6)} == {429}

    monkeypatch.setenv("NETWORK_RESETS", "30")
    assert ask().status == 202


def test_of_64_at_once_from_one_network_30_pass(pool: Pool) -> None:
    statuses = [each.status for each in at_once(*[partial(ask, f"p{n}@example.org") for n in range(64)])]

    assert (statuses.count(202), statuses.count(429)) == (30, 34)
    assert len(pool.named["ForgotPassword"]) == 30  # however often: a call that waits long is made again


def test_neither_table_nor_log_holds_the_address(output: Output) -> None:
    ask()

    assert "example.org" not in str(stored())
    assert "example.org" not in output.text


@pytest.mark.parametrize("wrong", ["", "ada", "ada@example.org\nbcc: eve@example.org", None, 7, ["a@b.org"]])
def test_what_is_no_address_is_named_and_asks_for_nothing(pool: Pool, wrong: object) -> None:
    refused = ask(wrong)

    assert (refused.status, refused.pointers) == (422, ["/email"])
    assert pool.codes == {}
