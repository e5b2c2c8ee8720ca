"""Domains under way: a name server, an edge, a user pool, and events told until there are no more."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from core import clock, keys, table
from core.aws import Client
from domains import (
    check_domain,
    claim_domain,
    get_domain,
    serve_domain,
    serving,
    store,
    verify_domain,
)
from tests.cloud import Answer, call
from tests.faults.engine import Engine
from tests.functions.accounts.pool import Pool
from tests.functions.conftest import NOW, Person
from tests.functions.domains.edge import Edge
from tests.nameserver import NameServer
from tests.nameserver import serving as answering

TARGET = "d111111abcdef8.cloudfront.net"
NAME = "ana.example.org"


@pytest.fixture(autouse=True)
def _quick(quick_table: Engine) -> None:
    """For every test here."""


@pytest.fixture
def dns(monkeypatch: pytest.MonkeyPatch) -> Iterator[NameServer]:
    with answering(NameServer()) as server:
        server.put(TARGET, "A", "192.0.2.10", "192.0.2.11")
        server.put("example.org", "A", "198.51.100.1")
        monkeypatch.setenv("DNS_RESOLVER", server.address)
        yield server


@pytest.fixture(autouse=True)
def edge(monkeypatch: pytest.MonkeyPatch) -> Edge:
    monkeypatch.setenv("DOMAINS_TARGET", TARGET)
    monkeypatch.setenv("TENANTS_DISTRIBUTION", "E1")
    monkeypatch.setenv("TENANTS_GROUP", "cg_1")
    monkeypatch.setenv("OWN_HOST", "polyfolio.example")
    made = Edge()
    monkeypatch.setattr(serving, "_edge", lambda: made)
    monkeypatch.setattr(serving, "_certificates", lambda: made)
    return made


@pytest.fixture(autouse=True)
def _pool(user_pool: Pool) -> None:
    user_pool.empty()


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Sets the clock."""

    def moved(now: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: now)

    moved(NOW)
    return moved


def with_address(person: Person, user_pool: Pool) -> str:
    address = f"{person.handle}@example.org"
    user = {"UserPoolId": user_pool.id, "Username": person.id, "MessageAction": "SUPPRESS"}
    known = {"UserAttributes": [{"Name": "email", "Value": address}]}
    pool = Client("cognito-idp", target="AWSCognitoIdentityProviderService", version="1.1")
    pool.call("AdminCreateUser", user | known)
    pool.close()
    return address


def want(person: Person, name: str = NAME) -> Answer:
    return call(claim_domain.handler, user=person.id, body={"name": name})


def prove(person: Person, dns: NameServer) -> None:
    claim = store.claim_of(person.id)
    assert claim
    place = f"_polyfolio.{claim.name}"
    dns.put(place, "TXT", *dns.zone.get((place, "TXT"), []), f'"{claim.value}"')


def lead(dns: NameServer, name: str = NAME, to: str = TARGET) -> None:
    dns.put(name, "CNAME", f"{to}.")


def told(handler: Any, **detail: Any) -> bool:
    """Whether the queue is done with the event."""
    record = {"messageId": "1", "body": json.dumps({"detail": detail})}
    return not handler({"Records": [record]}, None)["batchItemFailures"]


def settle(*people: Person, names: tuple[str, ...] = (NAME,)) -> None:
    """What follows, until nothing does: as the stream would have it told."""
    before: Any = None
    while before != (now := [store.claim_of(each.id) for each in people] + [store.held(n) for n in names]):
        before = now
        for each in people:
            assert told(check_domain.handler, claim_id=each.id, version=1)
        for name in names:
            assert told(serve_domain.handler, domain_id=name, version=1)


def look(*people: Person) -> Any:
    """One more look at the first one's domain, and what they are shown then."""
    for each in people:
        call(verify_domain.handler, user=each.id)
    settle(*people)
    return shown(people[0])


def shown(person: Person) -> Any:
    return call(get_domain.handler, user=person.id).json


def address(person: Person) -> str | None:
    item = table.get(keys.own_address(person.id), consistent=True)
    return item["domain"] if item else None


def live(person: Person, dns: NameServer, name: str = NAME) -> Any:
    assert want(person, name).status == 200
    prove(person, dns)
    lead(dns, name)
    settle(person, names=(name,))
    found = shown(person)
    assert found["state"] == "live", found
    return found
