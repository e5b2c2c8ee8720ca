"""POST /v1/things/{thing}

An imaginary route that leaves a thing in the table whenever it is carried out.
"""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from core import clock, keys, table
from core.clock import new_id
from core.errors import Conflict
from core.http import endpoint
from core.idempotency import Once
from core.request import Body
from core.shapes import Shape
from tests.cloud import Answer, call
from tests.racing import at_once

pytestmark = pytest.mark.usefixtures("empty_table")
SECRET = "correct horse battery"


class NewThing(Shape):
    name: str = "x"


class Made(NewThing):
    id: str
    version: int = 1


@endpoint(status=201)
def handler(new: Body[NewThing], once: Once) -> Made:
    made = Made(id=new_id(), name=new.name)
    thing = {"pk": f"THING#{made.name}", "sk": made.id}
    only = "attribute_not_exists(pk)"
    try:
        once.write(table.put(thing), table.put({"pk": f"NAME#{made.name}", "sk": "-"}, only), answer=made)
    except table.ConditionFailed:
        raise Conflict("The name is taken.") from None
    return made


def make(
    key: str | None, name: str = "x", user: str | None = "me", thing: str = "1", **changes: Any
) -> Answer:
    headers = {"Idempotency-Key": key} if key is not None else {}
    return call(handler, user=user, body={"name": name} | changes, headers=headers, thing=thing)


def things() -> int:
    return sum(item["pk"]["S"].startswith("THING#") for item in everything())


def everything() -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = table.dynamodb.call("Scan", {"TableName": "unit"})["Items"]
    return items


def test_a_repeat_is_answered_as_the_first_and_does_nothing() -> None:
    first = make("k1")

    repeats = [make("k1") for _ in range(3)]

    assert first.status == 201
    assert repeats == [first] * 3
    assert things() == 1


def test_a_repeat_is_answered_whole_whatever_the_caller_has() -> None:
    first = make("k1")

    headers = {"Idempotency-Key": "k1", "If-None-Match": first.headers["etag"]}
    assert call(handler, user="me", body={"name": "x"}, headers=headers, thing="1") == first


def test_without_a_key_each_is_its_own() -> None:
    assert [make(None, name).status for name in "aba"] == [201, 201, 409]
    assert things() == 2


def test_twenty_at_once_are_one() -> None:
    answers = at_once(*[partial(make, "k1")] * 20)

    assert answers == [answers[0]] * 20
    assert answers[0].status == 201
    assert things() == 1


@pytest.mark.parametrize("other", [{"name": "y"}, {"thing": "2"}])
def test_the_same_key_for_another_request_is_refused(other: dict[str, str]) -> None:
    make("k1")

    assert make("k1", **other).status == 422
    assert things() == 1


def test_keys_of_two_callers_have_nothing_to_do_with_each_other() -> None:
    mine, theirs, anybodys = make("k1", "a"), make("k1", "b", "them"), make("k1", "c", None)

    assert [each.status for each in (mine, theirs, anybodys)] == [201] * 3
    assert len({each.json["id"] for each in (mine, theirs, anybodys)}) == 3


def test_what_was_refused_can_be_tried_again_with_its_key() -> None:
    make(None, "a")

    assert make("k1", "a").status == 409
    table.write(table.delete(keys.Key("NAME#a", "-")))
    assert make("k1", "a").status == 201


def test_a_bad_body_uses_up_no_key() -> None:
    assert make("k1", colour="red").status == 422
    assert make("k1").status == 201


def test_a_key_is_kept_for_a_day_and_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    first = make("k1", "a")
    now = datetime.now(UTC)

    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=23, minutes=59))
    assert make("k1", "a") == first
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=24, minutes=1))
    assert make("k1", "b").status == 201
    assert make("k1", "b").json["name"] == "b"


@pytest.mark.parametrize("key", ["", "x" * 256, "ü", "a\nb", "a\x00b", "\u0660"])
def test_a_key_that_is_none_is_malformed(key: str) -> None:
    assert make(key).status == 400
    assert everything() == []


@pytest.mark.parametrize("key", ["k", "x" * 255, "a b#c", '"8e03978e-40d5-43dd-bc93-6894a57f9324"', "~"])
def test_all_other_keys_are_good(key: str) -> None:
    assert make(key) == make(key)
    assert things() == 1


def test_what_was_asked_cannot_be_read_or_guessed_from_what_is_kept() -> None:
    make("k1", name=SECRET)

    [kept] = [item for item in everything() if item["sk"]["S"] == "ONCE#k1"]
    assert kept.keys() == {"pk", "sk", "request", "status", "body", "ttl"}
    assert SECRET not in kept["request"]["S"]
    assert len(kept["request"]["S"]) == 64


def test_asks_before_it_acts_where_acting_is_more_than_writing() -> None:
    now = datetime.now(UTC)
    make("k1")
    once = Once("me", "k1", "POST /v1/things/{thing}\n/v1/things/1\n" + '{"name": "x"}', 201, now)

    with pytest.raises(Exception, match="201"):
        once.answer_again()
    Once("me", "k2", "", 201, now).answer_again()
    Once("me", None, "", 201, now).answer_again()
    Once("me", "k1", "", 201, now + timedelta(days=2)).answer_again()
