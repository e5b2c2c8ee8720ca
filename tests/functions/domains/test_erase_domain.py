from accounts import departures
from core import keys, table
from domains import erase_domain, map_profile, store
from tests.functions.conftest import NOW, Person
from tests.functions.domains.conftest import NAME, address, live, settle, told
from tests.functions.domains.edge import Edge
from tests.nameserver import NameServer


def erased(person: Person) -> None:
    assert told(erase_domain.handler, departure_id=person.id, version=1)


def test_who_has_left_holds_no_domain_and_nothing_is_served(
    alice: Person, dns: NameServer, edge: Edge
) -> None:
    live(alice, dns)
    departures.leave(alice.id, NOW)
    assert told(map_profile.handler, member_id=alice.id, version=1)
    settle(alice)
    assert edge.tenants[NAME]["enabled"] is False, "hidden even before it is erased"

    erased(alice)
    settle(alice)

    assert (store.claim_of(alice.id), store.held(NAME), address(alice)) == (None, None, None)
    assert (edge.tenants, edge.certificates) == ({}, {})
    left = table.dynamodb.call("Scan", {"TableName": "unit"})["Items"]
    assert not [each for each in left if NAME in str(each)]


def test_run_again_it_is_the_same(alice: Person, dns: NameServer) -> None:
    live(alice, dns)
    departures.leave(alice.id, NOW)
    for _ in range(2):
        erased(alice)
    table.write(
        table.put(keys.own_address(alice.id)._asdict() | {"id": alice.id, "version": 1, "domain": "-"})
    )
    erased(alice)

    assert address(alice) is None


def test_who_has_not_left_loses_nothing(alice: Person, dns: NameServer) -> None:
    live(alice, dns)
    erased(alice)

    assert address(alice) == NAME
