import pytest

from members import edit_me, get_me, get_member, open_up
from tests.cloud import Answer, call
from tests.functions.conftest import Person

SHOWN = {
    *("id", "handle", "name", "headline", "bio_html", "location", "pronouns", "links", "badges", "open_to"),
    *("avatar", "banner", "created_at"),
}


def visit(handle: str = "alice", **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return call(get_member.handler, public=True, handle=handle, headers=named)


def test_shows_a_profile_to_visitors_and_to_members_alike(alice: Person, bob: Person) -> None:
    call(edit_me.handler, user=alice.id, body={"bio": "*Bread*", "badges": [{"name": "Baker"}]})
    call(open_up.handler, user=alice.id, activity="teach")

    seen = visit()

    assert seen.status == 200
    assert (seen.json["id"], seen.json["handle"]) == (alice.id, "alice")
    assert seen.json["bio_html"] == "<p><em>Bread</em></p>"
    assert seen.json["badges"] == [{"id": "baker", "name": "Baker"}]
    assert seen.json["open_to"] == [{"activity": "teach", "note": "", "question": ""}]
    assert call(get_member.handler, user=bob.id, handle="alice").json == seen.json


def test_never_shows_settings_nor_what_only_their_owner_needs(alice: Person, bob: Person) -> None:
    call(edit_me.handler, user=alice.id, body={"bio": "the source", "in_space_station": False})

    seen = visit().json

    assert seen.keys() == SHOWN
    assert call(get_member.handler, user=bob.id, handle="alice").json.keys() == SHOWN
    assert call(get_member.handler, user=alice.id, handle="alice").json.keys() == SHOWN
    assert "email" not in call(get_me.handler, user=alice.id).json


@pytest.mark.parametrize(
    "handle",
    [
        "nobody",
        "a",
        "x" * 31,
        "x" * 5000,
        "ali ce",
        "\u0430lice",
        "alice#",
        "../me",
        "%61lice",
        "ALICE\n",
        "",
    ],
)
def test_what_is_nobodys_handle_is_not_there(alice: Person, handle: str) -> None:
    assert alice
    refused = visit(handle)

    assert refused.status == 404
    assert refused.headers["cache-control"] == "no-store"


def test_is_cached_for_a_minute_for_visitors_and_never_for_members(alice: Person, bob: Person) -> None:
    assert alice
    assert visit().headers["cache-control"] == "public, max-age=60"
    seen = call(get_member.handler, user=bob.id, handle="alice")
    assert seen.headers["cache-control"] == "private, no-store"


def test_is_sent_again_only_when_it_has_changed(alice: Person) -> None:
    etag = visit().headers["etag"]

    same = visit(if_none_match=etag)
    call(edit_me.handler, user=alice.id, body={"headline": "Baker"})
    changed = visit(if_none_match=etag)

    assert (same.status, same.json, same.headers["etag"]) == (304, None, etag)
    assert (changed.status, changed.json["headline"]) == (200, "Baker")
    assert changed.headers["etag"] != etag


def test_a_hidden_setting_shows_in_no_etag(alice: Person) -> None:
    etag = visit().headers["etag"]

    call(edit_me.handler, user=alice.id, body={"in_space_station": False})

    assert visit().headers["etag"] == etag


def test_takes_no_question(alice: Person) -> None:
    assert alice
    refused = call(get_member.handler, public=True, handle="alice", query={"fields": "bio"})

    assert (refused.status, refused.pointers) == (422, ["/fields"])
