"""POST /v1/sessions"""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from accounts import account, agents, authorizations, cognito, identities, limits, personal, sessions
from core import table
from core.errors import Forbidden, Invalid, field
from core.http import Reply, endpoint
from core.network import Network
from core.request import Agent, Body, Now
from core.shapes import Address, Shape


class Credentials(Shape):
    """`email` and `password`; or a proven `identity` of a provider; or a personal access token alone."""

    email: Address | None = None
    password: (
        Annotated[str, StringConstraints(min_length=1, max_length=256, strip_whitespace=False)] | None
    ) = None
    refresh_token_in: Literal["body", "cookie"] = Field("body", description="Browsers take `cookie`.")
    identity: authorizations.Proof | None = None
    token: Annotated[str, StringConstraints(min_length=1, max_length=256)] | None = None

    def both(self) -> tuple[str, str]:
        if self.email is None or self.password is None:
            missing = [name for name in ("email", "password") if getattr(self, name) is None]
            fields = [{"pointer": f"/{name}", "detail": "is missing"} for name in missing]
            raise Invalid("Some fields are not right; `errors` says which and why.", *fields)
        return self.email, self.password


@endpoint(status=201, answer=account.Session)
def handler(credentials: Body[Credentials], network: Network, agent: Agent, now: Now) -> Reply:
    """Of a network only tries with passwords count: nobody guesses a token, and programs may have many."""
    if credentials.token is not None:
        return account.session(_exchanged(credentials, credentials.token, now))
    if credentials.identity is not None:
        tokens = _recognised(credentials, credentials.identity, now)
    else:
        email, password = credentials.both()
        limits.spend_sign_in(network, email, now)
        tokens = cognito.sign_in(email, password)
    refresh = sessions.begin(tokens, agents.family(agent), now)
    return account.session(tokens, refresh, in_cookie=credentials.refresh_token_in == "cookie")  # noqa: S105 - no secret


def _recognised(credentials: Credentials, identity: str, now: datetime) -> dict[str, Any]:
    """Of a stranger the identity stays good, for a sign-up."""
    if credentials.email or credentials.password:
        raise field("identity", "comes without an address and a password")
    proven = authorizations.proven(identity, now)
    member_id = identities.member_of(proven.identity)
    if member_id is None:
        raise Forbidden(
            "No account here is linked with this one. Sign in another way and link it in your settings,"
            " or sign up by it with an invitation."
        )
    try:
        table.write(proven.taken())
    except table.ConditionFailed:
        raise authorizations.over() from None
    return cognito.sign_in_known(member_id)


def _exchanged(credentials: Credentials, token: str, now: datetime) -> dict[str, Any]:
    if credentials.email or credentials.password or credentials.identity:
        raise field("token", "comes alone")
    limits.EXCHANGES.spend(token.rpartition("_")[0], now)
    return personal.exchange(token, now)
