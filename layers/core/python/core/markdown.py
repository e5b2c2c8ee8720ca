"""Markdown in, safe HTML out."""

from functools import cache

from markdown_it import MarkdownIt

from core.html import clean


def to_html(text: str) -> str:
    """CommonMark with tables and strike-through. Raw HTML in it is shown as text; pictures become links.

    Cleaned once more, so that a fault of the renderer cannot let anything through.
    """
    return clean(_markdown().render(text))


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
