import pytest

from core import keys, table
from core.handles import HIDDEN
from members import edit_me
from network import follows, list_followers, list_following
from tests.cloud import call
from tests.functions.conftest import NOW, Person, join
from tests.functions.network.acting import block, follow, followers, following


@pytest.mark.parametrize("which", ["followers", "following"])
def test_the_latest_first_page_by_page(alice: Person, which: str) -> None:
    handler = {"followers": list_followers, "following": list_following}[which].handler
    others = [join(f"fan-{number}") for number in range(5)]
    for number, each in enumerate(others):
        pair = (each.id, alice.id) if which == "followers" else (alice.id, each.id)
        follows.follow(*pair, NOW.replace(minute=number))

    found: list[str] = []
    query: dict[str, object] = {"limit": 2}
    while True:
        page = call(handler, public=True, handle="alice", query=query).json
        found += [each["handle"] for each in page["items"]]
        if page["next"] is None:
            break
        query["after"] = page["next"]

    assert found == [each.handle for each in reversed(others)]


def test_members_only_profiles_are_told_to_members_only(alice: Person, bob: Person, mallory: Person) -> None:
    follow(bob, alice)
    call(edit_me.handler, user=bob.id, body={"visibility": "members"})

    assert followers(alice) == []
    assert followers(alice, mallory) == [bob.handle]


def test_whom_the_viewer_blocks_is_left_out_and_by_whom_they_are_blocked(
    alice: Person, bob: Person, mallory: Person
) -> None:
    follow(bob, alice)
    block(bob, mallory)

    assert followers(alice, mallory) == []
    assert followers(alice, alice) == [bob.handle]


def test_who_is_gone_is_left_out(alice: Person, bob: Person) -> None:
    follow(bob, alice)
    table.write(table.delete(keys.member(bob.id)))

    assert followers(alice) == []


def test_who_is_shut_out_or_leaving_is_left_out(alice: Person, bob: Person, mallory: Person) -> None:
    follow(bob, alice)
    follow(alice, bob)
    hidden = table.update(keys.member(bob.id), "SET visibility = :hidden", hidden=HIDDEN)
    table.write(hidden)

    for viewer in (None, alice, mallory):
        assert followers(alice, viewer) == following(alice, viewer) == []


def test_one_lists_cursor_is_not_the_others(alice: Person) -> None:
    for number in range(2):
        follow(join(f"fan-{number}"), alice)
    query = {"limit": 1}
    cursor = call(list_followers.handler, public=True, handle="alice", query=query).json["next"]

    for given in (cursor, "x"):
        refused = call(list_following.handler, public=True, handle="alice", query={"after": given})
        assert refused.status == 400
