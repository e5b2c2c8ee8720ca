"""Open formats, read by parsers that are not ours."""

import json
import re
from typing import Any

import feedparser  # type: ignore[import-untyped]
import html5lib  # type: ignore[import-untyped]
import jsonschema  # type: ignore[import-untyped]
import mf2py  # type: ignore[import-untyped]
import pytest
from pyld import jsonld  # type: ignore[import-untyped]
from rdflib import RDF, SDO, Graph

from infra.web import package
from tests.functions.conftest import Person
from tests.functions.pages.acting import change, follow, page
from tests.functions.timeline.acting import created

HOME = "https://polyfolio.example/@alice"

# Of jsonfeed.org's version 1.1 what must be there, and in which form.
JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "items"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "home_page_url": {"type": "string"},
        "feed_url": {"type": "string"},
        "authors": {"type": "array", "items": {"required": ["name"]}},
        "items": {
            "type": "array",
            "items": {
                "required": ["id", "content_html"],
                "properties": {"id": {"type": "string"}, "tags": {"type": "array"}},
            },
        },
    },
}
KINDS: dict[str, Any] = {
    "job": {"title": "Engineer at Acme", "start": "2015", "end": "2019-06"},
    "learning": {"title": "A diploma", "start": "2014"},
    "achievement": {"title": "A prize", "start": "2020-05-04"},
    "article": {"title": "On <foam>", "start": "2021-03", "text": "Some **bold** & plain", "tags": ["milk"]},
    "event": {"title": "A fair", "start": "2022-01-03"},
}
SCHEMA_ORG = "https://schema.org/"


@pytest.fixture(autouse=True)
def highlights(alice: Person) -> dict[str, str]:
    links = [{"url": "https://alice.example/", "title": "Blog & more"}]
    facts = {"headline": "Barista & engineer", "bio": "I *roast*.", "location": "Porto", "links": links}
    change(alice, **facts, badges=[{"name": "Barista"}])
    made = {kind: created(alice, kind=kind, **said) for kind, said in KINDS.items()}
    for each in made.values():
        follow(each)
    return made


@pytest.mark.parametrize("kind", ["rss", "atom"])
def test_feeds_are_read_by_a_feed_reader(kind: str) -> None:
    read = feedparser.parse(page(f"@alice/feed.{kind}"))

    assert not read.bozo, read.get("bozo_exception")
    assert (read.feed.title, read.feed.link) == ("Alice", HOME)
    assert {each.title for each in read.entries} >= {"A prize", "A fair"}
    [article] = [each for each in read.entries if "foam" in each.title]
    assert [each.term for each in article.tags] == ["milk"]
    said = article.content[0].value if kind == "atom" else article.summary
    assert "<strong>bold</strong> &amp; plain" in said
    assert article.published_parsed


def test_the_json_feed_is_one() -> None:
    feed = json.loads(page("@alice/feed.json"))

    jsonschema.validate(feed, JSON_FEED)
    assert feed["home_page_url"] == HOME
    assert len(feed["items"]) == 5


def test_the_resume_has_its_sections() -> None:
    resume = json.loads(page("@alice/resume.json"))

    schema = json.loads((package("@jsonresume/schema") / "schema.json").read_text())
    jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker()).validate(resume)
    assert set(resume) <= set(schema["properties"])
    assert resume["basics"]["label"] == "Barista & engineer"
    assert resume["work"][0] | {"url": ""} == {
        "position": "Engineer at Acme",
        "summary": "",
        "startDate": "2015",
        "endDate": "2019-06",
        "url": "",
    }
    assert [
        resume[name][0].get("title", resume[name][0].get("name")) for name in ("awards", "publications")
    ] == [
        "A prize",
        "On <foam>",
    ]
    assert resume["basics"]["profiles"] == [{"network": "Blog & more", "url": "https://alice.example/"}]


def test_microformats_name_a_person_and_their_feed(highlights: dict[str, str]) -> None:
    read = mf2py.parse(doc=page("@alice/"), url=HOME)
    [feed] = [each for each in read["items"] if "h-feed" in each["type"]]
    [person] = feed["properties"]["author"]

    assert person["type"] == ["h-card"]
    assert person["properties"]["name"] == ["Alice"]
    assert person["properties"]["uid"] == [HOME]
    assert person["properties"]["job-title"] == ["Barista & engineer"]
    assert "https://alice.example/" in person["properties"]["url"]
    assert "https://alice.example/" in read["rels"]["me"]
    entries = [each for each in feed["children"] if "h-entry" in each["type"]]
    assert {each["properties"]["name"][0] for each in entries} >= {"On <foam>", "A fair"}

    [entry] = [
        each
        for each in mf2py.parse(doc=page(f"h/{highlights['article']}/"))["items"]
        if "h-entry" in each["type"]
    ]
    assert "<strong>bold</strong>" in entry["properties"]["content"][0]["html"]
    assert entry["properties"]["author"][0]["properties"]["name"] == ["Alice"]


def linked(path: str) -> Any:
    [text] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page(path), re.DOTALL)
    document = json.loads(text)
    # schema.org's own context is a download; what counts here is that the document is JSON-LD at all.
    return jsonld.expand(document | {"@context": {"@vocab": SCHEMA_ORG}})[0]


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # within it
def test_linked_data_has_words_of_schema_org_alone(highlights: dict[str, str]) -> None:
    graph = Graph()
    for path in ("@alice/", *(f"h/{each}/" for each in highlights.values())):
        graph.parse(data=json.dumps(linked(path)), format="json-ld")

    types = set(graph.objects(predicate=RDF.type))
    words = (set(graph.predicates()) - {RDF.type}) | types
    assert len(types) > len(KINDS)
    assert {str(each) for each in words if str(each).removeprefix(SCHEMA_ORG) not in SDO} == set()


def test_linked_data_says_what_each_thing_is(highlights: dict[str, str]) -> None:
    profile = linked("@alice/")
    assert profile["@type"] == ["https://schema.org/ProfilePage"]
    [person] = profile["https://schema.org/mainEntity"]
    assert person["@type"] == ["https://schema.org/Person"]
    types = {each["@type"][0].rpartition("/")[2] for each in profile["https://schema.org/hasPart"]}
    assert {"Article", "Event", "EmployeeRole", "EducationalOccupationalCredential", "CreativeWork"} == types

    article = linked(f"h/{highlights['article']}/")
    assert article["https://schema.org/name"] == [{"@value": "On <foam>"}]
    assert article["https://schema.org/author"][0]["@type"] == ["https://schema.org/Person"]


def test_other_servers_find_out_who_somebody_is(highlights: dict[str, str]) -> None:
    finger = json.loads(page("@alice/webfinger.json"))
    assert (finger["subject"], finger["aliases"]) == ("acct:alice@polyfolio.example", [HOME])

    embedded = json.loads(page(f"h/{highlights['article']}/oembed.json"))
    assert (embedded["version"], embedded["type"], embedded["title"]) == ("1.0", "link", "On <foam>")
    assert embedded["author_url"] == HOME


def test_pages_are_html_without_a_fault(highlights: dict[str, str]) -> None:
    for path in (
        "@alice/",
        "@alice/2021/",
        "@alice/barista/",
        f"h/{highlights['article']}/",
        "",
        "space-station/",
    ):
        parser = html5lib.HTMLParser(strict=True, tree=html5lib.getTreeBuilder("etree"))
        parser.parse(page(path))
