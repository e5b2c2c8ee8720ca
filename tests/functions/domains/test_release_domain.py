import pytest

from domains import release_domain, store
from tests.cloud import call
from tests.functions.conftest import Person
from tests.functions.domains.conftest import NAME, address, live, prove, settle, want
from tests.functions.domains.edge import Edge
from tests.nameserver import NameServer
from tests.racing import at_once


def test_at_once_it_is_neither_held_nor_found_and_the_edge_follows(
    alice: Person, dns: NameServer, edge: Edge
) -> None:
    live(alice, dns)

    assert call(release_domain.handler, user=alice.id).status == 204
    assert (address(alice), store.held(NAME), store.claim_of(alice.id)) == (None, None, None)
    settle(alice)
    assert (edge.tenants, edge.certificates) == ({}, {})


def test_to_have_none_is_no_error(alice: Person) -> None:
    assert call(release_domain.handler, user=alice.id).status == 204


def test_a_claim_that_proved_nothing_takes_nothing_from_who_holds_it(
    alice: Person, mallory: Person, dns: NameServer
) -> None:
    want(mallory)
    live(alice, dns)

    assert call(release_domain.handler, user=mallory.id).status == 204
    assert (store.claim_of(mallory.id), address(alice)) == (None, NAME)
    held = store.held(NAME)
    assert held
    assert held.member_id == alice.id


def test_in_the_middle_of_a_look_it_is_given_up_all_the_same(alice: Person, dns: NameServer) -> None:
    want(alice)
    prove(alice, dns)

    at_once(
        lambda: settle(alice),
        lambda: call(release_domain.handler, user=alice.id),
    )
    settle(alice)

    assert (store.claim_of(alice.id), store.held(NAME), address(alice)) == (None, None, None)


def test_where_it_keeps_changing_it_says_so(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    want(alice)

    def overtaken(*_: object) -> None:
        raise store.Overtaken(alice.id)

    monkeypatch.setattr(store, "give_up", overtaken)
    assert call(release_domain.handler, user=alice.id).status == 409
