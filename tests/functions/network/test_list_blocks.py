from core import keys, table
from network import list_blocks
from tests.cloud import call
from tests.functions.conftest import Person, join
from tests.functions.network.acting import block, blocked


def test_tells_whom_one_blocks_and_not_by_whom_one_is_blocked(alice: Person, bob: Person) -> None:
    eve = join("eve")
    block(alice, bob)
    block(eve, alice)

    [only] = call(list_blocks.handler, user=alice.id).json["items"]

    assert only == {"id": bob.id, "handle": bob.handle, "name": "Bob-The-Builder", "headline": ""}
    assert blocked(bob) == []


def test_page_by_page_all_come_once(alice: Person) -> None:
    pests = [join(f"pest-{number}") for number in range(5)]
    for each in pests:
        block(alice, each)
    block(join("eve"), alice)

    found: list[str] = []
    query: dict[str, object] = {"limit": 2}
    while True:
        page = call(list_blocks.handler, user=alice.id, query=query).json
        found += [each["handle"] for each in page["items"]]
        if page["next"] is None:
            break
        query["after"] = page["next"]

    assert sorted(found) == [each.handle for each in pests]


def test_who_is_gone_is_left_out(alice: Person, bob: Person) -> None:
    block(alice, bob)
    table.write(table.delete(keys.member(bob.id)))

    assert blocked(alice) == []


def test_a_foreign_cursor_is_refused(alice: Person) -> None:
    assert call(list_blocks.handler, user=alice.id, query={"after": "x"}).status == 400
