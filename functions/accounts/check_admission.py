"""Cognito's pre-sign-up trigger: the user pool itself takes nobody in who has no admission.

Event and answer: docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-sign-up.html
"""

from typing import Any

from core import clock, invited, keys, table


def handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Only create_account begins a sign-up of this id, so no sign-up past our API has one.

    Where the admission does not prove the address the pool mails a code to it. No address is made proven
    here: the pool would take it from another account that has it.
    """
    if event["triggerSource"] == "PreSignUp_AdminCreateUser":  # which only we may: of a personal access token
        return event
    address = event["request"]["userAttributes"].get("email", "").lower()
    begun = table.get(keys.sign_up(event["userName"]), consistent=True)
    if (
        begun is None
        or begun["address_digest"] != invited.digest(address)
        or begun["held_until"] <= clock.timestamp(clock.now())
    ):
        raise PermissionError("There is no admission for this address.")
    event["response"] |= {"autoConfirmUser": begun["proven"], "autoVerifyEmail": False}
    return event
