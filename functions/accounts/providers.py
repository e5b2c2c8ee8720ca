"""By whom else one can sign in: OpenID Connect providers, as the stage's settings name them."""

import json
import os
from typing import NamedTuple

from core.errors import NotFound


class Provider(NamedTuple):
    id: str
    name: str
    issuer: str
    client_id: str
    sends_nonce: bool  # in its ID tokens, as OpenID Connect asks for; LinkedIn does not


def offered() -> list[Provider]:
    return [Provider(**each) for each in json.loads(os.environ["SIGN_IN_PROVIDERS"])]


def find(provider_id: str) -> Provider:
    for each in offered():
        if each.id == provider_id:
            return each
    raise NotFound("This Polyfolio does not offer to sign in by that.")
