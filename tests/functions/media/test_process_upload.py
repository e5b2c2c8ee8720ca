import threading
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest

from core import clock
from media import delete_media, list_media, opening, store
from tests.cloud import call
from tests.functions.buckets import SERVED, UPLOADS, in_bucket
from tests.functions.conftest import Person
from tests.functions.media.acting import (
    create,
    created,
    process,
    read,
    ready,
    stored,
    upload,
)
from tests.functions.media.samples import pdf, picture


def used(user: Person) -> int:
    return int(call(list_media.handler, user=user.id).json["used"])


def served(answer: Any) -> set[str]:
    file = [answer["file"]["url"]] if answer["file"] else []
    return {each["url"].removeprefix("/") for each in answer["renditions"]} | {
        each.removeprefix("/") for each in file
    }


def test_makes_of_an_upload_what_can_be_shown(alice: Person, buckets: Any) -> None:
    media_id = created(alice)
    upload(buckets, media_id)

    process(media_id)

    shown = read(alice, media_id).json
    assert (shown["state"], shown["width"], shown["height"]) == ("ready", 640, 400)
    assert [each["width"] for each in shown["renditions"]] == [480, 640]
    assert in_bucket(buckets) == served(shown)
    assert all(each.startswith(f"media/{media_id}/") for each in served(shown))
    assert in_bucket(buckets, UPLOADS) == set()


def test_what_is_served_is_kept_for_ever_and_says_what_it_is(alice: Person, buckets: Any) -> None:
    media_id = created(
        alice, content_type="application/pdf", file_name='the "plan"\u2028.pdf'.replace("\u2028", "")
    )
    upload(buckets, media_id, pdf())

    process(media_id)

    shown = read(alice, media_id).json
    document = buckets.head_object(Bucket=SERVED, Key=shown["file"]["url"].removeprefix("/"))
    page = buckets.head_object(Bucket=SERVED, Key=shown["renditions"][0]["url"].removeprefix("/"))
    assert shown["pages"] == 3
    assert document["ContentType"] == "application/pdf"
    assert document["ContentDisposition"] == "attachment; filename*=UTF-8''the%20%22plan%22.pdf"
    assert (page["ContentType"], page["ContentDisposition"]) == ("image/webp", "inline")
    assert page["CacheControl"] == "public, max-age=31536000, immutable"


def test_an_evil_upload_is_refused_in_words_and_costs_nothing(alice: Person, buckets: Any) -> None:
    media_id = created(alice)
    assert used(alice) == 100_000
    upload(buckets, media_id, b"<html><script>alert(1)</script>")

    process(media_id)

    shown = read(alice, media_id).json
    assert shown["state"] == "refused"
    assert shown["reason"] == "The file is no image/jpeg, nor anything else that can be shown here."
    assert in_bucket(buckets) == in_bucket(buckets, UPLOADS) == set()
    assert used(alice) == 0


def test_a_form_that_is_posted_again_changes_nothing_that_is_served(alice: Person, buckets: Any) -> None:
    media_id = ready(alice, buckets)
    before, files = read(alice, media_id).json, in_bucket(buckets)

    upload(buckets, media_id, picture("JPEG", (900, 900)))
    process(media_id)

    assert read(alice, media_id).json == before
    assert in_bucket(buckets) == files
    assert in_bucket(buckets, UPLOADS) == set()


def test_nor_does_a_refused_one_come_back(alice: Person, buckets: Any) -> None:
    media_id = created(alice)
    upload(buckets, media_id, b"no picture")
    process(media_id)

    upload(buckets, media_id)
    process(media_id)

    assert read(alice, media_id).json["state"] == "refused"
    assert in_bucket(buckets) == set()


def test_an_event_that_comes_twice_or_early_does_nothing_more(alice: Person, buckets: Any) -> None:
    media_id = created(alice)
    process(media_id)
    assert read(alice, media_id).json["state"] == "processing"

    upload(buckets, media_id)
    for _ in range(3):
        process(media_id)

    assert read(alice, media_id).json["state"] == "ready"
    assert in_bucket(buckets) == served(read(alice, media_id).json)


def test_an_upload_of_what_was_deleted_is_dropped(alice: Person, buckets: Any) -> None:
    media_id = created(alice)
    call(delete_media.handler, user=alice.id, media_id=media_id)
    upload(buckets, media_id)

    process(media_id)

    assert stored(media_id) is None
    assert in_bucket(buckets) == in_bucket(buckets, UPLOADS) == set()


def test_what_is_deleted_while_it_is_made_leaves_nothing(alice: Person, buckets: Any) -> None:
    media_id = created(alice)
    upload(buckets, media_id)
    really = opening.opened

    def opened(*given: Any) -> opening.Opened:
        call(delete_media.handler, user=alice.id, media_id=media_id)
        return really(*given)

    with patch.object(opening, "opened", opened):
        process(media_id)

    assert in_bucket(buckets) == in_bucket(buckets, UPLOADS) == set()
    assert used(alice) == 0


def test_two_at_once_with_different_files_leave_those_of_one(alice: Person, buckets: Any) -> None:
    """Between two events the form was posted again: whoever is done first has made what is shown."""
    media_id = created(alice)
    upload(buckets, media_id)
    really, turn = opening.opened, threading.Event()

    def opened(*given: Any) -> opening.Opened:
        if not turn.is_set():
            turn.set()
            made = really(*given)
            upload(buckets, media_id, picture("JPEG", (500, 500)))
            process(media_id)
            return made
        return really(*given)

    with patch.object(opening, "opened", opened):
        process(media_id)

    shown = read(alice, media_id).json
    assert (shown["width"], shown["height"]) == (500, 500)
    assert in_bucket(buckets) == served(shown)


def test_the_third_try_that_ends_without_a_word_is_the_last(alice: Person, buckets: Any) -> None:
    media_id = created(alice)
    upload(buckets, media_id)
    with patch.object(opening, "opened", side_effect=KeyboardInterrupt):
        for _ in range(3):
            with pytest.raises(KeyboardInterrupt):
                process(media_id)

    process(media_id)

    assert read(alice, media_id).json["reason"] == "The file cannot be read."
    assert used(alice) == 0


def test_refusals_give_the_quota_back_once(alice: Person, buckets: Any) -> None:
    kept, media_id = create(alice, size=70_000).json, created(alice)
    item = stored(media_id)
    assert item

    now = clock.now() + timedelta(minutes=1)
    assert [store.refuse(item, "No.", now), store.refuse(item, "No.", now)] == [True, False]

    assert used(alice) == 70_000
    assert kept
    assert buckets
