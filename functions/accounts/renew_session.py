"""POST /v1/sessions/refresh"""

from accounts import account, cognito
from accounts.sessions import Session
from core.errors import Unauthenticated
from core.http import Reply, endpoint
from core.request import Body, Cookies, Now
from core.shapes import Shape


class Renewal(Shape):
    """A browser sends its cookie instead, and an empty object."""

    refresh_token: account.RefreshToken | None = None


@endpoint(status=201, answer=account.Session)
def handler(renewal: Body[Renewal], cookies: Cookies, now: Now) -> Reply:
    """The token that was sent is used up; that of the answer takes its place, where that one came from."""
    token = renewal.refresh_token or account.refresh_token(cookies)
    if not token:
        raise Unauthenticated("There is no refresh token, neither in the body nor in the cookie.")
    session = Session.of(token, now)
    tokens = cognito.renew(session.refresh_token)
    following = session.renewed(tokens, now)
    return account.session(tokens, following, in_cookie=renewal.refresh_token is None)
