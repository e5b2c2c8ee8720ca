from datetime import timedelta

from core import keys, table
from tests.functions.conftest import Person, Shift
from tests.functions.opportunities.acting import NOBODYS, block, close, gone, hide, posted, read


def test_says_who_has_posted_it_as_they_are_now(alice: Person, bob: Person) -> None:
    made = posted(alice)
    table.write(table.update(keys.member(alice.id), "SET #name = :new", new="Alice Moura"))

    poster = read(made, bob).json["poster"]

    assert poster == {"id": alice.id, "handle": "alice", "name": "Alice Moura", "headline": ""}
    assert read(made).headers["cache-control"] == "public, max-age=60"


def test_what_is_over_says_so(alice: Person, bob: Person, later: Shift) -> None:
    open_, closed = posted(alice), posted(alice)
    close(alice, closed)

    assert (read(closed).json["state"], read(closed).json["outcome"]) == ("closed", "found")
    later(timedelta(days=30))
    assert read(open_, bob).json["state"] == "expired"
    assert read(closed, bob).json["state"] == "closed"


def test_who_may_not_see_it_cannot_tell_it_from_what_is_not_there(
    alice: Person, bob: Person, mallory: Person
) -> None:
    missing = read(NOBODYS)
    open_, for_members = posted(alice), posted(alice, visibility="members")
    block(mallory, alice)

    assert missing.status == 404
    assert (read(for_members).status, read(for_members).json) == (404, missing.json)
    assert [read(open_, mallory).status, read(for_members, mallory).status] == [404, 404]
    assert [read(each, bob).status for each in (open_, for_members)] == [200, 200]


def test_is_for_members_while_its_poster_is_and_gone_when_they_are(alice: Person, bob: Person) -> None:
    made = posted(alice)

    hide(alice)
    assert [read(made).status, read(made, bob).status, read(made, alice).status] == [404, 200, 200]
    gone(alice)
    assert [read(made).status, read(made, bob).status] == [404, 404]
