from domains import map_profile, store
from members import change_handle, edit_me
from tests.cloud import call
from tests.functions.conftest import Person
from tests.functions.domains.conftest import NAME, address, live, look, settle, shown, told, want
from tests.functions.domains.edge import Edge
from tests.nameserver import NameServer


def mapped(person: Person) -> None:
    assert told(map_profile.handler, member_id=person.id, version=1)


def test_the_domain_follows_the_handle(alice: Person, dns: NameServer, edge: Edge) -> None:
    live(alice, dns)
    assert call(change_handle.handler, user=alice.id, body={"handle": "alice-two"}).status == 200

    mapped(alice)
    settle(alice)

    assert edge.tenants[NAME]["parameters"][0]["Value"] == "alice-two"
    assert len(edge.invalidated) == 1, "nothing of the former one stays in caches"
    assert shown(alice)["state"] == "live"


def test_of_a_profile_that_is_not_public_nothing_is_shown(alice: Person, dns: NameServer, edge: Edge) -> None:
    live(alice, dns)
    call(edit_me.handler, user=alice.id, body={"visibility": "members"})

    mapped(alice)
    settle(alice)
    assert edge.tenants[NAME]["enabled"] is False
    assert (shown(alice)["state"], address(alice)) == ("hidden", None)
    held = store.held(NAME)
    assert held, "it stays this member's"
    assert held.member_id == alice.id

    call(edit_me.handler, user=alice.id, body={"visibility": "public"})
    mapped(alice)
    settle(alice)
    assert (shown(alice)["state"], address(alice)) == ("live", NAME)
    assert edge.tenants[NAME]["enabled"] is True


def test_other_changes_of_a_profile_do_not_concern_it(alice: Person, dns: NameServer) -> None:
    live(alice, dns)
    before = store.held(NAME), store.claim_of(alice.id)
    call(edit_me.handler, user=alice.id, body={"headline": "New"})

    mapped(alice)
    assert (store.held(NAME), store.claim_of(alice.id)) == before


def test_who_has_proven_nothing_changes_nothing(
    alice: Person, mallory: Person, dns: NameServer, edge: Edge
) -> None:
    want(mallory)
    live(alice, dns)
    mapped(mallory)
    mapped(Person("01M842K4NVJV3VR8MCEAW010TM", "nobody"))
    look(mallory)

    assert edge.tenants[NAME]["parameters"][0]["Value"] == alice.handle
