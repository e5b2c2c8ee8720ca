from datetime import timedelta
from typing import Any

from domains import recheck_domains, store
from tests.functions.conftest import NOW, Person
from tests.functions.domains.conftest import live, look, settle, told, want
from tests.nameserver import NameServer


def test_those_whose_time_has_come_are_asked_for_and_no_others(
    alice: Person, bob: Person, dns: NameServer, at: Any
) -> None:
    live(alice, dns)
    want(bob, "bob.example.org")
    settle(bob, names=("bob.example.org",))

    at(NOW + timedelta(hours=1))
    assert told(recheck_domains.handler)

    claims = [store.claim_of(each.id) for each in (alice, bob)]
    assert [bool(each and each.asked > each.answered) for each in claims] == [False, True]


def test_a_look_that_was_lost_is_asked_for_again(alice: Person, at: Any) -> None:
    want(alice)
    before = store.claim_of(alice.id)

    at(NOW + timedelta(minutes=10))
    assert told(recheck_domains.handler)

    after = store.claim_of(alice.id)
    assert before
    assert after
    assert after.version == before.version + 1


def test_what_was_taken_or_released_is_left_alone(
    alice: Person, bob: Person, dns: NameServer, at: Any
) -> None:
    want(bob)
    live(alice, dns)
    claim = store.claim_of(bob.id)
    assert claim
    dns.put("_polyfolio.ana.example.org", "TXT", f'"{claim.value}"')
    assert look(bob)["state"] == "taken"

    at(NOW + timedelta(days=100))
    assert told(recheck_domains.handler)
    assert store.claim_of(bob.id) == store.claim_of(bob.id)
    now = store.claim_of(bob.id)
    assert now
    assert now.asked == now.answered
