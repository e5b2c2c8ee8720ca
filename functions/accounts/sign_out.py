"""DELETE /v1/sessions"""

from typing import Literal

from accounts import account, cognito
from accounts.renew_session import Renewal
from core.http import Reply, endpoint
from core.request import Body, Caller, Cookies, Query
from core.shapes import Shape


class SignOut(Shape):
    everywhere: Literal["true", "false"] = "false"


@endpoint(status=204)
def handler(asked: Query[SignOut], given: Body[Renewal], me: Caller, cookies: Cookies) -> Reply:
    if asked.everywhere == "true":
        cognito.sign_out_everywhere(me.id)
    elif token := given.refresh_token or account.refresh_token(cookies):
        cognito.revoke(token)
    return Reply(None, cookies=(account.cookie("", 0),))
