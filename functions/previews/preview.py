"""A link preview: what a page says of itself, as it was found when somebody last wanted to know."""

import hashlib
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import Field, StringConstraints

from core import keys
from core.media import Rendition
from core.shapes import Shape, WebAddress
from core.table import Item

type State = Literal["waiting", "ready", "failed"]

MAX_TITLE, MAX_DESCRIPTION, MAX_SITE = 300, 600, 100

_FETCHED_IN = timedelta(minutes=10)  # else it is asked for again: its event may have been lost
_KEPT = timedelta(days=400)  # after anybody wanted it last


class GetLinkPreview(Shape):
    url: WebAddress


class Picture(Shape):
    """Of a page, drawn anew by us as all media is; `renditions` from the smallest."""

    renditions: list[Rendition]
    width: int
    height: int
    placeholder: Annotated[str | None, Field(description="A tiny picture, to show blurred.")] = None


class Preview(Shape):
    """All text is plain text, as the page says it. `embed`: the address of its player, made by us for the
    providers that we know, to be put into a frame once somebody clicks. `picture`: comes some moments after
    the rest. `reason`: why there is no preview.
    """

    url: str
    state: State
    title: Annotated[str, StringConstraints(max_length=MAX_TITLE)] = ""
    description: Annotated[str, StringConstraints(max_length=MAX_DESCRIPTION)] = ""
    site_name: Annotated[str, StringConstraints(max_length=MAX_SITE)] = ""
    embed: Annotated[str | None, Field(description="An https address of a known provider's player.")] = None
    picture: Picture | None = None
    reason: str | None = None


class Found(NamedTuple):
    """What a page says of itself. `picture`: the address of its picture, which nobody but us may open."""

    title: str = ""
    description: str = ""
    site_name: str = ""
    picture: str | None = None
    embed: str | None = None


class Outcome(NamedTuple):
    """Of one attempt: what was found or why not, and when it is worth another."""

    state: State
    again: datetime
    found: Found = Found()
    reason: str | None = None


def address(url: str) -> str:
    """Pages do not differ by their fragments."""
    return url.partition("#")[0]


def digest(url: str) -> str:
    return hashlib.sha256(address(url).encode()).hexdigest()[:40]


def shown(item: Item) -> Preview:
    found = item.get("found", {})
    plain = {name: found[name] for name in ("title", "description", "site_name", "embed") if name in found}
    about = {"url": item["url"], "state": item["state"], "reason": item.get("reason")}
    return Preview(**about, **plain, picture=_picture(item))


def _picture(item: Item) -> Picture | None:
    """None: there is none, it is still being drawn, or it was refused."""
    held = item.get("picture")
    if not held or held["state"] != "ready":
        return None
    return Picture.model_validate({name: held[name] for name in Picture.model_fields if name in held})


def is_due(item: Item | None, now: datetime) -> bool:
    return item is None or item["again"] <= int(now.timestamp())


def times(now: datetime) -> dict[str, int]:
    """When it may be asked for anew if nothing comes of it, and when it may be forgotten."""
    return {"again": _seconds(now + _FETCHED_IN), keys.TTL: _seconds(now + _KEPT)}


def kept(outcome: Outcome) -> dict[str, Any]:
    found = {name: value for name, value in outcome.found._asdict().items() if value is not None}
    again = _seconds(outcome.again)
    return {"state": outcome.state, "again": again, "found": found, "reason": outcome.reason}


def _seconds(when: datetime) -> int:
    return int(when.timestamp())
