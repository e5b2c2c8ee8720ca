import pytest

from domains import release_domain, serve_domain, serving, store
from tests.cloud import call
from tests.functions.conftest import Person
from tests.functions.domains.conftest import NAME, lead, live, look, prove, settle, told, want
from tests.functions.domains.edge import Edge
from tests.nameserver import NameServer


def served(name: str = NAME) -> bool:
    return told(serve_domain.handler, domain_id=name, version=1)


def test_told_twice_it_changes_nothing(alice: Person, dns: NameServer, edge: Edge) -> None:
    live(alice, dns)
    before = dict(edge.tenants[NAME])
    edge.calls.clear()

    assert served()
    assert served()
    assert edge.tenants[NAME] == before
    assert set(edge.calls) == {"GetDistributionTenant", "GetManagedCertificateDetails"}


def test_of_a_domain_that_nobody_holds_it_makes_nothing(edge: Edge) -> None:
    assert served("nobody.example.org")
    assert edge.tenants == {}


def test_while_cloudfront_still_disables_it_the_queue_brings_it_again(
    alice: Person, dns: NameServer, edge: Edge
) -> None:
    live(alice, dns)
    edge.slow_to_disable = 2
    call(release_domain.handler, user=alice.id)

    assert not served()
    assert edge.tenants[NAME]["enabled"] is False, "it serves nothing from the first try on"
    assert not served()
    assert served()
    assert (edge.tenants, edge.certificates) == ({}, {})


def test_the_certificate_goes_even_where_the_first_try_broke_off_after_the_tenant(
    alice: Person, dns: NameServer, edge: Edge, monkeypatch: pytest.MonkeyPatch
) -> None:
    live(alice, dns)
    call(release_domain.handler, user=alice.id)

    def broken(**_: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(edge, "delete_certificate", broken)
    assert not served()
    assert (edge.tenants, len(edge.certificates)) == ({}, 1)
    monkeypatch.undo()
    monkeypatch.setattr("domains.serving._edge", lambda: edge)
    monkeypatch.setattr("domains.serving._certificates", lambda: edge)
    assert served()
    assert edge.certificates == {}


def test_a_domain_given_up_while_its_tenant_is_made_is_not_left_serving(
    alice: Person, dns: NameServer, edge: Edge
) -> None:
    want(alice)
    prove(alice, dns)
    lead(dns)
    edge.on_create = lambda: call(release_domain.handler, user=alice.id)

    settle(alice)

    assert store.held(NAME) is None
    assert edge.tenants == {}


def test_a_worker_that_knows_less_cannot_have_the_last_word(
    alice: Person, dns: NameServer, edge: Edge
) -> None:
    live(alice, dns)
    held = store.held(NAME)
    assert held
    store.serve(held, held.changed(handle="old"))
    found = serving.find(NAME)
    old = store.held(NAME)
    assert old
    store.serve(old, old.changed(handle="new"))
    assert served()

    with pytest.raises(Exception, match="PreconditionFailed"):
        serving.start(old, found)
    assert edge.tenants[NAME]["parameters"][0]["Value"] == "new"


def test_a_hidden_profile_keeps_its_tenant_but_serves_nothing(
    alice: Person, dns: NameServer, edge: Edge
) -> None:
    live(alice, dns)
    held = store.held(NAME)
    assert held
    store.serve(held, held.changed(visible=False))

    assert served()
    assert edge.tenants[NAME]["enabled"] is False
    assert edge.invalidated == [edge.tenants[NAME]["id"]]
    look(alice)
    assert edge.tenants[NAME]["enabled"] is True
