"""Events: what happened, said once by `publish`, and the functions that something follows from."""

import json
from collections.abc import Callable
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from pydantic import BaseModel, ConfigDict

logger = Logger(location=None)
metrics = Metrics()


class FollowChanged(BaseModel):
    """Somebody began to follow a member, or ended it; the id is that of both, with `#` between."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    follow_id: str
    version: int


class HighlightChanged(BaseModel):
    """A highlight was created, edited or deleted. What it is now stands in the table; it may be gone."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    highlight_id: str
    version: int


class MailChanged(BaseModel):
    """A mail is wanted, or has been taken off the list of those that are."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    mail_id: str
    version: int


class MemberChanged(BaseModel):
    """A profile was created, edited or deleted."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    member_id: str
    version: int


class OpportunityChanged(BaseModel):
    """An opportunity was posted, edited, renewed, closed or deleted."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    opportunity_id: str
    version: int


class SignUpChanged(BaseModel):
    """Somebody began to open an account, finished, tried anew, or let it be; then it is gone."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    sign_up_id: str
    version: int


class DepartureChanged(BaseModel):
    """A member has left, or there may still be something of them: what is kept of them is erased."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    departure_id: str
    version: int


class Tick(BaseModel):
    """A schedule's time has come; perhaps twice, and after an outage late."""

    model_config = ConfigDict(extra="ignore", frozen=True)


def said_of(fact: str) -> str:
    """The event that tells of a change of such a fact (keys.FACTS): HighlightChanged of a "highlight"."""
    return f"{fact.title().replace('_', '')}Changed"


def subscriber[E: BaseModel](
    event: type[E],
) -> Callable[[Callable[[E], None]], Callable[..., dict[str, Any]]]:
    """A function behind a queue of events: `function` gets them one by one, perhaps twice, in any order.

    An event that fails goes back to the queue alone, and after some tries to the dead-letter queue
    (docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html, partial batch responses).
    """

    def decorate(function: Callable[[E], None]) -> Callable[..., dict[str, Any]]:
        def handler(batch: dict[str, Any], _context: Any) -> dict[str, Any]:
            failed = [
                record["messageId"] for record in batch["Records"] if not _done(function, event, record)
            ]
            metrics.add_metric("Effects", MetricUnit.Count, len(batch["Records"]))
            metrics.add_metric("FailedEffects", MetricUnit.Count, len(failed))
            metrics.flush_metrics()
            return {"batchItemFailures": [{"itemIdentifier": each} for each in failed]}

        handler.__wrapped__ = function  # type: ignore[attr-defined]
        return handler

    return decorate


def _done[E: BaseModel](function: Callable[[E], None], event: type[E], record: dict[str, Any]) -> bool:
    try:
        detail = json.loads(record["body"])["detail"]
        function(event.model_validate(detail))
    except Exception:  # the one catch at the edge of events: the queue brings it again, then parks it
        logger.exception("failed", message_id=record["messageId"])
        return False
    logger.info(f"{event.__name__} done", detail=detail)
    return True
