"""The events that functions are called with, as API Gateway, SQS and Cognito send them."""

import json
from functools import cache
from typing import Any
from urllib.parse import urlencode

from benchmarks import ROOT

type Event = dict[str, Any]


def request(
    function: str,
    *,
    user: str | None = None,
    body: Any = None,
    query: dict[str, Any] | None = None,
    headers: dict[str, str] | None = None,
    public: bool = False,
    **path: str,
) -> Event:
    """A request to the route of `context.stem`, by the member with the id `user`, or by a visitor."""
    method, route = route_of(function)
    route = route.replace("/v1/", "/v1/public/", 1) if public else route
    encoded, raw_path = None if body is None else json.dumps(body), route.format(**path)
    return {
        "version": "2.0",
        "routeKey": f"{method} {route}",
        "rawPath": raw_path,
        "rawQueryString": urlencode(query or {}, doseq=True),
        "headers": _headers(encoded, headers or {}),
        "pathParameters": path,
        "requestContext": _context(method, raw_path, user),
        "isBase64Encoded": False,
    } | ({"body": encoded} if encoded else {})


def highlight_changed(highlight_id: str, version: int = 1) -> Event:
    """What an effect gets from its queue."""
    detail = {"highlight_id": highlight_id, "version": version}
    body = json.dumps({"detail-type": "HighlightChanged", "source": "polyfolio", "detail": detail})
    return {"Records": [{"messageId": "benchmark", "eventSource": "aws:sqs", "body": body}]}


def highlight_written(highlight_id: str) -> Event:
    """What the reader of the stream gets."""
    image = {"id": {"S": highlight_id}, "sk": {"S": "HIGHLIGHT"}, "version": {"N": "1"}}
    return {"Records": [{"eventID": "1", "eventName": "INSERT", "dynamodb": {"NewImage": image}}]}


def sign_up(member_id: str, address: str) -> Event:
    """What Cognito asks before it takes somebody in."""
    return {"userName": member_id, "request": {"userAttributes": {"email": address}}, "response": {}}


@cache
def route_of(function: str) -> tuple[str, str]:
    """Method and path: the first line of the module, which is read and not run."""
    path = ROOT / "functions" / (function.replace(".", "/") + ".py")
    method, route = path.read_text("utf-8").partition("\n")[0].strip('"').split()
    return method, route


def _headers(body: str | None, given: dict[str, str]) -> dict[str, str]:
    return {"host": "localhost"} | ({"content-type": "application/json"} if body else {}) | given


def _context(method: str, path: str, user: str | None) -> dict[str, Any]:
    claims = {"sub": user, "username": user, "token_use": "access"}
    authorizer = {"authorizer": {"jwt": {"claims": claims}}} if user else {}
    http = {"method": method, "path": path, "sourceIp": "127.0.0.1"}
    return {"http": http, "stage": "$default", "requestId": "-"} | authorizer
