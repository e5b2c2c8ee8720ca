"""Lifting is told with suspending; what a member who has left is left with stands here."""

from datetime import UTC, datetime

import pytest

from accounts import departures, lift_suspension, suspend_member
from tests.cloud import call
from tests.functions.accounts.conftest import create

OPERATOR = "01ARZ3NDEKTSV4RRFFQ69G5FAV"
GROUPS = {"cognito:groups": "[operators]"}


@pytest.mark.usefixtures("_admission")
def test_who_has_left_is_neither_suspended_nor_let_in_again() -> None:
    ada = str(create().json["id"])
    departures.leave(ada, datetime.now(UTC))

    suspended = call(
        suspend_member.handler, user=OPERATOR, claims=GROUPS, handle="ada", body={"reason": "Left."}
    )
    lifted = call(lift_suspension.handler, user=OPERATOR, claims=GROUPS, handle="ada")

    assert (suspended.status, lifted.status) == (404, 404)
