"""The events that functions are called with, as API Gateway, SQS and Cognito send them."""

import json
from functools import cache
from typing import Any
from urllib.parse import urlencode

from benchmarks import ROOT

type Event = dict[str, Any]

# What these mostly answer is no success: what others show where no page stands; and where nothing out there
# can be asked, as in the benchmarks, that a provider is silent.
_OTHERWISE = {
    "pages.show_missing": 404,
    "accounts.begin_authorization": 503,
    "accounts.prove_identity": 503,
    "sources.connect_linkedin": 503,
}


def is_ordinary(function: str, answer: Any) -> bool:
    """Whether it did what it does in earnest, so that its cost says something."""
    status = answer.get("statusCode", 200)
    right = status == _OTHERWISE[function] if function in _OTHERWISE else status < 300
    return right and not answer.get("batchItemFailures")


def request(
    function: str,
    *,
    user: str | None = None,
    body: Any = None,
    query: dict[str, Any] | None = None,
    headers: dict[str, str] | None = None,
    public: bool = False,
    groups: str = "",
    **path: str,
) -> Event:
    """A request to the route of `context.stem`, by the member with the id `user`, or by a visitor.

    `groups`: of the user pool, as API Gateway says them.
    """
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
        "requestContext": _context(method, raw_path, user, groups),
        "isBase64Encoded": False,
    } | ({"body": encoded} if encoded else {})


def highlight_changed(highlight_id: str, version: int = 1) -> Event:
    return changed("HighlightChanged", highlight_id=highlight_id, version=version)


def changed(event: str, **detail: Any) -> Event:
    """What an effect gets from its queue."""
    return _queued(event, "polyfolio", {"version": 1} | detail)


def uploaded(key: str) -> Event:
    """S3's word that a file came, by the bus."""
    stored = {"key": key, "size": 1_000_000, "etag": "-"}
    return _queued("Object Created", "aws.s3", {"bucket": {"name": "uploads"}, "object": stored})


def returned(message_id: str, address: str) -> Event:
    """SES's word that a mail could not be delivered."""
    bounce = {"bounceType": "Permanent", "bouncedRecipients": [{"emailAddress": address}]}
    mail = {"messageId": message_id, "timestamp": "2026-11-23T09:48:12.123Z"}
    return _queued("Email Bounced", "aws.ses", {"mail": mail, "bounce": bounce})


def highlight_written(highlight_id: str) -> Event:
    """What the reader of the stream gets."""
    image = {"id": {"S": highlight_id}, "sk": {"S": "HIGHLIGHT"}, "version": {"N": "1"}}
    return {"Records": [{"eventID": "1", "eventName": "INSERT", "dynamodb": {"NewImage": image}}]}


def sign_up(member_id: str, address: str) -> Event:
    """What Cognito asks before it takes somebody in."""
    asked = {"userAttributes": {"email": address}}
    return {"triggerSource": "PreSignUp_SignUp", "userName": member_id, "request": asked, "response": {}}


def shows_proof(member_id: str, proof: str) -> Event:
    """What Cognito asks when somebody answers its challenge."""
    asked = {"challengeAnswer": proof}
    trigger = "VerifyAuthChallengeResponse_Authentication"
    return {"triggerSource": trigger, "userName": member_id, "request": asked, "response": {}}


def _queued(event: str, source: str, detail: dict[str, Any]) -> Event:
    body = json.dumps({"detail-type": event, "source": source, "detail": detail})
    return {"Records": [{"messageId": "benchmark", "eventSource": "aws:sqs", "body": body}]}


@cache
def route_of(function: str) -> tuple[str, str]:
    """Method and path: the first line of the module, which is read and not run."""
    path = ROOT / "functions" / (function.replace(".", "/") + ".py")
    method, route = path.read_text("utf-8").partition("\n")[0].strip('"').split()
    return method, route


def _headers(body: str | None, given: dict[str, str]) -> dict[str, str]:
    return {"host": "localhost"} | ({"content-type": "application/json"} if body else {}) | given


def _context(method: str, path: str, user: str | None, groups: str) -> dict[str, Any]:
    claims = {"sub": user, "username": user, "token_use": "access", "cognito:groups": groups}
    authorizer = {"authorizer": {"jwt": {"claims": claims}}} if user else {}
    http = {"method": method, "path": path, "sourceIp": "127.0.0.1"}
    return {"http": http, "stage": "$default", "requestId": "-"} | authorizer
