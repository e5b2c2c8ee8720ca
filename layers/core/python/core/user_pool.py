"""The user pool, which alone knows members' addresses. A member's user name is their id, never a handle."""

import os
from typing import Any

from core.aws import AwsError, Client
from core.errors import TooMany

NO_USER = "UserNotFoundException"
_TOO_MANY = ("TooManyRequestsException", "LimitExceededException", "TooManyFailedAttemptsException")

pool = Client("cognito-idp", target="AWSCognitoIdentityProviderService", version="1.1")


def address_of(member_id: str) -> str | None:
    """In lower case. None: there is no such user any more."""
    attributes = (find(member_id) or {"UserAttributes": []})["UserAttributes"]
    return next((str(each["Value"]).lower() for each in attributes if each["Name"] == "email"), None)


def find(name: str) -> dict[str, Any] | None:
    """What AdminGetUser knows of whom this id names, or this address, which only a proven one does."""
    try:
        return call("AdminGetUser", {"Username": name} | itself())
    except AwsError as error:
        if error.code == NO_USER:
            return None
        raise


def call(
    operation: str, request: dict[str, Any], *, signed: bool = True, **patience: float
) -> dict[str, Any]:
    try:
        answer: dict[str, Any] = pool.call(operation, request, signed=signed, **patience)
    except AwsError as error:
        if error.code in _TOO_MANY:
            raise TooMany("Too many tries; wait a minute.", headers={"retry-after": "60"}) from None
        raise
    return answer


def itself() -> dict[str, str]:
    return {"UserPoolId": os.environ["USER_POOL_ID"]}
