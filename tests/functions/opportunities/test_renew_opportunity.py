from datetime import UTC, datetime, timedelta

from tests.functions.conftest import Person, Shift
from tests.functions.opportunities.acting import NOBODYS, close, posted, read, renew, titles
from tests.racing import at_once


def test_what_has_expired_is_on_top_again_for_thirty_days(alice: Person, bob: Person, later: Shift) -> None:
    made = posted(alice, title="Old", tags=["a"])
    later(timedelta(days=40))
    posted(bob, title="New")
    assert titles() == ["New"]

    renewed = renew(alice, made)

    assert (renewed.status, renewed.json["state"], renewed.json["version"]) == (201, "open", 2)
    assert titles() == ["Old", "New"]
    assert titles(tag="a") == ["Old"]
    later(timedelta(days=69))
    assert titles(tag="a") == ["Old"]
    later(timedelta(days=71))
    assert titles() == []


def test_not_before_its_last_week(alice: Person, later: Shift) -> None:
    made = posted(alice)
    later(timedelta(days=22))
    refused = renew(alice, made)
    later(timedelta(days=23, seconds=1))

    assert (refused.status, renew(alice, made).status) == (409, 201)
    assert "can be renewed from" in refused.json["detail"]


def test_not_past_its_deadline(alice: Person, later: Shift) -> None:
    made = posted(alice, deadline=str(datetime.now(UTC).date() + timedelta(days=5)))
    later(timedelta(days=25))

    assert renew(alice, made).status == 409
    assert titles() == []


def test_not_when_it_is_closed(alice: Person, later: Shift) -> None:
    made = posted(alice)
    close(alice, made)
    later(timedelta(days=31))

    assert renew(alice, made).json["detail"] == "It is closed, and stays as it is."


def test_others_have_nothing_to_renew(alice: Person, bob: Person, later: Shift) -> None:
    made = posted(alice)
    later(timedelta(days=31))

    assert renew(bob, made).status == renew(alice, NOBODYS).status == 404


def test_a_repeat_is_answered_as_the_first_was(alice: Person, later: Shift) -> None:
    made = posted(alice)
    later(timedelta(days=31))

    first, again = (renew(alice, made, "key") for _ in range(2))

    assert (first.status, again.status) == (201, 201)
    assert first.json == again.json
    assert read(made).json["version"] == 2


def test_of_many_at_once_one_counts(alice: Person, later: Shift) -> None:
    made = posted(alice)
    later(timedelta(days=31))

    statuses = [each.status for each in at_once(*(lambda: renew(alice, made) for _ in range(6)))]

    assert statuses.count(201) == 1
    assert set(statuses) <= {201, 409, 412}
    assert titles() == ["A booklet"]
