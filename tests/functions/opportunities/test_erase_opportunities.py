import json

from core import keys, table
from opportunities import erase_opportunities
from tests.functions.conftest import Person, join
from tests.functions.opportunities.acting import answers, everything, follow_up, posted, responded, titles
from tests.functions.opportunities.test_match_opportunity import match, open_to


def leave(user: Person) -> None:
    table.write(table.put(keys.departure(user.id)._asdict() | {"id": user.id, "version": 1}))


def erase(user: Person) -> None:
    body = json.dumps({"detail": {"departure_id": user.id, "version": 1}})
    batch = {"Records": [{"messageId": "1", "body": body}]}
    assert erase_opportunities.handler(batch, None) == {"batchItemFailures": []}


def left_of(user: Person) -> set[str]:
    ours = ("OPPORTUNITY", "BOARD", "POSTED", "ANSWERS", "MATCHES")
    return {item["pk"] for item in everything() if user.id in str(item) and item["pk"].startswith(ours)}


def test_all_that_was_posted_and_answered_goes(alice: Person, bob: Person, mallory: Person) -> None:
    own, others = posted(alice, tags=["a"]), posted(bob)
    responded(bob, own)
    responded(alice, others)
    responded(mallory, others)
    open_to(alice)
    match(others)
    leave(alice)

    erase(alice)
    follow_up(own)
    erase(alice)

    assert left_of(alice) == set()
    assert titles() == ["A booklet"]
    assert [each["member_id"] for each in answers(bob, others).json["items"]] == [mallory.id]
    assert not [each for each in everything() if own in str(each)]


def test_of_very_many_a_part_each_time(alice: Person) -> None:
    posters = [join(f"poster-{number}") for number in range(2)]
    for number in range(15):
        responded(alice, posted(posters[number % 2]))
    leave(alice)

    erase(alice)
    departure = table.get(keys.departure(alice.id))
    assert departure is not None
    assert (departure["version"], len(left_of(alice)) > 0) == (2, True)
    erase(alice)
    assert left_of(alice) == set()


def test_nothing_of_who_has_not_left(alice: Person) -> None:
    posted(alice)
    before = everything()

    erase(alice)

    assert everything() == before
