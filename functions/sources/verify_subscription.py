"""GET /v1/websub/{secret}"""

from typing import Literal

from pydantic import ConfigDict, Field

from core.errors import NotFound
from core.http import Reply, endpoint
from core.request import Now, Path, Query
from core.shapes import Shape
from sources import subscribing


class VerifySubscription(Shape):
    """As W3C WebSub says it. Hubs may say more than that."""

    model_config = ConfigDict(extra="ignore")

    mode: Literal["subscribe", "unsubscribe", "denied"] = Field(alias="hub.mode")
    topic: str = Field(alias="hub.topic", max_length=2048)
    challenge: str = Field("", alias="hub.challenge", max_length=4096)
    lease_seconds: int | None = Field(None, alias="hub.lease_seconds", ge=0, le=10**9)


@endpoint()
def handler(secret: Path, asked: Query[VerifySubscription], now: Now) -> Reply:
    source_id = subscribing.source_of(secret)
    if source_id is None:
        raise NotFound("We have asked for no such thing.")
    if asked.mode == "denied":
        subscribing.deny(source_id, asked.topic, now)
        return Reply(None)
    if not subscribing.confirmed(source_id, asked.mode, asked.topic, asked.lease_seconds, now):
        raise NotFound("We have asked for no such thing.")
    return Reply(None, text=asked.challenge)
