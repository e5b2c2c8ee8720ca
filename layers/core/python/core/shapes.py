"""The types that bodies and answers are made of: each with its cap, so that nothing is unbounded."""

import re
import unicodedata
from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import Url

from core.clock import ID_PATTERN, timestamp

# Control characters, and the ones that turn or hide what follows (bidi overrides and isolates, zero width).
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)


def _clean(text: str) -> str:
    text = text.replace("\r\n", "\n")
    if _UNSEEN.search(text):
        raise ValueError("holds control characters or ones that cannot be seen")
    return unicodedata.normalize("NFC", text)


def _one_line(text: str) -> str:
    if re.search("[\n\t\u2028\u2029]", text):
        raise ValueError("must be one line")
    return text


def _web_address(text: str) -> str:
    """An http(s) address in its WHATWG form; without credentials, which only hide the real host."""
    try:
        url = Url(text)
    except ValueError:
        raise ValueError("must be a full web address that begins with https:// or http://") from None
    if url.scheme not in ("http", "https") or "." not in (url.host or "").strip("."):
        raise ValueError("must be a full web address that begins with https:// or http://")
    if url.username or url.password:
        raise ValueError("must not hold a user name or password")
    return str(url)


def _moment(text: str) -> str:
    """RFC 3339, kept as our own timestamps are, so that they compare as text."""
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError("must be a time such as 2027-01-31T18:00:00Z") from None
    if when.tzinfo is None or "T" not in text.upper():
        raise ValueError("must be a time with its zone, such as 2027-01-31T18:00:00Z")
    return timestamp(when)


def mailbox(text: str) -> str:
    """One spelling of an address. What mail servers read in more than one way is refused (CVE-2026-41259):
    quotes, comments, routes, literals, letters beyond ASCII, which SES takes none of anyway."""
    address = text.strip().lower().removesuffix(".")
    local = address.partition("@")[0]
    if len(address) > 254 or len(local) > 64 or local.startswith("xn--") or not _ADDRESS.fullmatch(address):
        raise ValueError("must be an e-mail address such as ana@example.org")
    return address


def person(address: str) -> str:
    """The same for ana+news@… and ana+work@…, where it is a matter of how much somebody is mailed."""
    local, _, domain = address.partition("@")
    return f"{local.partition('+')[0]}@{domain}"


_ATOM, _LABEL = "[a-z0-9_'+&=~-]+", "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+[a-z][a-z0-9-]{{0,61}}[a-z0-9]")

Address = Annotated[
    str,
    StringConstraints(min_length=5, max_length=256),
    AfterValidator(mailbox),
    Field(json_schema_extra={"format": "email"}),
]
Line = Annotated[str, AfterValidator(_clean), AfterValidator(_one_line)]
Prose = Annotated[str, AfterValidator(_clean)]
Id = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
Moment = Annotated[str, StringConstraints(max_length=40), AfterValidator(_moment)]
WebAddress = Annotated[str, AfterValidator(_web_address), StringConstraints(max_length=2048)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]


class Shape(BaseModel):
    """What goes over the wire: unknown fields are refused, white space around text is dropped."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Link(Shape):
    url: WebAddress
    title: Annotated[Line, StringConstraints(max_length=200)] = ""


class Page[T](Shape):
    """One page of a list. `next` is the cursor of the following one; null: there is none."""

    items: list[T]
    next: str | None = None


class Paged(Shape):
    """The query of every list."""

    limit: Annotated[int, Field(ge=1, le=100)] = 20
    after: Annotated[str, StringConstraints(max_length=1024)] | None = None


def fold(text: str) -> str:
    """One spelling for what people take for the same word: no case, no accents, single spaces."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    plain = _ACCENTED.sub(r"\1", decomposed)
    return " ".join(unicodedata.normalize("NFC", plain).split())


# Latin and Greek ones: in other scripts a mark makes another letter, as in Russian й and Japanese ガ.
_ACCENTED = re.compile("([\x00-\u02ff\u0370-\u03ff])[\u0300-\u036f]+")


def folded_tag(text: object) -> object:
    """`#Café  Latte` and `cafe latte` are one tag; `c#` stays what it is."""
    if not isinstance(text, str):
        return text
    tag = fold(text).lstrip("# ")
    if not (all(map(_stands_in_tags, tag)) and re.search(r"[\w+#]", tag)):
        raise ValueError("must be made of letters, digits, spaces and + # . & ' / -")
    return tag


def _stands_in_tags(char: str) -> bool:
    """The vowels of Hindi and Thai are marks."""
    return char.isalnum() or char in "_.+#&'/ -" or unicodedata.category(char).startswith("M")


Tag = Annotated[Line, BeforeValidator(folded_tag), StringConstraints(min_length=1, max_length=40)]


def distinct(values: list[str]) -> list[str]:
    return list(dict.fromkeys(values))
