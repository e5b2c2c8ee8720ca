"""What a handler asks for, read from the request by its annotations.

`Body[T]`, `Query[T]`, `Path` (named as in the route), `Viewer`, `Now`, and any type that says how it is
made of a request: `of(event, status)`, as `Caller`, `IfMatch`, `Cookies` and `Once` (core/idempotency.py) do.

A token that came with the request is checked in any case: that it has not ended before its time, and that a
personal access token's scopes allow the method.

Events: API Gateway HTTP API, payload 2.0
(docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html).
"""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, NamedTuple, Self, TypeVar, get_args, get_origin
from urllib.parse import parse_qsl

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import from_json

from core import clock, standing
from core.errors import Changed, Forbidden, Invalid, Malformed, NotFound, NotJson, TooLarge

type Event = dict[str, Any]
T = TypeVar("T")

BODY, QUERY, PATH = "body", "query", "path"
Body = Annotated[T, BODY]
Query = Annotated[T, QUERY]
Path = Annotated[str, PATH]
Now = datetime

MAX_BODY_BYTES = 256 * 1024
_MAX_PATH_LENGTH = 200


class Caller(NamedTuple):
    """The member whose access token came with the request."""

    id: str

    @classmethod
    def of(cls, event: Event, _status: int) -> Self:
        found = caller(event)
        if found is None:
            raise RuntimeError("the route has no authorizer")  # our fault, not the caller's
        return cls(found.id)


class InPerson(Caller):
    """The member in a session of their own: for what no personal access token may do, whatever its scopes."""

    __slots__ = ()

    @classmethod
    def of(cls, event: Event, status: int) -> Self:
        if (found := bearer(event)) and found.token:
            raise Forbidden("A personal access token cannot do this. Sign in.")
        return super().of(event, status)


class Operator(InPerson):
    """A member of the user pool's group of those who run this Polyfolio."""

    __slots__ = ()

    @classmethod
    def of(cls, event: Event, status: int) -> Self:
        if (found := bearer(event)) and "operators" not in found.groups:
            raise Forbidden("Only operators may do this.")
        return super().of(event, status)


class Bearer(NamedTuple):
    """What an access token says, as API Gateway has checked it.

    `token`: the personal access token that it was given for, and `scopes` what that may do; None: all.
    """

    member_id: str
    session: str
    token: str | None
    scopes: str | None
    signed_in_at: int
    claims: dict[str, Any]

    @classmethod
    def of(cls, event: Event, _status: int) -> Self:
        found = bearer(event)
        if found is None:
            raise RuntimeError("the route has no authorizer")
        return cls(*found)

    @property
    def groups(self) -> list[str]:
        """API Gateway makes text of a list: `[operators others]`."""
        return re.findall(r"[\w-]+", str(self.claims.get("cognito:groups", "")))

    def check(self, method: str) -> None:
        """Raises Unauthenticated or Forbidden."""
        standing.check(self.member_id, filter(None, (self.session, self.token)), self.claims)
        scope = "read" if method == "GET" else "write"
        if self.scopes is not None and scope not in self.scopes.split("+"):
            raise Forbidden(f"This takes a personal access token with the scope {scope}.")


class AccessToken(str):
    """The caller's own access token, for what the user pool does only for who holds one."""

    __slots__ = ()

    @classmethod
    def of(cls, event: Event, _status: int) -> Self:
        return cls(event["headers"]["authorization"].rpartition(" ")[2])


class Agent(str):
    """What the caller's program calls itself; cut off where nobody would read on."""

    __slots__ = ()

    @classmethod
    def of(cls, event: Event, _status: int) -> Self:
        return cls(event["headers"].get("user-agent", "")[:500])


class IdempotencyKey(str):
    """For where it names what is written, for good; a POST that is only answered again takes a Once."""

    __slots__ = ()

    @classmethod
    def of(cls, event: Event, _status: int) -> Self:
        return cls(event["headers"].get("idempotency-key", "")[:255])


Viewer = Caller | None  # on routes that stand open too


class IfMatch(NamedTuple):
    """The version that the caller has seen, if they say so."""

    version: int | None

    @classmethod
    def of(cls, event: Event, _status: int) -> Self:
        """Our ETags are `"<version>-<digest>"`: the version alone decides on an edit."""
        given = event["headers"].get("if-match", "*").strip()
        if given == "*":
            return cls(None)
        version = given.removeprefix("W/").strip('"').partition("-")[0]
        return cls(int(version) if re.fullmatch("[0-9]{1,15}", version) else -1)

    def check(self, current: int) -> None:
        if self.version not in (None, current):
            raise Changed("It was changed since you read it. Read it again, and decide on what is there now.")


class Cookies(dict[str, str]):
    @classmethod
    def of(cls, event: Event, _status: int) -> Self:
        pairs = event.get("cookies") or event["headers"].get("cookie", "").split(";")
        split = (pair.partition("=") for pair in pairs)
        return cls((name.strip(), value.strip()) for name, _, value in split)


def arguments(function: Callable[..., Any], event: Event, status: int) -> dict[str, Any]:
    """The handler's arguments. Raises a refusal that names what is wrong with the request."""
    if found := bearer(event):
        found.check(event["requestContext"]["http"]["method"])
    if not any(get_args(kind)[1:] == (QUERY,) for _, kind in parameters(function)):
        _query(_NoQuery, event)
    return {name: _argument(name, kind, event, status) for name, kind in parameters(function)}


class _NoQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")


def parameters(function: Callable[..., Any]) -> list[tuple[str, Any]]:
    return [(name, kind) for name, kind in function.__annotations__.items() if name != "return"]


def caller(event: Event) -> Caller | None:
    """Whose access token it is; None where the route stands open."""
    found = bearer(event)
    return Caller(found.member_id) if found else None


def bearer(event: Event) -> Bearer | None:
    """The user pool's user is the member, or a personal access token: `<member>:<token>:<scopes>`."""
    claims = event["requestContext"].get("authorizer", {}).get("jwt", {}).get("claims")
    if claims is None:
        return None
    if claims.get("token_use") != "access":
        raise Forbidden("Send the access token, not the ID token.")
    member_id, _, rest = claims["username"].partition(":")
    token, _, scopes = rest.partition(":")
    session, signed_in_at = claims.get("origin_jti", ""), int(claims.get("auth_time", 0))
    return Bearer(member_id, session, token or None, scopes if token else None, signed_in_at, claims)


def _argument(name: str, kind: Any, event: Event, status: int) -> Any:
    if get_origin(kind) is Annotated:
        of, source = get_args(kind)
        return _part(name, of, source, event)
    if kind == Viewer:
        return caller(event)
    return clock.now() if kind is Now else kind.of(event, status)


def _part(name: str, kind: type[BaseModel], source: str, event: Event) -> Any:
    if source == PATH:
        return _path(name, event)
    return _body(kind, event) if source == BODY else _query(kind, event)


def _body(model: type[BaseModel], event: Event) -> BaseModel:
    raw = event.get("body") or ""
    if not raw:
        return _validated(model, {})  # so that the answer names the fields that are missing, if any are
    kind = event["headers"].get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json" or event.get("isBase64Encoded"):
        raise NotJson("Send the body as application/json, in UTF-8.")
    try:
        if len(encoded := raw.encode()) > MAX_BODY_BYTES:
            raise TooLarge(f"A body may be {MAX_BODY_BYTES // 1024} KiB at most.")
        parsed = from_json(encoded, allow_inf_nan=False)
    except ValueError as error:
        raise Malformed(f"The body is no JSON: {error}") from None
    return _validated(model, parsed, strict=True)  # JSON says what is a number and what a boolean


def _query(model: type[BaseModel], event: Event) -> BaseModel:
    values: dict[str, Any] = {}
    for name, value in parse_qsl(event.get("rawQueryString", ""), keep_blank_values=True):
        values.setdefault(name, []).append(value)
    lists = {name for name, field in model.model_fields.items() if get_origin(field.annotation) is list}
    return _validated(model, {n: v[0] if len(v) == 1 and n not in lists else v for n, v in values.items()})


def _validated(model: type[BaseModel], value: Any, *, strict: bool = False) -> BaseModel:
    try:
        return model.model_validate(value, strict=strict)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=False, include_input=False)
        fields = [{"pointer": _pointer(each["loc"]), "detail": each["msg"]} for each in faults]
        raise Invalid("Some fields are not right; `errors` says which and why.", *fields) from None


def _pointer(place: tuple[str | int, ...]) -> str:
    """RFC 6901."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in place)


def _path(name: str, event: Event) -> str:
    value: str = event["pathParameters"][name]
    if len(value) > _MAX_PATH_LENGTH:
        raise NotFound("Nothing has so long a name.")
    return value
