"""POST /v1/sign-in-providers/{provider}/authorizations"""

from pydantic import Field

from accounts import authorizations, limits, openid, providers
from core.http import endpoint
from core.network import Network
from core.request import Now, Path
from core.shapes import Shape


class Authorization(Shape):
    address: str = Field(description="Where to send the browser.")
    secret: str = Field(description="To be kept by this browser tab, and sent with what comes back.")


@endpoint(status=201)
def handler(provider: Path, network: Network, now: Now) -> Authorization:
    found = providers.find(provider)
    limits.spend_authorization(network, now)
    begun, secret = authorizations.begin(found.id, now)
    return Authorization(address=openid.address(found, begun), secret=secret)
