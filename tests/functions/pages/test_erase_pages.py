from core import keys, table
from pages import bucket, profiles
from tests.functions.conftest import Person
from tests.functions.pages.acting import change, erase, follow, render, site
from tests.functions.timeline.acting import created


def leave(person: Person) -> None:
    profile = table.get(keys.member(person.id)) or {}
    table.write(table.put(profile | {"visibility": "hidden", "version": profile["version"] + 1}))
    table.write(table.put(keys.departure(person.id)._asdict() | {"id": person.id, "version": 1}))


def test_of_who_has_left_nothing_stands(alice: Person, bob: Person) -> None:
    render(alice, bob)
    change(alice, name="Canary")
    follow(created(alice, title="Canary"))
    leave(alice)
    render(alice)
    erase(alice)

    assert not [path for path, text in site().items() if "Canary" in text or "alice" in path]
    assert table.get(keys.rendered(alice.id)) is None
    assert f"@{bob.handle}/" in site()


def test_what_was_still_being_written_goes_with_the_next_run(alice: Person) -> None:
    render(alice)
    leave(alice)
    erase(alice)
    profiles.claim({"id": alice.id, "handle": "alice"})
    bucket.put(bucket.Page("@alice/2020/", "Canary"))
    erase(alice)

    assert "Canary" not in str(site())


def test_of_who_has_not_left_everything_does(alice: Person) -> None:
    render(alice)
    before = site()
    erase(alice)

    assert site() == before
