"""Which addresses out there may be opened: the rules of the fetcher (core/fetch.py).

A member, a feed or a redirect may name any address. Those that lead to ourselves, to our cloud's own services
or into a private network are refused by what they resolve to, never by how they are spelt.
"""

import os
import socket
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from queue import Empty, SimpleQueue
from threading import Thread
from typing import NamedTuple

from pydantic_core import Url

LONGEST = 2048
_PORTS = {"http": 80, "https": 443}

# What `is_global` lets through and nobody should be led to: relays into IPv4 (6to4's anycast, translation),
# and documentation's second range, which this Python does not know yet.
_CLOSED_4 = [IPv4Network("192.88.99.0/24")]
_CLOSED_6 = [
    IPv6Network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2001::/23", "2002::/16", "3fff::/20")
]

type Address = IPv4Address | IPv6Address


class FetchFailed(Exception):
    """Nothing was got. `reason` is a sentence for the member who named the address, `code` is for programs;
    `is_passing`: the same may work later.
    """

    def __init__(self, code: str, reason: str, *, is_passing: bool = False) -> None:
        super().__init__(f"{code}: {reason}")
        self.code, self.reason, self.is_passing = code, reason, is_passing


class Target(NamedTuple):
    """An address as browsers read it, so that nobody else's parser can read another host in it."""

    scheme: str
    host: str  # ASCII, IPv6 without brackets
    port: int
    path: str  # with its query; without its fragment, which is nobody's business but the browser's

    @property
    def netloc(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.netloc}{self.path}"


def target(address: str) -> Target:
    if len(address) > LONGEST:
        raise _refused(f"is longer than {LONGEST} characters")
    try:
        url = Url(address)
    except ValueError:
        raise _refused("is no full web address") from None
    if url.scheme not in _PORTS or not url.host:
        raise _refused("must begin with https:// or http://")
    if url.username or url.password:
        raise _refused("holds a user name or password")
    path = (url.path or "/") + (f"?{url.query}" if url.query is not None else "")
    found = Target(
        url.scheme, url.host.strip("[]"), _PORTS[url.scheme] if url.port is None else url.port, path
    )
    if not all(found.host.removesuffix(".").split(".")):
        raise _refused("names no host")
    if found.port not in _PORTS.values() and not _is_ours_to_test(found):
        raise FetchFailed("port", f"The address asks for port {found.port}; only 80 and 443 are opened.")
    return found


def addresses(of: Target, seconds: float) -> list[Address]:
    """What the name resolves to: all of it fit to be connected to, or FetchFailed."""
    found = _resolved(of, seconds)
    fit = (lambda each: each.is_loopback) if _is_ours_to_test(of) else is_outside
    if not found or not all(map(fit, found)):
        raise FetchFailed("private", f"{of.host} is no address of the public internet.")
    return found


def is_outside(address: Address) -> bool:
    """The public internet. Python's `is_global` alone also holds for multicast, reserved and relay ranges."""
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _CLOSED_4)
    inside = address.is_site_local or address.ipv4_mapped or address.scope_id
    return not inside and not any(address in network for network in _CLOSED_6)


def _is_ours_to_test(of: Target) -> bool:
    """Tests and the local cloud name loopback servers and their ports. Deployments know no such variable."""
    return f"{of.host}:{of.port}" in os.environ.get("FETCH_ALLOWED", "").split()


def _resolved(of: Target, seconds: float) -> list[Address]:
    """In a thread: a resolver can take as long as it likes, and nothing can call it back."""
    answers: SimpleQueue[list[Address] | OSError | ValueError] = SimpleQueue()

    def ask() -> None:
        try:
            answers.put(look_up(of.host, of.port))
        except (OSError, ValueError) as error:  # UnicodeError, for labels that are too long, is one
            answers.put(error)

    Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=max(seconds, 0))
    except Empty:
        raise FetchFailed("timeout", f"The name {of.host} was not found in time.", is_passing=True) from None
    if isinstance(answer, Exception):
        raise FetchFailed("name", f"There is no server by the name of {of.host}.", is_passing=True)
    return answer


def look_up(host: str, port: int) -> list[Address]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(ip_address(str(sockaddr[0])) for *_, sockaddr in found))


def _refused(why: str) -> FetchFailed:
    return FetchFailed("address", f"The address {why}.")
