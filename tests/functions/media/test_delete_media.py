from typing import Any

from core import keys, table
from core.clock import new_id
from media import delete_media, erase_media, get_media, list_media, remove_media
from tests.cloud import Answer, call
from tests.functions.buckets import in_bucket
from tests.functions.conftest import Person
from tests.functions.media.acting import created, ready, referred, stored, told

HIGHLIGHT = "01M842K6DH390FZ8QYGN02P30P"


def delete(user: Person, media_id: str) -> Answer:
    return call(delete_media.handler, user=user.id, media_id=media_id)


def mine(user: Person, **query: Any) -> Any:
    return call(list_media.handler, user=user.id, query=query).json


def test_takes_it_and_its_files_away(alice: Person, buckets: Any) -> None:
    media_id, other = ready(alice, buckets), ready(alice, buckets)

    assert delete(alice, media_id).status == 204
    told(remove_media.handler, {"media_id": media_id, "version": 9})
    told(remove_media.handler, {"media_id": other, "version": 9})

    assert stored(media_id) is None
    assert {each.split("/")[1] for each in in_bucket(buckets)} == {other}
    assert mine(alice)["used"] == 100_000


def test_is_refused_while_something_refers_to_it(alice: Person, buckets: Any) -> None:
    media_id = ready(alice, buckets)
    referred(media_id, alice.id, HIGHLIGHT)

    refused = delete(alice, media_id)

    assert refused.status == 409
    assert stored(media_id)
    assert mine(alice)["used"] == 100_000


def test_is_not_for_others(alice: Person, mallory: Person) -> None:
    media_id = created(alice)

    assert delete(mallory, media_id).status == 404
    assert stored(media_id)


def test_what_is_not_there_cannot_be_read_or_deleted(alice: Person) -> None:
    for missing in (new_id(), "..", "MEDIA#1", "a" * 199):
        assert delete(alice, missing).status == 404
        assert call(get_media.handler, user=alice.id, media_id=missing).status == 404


def test_a_list_has_ones_own_newest_first_in_pages(alice: Person, bob: Person) -> None:
    ids = sorted((created(alice, size=1) for _ in range(5)), reverse=True)
    created(bob)

    first = mine(alice, limit=2)
    second = mine(alice, limit=2, after=first["next"])
    third = mine(alice, limit=2, after=second["next"])

    pages = (first, second, third)
    assert [each["id"] for page in pages for each in page["items"]] == ids
    assert (third["next"], first["used"], first["quota"]) == (None, 5, 20_000_000)


def test_a_cursor_of_somebody_else_is_refused(alice: Person, bob: Person) -> None:
    for _ in range(2):
        created(alice, size=1)
    stolen = mine(alice, limit=1)["next"]

    assert call(list_media.handler, user=bob.id, query={"after": stolen}).status == 400


def test_the_media_of_a_member_who_has_left_goes_too(alice: Person, bob: Person, buckets: Any) -> None:
    gone, kept = ready(alice, buckets), created(bob)
    referred(gone, alice.id, HIGHLIGHT)
    told(erase_media.handler, {"departure_id": alice.id, "version": 1})
    assert stored(gone), "she is still there"

    table.write(table.put(keys.departure(alice.id)._asdict() | {"id": alice.id, "version": 1}))
    for _ in range(2):
        told(erase_media.handler, {"departure_id": alice.id, "version": 1})

    assert stored(gone) is None
    assert table.get(keys.media_used(alice.id)) is None
    assert stored(kept)
