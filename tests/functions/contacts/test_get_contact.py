from tests.functions.conftest import Person
from tests.functions.contacts.acting import NOBODYS, asked, open_to, read, shield


def test_each_side_sees_the_other(alice: Person, bob: Person) -> None:
    open_to(alice, note="On Fridays.", weekly_cap=7, audience="members")
    made = asked(bob, alice)

    sent, received = read(bob, made).json, read(alice, made).json

    assert (sent["role"], sent["other"]["id"]) == ("sender", alice.id)
    assert (received["role"], received["other"]["id"]) == ("recipient", bob.id)
    both = {"role", "other"}
    assert {name: each for name, each in sent.items() if name not in both} == {
        name: each for name, each in received.items() if name not in both
    }


def test_nothing_of_the_recipients_settings_is_told(alice: Person, bob: Person, mallory: Person) -> None:
    open_to(alice, note="On Fridays.", weekly_cap=7, audience="members")
    shield(alice, members=[mallory.handle])

    told = str(read(bob, asked(bob, alice)))

    settings = ("weekly_cap", "audience", "shield", mallory.handle, "version", "visibility", "updated_at")
    for setting in settings:
        assert setting not in told


def test_for_everybody_else_it_is_not_there(alice: Person, bob: Person, mallory: Person) -> None:
    open_to(alice)
    made = asked(bob, alice)

    assert (read(mallory, made).status, read(mallory, made).json) == (404, read(bob, NOBODYS).json)
