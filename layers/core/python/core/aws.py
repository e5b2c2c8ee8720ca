"""A client of the AWS services that speak JSON: DynamoDB, SQS, EventBridge, Cognito.

    dynamodb = Client("dynamodb", target="DynamoDB_20120810", version="1.0")
    dynamodb.call("GetItem", {"TableName": ..., "Key": {...}})

boto3 alone makes a cold start seven times a bare one, so what is in a request's path calls AWS through here;
the signatures are proved equal to botocore's. A call is repeated while that can help, so it can be carried
out twice when an answer is lost: make writes conditional, or a transaction, which is given a token.
"""

import functools
import hmac
import json
import os
import ssl
import time
import zlib
from contextlib import suppress
from hashlib import sha256
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.parse import SplitResult, urlsplit

_ATTEMPTS = 5
_LONGEST_WAIT = 1.0
_FIRST_WAIT = 0.025
_FIRST_WAIT_THROTTLED = 0.1  # capacity comes back by the second: a little later is much more likely to pass

# Refusals that pass: botocore's lists, with conflicts (nothing was done), and without LimitExceededException
# (Cognito's answer to too many tries of one user, which lasts for minutes).
_THROTTLED = {
    *("ProvisionedThroughputExceededException", "RequestLimitExceeded", "TooManyRequestsException"),
    *("RequestThrottled", "RequestThrottledException", "ThrottledException"),
    *("Throttling", "ThrottlingException", "TransactionInProgressException"),
}
_PASSING = {
    *("ReplicatedWriteConflictException", "RequestTimeout", "RequestTimeoutException"),
    *("TransactionConflictException", "Unreachable"),
}
_PASSING_REASONS = {"None", "ProvisionedThroughputExceeded", "ThrottlingError", "TransactionConflict"}

# Our own codes: Unreachable (nothing was sent), Untrusted (not proved to be AWS), UnfitForHeader, and where
# nobody knows whether the call was carried out: a kept connection was dead, no answer, none that can be read.
_LOST = {"Dropped", "NoAnswer", "Unreadable"}

# A whole system's certificates take 30 ms to load, Amazon's own five take one.
_ROOTS = os.path.join(os.path.dirname(__file__), "amazon_roots.pem")
_ENDPOINT_NAMES = {"cognito-idp": "COGNITO_IDENTITY_PROVIDER", "events": "EVENTBRIDGE"}  # as boto3 has them

type _Document = dict[str, Any]

_compact = json.JSONEncoder(separators=(",", ":")).encode
_pause = time.sleep


class AwsError(Exception):
    """What a call ended with. `code` is AWS's, or one of ours; `data` is the whole answer.

    `retried_after_loss`: an earlier attempt may have been carried out, as its answer was lost (dropped, late,
    unreadable, a 5xx). So a refusal may be of our own making: compare what a failed condition found with what
    was written (ReturnValuesOnConditionCheckFailure puts it into `data`).

    The text leaves out `message`, in which AWS may quote the request, even its session token.
    """

    def __init__(self, operation: str, code: str, status: int = 0, data: _Document | None = None) -> None:
        super().__init__(f"{operation}: {code}")
        self.operation, self.code, self.status, self.data = operation, code, status, data or {}
        self.message = str(self.data.get("message") or self.data.get("Message") or "")
        self.is_lost = code in _LOST or status >= 500
        self.is_throttled = code in _THROTTLED or status == 429
        self.retried_after_loss = False

    @property
    def is_passing(self) -> bool:
        """The same call may succeed when it is made again."""
        if self.code == "TransactionCanceledException":
            reasons = self.data.get("CancellationReasons") or [{}]
            return all(reason.get("Code") in _PASSING_REASONS for reason in reasons)
        return self.is_lost or self.is_throttled or self.code in _PASSING


class Client:
    """Safe to share between threads: a connection serves one call at a time and is kept for the next."""

    def __init__(
        self, service: str, *, target: str, version: str, connect_timeout: float = 2, read_timeout: float = 5
    ) -> None:
        self._service, self._target, self._version = service, target, version
        self._connect_timeout, self._read_timeout = connect_timeout, read_timeout
        self._idle: dict[SplitResult, list[HTTPConnection]] = {}

    def call(
        self,
        operation: str,
        payload: _Document,
        *,
        signed: bool = True,
        remaining: float = 8,
        read_timeout: float | None = None,
    ) -> _Document:
        """The answer, or AwsError within about `remaining` seconds; `read_timeout`: of this call alone."""
        if operation == "TransactWriteItems":
            payload = {"ClientRequestToken": os.urandom(16).hex()} | payload
        body = _compact(payload).encode()
        deadline = time.monotonic() + remaining
        attempt, lost = 1, False
        while True:
            try:
                return self._attempt(operation, body, signed, deadline, read_timeout or self._read_timeout)
            except AwsError as error:
                error.retried_after_loss = lost
                wait = _wait(error, attempt)
                if not error.is_passing or attempt == _ATTEMPTS or time.monotonic() + wait >= deadline:
                    raise
                attempt, lost = attempt + 1, lost or error.is_lost
            _pause(wait)

    def connect(self) -> None:
        """Makes a connection ready: best while the function initialises, which is done at full speed.

        Where it fails the first call will, which can try again and say so.
        """
        url = _endpoint(self._service)
        with suppress(OSError):
            self._idle.setdefault(url, []).append(_opened(url, self._connect_timeout))

    def close(self) -> None:
        for idle in list(self._idle.values()):
            while idle:
                with suppress(IndexError):  # another thread took the last
                    idle.pop().close()

    def _attempt(
        self, operation: str, body: bytes, signed: bool, deadline: float, read_timeout: float
    ) -> _Document:
        url = _endpoint(self._service)
        content, target = f"application/x-amz-json-{self._version}", f"{self._target}.{operation}"
        headers = {"content-type": content, "host": _host(url), "x-amz-target": target}
        if signed:
            _sign(headers, body, self._service)
        connection, kept = self._connection(url, operation, deadline)
        connection.sock.settimeout(min(read_timeout, _left(deadline)))
        try:
            response, answer = _exchange(connection, headers, body)
        except (OSError, HTTPException) as error:
            connection.close()
            if not (kept and isinstance(error, ConnectionError | ssl.SSLEOFError)):
                raise AwsError(operation, "NoAnswer") from error
            self.close()  # the others have been kept for as long
            raise AwsError(operation, "Dropped") from error
        except ValueError:  # its text would quote the header, such as a session token with a line end
            connection.close()
            raise AwsError(operation, "UnfitForHeader") from None
        if connection.sock:  # http.client has closed it where the server is going to
            self._idle.setdefault(url, []).append(connection)
        return _decoded(operation, response, answer)

    def _connection(self, url: SplitResult, operation: str, deadline: float) -> tuple[HTTPConnection, bool]:
        """And whether it was kept from an earlier call."""
        with suppress(IndexError, KeyError):
            while kept := self._idle[url].pop():
                if _is_alive(kept):
                    return kept, True
                kept.close()
        try:
            return _opened(url, min(self._connect_timeout, _left(deadline))), False
        except OSError as error:
            untrusted = isinstance(error, ssl.SSLCertVerificationError)
            raise AwsError(operation, "Untrusted" if untrusted else "Unreachable") from error


def _wait(error: AwsError, attempt: int) -> float:
    """Any time up to a bound that doubles; none where only a dead connection has to be replaced."""
    if error.code == "Dropped":
        return 0
    first = _FIRST_WAIT_THROTTLED if error.is_throttled else _FIRST_WAIT
    jitter = int.from_bytes(os.urandom(2)) / 65_536  # the random module would cost an import
    return jitter * min(_LONGEST_WAIT, first * 2.0 ** (attempt - 1))


def _left(deadline: float) -> float:
    return max(deadline - time.monotonic(), 0.05)


def _endpoint(service: str) -> SplitResult:
    name = _ENDPOINT_NAMES.get(service, service.upper())
    chosen = os.environ.get(f"AWS_ENDPOINT_URL_{name}") or os.environ.get("AWS_ENDPOINT_URL")
    return urlsplit(chosen or f"https://{service}.{os.environ['AWS_REGION']}.amazonaws.com")


def _host(url: SplitResult) -> str:
    host = url.hostname or ""
    host = f"[{host}]" if ":" in host else host
    return host if url.port in (None, 80 if url.scheme == "http" else 443) else f"{host}:{url.port}"


def _opened(url: SplitResult, timeout: float) -> HTTPConnection:
    own = os.environ.get("AWS_CA_BUNDLE")
    try:
        return _connected(url, timeout, own or _ROOTS)
    except (ssl.SSLCertVerificationError, FileNotFoundError):
        if own:
            raise
    return _connected(url, timeout, None)


def _connected(url: SplitResult, timeout: float, bundle: str | None) -> HTTPConnection:
    if url.scheme == "http":
        connection = HTTPConnection(url.hostname or "", url.port, timeout=timeout)
    else:
        connection = HTTPSConnection(url.hostname or "", url.port, timeout=timeout, context=_trust(bundle))
    connection.connect()
    return connection


@functools.cache
def _trust(bundle: str | None) -> ssl.SSLContext:
    """Of one file, or of the system (None)."""
    return ssl.create_default_context(cafile=bundle)


def _is_alive(connection: HTTPConnection) -> bool:
    """An idle connection has nothing to read but its end (and what TLS has to tell itself)."""
    connection.sock.settimeout(0)
    try:
        connection.sock.recv(1)
    except (BlockingIOError, ssl.SSLWantReadError):
        return True
    except OSError:
        return False
    return False


def _exchange(connection: HTTPConnection, headers: dict[str, str], body: bytes) -> tuple[HTTPResponse, bytes]:
    connection.putrequest("POST", "/", skip_host=True, skip_accept_encoding=True)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.putheader("content-length", str(len(body)))
    connection.endheaders(body)
    response = connection.getresponse()
    return response, response.read()


def _decoded(operation: str, response: HTTPResponse, answer: bytes) -> _Document:
    data = _document(answer)
    if response.getheader("x-amz-crc32") not in (None, str(zlib.crc32(answer))):
        raise AwsError(operation, "Unreadable", response.status)
    if response.status >= 300:
        data = data or {}
        code = str(data.get("__type") or response.getheader("x-amzn-errortype") or response.status)
        raise AwsError(operation, code.rpartition("#")[2].partition(":")[0], response.status, data)
    if data is None:
        raise AwsError(operation, "Unreadable", response.status)
    return data


def _document(answer: bytes) -> _Document | None:
    try:
        data = json.loads(answer or b"{}")  # some operations answer with nothing
    except ValueError:
        return None
    return data if isinstance(data, dict) else None


def _sign(headers: dict[str, str], body: bytes, service: str) -> None:
    """Signature Version 4 of the body and of all headers so far."""
    env = os.environ
    headers["x-amz-date"] = now = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    if token := env.get("AWS_SESSION_TOKEN"):
        headers["x-amz-security-token"] = token
    names = sorted(headers)
    lines, signed = "".join(f"{name}:{headers[name]}\n" for name in names), ";".join(names)
    request = f"POST\n/\n\n{lines}\n{signed}\n{sha256(body).hexdigest()}"
    scope = f"{now[:8]}/{env['AWS_REGION']}/{service}/aws4_request"
    text = f"AWS4-HMAC-SHA256\n{now}\n{scope}\n{sha256(request.encode()).hexdigest()}"
    signature = hmac.digest(signing_key(env["AWS_SECRET_ACCESS_KEY"], scope), text.encode(), "sha256").hex()
    credential = f"AWS4-HMAC-SHA256 Credential={env['AWS_ACCESS_KEY_ID']}/{scope}"
    headers["authorization"] = f"{credential}, SignedHeaders={signed}, Signature={signature}"


@functools.lru_cache(maxsize=8)  # one a day, region and service
def signing_key(secret: str, scope: str) -> bytes:
    key = f"AWS4{secret}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    return key
