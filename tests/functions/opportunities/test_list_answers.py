from core import keys, table
from tests.functions.conftest import Person, join
from tests.functions.opportunities.acting import (
    NOBODYS,
    answers,
    block,
    decide,
    gone,
    hide,
    highlight,
    posted,
    responded,
)


def test_the_poster_sees_all_and_everybody_else_their_own_alone(
    alice: Person, bob: Person, mallory: Person
) -> None:
    made = posted(alice)
    ids = [responded(bob, made), responded(mallory, made)]

    def seen(by: Person) -> list[str]:
        return [each["id"] for each in answers(by, made).json["items"]]

    assert seen(alice) == ids[::-1]
    assert [seen(bob), seen(mallory), seen(join("stranger"))] == [[ids[0]], [ids[1]], []]


def test_page_by_page(alice: Person) -> None:
    made = posted(alice)
    ids = [responded(join(f"member-{number}"), made) for number in range(5)]
    found: list[str] = []
    after: dict[str, str] = {}
    while True:
        page = answers(alice, made, limit=2, **after).json
        found += [each["id"] for each in page["items"]]
        if page["next"] is None:
            break
        after = {"after": page["next"]}

    assert found == ids[::-1]


def test_who_may_not_see_the_opportunity_may_not_ask_for_its_answers(
    alice: Person, bob: Person, mallory: Person
) -> None:
    made = posted(alice)
    responded(bob, made)
    block(mallory, alice)

    missing = answers(bob, NOBODYS)
    assert missing.status == 404
    assert answers(mallory, made).json == missing.json


def test_evidence_is_shown_as_it_is_now(alice: Person, bob: Person) -> None:
    made = posted(alice)
    shown = [highlight(bob, title=title) for title in ("stays", "draft", "deleted")]
    responded(bob, made, highlights=shown)
    table.write(table.update(keys.highlight(shown[1]), "SET visibility = :draft", draft="draft"))
    table.write(table.delete(keys.highlight(shown[2])))
    hide(bob)

    [given] = answers(alice, made).json["items"]

    assert [each["title"] for each in given["evidence"]] == ["stays"]
    assert given["highlights"] == shown


def test_whoever_has_left_reads_former_member(alice: Person, bob: Person) -> None:
    made = posted(alice)
    responded(bob, made)
    gone(bob)

    [given] = answers(alice, made).json["items"]

    assert given["answerer"] == {"id": None, "handle": None, "name": "Former member", "headline": ""}


def test_the_poster_sees_none_of_those_who_were_withdrawn_or_have_blocked_them(
    alice: Person, bob: Person, mallory: Person
) -> None:
    made = posted(alice)
    withdrawn = responded(bob, made)
    responded(mallory, made)
    decide(bob, made, withdrawn, "withdrawn")
    block(mallory, alice)

    assert answers(alice, made).json["items"] == []
    assert answers(bob, made).json["items"][0]["state"] == "withdrawn"
    assert len(answers(mallory, made).json["items"]) == 1
