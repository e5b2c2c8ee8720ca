"""The outbox: a mail is a fact, written in the same transaction as what causes it.

    table.write(confirmed, mail.wanted("welcome", address, cause=member_id, now=now, name=name))

There is one item for each kind, recipient and cause, so that a cause mails at most once, whatever is
retried. The effect mail/send_mail takes it from there: it renders, sends, and forgets the address.

To add a kind, put two templates (Jinja2) into functions/mail/templates, and no code anywhere:

    <kind>.txt    {% extends "layout.txt" %} with the blocks `subject` (one line) and `body`; and with the
                  block `list`, a name such as `invitations`, unless the mail is an answer to the recipient's
                  own act. Mails of a list can be unsubscribed from (RFC 8058), all others cannot.
    <kind>.html   {% extends "layout.html" %} with the block `body`; `button` and `quote` of parts.html.

They see the values, and `site`, the address that links begin with. Put secrets of a link behind its `#`,
which browsers send to nobody. Values are strings, numbers, lists and dicts; whatever a user typed is escaped,
and cannot get into a header.
"""

from datetime import datetime
from typing import Any

from core import clock, keys, shapes, table, tokens

_KEPT_SECONDS = 14 * 86_400  # as long as the queues keep what could not be sent
EVERYTHING = "ALL"  # in the place of a list: nothing is sent to this address any more


def wanted(kind: str, to: str, cause: str, now: datetime, **values: Any) -> table.Write:
    """`cause`: what the mail follows from, such as an id; a second mail of the kind needs another one."""
    to = shapes.mailbox(to)
    mail_id = id_of(kind, to, cause)
    item = {"id": mail_id, "version": 1, "kind": kind, "to": to, "values": values}
    until = int(now.timestamp()) + _KEPT_SECONDS
    return table.put(
        keys.mail(mail_id)._asdict() | item | {"wanted_at": clock.timestamp(now), keys.TTL: until}
    )


def id_of(kind: str, to: str, cause: str) -> str:
    """What became of it stands at `keys.delivery` of this; nothing there: it waits to be sent."""
    return tokens.digest(f"mail\0{kind}\0{to}\0{cause}")


def suppress(to_digest: str, mailing_list: str, why: str, now: datetime) -> table.Write:
    """For good. Only the digest is kept: it is enough to know the address again."""
    key = keys.suppressed(to_digest, mailing_list)
    return table.put(key._asdict() | {"why": why, "since": clock.timestamp(now)})
