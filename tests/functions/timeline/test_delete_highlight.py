import pytest

from tests.functions.conftest import Person
from tests.functions.timeline.acting import (
    NOBODYS,
    answer,
    counted,
    create,
    created,
    delete,
    edit,
    everything,
    follow_up,
    read,
    titles,
)


def test_is_gone_from_everywhere(alice: Person) -> None:
    before = everything()
    made = created(alice, tags=["a", "b"], pinned=True)

    deleted = delete(alice, made)

    assert (deleted.status, deleted.json) == (204, None)
    assert titles(alice, alice) == titles(alice, tag="a") == titles(alice, pinned="true") == []
    assert everything() == before


def test_leaves_nothing_behind_once_its_effects_have_run(alice: Person, bob: Person) -> None:
    made = created(alice, tags=["a", "b"], collaborators=[{"handle": bob.handle}])
    answer(bob, made, "accepted")
    follow_up(made)

    delete(alice, made)
    follow_up(made)

    assert counted(alice, alice).json["count"] == counted(bob, bob).json["count"] == 0
    assert not [item for item in everything() if made in item["pk"] + item["sk"]]


def test_a_stranger_is_refused_as_for_what_is_not_there(alice: Person, bob: Person, mallory: Person) -> None:
    made = created(alice, collaborators=[{"handle": bob.handle}])
    answer(bob, made, "accepted")
    before = everything()

    for stranger in (bob, mallory):
        refused = delete(stranger, made)
        assert refused.status == 404
        assert refused.json == delete(stranger, NOBODYS).json
    assert everything() == before


def test_the_second_time_it_is_not_there(alice: Person) -> None:
    made = created(alice)

    assert [delete(alice, made).status for _ in range(3)] == [204, 404, 404]


def test_a_stale_etag_is_refused(alice: Person) -> None:
    made = create(alice)
    edited = edit(alice, made.json["id"], title="Changed")

    assert delete(alice, made.json["id"], made.headers["etag"]).status == 412
    assert read(made.json["id"]).status == 200
    assert delete(alice, made.json["id"], edited.headers["etag"]).status == 204


def test_what_stands_under_a_job_outlives_it(alice: Person) -> None:
    job = created(alice, kind="job", title="Job")
    created(alice, under=job, title="Below")

    delete(alice, job)

    assert titles(alice) == titles(alice, under=job) == ["Below"]


@pytest.mark.parametrize("highlight_id", ["x", "#", "a" * 201])
def test_what_is_no_id_is_not_there(alice: Person, highlight_id: str) -> None:
    assert delete(alice, highlight_id).status == 404
