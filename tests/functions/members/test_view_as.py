from typing import Any

import pytest

from core import clock
from members import edit_me, get_member, open_up, raise_shield, view_as
from network import block_member, follow_member
from tests.cloud import Answer, call
from tests.functions.conftest import Person, join


def view(user: Person, **as_whom: Any) -> Answer:
    return call(view_as.handler, user=user.id, query=as_whom)


def activities(answer: Answer) -> list[str]:
    return [each["activity"] for each in answer.json["open_to"]]


@pytest.fixture
def open_alice(alice: Person) -> Person:
    """To everybody, to members, to those whom she follows, and no more."""
    for activity, audience in (("mentor", "everybody"), ("speak", "members"), ("teach", "followed")):
        call(open_up.handler, user=alice.id, body={"audience": audience}, activity=activity)
    soon_over = {"expires_at": "2998-01-01T00:00:00Z"}
    call(open_up.handler, user=alice.id, body=soon_over, activity="write")
    return alice


def test_shows_what_each_sees(open_alice: Person, bob: Person, mallory: Person) -> None:
    call(follow_member.handler, user=open_alice.id, handle=bob.handle)
    call(raise_shield.handler, user=open_alice.id, body={"members": ["mallory"]})
    for each in (bob, mallory, join("eve", "acme.example")):
        theirs = call(get_member.handler, user=each.id, handle="alice")
        assert view(open_alice, member=each.handle).json == theirs.json
    assert view(open_alice).json == call(get_member.handler, public=True, handle="alice").json

    assert activities(view(open_alice, member=bob.handle)) == ["mentor", "speak", "teach", "write"]
    assert activities(view(open_alice, member="mallory")) == []
    assert activities(view(open_alice)) == []


def test_shows_what_a_domain_sees(open_alice: Person) -> None:
    call(raise_shield.handler, user=open_alice.id, body={"domains": ["acme.example"]})

    assert activities(view(open_alice, domain="eu.acme.example")) == []
    assert activities(view(open_alice, domain="example.org")) == ["mentor", "speak", "write"]


def test_visitors_do_not_see_a_profile_for_members(alice: Person, bob: Person) -> None:
    call(edit_me.handler, user=alice.id, body={"visibility": "members"})

    assert view(alice).status == 404
    assert view(alice, member=bob.handle).status == 200


def test_who_is_blocked_sees_none(alice: Person, bob: Person) -> None:
    call(block_member.handler, user=alice.id, handle=bob.handle)

    assert view(alice, member=bob.handle).status == 404
    assert view(alice, member="nobody").status == 404


def test_one_at_a_time(alice: Person) -> None:
    both = view(alice, member="bob", domain="acme.example")

    assert (both.status, both.pointers) == (422, ["/domain"])
    assert view(alice, domain="acme").pointers == ["/domain"]


def test_a_token_without_a_profile_sees_nothing() -> None:
    assert view(Person(clock.new_id(), "-")).status == 404
