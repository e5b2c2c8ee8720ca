"""Markdown in, safe HTML out."""

from functools import cache

import nh3
from markdown_it import MarkdownIt

_TAGS = {
    *("p", "br", "hr", "em", "strong", "del", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a"),
    *("h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "code": {"class"}}
_LINK_REL = "nofollow noopener noreferrer ugc"


def to_html(text: str) -> str:
    """CommonMark with tables and strike-through. Raw HTML in it is shown as text; pictures become links.

    Cleaned once more by nh3 (ammonia), so that a fault of the renderer cannot let anything through.
    """
    return nh3.clean(
        _markdown().render(text),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel=_LINK_REL,
    ).strip()


@cache
def _markdown() -> MarkdownIt:
    # A highlight stands under its own title (h1 and h2 of a page): its headings begin at h3.
    markdown = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).disable("image")
    markdown.core.ruler.push("lower_headings", _lower_headings)
    return markdown


def _lower_headings(state: object) -> None:
    for token in state.tokens:  # type: ignore[attr-defined]
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + 2, 6)}"
