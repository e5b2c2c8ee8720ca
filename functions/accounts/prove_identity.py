"""POST /v1/sign-in-providers/{provider}/identities"""

from typing import Annotated

from pydantic import Field, StringConstraints

from accounts import authorizations, identities, openid, providers
from core.http import endpoint
from core.request import Body, Now, Path
from core.shapes import Shape


class Return(Shape):
    """What the provider put into the address that it sent the browser back to, and the browser's secret."""

    state: authorizations.Part
    code: Annotated[str, StringConstraints(min_length=1, max_length=2048)]
    secret: authorizations.Part


class ProvenIdentity(Shape):
    """`name` and `email` may fill a form: they are what the provider has noted, and prove nothing."""

    identity: str = Field(description="For one use within ten minutes of the beginning.")
    linked: bool = Field(description="With a member here: it signs in at `POST /v1/sessions`.")
    name: str
    email: str


@endpoint(status=201)
def handler(provider: Path, given: Body[Return], now: Now) -> ProvenIdentity:
    found = providers.find(provider)
    begun = authorizations.come_back(found.id, given.state, given.secret, now)
    known = openid.known(found, begun, given.code)
    identity = identities.digest(found, known.subject)
    authorizations.prove(begun.state, identity)
    return ProvenIdentity(
        identity=f"{begun.state}.{given.secret}",
        linked=identities.member_of(identity) is not None,
        name=known.name,
        email=known.email,
    )
