import json
from typing import Any

import pytest

from core import table
from tests.attacks import corpus
from tests.cloud import Answer, call
from tests.functions.waitlist.conftest import confirm, link, mailed, stored
from tests.output import Output
from waitlist import join_waitlist, place

ANN = "ann@example.org"


def join(email: object = ANN, source: str = "203.0.113.7", **headers: str) -> Answer:
    return call(join_waitlist.handler, body={"email": email}, source=source, headers=headers)


def attacks(name: str) -> list[str]:
    found: list[str] = json.loads((corpus("mail") / "mail-attacks.json").read_text())[name]
    return found


def test_mails_a_link_that_makes_a_place() -> None:
    assert join().status == 202

    [values] = mailed(ANN, "waitlist-confirmation")
    assert confirm(values["token"]["S"]).json["place"] == 1


def test_keeps_nothing_of_an_address_that_is_not_confirmed_but_its_mail() -> None:
    join()

    holding = [item for item in stored() if "example.org" in str(item)]
    assert [item["sk"]["S"] for item in holding] == ["MAIL"]


def test_known_and_unknown_addresses_are_answered_alike_and_by_the_same_work(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nothing is looked up, so that no time can tell them apart either."""
    confirm(link(ANN))
    calls: list[str] = []
    real = table.dynamodb.call

    def heard(operation: str, payload: dict[str, Any]) -> dict[str, Any]:
        calls.append(operation)
        return real(operation, payload)

    monkeypatch.setattr(table.dynamodb, "call", heard)

    known = join(source="198.51.100.1"), tuple(calls)
    calls.clear()
    unknown = join("new@example.org", source="198.51.100.2"), tuple(calls)

    assert known == unknown
    assert known[1] == ("UpdateItem", "UpdateItem", "PutItem")


def test_pressing_twice_is_one_mail() -> None:
    join()
    join()

    assert len(mailed(ANN, "waitlist-confirmation")) == 1


def test_three_mails_in_a_month_to_one_person_however_they_are_spelled() -> None:
    spellings = [ANN, "Ann@Example.org.", "ann+1@example.org", "ann+2@example.org"]

    answers = [join(each, source=f"198.51.100.{n}") for n, each in enumerate(spellings)]

    assert [each.status for each in answers] == [202] * 3 + [429]
    assert int(answers[3].headers["retry-after"]) > 86_400


def test_five_in_half_an_hour_from_one_network_whatever_it_says_of_itself() -> None:
    said = {"x-forwarded-for": "1.2.3.4", "x-viewer-address": "1.2.3.4", "x-polyfolio-edge": "guess"}
    answers = [join(f"p{n}@example.org", **{k: f"{v}{n}" for k, v in said.items()}) for n in range(6)]

    assert [each.status for each in answers] == [202] * 5 + [429]
    assert join("p7@example.org", source="198.51.100.1").status == 202


def test_a_whole_64_of_ipv6_is_one_network() -> None:
    answers = [join(f"p{n}@example.org", source=f"2001:db8::{n + 1:x}") for n in range(6)]

    assert [each.status for each in answers] == [202] * 5 + [429]


@pytest.mark.parametrize(
    "wrong", ["", "ann", None, 7, ["ann@example.org"], "ann@example.org\nbcc: eve@example.org"]
)
def test_what_is_no_address_is_named_and_mails_nobody(wrong: object) -> None:
    refused = join(wrong)

    assert (refused.status, refused.pointers) == (422, ["/email"])
    assert not stored()


def test_odd_addresses_are_refused_and_good_ones_taken() -> None:
    refused = {each: join(each).status for each in attacks("addresses_reject")}
    assert refused == dict.fromkeys(refused, 422)
    assert refused

    taken = {
        each: join(each, source=f"198.51.100.{n}").status
        for n, each in enumerate(attacks("addresses_accept"))
    }
    assert taken == dict.fromkeys(taken, 202)


def test_values_made_to_break_headers_are_no_addresses() -> None:
    for each in attacks("header_values"):
        assert join(f"{each}@example.org").status == 422, each[:40]


def test_the_log_holds_no_address(output: Output) -> None:
    join()

    assert "example.org" not in output.text


def test_a_link_can_be_read_by_nobody_who_guesses_and_is_for_one_address() -> None:
    assert place.read(link(ANN)).address == ANN
    assert confirm(link(ANN)[:-3] + "AAA").status == 404
