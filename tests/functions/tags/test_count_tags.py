from core import keys, table
from tags import count_tags, ranking
from tests.functions.conftest import Person
from tests.functions.timeline.acting import batch, created, delete, edit, everything, follow_up
from tests.functions.timeline.test_count_years import FIRST, OTHERS


def uses() -> dict[str, int]:
    return {item["tag"]: item["uses"] for item in everything() if item["sk"] == "COUNT"}


def test_counts_each_use(alice: Person, bob: Person) -> None:
    follow_up(created(alice, tags=["a", "b"]), created(alice, tags=["a"]), created(bob, tags=["a"]))

    assert uses() == {"a": 3, "b": 1}


def test_thirty_tags_become_thirty_others(alice: Person) -> None:
    made = created(alice, tags=FIRST)
    follow_up(made)

    edit(alice, made, tags=OTHERS)
    follow_up(made)

    assert uses() == dict.fromkeys(OTHERS, 1)


def test_leaves_nothing_behind(alice: Person) -> None:
    made = created(alice, tags=["a", "b"])
    follow_up(made)
    delete(alice, made)
    follow_up(made)

    left = [item for item in everything() if keys.is_derived(item)]

    assert [item for item in left if not item["sk"].startswith("YEARS#")] == []


def test_another_order_of_tags_counts_nothing(alice: Person) -> None:
    made = created(alice, tags=["a", "b"])
    follow_up(made)
    edit(alice, made, tags=["b", "a"])

    follow_up(made)

    assert uses() == {"a": 1, "b": 1}


def test_a_highlight_that_never_was_counts_nothing() -> None:
    assert count_tags.handler(batch("never was"), None) == {"batchItemFailures": []}

    assert everything() == []


def test_what_a_slower_try_has_ranked_of_a_forgotten_tag_goes() -> None:
    places = [keys.tag_rank(prefix, "jazz") for prefix in ranking.prefixes("jazz")]
    table.write_many([place._asdict() | {"uses": 1} for place in places])

    ranking.rank(["jazz"])

    assert table.get_many(places) == []
