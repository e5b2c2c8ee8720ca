"""The address of a member, which the user pool alone knows."""

import os
from typing import Any

from core.aws import AwsError, Client

pool = Client("cognito-idp", target="AWSCognitoIdentityProviderService", version="1.1")


def own_address(member_id: str) -> str | None:
    try:
        user = _call("AdminGetUser", {"UserPoolId": os.environ["USER_POOL_ID"], "Username": member_id})
    except AwsError as error:
        if error.code == "UserNotFoundException":
            return None
        raise
    return next((each["Value"].lower() for each in user["UserAttributes"] if each["Name"] == "email"), None)


def _call(operation: str, request: dict[str, Any]) -> dict[str, Any]:
    return pool.call(operation, request)
