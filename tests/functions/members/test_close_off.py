import pytest

from core.clock import new_id
from members import close_off, get_me, open_up
from tests.cloud import call
from tests.functions.conftest import Person


def openness(user: Person) -> list[str]:
    return [each["activity"] for each in call(get_me.handler, user=user.id).json["open_to"]]


@pytest.fixture(autouse=True)
def _opened(alice: Person) -> None:
    for activity in ("mentor", "speak"):
        call(open_up.handler, user=alice.id, activity=activity)


def test_closes_that_one(alice: Person) -> None:
    closed = call(close_off.handler, user=alice.id, activity="mentor")

    assert (closed.status, closed.json) == (204, None)
    assert openness(alice) == ["speak"]


def test_twice_is_as_once(alice: Person) -> None:
    assert [call(close_off.handler, user=alice.id, activity="mentor").status for _ in range(2)] == [204, 204]
    assert openness(alice) == ["speak"]


def test_an_activity_that_is_not_in_the_catalogue_is_not_there(alice: Person) -> None:
    assert call(close_off.handler, user=alice.id, activity="no-such").status == 404
    assert openness(alice) == ["mentor", "speak"]


def test_nobody_else_is_closed_off(alice: Person, mallory: Person) -> None:
    call(close_off.handler, user=mallory.id, activity="mentor")

    assert openness(alice) == ["mentor", "speak"]


def test_a_token_without_a_profile_closes_nothing() -> None:
    assert call(close_off.handler, user=new_id(), activity="mentor").status == 404


def test_without_an_authorizer_nothing_is_done(alice: Person) -> None:
    assert call(close_off.handler, activity="mentor").status == 500
    assert openness(alice) == ["mentor", "speak"]
