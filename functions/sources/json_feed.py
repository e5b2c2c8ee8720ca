"""JSON Feed 1 and 1.1 (jsonfeed.org/version/1.1): items need an id or an address, and something to show."""

import json
from typing import Any

from sources.entries import MAX_ENTRIES, Feed, entry


class NoJsonFeed(Exception):
    """It is JSON, or begins like it, and no feed."""


def read(body: bytes, url: str) -> Feed:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        raise NoJsonFeed from None
    if not isinstance(said, dict) or "jsonfeed.org/version/" not in str(said.get("version")):
        raise NoJsonFeed
    items = [each for each in _list(said.get("items")) if isinstance(each, dict)]
    author = _author(said)
    entries = [made for each in items[:MAX_ENTRIES] if (made := _entry(each, url, author))]
    hubs = [each for each in _list(said.get("hubs")) if isinstance(each, dict)]
    return Feed(
        title=str(said.get("title") or "")[:200],
        hub=next((str(each.get("url")) for each in hubs if each.get("type") == "WebSub"), None),
        topic=str(said["feed_url"]) if said.get("feed_url") else None,
        count=len(items),
        entries=entries,
    )


def _entry(item: dict[str, Any], url: str, author: str) -> Any:
    text = item.get("content_text")
    html = item.get("content_html") or (_as_html(text) if isinstance(text, str) else item.get("summary"))
    return entry(
        key=item.get("id"),
        url=item.get("url") or item.get("external_url"),
        base=url,
        title=item.get("title"),
        html=html,
        dates=[item.get("date_published"), item.get("date_modified")],
        tags=_list(item.get("tags")),
        author=_author(item) or author,
        pictures=[item.get("image"), item.get("banner_image")],
        is_spoken=any(
            str(each.get("mime_type", "")).startswith("audio/")
            for each in _list(item.get("attachments"))
            if isinstance(each, dict)
        ),
    )


def _as_html(text: str) -> str:
    paragraphs = text.replace("\r\n", "\n").split("\n\n")
    return "".join(f"<p>{_plain(each)}</p>" for each in paragraphs)


def _plain(text: str) -> str:
    marked = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return marked.replace("\n", "<br>")


def _author(said: dict[str, Any]) -> str:
    """`author` in version 1, `authors` since 1.1."""
    first = next(iter(_list(said.get("authors"))), said.get("author"))
    return str(first.get("name") or "") if isinstance(first, dict) else ""


def _list(said: Any) -> list[Any]:
    return said if isinstance(said, list) else []
