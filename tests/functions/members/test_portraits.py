"""The pictures of a profile."""

from typing import Any

import pytest

from core import clock, keys, media, table
from core.clock import new_id
from members import edit_me, get_member, portraits, show_portrait
from tests.cloud import Answer, call
from tests.functions.conftest import Person

RENDITIONS = [{"url": "/media/x/480.webp", "width": 480, "height": 480, "bytes": 9}]
READY = {"state": "ready", "renditions": RENDITIONS, "width": 500, "height": 500}


def edit(user: Person, **changes: Any) -> Answer:
    return call(edit_me.handler, user=user.id, body=changes)


def uploaded(owner: Person, kind: media.Kind = "image", state: str = "ready") -> str:
    item = media.new_item(new_id(), owner.id, kind, "image/png", 9, clock.now())
    table.write(table.put(item | (READY if state == "ready" else {"state": state})))
    return str(item["id"])


def refs(media_id: str) -> Any:
    return (table.get(keys.media(media_id), consistent=True) or {})["refs"]


def test_are_shown_to_everybody(alice: Person) -> None:
    avatar, banner = uploaded(alice), uploaded(alice)

    edited = edit(alice, avatar=avatar, banner=banner).json

    seen = call(get_member.handler, public=True, handle="alice").json
    assert (seen["avatar"]["id"], seen["banner"]["id"]) == (avatar, banner)
    assert seen["avatar"]["renditions"] == edited["avatar"]["renditions"] == RENDITIONS
    assert refs(avatar) == refs(banner) == {alice.id: "member"}


def test_one_picture_can_be_both(alice: Person) -> None:
    both = uploaded(alice)

    assert edit(alice, avatar=both, banner=both).status == 200
    edit(alice, avatar=None)
    assert refs(both) == {alice.id: "member"}
    edit(alice, banner=None)
    assert refs(both) == {}


def test_are_taken_off_and_released(alice: Person) -> None:
    old, new = uploaded(alice), uploaded(alice)
    edit(alice, avatar=old)

    assert edit(alice, avatar=new).json["avatar"]["id"] == new
    assert edit(alice, headline="Baker").json["avatar"]["id"] == new
    assert edit(alice, avatar=None).json["avatar"] is None

    assert refs(old) == refs(new) == {}


@pytest.mark.parametrize("name", ["avatar", "banner"])
def test_must_be_ones_own_and_pictures(alice: Person, mallory: Person, name: str) -> None:
    for wrong in (uploaded(alice), uploaded(mallory, "video"), uploaded(mallory, state="refused"), new_id()):
        refused = edit(mallory, **{name: wrong})
        assert (refused.status, refused.pointers) == (422, [f"/{name}"])


def test_what_becomes_ready_later_is_shown_from_then_on(alice: Person) -> None:
    avatar = uploaded(alice, state="processing")
    assert edit(alice, avatar=avatar).json["avatar"]["renditions"] == []
    item = table.get(keys.media(avatar), consistent=True) or {}
    table.write(table.put(item | READY))

    for _ in range(2):
        body = f'{{"detail": {{"media_id": "{avatar}", "version": 2}}}}'
        answer = show_portrait.handler({"Records": [{"messageId": "1", "body": body}]}, None)
        assert answer == {"batchItemFailures": []}

    assert call(get_member.handler, public=True, handle="alice").json["avatar"]["renditions"] == RENDITIONS
    assert (table.get(keys.member(alice.id)) or {})["version"] == 3


def test_one_that_becomes_ready_at_that_moment_is_no_change_by_somebody_else(
    alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    avatar, look = uploaded(alice, state="processing"), portraits.chosen

    def slowly(changes: dict[str, Any], owner: str) -> Any:
        seen = look(changes, owner)
        item = table.get(keys.media(avatar), consistent=True) or {}
        table.write(table.put(item | READY))
        return seen

    monkeypatch.setattr(portraits, "chosen", slowly)

    edited = call(edit_me.handler, user=alice.id, body={"avatar": avatar}, headers={"If-Match": '"1"'})

    assert (edited.status, edited.json["version"]) == (200, 2)
    assert edited.json["avatar"]["renditions"] == RENDITIONS
    assert refs(avatar) == {alice.id: "member"}
