"""A small internet for a function of the local cloud: Python runs this when its process starts.

`STAND_INS` names hosts and the ports of this machine that stand for them at port 443. To the function they
are of the public internet: it resolves, vets and trusts them as it does all others. No other host is there.
"""

import json
import os
import socket
from typing import Any

PORTS = json.loads(os.environ["STAND_INS"])
ADDRESSES = {f"9.9.9.{number}": port for number, port in enumerate(PORTS.values(), start=10)}
_NAMES = dict(zip(PORTS, ADDRESSES, strict=True))

_resolve, _connect = socket.getaddrinfo, socket.create_connection


def resolved(host: Any, port: Any, *more: Any, **named: Any) -> Any:
    if host in ("localhost", "127.0.0.1", *ADDRESSES):
        return _resolve(host, port, *more, **named)
    if host not in _NAMES:
        raise socket.gaierror(f"{host} is not of the small internet")
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (_NAMES[host], port))]


def connected(address: tuple[str, int], *more: Any, **named: Any) -> socket.socket:
    host, port = address
    if host in ADDRESSES and port == 443:
        return _connect(("127.0.0.1", ADDRESSES[host]), *more, **named)
    return _connect(address, *more, **named)


socket.getaddrinfo, socket.create_connection = resolved, connected  # type: ignore[assignment]
