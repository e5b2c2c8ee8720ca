"""The cleaner: the one door for HTML. What comes from outside, and what our own renderer makes, passes here.

What it lets through is text, structure and links: no pictures (they would tell their server who reads), no
frames, no styles, no ids. Cleaning what is clean changes nothing, so that nothing can be hidden in what a
second reading makes of the first (mutation XSS).
"""

import re
from html import escape, unescape

import nh3
from pydantic_core import Url

_TAGS = {
    *(
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
        "ul",
        "ol",
        "li",
        "a",
    ),
    *("h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td", "sub", "sup"),
    *("figure", "figcaption", "dl", "dt", "dd"),
}
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "code": {"class"}}
_SCHEMES = {"http", "https", "mailto"}
_REL = "nofollow noopener noreferrer ugc"

# What stands in these is no text for readers, or is read by other rules than HTML's.
_DROPPED_WHOLE = {
    *("script", "style", "template", "title", "textarea", "select", "svg", "math", "iframe", "object"),
    *("noembed", "noframes", "noscript", "xmp", "plaintext", "audio", "video", "canvas"),
}

_ROUNDS = 6
_MAX_LENGTH = 400_000  # more than an item of the table holds
_MOST_WORK = 500_000  # tags by how deep they stand; a long article has 2,000 tags, twenty deep
_SHUT_BY_ITSELF = {
    *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"),
    *("p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "option"),
}
_TAG = re.compile("<(/?)([a-zA-Z][a-zA-Z0-9-]{0,20})")
_MAX_ADDRESS = 2048
_NUMBER = re.compile("-?[0-9]{1,9}")
_CLASS = re.compile(r"language-[\w+#.-]{1,30}")

# Marks that turn or hide what follows, as those that core.shapes refuses in what members write.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)

# As nh3 writes them: attributes in quotes, one space before each.
_HEADING = re.compile("<(/?)h([12])>")
_LINK = re.compile(r'(<a(?: [a-z]+="[^"]*")*>)(.*?)</a>', re.DOTALL)
_HREF = re.compile(r' href="([^"]*)"')
_MARKUP = re.compile("<[^<>]*>")

# What readers take for the name of a host: with its scheme, with www., or with an ending that is no file's.
_SAID_HOST = re.compile(
    r"https?:/*(?:[^\s/@]{0,200}@)?([^\s/?#:]+)"
    r"|\b(www\.[^\s/?#:]+)"
    r"|^([\w-]+(?:\.[\w-]+)*\.(?:com|org|net|edu|gov|info|biz|eu|de|fr|uk|nl|es|it|at|ch|jp|cn|ru|in|br))"
    r"(?=[/?#:]|$)",
    re.IGNORECASE,
)


def clean(html: str) -> str:
    """Safe HTML, and always the same for the same. What will not come to rest is shown as text."""
    for _ in range(_ROUNDS):
        html = html if _is_bearable(html) else _bare(html)
        cleaned = _plain_spoken(_lowered(_allowed(html)))
        if cleaned == html == _allowed(html):
            return html
        html = cleaned
    return _allowed(_bare(html))


def text_of(html: str) -> str:
    """What is left without any markup, on one line."""
    readable = html if _is_bearable(html) else _bare(html)
    bare = nh3.clean(readable, tags=set(), clean_content_tags=_DROPPED_WHOLE)
    return " ".join(_UNSEEN.sub("", unescape(bare)).split())


def _is_bearable(html: str) -> bool:
    """An HTML5 parser works for each tag through all that stand open: 100,000 nested ones take it minutes.

    So that many are not given to it. An end counts where it fits what was opened last: rather too deep than
    too shallow, as parsers ignore ends that stand across a table.
    """
    opened: list[str] = []
    deepest = tags = 0
    for end, name in _TAG.findall(html):
        tags += 1
        kind = name.lower()
        if end and opened and opened[-1] == kind:
            opened.pop()
        elif not end and kind not in _SHUT_BY_ITSELF:
            opened.append(kind)
            deepest = max(deepest, len(opened))
    return tags * deepest <= _MOST_WORK and len(html) <= _MAX_LENGTH


def _bare(html: str) -> str:
    """No more of it than fits when each of its characters is written as six."""
    return escape(unescape(_MARKUP.sub(" ", html[:_MAX_LENGTH]))[: _MAX_LENGTH // 6], quote=False)


def _allowed(html: str) -> str:
    cleaned = nh3.clean(
        html,
        tags=_TAGS,
        clean_content_tags=_DROPPED_WHOLE,
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes=_SCHEMES,
        url_relative="deny",  # it would lead to a page of ours
        link_rel=_REL,
    )
    return _UNSEEN.sub("", cleaned).strip()


def _attribute(_tag: str, name: str, value: str) -> str | None:
    if name == "href":
        return _address(value)
    if name == "start":
        return value if _NUMBER.fullmatch(value) else None
    if name == "class":
        return value if _CLASS.fullmatch(value) else None
    return value


def _address(value: str) -> str | None:
    """Without credentials, which stand where readers look for the host."""
    try:
        url = Url(value)
    except ValueError:
        return None
    return None if url.username or url.password or len(value) > _MAX_ADDRESS else value


def _lowered(html: str) -> str:
    """It stands under a title of its own, h1 and h2 of a page."""
    return _HEADING.sub(lambda found: f"<{found[1]}h{int(found[2]) + 2}>", html)


def _plain_spoken(html: str) -> str:
    return _LINK.sub(_honest, html)


def _honest(link: re.Match[str]) -> str:
    """A link that is spelt as an address of one host and leads to another is spelt as where it leads."""
    href = _HREF.search(link[1])
    said = _SAID_HOST.search(unescape(_MARKUP.sub("", link[2])).strip())
    if not (href and said):
        return link[0]
    real, shown = _host(unescape(href[1])), _host(f"http://{next(filter(None, said.groups()))}")
    if not real or real == shown or real.endswith(f".{shown}") or shown.endswith(f".{real}"):
        return link[0]
    return f"{link[1]}{escape(real, quote=False)}</a>"


def _host(address: str) -> str:
    try:
        return (Url(address).host or "").rstrip(".").removeprefix("www.")
    except ValueError:
        return ""
