"""Tags: one spelling for each, whoever types it."""

import re
from typing import Annotated

from pydantic import BeforeValidator, StringConstraints

from core.shapes import Line, fold

_TAG = re.compile(r"[\w.+#&'/ -]*[\w+#][\w.+#&'/ -]*")


def folded(text: object) -> object:
    """`#Café  Latte` and `cafe latte` are one tag; `c#` stays what it is."""
    if not isinstance(text, str):
        return text
    tag = fold(text).removeprefix("#").strip()
    if not _TAG.fullmatch(tag):
        raise ValueError("must be made of letters, digits, spaces and + # . & ' / -")
    return tag


Tag = Annotated[Line, BeforeValidator(folded), StringConstraints(min_length=1, max_length=40)]


def distinct(values: list[str]) -> list[str]:
    return list(dict.fromkeys(values))
