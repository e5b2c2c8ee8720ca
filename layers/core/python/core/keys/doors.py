"""Media and link previews.

Entity        pk                          sk             answers
Media         MEDIA#<media>               MEDIA          a picture, recording or document: the fact
Media used    MEMBER#<member>             MEDIA-USED     how many bytes a member's media may and do take
Preview       PREVIEW#<address digest>    PREVIEW        what stands behind a link: wanted, found or failed
Its picture   PREVIEW#<address digest>    PICTURE        the media that a preview refers to; outlives it

Media is in gsi1 too while it has to be looked at again (MEDIA-DUE, when), and in gsi2 by whose it is
(MEDIA#<member>, <media>).
"""

from core.keys.key import INDEXES, Key


def media(media_id: str) -> Key:
    return Key(f"MEDIA#{media_id}", "MEDIA")


MEDIA_DUE = "MEDIA-DUE"


def media_due(when: str, media_id: str) -> dict[str, str]:
    """Its place among what has to be looked at again, by when."""
    return dict(zip(INDEXES["gsi1"], (MEDIA_DUE, f"{when}#{media_id}"), strict=True))


def media_of(owner: str, media_id: str = "") -> dict[str, str]:
    """Its place among all media of its owner."""
    return dict(zip(INDEXES["gsi2"], (f"MEDIA#{owner}", media_id), strict=True))


def media_used(member_id: str) -> Key:
    """Beside the profile, but no fact whose changes are news."""
    return Key(f"MEMBER#{member_id}", "MEDIA-USED")


def preview(address_digest: str) -> Key:
    return Key(f"PREVIEW#{address_digest}", "PREVIEW")


def preview_picture(address_digest: str) -> Key:
    return Key(f"PREVIEW#{address_digest}", "PICTURE")
