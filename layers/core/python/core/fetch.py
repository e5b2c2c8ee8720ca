"""The fetcher: the one door to the web. Whatever opens an address that a member or a feed names comes here.

    page = fetch("https://example.org/", accept="text/html", max_bytes=512 * 1024, seconds=10)

It connects to addresses that `core.outside` has vetted, anew at each redirect, and to none other, whatever
the name resolves to a moment later. One deadline holds for all of it. No cookies, no proxies, no credentials.
For workers only: urllib3 is in their layer.
"""

import json
import os
import re
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from http.client import HTTPException
from typing import Any, NamedTuple
from urllib.parse import urlencode, urljoin

from pydantic_core import from_json
from urllib3 import BaseHTTPResponse
from urllib3.exceptions import HTTPError

from core.outside import FetchFailed, Target, addresses, target
from core.wire import Deadline, Plain, Secure

__all__ = ["FetchFailed", "Fetched", "fetch", "post_form", "post_json"]

_MAX_REDIRECTS = 3
_REDIRECTS = {301, 302, 303, 307, 308}
_FOR_GOOD = {301, 308}
_SCHEME = re.compile("[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_CHUNK = 64 * 1024
_MAX_HEADER_BYTES = 64 * 1024
_MAX_VALIDATOR = 512
_DECODED = {"", "identity", "gzip", "x-gzip", "deflate"}
_DAY_SECONDS = 86_400


class Fetched(NamedTuple):
    """What was answered, whatever its status."""

    status: int
    url: str  # where it was found, after all redirects
    headers: dict[str, str]  # by lower-case name, without cookies
    body: bytes
    is_whole: bool
    redirects: tuple[tuple[int, str], ...]  # status, and where to

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def json(self) -> dict[str, Any] | None:
        """The object that a good answer says (200); None: there is none."""
        try:
            said = from_json(self.body) if self.status == 200 else None
        except ValueError:
            return None
        return said if isinstance(said, dict) else None

    @property
    def etag(self) -> str:
        """To be given back at the next fetch; nothing where it is longer than any honest one."""
        return _short(self.headers.get("etag", ""))

    @property
    def modified(self) -> str:
        return _short(self.headers.get("last-modified", ""))

    @property
    def moved_to(self) -> str | None:
        """Where the address has moved to for good: every redirect said so."""
        if not self.redirects or any(status not in _FOR_GOOD for status, _ in self.redirects):
            return None
        return self.url

    @property
    def retry_after(self) -> int | None:
        """In how many seconds to come again, a day at most; None: it did not say, or nothing sensible."""
        said = self.headers.get("retry-after", "").strip()
        if said.isascii() and said.isdigit():
            return min(int(said[:9]), _DAY_SECONDS)
        try:
            wait = parsedate_to_datetime(said) - datetime.now(UTC)
        except (TypeError, ValueError):
            return None
        return min(max(round(wait.total_seconds()), 0), _DAY_SECONDS)


def fetch(
    url: str,
    *,
    accept: str = "*/*",
    headers: Mapping[str, str] | None = None,
    etag: str = "",
    modified: str = "",
    max_bytes: int = 1024 * 1024,
    seconds: float = 10,
    cut: bool = False,
) -> Fetched:
    """Raises FetchFailed. A body of more than `max_bytes`, unpacked, is refused; `cut`: or its end left out.

    `headers` go to the host that was asked for, and to no other that it leads on to.
    """
    asked = {"accept": accept, "if-none-match": etag, "if-modified-since": modified}
    at, deadline = target(url), Deadline(seconds)
    host, redirects = at.netloc, list[tuple[int, str]]()
    while True:
        own = dict(headers or {}) if at.netloc == host and at.scheme == target(url).scheme else {}
        with _exchange(at, "GET", _said(asked | own), None, deadline) as response:
            if response.status not in _REDIRECTS:
                return _fetched(at, response, max_bytes, tuple(redirects), cut=cut)
            status, at = response.status, _next(at, response, len(redirects))
        redirects.append((status, at.url))


def post_form(
    url: str,
    fields: Mapping[str, str],
    *,
    headers: Mapping[str, str] | None = None,
    max_bytes: int = 64 * 1024,
    seconds: float = 10,
) -> Fetched:
    """Follows no redirect: what is sent is meant for this host. Whoever wants to go on posts there anew."""
    kind = {"content-type": "application/x-www-form-urlencoded"} | dict(headers or {})
    return _post(url, urlencode(fields).encode(), kind, max_bytes, seconds)


def post_json(
    url: str, value: Any, *, headers: Mapping[str, str], max_bytes: int = 64 * 1024, seconds: float = 10
) -> Fetched:
    """Nor does this one."""
    kind = {"content-type": "application/json"} | dict(headers)
    return _post(url, json.dumps(value).encode(), kind, max_bytes, seconds)


def _post(url: str, body: bytes, headers: dict[str, str], max_bytes: int, seconds: float) -> Fetched:
    at, said = target(url), _said({"accept": "*/*"} | headers)
    with _exchange(at, "POST", said, body, Deadline(seconds)) as response:
        return _fetched(at, response, max_bytes, (), cut=True)


@contextmanager
def _exchange(
    at: Target, method: str, headers: dict[str, str], body: bytes | None, deadline: Deadline
) -> Iterator[BaseHTTPResponse]:
    """The response while its connection stands; what goes wrong, also while it is read, as FetchFailed."""
    vetted = addresses(at, deadline.left)
    with deadline.held() as cord:
        options = {"ssl_context": _trust()} if at.scheme == "https" else {}
        connection = (Secure if options else Plain)(at, vetted, deadline, cord, **options)
        try:
            connection.request(method, at.path, body, headers | {"host": at.netloc}, preload_content=False)
            response = connection.getresponse()
            try:
                yield response
            finally:
                response.close()
            if deadline.left <= 0:  # a cut connection can look like the end of a body
                raise deadline.passed()
        except (OSError, HTTPException, HTTPError, ValueError) as error:
            raise (deadline.passed() if deadline.left <= 0 else _understood(error, at)) from error
        finally:
            connection.close()


def _understood(error: Exception, at: Target) -> FetchFailed:
    if isinstance(error, ssl.SSLCertVerificationError):
        return FetchFailed("certificate", f"{at.host} could not prove that it is {at.host}.")
    return FetchFailed("broken", f"{at.host} sent something that could not be read.", is_passing=True)


def _next(at: Target, response: BaseHTTPResponse, followed: int) -> Target:
    if followed == _MAX_REDIRECTS:
        raise FetchFailed("redirects", f"The address leads on and on, more than {_MAX_REDIRECTS} times.")
    where = response.headers.get("location", "").strip()
    with suppress(UnicodeError):  # header bytes are Latin-1 by the letter, and UTF-8 in practice
        where = where.encode("latin-1").decode()
    try:
        # urljoin reads `http:\\inside` as a path, browsers as a host: what names a scheme is read as it is.
        onward = target(where if _SCHEME.match(where) else urljoin(at.url, where))
    except ValueError:
        raise FetchFailed("address", "The address leads on to one that cannot be opened.") from None
    if at.scheme == "https" and onward.scheme == "http":
        raise FetchFailed("downgrade", "The address leads on from https to an unprotected one.")
    return onward


def _fetched(
    at: Target,
    response: BaseHTTPResponse,
    max_bytes: int,
    redirects: tuple[tuple[int, str], ...],
    *,
    cut: bool,
) -> Fetched:
    if response.status < 200:
        raise FetchFailed("broken", f"{at.host} sent something that could not be read.", is_passing=True)
    headers = {
        name.lower(): value for name, value in response.headers.items() if name.lower() != "set-cookie"
    }
    if sum(len(name) + len(value) for name, value in headers.items()) > _MAX_HEADER_BYTES:
        raise FetchFailed("too-large", f"{at.host} sent more headers than anybody needs.")
    if not {each.strip().lower() for each in headers.get("content-encoding", "").split(",")} <= _DECODED:
        raise FetchFailed("broken", f"{at.host} sent it in an encoding that was not asked for.")
    body, is_whole = _read(response, max_bytes)
    if not (is_whole or cut):
        raise FetchFailed("too-large", f"It is larger than {max_bytes // 1024} KiB.")
    return Fetched(response.status, at.url, headers, body, is_whole, redirects)


def _read(response: BaseHTTPResponse, max_bytes: int) -> tuple[bytes, bool]:
    """In pieces: neither an endless body is kept whole, nor one that unpacks to a thousand times its size."""
    body = bytearray()
    while len(body) <= max_bytes and (piece := response.read(_CHUNK, decode_content=True)):
        body += piece
    return bytes(body[:max_bytes]), len(body) <= max_bytes


def _said(headers: Mapping[str, str]) -> dict[str, str]:
    """Who we are, and where to complain. Nothing that a browser would say, for we are none."""
    agent = f"Polyfolio/1.0 (+{os.environ['FETCH_CONTACT']})"
    ours = {"user-agent": agent, "accept-encoding": "gzip, deflate", "connection": "close"}
    return ours | {name.lower(): value for name, value in headers.items() if value}


def _short(validator: str) -> str:
    return validator if len(validator) <= _MAX_VALIDATOR else ""


@cache
def _trust() -> ssl.SSLContext:
    return ssl.create_default_context()
