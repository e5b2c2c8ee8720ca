"""How pages say things: dates as people know them, kinds, hosts, pictures in the sizes that there are."""

import re
from datetime import datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit

from core.html import text_of

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
KINDS = {
    "job": "Job",
    "learning": "Learning",
    "event": "Event",
    "achievement": "Achievement",
    "milestone": "Milestone",
    "design": "Design",
    "code": "Code",
    "campaign": "Campaign",
    "analysis": "Analysis",
    "presentation": "Presentation",
    "video": "Video",
    "article": "Article",
    "work": "Work",
    "personal": "Personal",
}
_LONGEST_EXCERPT = 320

type Facts = dict[str, Any]


def date(text: str) -> str:
    """`2021-03` is March 2021: as precise as it was given."""
    year, month, day = (*text.split("-"), "", "")[:3]
    said = [str(int(day)) if day else "", _MONTHS[int(month) - 1] if month else "", year]
    return " ".join(each for each in said if each)


def day(moment: str) -> str:
    return date(moment[:10])


def mail_date(moment: str) -> str:
    """As RFC 5322 says it."""
    return format_datetime(datetime.fromisoformat(moment))


def period(of: Facts) -> str:
    """`March to May 2021`, `14 to 16 March 2021`, `since 2019`."""
    start, end = of["start"], of.get("end")
    if of["ongoing"]:
        return f"since {date(start)}"
    if not end or end == start:
        return date(start)
    if start[:4] != end[:4] or len(start) == len("2021") or len(end) == len("2021"):
        return f"{date(start)} to {date(end)}"
    begun = date(start).removesuffix(f" {start[:4]}")
    if start[:7] == end[:7]:
        both = len(start) == len(end) == len("2021-03-14")
        return f"{int(start[8:])} to {date(end)}" if both else date(start[:7])
    return f"{begun} to {date(end)}"


def kind(of: Facts) -> str:
    return KINDS.get(of["kind"], "Work")


def host(address: str) -> str:
    return (urlsplit(address).hostname or address).removeprefix("www.")


def excerpt(html: str) -> str:
    """How it begins, as text; cut between words."""
    text = text_of(html)
    if len(text) <= _LONGEST_EXCERPT:
        return text
    return re.sub(r"\s+\S*$", "", text[:_LONGEST_EXCERPT]) + " …"


def best(media: Facts | None, width: int) -> Facts | None:
    """The smallest picture that is as wide as this, or the widest that there is."""
    sizes = (media or {}).get("renditions") or []
    wide = [each for each in sizes if each["width"] >= width]
    return wide[0] if wide else sizes[-1] if sizes else None


def srcset(media: Facts) -> str:
    return ", ".join(f"{each['url']} {each['width']}w" for each in media.get("renditions", []))


def initials(name: str) -> str:
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()
