"""Cognito's pre-sign-up trigger: the user pool itself takes nobody in who has no admission.

Event and answer: docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-sign-up.html
"""

from typing import Any

from accounts import admissions
from core import keys, table


def handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Only create_account reserves an admission for a member id, so no sign-up past our API has one."""
    address = event["request"]["userAttributes"].get("email", "").lower()
    admission = table.get(keys.admission(admissions.digest(address)), consistent=True)
    if not admission or "redeemed_at" in admission or admission.get("member_id") != event["userName"]:
        raise PermissionError("There is no admission for this address.")
    event["response"] |= {"autoConfirmUser": True, "autoVerifyEmail": True}
    return event
