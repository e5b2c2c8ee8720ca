"""Names of domains: which of them a member can have, and what they are called in DNS."""

import os
from typing import NamedTuple

import idna
from confusable_homoglyphs.confusables import confusables_data
from publicsuffixlist import PublicSuffixList

from core import handles
from core.errors import field
from core.shapes import fold

_LONGEST = 253 - len("_polyfolio.")
# The snapshot that came with the package; hosts that give names away are public suffixes too.
_SUFFIXES = PublicSuffixList(accept_unknown=False)


class Name(NamedTuple):
    ascii: str  # as it stands in DNS
    shown: str  # as people write it
    registered: str  # what was bought of a registry: of blog.ana.example.org it is example.org

    @property
    def is_apex(self) -> bool:
        return self.ascii == self.registered


def wanted(text: str) -> Name:
    """Raises Invalid, in words that help on."""
    ascii_name = _ascii(text.strip().rstrip("."))
    registered = _SUFFIXES.privatesuffix(ascii_name)
    if _SUFFIXES.publicsuffix(ascii_name) is None:
        raise field("name", "must end in a top-level domain of the internet, such as .org")
    if registered is None:
        raise field("name", "is one under which others register theirs: name your own")
    name = Name(ascii_name, idna.decode(ascii_name), registered)
    _refuse_ours(name)
    return name


def _ascii(text: str) -> str:
    if text.startswith("*"):
        raise field("name", "must be one domain, without a *")
    if "/" in text or ":" in text or "@" in text:
        raise field("name", "must be the domain alone, such as ana.example.org: no https://, no path")
    try:
        name = idna.encode(text, uts46=True, std3_rules=True).decode().lower().rstrip(".")
    except idna.IDNAError as error:
        raise field("name", f"is no domain: {str(error)[:100]}") from None
    if len(name) > _LONGEST or "." not in name:
        raise field("name", "must be a whole domain, such as ana.example.org")
    return name


def _refuse_ours(name: Name) -> None:
    ours = os.environ["OWN_HOST"]
    if name.ascii == ours or name.ascii.endswith(f".{ours}"):
        raise field("name", "is one of ours")
    own = _SUFFIXES.privatesuffix(ours) or ours
    if name.registered != own and _looks(name.registered) == _looks(own):
        raise field("name", "looks like ours")


def _looks(registered: str) -> str:
    """What its first label looks like: under another ending, or in Cyrillic, it speaks for us as well."""
    label = fold(idna.decode(registered.partition(".")[0]))
    return handles.skeleton("".join(map(_plain, label)))


def _plain(char: str) -> str:
    """The Latin letter or digit that it looks like (UTS 39)."""
    if char.isascii():
        return char
    latin = (each["c"] for each in confusables_data.get(char, []) if each["c"].isascii())
    return next((each for each in latin if each.isalnum()), char)
