import pytest

from tests.cloud import call
from tests.functions.waitlist.conftest import PEOPLE, admit, all_wait, confirm, link, mailed, place_of, rounds
from waitlist import admit_from_waitlist

ANN, BEN, CAT, DAN = PEOPLE


def test_admits_those_who_have_waited_the_longest() -> None:
    all_wait()

    assert admit(2).json["count"] == 2

    assert [len(mailed(each)) for each in PEOPLE] == [1, 1, 0, 0]
    assert [place_of(each) for each in (CAT, DAN)] == [1, 2]
    assert confirm(link(ANN)).json | {"since": ""} == {
        "state": "admitted",
        "place": None,
        "waiting": 2,
        "since": "",
    }


def test_a_repeat_admits_nobody_else() -> None:
    all_wait()

    first, again = (admit(1, **{"Idempotency-Key": "monday"}) for _ in range(2))

    assert first == again
    assert len(rounds()) == 1
    assert [len(mailed(each)) for each in PEOPLE] == [1, 0, 0, 0]


@pytest.mark.parametrize(
    "groups", [{}, {"cognito:groups": "[others]"}, {"cognito:groups": "[not-operators]"}]
)
def test_members_are_refused(groups: dict[str, str]) -> None:
    all_wait()

    refused = call(admit_from_waitlist.handler, user="01MALLORY", claims=groups, body={"count": 1})

    assert refused.status == 403
    assert not rounds()


@pytest.mark.parametrize("count", [0, -1, 501, "2", 1.5, None, True])
def test_a_count_that_is_none_is_named(count: object) -> None:
    refused = call(
        admit_from_waitlist.handler,
        user="01OP",
        claims={"cognito:groups": "[operators]"},
        body={"count": count},
    )

    assert (refused.status, refused.pointers) == (422, ["/count"])
