"""What DNS says of a domain, asked within a few seconds: its proof, where it leads, who may certify it."""

import os
import time
from collections.abc import Iterator
from typing import Any, NamedTuple

from dns.exception import DNSException
from dns.message import QueryMessage
from dns.name import Name, from_text
from dns.resolver import NXDOMAIN, Resolver

from domains.claim import PROOF, Look, Seen

_SECONDS = 12.0  # for all questions together
_PATIENCE = 4.0  # for one of them
_MOST_SHOWN = 3
_LONGEST_SHOWN = 80
_AUTHORITIES = {"amazon.com", "amazontrust.com", "awstrust.com", "amazonaws.com"}


class Silent(Exception):
    """The resolver gave no answer in time, or could not get one itself: nothing is known."""


class Said(NamedTuple):
    records: list[Any]
    through: list[Name]  # the names that aliases led to


class Asker(NamedTuple):
    resolver: Resolver
    until: float

    def __call__(self, name: Name, kind: str) -> Said:
        """No records: there are none. Raises Silent."""
        left = min(self.until - time.monotonic(), _PATIENCE)
        if left <= 0:
            raise Silent(kind)
        try:
            answer = self.resolver.resolve(name, kind, search=False, raise_on_no_answer=False, lifetime=left)
        except NXDOMAIN as error:
            # An alias that leads nowhere is an alias all the same.
            return Said([], _aliases(error.response(name)))  # type: ignore[no-untyped-call]
        except DNSException as error:
            raise Silent(kind) from error
        return Said(list(answer), _aliases(answer.response))


def look(name: str, value: str, target: str) -> Seen:
    """`value`: of the TXT record that proves it. `target`: the name that the domain is to lead to."""
    ask = Asker(_resolver(), time.monotonic() + _SECONDS)
    domain = from_text(name)
    led, pointed_at = _led(ask, domain, from_text(target))
    return Seen(_proof(ask, name, value), led, pointed_at, _in_the_way(ask, domain))


def _proof(ask: Asker, name: str, value: str) -> Look:
    try:
        found = ask(from_text(f"{PROOF}.{name}"), "TXT").records
    except Silent:
        return "unknown"
    if not found:
        return "missing"
    texts = [b"".join(each.strings).decode("ascii", "replace").strip() for each in found]
    return "found" if value in texts else "wrong"


def _led(ask: Asker, name: Name, target: Name) -> tuple[Look, tuple[str, ...]]:
    """By its aliases; where it has none (an apex, or a DNS host that flattens them) by its addresses."""
    try:
        said = _addresses(ask, name)
        if target in said.through:
            return "found", ()
        if said.through:
            return "wrong", (_shown(said.through[-1]),)
        if not said.records:
            return "missing", ()
        if set(said.records) & set(_addresses(ask, target).records):
            return "found", ()
    except Silent:
        return "unknown", ()
    return "wrong", tuple(sorted(said.records)[:_MOST_SHOWN])


def _addresses(ask: Asker, name: Name) -> Said:
    both = [ask(name, kind) for kind in ("A", "AAAA")]
    addresses = [record.to_text() for said in both for record in said.records]
    return Said(addresses, [alias for said in both for alias in said.through])


def _in_the_way(ask: Asker, name: Name) -> tuple[str, ...]:
    """Who alone may certify it, unless CloudFront's authority is among them (RFC 8659, section 3)."""
    for each in _upwards(name):
        try:
            rules = ask(each, "CAA").records
        except Silent:
            return ()  # the authority will say so itself
        if rules:
            issuers = [rule.value.decode("ascii", "replace") for rule in rules if rule.tag == b"issue"]
            return _others([each.partition(";")[0].strip().lower() for each in issuers])
    return ()


def _others(issuers: list[str]) -> tuple[str, ...]:
    if not issuers or _AUTHORITIES & set(issuers):
        return ()
    return tuple((each or "nobody")[:_LONGEST_SHOWN] for each in issuers[:_MOST_SHOWN])


def _upwards(name: Name) -> Iterator[Name]:
    while len(name.labels) > 1:
        yield name
        name = name.parent()


def _aliases(response: QueryMessage) -> list[Name]:
    return [record.target for alias in response.resolve_chaining().cnames for record in alias]


def _shown(name: Name) -> str:
    return name.to_text(omit_final_dot=True)[:_LONGEST_SHOWN]


def _resolver() -> Resolver:
    """The machine's own, or that of the setting: `192.0.2.53`, or `127.0.0.1:5353`."""
    address, _, port = os.environ["DNS_RESOLVER"].partition(":")
    resolver = Resolver(configure=not address)
    if address:
        resolver.nameservers, resolver.port = [address], int(port or 53)
    return resolver
