"""From the code that LinkedIn sends a browser back with to the token that it stands for (RFC 6749, 4.1.3)."""

import os
from datetime import datetime

from core.errors import Unavailable
from core.fetch import FetchFailed, post_form
from core.table import Item
from sources import consents

_SECONDS = 8.0


def granted(member_id: str, code: str, now: datetime) -> Item:
    """For the poll's item. Raises Forbidden."""
    provider = consents.linkedin()
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": consents.redirect(),
        "client_id": provider.client_id,
        "client_secret": os.environ["LINKEDIN_DATA_SECRET"],
    }
    try:
        answer = post_form(f"{provider.oauth}/accessToken", form, seconds=_SECONDS)
    except FetchFailed:
        raise _unavailable() from None
    if 400 <= answer.status < 500:
        raise consents.over()
    said = answer.json() or {}
    token, seconds = said.get("access_token"), said.get("expires_in")
    if not isinstance(token, str) or not token or not isinstance(seconds, int):
        raise _unavailable()
    return consents.sealed(member_id, token, seconds, now)


def _unavailable() -> Unavailable:
    return Unavailable(
        "LinkedIn cannot be asked just now. Begin again a little later.", headers={"retry-after": "30"}
    )
