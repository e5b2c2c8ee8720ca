from domains import get_domain
from tests.cloud import call
from tests.functions.conftest import Person
from tests.functions.domains.conftest import live, shown, want
from tests.nameserver import NameServer


def test_without_a_domain_there_is_nothing(alice: Person) -> None:
    assert call(get_domain.handler, user=alice.id).status == 404


def test_shows_ones_own_and_nobody_elses(alice: Person, bob: Person) -> None:
    want(alice)

    assert shown(alice)["name"] == "ana.example.org"
    assert call(get_domain.handler, user=bob.id).status == 404


def test_a_live_one_says_where_it_is_found_and_that_the_proof_must_stay(
    alice: Person, dns: NameServer
) -> None:
    found = live(alice, dns)

    assert found["address"] == "https://ana.example.org"
    assert "Leave it there" in found["records"][0]["note"]
    assert (found["checking"], found["released_at"]) == (False, None)
