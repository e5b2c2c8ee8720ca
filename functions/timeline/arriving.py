"""From what came from outside to a highlight, and what of it follows the origin later.

A field is the origin's for as long as it is as the origin gave it last. What is not has been edited by the
member, and stays. Who may see it is decided once, when the highlight is made. Its picture comes later than
its words, once its bytes are here, and is media like any other.
"""

from contextlib import suppress
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter, ValidationError

from core.errors import Invalid
from core.shapes import Link, Tag, distinct
from core.table import Item
from timeline import composing
from timeline.attachments import NewAttachment
from timeline.composing import NewHighlight
from timeline.highlight import MAX_BADGES, MAX_TAGS, Highlight, check_range
from timeline.people import Author

_MADE_WITH = ("kind", "title", "start", "end", "ongoing", "text", "links", "tags", "badges", "visibility")
_FOLLOWED = _MADE_WITH[:-1]
_MAX_LINKS = 10
_TAG: TypeAdapter[str] = TypeAdapter(Tag)


class Refused(Exception):
    """It makes no highlight; the reason is a sentence for the member."""


def read(wanted: dict[str, Any], author: Author) -> NewHighlight:
    """By the rules for all highlights; of tags, badges and links those that can stand."""
    values = {name: wanted[name] for name in _MADE_WITH if wanted.get(name) is not None}
    if "start" not in values:
        raise Refused("It has no date, and a timeline goes by dates.")
    values["tags"] = distinct([tag for each in values.get("tags", []) if (tag := _tag(each))])[:MAX_TAGS]
    values["badges"] = [each for each in values.get("badges", []) if each in author.badges][:MAX_BADGES]
    values["links"] = [each for each in values.get("links", []) if _is_link(each)][:_MAX_LINKS]
    try:
        new = NewHighlight.model_validate(values)
        check_range(new.start, new.end, ongoing=new.ongoing)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_context=False, include_input=False)[0]
        raise Refused(f"Its {'/'.join(map(str, fault['loc']))}: {fault['msg']}.") from None
    except Invalid as refusal:
        fields = (f"Its {each['pointer'].strip('/')} {each['detail']}." for each in refusal.errors)
        raise Refused(" ".join(fields)) from None
    return new


def picture(arrival: Item) -> list[NewAttachment]:
    """The media that its picture has become; none: it has none, or not yet."""
    alt = arrival["wanted"].get("picture", {}).get("alt", "")
    return [NewAttachment(id=each, alt=alt) for each in [arrival.get("picture", {}).get("id")] if each]


def made(
    new: NewHighlight, media: dict[str, Any], author: Author, now: datetime, *, history: bool
) -> Highlight:
    highlight = composing.made(new, [], media, member_id=author.id, handle=author.handle, now=now)
    return highlight.model_copy(update={"imported": history})


def given(new: NewHighlight) -> Item:
    return new.model_dump(include=set(_FOLLOWED))


def changes(old: Highlight, before: Item, new: NewHighlight) -> dict[str, Any]:
    """What the origin has changed and the member has not."""
    now, then = old.model_dump(include=set(_FOLLOWED)), complete(before)
    wanted = given(new)
    return {
        name: getattr(new, name)
        for name in _FOLLOWED
        if wanted[name] != then[name] and now[name] == then[name]
    }


def shown(old: Highlight, before: str | None, media: dict[str, Any]) -> dict[str, Any]:
    """The picture in place of the one `before`, where its member has left that as it was."""
    [picture] = media["media"] or [None]
    return media if picture and picture.id != before and _shows(old, before) else {}


def is_as_given(old: Highlight, before: Item, picture: str | None) -> bool:
    """Whether its member has added nothing of their own."""
    plain = not (old.collaborators or old.pinned or old.under) and _shows(old, picture)
    return plain and old.model_dump(include=set(_FOLLOWED)) == complete(before)


def complete(before: Item) -> Item:
    """The table holds no None."""
    links = [{"title": ""} | link for link in before["links"]]
    return dict.fromkeys(_FOLLOWED) | before | {"links": links}


def _shows(old: Highlight, picture: str | None) -> bool:
    return [each.id for each in old.media] == ([picture] if picture else [])


def _tag(text: object) -> str | None:
    with suppress(ValidationError):
        return _TAG.validate_python(text)
    return None


def _is_link(link: Any) -> bool:
    with suppress(ValidationError):
        return bool(Link.model_validate(link))
    return False
