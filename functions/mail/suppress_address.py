"""MailReturned: an address that does not exist, or whose owner complained, is mailed no more.

SES tells of it on the account's bus, where nobody else can speak for it. A message must be one that we sent
to this very address, or else a complaint about one's own mail could silence somebody else's.
"""

from datetime import datetime, timedelta
from email.utils import parseaddr

from aws_lambda_powertools import Logger

from core import clock, keys, mail, table, tokens
from core.events import MailReturned, subscriber

# SES can be faster with a bounce than we are with noting down what it answered.
_NOTED_WITHIN = timedelta(minutes=10)

logger = Logger(location=None)


class NotNotedYet(Exception):
    """The queue brings it again."""


@subscriber(MailReturned)
def handler(event: MailReturned) -> None:
    why, recipients = event.for_good
    if not why:
        return
    sent = table.get(keys.sent(event.message_id), consistent=True)
    if sent is None:
        _unknown(event.message_id, event.sent_at)
        return
    for digest in {_digest(each) for each in recipients} & {sent["to_digest"]}:
        table.write(mail.suppress(digest, mail.EVERYTHING, why, clock.now()))
        logger.info("address suppressed", why=why, sent_as=event.message_id)


def _unknown(message_id: str, sent_at: datetime) -> None:
    if clock.now() - sent_at < _NOTED_WITHIN:
        raise NotNotedYet(message_id)
    logger.warning("not a message of ours", sent_as=message_id)


def _digest(recipient: str) -> str:
    return tokens.digest(parseaddr(recipient)[1].lower())
