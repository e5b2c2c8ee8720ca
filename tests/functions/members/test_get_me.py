from core.clock import new_id
from members import edit_me, get_me
from tests.cloud import call, event
from tests.functions.conftest import Person


def test_shows_ones_own_profile_with_its_settings(alice: Person) -> None:
    me = call(get_me.handler, user=alice.id)

    assert me.status == 200
    assert (me.json["id"], me.json["handle"], me.json["name"]) == (alice.id, "alice", "Alice")
    assert (me.json["visibility"], me.json["in_space_station"], me.json["version"]) == ("public", True, 1)
    assert me.headers["etag"].startswith('"1-')
    assert me.headers["cache-control"] == "private, no-store"


def test_shows_a_change_at_once(alice: Person) -> None:
    call(edit_me.handler, user=alice.id, body={"bio": "# Hi"})

    assert call(get_me.handler, user=alice.id).json["bio"] == "# Hi"


def test_does_not_send_again_what_the_caller_has(alice: Person) -> None:
    etag = call(get_me.handler, user=alice.id).headers["etag"]

    again = call(get_me.handler, user=alice.id, headers={"If-None-Match": etag})

    assert (again.status, again.json) == (304, None)


def test_a_token_without_a_profile_is_told_so() -> None:
    assert call(get_me.handler, user=new_id()).status == 404


def test_takes_no_id_token(alice: Person) -> None:
    request = event(get_me.handler, alice.id, None, None, None, False, {})
    request["requestContext"]["authorizer"]["jwt"]["claims"]["token_use"] = "id"

    assert get_me.handler(request, None)["statusCode"] == 403


def test_without_an_authorizer_nothing_is_shown() -> None:
    assert call(get_me.handler).status == 500
