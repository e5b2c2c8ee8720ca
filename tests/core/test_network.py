"""Limits count where a request comes from, and not what it says of itself."""

from typing import Any

import pytest

from core.errors import TooMany
from core.limits import Limit
from core.network import Network
from tests.functions.conftest import NOW

BY_EDGE = {"x-polyfolio-edge": "the edge's key"}


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDGE_KEY", "the edge's key")


def network(source: str, headers: dict[str, str] | None = None) -> Network:
    event: dict[str, Any] = {"headers": headers or {}, "requestContext": {"http": {"sourceIp": source}}}
    return Network.of(event, 200)


def test_behind_the_edge_it_is_the_viewers() -> None:
    assert network("130.176.0.1", BY_EDGE | {"x-viewer-address": "198.51.100.7"}) == "198.51.100.7"


@pytest.mark.parametrize(
    "key", [{}, {"x-polyfolio-edge": ""}, {"x-polyfolio-edge": "guessed"}, {"x-polyfolio-edge": "ü"}]
)
def test_nobody_says_of_themselves_where_they_come_from(key: dict[str, str]) -> None:
    said = {"x-viewer-address": "198.51.100.7", "x-forwarded-for": "198.51.100.7", "forwarded": "for=1.2.3.4"}

    assert network("203.0.113.9", said | key) == "203.0.113.9"


def test_forwarded_for_counts_for_nothing_behind_the_edge_either() -> None:
    said = {"x-forwarded-for": "198.51.100.7, 130.176.0.1", "x-viewer-address": "203.0.113.9"}

    assert network("130.176.0.1", BY_EDGE | said) == "203.0.113.9"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:DB8:1:2::", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
    ],
)
def test_of_ipv6_it_is_the_half_that_cannot_be_changed_at_will(address: str, expected: str) -> None:
    assert network(address) == expected


def test_who_goes_through_a_whole_64_is_one(empty_table: None) -> None:  # noqa: ARG001
    three = Limit("three", times=3, seconds=60)
    for n in range(3):
        three.spend(network(f"2001:db8::{n:x}"), NOW)

    with pytest.raises(TooMany):
        three.spend(network("2001:db8::ffff:ffff:ffff:ffff"), NOW)
    three.spend(network("2001:db8:0:1::1"), NOW)
