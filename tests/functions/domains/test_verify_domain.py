from domains import verify_domain
from tests.cloud import call
from tests.functions.conftest import Person
from tests.functions.domains.conftest import settle, shown, want
from tests.nameserver import NameServer


def test_asks_for_one_more_look(alice: Person, dns: NameServer) -> None:
    want(alice)
    settle(alice)
    dns.asked.clear()

    answer = call(verify_domain.handler, user=alice.id)
    assert (answer.status, answer.json["checking"]) == (202, True)
    settle(alice)
    assert shown(alice)["checking"] is False
    assert "_polyfolio.ana.example.org TXT" in dns.asked


def test_while_one_is_under_way_another_would_tell_nothing(alice: Person) -> None:
    before = want(alice).json

    again = call(verify_domain.handler, user=alice.id)

    assert (again.status, again.json) == (202, before)


def test_without_a_domain_there_is_nothing_to_look_at(alice: Person) -> None:
    assert call(verify_domain.handler, user=alice.id).status == 404


def test_looks_are_limited(alice: Person, dns: NameServer) -> None:
    assert dns
    want(alice)
    for _ in range(20):
        settle(alice)
        assert call(verify_domain.handler, user=alice.id).status == 202
    settle(alice)
    assert call(verify_domain.handler, user=alice.id).status == 429
