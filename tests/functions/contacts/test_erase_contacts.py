import json

from contacts import erase_contacts
from core import keys, table
from tests.functions.conftest import Person, join
from tests.functions.contacts.acting import (
    asked,
    decide,
    everything,
    listed,
    mark,
    messages,
    open_to,
    read,
    send,
    states,
    talking,
)


def leave(user: Person) -> None:
    table.write(
        table.put(keys.departure(user.id)._asdict() | {"id": user.id, "version": 1}),
        table.update(keys.member(user.id), "SET visibility = :hidden", hidden="hidden"),
    )


def erase(user: Person) -> None:
    body = json.dumps({"detail": {"departure_id": user.id, "version": 1}})
    batch = {"Records": [{"messageId": "1", "body": body}]}
    assert erase_contacts.handler(batch, None) == {"batchItemFailures": []}


def left_of(needle: str) -> list[str]:
    return [item["pk"] for item in everything() if needle in str(item) and "CONTACT" in str(item["pk"])]


def test_what_came_to_no_conversation_goes_whole(alice: Person, bob: Person, mallory: Person) -> None:
    open_to(alice, weekly_cap=9)
    open_to(bob)
    asked(bob, alice)
    decide(alice, asked(mallory, alice), "not_now")
    asked(alice, bob)
    leave(alice)

    erase(alice)

    assert left_of(alice.id) == []
    assert states(bob, "sent") == states(bob, "received") == states(mallory, "sent") == []
    assert not [each for each in everything() if each["pk"].startswith("ASKED#") or "CAPPED" in each["sk"]]


def test_nothing_is_left_of_what_one_had_not_read(alice: Person, bob: Person) -> None:
    made = talking(bob, alice)
    for each in (alice, bob):
        send(each, made)
    for each in (alice, bob):
        leave(each)
        erase(each)

    assert not [each for each in everything() if each["pk"].startswith("UNREAD#")]


def test_the_other_keeps_what_they_said_themselves(alice: Person, bob: Person) -> None:
    made = talking(bob, alice)
    send(bob, made, "mine")
    send(alice, made, "canary")
    mark(alice, made, 2)
    leave(alice)

    erase(alice)
    erase(alice)

    assert left_of(alice.id) == left_of("canary") == []
    shown = messages(bob, made).json
    assert [(each["message"], each["mine"]) for each in shown["items"]] == [("", False), ("mine", True)]
    assert (shown["other"]["name"], shown["state"]) == ("Former member", "ended")
    assert read(bob, made).json["message"] == "Would you look at my plan?"
    assert listed(bob, "sent").json["items"][0]["other"]["name"] == "Former member"
    assert send(bob, made).status == 403
    leave(bob)
    erase(bob)
    assert left_of(made) == []


def test_of_very_many_a_part_each_time(alice: Person) -> None:
    open_to(alice)
    for number in range(25):
        asked(join(f"member-{number}"), alice)
    leave(alice)

    for runs in range(1, 4):
        erase(alice)
        assert len([item for item in everything() if item["sk"] == "CONTACT"]) == max(25 - 10 * runs, 0)
    departure = table.get(keys.departure(alice.id))
    assert departure is not None
    assert departure["version"] == 3  # it asked twice to go on


def test_nothing_of_who_has_not_left(alice: Person, bob: Person) -> None:
    open_to(alice)
    asked(bob, alice)
    before = everything()

    erase(alice)

    assert everything() == before
