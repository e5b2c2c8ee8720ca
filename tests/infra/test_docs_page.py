"""The page at /docs: whole, safe and readable. What a browser makes of it is tested in tests/browser."""

import json
import re
import shlex
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from core.errors import AppError
from infra.docs_page import page
from infra.openapi import REFERENCE, document
from tests.contrast import ENOUGH, Colour, contrast

DOCUMENT = document()
PAGE = page(DOCUMENT)
STYLE = (REFERENCE / "page.css").read_text()
ALL = [each for methods in DOCUMENT["paths"].values() for each in methods.values()]


def test_has_a_place_for_every_operation_and_every_problem() -> None:
    names = {each["operationId"] for each in ALL if "_public_" not in each["operationId"]}

    assert names | {refusal.code for refusal in AppError.__subclasses__()} <= set(Reader(PAGE).all("id"))


def test_shows_commands_that_send_the_examples() -> None:
    commands = [words_of(each) for each in re.findall(r"<pre><code>(curl .*?)</code></pre>", PAGE, re.DOTALL)]
    sent = [json.loads(words[words.index("-d") + 1]) for words in commands if "-d" in words]
    bodies = [each["requestBody"]["content"]["application/json"] for each in ALL if "requestBody" in each]

    assert sorted(map(str, sent)) == sorted(str(each["example"]) for each in bodies)
    assert all(words[1].startswith("$BASE/v1/") for words in commands)


def test_is_a_well_formed_page_whose_links_lead_somewhere() -> None:
    read = Reader(PAGE)
    ids = read.all("id")

    assert read.open == []
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in read.all("href") if link.startswith("#")} <= set(ids)


def test_has_headings_that_skip_no_level() -> None:
    levels = [int(name[1]) for name in Reader(PAGE).names if re.fullmatch("h[1-6]", name)]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_runs_no_script_and_asks_nobody_else_for_anything() -> None:
    read = Reader(PAGE)
    names = {name for name, _ in read.attributes}

    assert not {"script", "style", "img", "iframe", "object", "form", "base"} & set(read.names)
    assert not {name for name in names if name.startswith("on")} | names & {"style", "src", "srcset"}
    assert {link for link in read.all("href") if not link.startswith("#")} == {
        "data:,",
        "/docs/style.css",
        "/v1/openapi.json",
    }
    assert "url(" not in STYLE
    assert "@import" not in STYLE


def test_shows_markup_in_the_document_as_text() -> None:
    attack = "<script>alert(1)</script>"
    changed = json.loads(json.dumps(DOCUMENT))
    edit = changed["paths"]["/v1/me"]["patch"]
    for each in (changed["info"], changed["tags"][0], edit):
        each["description"] = attack
    edit["requestBody"]["content"]["application/json"]["example"] = {attack: attack}
    name = changed["components"]["schemas"]["ProfileEdit"]["properties"]["name"]
    name |= {"description": attack, "enum": [attack], "default": attack}

    shown = page(changed)

    assert "<script" not in shown
    assert shown.count("&lt;script") == 8


@pytest.mark.parametrize("ink", ["ink", "ink-soft", "ink-link", "ink-write", "ink-delete"])
@pytest.mark.parametrize("ground", ["ground", "inset"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_can_be_read_by_weak_eyes(ink: str, ground: str, scheme: str) -> None:
    assert contrast(token(ink, scheme), token(ground, scheme)) >= ENOUGH


def test_takes_all_its_colours_from_the_tokens() -> None:
    rules = STYLE.partition("}")[2]

    assert not re.search(r"#[0-9a-f]{3,8}\b|rgb|hsl|oklch", rules)


class Reader(HTMLParser):
    """What a page is made of; refuses elements that are closed in another order than they were opened."""

    VOID = ("meta", "link")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.names: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def all(self, attribute: str) -> list[str]:
        return [value for name, value in self.attributes if name == attribute]


def token(name: str, scheme: str) -> Colour:
    [(light, dark)] = re.findall(rf"--{name}: light-dark\(#(\w{{6}}), #(\w{{6}})\);", STYLE)
    red, green, blue = bytes.fromhex({"light": light, "dark": dark}[scheme])
    return red, green, blue


def words_of(command: str) -> list[str]:
    """As a shell splits what a reader copies from the page."""
    return shlex.split(unescape(re.sub(r"<[^>]+>", "", command)))
