"""What unit tests stand on: moto's AWS on a loopback port, and handlers called as API Gateway calls them."""

import json
import sys
from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import urlencode

from core import keys
from core.aws import Client

type Handler = Callable[[dict[str, Any], Any], dict[str, Any]]


class Answer(NamedTuple):
    status: int
    json: Any
    headers: dict[str, str]
    cookies: list[str]

    @property
    def pointers(self) -> list[str]:
        """The fields that a refusal names."""
        return [each["pointer"] for each in self.json["errors"]]


def call(
    handler: Handler,
    *,
    user: str | None = None,
    body: Any = None,
    query: dict[str, Any] | None = None,
    headers: dict[str, str] | None = None,
    public: bool = False,
    source: str = "203.0.113.7",
    claims: dict[str, str] | None = None,
    **path: str,
) -> Answer:
    """The answer to a request by the member with this id; the handler's module says the route."""
    reply = handler(event(handler, user, body, query, headers, public, path, source, claims), None)
    raw = reply.get("body")
    return Answer(
        reply["statusCode"], json.loads(raw) if raw else None, reply["headers"], reply.get("cookies", [])
    )


def event(
    handler: Handler,
    user: str | None,
    body: Any,
    query: dict[str, Any] | None,
    headers: dict[str, str] | None,
    public: bool,
    path: dict[str, str],
    source: str = "203.0.113.7",
    claims: dict[str, str] | None = None,
) -> dict[str, Any]:
    method, route = (sys.modules[handler.__wrapped__.__module__].__doc__ or "").splitlines()[0].split()  # type: ignore[attr-defined]
    route = route.replace("/v1/", "/v1/public/", 1) if public else route
    said = {"sub": user, "username": user, "token_use": "access"} | (claims or {})
    authorizer = {"jwt": {"claims": said}}
    request: dict[str, Any] = {
        "routeKey": f"{method} {route}",
        "rawPath": route.format(**path),
        "rawQueryString": urlencode(query or {}, doseq=True),
        "headers": {name.lower(): value for name, value in (headers or {}).items()},
        "pathParameters": path,
        "requestContext": {"http": {"method": method, "sourceIp": source}, "requestId": "test"}
        | ({"authorizer": authorizer} if user else {}),
        "isBase64Encoded": False,
    }
    if body is not None:
        request["headers"].setdefault("content-type", "application/json")
        request["body"] = body if isinstance(body, str) else json.dumps(body)
    return request


def create_table(dynamodb: Client, name: str) -> None:
    """The table as the infrastructure makes it, from the same names."""
    attributes = {keys.PK, keys.SK, *(name for pair in keys.INDEXES.values() for name in pair)}
    indexes = [
        {"IndexName": index, "KeySchema": _schema(*pair), "Projection": {"ProjectionType": "ALL"}}
        for index, pair in keys.INDEXES.items()
    ]
    dynamodb.call(
        "CreateTable",
        {
            "TableName": name,
            "AttributeDefinitions": [
                {"AttributeName": each, "AttributeType": "S"} for each in sorted(attributes)
            ],
            "KeySchema": _schema(keys.PK, keys.SK),
            "GlobalSecondaryIndexes": indexes,
            "BillingMode": "PAY_PER_REQUEST",
        },
    )


def _schema(hash_name: str, range_name: str) -> list[dict[str, str]]:
    pairs = ((hash_name, "HASH"), (range_name, "RANGE"))
    return [{"AttributeName": name, "KeyType": kind} for name, kind in pairs]
