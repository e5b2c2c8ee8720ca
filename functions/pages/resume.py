"""A timeline as a JSON Resume (jsonresume.org/schema, 1.0.0)."""

from collections.abc import Iterable
from typing import Any

from core import addresses
from core.html import text_of
from core.table import Item
from pages import saying
from pages.reading import Shown

_SECTIONS = {
    "job": "work",
    "learning": "education",
    "achievement": "awards",
    "article": "publications",
}
_SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"


def made(member: Item, found: Iterable[Shown]) -> Item:
    sections: dict[str, list[Item]] = {
        "work": [],
        "education": [],
        "awards": [],
        "publications": [],
        "projects": [],
    }
    for fact, _ in found:
        section = _SECTIONS.get(fact["kind"], "projects")
        sections[section].append(_WRITERS[section](fact))
    filled: dict[str, Any] = {name: some for name, some in sections.items() if some}
    return {
        "$schema": _SCHEMA,
        "basics": _basics(member),
        **filled,
        "skills": [{"name": each["name"]} for each in member["badges"]],
        "meta": {"canonical": f"{member['url']}/resume.json", "lastModified": member["updated_at"]},
    }


def _basics(member: Item) -> Item:
    basics: Item = {"name": member["name"], "url": member["url"]}
    if member.get("headline"):
        basics["label"] = member["headline"]
    if picture := saying.best(member.get("avatar"), 400):
        basics["image"] = addresses.of_file(picture["url"])
    if summary := _text(member.get("bio_html", "")):
        basics["summary"] = summary
    if member.get("location"):
        basics["location"] = {"address": member["location"]}
    links = [
        {"network": each.get("title") or saying.host(each["url"]), "url": each["url"]}
        for each in member.get("links", [])
    ]
    return basics | {"profiles": links}


def _work(of: Item) -> Item:
    return {"position": of["title"], "summary": _text(of["html"]), **_dates(of), "url": _url(of)}


def _education(of: Item) -> Item:
    return {"area": of["title"], **_dates(of), "url": _url(of)}


def _award(of: Item) -> Item:
    return {"title": of["title"], "date": of["start"], "summary": _text(of["html"])}


def _publication(of: Item) -> Item:
    elsewhere = [each["url"] for each in of["links"]]
    return {
        "name": of["title"],
        "releaseDate": of["start"],
        "url": [*elsewhere, _url(of)][0],
        "summary": _text(of["html"]),
    }


def _project(of: Item) -> Item:
    about = {
        "name": of["title"],
        "description": _text(of["html"]),
        "keywords": of["tags"],
        "type": saying.kind(of),
    }
    return about | _dates(of) | {"url": _url(of)}


_WRITERS = {
    "work": _work,
    "education": _education,
    "awards": _award,
    "publications": _publication,
    "projects": _project,
}


def _dates(of: Item) -> Item:
    ends = {"endDate": of["end"]} if of.get("end") else {}
    return {"startDate": of["start"]} | ends


def _url(of: Item) -> str:
    return addresses.highlight(of["id"])


def _text(html: str) -> str:
    return text_of(html)
