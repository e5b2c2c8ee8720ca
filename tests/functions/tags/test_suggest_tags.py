from typing import Any

import pytest

from tags import suggest_tags
from tests.cloud import Answer, call
from tests.functions.conftest import Person
from tests.functions.timeline.acting import created, delete, edit, follow_up


def suggested(user: Person | None = None, /, **query: Any) -> list[tuple[str, int]]:
    answer = ask(user, **query)
    assert answer.status == 200, answer
    return [(item["tag"], item["uses"]) for item in answer.json["items"]]


def ask(user: Person | None = None, /, **query: Any) -> Answer:
    if user:
        return call(suggest_tags.handler, user=user.id, query=query)
    return call(suggest_tags.handler, public=True, query=query)


def used(user: Person, /, *sets: list[str], **changes: Any) -> list[str]:
    ids = [created(user, tags=tags, **changes) for tags in sets]
    follow_up(*ids)
    return ids


def test_the_most_used_come_first(alice: Person, bob: Person) -> None:
    used(alice, ["python"], ["python", "perl"], ["pandas", "python"])
    used(bob, ["pandas"], ["rust"])

    assert suggested(prefix="p") == [("python", 3), ("pandas", 2), ("perl", 1)]
    assert suggested(bob, prefix="p") == suggested(prefix="p")
    assert suggested() == [("python", 3), ("pandas", 2), ("perl", 1), ("rust", 1)]


def test_a_prefix_is_any_beginning(alice: Person) -> None:
    used(alice, ["data pipelines", "data science", "database", "c#"])

    assert [tag for tag, _ in suggested(prefix="data p")] == ["data pipelines"]
    assert [tag for tag, _ in suggested(prefix="data ")] == ["data pipelines", "data science", "database"]
    assert [tag for tag, _ in suggested(prefix="DÁTA-")] == []
    assert [tag for tag, _ in suggested(prefix="Dáta p")] == ["data pipelines"]
    assert [tag for tag, _ in suggested(prefix="data pipelines")] == ["data pipelines"]
    assert [tag for tag, _ in suggested(prefix="data pipelines!")] == []
    assert [tag for tag, _ in suggested(prefix="c#")] == ["c#"]


def test_what_goes_with_the_chosen_ones_comes_first(alice: Person) -> None:
    used(alice, ["python", "kafka", "etl"], ["python", "kafka"], ["python", "yoga"], ["rust"], ["rust"])

    assert suggested(**{"with": "python"})[:3] == [("kafka", 2), ("yoga", 1), ("etl", 1)]
    assert suggested(**{"with": "python,kafka"})[0] == ("etl", 1)
    assert suggested(**{"with": "Kafka, #Python,"}) == suggested(**{"with": "kafka,python"})
    assert suggested(**{"with": "python", "prefix": "y"}) == [("yoga", 1)]


def test_then_come_all_others_but_the_chosen(alice: Person) -> None:
    used(alice, ["python", "kafka"], ["rust"], ["rust"])

    assert suggested(**{"with": "python"}) == [("kafka", 1), ("rust", 2)]
    assert suggested(**{"with": "unheard of"}) == suggested()


@pytest.mark.parametrize("visibility", ["draft", "members"])
def test_what_is_not_public_is_never_counted(alice: Person, visibility: str) -> None:
    [made] = used(alice, ["secret", "plan"], visibility=visibility)
    assert suggested(alice) == suggested(alice, **{"with": "secret"}) == []

    edit(alice, made, visibility="public")
    follow_up(made)
    assert suggested() == [("plan", 1), ("secret", 1)]

    edit(alice, made, visibility=visibility)
    follow_up(made)
    assert suggested(alice) == suggested(alice, **{"with": "secret"}) == []


def test_follows_edits_and_deletions(alice: Person) -> None:
    first, second = used(alice, ["python", "kafka"], ["python"])

    edit(alice, first, tags=["rust"])
    follow_up(first)
    assert suggested() == [("python", 1), ("rust", 1)]
    assert suggested(**{"with": "python"}) == [("rust", 1)]

    delete(alice, second)
    follow_up(second)
    assert suggested() == [("rust", 1)]


def test_counts_exactly_up_to_eight(alice: Person) -> None:
    for count in range(1, 9):
        used(alice, ["python"])
        assert suggested() == [("python", count)]


def test_gives_ten_unless_asked(alice: Person) -> None:
    used(alice, [f"tag {number:02}" for number in range(30)])

    assert [tag for tag, _ in suggested()] == [f"tag {number:02}" for number in range(10)]
    assert len(suggested(limit=1)) == 1
    assert len(suggested(limit=50)) == 30
    assert len(suggested(limit=50, **{"with": "tag 00"})) == 29


def test_nothing_begins_so() -> None:
    assert suggested(prefix="zz") == suggested() == suggested(**{"with": "a"}) == []


@pytest.mark.parametrize(
    ("query", "pointers"),
    [
        ({"limit": 0}, ["/limit"]),
        ({"limit": 51}, ["/limit"]),
        ({"limit": "abc"}, ["/limit"]),
        ({"prefix": "a" * 41}, ["/prefix"]),
        ({"with": "a;b"}, ["/with"]),
        ({"with": ",".join(f"{n}" for n in range(31))}, ["/with"]),
        ({"with": "a" * 2001}, ["/with"]),
        ({"with_": "a"}, ["/with_"]),
        ({"after": "x"}, ["/after"]),
        ({"prefix": ["a", "b"]}, ["/prefix"]),
    ],
)
def test_bad_queries_name_the_parameter(query: dict[str, Any], pointers: list[str]) -> None:
    refused = ask(**query)

    assert (refused.status, refused.pointers) == (422, pointers)


def test_is_cached_for_visitors() -> None:
    assert ask().headers["cache-control"].startswith("public, max-age=")
