"""A route's function: `endpoint` reads the request by the handler's annotations and writes the reply.

    @endpoint(status=201)
    def handler(new: Body[NewBooking], me: Caller, now: Now) -> Booking: ...

The OpenAPI document is generated from the same annotations (infra/openapi.py).
"""

import hashlib
import json
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from pydantic import BaseModel

from core.errors import Answered, AppError, Moved, Unexpected
from core.request import Event, arguments

_HTML = "text/html; charset=utf-8"
_PUBLIC_CACHE = "public, max-age=60"  # what is hidden or deleted is gone within a minute

logger = Logger(location=None)
metrics = Metrics()


class Reply(NamedTuple):
    """For the few handlers whose reply is more than a body. `text`: plain text in place of one."""

    body: BaseModel | str | None  # text: a page
    status: int | None = None
    headers: dict[str, str] = {}
    cookies: tuple[str, ...] = ()
    text: str | None = None


def endpoint(
    status: int = 200, answer: type[BaseModel] | None = None
) -> Callable[[Callable[..., Any]], Callable[[Event, Any], Event]]:
    """`status` of what works out; `answer`: the body's type, for a handler that returns a Reply."""

    def decorate(function: Callable[..., Any]) -> Callable[[Event, Any], Event]:
        def handler(event: Event, _context: Any) -> Event:
            began = time.perf_counter()
            reply = _answer(function, event, status)
            _record(event, reply, began)
            return reply

        vars(handler).update(__wrapped__=function, status=status, answer=answer)
        return handler

    return decorate


def _answer(function: Callable[..., Any], event: Event, status: int) -> Event:
    try:
        return _reply(event, status, function(**arguments(function, event, status)))
    except Answered as repeat:
        return _encoded(event, repeat.status, repeat.body, json.loads(repeat.body).get("version"))
    except Moved as moved:
        return {
            "statusCode": 308,
            "headers": {"location": _location(event, moved), "cache-control": "no-store"},
        }
    except AppError as refusal:
        return _problem(refusal)
    except Exception:  # the one catch at the edge: logged whole, answered without its text
        logger.exception("failed")
        return _problem(
            Unexpected(f"It is logged as {event['requestContext']['requestId']}; try again later.")
        )


def _reply(event: Event, status: int, given: Any) -> Event:
    reply = given if isinstance(given, Reply) else Reply(given)
    if isinstance(reply.body, str):
        encoded: Event = {"statusCode": reply.status or status, "headers": {"content-type": _HTML}}
        encoded["body"] = reply.body
    elif reply.text is not None:
        plain = {"content-type": "text/plain; charset=utf-8", "x-content-type-options": "nosniff"}
        encoded = {"statusCode": reply.status or status, "body": reply.text}
        encoded["headers"] = plain | {"cache-control": "no-store"}
    elif reply.body is None:
        encoded = {"statusCode": reply.status or 204, "headers": {"cache-control": "no-store"}}
    else:
        version = getattr(reply.body, "version", None)
        encoded = _encoded(event, reply.status or status, reply.body.model_dump_json(), version)
    encoded["headers"] |= reply.headers
    return encoded | ({"cookies": list(reply.cookies)} if reply.cookies else {})


def _encoded(event: Event, status: int, body: str, version: int | None = None) -> Event:
    digest = hashlib.sha256(body.encode()).hexdigest()[:16]
    etag = f'"{version}-{digest}"' if version else f'"{digest}"'
    headers = {"content-type": "application/json", "etag": etag, "cache-control": _cache(event)}
    if _method(event) == "GET" and etag in event["headers"].get("if-none-match", ""):
        return {"statusCode": 304, "headers": headers}
    return {"statusCode": status, "headers": headers, "body": body}


def _cache(event: Event) -> str:
    """Answers at /v1/public are the same for everybody; all others are one member's own."""
    return _PUBLIC_CACHE if _is_public(event) else "private, no-store"


def _is_public(event: Event) -> bool:
    return bool(event["routeKey"].partition(" ")[2].startswith("/v1/public/"))


def _location(event: Event, moved: Moved) -> str:
    route: str = event["routeKey"].partition(" ")[2]
    path = route.format(**(event["pathParameters"] | moved.path))
    return path + (f"?{event['rawQueryString']}" if event.get("rawQueryString") else "")


def _problem(refusal: AppError) -> Event:
    headers = {"content-type": "application/problem+json", "cache-control": "no-store"} | refusal.headers
    return {"statusCode": refusal.status, "headers": headers, "body": json.dumps(refusal.problem())}


def _method(event: Event) -> str:
    return str(event["requestContext"]["http"]["method"])


def _record(event: Event, reply: Event, began: float) -> None:
    """One line per request: what came of it. Never bodies, tokens, addresses or query values."""
    status, milliseconds = reply["statusCode"], round((time.perf_counter() - began) * 1000, 1)
    caller = event["requestContext"].get("authorizer", {}).get("jwt", {}).get("claims", {}).get("username")
    logger.info(
        f"{event['routeKey']} {status}",
        status=status,
        milliseconds=milliseconds,
        member=caller,
        request=event["requestContext"]["requestId"],
    )
    # By context only: each combination is a custom metric that costs. Lambda itself counts by function.
    metrics.add_metric("Requests", MetricUnit.Count, 1)
    metrics.add_metric("Refusals", MetricUnit.Count, 400 <= status < 500)
    metrics.add_metric("Failures", MetricUnit.Count, status >= 500)
    metrics.flush_metrics()
