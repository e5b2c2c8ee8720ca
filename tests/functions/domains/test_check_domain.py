from datetime import timedelta

import pytest

from core import keys, table
from domains import check_domain, recheck_domains, release_domain, store
from tests.cloud import call
from tests.functions.accounts.pool import Pool
from tests.functions.conftest import NOW, Person
from tests.functions.domains.conftest import (
    NAME,
    TARGET,
    address,
    lead,
    live,
    look,
    prove,
    settle,
    shown,
    told,
    want,
    with_address,
)
from tests.functions.domains.edge import Edge
from tests.nameserver import NameServer
from tests.racing import at_once


def states(found: object) -> list[str]:
    assert isinstance(found, dict)
    return [each["state"] for each in found["records"]]


def mails() -> list[dict[str, str]]:
    items = table.dynamodb.call("Scan", {"TableName": "unit"})["Items"]
    return [{"kind": each["kind"]["S"], "to": each["to"]["S"]} for each in items if each["sk"]["S"] == "MAIL"]


def test_without_records_it_says_which_is_missing_and_serves_nothing(
    alice: Person, dns: NameServer, edge: Edge
) -> None:
    assert dns
    want(alice)
    settle(alice)

    found = shown(alice)
    assert (found["state"], states(found)) == ("missing", ["missing", "missing"])
    assert "no TXT record at _polyfolio.ana.example.org" in found["reason"]
    assert (found["checking"], found["address"], edge.tenants) == (False, None, {})


def test_another_value_proves_nothing(alice: Person, dns: NameServer) -> None:
    want(alice)
    dns.put(f"_polyfolio.{NAME}", "TXT", '"polyfolio=0000"')
    lead(dns)
    settle(alice)

    found = shown(alice)
    assert (found["state"], states(found)) == ("missing", ["wrong", "found"])
    assert "another value" in found["reason"]
    assert store.held(NAME) is None


def test_a_value_in_several_strings_or_beside_others_is_found(alice: Person, dns: NameServer) -> None:
    want(alice)
    claim = store.claim_of(alice.id)
    assert claim
    value = claim.value
    dns.put(f"_polyfolio.{NAME}", "TXT", '"v=spf1 -all"', f'"{value[:10]}" "{value[10:]}"')
    settle(alice)

    assert states(shown(alice)) == ["found", "missing"]


def test_proven_and_led_here_it_is_live(alice: Person, dns: NameServer, edge: Edge) -> None:
    before = table.get(keys.member(alice.id), consistent=True)
    found = live(alice, dns)

    after = table.get(keys.member(alice.id), consistent=True)
    assert before
    assert after
    assert after["version"] == before["version"] + 1, "whatever shows the profile hears of it"
    assert (states(found), found["address"]) == (["found", "found"], f"https://{NAME}")
    assert address(alice) == NAME
    [tenant] = edge.tenants.values()
    assert tenant["parameters"] == [{"Name": "profile", "Value": "alice"}]
    assert tenant["attached"] == tenant["made"]


def test_proof_alone_holds_the_domain_and_serves_nothing(alice: Person, dns: NameServer, edge: Edge) -> None:
    want(alice)
    prove(alice, dns)
    settle(alice)

    found = shown(alice)
    assert (found["state"], states(found)) == ("missing", ["found", "missing"])
    assert "leads the domain to us is missing" in found["reason"]
    assert store.held(NAME) is not None
    assert edge.tenants == {}


def test_a_wrong_target_is_named(alice: Person, dns: NameServer, edge: Edge) -> None:
    want(alice)
    prove(alice, dns)
    lead(dns, to="old-blog.example.net")
    settle(alice)

    assert "leads to old-blog.example.net" in shown(alice)["reason"]
    assert (shown(alice)["state"], edge.tenants) == ("wrong_target", {})
    lead(dns)
    assert look(alice)["state"] == "live"


def test_addresses_of_somebody_else_are_named(alice: Person, dns: NameServer) -> None:
    want(alice, "example.org")
    prove(alice, dns)
    settle(alice, names=("example.org",))

    assert shown(alice)["state"] == "wrong_target"
    assert "198.51.100.1" in shown(alice)["reason"]


def test_an_apex_that_is_flattened_to_our_addresses_leads_here(alice: Person, dns: NameServer) -> None:
    want(alice, "example.org")
    prove(alice, dns)
    dns.put("example.org", "A", "192.0.2.11")
    settle(alice, names=("example.org",))

    assert shown(alice)["state"] == "live"


@pytest.mark.parametrize(
    ("rules", "way"),
    [
        (['0 issue "letsencrypt.org"'], "letsencrypt.org"),
        (['0 issue ";"'], "nobody"),
        (['0 issue "letsencrypt.org"', '0 issue "amazon.com"'], None),
        (['0 issue "amazonaws.com; account=1"'], None),
        (['0 iodef "mailto:a@example.org"'], None),
    ],
)
def test_who_alone_may_certify_it_is_named(
    alice: Person, dns: NameServer, edge: Edge, rules: list[str], way: str | None
) -> None:
    edge.issues = way is None
    dns.put("example.org", "CAA", *rules)
    want(alice)
    prove(alice, dns)
    dns.put(NAME, "A", "192.0.2.10")
    settle(alice)

    found = shown(alice)
    assert found["state"] == ("caa" if way else "live")
    assert way is None or f"let only {way} certify it" in found["reason"]


def test_while_the_certificate_is_made_it_says_so(alice: Person, dns: NameServer, edge: Edge) -> None:
    edge.issues = False
    want(alice)
    prove(alice, dns)
    lead(dns)
    settle(alice)

    assert shown(alice)["state"] == "certificate_pending"
    assert address(alice) is None
    assert look(alice)["state"] == "certificate_pending"
    edge.certify(NAME)
    assert look(alice)["state"] == "live"
    assert edge.calls.count("CreateDistributionTenant") == 1


@pytest.mark.parametrize("status", ["failed", "validation-timed-out", "revoked"])
def test_a_certificate_that_failed_is_asked_for_again(
    alice: Person, dns: NameServer, edge: Edge, status: str
) -> None:
    edge.issues = False
    want(alice)
    prove(alice, dns)
    lead(dns)
    settle(alice)
    edge.certify(NAME, status)
    first = edge.tenants[NAME]["made"]

    look(alice)

    assert edge.tenants[NAME]["made"] != first
    assert shown(alice)["state"] == "certificate_pending"


def test_a_domain_of_somebody_elses_cloudfront_is_told_and_tried_again(
    alice: Person, dns: NameServer, edge: Edge
) -> None:
    edge.elsewhere.add(NAME)
    want(alice)
    prove(alice, dns)
    lead(dns)
    settle(alice)

    assert shown(alice)["state"] == "in_use"
    edge.elsewhere.clear()
    assert look(alice)["state"] == "live"


@pytest.mark.parametrize("failure", ["broken", "silent"])
def test_dns_without_an_answer_takes_nothing_away(
    alice: Person, dns: NameServer, at: object, failure: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("domains.looking._PATIENCE", 0.2)
    assert callable(at)
    live(alice, dns)
    setattr(dns, failure, True)

    at(NOW + timedelta(days=1))
    found = look(alice)
    assert (found["state"], states(found)) == ("live", ["unknown", "unknown"])
    assert address(alice) == NAME


def test_after_days_of_silence_the_proof_counts_as_lost(
    alice: Person, dns: NameServer, at: object, user_pool: Pool
) -> None:
    assert callable(at)
    with_address(alice, user_pool)
    live(alice, dns)
    dns.broken = True

    at(NOW + timedelta(days=4))
    assert look(alice)["state"] == "proof_lost"


def test_all_questions_together_end_in_time(
    alice: Person, dns: NameServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("domains.looking._PATIENCE", 0.2)
    monkeypatch.setattr("domains.looking._SECONDS", 0.5)
    want(alice)
    dns.silent = True

    settle(alice)

    assert "gave no answer" in shown(alice)["reason"]


def test_a_lost_proof_is_warned_of_once_and_ends_in_a_week(
    alice: Person, dns: NameServer, edge: Edge, at: object, user_pool: Pool
) -> None:
    assert callable(at)
    to = with_address(alice, user_pool)
    live(alice, dns)
    dns.drop(f"_polyfolio.{NAME}", "TXT")

    for day in range(1, 8):
        at(NOW + timedelta(days=day))
        found = look(alice)
        assert (found["state"], address(alice)) == ("proof_lost", NAME)
        assert found["released_at"][:10] == "2026-12-01"
    assert mails() == [{"kind": "domain-warning", "to": to}]

    at(NOW + timedelta(days=8))
    assert look(alice)["state"] == "released"
    assert (address(alice), store.held(NAME), edge.tenants, edge.certificates) == (None, None, {}, {})
    assert sorted(each["kind"] for each in mails()) == ["domain-released", "domain-warning"]
    assert shown(alice)["next_check_at"] is None


def test_a_proof_that_came_back_ends_the_grace(
    alice: Person, dns: NameServer, at: object, user_pool: Pool
) -> None:
    assert callable(at)
    with_address(alice, user_pool)
    live(alice, dns)
    dns.drop(f"_polyfolio.{NAME}", "TXT")
    at(NOW + timedelta(days=1))
    look(alice)

    prove(alice, dns)
    assert (look(alice)["state"], shown(alice)["released_at"]) == ("live", None)
    at(NOW + timedelta(days=10))
    assert look(alice)["state"] == "live"


def test_who_has_no_mail_address_any_more_is_mailed_nothing(alice: Person, dns: NameServer) -> None:
    live(alice, dns)
    dns.drop(f"_polyfolio.{NAME}", "TXT")

    assert look(alice)["state"] == "proof_lost"
    assert mails() == []


def test_a_domain_that_was_released_is_had_again_by_its_proof(
    alice: Person, dns: NameServer, at: object
) -> None:
    assert callable(at)
    live(alice, dns)
    dns.drop(f"_polyfolio.{NAME}", "TXT")
    look(alice)
    at(NOW + timedelta(days=8))
    assert look(alice)["state"] == "released"

    assert look(alice)["state"] == "missing"
    assert look(alice)["state"] == "missing"
    prove(alice, dns)
    assert look(alice)["state"] == "live"


def test_of_two_who_prove_at_once_one_has_it(alice: Person, bob: Person, dns: NameServer) -> None:
    for each in (alice, bob):
        want(each)
        prove(each, dns)
    lead(dns)

    at_once(
        *(lambda each=each: told(check_domain.handler, claim_id=each.id, version=1) for each in (alice, bob))
    )
    settle(alice, bob)

    assert sorted([shown(alice)["state"], shown(bob)["state"]]) == ["live", "taken"]
    assert [address(alice), address(bob)].count(NAME) == 1


def test_who_was_too_late_has_it_by_proof_alone_once_it_is_given_up(
    alice: Person, bob: Person, dns: NameServer, edge: Edge
) -> None:
    want(bob)
    live(alice, dns)
    prove(bob, dns)
    assert look(bob)["state"] == "taken"

    assert call(release_domain.handler, user=alice.id).status == 204
    settle(alice, bob)
    assert edge.tenants == {}
    assert look(bob)["state"] == "live"
    assert edge.tenants[NAME]["parameters"][0]["Value"] == bob.handle


def test_a_claim_given_up_during_the_look_stays_given_up(
    alice: Person, dns: NameServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    want(alice)
    prove(alice, dns)
    profile_of = store.profile_of

    def given_up_meanwhile(member_id: str) -> object:
        call(release_domain.handler, user=alice.id)
        return profile_of(member_id)

    monkeypatch.setattr(store, "profile_of", given_up_meanwhile)
    settle(alice)

    assert (store.claim_of(alice.id), store.held(NAME), address(alice)) == (None, None, None)


def test_what_nobody_asked_for_is_not_looked_at(alice: Person, dns: NameServer) -> None:
    live(alice, dns)
    dns.asked.clear()

    assert told(check_domain.handler, claim_id=alice.id, version=9)
    assert told(check_domain.handler, claim_id="01M842K4NVJV3VR8MCEAW010TM", version=1)
    assert dns.asked == []


def test_it_is_looked_at_again_soon_then_daily(alice: Person, dns: NameServer, at: object) -> None:
    assert callable(at)
    want(alice)
    settle(alice)
    assert shown(alice)["next_check_at"] == "2026-11-23T09:53:12.123Z"

    dns.asked.clear()
    assert told(recheck_domains.handler)
    settle(alice)
    assert dns.asked == []

    at(NOW + timedelta(minutes=6))
    prove(alice, dns)
    lead(dns)
    assert told(recheck_domains.handler)
    settle(alice)
    assert shown(alice)["state"] == "live"
    assert shown(alice)["next_check_at"] == "2026-11-24T09:54:12.123Z"


def test_a_claim_that_nobody_proves_is_looked_at_less_and_less(
    alice: Person, dns: NameServer, at: object
) -> None:
    assert callable(at)
    assert dns
    want(alice)
    for days, pause in ((0.5, timedelta(hours=1)), (10, timedelta(days=1)), (31, None)):
        now = NOW + timedelta(days=days)
        at(now)
        look(alice)
        claim = store.claim_of(alice.id)
        assert claim
        assert claim.due_at == (
            pause and (now + pause).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        )
    assert not table.query(keys.CLAIMS_DUE, index="gsi1", limit=9)[0]


def test_an_alias_that_leads_nowhere_is_named(alice: Person, dns: NameServer) -> None:
    dns.drop(TARGET, "A")
    want(alice)
    prove(alice, dns)
    lead(dns, to="gone.example.net")
    settle(alice)

    assert "leads to gone.example.net" in shown(alice)["reason"]
