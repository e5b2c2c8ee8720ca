"""What a browser could run, load or be misled by in a piece of HTML: judged by an HTML5 parser that has
nothing to do with the cleaner, and by rules of its own.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib  # type: ignore[import-untyped]

# Harmless by themselves: they say what text is, and neither run nor load nor cover anything.
_TEXT = {
    *(
        "html",
        "head",
        "body",
        "p",
        "br",
        "hr",
        "em",
        "strong",
        "b",
        "i",
        "del",
        "s",
        "code",
        "pre",
        "blockquote",
    ),
    *("ul", "ol", "li", "a", "h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
    *("sub", "sup", "figure", "figcaption", "dl", "dt", "dd", "colgroup"),
}
_SAID = {"href", "title", "rel", "start", "class"}


def dangers(html: str) -> list[str]:
    tree: Any = html5lib.parse(html, namespaceHTMLElements=False)
    return list(_in(tree))


def _in(tree: Element) -> Iterator[str]:
    for node in tree.iter():
        name = node.tag
        if not isinstance(name, str):
            yield f"a comment or declaration: {node.text!r}"
        elif name not in _TEXT:
            yield f"<{name}>"
        else:
            yield from _attributes(name, node.attrib)


def _attributes(tag: str, attributes: dict[str, str]) -> Iterator[str]:
    for name, value in attributes.items():
        if name not in _SAID:
            yield f"<{tag} {name}>"
        elif name == "href" and not _leads_to_a_page(value):
            yield f"<{tag} href={value!r}>"
    if tag == "a" and not {"nofollow", "noopener", "noreferrer"} <= set(attributes.get("rel", "").split()):
        yield "<a> that vouches"


def _leads_to_a_page(value: str) -> bool:
    """As a browser reads it: without what stands before the scheme, and without line ends and tabs at all."""
    read = re.sub("[\t\r\n]", "", value.lstrip("".join(map(chr, range(33)))))
    scheme = re.match("([a-z][a-z0-9+.-]*):", read, re.IGNORECASE)
    if scheme is None or scheme[1].lower() not in ("http", "https", "mailto"):
        return False
    return "@" not in urlsplit(read).netloc
