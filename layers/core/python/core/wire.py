"""A connection to an address that was vetted, which ends at a deadline whatever the other side does."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Timer
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection

from core.outside import Address, FetchFailed, Target

_MAX_ADDRESSES = 4
_CONNECT_SECONDS = 4.0  # so that a dead address leaves time for the next one


class Deadline:
    """For name, connection, handshake, headers and body together, over all redirects."""

    def __init__(self, seconds: float) -> None:
        self.seconds, self._at = seconds, time.monotonic() + seconds

    @property
    def left(self) -> float:
        return self._at - time.monotonic()

    def passed(self) -> FetchFailed:
        reason = f"The server did not answer in {self.seconds:g} seconds."
        return FetchFailed("timeout", reason, is_passing=True)

    @contextmanager
    def held(self) -> Iterator["Cord"]:
        """Timeouts of sockets begin anew with each byte. So at the deadline the connection is cut."""
        cord = Cord()
        timer = Timer(max(self.left, 0), cord.cut)
        timer.daemon = True
        timer.start()
        try:
            yield cord
        finally:
            timer.cancel()
            timer.join()
            cord.drop()


class Cord:
    """A second hold on a connection, under TLS or not, that can be pulled from another thread."""

    def __init__(self) -> None:
        self._sock: socket.socket | None = None

    def tie(self, sock: socket.socket) -> None:
        self._sock = sock.dup()

    def cut(self) -> None:
        if self._sock is not None:
            with suppress(OSError):
                self._sock.shutdown(socket.SHUT_RDWR)

    def drop(self) -> None:
        if self._sock is not None:
            self._sock.close()


class _Vetted:
    """A connection that resolves nothing: it goes to the addresses that it was made with."""

    def __init__(self, at: Target, vetted: list[Address], deadline: Deadline, cord: Cord, **tls: Any) -> None:
        super().__init__(at.host, at.port, timeout=max(deadline.left, 0.05), **tls)  # type: ignore[call-arg]
        self._vetted, self._deadline, self._cord = vetted[:_MAX_ADDRESSES], deadline, cord

    def _new_conn(self) -> socket.socket:
        for address in self._vetted:
            with suppress(OSError):
                return self._connected(address)
        if self._deadline.left <= 0:
            raise self._deadline.passed()
        reason = f"{self.host} could not be reached."  # type: ignore[attr-defined]
        raise FetchFailed("unreachable", reason, is_passing=True)

    def _connected(self, address: Address) -> socket.socket:
        wait = max(min(_CONNECT_SECONDS, self._deadline.left), 0.05)
        sock = socket.create_connection((str(address), self.port), wait)  # type: ignore[attr-defined]
        self._cord.tie(sock)
        sock.settimeout(max(self._deadline.left, 0.05))
        return sock


class Plain(_Vetted, HTTPConnection):
    pass


class Secure(_Vetted, HTTPSConnection):
    """Its certificate must be of the name, as must what it is asked for (SNI)."""
