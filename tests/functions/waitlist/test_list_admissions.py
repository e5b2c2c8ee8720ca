from core import invited, keys, table
from tests.cloud import Answer, call
from tests.functions.waitlist.conftest import PEOPLE, admit, all_wait
from waitlist import list_admissions

ANN, BEN, CAT, DAN = PEOPLE


def listed(group: str = "operators", **query: int) -> Answer:
    return call(
        list_admissions.handler, user="01OPERATOR", claims={"cognito:groups": f"[{group}]"}, query=query
    )


def test_says_how_many_wait_who_is_next_and_who_has_not_come() -> None:
    all_wait()
    admit(2)
    table.write(table.update(keys.admission(invited.digest(ANN)), "SET redeemed_at = :at", at="2026"))

    found = listed().json

    assert found["waiting"] == 2
    assert [each["email"] for each in found["next"]] == [CAT, DAN]
    assert [each["email"] for each in found["not_come"]] == [BEN]


def test_as_many_as_asked_for() -> None:
    all_wait()

    assert [each["email"] for each in listed(limit=1).json["next"]] == [ANN]


def test_an_empty_list_is_one() -> None:
    assert listed().json == {"waiting": 0, "next": [], "not_come": []}


def test_members_are_refused() -> None:
    assert listed("members").status == 403
