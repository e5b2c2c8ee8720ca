"""Where a request comes from, for limits that no change of account gets around.

Behind the edge, API Gateway sees an address of CloudFront's, and X-Forwarded-For says what anybody wants it
to. So the edge itself sets two headers, over whatever the viewer sent: the address that it was called from,
and a key that nobody else knows. A call that went past the edge has no key, and comes from where API Gateway
says.
"""

import hmac
import os
from ipaddress import IPv6Address, IPv6Network
from typing import Self

from core.request import Event

ADDRESS_HEADER, KEY_HEADER = "x-viewer-address", "x-polyfolio-edge"


class Network(str):
    """An IPv4 address; of an IPv6 one its first half, for whoever has one has 2^64 of them."""

    __slots__ = ()

    @classmethod
    def of(cls, event: Event, _status: int) -> Self:
        return cls(network_of(event))


def network_of(event: Event) -> str:
    headers, key = event["headers"], os.environ["EDGE_KEY"]
    came_by_edge = hmac.compare_digest(headers.get(KEY_HEADER, "").encode(), key.encode())
    return _network(headers[ADDRESS_HEADER] if came_by_edge else event["requestContext"]["http"]["sourceIp"])


def _network(address: str) -> str:
    if ":" not in address:
        return address
    found = IPv6Address(address)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(IPv6Network((int(found) >> 64 << 64, 64)))
