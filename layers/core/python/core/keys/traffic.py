"""Mail, and what keeps requests once and within limits.

Entity        pk                          sk             answers
Mail          MAIL#<mail>                 MAIL           a mail that is wanted and not sent yet: the fact
Delivery      MAIL#<mail>                 DELIVERY       what became of a mail: sending, sent, refused, unsure
Sent          SENT#<message>              SENT           whom did we send this message of SES's to?
Suppressed    SUPPRESSED#<address digest> <list> or ALL  may this address be mailed, or by this list?
Answer        ONCE#<caller>               ONCE#<key>     what a repeated POST was answered
Limit         LIMIT#<name>#<who>          LIMIT          when somebody lately tried something
"""

from core.keys.key import Key


def mail(mail_id: str) -> Key:
    return Key(f"MAIL#{mail_id}", "MAIL")


def delivery(mail_id: str) -> Key:
    return Key(f"MAIL#{mail_id}", "DELIVERY")


def sent(message_id: str) -> Key:
    return Key(f"SENT#{message_id}", "SENT")


def suppressed(address_digest: str, mailing_list: str = "ALL") -> Key:
    return Key(f"SUPPRESSED#{address_digest}", mailing_list)


def answer(caller: str, key: str) -> Key:
    """All of a caller stand together, so that they can be erased with them."""
    return Key(f"ONCE#{caller}", f"ONCE#{key}")


def limit(name: str, digest: str) -> Key:
    return Key(f"LIMIT#{name}#{digest}", "LIMIT")
