from typing import Any

from core import keys
from tests.functions.conftest import Person
from tests.functions.timeline.acting import (
    answer,
    batch,
    counted,
    create,
    created,
    delete,
    edit,
    everything,
    follow_up,
    set_profile,
)
from timeline import count_years

FIRST, OTHERS = ([f"{word} {number}" for number in range(30)] for word in ("first", "other"))


def full(tags: list[str], badges: range, **changes: Any) -> dict[str, Any]:
    return {"tags": tags, "badges": [f"badge-{n}" for n in badges], "pinned": True} | changes


def test_a_full_highlight_can_become_a_wholly_other_one(alice: Person, bob: Person) -> None:
    set_profile(alice, badges=[{"name": f"Badge {number}"} for number in range(10)])
    jobs = [created(alice, kind="job") for _ in range(2)]
    collaborators = [{"handle": bob.handle}]
    one = full(FIRST, range(5), start="1999-02", kind="code", under=jobs[0], collaborators=collaborators)
    other = full(OTHERS, range(5, 10), start="2022-05-06", kind="event", under=jobs[1], visibility="members")
    made = create(alice, "key", **one).json["id"]
    answer(bob, made, "accepted")
    follow_up(made)

    assert edit(alice, made, **other).status == 200
    follow_up(made)

    for of in (alice, bob):
        assert [counted(of, bob, tag=tag).json["count"] for tag in (FIRST[29], OTHERS[29])] == [0, 1]
        assert counted(of, bob, kind="event").json["years"][0]["year"] == 2022
    assert counted(alice, alice, badge="badge-9").json["count"] == 1
    assert counted(alice, alice, badge="badge-0").json["count"] == 0


def test_counts_once_however_often_it_is_told(alice: Person) -> None:
    made = created(alice)

    for _ in range(3):
        count_years.handler(batch(made, made), None)

    assert counted(alice).json["count"] == 1


def test_what_was_deleted_before_it_was_counted_is_not(alice: Person) -> None:
    made = created(alice)
    delete(alice, made)

    assert count_years.handler(batch(made), None) == {"batchItemFailures": []}

    assert not any(keys.is_derived(item) for item in everything())


def test_a_former_collaborator_is_not_forgotten(alice: Person, bob: Person) -> None:
    made = created(alice, collaborators=[{"handle": bob.handle}])
    answer(bob, made, "accepted")
    follow_up(made)
    edit(alice, made, collaborators=[])

    follow_up(made)

    assert counted(bob, bob).json["count"] == 0
