"""Events: what happened, said once by `publish`, and the functions that something follows from."""

import json
from collections.abc import Callable
from typing import Annotated, Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from pydantic import AliasPath, AwareDatetime, BaseModel, ConfigDict, Field

logger = Logger(location=None)
metrics = Metrics()


class ArrivalChanged(BaseModel):
    """Something came from outside for a timeline, or is not to stand there any more."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    arrival_id: str
    version: int


class ClaimChanged(BaseModel):
    """A member wants a domain, asked how far it is, or it was looked at; the id is the member's."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    claim_id: str
    version: int


class ContactChanged(BaseModel):
    """A contact was made, answered, withdrawn or ended."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    contact_id: str
    version: int


class ConversationChanged(BaseModel):
    """A conversation began, or a message was written: the version is the number of the last."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    conversation_id: str
    version: int


class DomainChanged(BaseModel):
    """A domain was proven, given up, or something else is to be served there; the id is its name."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    domain_id: str
    version: int


class FollowChanged(BaseModel):
    """Somebody began to follow a member, or ended it; the id is that of both, with `#` between."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    follow_id: str
    version: int


class HighlightChanged(BaseModel):
    """A highlight was created, edited or deleted. What it is now stands in the table; it may be gone.

    `member_id`: whose it is, or was.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    highlight_id: str
    version: int
    member_id: str = ""


class ImportChanged(BaseModel):
    """An archive is to be taken over, or taken back; each step of either says so again until it is done."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    import_id: str
    version: int


class MailChanged(BaseModel):
    """A mail is wanted, or has been taken off the list of those that are."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    mail_id: str
    version: int


class MailReturned(BaseModel):
    """SES's own event of a bounce or a complaint, of which we read little.

    docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
    """

    # No input in errors: they are logged, and hold addresses.
    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)

    class Recipient(BaseModel):
        address: Annotated[str, Field(alias="emailAddress", max_length=1000)]

    class Bounce(BaseModel):
        kind: Annotated[str, Field(alias="bounceType")]
        recipients: Annotated[list["MailReturned.Recipient"], Field(alias="bouncedRecipients", max_length=50)]

    class Complaint(BaseModel):
        kind: Annotated[str | None, Field(alias="complaintFeedbackType")] = None
        recipients: Annotated[
            list["MailReturned.Recipient"], Field(alias="complainedRecipients", max_length=50)
        ]

    message_id: Annotated[str, Field(validation_alias=AliasPath("mail", "messageId"), max_length=200)]
    sent_at: Annotated[AwareDatetime, Field(validation_alias=AliasPath("mail", "timestamp"))]
    bounce: Bounce | None = None
    complaint: Complaint | None = None

    @property
    def for_good(self) -> tuple[str, list[str]]:
        """Why these addresses must not be mailed again; nothing for a full mailbox, or "this is no spam"."""
        if self.bounce and self.bounce.kind == "Permanent":
            return "bounced", [each.address for each in self.bounce.recipients]
        if self.complaint and self.complaint.kind != "not-spam":
            return "complained", [each.address for each in self.complaint.recipients]
        return "", []


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


class RoundChanged(BaseModel):
    """Operators admit so many, or a place that was not used goes to the next one."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    round_id: str
    version: int


class PreviewChanged(BaseModel):
    """The preview of a link is wanted, or was found; whether it is wanted stands in the table."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    preview_id: str
    version: int


class MediaChanged(BaseModel):
    """Media was uploaded, made ready, refused or deleted, or something came to refer to it."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    media_id: str
    version: int


class _StoredObject(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    key: str


class Uploaded(BaseModel):
    """An object came into the bucket of uploads: S3's own "Object Created"."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    object: _StoredObject


class SourceChanged(BaseModel):
    """A source was added, edited or removed, or its time has come: then it may say how long to wait, as many
    of one host come at once.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    source_id: str
    version: int
    wait_seconds: Annotated[int, Field(ge=0, le=30)] = 0


class PushChanged(BaseModel):
    """A hub has told of news, or that has been taken."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    push_id: str
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
        told = event.model_validate(json.loads(record["body"])["detail"])
        function(told)
    except Exception:  # the one catch at the edge of events: the queue brings it again, then parks it
        logger.exception("failed", message_id=record["messageId"])
        return False
    plain = {name: value for name, value in told if isinstance(value, int | str)}  # never whom a mail went to
    logger.info(f"{event.__name__} done", detail=plain)
    return True
