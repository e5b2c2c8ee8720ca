"""Each text and each list has a cap, and holds any text that can be seen."""

import json
import unicodedata
from time import perf_counter
from typing import Any

import pytest

from tests.attacks import corpus
from tests.functions.conftest import Person, join
from tests.functions.timeline.acting import TALK, create, created, everything, read, set_profile, titles

SAMPLE = [
    "plain", "  around  ", "Ω≈ç√∫µ≤≥÷", "👩‍👩‍👧‍👦 🏳️‍🌈", "مُنَاقَشَة", "e\u0301", "\uff21\uff22", "ﷺ", "田中さん",
    "Ḭ̬́",
    "undefined", "null", "NaN", "1e400", "-1", "true", "[]", "{}", '"', "'", "\\", "\\u0000", "%00", "~",
    "#name = :value", "attribute_not_exists(pk)", "HIGHLIGHT#1", "TIMELINE#x#all", "$ne", "{{7*7}}",
    "a" * 5000,
    "<script>alert(1)</script>", "'; DROP TABLE users--", "../../etc/passwd", "file:///etc/passwd",
    "", " ", "\t", "\n", "\r\n", "\x00", "\x1b[0m", "\x7f", "\u0085", "\u00a0", "\u2028", "\ufeff",
    "\u202e",
    "\u200b", "\u061c", "\ud800", "\udfff", "\U0010ffff", "\ufffe", "two\nlines", "\ttab", "end\n",
]  # fmt: skip


@pytest.mark.parametrize(
    ("field", "cap"),
    [("title", 200), ("text", 10_000)],
)
def test_caps_texts(alice: Person, field: str, cap: int) -> None:
    assert create(alice, **{field: "é" * cap}).status == 201

    before = everything()
    assert create(alice, **{field: "é" * (cap + 1)}).pointers == [f"/{field}"]
    assert everything() == before


@pytest.mark.parametrize(
    ("field", "cap", "rest"),
    [
        ("links/0/title", 200, {"url": "https://example.org"}),
        ("collaborators/0/name", 100, {}),
        ("collaborators/0/role", 120, {"name": "Zoë"}),
    ],
)
def test_caps_texts_within(alice: Person, field: str, cap: int, rest: dict[str, str]) -> None:
    name, _, part = field.split("/")

    assert create(alice, **{name: [rest | {part: "é" * cap}]}).status == 201
    assert create(alice, **{name: [rest | {part: "é" * (cap + 1)}]}).pointers == [f"/{field}"]


def test_caps_web_addresses(alice: Person) -> None:
    address = "https://example.org/"
    longest = address + "a" * (2048 - len(address))

    assert create(alice, links=[{"url": longest}]).json["links"][0]["url"] == longest
    assert create(alice, links=[{"url": longest + "a"}]).pointers == ["/links/0/url"]


def test_caps_a_tag(alice: Person) -> None:
    assert create(alice, tags=["é" * 40]).json["tags"] == ["e" * 40]
    assert create(alice, tags=["a" * 41]).pointers == ["/tags/0"]
    assert create(alice, tags=["ﷺ" * 3]).pointers == ["/tags/0"]  # one sign, but eighteen letters when folded


def test_caps_the_list_of_tags(alice: Person) -> None:
    tags = [f"tag {number}" for number in range(31)]

    full = created(alice, tags=tags[:30])

    assert all(titles(alice, tag=tag) == ["Streams"] for tag in tags[:30])
    assert len(read(full).json["tags"]) == 30
    assert create(alice, tags=tags).pointers == ["/tags"]


def test_counts_a_tag_once(alice: Person) -> None:
    assert create(alice, tags=["Python", "python", "#PYTHON"] * 20).json["tags"] == ["python"]


def test_caps_the_list_of_badges(alice: Person) -> None:
    set_profile(alice, badges=[{"name": f"Badge {number}"} for number in range(6)])
    badges = [f"badge-{number}" for number in range(6)]

    assert create(alice, badges=badges[:5]).json["badges"] == badges[:5]
    assert create(alice, badges=badges).pointers == ["/badges"]


def test_caps_the_list_of_links(alice: Person) -> None:
    links = [{"url": f"https://example.org/{number}"} for number in range(11)]

    assert len(create(alice, links=links[:10]).json["links"]) == 10
    assert create(alice, links=links).pointers == ["/links"]


def test_caps_the_list_of_collaborators(alice: Person) -> None:
    members = [{"handle": join(f"member-{number}").handle} for number in range(10)]
    names = [{"name": f"Somebody {number}"} for number in range(11)]

    assert len(create(alice, collaborators=members).json["collaborators"]) == 10
    assert len(create(alice, collaborators=names[:10]).json["collaborators"]) == 10
    assert create(alice, collaborators=names).pointers == ["/collaborators"]


def test_holds_everything_at_once_at_its_cap(alice: Person) -> None:
    set_profile(alice, badges=[{"name": f"Badge {number}"} for number in range(5)])
    full: dict[str, Any] = {
        "title": "\U0001d538" * 200,
        "text": "\U0001d538" * 10_000,
        "tags": [f"{'字' * 37}{number:03}" for number in range(30)],
        "badges": [f"badge-{number}" for number in range(5)],
        "links": [{"url": "https://example.org/" + "a" * 2000, "title": "字" * 200} for _ in range(10)],
        "collaborators": [{"name": "字" * 100, "role": "字" * 120} for _ in range(10)],
        "under": created(alice, kind="job"),
        "pinned": True,
    }

    made = create(alice, "a key", **full)

    assert made.status == 201
    assert read(made.json["id"]).json == made.json == create(alice, "a key", **full).json


def test_naughty_strings_are_stored_as_they_are_or_refused(alice: Person) -> None:
    _check_stored_or_refused(alice, SAMPLE)


@pytest.mark.parametrize("part", range(4))
def test_the_big_list_of_naughty_strings(alice: Person, part: int) -> None:
    strings = json.loads(corpus("strings/blns.json").read_text())

    _check_stored_or_refused(alice, strings[part::4])


def _check_stored_or_refused(alice: Person, texts: list[str]) -> None:
    for text in texts:
        fields = {
            "title": text,
            "text": text,
            "tags": [text],
            "links": [{"url": "https://example.org", "title": text}],
            "collaborators": [{"name": "Zoë", "role": text}],
        }
        answer = create(alice, **fields)
        if answer.status == 422:  # then the fields that were not named are good
            for pointer in answer.pointers:
                fields.pop(pointer.split("/")[1], None)
            answer = create(alice, **fields)
        if answer.status == 201:
            _check_kept(read(answer.json["id"]).json, fields, text)
        else:
            assert (answer.status, _is_no_text(text)) == (400, True), (text, answer)


def _is_no_text(text: str) -> bool:
    """Half a character: such JSON cannot be read at all."""
    return any("\ud800" <= char <= "\udfff" for char in text)


def _check_kept(kept: dict[str, Any], fields: dict[str, Any], text: str) -> None:
    clean = unicodedata.normalize("NFC", text.replace("\r\n", "\n").strip())
    assert kept["title"] == (clean if "title" in fields else TALK["title"])
    assert kept["text"] == (clean if "text" in fields else "")
    assert [link["title"] for link in kept["links"]] == ([clean] if "links" in fields else [])
    assert [each["role"] for each in kept["collaborators"]] == ([clean] if "collaborators" in fields else [])
    assert len(kept["tags"]) == ("tags" in fields)


def test_half_a_character_is_no_json(alice: Person) -> None:
    assert create(alice, title="\ud800").status == 400


def test_refuses_an_endless_tag_at_once(alice: Person) -> None:
    began = perf_counter()

    assert create(alice, tags=["a" * 16_000 + "!"]).status == 422
    assert perf_counter() - began < 0.2


@pytest.mark.parametrize("tag", ["##c", "# #c", "#️⃣c"])
def test_every_tag_can_be_found_by_its_name(alice: Person, tag: str) -> None:
    kept = create(alice, tags=[tag]).json["tags"][0]

    assert titles(alice, tag=kept) == ["Streams"]
