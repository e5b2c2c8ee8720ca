import pytest

from members import change_handle, get_me, get_member, open_up, raise_shield
from tests.cloud import Answer, call
from tests.functions.conftest import Person, join


def shield(user: Person, domains: list[str] | None = None, members: list[str] | None = None) -> Answer:
    return call(raise_shield.handler, user=user.id, body={"domains": domains or [], "members": members or []})


def sees(viewer: Person | None, handle: str = "alice") -> bool:
    seen = call(get_member.handler, user=viewer.id if viewer else None, public=not viewer, handle=handle)
    return bool(seen.json["open_to"])


@pytest.fixture
def open_alice(alice: Person) -> Person:
    call(open_up.handler, user=alice.id, activity="full-time-job")
    return alice


def test_hides_it_from_the_employer_on_the_profile(open_alice: Person) -> None:
    boss, stranger = join("the-boss", "mail.acme.example"), join("stranger")
    assert [sees(boss), sees(stranger), sees(None)] == [True, True, True]

    assert shield(open_alice, ["Acme.example"]).status == 200

    assert [sees(boss), sees(stranger), sees(None)] == [False, True, False]


def test_hides_it_from_members_whatever_their_handle_is_now(open_alice: Person, bob: Person) -> None:
    raised = shield(open_alice, members=[bob.handle.upper()])

    assert raised.json["shield"] == {"domains": [], "members": [{"id": bob.id, "handle": bob.handle}]}
    call(change_handle.handler, user=bob.id, body={"handle": "robert"})
    assert not sees(bob)


def test_again_replaces_the_whole_and_empty_lowers_it(open_alice: Person, bob: Person) -> None:
    shield(open_alice, ["acme.example"], [bob.handle])

    assert shield(open_alice).json["shield"] == {"domains": [], "members": []}
    assert [sees(bob), sees(None)] == [True, True]


def test_is_told_to_its_owner_alone(open_alice: Person, bob: Person) -> None:
    shield(open_alice, ["acme.example"])

    assert call(get_me.handler, user=open_alice.id).json["shield"]["domains"] == ["acme.example"]
    assert "shield" not in call(get_member.handler, user=bob.id, handle="alice").json


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"domains": ["acme"]}, "/domains/0"),
        ({"domains": ["ok.example", "a@acme.example"]}, "/domains/1"),
        ({"domains": [f"d{n}.example" for n in range(21)]}, "/domains"),
        ({"members": ["no-body"]}, "/members/0"),
        ({"members": ["bob-the-builder", "alice"]}, "/members/1"),
        ({"members": [f"m{n}" for n in range(51)]}, "/members"),
        ({"names": []}, "/names"),
    ],
)
def test_bad_input_names_the_field(
    alice: Person, bob: Person, body: dict[str, list[str]], pointer: str
) -> None:
    assert bob
    refused = call(raise_shield.handler, user=alice.id, body=body)

    assert (refused.status, refused.pointers) == (422, [pointer])
    assert call(get_me.handler, user=alice.id).json["shield"] == {"domains": [], "members": []}


def test_a_former_handle_names_nobody(alice: Person, bob: Person) -> None:
    call(change_handle.handler, user=bob.id, body={"handle": "robert"})

    assert shield(alice, members=[bob.handle]).pointers == ["/members/0"]
