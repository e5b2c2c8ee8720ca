"""POST /v1/websub/{secret}"""

import base64
from typing import Any, NamedTuple, Self

from core.errors import NotFound, TooLarge
from core.http import endpoint
from core.request import MAX_BODY_BYTES, Now, Path
from sources import limits, pushes, subscribing


class Sent(NamedTuple):
    """What a hub sends: any bytes, and what they are signed with."""

    body: bytes
    content_type: str
    signature: str

    @classmethod
    def of(cls, event: dict[str, Any], _status: int) -> Self:
        raw = event.get("body") or ""
        body = base64.b64decode(raw) if event.get("isBase64Encoded") else raw.encode()
        if len(body) > MAX_BODY_BYTES:
            raise TooLarge("The next look at the feed finds it.")
        headers = event["headers"]
        return cls(body, headers.get("content-type", "")[:200], headers.get("x-hub-signature", "")[:200])


@endpoint(status=204)
def handler(secret: Path, sent: Sent, now: Now) -> None:
    """Fast, and the same whatever the signature (W3C WebSub, 7.1): what is not the hub's is let fall."""
    source_id = subscribing.source_of(secret)
    if source_id is None:
        raise NotFound("There is nobody for whom this would be.")
    if sent.body and subscribing.is_signed(source_id, sent.body, sent.signature):
        limits.PUSHES.spend(source_id, now)
        pushes.add(source_id, sent.body, sent.content_type, now)
