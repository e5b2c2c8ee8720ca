import json
from functools import partial

import pytest

from accounts import create_account
from members import get_me, get_member
from tests.cloud import Answer, call
from tests.functions.accounts.conftest import ADA, admit, create, everything, signed_in, stored
from tests.functions.accounts.pool import Pool
from tests.functions.conftest import Person
from tests.output import Output
from tests.racing import at_once


def kinds() -> list[str]:
    return sorted({item["pk"]["S"].partition("#")[0] for item in everything()})


def test_a_new_member_has_a_profile_a_handle_and_a_sign_in(pool: Pool) -> None:
    created = create()

    assert created.status == 201
    assert created.json == {"id": created.json["id"], "handle": "ada", "name": "Ada", "confirmed": True}
    assert pool.users == {created.json["id"]: "ada@example.org"}
    assert pool.members == {"ada@example.org": created.json["id"]}
    assert call(get_me.handler, user=created.json["id"]).json["visibility"] == "public"
    assert call(get_member.handler, public=True, handle="ada").json["name"] == "Ada"
    assert signed_in().status == 201


def test_an_address_is_one_whatever_its_case_and_the_space_around_it(pool: Pool) -> None:
    created = create(email="  ADA@Example.ORG ")

    assert list(pool.users.values()) == ["ada@example.org"]
    assert created.status == 201
    assert create(email="ada@example.org").status == 409


def test_a_handle_is_one_whatever_its_case() -> None:
    assert create(handle="Ada-L").json["handle"] == "ada-l"


def test_a_wrong_code_and_an_unknown_address_are_refused_in_the_same_words(pool: Pool) -> None:
    before = everything()

    wrong, unknown = create(code="guess"), create(email="eve@example.org")

    assert wrong.status == 403
    assert wrong == unknown
    assert pool.calls == []
    assert everything() == before


def test_the_code_of_another_address_does_not_admit(pool: Pool) -> None:
    admit("eve@example.org", "for eve")

    assert create(code="for eve").status == 403
    assert pool.users == {}


def test_a_code_is_good_once(pool: Pool) -> None:
    create()
    before = everything()

    again = create(handle="ada-2", password="another battery staple")

    assert again.status == 409
    assert everything() == before
    assert len(pool.users) == 1
    assert signed_in(password="another battery staple").status == 401


def test_whether_a_code_was_used_is_told_only_to_who_has_it() -> None:
    create()

    assert create(code="guess").status == 403


@pytest.mark.parametrize("taken", ["alice", "ALICE", "a-lice", "al1ce"])
def test_another_handle_can_be_chosen_with_the_same_code(pool: Pool, alice: Person, taken: str) -> None:
    before = everything()

    refused = create(handle=taken)

    assert refused.status == 409
    assert "choose another" in refused.json["detail"]
    assert (everything(), pool.calls) == (before, [])
    assert create(handle="ada").status == 201
    assert call(get_me.handler, user=alice.id).json["handle"] == alice.handle


def test_nothing_is_left_of_how_it_came_about() -> None:
    created = create()

    assert kinds() == ["ADMISSION", "HANDLE", "MEMBER"]
    assert not [item for item in everything() if item.keys() & {"ttl", "held_until"} and "handle" in item]
    [admission] = [item for item in everything() if item["sk"]["S"] == "ADMISSION"]
    assert admission["redeemed_by"] == {"S": created.json["id"]}


def test_a_password_that_the_pool_refuses_changes_nothing(pool: Pool) -> None:
    pool.refusals["SignUp"] = ["InvalidPasswordException"]

    refused = create()

    assert (refused.status, refused.pointers) == (422, ["/password"])
    assert (pool.users, kinds()) == ({}, ["ADMISSION", "HANDLE", "SIGNUP"])
    assert create().status == 201


@pytest.mark.parametrize("code", ["LimitExceededException", "TooManyFailedAttemptsException"])
def test_too_many_tries_are_told_how_long_to_wait(pool: Pool, code: str) -> None:
    pool.refusals["SignUp"] = [code]

    refused = create()

    assert refused.status == 429
    assert refused.headers["retry-after"] == "60"


def test_who_was_slower_than_another_try_is_told_so_and_not_of_a_fault(pool: Pool) -> None:
    pool.refusals["SignUp"] = ["UserLambdaValidationException"]

    assert create().status == 409


def test_of_many_at_once_exactly_one_opens_an_account(pool: Pool) -> None:
    answers = at_once(*(partial(create, handle=f"ada-{letter}") for letter in "abcdefghjklmnopq"))

    [won] = [each for each in answers if each.status == 201]
    assert {each.status for each in answers} == {201, 409}
    assert list(pool.users) == [won.json["id"]]
    taken = [item["handle"]["S"] for item in everything() if "handle" in item]
    assert taken == [won.json["handle"]] * 2
    assert signed_in().status == 201


def test_a_repeat_with_its_key_is_answered_as_the_first() -> None:
    first = create(key="k1")

    assert create(key="k1") == first
    assert create(key="k1", handle="other").status == 422
    assert create(key="k2").status == 409


def test_at_once_with_one_key_all_hear_of_the_same_account(pool: Pool) -> None:
    answers = at_once(*[partial(create, key="k1")] * 8)

    created = [each for each in answers if each.status == 201]
    assert len({each.json["id"] for each in created}) == 1
    assert {each.status for each in answers} <= {201, 409}
    assert len(pool.users) == 1
    assert create(key="k1") == created[0]


def test_neither_address_nor_code_nor_password_is_logged_whatever_happens(pool: Pool, output: Output) -> None:
    pool.refusals["SignUp"] = [
        "ResourceNotFoundException",
        "InvalidPasswordException",
        "LimitExceededException",
    ]
    tries = [
        create(key="k1"),
        create(),
        create(),
        create(code="guess"),
        create(handle="!"),
        create(),
        create(),
    ]
    session = signed_in()
    tries += [session, signed_in(password="wrong horse battery"), signed_in(email="eve@example.org")]

    assert [each.status for each in tries] == [500, 422, 429, 403, 422, 201, 409, 201, 401, 401]
    assert len(output.logged) == len(tries) + 1
    tokens = (session.json["access_token"], session.json["refresh_token"])
    for secret in (ADA["code"], "guess", "horse", "example.org", *tokens):
        assert secret not in output.text


def test_neither_address_nor_code_nor_password_stands_in_the_table() -> None:
    create(key="k1")

    kept = json.dumps(stored())
    assert "ada" in kept
    for secret in (ADA["email"], "ada@", "example.org", ADA["code"], ADA["password"], "horse"):
        assert secret not in kept


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        *(("email", each) for each in ("", "ada", "ada@example", "a b@example.org", "a@b@c.org", None, 1)),
        *(("email", each) for each in ("ada@example.org\nbcc:eve@example.org", "x" * 243 + "@example.org")),
        *(
            ("password", each)
            for each in ("", "eleven char", "x" * 257, " at both the ends ", None, ["x"] * 12)
        ),
        *(("code", each) for each in ("", "x" * 201, "a\nb")),
        *(("handle", each) for each in ("", "ab", "x" * 31, "-ada", "ada-", "ada.l", "äda", "admin", "r00t")),
        *(("name", each) for each in ("", "   ", "x" * 81, "Ada\u202e", "A\nda", {"first": "Ada"})),
        *((each, "x") for each in ("id", "member_id", "visibility", "role")),
    ],
)
def test_bad_input_names_the_field_and_writes_nothing(pool: Pool, field: str, wrong: object) -> None:
    before = everything()

    refused = call(create_account.handler, body=ADA | {field: wrong})

    assert (refused.status, refused.pointers) == (422, [f"/{field}"])
    assert (everything(), pool.calls) == (before, [])


@pytest.mark.parametrize("field", list(ADA))
def test_what_is_missing_is_named(field: str) -> None:
    body = {name: value for name, value in ADA.items() if name != field}

    refused: Answer = call(create_account.handler, body=body)

    assert refused.pointers == [f"/{field}"]


def test_the_longest_of_everything_is_taken() -> None:
    longest = {"password": "ü" * 98, "handle": "x" * 30, "name": "ü" * 80}

    assert create(**longest).status == 201


def test_guesses_are_limited_for_each_network_and_codes_that_came_by_mail_are_not() -> None:
    statuses = [create(code="guess", email=f"eve-{number}@example.org").status for number in range(11)]

    assert statuses == [403] * 10 + [429]
    assert create(code="guess", source="198.51.100.9").status == 403
    assert create().status == 201
