"""Wanted mails and what became of them. Who sends one claims it first, so that nobody else does too."""

import secrets
from datetime import datetime
from typing import Any, Literal, NamedTuple

from aws_lambda_powertools import Logger

from core import keys, table, tokens
from core.mail import EVERYTHING
from core.table import ConditionFailed, Item

type State = Literal["sending", "sent", "refused", "unsure"]

_DEAD_AFTER_MS = 120_000  # longer than a sender lives (infra/mail.py)
_OUTCOMES_KEPT_SECONDS = 30 * 86_400
_MESSAGES_KEPT_SECONDS = 90 * 86_400  # complaints come weeks later

logger = Logger(location=None)


class Waiting(NamedTuple):
    id: str
    kind: str
    to: str
    to_digest: str
    values: dict[str, Any]
    sender: str  # whoever asks for it now; another one has another name


class Outcome(NamedTuple):
    state: State
    why: str | None = None
    message_id: str | None = None


def waiting(mail_id: str, now: datetime) -> Waiting | None:
    """None: there is nothing to send, or another sender is at it."""
    items, _ = table.query(keys.mail(mail_id).pk, limit=2, consistent=True)
    found = {item[keys.SK]: item for item in items}
    wanted, delivery = found.get("MAIL"), found.get("DELIVERY")
    if wanted is None:
        return None
    to = wanted["to"]
    mail = Waiting(mail_id, wanted["kind"], to, tokens.digest(to), wanted["values"], secrets.token_hex(8))
    if delivery is None:
        return mail
    _tidy_up(mail, delivery, now)
    return None


def claim(mail: Waiting, now: datetime) -> bool:
    try:
        table.write(table.put(_delivery(mail, Outcome("sending"), now), "attribute_not_exists(pk)"))
    except ConditionFailed:
        return False  # another one was a moment faster
    return True


def give_back(mail: Waiting) -> None:
    table.write(table.delete(keys.delivery(mail.id), "sender = :me", me=mail.sender))


def close(mail: Waiting, outcome: Outcome, now: datetime) -> None:
    """Keeps what became of it, and forgets the address and all that the mail said."""
    writes = [
        table.put(_delivery(mail, outcome, now), "sender = :me", me=mail.sender),
        table.delete(keys.mail(mail.id)),
    ]
    if outcome.message_id:
        until = int(now.timestamp()) + _MESSAGES_KEPT_SECONDS
        sent = {"to_digest": mail.to_digest, keys.TTL: until}
        writes.append(table.put(keys.sent(outcome.message_id)._asdict() | sent))
    table.write(*writes)
    log = logger.error if outcome.state == "unsure" else logger.info
    log(f"mail {outcome.state}", mail=mail.id, kind=mail.kind, why=outcome.why, sent_as=outcome.message_id)


def is_suppressed(to_digest: str, mailing_list: str) -> bool:
    asked = {EVERYTHING, mailing_list or EVERYTHING}
    return bool(table.get_many(keys.suppressed(to_digest, each) for each in asked))


def _delivery(mail: Waiting, outcome: Outcome, now: datetime) -> Item:
    at = int(now.timestamp() * 1000)
    said = {"kind": mail.kind, "sender": mail.sender, "at": at, keys.TTL: at // 1000 + _OUTCOMES_KEPT_SECONDS}
    return keys.delivery(mail.id)._asdict() | said | outcome._asdict()


def _tidy_up(mail: Waiting, delivery: Item, now: datetime) -> None:
    """What is decided needs its mail no more. A sender that died may have sent it, or not."""
    if delivery["state"] != "sending":
        table.write(table.delete(keys.mail(mail.id)))
    elif delivery["at"] + _DEAD_AFTER_MS < int(now.timestamp() * 1000):
        dead = mail._replace(sender=delivery["sender"])
        close(dead, Outcome("unsure", why="the sender ended before SES answered"), now)
