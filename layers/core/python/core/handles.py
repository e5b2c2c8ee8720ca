"""Handles. Every context that has one in its path asks here whose it is, with one call of the table."""

import re
from typing import Annotated, NamedTuple

from pydantic import AfterValidator, StringConstraints

from core import keys, table
from core.errors import Moved, NotFound
from core.request import Caller

# UTS 39 skeletons for the alphabet that handles are limited to: names that look alike are one name.
_LOOKS_LIKE = str.maketrans({"0": "o", "1": "l", "i": "l", "m": "rn", "w": "vv", "-": "", "_": ""})
_LONGEST = 30

# A handle is held for who is just opening an account, and free again when that time is over.
FREE = "attribute_not_exists(pk) OR held_until < :now"

# As a profile's visibility: of a member who was suspended, or has left. Nobody sees it.
HIDDEN = "hidden"


class Found(NamedTuple):
    member_id: str
    handle: str


def skeleton(handle: str) -> str:
    return handle.lower().translate(_LOOKS_LIKE)


# What stands, or may come to stand, at an address of ours, or would speak for us.
_RESERVED_WORDS = """
    about abuse account accounts activities admin administrator api app apps assets auth billing blog
    board bot career careers cdn cloud cname con contact contacts cookies docs domain domains download
    email embed error explore export faq favicon feed feeds follow graphql guest handle hello help
    highlight highlights home host hostmaster html http https imprint inbox index info invitation
    invitations invite jobs js json legal localhost login logout mail mailer-daemon me media member
    members mod moderation moderator myself news newsletter no-reply nobody none noreply null oauth
    oembed official operator operators opportunities opportunity owner pages password policy polyfolio
    postmaster press pricing privacy profile proto public register reports resume robots root rss sales
    search security session sessions settings share signin signup sitemap source sources space-station
    staff static status stream support sysadmin system tags team terms test timeline token tokens true
    undefined unsubscribe user users void waitlist webfinger webhook webhooks webmaster website
    well-known wiki www you
"""
_RESERVED = frozenset(map(skeleton, _RESERVED_WORDS.split()))


def _allowed(handle: str) -> str:
    if skeleton(handle) in _RESERVED:
        raise ValueError("is reserved")
    return handle


Handle = Annotated[
    str,
    StringConstraints(
        to_lower=True, pattern=r"^[a-zA-Z0-9][a-zA-Z0-9_-]*[a-zA-Z0-9]$", min_length=3, max_length=_LONGEST
    ),
    AfterValidator(_allowed),
]


def gone(skeleton: str) -> table.Item:
    """What stands for ever in the place of a handle whose member has left: nobody else can have it."""
    nobody = {"handle": "", "member_id": "", "visibility": HIDDEN, "current": True}
    return keys.handle(skeleton)._asdict() | nobody


def find(handle: str, viewer: Caller | None, *, even_if_blocked: bool = False) -> Found:
    """Raises NotFound where there is nobody, or not for them; Moved where the handle is another now.

    Of two members of whom one blocks the other, neither is there for the other.
    """
    item = (
        table.get(keys.handle(skeleton(handle))) if re.fullmatch(r"[\w-]{1,30}", handle, re.ASCII) else None
    )
    if item and "held_until" in item:
        item = None
    if item and not item["current"]:
        item = table.get(keys.member(item["member_id"]))
    if item is None or item["visibility"] not in (("public", "members") if viewer else ("public",)):
        raise _nobody()
    member_id = item.get("member_id") or item["id"]  # a handle's item, or the profile it led to
    if viewer and not even_if_blocked and is_blocked(viewer.id, member_id):
        raise _nobody()
    if item["handle"] != handle:
        raise Moved(handle=item["handle"])
    return Found(member_id, handle)


def is_blocked(member_id: str, other_id: str) -> bool:
    return member_id != other_id and table.get(keys.block(member_id, other_id)) is not None


def _nobody() -> NotFound:
    return NotFound("Nobody here has this handle.")
