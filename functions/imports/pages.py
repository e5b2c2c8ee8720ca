"""A page of an export, as a tree that is asked for its parts. Their HTML is the page's own: clean it."""

from collections.abc import Collection, Iterator
from html import escape
from html.parser import HTMLParser
from typing import NamedTuple

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_DEEPEST = 200


class Tag(NamedTuple):
    name: str
    attributes: dict[str, str]
    parts: "list[Tag | str]"

    def is_a(self, name: str, marked: str = "") -> bool:
        """`marked`: one of its classes, or the `data-field` that it says it is."""
        marks = [*self.attributes.get("class", "").split(), self.attributes.get("data-field", "")]
        return self.name == name and (not marked or marked in marks)

    def all(self, name: str, marked: str = "") -> "Iterator[Tag]":
        """Those within it, as they stand."""
        for part in self.parts:
            if isinstance(part, Tag):
                if part.is_a(name, marked):
                    yield part
                yield from part.all(name, marked)

    def first(self, name: str, marked: str = "") -> "Tag":
        """One without anything, where there is none."""
        return next(self.all(name, marked), Tag(name, {}, []))

    def text(self) -> str:
        told = (part.text() if isinstance(part, Tag) else part for part in self.parts)
        return " ".join("".join(told).split())

    def html(self, without: "Collection[Tag]" = ()) -> str:
        """What is inside, without some of it."""
        return "".join(
            _written(part, without) if isinstance(part, Tag) else escape(part, quote=False)
            for part in self.parts
            if not any(part is left for left in without)
        )


def _written(tag: Tag, without: Collection[Tag]) -> str:
    given = "".join(f' {name}="{escape(value)}"' for name, value in tag.attributes.items())
    return f"<{tag.name}{given}>" + ("" if tag.name in _VOID else f"{tag.html(without)}</{tag.name}>")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Tag("", {}, [])]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Tag(tag, {name: value or "" for name, value in attrs}, [])
        self.open[-1].parts.append(made)
        if tag not in _VOID and len(self.open) < _DEEPEST:
            self.open.append(made)

    def handle_endtag(self, tag: str) -> None:
        names = [each.name for each in self.open]
        if tag in names[1:]:
            del self.open[len(names) - names[::-1].index(tag) - 1 :]

    def handle_data(self, data: str) -> None:
        self.open[-1].parts.append(data)


def page(html: str) -> Tag:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.open[0]
