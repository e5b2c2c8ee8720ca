from typing import Any

import pytest

from core import keys, table
from core.aws import AwsError
from core.keys import Key
from core.table import ConditionFailed, Item
from tests.racing import at_once

pytestmark = pytest.mark.usefixtures("empty_table")

KEY = Key("A", "1")
NEW = "attribute_not_exists(pk)"


def item(sk: str = "1", **values: Any) -> Item:
    return Key("A", sk)._asdict() | values


def put(*items: Item) -> None:
    table.write(*map(table.put, items))


def test_an_item_comes_back_as_it_was() -> None:
    whole = item(
        text="é 💡",
        empty="",
        zero=0,
        big=10**30,
        minus=-5,
        yes=True,
        no=False,
        none_in_list=[None, 1],
        list=[],
    ) | {"map": {"a": {"b": ["c", {"d": 1}]}, "empty": {}}}

    put(whole)

    assert table.get(KEY) == table.get(KEY, consistent=True) == whole


def test_null_is_left_out_and_a_tuple_is_a_list() -> None:
    put(item(a=None, b={"c": None, "d": 1}, e=("x", "y")))

    assert table.get(KEY) == item(b={"d": 1}, e=["x", "y"])


def test_what_is_not_there_is_none() -> None:
    assert table.get(KEY) is None


def test_updates_what_is_there_and_what_is_not() -> None:
    for _ in range(2):
        table.write(table.update(KEY, "ADD uses :step SET #name = :name", step=2, name="reserved word"))

    assert table.get(KEY) == item(uses=4, name="reserved word")


def test_values_are_never_part_of_an_expression() -> None:
    hostile = "x, #pk = :name REMOVE a"

    table.write(table.update(KEY, "SET #a = :a", a=hostile))

    assert table.get(KEY) == item(a=hostile)


def test_deletes() -> None:
    put(item())

    table.write(table.delete(KEY))
    table.write(table.delete(KEY))

    assert table.get(KEY) is None


def test_a_failed_condition_says_what_stood_there() -> None:
    put(item(version=3))

    for refused in (
        table.put(item(version=1), NEW),
        table.update(KEY, "SET a = :a", "version = :seen", a=1, seen=2),
        table.delete(KEY, "version = :seen", seen=2),
        table.check(KEY, "version = :seen", seen=2),
    ):
        with pytest.raises(ConditionFailed) as failure:
            table.write(refused)
        assert failure.value.found == {0: item(version=3)}
    assert table.get(KEY) == item(version=3)


def test_a_failed_condition_on_what_is_not_there() -> None:
    for refused in (
        table.put(item(), "attribute_exists(pk)"),
        table.update(KEY, "SET a = :a", "version = :seen", a=1, seen=2),
        table.delete(KEY, "version = :seen", seen=2),
        table.check(KEY, "attribute_exists(pk)"),
    ):
        with pytest.raises(ConditionFailed) as failure:
            table.write(refused)
        assert failure.value.found == {0: None}
    assert table.get(KEY) is None


def test_a_transaction_is_all_or_nothing_and_names_each_that_failed() -> None:
    put(item("1", a=1), item("3", a=3))

    with pytest.raises(ConditionFailed) as failure:
        table.write(
            table.put(item("0")),
            table.put(item("1"), NEW),
            table.put(item("2"), NEW),
            table.check(Key("A", "3"), "a = :a", a=4),
            table.check(Key("A", "9"), "attribute_exists(pk)"),
        )

    assert failure.value.found == {1: item("1", a=1), 3: item("3", a=3), 4: None}
    assert [each["sk"] for each in table.query("A", limit=9)[0]] == ["1", "3"]


def test_a_transaction_holds_a_hundred() -> None:
    put(*[item(f"{number:03}") for number in range(100)])

    assert len(table.query("A", limit=1000)[0]) == 100
    with pytest.raises(AwsError):
        put(*[item(f"{number:03}") for number in range(101)])


def test_what_finds_just_what_it_puts_was_carried_out_before() -> None:
    """The answer was lost, and the client asked again."""
    table.write(table.put(item(a=1, b=None), NEW))

    table.write(table.put(item(a=1, b=None), NEW))

    with pytest.raises(ConditionFailed):
        table.write(table.put(item(a=2), NEW))
    assert table.get(KEY) == item(a=1)


def test_other_refusals_are_told_as_they_are() -> None:
    with pytest.raises(AwsError, match="ValidationException"):
        table.write(table.put({"pk": "A"}))
    with pytest.raises(AwsError, match="ValidationException"):
        table.write(table.update(KEY, "SET nonsense"))
    with pytest.raises(AwsError):
        put(item(), item())


def test_of_many_at_once_one_wins() -> None:
    def claim(number: int) -> bool:
        try:
            table.write(table.put(item(by=number), NEW), table.put(item(f"other {number}")))
        except ConditionFailed:
            return False
        return True

    won = at_once(*[lambda n=n: claim(n) for n in range(16)])

    assert won.count(True) == 1
    assert table.get(KEY) == item(by=won.index(True))
    assert len(table.query("A", limit=99)[0]) == 2


def test_gets_many_and_leaves_out_the_missing() -> None:
    put(*[item(f"{number:03}") for number in range(99)])

    found = table.get_many(Key("A", f"{number:03}") for number in [*range(100), 5, 5])

    assert sorted(each["sk"] for each in found) == [f"{number:03}" for number in range(99)]
    assert table.get_many([]) == []


def test_gets_what_was_left_unprocessed(monkeypatch: pytest.MonkeyPatch) -> None:
    put(*[item(f"{number}") for number in range(7)])
    whole = table.dynamodb.call

    def some(operation: str, payload: dict[str, Any]) -> dict[str, Any]:
        [(name, asked)] = payload["RequestItems"].items()
        answer = whole(operation, {"RequestItems": {name: {"Keys": asked["Keys"][:3]}}})
        left = {"UnprocessedKeys": {name: {"Keys": asked["Keys"][3:]}}} if asked["Keys"][3:] else {}
        return answer | left

    monkeypatch.setattr(table.dynamodb, "call", some)

    assert len(table.get_many(Key("A", f"{number}") for number in range(7))) == 7


def test_writes_many() -> None:
    put(*[item(f"old {number}") for number in range(30)])

    table.write_many(
        [item(f"{number:03}") for number in range(70)], [Key("A", f"old {n}") for n in range(30)]
    )

    assert [each["sk"] for each in table.query("A", limit=999)[0]] == [f"{number:03}" for number in range(70)]


def test_writes_what_was_left_unprocessed(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = table.dynamodb.call

    def some(operation: str, payload: dict[str, Any]) -> dict[str, Any]:
        [(name, asked)] = payload["RequestItems"].items()
        whole(operation, {"RequestItems": {name: asked[:10]}})
        return {"UnprocessedItems": {name: asked[10:]}} if asked[10:] else {}

    with monkeypatch.context() as patch:
        patch.setattr(table.dynamodb, "call", some)
        table.write_many([item(f"{number:03}") for number in range(60)])

    assert len(table.query("A", limit=999)[0]) == 60


def test_queries_page_by_page() -> None:
    put(*[item(f"{number}") for number in range(5)])
    put(Key("B", "9")._asdict())

    first, place = table.query("A", limit=2)
    second, next_place = table.query("A", limit=2, after=place)
    last, end = table.query("A", limit=2, after=next_place)

    assert [[each["sk"] for each in page] for page in (first, second, last)] == [
        ["0", "1"],
        ["2", "3"],
        ["4"],
    ]
    assert (place, next_place, end) == (Key("A", "1"), Key("A", "3"), None)


def test_queries_backwards_between_two_places_both_included() -> None:
    put(*[item(f"{number}") for number in range(9)])

    found, _ = table.query("A", ("2", "5"), limit=99, newest_first=True, consistent=True)

    assert [each["sk"] for each in found] == ["5", "4", "3", "2"]


def test_a_query_goes_on_behind_what_is_gone() -> None:
    put(*[item(f"{number}") for number in range(5)])
    _, place = table.query("A", limit=2)
    assert place

    table.write(table.delete(place))

    assert [each["sk"] for each in table.query("A", limit=9, after=place)[0]] == ["2", "3", "4"]


def test_a_filter_shortens_the_page_but_not_the_way() -> None:
    put(*[item(f"{number}", kind="code" if number > 2 else "job") for number in range(6)])

    found, place = table.query("A", limit=3, only="#kind = :kind", kind="code")
    assert (found, place) == ([], Key("A", "2"))

    found, place = table.query("A", limit=9, after=place, only="#kind = :kind", kind="code")
    assert ([each["sk"] for each in found], place) == (["3", "4", "5"], None)


@pytest.mark.parametrize("index", keys.INDEXES)
def test_an_index_holds_what_has_its_keys(index: str) -> None:
    pk, sk = keys.INDEXES[index]
    put(*[item(f"{number}", **({pk: "A", sk: f"{number}"} if number % 2 else {})) for number in range(9)])

    first, place = table.query("A", limit=2, index=index, newest_first=True)
    rest, end = table.query("A", ("2", "9"), limit=9, index=index, newest_first=True, after=place)

    assert [each["sk"] for each in first + rest] == ["7", "5", "3"]
    assert (place, end) == (Key("A", "5"), None)


def test_tells_what_is_derived_from_what_is_a_fact() -> None:
    facts = [
        *(keys.admission("d"), keys.handle("h"), keys.member("m"), keys.highlight("i")),
        *(keys.entry("m", "all", "2019-00-00", "i"), keys.answer("m", "k")),
    ]
    derived = [
        *(keys.years("m", "all"), keys.counted("i", "m"), keys.shared("i", "m")),
        *(keys.tagged("i"), keys.unranked("i"), keys.tag("t"), keys.tag_use("t", "i")),
        *(keys.tag_rank("", "t"), keys.tag_rank("t", "t")),
    ]

    assert not any(keys.is_derived(key._asdict()) for key in facts)
    assert all(keys.is_derived(key._asdict()) for key in derived)
    assert keys.is_derived(facts[4]._asdict() | {"shared": True})


def test_no_two_keys_are_one() -> None:
    makers = [
        keys.admission("x"),
        keys.handle("x"),
        keys.member("x"),
        keys.years("x", "y"),
        keys.highlight("x"),
        keys.entry("x", "y", "w", "z"),
        keys.counted("x", "y"),
        keys.shared("x", "y"),
        keys.tagged("x"),
        keys.unranked("x"),
        keys.tag("x"),
        keys.tag_use("x", "y"),
        keys.tag_rank("x", "y"),
        keys.answer("x", "y"),
    ]

    assert len(set(makers)) == len(makers)
