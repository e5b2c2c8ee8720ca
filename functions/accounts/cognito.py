"""The user pool, which keeps passwords and gives tokens. A member's user name is their id, never a handle."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from core import tokens as signed
from core import user_pool
from core.aws import AwsError
from core.errors import Conflict, Forbidden, Unauthenticated, field

_PROOF, _PROOF_SECONDS = "recognised member", 60  # what check_proof is shown, and how long it is good

# The pool asks a trigger that does not answer in 5 seconds three times: so long a call can take that has one.
_TRIGGERED: dict[str, float] = {"read_timeout": 16, "remaining": 17}

_WRONG = (
    "NotAuthorizedException",
    "PasswordResetRequiredException",
    "UserNotConfirmedException",
    user_pool.NO_USER,
)
_NO_TOKEN = ("InvalidParameterException", "UnauthorizedException", "UnsupportedTokenTypeException")
_WRONG_CODE = (*_WRONG, "CodeMismatchException", "ExpiredCodeException", "InvalidParameterException")
# No account, no proven address, no more codes for now: no stranger must tell them apart.
_NOBODY = (*_WRONG, "CodeDeliveryFailureException", "InvalidParameterException", "LimitExceededException")


def sign_up(member_id: str, address: str, password: str) -> None:
    """A user with an address that is not proven yet; check_admission says whether a code is mailed to it."""
    attributes = [{"Name": "email", "Value": address}]
    user = {"Username": member_id, "Password": password}
    try:
        _call("SignUp", user | _client() | {"UserAttributes": attributes}, signed=False, **_TRIGGERED)
    except AwsError as error:
        if error.code == "UserLambdaValidationException":  # check_admission, as a later try took its place
            raise Conflict("This code is just being used in another try, or has been used.") from None
        if error.code == "CodeDeliveryFailureException":
            raise field("email", "cannot be reached by mail") from None
        if error.code != "UsernameExistsException":  # the id is new: it was us, and the answer was lost
            raise


def confirm(member_id: str, code: str) -> None:
    request = {"Username": member_id, "ConfirmationCode": code} | _client()
    try:
        _call("ConfirmSignUp", request, signed=False)
    except AwsError as error:
        if error.code == "NotAuthorizedException" and _is_confirmed(member_id):
            return  # by an earlier try, which was cut off after it
        if error.code in (*_WRONG_CODE, "AliasExistsException"):
            raise wrong_code() from None
        raise


def _is_confirmed(member_id: str) -> bool:
    user = user_pool.find(member_id)
    return user is not None and user["UserStatus"] == "CONFIRMED"


def wrong_code() -> Forbidden:
    """One for all of them: who does not hold the mail learns nothing about the address."""
    return Forbidden(
        "This code is not, or no longer, good. Ask for a new one; if you have an account, sign in."
    )


def mail_confirmation_code(member_id: str) -> None:
    try:
        user_pool.pool.call("ResendConfirmationCode", {"Username": member_id} | _client(), signed=False)
    except AwsError as error:
        if error.code not in _NOBODY:
            raise


def prove(member_id: str) -> bool:
    """From now on the address signs this user in. False: it is another's, from whom it is not taken."""
    return _set(member_id, email_verified="true")


def _set(member_id: str, **attributes: str) -> bool:
    """False: they would make an address this user's that is another's."""
    listed = [{"Name": name, "Value": value} for name, value in attributes.items()]
    request = {"Username": member_id, "UserAttributes": listed} | user_pool.itself()
    try:
        _call("AdminUpdateUserAttributes", request)
    except AwsError as error:
        if error.code == "AliasExistsException":
            return False
        raise
    return True


def sign_in(address: str, password: str) -> dict[str, Any]:
    return _tokens("USER_PASSWORD_AUTH", {"USERNAME": address, "PASSWORD": password})


def sign_in_known(member_id: str) -> dict[str, Any]:
    """Somebody whom we have recognised ourselves. Raises Unauthenticated where they are shut out."""
    asked = {"AuthFlow": "CUSTOM_AUTH", "AuthParameters": {"USERNAME": member_id}}
    try:
        challenge = _call("InitiateAuth", asked | _client(), signed=False, **_TRIGGERED)
        given = {"USERNAME": member_id, "ANSWER": _proof(member_id, int(time.time()) + _PROOF_SECONDS)}
        answer = {"ChallengeName": "CUSTOM_CHALLENGE", "Session": challenge["Session"]}
        request = answer | {"ChallengeResponses": given} | _client()
        tokens = _call("RespondToAuthChallenge", request, signed=False, **_TRIGGERED)
    except AwsError as error:
        if error.code not in _WRONG:
            raise
        raise Unauthenticated("This account is not open to you any more.") from None
    result: dict[str, Any] = tokens["AuthenticationResult"]
    return result


def _proof(member_id: str, until: int) -> str:
    return signed.sign(_PROOF, f"{member_id} {until}")


def is_proof(answer: str, member_id: str, now: datetime) -> bool:
    """That we have just recognised this member."""
    who, _, until = (signed.read(_PROOF, answer) or "").partition(" ")
    return who == member_id and now.timestamp() <= int(until)


def renew(refresh_token: str) -> dict[str, Any]:
    return _tokens("REFRESH_TOKEN_AUTH", {"REFRESH_TOKEN": refresh_token})


def revoke(refresh_token: str) -> None:
    try:
        _call("RevokeToken", {"Token": refresh_token} | _client(), signed=False)
    except AwsError as error:
        if error.code not in _NO_TOKEN:  # what gives no session need not be revoked (RFC 7009, 2.2)
            raise


def holder(address: str) -> str | None:
    """Who signs in by this address, which only a proven one is good for."""
    user = user_pool.find(address)
    return str(user["Username"]) if user else None


def own_address(member_id: str) -> str:
    """Of who has shown an access token. Raises Unauthenticated where the user is gone in the meantime."""
    if address := user_pool.address_of(member_id):
        return address
    raise Unauthenticated("This account is gone.")


def change_address(member_id: str, address: str) -> None:
    """To one that is proven. Raises Conflict where it became another's in the meantime."""
    if not _set(member_id, email=address, email_verified="true"):
        raise Conflict("This address is that of another account.")


def check_password(member_id: str, password: str) -> None:
    """Raises Forbidden."""
    try:
        tokens = _tokens("USER_PASSWORD_AUTH", {"USERNAME": member_id, "PASSWORD": password})
    except Unauthenticated:
        raise Forbidden("This is not the password of this account.") from None
    revoke(tokens["RefreshToken"])


def sign_out_everywhere(member_id: str) -> None:
    with _gone_is_well():  # an account that is gone has no sessions
        _call("AdminUserGlobalSignOut", {"Username": member_id} | user_pool.itself())


def disable(member_id: str) -> None:
    """Nobody signs in as this user any more, and nobody renews a session."""
    with _gone_is_well():
        _call("AdminDisableUser", {"Username": member_id} | user_pool.itself())


def enable(member_id: str) -> None:
    _call("AdminEnableUser", {"Username": member_id} | user_pool.itself())


def make_user(name: str, password: str) -> None:
    """Of a personal access token. The pool wants an address of everybody: this one is nobody's."""
    address = {"Name": "email", "Value": f"{name.split(':')[1].lower()}@tokens.invalid"}
    user = {"Username": name} | user_pool.itself()
    _call("AdminCreateUser", user | {"UserAttributes": [address], "MessageAction": "SUPPRESS"})
    _call("AdminSetUserPassword", user | {"Password": password, "Permanent": True})


def delete_user(name: str) -> None:
    with _gone_is_well():
        _call("AdminDeleteUser", {"Username": name} | user_pool.itself())


def mail_reset_code(address: str) -> None:
    try:
        user_pool.pool.call("ForgotPassword", {"Username": address} | _client(), signed=False)
    except AwsError as error:
        if error.code not in _NOBODY:
            raise


def reset_password(address: str, code: str, password: str) -> None:
    request = {"Username": address, "ConfirmationCode": code, "Password": password} | _client()
    try:
        _call("ConfirmForgotPassword", request, signed=False)
    except AwsError as error:
        if error.code in _WRONG_CODE:
            raise Forbidden(
                "This code is not, or no longer, good for this address. Ask for a new one."
            ) from None
        raise


def change_password(access_token: str, old: str, new: str) -> None:
    request = {"AccessToken": access_token, "PreviousPassword": old, "ProposedPassword": new}
    try:
        _call("ChangePassword", request, signed=False)
    except AwsError as error:
        if error.code in _WRONG:
            raise field("old_password", "is not the password of this account") from None
        raise


@contextmanager
def _gone_is_well() -> Iterator[None]:
    try:
        yield
    except AwsError as error:
        if error.code != user_pool.NO_USER:
            raise


def _tokens(flow: str, parameters: dict[str, str]) -> dict[str, Any]:
    request = {"AuthFlow": flow, "AuthParameters": parameters} | _client()
    try:
        answer = _call("InitiateAuth", request, signed=False)
    except AwsError as error:
        if error.code not in _WRONG:
            raise
        answer = {}
    result: dict[str, Any] | None = answer.get(
        "AuthenticationResult"
    )  # none with a challenge: a new password
    if result is None:  # one answer for all of them: nobody learns which addresses are known
        raise Unauthenticated("These are not the credentials of an account. A password can be reset.")
    return result


def _call(
    operation: str, request: dict[str, Any], *, signed: bool = True, **patience: float
) -> dict[str, Any]:
    try:
        return user_pool.call(operation, request, signed=signed, **patience)
    except AwsError as error:
        if error.code == "InvalidPasswordException":
            raise field("password", "must be at least 12 characters long") from None
        raise


def _client() -> dict[str, str]:
    return {"ClientId": os.environ["USER_POOL_CLIENT_ID"]}
