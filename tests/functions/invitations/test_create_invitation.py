import json
from functools import partial

import pytest

from core import keys, table
from invitations import create_invitation, limits, revoke_invitation
from tests.cloud import call
from tests.functions.accounts.pool import Pool
from tests.functions.conftest import Person, join
from tests.functions.invitations.conftest import (
    ADDRESS,
    free,
    invitations,
    invite,
    later,
    mails,
    shown,
    stored,
)
from tests.output import Output
from tests.racing import at_once


def test_an_invitation_is_mailed_and_says_who_invites_and_why(alice: Person) -> None:
    sent = invite(alice, ADDRESS, note="You should be here.")

    assert sent.status == 201
    assert (sent.json["state"], sent.json["email"], sent.json["code"]) == ("sent", ADDRESS, None)
    [mail] = mails()
    assert (mail["kind"], mail["to"]) == ("invitation", ADDRESS)
    assert (
        mail["values"].items()
        >= {"inviter": "Alice", "handle": "alice", "note": "You should be here."}.items()
    )
    assert shown(mail["values"]["code"]).json["holds"]
    assert mail["values"]["until"] == sent.json["expires_at"][:10]


def test_without_an_address_its_code_is_given_once(alice: Person) -> None:
    given = invite(alice)

    assert given.status == 201
    assert len(given.json["code"]) == 32  # of 64 letters: 192 bits
    assert mails() == []
    assert [each["code"] for each in invitations(alice)] == [None] * 10
    assert shown(given.json["code"]).json["holds"]


def test_a_repeat_with_its_key_is_answered_as_the_first_code_and_all(alice: Person) -> None:
    first = invite(alice, key="k1")

    assert invite(alice, key="k1") == first
    assert free(alice) == 9
    assert invite(alice, ADDRESS, key="k1").status == 422


def test_a_repeat_mails_once(alice: Person) -> None:
    assert invite(alice, ADDRESS, key="k1") == invite(alice, ADDRESS, key="k1")
    assert len(mails()) == 1
    assert free(alice) == 9


def test_no_code_stands_in_the_table_but_in_the_mail_that_waits_to_be_sent(
    alice: Person, output: Output
) -> None:
    handed_on, _ = invite(alice, key="k1").json["code"], invite(alice, ADDRESS, key="k2")
    [mail] = mails()

    kept = json.dumps([item for item in stored() if item["sk"] != "MAIL"])
    for code in (handed_on, mail["values"]["code"]):
        assert code not in kept
        assert code not in output.text
    assert ADDRESS not in output.text


def test_ten_are_all_there_are(alice: Person, bob: Person) -> None:
    assert [invite(alice).status for _ in range(11)] == [201] * 10 + [409]
    assert free(alice) == 0
    assert invite(bob).status == 201


def test_how_many_there_are_is_a_setting(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INVITATIONS_EACH", "2")
    assert [invite(alice).status for _ in range(3)] == [201, 201, 409]

    monkeypatch.setenv("INVITATIONS_EACH", "3")
    assert invite(alice).status == 201


def test_many_at_once_are_no_more_than_there_are(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INVITATIONS_EACH", "4")

    answers = at_once(*[partial(invite, alice)] * 10)

    made = [each for each in answers if each.status == 201]
    assert len({each.json["code"] for each in made}) == 4
    assert {each.status for each in answers} == {201, 409}
    assert free(alice) == 0


def test_one_that_nobody_redeems_comes_back_though_the_table_has_not_swept_it(
    alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = [invite(alice).json["code"] for _ in range(10)]
    later(monkeypatch, days=30, seconds=1)

    assert free(alice) == 10
    newer = invite(alice)
    assert newer.status == 201
    assert free(alice) == 9
    assert shown(newer.json["code"]).json["holds"]
    assert {shown(code).json["state"] for code in codes} == {"expired"}


def test_a_revoked_one_is_used_again_before_it_would_have_expired(alice: Person) -> None:
    made = [invite(alice).json for _ in range(10)]
    call(revoke_invitation.handler, user=alice.id, invitation_id=made[3]["id"])

    assert invite(alice).status == 201
    assert invite(alice).status == 409
    assert shown(made[3]["code"]).json["state"] == "revoked"


def test_a_place_is_not_taken_from_a_sign_up_that_was_begun_in_time(
    alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INVITATIONS_EACH", "1")
    invite(alice)
    table.write(table.update(keys.invitation(alice.id, 0), "SET held_until = :until", until="9999"))
    later(monkeypatch, days=31)

    assert free(alice) == 0
    assert invite(alice).status == 409


def test_an_address_is_invited_once_by_a_member_and_thrice_in_all(alice: Person, bob: Person) -> None:
    carol, dora = join("carol"), join("dora")

    assert [invite(each, ADDRESS).status for each in (alice, alice, bob, carol, dora)] == [
        201,
        409,
        201,
        201,
        429,
    ]
    assert len(mails()) == 3
    assert (free(alice), free(dora)) == (9, 10)


def test_an_address_is_one_whatever_its_case(alice: Person) -> None:
    invite(alice, ADDRESS)

    assert invite(alice, "  GRACE@Example.org ").status == 409


def test_revoking_does_not_let_one_write_to_an_address_again(alice: Person) -> None:
    sent = invite(alice, ADDRESS)
    call(revoke_invitation.handler, user=alice.id, invitation_id=sent.json["id"])

    assert invite(alice, ADDRESS).status == 409


def test_after_thirty_days_it_can_be_invited_again(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    invite(alice, ADDRESS)
    later(monkeypatch, days=30, seconds=1)

    assert invite(alice, ADDRESS).status == 201


def test_of_many_who_invite_an_address_at_once_three_do(alice: Person) -> None:
    people = [alice, *(join(f"member-{letter}") for letter in "abcde")]

    answers = at_once(*(partial(invite, each, ADDRESS) for each in people))

    assert [each.status for each in answers].count(201) == 3
    assert {each.status for each in answers} <= {201, 409, 429}
    assert len(mails()) == 3


def test_ones_own_address_is_refused(alice: Person, pool: Pool) -> None:
    pool._forward(
        "AdminCreateUser",
        {
            "UserPoolId": pool.id,
            "Username": alice.id,
            "UserAttributes": [{"Name": "email", "Value": "alice@example.org"}],
        },
    )

    refused = invite(alice, "Alice@example.org")

    assert (refused.status, refused.pointers) == (422, ["/email"])
    assert free(alice) == 10


def test_the_address_of_a_member_is_invited_like_any_other(alice: Person, pool: Pool) -> None:
    pool._forward(
        "AdminCreateUser",
        {
            "UserPoolId": pool.id,
            "Username": "somebody",
            "UserAttributes": [{"Name": "email", "Value": ADDRESS}],
        },
    )

    known, unknown = invite(alice, ADDRESS), invite(alice, "nobody@example.org")

    assert (known.status, unknown.status) == (201, 201)
    assert known.json.keys() == unknown.json.keys()


def test_a_member_sends_few_in_a_day_however_many_are_revoked(
    alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "INVITATIONS", limits.INVITATIONS._replace(times=2))

    assert [invite(alice).status for _ in range(3)] == [201, 201, 429]


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        *(
            ("email", each)
            for each in ("", "ada", "a b@example.org", "a@example.org\r\nbcc: b@example.org", 1)
        ),
        *(("note", each) for each in ("x" * 501, "turned\u202e", None, 1)),
        *((each, "x") for each in ("code", "state", "id", "inviter")),
    ],
)
def test_bad_input_names_the_field_and_sends_nothing(alice: Person, field: str, wrong: object) -> None:
    refused = call(create_invitation.handler, user=alice.id, body={field: wrong})

    assert (refused.status, refused.pointers) == (422, [f"/{field}"])
    assert free(alice) == 10


def test_who_has_no_profile_has_no_invitations() -> None:
    assert call(create_invitation.handler, user="01ARZ3NDEKTSV4RRFFQ69G5FAV", body={}).status == 404
