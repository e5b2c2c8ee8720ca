import pytest

from tests.functions.conftest import Person
from tests.functions.timeline.acting import NOBODYS, answer, create, created, delete, edit, read, set_profile


def test_everybody_reads_what_is_public(alice: Person, bob: Person) -> None:
    made = create(alice, text="*so*").json

    assert read(made["id"]).json == read(made["id"], bob).json == read(made["id"], alice).json == made


def test_a_members_only_one_is_not_there_for_visitors(alice: Person, mallory: Person) -> None:
    made = created(alice, visibility="members")

    assert read(made).status == 404
    assert read(made, mallory).status == read(made, alice).status == 200


def test_a_draft_is_there_for_its_owner_alone(alice: Person, bob: Person) -> None:
    made = created(alice, visibility="draft", collaborators=[{"handle": bob.handle}])

    assert read(made, alice).status == 200
    for refused in (read(made), read(made, bob)):
        assert refused.status == 404
        assert refused.json == read(NOBODYS).json  # nothing tells it from one that never was


def test_a_members_only_owner_hides_all(alice: Person, mallory: Person) -> None:
    made = created(alice)
    set_profile(alice, visibility="members")

    assert read(made).json == read(NOBODYS).json
    assert read(made, mallory).status == 200


@pytest.mark.parametrize("highlight_id", [NOBODYS, "x", "#", "HIGHLIGHT#", "\x00", "é", "a" * 200, "a" * 201])
def test_what_is_not_there(highlight_id: str) -> None:
    assert read(highlight_id).status == 404


def test_a_deleted_one_is_not_there(alice: Person) -> None:
    made = created(alice)
    delete(alice, made)

    assert read(made).status == read(made, alice).status == 404


def test_only_the_owner_sees_who_declined(alice: Person, bob: Person, mallory: Person) -> None:
    made = created(alice, collaborators=[{"handle": bob.handle}])
    answer(bob, made, "declined")

    assert [each["state"] for each in read(made, alice).json["collaborators"]] == ["declined"]
    for reader in (None, bob, mallory):
        assert read(made, reader).json["collaborators"] == []


def test_what_was_read_need_not_be_sent_again(alice: Person) -> None:
    made = created(alice)
    etag = read(made).headers["etag"]

    for known in (etag, f"W/{etag}", f'"other", {etag}'):
        again = read(made, if_none_match=known)
        assert (again.status, again.json, again.headers["etag"]) == (304, None, etag)
    assert read(made, if_none_match='"other"').status == 200

    edit(alice, made, title="Changed")
    assert read(made, if_none_match=etag).status == 200


def test_who_reads_decides_about_caching(alice: Person) -> None:
    made = created(alice)

    assert read(made).headers["cache-control"].startswith("public, max-age=")
    assert read(made, alice).headers["cache-control"] == "private, no-store"
    assert read(NOBODYS).headers["cache-control"] == "no-store"


def test_the_etag_tells_the_owners_view_from_that_of_others(alice: Person, bob: Person) -> None:
    made = created(alice, collaborators=[{"handle": bob.handle}])
    answer(bob, made, "declined")

    assert read(made).headers["etag"] != read(made, alice).headers["etag"]
