"""Media on highlights: whose it may be, what is shown of it, and what refers to what."""

from functools import partial
from typing import Any

import pytest

from core import clock, keys, media, table
from core.clock import new_id
from tests.cloud import call
from tests.functions.conftest import Person
from tests.functions.timeline.acting import create, edit, listed, read
from tests.racing import at_once
from timeline import delete_highlight, show_media

RENDITIONS = [
    {"url": f"/media/x/{width}.webp", "width": width, "height": width // 2, "bytes": width}
    for width in (480, 960)
]


def uploaded(owner: Person, state: str = "ready") -> str:
    item = media.new_item(new_id(), owner.id, "image", "image/png", 9, clock.now())
    made = {"renditions": RENDITIONS, "width": 1000, "height": 500} if state == "ready" else {}
    table.write(table.put(item | {"state": state} | made))
    return str(item["id"])


def stored(media_id: str) -> dict[str, Any]:
    return table.get(keys.media(media_id), consistent=True) or {}


def with_media(*ids: str) -> list[dict[str, str]]:
    return [{"id": each, "alt": f"Chairs {place}"} for place, each in enumerate(ids)]


def made_ready(media_id: str) -> None:
    made = {"state": "ready", "renditions": RENDITIONS, "width": 1000, "height": 500}
    table.write(table.put(stored(media_id) | made))
    body = f'{{"detail": {{"media_id": "{media_id}", "version": 2}}}}'
    answer = show_media.handler({"Records": [{"messageId": "1", "body": body}]}, None)
    assert answer == {"batchItemFailures": []}


def test_a_highlight_shows_its_media_and_lists_the_first_picture(alice: Person) -> None:
    first, second = uploaded(alice), uploaded(alice)

    made = create(alice, media=[{"id": first, "alt": "Chairs", "caption": "Forty"}, *with_media(second)])

    assert made.status == 201
    assert [each["id"] for each in made.json["media"]] == [first, second]
    shown = made.json["media"][0]
    assert (shown["alt"], shown["caption"], shown["state"]) == ("Chairs", "Forty", "ready")
    assert shown["renditions"] == RENDITIONS
    [card] = listed(alice).json["items"]
    assert card["cover"] == shown
    assert card["media_count"] == 2
    assert "media" not in card
    assert read(made.json["id"]).json["media"] == made.json["media"]


def test_media_knows_which_highlight_refers_to_it(alice: Person) -> None:
    used = uploaded(alice)

    made = create(alice, media=with_media(used)).json

    assert stored(used)["refs"] == {made["id"]: "highlight"}


@pytest.mark.parametrize("state", ["ready", "waiting", "processing"])
def test_ones_own_may_be_attached_before_it_is_ready(alice: Person, state: str) -> None:
    assert create(alice, media=with_media(uploaded(alice, state))).json["media"][0]["state"] == state


def test_that_of_others_is_refused_at_its_field(alice: Person, mallory: Person) -> None:
    theirs = uploaded(alice)

    refused = create(mallory, media=with_media(uploaded(mallory), theirs))

    assert (refused.status, refused.pointers) == (422, ["/media/1/id"])
    assert stored(theirs)["refs"] == {}
    assert not listed(mallory).json["items"]


def test_what_is_missing_refused_or_there_twice_is_refused(alice: Person) -> None:
    once = uploaded(alice)
    for wrong in ([new_id()], [uploaded(alice, "refused")], [once, once]):
        refused = create(alice, media=with_media(*wrong))
        assert (refused.status, refused.pointers) == (422, [f"/media/{len(wrong) - 1}/id"])


def test_twenty_are_enough(alice: Person) -> None:
    twenty = [uploaded(alice) for _ in range(20)]

    assert create(alice, media=with_media(*twenty), tags=[f"tag {n}" for n in range(30)]).status == 201
    assert create(alice, media=with_media(*twenty, uploaded(alice))).pointers == ["/media"]


def test_an_alt_text_must_be_said_and_may_be_empty(alice: Person) -> None:
    used = uploaded(alice)

    assert create(alice, media=[{"id": used}]).pointers == ["/media/0/alt"]
    assert create(alice, media=[{"id": used, "alt": ""}]).status == 201


def test_an_edit_takes_media_in_and_out(alice: Person) -> None:
    first, second = uploaded(alice), uploaded(alice)
    made = create(alice, media=with_media(first)).json

    edited = edit(alice, made["id"], media=with_media(second)).json

    assert [each["id"] for each in edited["media"]] == [second]
    assert stored(first)["refs"] == {}
    assert stored(first)["gsi1pk"] == keys.MEDIA_DUE, "it is looked at again"
    assert stored(second)["refs"] == {made["id"]: "highlight"}
    assert listed(alice).json["items"][0]["cover"]["id"] == second


def test_an_edit_of_something_else_leaves_it(alice: Person) -> None:
    made = create(alice, media=with_media(uploaded(alice))).json

    assert edit(alice, made["id"], title="New").json["media"] == made["media"]


def test_an_edit_cannot_attach_what_is_not_ones_own(alice: Person, mallory: Person) -> None:
    made = create(mallory).json

    assert edit(mallory, made["id"], media=with_media(uploaded(alice))).pointers == ["/media/0/id"]


def test_too_much_at_once_is_refused_and_changes_nothing(alice: Person) -> None:
    """A transaction holds a hundred items: all its entries moving, and its media changing, would be more."""
    job, tags = create(alice, kind="job").json["id"], [f"tag {number}" for number in range(30)]
    before = [uploaded(alice) for _ in range(20)]
    made = create(alice, media=with_media(*before), tags=tags, under=job, pinned=True).json
    after = [uploaded(alice) for _ in range(20)]

    refused = edit(alice, made["id"], start="1999", media=with_media(*after))

    assert (refused.status, refused.pointers) == (422, ["/media"])
    assert read(made["id"]).json == made
    assert edit(alice, made["id"], start="1999").status == 200
    assert edit(alice, made["id"], media=with_media(*after)).status == 200


def test_deleting_a_highlight_releases_its_media(alice: Person) -> None:
    used = uploaded(alice)
    made = create(alice, media=with_media(used)).json

    assert call(delete_highlight.handler, user=alice.id, highlight_id=made["id"]).status == 204

    assert stored(used)["refs"] == {}
    assert stored(used)["gsi1pk"] == keys.MEDIA_DUE


def test_a_highlight_whose_media_is_gone_can_be_deleted(alice: Person) -> None:
    used = uploaded(alice)
    made = create(alice, media=with_media(used)).json
    table.write(table.delete(keys.media(used)))

    assert call(delete_highlight.handler, user=alice.id, highlight_id=made["id"]).status == 204
    assert stored(used) == {}


def test_what_becomes_ready_later_is_shown_from_then_on(alice: Person) -> None:
    used = uploaded(alice, "processing")
    made = create(alice, media=with_media(used), tags=["chairs"]).json
    assert made["cover"]["renditions"] == []

    made_ready(used)

    shown = read(made["id"]).json
    assert (shown["media"][0]["state"], shown["media"][0]["alt"]) == ("ready", "Chairs 0")
    assert (shown["version"], shown["updated_at"]) == (2, made["updated_at"])
    for query in ({}, {"tag": "chairs"}):
        assert listed(alice, **query).json["items"][0]["cover"]["renditions"] == RENDITIONS


def test_and_once_only_however_often_it_is_told(alice: Person) -> None:
    used = uploaded(alice, "processing")
    made = create(alice, media=with_media(used)).json

    for _ in range(3):
        made_ready(used)

    assert read(made["id"]).json["version"] == 2


def test_what_becomes_ready_while_it_is_attached_is_never_shown_as_it_was(
    alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    used, really = uploaded(alice, "processing"), media.find

    def find(*given: Any) -> Any:
        found = really(*given)
        if stored(used)["state"] == "processing":
            made_ready(used)
        return found

    monkeypatch.setattr(media, "find", find)

    made = create(alice, media=with_media(used))

    assert (made.status, made.json["media"][0]["state"]) == (201, "ready")
    assert read(made.json["id"]).json["media"] == made.json["media"]


def test_a_drafts_media_is_in_no_public_answer(alice: Person) -> None:
    made = create(alice, media=with_media(uploaded(alice)), visibility="draft").json

    assert read(made["id"]).status == 404
    assert listed(alice).json["items"] == []
    assert listed(alice, alice).json["items"][0]["cover"]["renditions"] == RENDITIONS


def test_the_same_media_on_many_at_once_is_referred_to_by_all(alice: Person) -> None:
    used = uploaded(alice)

    made = at_once(*[partial(create, alice, media=with_media(used))] * 4)

    assert {each.status for each in made} == {201}
    assert set(stored(used)["refs"]) == {each.json["id"] for each in made}
