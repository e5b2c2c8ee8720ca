"""The yardstick of the benchmarks: what DynamoDB charges."""

from typing import Any

from benchmarks.units import prices


def item(size: int, **others: str) -> dict[str, Any]:
    rest = {"pk": {"S": "p"}, "sk": {"S": "s"}} | {name: {"S": value} for name, value in others.items()}
    return rest | {"t": {"S": "x" * (size - prices.size(rest) - 1)}}


def test_sizes_names_and_values() -> None:
    assert prices.size({"name": {"S": "café"}}) == 4 + 5
    assert prices.size({"n": {"N": "1234"}}) == 1 + 3
    assert prices.size({"n": {"N": "-5"}}) == 1 + 3
    assert prices.size({"n": {"N": "100"}}) == 1 + 2
    assert prices.size({"l": {"L": [{"S": "ab"}, {"BOOL": True}]}}) == 1 + 3 + 1 + 2 + 1 + 1
    assert prices.size({"m": {"M": {"k": {"S": "ab"}}}}) == 1 + 3 + 1 + 1 + 2
    assert prices.size(None) == 0


def test_rounds_a_page_as_a_whole_and_single_items_each() -> None:
    page = [item(1000)] * 20
    assert prices.read_of_page(page) == 2.5
    assert prices.read_of_page(page, consistent=True) == 5
    assert sum(map(prices.read_of_one, page)) == 10


def test_charges_for_finding_nothing() -> None:
    assert prices.read_of_page([]) == prices.read_of_one(None) == 0.5


def test_charges_a_write_for_the_larger_of_before_and_after() -> None:
    assert prices.write(None, item(1024)) == 1
    assert prices.write(item(3000), item(100)) == 3
    assert prices.write(item(1025), None) == 2


def test_doubles_the_tables_part_in_a_transaction_and_not_the_indexes() -> None:
    entry = item(2000, gsi1pk="a", gsi1sk="b", gsi2pk="a", gsi2sk="b")
    assert prices.write(None, entry) == 2 + 2 + 2
    assert prices.write(None, entry, atomic=True) == 4 + 2 + 2


def test_charges_an_index_for_what_changes_in_it() -> None:
    entry = item(500, gsi1pk="a", gsi1sk="b")
    assert prices.write(entry, entry) == 1
    assert prices.write(entry, item(501, gsi1pk="a", gsi1sk="b")) == 2
    assert prices.write(entry, item(500, gsi1pk="a", gsi1sk="c")) == 3
    assert prices.write(entry, item(500)) == 2
    assert prices.write(entry, None) == 2


def test_charges_a_check_as_a_write_in_a_transaction() -> None:
    assert prices.check(item(2500)) == 6
    assert prices.check(None) == 2
