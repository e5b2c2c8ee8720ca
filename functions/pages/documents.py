"""A profile in open formats: feeds, JSON Resume, oEmbed, WebFinger, and what pages say of it as JSON-LD."""

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from core import addresses, clock, openness
from core.openness import Looker
from core.table import Item
from pages import pictures, resume, saying, writing
from pages.bucket import Page
from pages.reading import Shown

MOST = 200  # of a timeline, newest first, in these
_IN_FEEDS = 30
_VISITOR = Looker(None, None)
_JSON = "application/json; charset=utf-8"

_TYPES = {
    "article": "Article",
    "code": "SoftwareSourceCode",
    "design": "VisualArtwork",
    "learning": "EducationalOccupationalCredential",
    "presentation": "PresentationDigitalDocument",
    "video": "VideoObject",
}


def shown(profile: Item) -> Item:
    """A profile as visitors see it."""
    open_to = openness.shown(profile, _VISITOR, is_followed=False, now=clock.now())
    return profile | {"open_to": open_to, "url": addresses.profile(profile), "picture": _picture(profile)}


def pages(profile: Item, found: list[Shown]) -> list[Page]:
    """`found`: from the top of the timeline, MOST at most."""
    member, home = shown(profile), f"@{profile['handle']}/"
    latest = sorted(found, key=lambda each: each.fact["created_at"], reverse=True)[:_IN_FEEDS]
    told = {"member": member, "entries": latest, "changed": _changed(profile, latest)}
    return [
        Page(f"{home}feed.rss", writing.write("rss.xml", **told), "application/rss+xml; charset=utf-8"),
        Page(f"{home}feed.atom", writing.write("atom.xml", **told), "application/atom+xml; charset=utf-8"),
        _document(f"{home}feed.json", _json_feed(member, latest), "application/feed+json; charset=utf-8"),
        _document(f"{home}resume.json", resume.made(member, found)),
        _document(f"{home}oembed.json", _embedded(member, member["name"], member["url"])),
        _document(f"{home}webfinger.json", _webfinger(member), "application/jrd+json"),
    ]


def linked_profile(member: Item, found: Iterable[Shown]) -> str:
    """schema.org's ProfilePage. `member`: as `shown`."""
    works = [_work(each.fact, each.author) for each in found]
    page = {
        "@context": "https://schema.org",
        "@type": "ProfilePage",
        "url": member["url"],
        "dateCreated": member["created_at"],
        "dateModified": member["updated_at"],
        "mainEntity": _person(member) | {"description": saying.excerpt(member.get("bio_html", ""))},
    }
    return _in_page(page | ({"hasPart": works} if works else {}))


def linked_highlight(fact: Item, author: Item) -> str:
    return _in_page(
        {"@context": "https://schema.org"} | _work(fact, author) | {"author": _person(shown(author))}
    )


def _in_page(value: Any) -> str:
    """As JSON in a script element: nothing in it can end that."""
    text = json.dumps(value, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _person(member: Item) -> Item:
    person = {
        "@type": "Person",
        "@id": f"{member['url']}#me",
        "name": member["name"],
        "alternateName": f"@{member['handle']}",
        "url": member["url"],
        "sameAs": [each["url"] for each in member.get("links", [])],
        "knowsAbout": [each["name"] for each in member["badges"]],
    }
    if picture := saying.best(member.get("avatar"), 400):
        person["image"] = addresses.of_file(picture["url"])
    if member.get("headline"):
        person["jobTitle"] = member["headline"]
    if member.get("location"):
        person["homeLocation"] = {"@type": "Place", "name": member["location"]}
    return person


def _work(fact: Item, author: Item) -> Item:
    url = addresses.highlight(fact["id"])
    said: Item = {"@id": url, "url": url, "name": fact["title"]}
    if fact["kind"] == "event":
        return {
            "@type": "Event",
            **said,
            "startDate": fact["start"],
            "endDate": fact.get("end") or fact["start"],
        }
    if fact["kind"] == "job":
        ends = {"endDate": fact["end"]} if fact.get("end") else {}
        return {
            "@type": "EmployeeRole",
            "@id": url,
            "url": url,
            "roleName": fact["title"],
            "startDate": fact["start"],
            **ends,
        }
    made = {
        "@type": _TYPES.get(fact["kind"], "CreativeWork"),
        **said,
        "dateCreated": fact["start"],
        "dateModified": fact["updated_at"],
        "creator": {"@id": f"{addresses.profile(author)}#me"},
        "keywords": fact["tags"],
    }
    if picture := saying.best(fact.get("cover"), 800):
        made["image"] = addresses.of_file(picture["url"])
    return made


def _json_feed(member: Item, found: list[Shown]) -> Item:
    author: Item = {"name": member["name"], "url": member["url"]}
    if picture := saying.best(member.get("avatar"), 200):
        author["avatar"] = addresses.of_file(picture["url"])
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": member["name"],
        "home_page_url": member["url"],
        "feed_url": f"{member['url']}/feed.json",
        "description": member.get("headline", ""),
        "authors": [author],
        "items": [_item(each) for each in found],
    }


def _item(of: Shown) -> Item:
    fact = of.fact
    url = addresses.highlight(fact["id"])
    item = {
        "id": url,
        "url": url,
        "title": fact["title"],
        "content_html": fact["html"] or f"<p>{saying.period(fact)}</p>",
        "summary": f"{saying.kind(fact)}, {saying.period(fact)}",
        "date_published": fact["created_at"],
        "date_modified": fact["updated_at"],
        "authors": [{"name": of.author["name"], "url": addresses.profile(of.author)}],
        "tags": fact["tags"],
    }
    if picture := saying.best(fact.get("cover"), 800):
        item["image"] = addresses.of_file(picture["url"])
    return item


def _embedded(member: Item, title: str, url: str) -> Item:
    """oEmbed's simplest sort: what a link is called, by whom, and a picture."""
    return {
        "version": "1.0",
        "type": "link",
        "title": title,
        "url": url,
        "author_name": member["name"],
        "author_url": member["url"],
        "provider_name": "Polyfolio",
        "provider_url": f"{addresses.site()}/",
        "cache_age": 3600,
        "thumbnail_url": member["picture"],
        "thumbnail_width": pictures.WIDTH,
        "thumbnail_height": pictures.HEIGHT,
    }


def embedded_highlight(fact: Item, author: Item) -> Page:
    url = addresses.highlight(fact["id"])
    return _document(f"h/{fact['id']}/oembed.json", _embedded(shown(author), fact["title"], url))


def _webfinger(member: Item) -> Item:
    """RFC 7033."""
    host = urlsplit(addresses.site()).netloc
    url = member["url"]
    links = [
        {"rel": "http://webfinger.net/rel/profile-page", "type": "text/html", "href": url},
        {
            "rel": "http://schemas.google.com/g/2010#updates-from",
            "type": "application/atom+xml",
            "href": f"{url}/feed.atom",
        },
    ]
    if picture := saying.best(member.get("avatar"), 200):
        href = addresses.of_file(picture["url"])
        links.append({"rel": "http://webfinger.net/rel/avatar", "type": "image/jpeg", "href": href})
    return {"subject": f"acct:{member['handle']}@{host}", "aliases": [url], "links": links}


def _picture(profile: Item) -> str:
    return addresses.of_file(f"/{pictures.path(profile)}")


def _changed(profile: Item, found: list[Shown]) -> str:
    return max(str(each["updated_at"]) for each in (profile, *(one.fact for one in found)))


def _document(path: str, value: Item, kind: str = _JSON) -> Page:
    return Page(path, json.dumps(value, ensure_ascii=False, indent=1) + "\n", kind)
