"""DELETE /v1/sessions"""

from contextlib import suppress
from datetime import datetime
from typing import Literal

from accounts import account, cognito, sessions
from accounts.renew_session import Renewal
from accounts.sessions import Session
from core.errors import NotFound, Unauthenticated
from core.http import Reply, endpoint
from core.request import Bearer, Body, Cookies, InPerson, Now, Query
from core.shapes import Shape


class SignOut(Shape):
    everywhere: Literal["true", "false"] = "false"


@endpoint(status=204)
def handler(
    asked: Query[SignOut], given: Body[Renewal], me: InPerson, bearer: Bearer, cookies: Cookies, now: Now
) -> Reply:
    """The session of the refresh token, or without one that of the access token; or all of them."""
    if asked.everywhere == "true":
        cognito.sign_out_everywhere(me.id)
        sessions.end_all(me.id, now)
    elif token := given.refresh_token or account.refresh_token(cookies):
        _end_that_of(token, me.id, now)
    else:
        _end(me.id, bearer.session, now)
    return Reply(None, cookies=(account.cookie("", 0),))


def _end_that_of(token: str, member_id: str, now: datetime) -> None:
    try:
        session = Session.of(token, now)
    except Unauthenticated:  # what gives no session need not be ended (RFC 7009, 2.2)
        return
    if session.member_id == member_id:
        cognito.revoke(session.refresh_token)
        _end(member_id, session.name, now)


def _end(member_id: str, name: str, now: datetime) -> None:
    with suppress(NotFound):
        sessions.end(member_id, name, now)
