"""What an archive says of its owner. It is shown, and taken over by its owner alone, on the profile."""

from core.elsewhere import tidy
from core.elsewhere.found import Found

MOST_BIO = 5_000
_REASON = "It is of your profile: take it over there."


def suggested(section: str, place: int, what: str, text: str) -> list[Found]:
    """`what`: headline, bio, skill or language. None, where there is no text."""
    about = {"title": tidy.line(text), "text": text, "suggested": what, "reason": _REASON}
    return [Found(section=section, place=place, ticked=False, **about)] if text else []


def bio(text: str) -> str:
    return tidy.shortened(tidy.prose(text), MOST_BIO)
