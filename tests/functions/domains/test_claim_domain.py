import pytest

from core import keys, table
from domains import claim_domain, release_domain, store
from tests.cloud import call
from tests.functions.conftest import Person
from tests.functions.domains.conftest import NAME, TARGET, address, live, settle, shown, want
from tests.functions.domains.edge import Edge
from tests.nameserver import NameServer
from tests.racing import at_once


def test_says_exactly_which_records_to_set_and_that_the_main_site_stays(alice: Person) -> None:
    made = want(alice, "Blog.Ana.Example.org.")

    assert (made.status, made.json["name"], made.json["state"]) == (200, "blog.ana.example.org", "missing")
    proof, target = made.json["records"]
    assert (proof["type"], proof["name"]) == ("TXT", "_polyfolio.blog.ana.example.org")
    assert proof["host"] == "_polyfolio.blog.ana"
    assert proof["value"].startswith("polyfolio=")
    assert (target["type"], target["name"], target["host"]) == ("CNAME", "blog.ana.example.org", "blog.ana")
    assert target["value"] == TARGET
    assert "main site at example.org, your mail and all other records stay untouched" in made.json["note"]
    assert made.json["checking"] is True


def test_an_apex_takes_what_a_dns_host_offers_in_the_place_of_a_cname(alice: Person) -> None:
    made = want(alice, "example.org").json

    assert [each["host"] for each in made["records"]] == ["_polyfolio", "@"]
    assert made["records"][1]["type"] == "ALIAS"
    assert "ANAME" in made["records"][1]["note"]
    assert "example.org itself will lead to your profile" in made["note"]


@pytest.mark.parametrize(
    ("said", "in_dns", "shown_as"),
    [
        ("Café.example.org", "xn--caf-dma.example.org", "café.example.org"),
        ("xn--caf-dma.example.org", "xn--caf-dma.example.org", "café.example.org"),
        ("ana。example。org", "ana.example.org", "ana.example.org"),
        ("пример.рф", "xn--e1afmkfd.xn--p1ai", "пример.рф"),
        ("ana.github.io", "ana.github.io", "ana.github.io"),
        ("polyfolio.ana.com", "polyfolio.ana.com", "polyfolio.ana.com"),
    ],
)
def test_names_of_all_scripts_are_taken(alice: Person, said: str, in_dns: str, shown_as: str) -> None:
    made = want(alice, said)

    assert made.status == 200, made.json
    assert (made.json["name"], made.json["shown"]) == (in_dns, shown_as)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("*.example.org", "without a *"),
        ("https://ana.example.org", "the domain alone"),
        ("ana.example.org/me", "the domain alone"),
        ("ana.example.org:443", "the domain alone"),
        ("ana@example.org", "the domain alone"),
        ("org", "a whole domain"),
        ("localhost", "a whole domain"),
        ("127.0.0.1", "top-level domain"),
        ("[::1]", "the domain alone"),
        ("ana.internal", "top-level domain"),
        ("co.uk", "others register"),
        ("github.io", "others register"),
        ("ana_b.example.org", "is no domain"),
        ("-ana.example.org", "is no domain"),
        ("ana..example.org", "is no domain"),
        ("xn--a.example.org", "is no domain"),
        ("☃.example.org", "is no domain"),
        (f"{'a' * 64}.example.org", "is no domain"),
        (f"{'a.' * 120}org", "a whole domain"),
        ("ana.example.org\u202e", "cannot be seen"),
        ("   ", "at least 1"),
    ],
)
def test_what_is_no_domain_of_ones_own_is_refused_at_the_field(alice: Person, said: str, why: str) -> None:
    refused = want(alice, said)

    assert (refused.status, refused.pointers) == (422, ["/name"])
    assert why in refused.json["errors"][0]["detail"]
    assert store.claim_of(alice.id) is None


@pytest.mark.parametrize(
    "said",
    [
        "polyfolio.org",
        "www.polyfolio.org",
        "POLYFOLIO.org",
        "po1yfo1i0.com",
        "polyf\u043el\u0456\u043e.com",  # Cyrillic
        "p\u00f6lyfolio.net",
        "poly-folio.com",
    ],
)
def test_neither_are_ours_and_what_looks_like_ours(
    alice: Person, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OWN_HOST", "polyfolio.org")

    refused = want(alice, said)

    assert (refused.status, refused.pointers) == (422, ["/name"])
    assert "ours" in refused.json["errors"][0]["detail"]


def test_said_twice_the_records_stay_good(alice: Person) -> None:
    first = want(alice).json

    assert want(alice).json["records"] == first["records"]
    assert want(alice).json["version"] == first["version"]


def test_each_member_proves_it_by_a_value_of_their_own(alice: Person, bob: Person) -> None:
    values = {want(each).json["records"][0]["value"] for each in (alice, bob)}

    assert len(values) == 2


def test_another_domain_lets_go_of_the_former_at_once(alice: Person, dns: NameServer, edge: Edge) -> None:
    live(alice, dns)

    assert want(alice, "new.example.org").status == 200
    assert (address(alice), store.held(NAME)) == (None, None)
    settle(alice)
    assert edge.tenants == {}
    assert shown(alice)["name"] == "new.example.org"


def test_one_that_another_member_has_proven_is_refused(
    alice: Person, mallory: Person, dns: NameServer
) -> None:
    live(alice, dns)

    assert want(mallory).status == 409
    call(release_domain.handler, user=alice.id)
    assert want(mallory).status == 200


def test_of_two_claims_of_one_member_at_once_one_stands(alice: Person) -> None:
    answers = at_once(
        *(lambda name=name: want(alice, name) for name in ("a.example.org", "b.example.org", "c.example.org"))
    )

    stands = store.claim_of(alice.id)
    assert stands
    assert {each.status for each in answers} <= {200, 409}
    assert stands.name in {each.json["name"] for each in answers if each.status == 200}


def test_claims_are_limited(alice: Person) -> None:
    for number in range(10):
        assert want(alice, f"a{number}.example.org").status == 200
    assert want(alice, "one-more.example.org").status == 429


def test_nothing_else_can_be_set_with_it(alice: Person) -> None:
    for more in ("state", "token", "proved_at", "id"):
        body = {"name": NAME, more: "live"}
        assert call(claim_domain.handler, user=alice.id, body=body).pointers == [f"/{more}"]


def test_a_new_claim_is_looked_at_at_once(alice: Person) -> None:
    want(alice)

    item = table.get(keys.claim(alice.id), consistent=True)
    assert item
    assert (item["id"], item["version"], item["asked"], item["answered"]) == (alice.id, 1, 1, 0)
