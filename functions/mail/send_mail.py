"""MailChanged: sends what is wanted, once.

Whoever claims a mail is the only one to send it. If SES certainly did not take it, it waits again and the
queue brings it back. If nobody can know, as no answer came, it is not sent again: at most one mail.
"""

import os
import random
import time
from functools import cache
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, ConnectTimeoutError, EndpointConnectionError

from core import clock
from core.events import MailChanged, subscriber
from mail import composing, outbox, unsubscribing
from mail.outbox import Outcome, Waiting

if TYPE_CHECKING:
    from mypy_boto3_sesv2 import SESV2Client

_THROTTLED = ("LimitExceededException", "Throttling", "ThrottlingException", "TooManyRequestsException")
_WAITS = (0.3, 1.0, None)  # seconds after each try; None: the queue waits longer than a function may


class NotTaken(Exception):
    """SES certainly does not have it; the code that it answered, if it did."""


@subscriber(MailChanged)
def handler(event: MailChanged) -> None:
    """Composed before it is claimed: a mail whose template is broken has not been sent for sure."""
    mail = outbox.waiting(event.mail_id, clock.now())
    if mail is None:
        return
    mailing_list = composing.mailing_list(mail.kind)
    raw = _composed(mail, mailing_list)
    suppressed = outbox.is_suppressed(mail.to_digest, mailing_list)
    if not outbox.claim(mail, clock.now()):
        return
    try:
        outcome = Outcome("refused", why="suppressed") if suppressed else _sent(mail.to, raw)
    except NotTaken:
        outbox.give_back(mail)
        raise
    outbox.close(mail, outcome, clock.now())


def _composed(mail: Waiting, mailing_list: str) -> bytes:
    page, post = unsubscribing.addresses(mail.to_digest, mailing_list) if mailing_list else ("", "")
    return composing.message(mail.to, composing.text(mail.kind, mail.values, page), post)


def _sent(to: str, raw: bytes) -> Outcome:
    for wait in _WAITS:
        try:
            return Outcome("sent", message_id=_send(to, raw))
        except (ConnectTimeoutError, EndpointConnectionError) as error:
            raise NotTaken(type(error).__name__) from error
        except ClientError as error:
            if not _is_throttled(error):
                return _judged(error)
            if wait is None:
                raise NotTaken("throttled") from None
        except BotoCoreError as error:  # the answer was lost, or came too late
            return Outcome("unsure", why=type(error).__name__)
        time.sleep(wait * (0.5 + random.random()))  # noqa: S311 - so that not all come back at once
    raise AssertionError("the last try ends in one way or another")


def _is_throttled(error: ClientError) -> bool:
    """503 too: a service that is unavailable has taken nothing (RFC 9110, 15.6.4)."""
    return error.response["Error"]["Code"] in _THROTTLED or _status(error) in (429, 503)


def _judged(error: ClientError) -> Outcome:
    """A mail that SES cannot read is refused for good. All other refusals are about us (the sender is not
    verified, sending is paused): they wait, and an alarm tells an operator."""
    code = error.response["Error"]["Code"]
    if _status(error) >= 500:
        return Outcome("unsure", why=code)
    if code == "BadRequestException":
        return Outcome("refused", why=code)
    raise NotTaken(code) from None


def _status(error: ClientError) -> int:
    return error.response["ResponseMetadata"]["HTTPStatusCode"]


def _send(to: str, raw: bytes) -> str:
    answer = _ses().send_email(
        FromEmailAddress=os.environ["MAIL_FROM"],
        Destination={"ToAddresses": [to]},
        Content={"Raw": {"Data": raw}},
        ConfigurationSetName=os.environ["CONFIGURATION_SET"],
    )
    return answer["MessageId"]


@cache
def _ses() -> "SESV2Client":
    """It never tries again by itself: it would after a lost answer too, and mail twice."""
    once = Config(retries={"total_max_attempts": 1}, connect_timeout=2, read_timeout=5)
    return boto3.client("sesv2", config=once)
