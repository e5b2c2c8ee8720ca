from datetime import UTC, datetime
from typing import Any, get_args

import pytest

from tests.cloud import call
from tests.functions.conftest import Person
from tests.functions.timeline.acting import (
    NOBODYS,
    create,
    created,
    everything,
    listed,
    read,
    set_profile,
    titles,
)
from timeline import create_highlight
from timeline.highlight import Kind


def test_stands_on_the_timeline_at_once(alice: Person) -> None:
    made = create(alice, tags=["Kafka", "kafka", "Café"])

    assert made.status == 201
    assert made.json["tags"] == ["kafka", "cafe"]
    [item] = listed(alice).json["items"]
    assert item == {name: value for name, value in made.json.items() if name not in ("text", "media")}
    assert read(made.json["id"]).json == made.json


def test_is_the_callers_and_new(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.clock.now", lambda: datetime(2026, 2, 3, 4, 5, 6, 789_000, UTC))

    made = create(alice).json

    assert (made["member_id"], made["handle"], made["version"]) == (alice.id, "alice", 1)
    assert made["created_at"] == made["updated_at"] == "2026-02-03T04:05:06.789Z"


@pytest.mark.parametrize("kind", get_args(Kind))
def test_takes_every_kind(alice: Person, kind: str) -> None:
    assert create(alice, kind=kind).json["kind"] == kind

    assert titles(alice, kind=kind) == ["Streams"]


def test_refuses_a_kind_of_its_own(alice: Person) -> None:
    assert create(alice, kind="party").pointers == ["/kind"]


def test_makes_safe_html_of_the_text(alice: Person) -> None:
    made = create(alice, text="# Why\n\n<script>alert(1)</script> *so*").json

    assert made["html"].startswith("<h3>Why</h3>")
    assert "<em>so</em>" in made["html"]
    assert "<script" not in made["html"]


def test_keeps_drafts_and_pins(alice: Person) -> None:
    created(alice, title="A draft", visibility="draft")
    created(alice, title="Pinned", pinned=True)

    assert titles(alice, alice, visibility="draft") == ["A draft"]
    assert titles(alice, pinned="true") == ["Pinned"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Café", "cafe"),
        ("#python", "python"),
        ("C#", "c#"),
        ("  Data   Pipelines ", "data pipelines"),
        ("C++", "c++"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("\uff46\uff55\uff4c\uff4c", "full"),
        ("Ёлка", "ёлка"),
        ("a\nb", "a b"),
        ("한국어", "한국어"),
        ("R&B", "r&b"),
        (".NET", ".net"),
    ],
)
def test_folds_tags(alice: Person, given: str, kept: str) -> None:
    assert create(alice, tags=[given]).json["tags"] == [kept]

    assert titles(alice, tag=given) == titles(alice, tag=kept) == ["Streams"]


@pytest.mark.parametrize("tag", ["", "#", " # ", "a,b", "a;b", "<b>", "💡", "...", "a\u200bb", "a" * 41])
def test_refuses_what_is_no_tag(alice: Person, tag: str) -> None:
    assert create(alice, tags=["good", tag]).pointers == ["/tags/1"]


def test_takes_badges_of_ones_own_only(alice: Person, bob: Person) -> None:
    set_profile(alice, badges=[{"name": "Yoga teacher"}])
    set_profile(bob, badges=[{"name": "Barista"}])

    assert create(alice, badges=["yoga-teacher"]).json["badges"] == ["yoga-teacher"]
    assert create(alice, badges=["yoga-teacher", "barista"]).pointers == ["/badges/1"]


def test_stands_under_a_job_of_ones_own(alice: Person) -> None:
    job = created(alice, kind="job")

    assert create(alice, under=job, title="Below").json["under"] == job
    assert titles(alice, under=job) == ["Below"]


def test_stands_under_nothing_but_a_job_of_ones_own(alice: Person, bob: Person) -> None:
    for parent in (created(alice, kind="event"), created(bob, kind="job"), NOBODYS, "no id", ""):
        assert create(alice, under=parent).pointers == ["/under"]


def test_names_members_and_others(alice: Person, bob: Person) -> None:
    wanted = [{"handle": "Bob-The-Builder", "role": "Drums"}, {"name": "Zoë", "role": "Voice"}]

    member, other = create(alice, collaborators=wanted).json["collaborators"]

    assert member == {
        "name": "Bob-The-Builder",
        "role": "Drums",
        "state": "claimed",
        "member_id": bob.id,
        "handle": bob.handle,
    }
    assert other == {"name": "Zoë", "role": "Voice", "state": "named", "member_id": None, "handle": None}


@pytest.mark.parametrize(
    ("collaborator", "pointer"),
    [
        ({"handle": "nobody-at-all"}, "/collaborators/1/handle"),
        ({"handle": "bob_the_builder"}, "/collaborators/1/handle"),  # looks like bob's, and is not
        ({"handle": "alice"}, "/collaborators/1/handle"),
        ({"handle": "BOB-the-builder"}, "/collaborators/1/handle"),  # is there already
        ({"handle": "alice", "name": "Alice"}, "/collaborators/1"),
        ({}, "/collaborators/1"),
        ({"name": ""}, "/collaborators/1/name"),
        ({"name": "Zoë", "state": "confirmed"}, "/collaborators/1/state"),
        ({"name": "Zoë", "member_id": NOBODYS}, "/collaborators/1/member_id"),
    ],
)
@pytest.mark.usefixtures("bob")
def test_refuses_a_collaborator(alice: Person, collaborator: dict[str, str], pointer: str) -> None:
    wanted = [{"handle": "bob-the-builder"}, collaborator]

    assert create(alice, collaborators=wanted).pointers == [pointer]


@pytest.mark.parametrize(
    "field",
    [
        *("member_id", "owner", "handle", "id", "version", "html", "created_at", "updated_at", "state"),
        *("pk", "sk", "gsi1pk", "gsi1sk", "gsi2pk", "gsi2sk", "ttl", "shared", "__proto__", "a/b~c"),
    ],
)
def test_refuses_what_is_not_the_callers_to_say(alice: Person, field: str) -> None:
    before = everything()

    pointer = "/" + field.replace("~", "~0").replace("/", "~1")
    assert create(alice, **{field: NOBODYS}).pointers == [pointer]
    assert everything() == before


@pytest.mark.parametrize(
    ("change", "pointers"),
    [
        ({"kind": None}, ["/kind"]),
        ({"title": None}, ["/title"]),
        ({"title": "   "}, ["/title"]),
        ({"title": 5}, ["/title"]),
        ({"title": "two\nlines"}, ["/title"]),
        ({"text": ["a"]}, ["/text"]),
        ({"text": "a\x00b"}, ["/text"]),
        ({"text": "safe\u202eexe"}, ["/text"]),
        ({"tags": "python"}, ["/tags"]),
        ({"tags": ["a", None, "b", 7]}, ["/tags/1", "/tags/3"]),
        ({"badges": ["No Slug"]}, ["/badges/0"]),
        ({"visibility": "secret"}, ["/visibility"]),
        ({"pinned": "maybe"}, ["/pinned"]),
        ({"ongoing": 1}, ["/ongoing"]),
        ({"ongoing": "true"}, ["/ongoing"]),
        ({"links": [{"url": "javascript:alert(1)"}, {"title": "x"}]}, ["/links/0/url", "/links/1/url"]),
        ({"links": [{"url": "https://user:pass@e.org"}]}, ["/links/0/url"]),
        ({"links": [{"url": "https://e.org", "onclick": "x"}]}, ["/links/0/onclick"]),
        ({"collaborators": [{"name": "Z", "role": 1}]}, ["/collaborators/0/role"]),
        (
            {"kind": "x", "title": "", "start": "2019-13", "colour": 1},
            ["/kind", "/title", "/start", "/colour"],
        ),
    ],
)
def test_bad_input_names_the_fields_and_writes_nothing(
    alice: Person, change: dict[str, Any], pointers: list[str]
) -> None:
    before = everything()

    refused = create(alice, **change)

    assert (refused.status, refused.pointers) == (422, pointers)
    assert refused.headers["content-type"] == "application/problem+json"
    assert everything() == before


def test_needs_a_body(alice: Person) -> None:
    assert call(create_highlight.handler, user=alice.id).pointers == ["/kind", "/title", "/start"]
    assert call(create_highlight.handler, user=alice.id, body="{").status == 400
    assert call(create_highlight.handler, user=alice.id, body=[1]).pointers == [""]
    plain = {"content-type": "text/plain"}
    assert call(create_highlight.handler, user=alice.id, body={}, headers=plain).status == 415


def test_needs_a_profile() -> None:
    assert create(Person(NOBODYS, "gone")).status == 404

    assert everything() == []
