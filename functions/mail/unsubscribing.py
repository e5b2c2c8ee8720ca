"""The links by which somebody ends the mails of a list: signed, so that nobody can for anybody else."""

import os

from core import tokens

_PURPOSE = "unsubscribe"


def addresses(to_digest: str, mailing_list: str) -> tuple[str, str]:
    """Of the page that asks once more, and of the route that a mail program posts to."""
    token = tokens.sign(_PURPOSE, f"{to_digest}:{mailing_list}")
    site = os.environ["SITE_ADDRESS"]
    return f"{site}/unsubscribe#{token}", f"{site}/v1/unsubscriptions/{token}"


def read(token: str) -> tuple[str, str] | None:
    """Whose digest, and which list."""
    text = tokens.read(_PURPOSE, token)
    if text is None:
        return None
    to_digest, _, mailing_list = text.partition(":")
    return to_digest, mailing_list
