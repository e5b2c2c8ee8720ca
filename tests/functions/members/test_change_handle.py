import json
from datetime import timedelta
from functools import partial

import pytest

from core import clock, keys, table
from core.clock import new_id
from members import change_handle, edit_me, get_me, get_member
from tests.attacks import corpus
from tests.cloud import Answer, call
from tests.functions.conftest import Person, join
from tests.racing import at_once
from timeline import list_highlights


def change(user: Person, handle: str, etag: str | None = None) -> Answer:
    headers = {"If-Match": etag} if etag else {}
    return call(change_handle.handler, user=user.id, body={"handle": handle}, headers=headers)


def visit(handle: str) -> Answer:
    return call(get_member.handler, public=True, handle=handle)


def test_gives_a_new_handle(alice: Person) -> None:
    changed = change(alice, "Ada-L")

    assert changed.status == 200
    assert (changed.json["handle"], changed.json["former_handles"]) == ("ada-l", ["alice"])
    assert visit("ada-l").json["id"] == alice.id


def test_the_old_one_leads_on_at_the_same_door(alice: Person, bob: Person) -> None:
    change(alice, "ada")

    visitor, member = visit("alice"), call(get_member.handler, user=bob.id, handle="alice")

    assert (visitor.status, visitor.headers["location"]) == (308, "/v1/public/members/ada")
    assert (member.status, member.headers["location"]) == (308, "/v1/members/ada")


def test_the_question_is_carried_along(alice: Person) -> None:
    change(alice, "ada")

    moved = call(list_highlights.handler, public=True, handle="alice", query={"tag": "c#", "year": 2019})

    assert moved.headers["location"] == "/v1/public/members/ada/highlights?tag=c%23&year=2019"


@pytest.mark.parametrize("spelling", ["ADA-L", "adal", "ada_l", "ad-al", "adai"])
def test_another_spelling_leads_on_to_the_right_one(alice: Person, spelling: str) -> None:
    change(alice, "ada-l")

    assert visit(spelling).headers["location"] == "/v1/public/members/ada-l"


def test_all_former_ones_lead_to_the_current_one_in_one_step(alice: Person) -> None:
    for handle in ("ada", "grace", "katherine"):
        changed = change(alice, handle)

    assert changed.json["former_handles"] == ["alice", "ada", "grace"]
    assert {visit(each).headers["location"] for each in ("alice", "ada", "grace")} == {
        "/v1/public/members/katherine"
    }


def test_one_can_go_back(alice: Person) -> None:
    change(alice, "ada")

    back = change(alice, "alice")

    assert (back.json["handle"], back.json["former_handles"]) == ("alice", ["ada"])
    assert visit("alice").status == 200
    assert visit("ada").headers["location"] == "/v1/public/members/alice"


def test_the_spelling_of_ones_own_can_change(alice: Person) -> None:
    changed = change(alice, "a-lice")

    assert (changed.status, visit("a-lice").status) == (200, 200)
    assert visit("alice").headers["location"] == "/v1/public/members/a-lice"


def test_the_same_again_changes_nothing(alice: Person) -> None:
    again = change(alice, "ALICE")

    assert (again.status, again.json["version"], again.json["former_handles"]) == (200, 1, [])


def test_an_eleventh_former_one_is_refused_but_going_back_is_not(
    alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(10):
        assert change(alice, f"ada-{'bcdefghjkn'[number]}").status == 200

    refused = change(alice, "ada-x")

    assert refused.status == 409
    assert visit("ada-x").status == 404
    later = clock.now() + timedelta(minutes=6)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert len(change(alice, "alice").json["former_handles"]) == 10


def test_nobody_else_can_take_a_former_one(alice: Person, mallory: Person) -> None:
    change(alice, "ada")

    assert change(mallory, "alice").status == 409
    assert change(mallory, "a-l1ce").status == 409
    assert call(get_me.handler, user=mallory.id).json["handle"] == "mallory"
    assert visit("alice").headers["location"] == "/v1/public/members/ada"


@pytest.mark.parametrize(
    "taken", ["bob-the-builder", "bobthebuilder", "BOB_THE_BUILDER", "b0b-the-builder", "bob-the-bui1der"]
)
def test_one_that_looks_like_anothers_is_taken(alice: Person, bob: Person, taken: str) -> None:
    assert bob
    assert change(alice, taken).status == 409
    assert call(get_me.handler, user=alice.id).json["version"] == 1


@pytest.mark.parametrize("names", [["zenobia"] * 16, ["modern", "rnodern", "mo-dern", "m0dern"] * 4])
def test_of_many_at_once_one_gets_the_name(names: list[str]) -> None:
    cast = [join(f"player-{letter}") for letter in "abcdefghjknpqrst"]

    answers = at_once(*(partial(change, each, wanted) for each, wanted in zip(cast, names, strict=True)))

    [won] = [each.json for each in answers if each.status == 200]
    assert {each.status for each in answers} == {200, 409}
    assert visit(won["handle"]).json["id"] == won["id"]
    handles = [call(get_me.handler, user=each.id).json["handle"] for each in cast]
    assert handles.count(won["handle"]) == 1
    assert sum(each.startswith("player-") for each in handles) == 15


def test_of_two_changes_of_one_member_none_is_lost(alice: Person) -> None:
    answers = at_once(*(partial(change, alice, name) for name in ("ada", "grace", "katherine")))

    me = call(get_me.handler, user=alice.id).json
    done = [each for each in answers if each.status == 200]
    assert {each.status for each in answers} <= {200, 412}
    assert me["version"] == 1 + len(done)
    assert {*me["former_handles"], me["handle"]} == {"alice", *(each.json["handle"] for each in done)}
    free = {"ada", "grace", "katherine"} - {each.json["handle"] for each in done}
    assert all(visit(each).status == 404 for each in free)


def test_a_stale_etag_is_refused(alice: Person) -> None:
    etag = call(get_me.handler, user=alice.id).headers["etag"]
    call(edit_me.handler, user=alice.id, body={"headline": "Baker"})

    assert change(alice, "ada", etag).status == 412
    assert visit("ada").status == 404


def test_a_members_only_profile_stays_hidden_under_all_its_names(alice: Person, bob: Person) -> None:
    call(edit_me.handler, user=alice.id, body={"visibility": "members"})

    change(alice, "ada")

    assert (visit("alice").status, visit("ada").status) == (404, 404)
    assert call(get_member.handler, user=bob.id, handle="alice").status == 308
    call(edit_me.handler, user=alice.id, body={"visibility": "public"})
    assert (visit("alice").status, visit("ada").status) == (308, 200)


@pytest.mark.parametrize(
    "handle", ["admin", "r00t", "Adrnin", "polyf0lio", "space-station", "me", "wwvv", "null"]
)
def test_reserved_words_and_what_looks_like_them_are_refused(alice: Person, handle: str) -> None:
    refused = change(alice, handle)

    assert (refused.status, refused.pointers) == (422, ["/handle"])


def test_no_pair_of_the_corpus_makes_two_members_look_alike(alice: Person, mallory: Person) -> None:
    for name, likeness, _ in json.loads(corpus("unicode/handles.json").read_text())["must_collide_or_reject"]:
        change(alice, name)

        owned = call(get_me.handler, user=alice.id).json["handle"] == name
        assert not owned or change(mallory, likeness).status in (409, 422), (name, likeness)
        _forget(alice)


def test_what_the_corpus_rejects_is_refused(alice: Person) -> None:
    for handle in json.loads(corpus("unicode/handles.json").read_text())["reject"]:
        refused = change(alice, handle)

        assert (refused.status, refused.pointers) == (422, ["/handle"]), handle


@pytest.mark.parametrize(
    "body", [{}, {"handle": None}, {"handle": ["ada"]}, {"handle": "ab"}, {"handle": "x" * 31}]
)
def test_bad_input_names_the_field_and_writes_nothing(alice: Person, body: object) -> None:
    refused = call(change_handle.handler, user=alice.id, body=body)

    assert (refused.status, refused.pointers) == (422, ["/handle"])
    assert call(get_me.handler, user=alice.id).json["version"] == 1


def test_a_token_without_a_profile_takes_no_name() -> None:
    assert change(Person(new_id(), "-"), "ada").status == 404
    assert visit("ada").status == 404


def test_without_an_authorizer_nothing_is_done() -> None:
    assert call(change_handle.handler, body={"handle": "ada"}).status == 500
    assert visit("ada").status == 404


def _forget(user: Person) -> None:
    """Her former handles, of which she may have ten only, but not that they are hers."""
    table.write(table.update(keys.member(user.id), "SET former_handles = :none", none=[]))


def test_ten_times_in_five_minutes(alice: Person, bob: Person) -> None:
    names = ["to-and", "fro"] * 6

    changed = [change(alice, each) for each in names[:11]]

    assert [each.status for each in changed] == [200] * 10 + [429]
    assert 0 < int(changed[-1].headers["retry-after"]) <= 300
    assert change(bob, "another-one").status == 200
