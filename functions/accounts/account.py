"""Accounts and the sessions of their owners."""

import os
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from accounts.authorizations import Proof
from core.errors import field
from core.handles import Handle
from core.http import Reply
from core.request import Cookies
from core.shapes import Address, Id, Line, Shape

_REFRESH_COOKIE = "__Secure-refresh"
_REFRESH_SECONDS = 30 * 24 * 3600

# No rules of composition: length is what counts (NIST SP 800-63B, 3.1.1.2).
# Cognito takes no white space at the ends, so that is said here, and by the field's name.
Password = Annotated[
    str, StringConstraints(min_length=12, max_length=256, strip_whitespace=False, pattern=r"^\S.*\S$")
]
RefreshToken = Annotated[str, StringConstraints(max_length=8192)]


class NewAccount(Shape):
    """With a `password`, or with a proven `identity` of a provider, which is linked with the account."""

    email: Address
    password: Password | None = None
    identity: Proof | None = None
    code: Annotated[Line, StringConstraints(min_length=1, max_length=200)]
    handle: Handle
    name: Annotated[Line, StringConstraints(min_length=1, max_length=80)]

    def secret(self) -> str:
        """Their password, or one that nobody knows."""
        if self.identity is None and self.password is None:
            raise field("password", "is missing")
        if self.identity is not None and self.password is not None:
            raise field("identity", "comes without a password")
        return self.password or os.urandom(32).hex()


class Account(Shape):
    id: Id
    handle: str
    name: str
    confirmed: bool = Field(
        True, description="false: a code was mailed; the account is there once it is sent back."
    )


MailedCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]


class Session(Shape):
    """`access_token` goes into `Authorization: Bearer …`.

    `refresh_token` is good for one renewal, which gives the next one; null where a cookie holds it, and where
    there is none (for a personal access token).
    """

    access_token: str
    expires_in: int = Field(description="Seconds.")
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - no secret
    refresh_token: str | None = None


def session(tokens: dict[str, Any], refresh: str | None = None, *, in_cookie: bool = False) -> Reply:
    """A browser's refresh token lives in a cookie that no script can read and no other site can send."""
    kept = None if in_cookie else refresh
    body = Session(access_token=tokens["AccessToken"], expires_in=tokens["ExpiresIn"], refresh_token=kept)
    return Reply(body, cookies=(cookie(refresh, _REFRESH_SECONDS),) if in_cookie and refresh else ())


def cookie(value: str, seconds: int) -> str:
    limits = f"Path=/v1/sessions; Max-Age={seconds}; HttpOnly; Secure; SameSite=Strict"
    return f"{_REFRESH_COOKIE}={value}; {limits}"


def refresh_token(cookies: Cookies) -> str | None:
    return cookies.get(_REFRESH_COOKIE)
