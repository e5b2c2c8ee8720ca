"""Asked behind an alias of a blind search: nothing names the member until they are interested."""

import json

import pytest

from core import blind
from tests.functions.conftest import Person
from tests.functions.contacts.acting import ask, decide, everything, listed, open_to, read


def alias(of: Person, searcher: Person) -> str:
    return blind.alias(of.id, searcher.id)


def test_nothing_names_the_member_while_they_have_not_answered(alice: Person, bob: Person) -> None:
    open_to(alice)

    made = ask(bob, alias(alice, bob))

    assert (made.status, made.json["other"], made.json["alias"]) == (201, None, alias(alice, bob))
    seen = [made.json, read(bob, made.json["id"]).json, listed(bob, "sent").json]
    for each in seen:
        assert not [name for name in (alice.id, alice.handle, "Alice") if name in json.dumps(each)]


def test_a_question_whose_words_could_tell_who_asks_it_is_not_put(alice: Person, bob: Person) -> None:
    open_to(alice, question="What do you know of Alice?")

    made = ask(bob, alias(alice, bob), answer="Nothing.")

    assert (made.status, made.json["question"], made.json["answer"]) == (201, "", "")
    assert "Alice" not in json.dumps([read(bob, made.json["id"]).json, listed(bob, "sent").json])
    assert ask(bob, alice).pointers == ["/answer"], "by name it is put"


def test_the_member_sees_who_asks_and_knows_nothing_of_the_alias(alice: Person, bob: Person) -> None:
    open_to(alice)
    made = ask(bob, alias(alice, bob)).json["id"]

    [received] = listed(alice, "received").json["items"]

    assert (received["other"]["handle"], received["alias"]) == (bob.handle, None)
    assert read(alice, made).json["alias"] is None


def test_whoever_is_interested_tells_who_they_are(alice: Person, bob: Person) -> None:
    open_to(alice)
    made = ask(bob, alias(alice, bob)).json["id"]

    assert decide(alice, made, "interested").status == 200

    shown = read(bob, made).json
    assert (shown["other"]["handle"], shown["alias"]) == ("alice", None)
    assert listed(bob, "sent").json["items"][0]["other"]["handle"] == "alice"
    assert blind.revealed_to(bob.id, [alice.id]) == {alice.id}


@pytest.mark.parametrize("state", ["not_now", "withdrawn"])
def test_whoever_is_not_stays_unknown(alice: Person, bob: Person, state: str) -> None:
    open_to(alice)
    made = ask(bob, alias(alice, bob)).json["id"]

    assert decide(alice if state == "not_now" else bob, made, state).status == 200

    assert read(bob, made).json["other"] is None
    assert blind.revealed_to(bob.id, [alice.id]) == set()


def test_an_alias_is_of_no_use_to_anybody_else(alice: Person, bob: Person, mallory: Person) -> None:
    open_to(alice)
    before = len(everything())

    for wrong in (alias(alice, bob), alias(alice, bob)[:-1], "~", "~" + "A" * 60):
        assert ask(mallory, wrong).pointers == ["/member"]
    assert len(everything()) <= before + 1  # the tries that a limit counts


def test_to_have_asked_by_name_says_nothing_of_whom_an_alias_stands_for(alice: Person, bob: Person) -> None:
    open_to(alice)

    assert ask(bob, alice).status == 201
    assert ask(bob, alias(alice, bob)).status == 201
    assert ask(bob, alias(alice, bob)).status == 409
