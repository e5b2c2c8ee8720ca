from datetime import timedelta
from typing import Any

import pytest

from core import keys, media, table
from media import list_media
from tests.cloud import call
from tests.functions.buckets import UPLOADS, in_bucket
from tests.functions.conftest import NOW, Person
from tests.functions.media.acting import (
    created,
    process,
    read,
    ready,
    referred,
    stored,
    sweep,
    upload,
)

HIGHLIGHT = "01M842K6DH390FZ8QYGN02P30P"


def used(user: Person) -> int:
    return int(call(list_media.handler, user=user.id).json["used"])


def test_what_never_came_is_refused_and_its_space_given_back(
    alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    media_id = created(alice)

    sweep(monkeypatch, timedelta(minutes=9))
    assert read(alice, media_id).json["state"] == "waiting"
    sweep(monkeypatch, timedelta(minutes=12))

    shown = read(alice, media_id).json
    assert (shown["state"], shown["reason"]) == ("refused", "No file arrived within ten minutes.")
    assert used(alice) == 0


def test_an_upload_whose_event_got_lost_is_told_again(
    alice: Person, buckets: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S3 says so itself: the object is new."""
    media_id = created(alice)
    upload(buckets, media_id)
    before = buckets.head_object(Bucket=UPLOADS, Key=media_id)["LastModified"]

    monkeypatch.setattr("time.sleep", lambda _: None)
    sweep(monkeypatch, timedelta(minutes=12))

    assert read(alice, media_id).json["state"] == "waiting"
    assert buckets.head_object(Bucket=UPLOADS, Key=media_id)["LastModified"] >= before
    process(media_id)
    assert read(alice, media_id).json["state"] == "ready"


def test_an_upload_that_nobody_comes_to_look_at_is_given_up_after_an_hour(
    alice: Person, buckets: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    media_id = created(alice)
    upload(buckets, media_id)

    sweep(monkeypatch, timedelta(minutes=62))

    assert read(alice, media_id).json["state"] == "refused"


def test_what_nobody_refers_to_is_gone_within_a_day(
    alice: Person, buckets: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    media_id = ready(alice, buckets)

    sweep(monkeypatch, timedelta(hours=22))
    assert stored(media_id)
    sweep(monkeypatch, timedelta(hours=23, minutes=57))

    assert stored(media_id) is None
    assert used(alice) == 0


def test_what_is_referred_to_stays(alice: Person, buckets: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    media_id = ready(alice, buckets)
    referred(media_id, alice.id, HIGHLIGHT)

    sweep(monkeypatch, timedelta(hours=24))
    sweep(monkeypatch, timedelta(days=400))

    item = stored(media_id)
    assert item
    assert not item.keys() & set(keys.INDEXES["gsi1"]), "it need not be looked at again"
    assert in_bucket(buckets)


def test_what_is_released_goes_after_an_hour(
    alice: Person, buckets: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    media_id = ready(alice, buckets)
    referred(media_id, alice.id, HIGHLIGHT)
    sweep(monkeypatch, timedelta(hours=24))

    from core import clock

    table.write(media.release(media_id, HIGHLIGHT, clock.now()))
    sweep(monkeypatch, timedelta(minutes=59))
    assert stored(media_id)
    sweep(monkeypatch, timedelta(minutes=61))

    assert stored(media_id) is None


def test_what_is_released_by_one_of_two_stays(
    alice: Person, buckets: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    media_id = ready(alice, buckets)
    referred(media_id, alice.id, HIGHLIGHT)
    referred(media_id, alice.id, alice.id)
    table.write(media.release(media_id, HIGHLIGHT, NOW))

    sweep(monkeypatch, timedelta(days=2))

    assert stored(media_id)


def test_refused_ones_are_forgotten_after_a_day(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    media_id = created(alice)
    sweep(monkeypatch, timedelta(minutes=12))

    sweep(monkeypatch, timedelta(hours=24))

    assert stored(media_id) is None
    assert used(alice) == 0
