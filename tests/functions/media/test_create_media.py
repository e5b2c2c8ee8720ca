import base64
import json
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from core import clock
from media import list_media
from tests.cloud import call
from tests.functions.buckets import UPLOADS
from tests.functions.conftest import Person
from tests.functions.media.acting import create, created, read
from tests.functions.media.conftest import LIMITS
from tests.racing import at_once

MEGABYTE = 1_000_000


def used(user: Person) -> int:
    return int(call(list_media.handler, user=user.id).json["used"])


def test_gives_a_form_for_this_one_file(alice: Person) -> None:
    made = create(alice)

    assert made.status == 201
    assert (made.json["state"], made.json["kind"], made.json["renditions"]) == ("waiting", "image", [])
    form = made.json["upload"]
    policy = json.loads(base64.b64decode(form["fields"]["policy"]))
    assert {"bucket": UPLOADS} in policy["conditions"]
    assert {"key": made.json["id"]} in policy["conditions"]
    assert {"Content-Type": "image/jpeg"} in policy["conditions"]
    assert ["content-length-range", 1, 100_000] in policy["conditions"]
    assert form["fields"]["key"] == made.json["id"]


def test_the_form_is_good_for_ten_minutes(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    now = clock.now()
    monkeypatch.setattr("core.clock.now", lambda: now)

    policy = json.loads(base64.b64decode(create(alice).json["upload"]["fields"]["policy"]))

    assert policy["expiration"] == (now + timedelta(minutes=10)).strftime("%Y-%m-%dT%H:%M:%SZ")


def test_is_its_owners_alone(alice: Person, mallory: Person) -> None:
    media_id = created(alice)

    assert read(alice, media_id).json["file_name"] == "chairs.jpg"
    assert read(mallory, media_id).status == 404


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "a/b\\c.jpg", "%2e%2e%2f.png", "x" * 255, "صورة.jpg", "chairs.png.html"],
)
def test_a_file_name_leads_nowhere(alice: Person, name: str) -> None:
    """The key is of our making; the name is only kept (A32)."""
    made = create(alice, file_name=name).json

    assert made["upload"]["fields"]["key"] == made["id"]
    assert name not in json.dumps(made["upload"])
    assert made["file_name"] == name


@pytest.mark.parametrize("name", ["", "a\0.jpg", "a\n.jpg", "x" * 256, "a‮gpj.exe"])
def test_refuses_file_names_that_hide_something(alice: Person, name: str) -> None:
    assert create(alice, file_name=name).pointers == ["/file_name"]


@pytest.mark.parametrize("content_type", ["image/svg+xml", "text/html", "application/zip", "image/tiff", ""])
def test_refuses_what_cannot_be_shown(alice: Person, content_type: str) -> None:
    assert create(alice, content_type=content_type).pointers == ["/content_type"]


@pytest.mark.parametrize(
    ("content_type", "kind"),
    [
        ("image/png", "image"),
        ("video/mp4", "video"),
        ("audio/mpeg", "audio"),
        ("application/pdf", "document"),
    ],
)
def test_each_kind_has_its_own_limit(
    alice: Person, monkeypatch: pytest.MonkeyPatch, content_type: str, kind: str
) -> None:
    monkeypatch.setenv("MEDIA_LIMITS", json.dumps(LIMITS | {"quota": 1000}))
    most = LIMITS[kind] * MEGABYTE

    assert create(alice, content_type=content_type, size=most).status == 201
    refused = create(alice, content_type=content_type, size=most + 1)
    assert (refused.status, refused.pointers) == (422, ["/size"])
    assert f"{LIMITS[kind]} MB" in refused.json["errors"][0]["detail"]


@pytest.mark.parametrize("size", [0, -1, "9", 1.5])
def test_refuses_sizes_that_are_none(alice: Person, size: Any) -> None:
    assert create(alice, size=size).pointers == ["/size"]


def test_a_repeat_answers_as_the_first_and_counts_once(alice: Person) -> None:
    first, again = create(alice, key="one"), create(alice, key="one")

    assert again.json == first.json
    assert used(alice) == 100_000


def test_ends_at_the_quota(alice: Person, bob: Person) -> None:
    for _ in range(2):
        assert create(alice, size=10 * MEGABYTE).status == 201

    refused = create(alice, size=1)

    assert (refused.status, used(alice)) == (409, 20 * MEGABYTE)
    assert create(bob, size=1).status == 201


def test_the_quota_is_exact_under_uploads_at_the_same_time(alice: Person) -> None:
    answers = at_once(*[partial(create, alice, size=4 * MEGABYTE)] * 12)

    assert sorted(each.status for each in answers) == [201] * 5 + [409] * 7
    assert used(alice) == 20 * MEGABYTE


def test_thirty_in_half_an_hour_are_enough(alice: Person, bob: Person) -> None:
    assert {create(alice, size=1).status for _ in range(30)} == {201}

    refused = create(alice, size=1)

    assert refused.status == 429
    assert 0 < int(refused.headers["retry-after"]) <= 1800
    assert create(bob, size=1).status == 201
