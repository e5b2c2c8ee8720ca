"""POST /v1/sessions"""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from accounts import account, agents, cognito, limits, sessions
from core.http import Reply, endpoint
from core.request import Agent, Body, Now
from core.shapes import Address, Shape


class Credentials(Shape):
    email: Address
    password: Annotated[str, StringConstraints(min_length=1, max_length=256, strip_whitespace=False)]
    refresh_token_in: Literal["body", "cookie"] = Field("body", description="Browsers take `cookie`.")


@endpoint(status=201, answer=account.Session)
def handler(credentials: Body[Credentials], agent: Agent, now: Now) -> Reply:
    limits.SIGN_INS.spend(credentials.email, now)
    tokens = cognito.sign_in(credentials.email, credentials.password)
    refresh = sessions.begin(tokens, agents.family(agent), now)
    return account.session(tokens, refresh, in_cookie=credentials.refresh_token_in == "cookie")  # noqa: S105 - no secret
