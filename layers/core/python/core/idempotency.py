"""`Idempotency-Key`: a repeated POST answers as the first did, and happens once.

The answer is stored in the same transaction as what the POST writes, so that there is no moment at which
one is there without the other, no lock, and nothing to clean up after a crash.
(draft-ietf-httpapi-idempotency-key-header; kept for 24 hours.)
"""

import hmac
import os
from datetime import datetime
from typing import Self

from pydantic import BaseModel

from core import clock, keys, table
from core.errors import Answered, Invalid, Malformed
from core.request import Event, caller

_DAY_SECONDS = 86_400
_MAX_KEY_LENGTH = 255


class Once:
    """One request that may come twice. Without a key, `write` is a plain write."""

    def __init__(self, caller: str, key: str | None, request: str, status: int, now: datetime) -> None:
        if key is not None and not (0 < len(key) <= _MAX_KEY_LENGTH and key.isascii() and key.isprintable()):
            raise Malformed(f"Idempotency-Key must be 1 to {_MAX_KEY_LENGTH} printable ASCII characters.")
        self._key = keys.answer(caller, key) if key is not None else None
        # Keyed, because a request may hold a password.
        self._request = hmac.digest(os.environ["SIGNING_SECRET"].encode(), request.encode(), "sha256").hex()
        self._status, self._now = status, int(now.timestamp())

    @classmethod
    def of(cls, event: Event, status: int) -> Self:
        member = caller(event)
        request = f"{event['routeKey']}\n{event.get('rawPath')}\n{event.get('body')}"
        key = event["headers"].get("idempotency-key")
        return cls(member.id if member else "anybody", key, request, status, clock.now())

    def answer_again(self) -> None:
        """For handlers that do something before they write: raises Answered if this is a repeat."""
        if self._key is not None:
            stored = table.get(self._key, consistent=True)
            self._raise_if_answered(stored if stored and stored[keys.TTL] >= self._now else None)

    def write(self, *writes: table.Write, answer: BaseModel) -> None:
        """All writes and the answer, or none. Raises Answered for a repeat, ConditionFailed for the rest."""
        try:
            table.write(*writes, *self._answer(answer))
        except table.ConditionFailed as failure:
            self._raise_if_answered(failure.found.get(len(writes)))
            raise

    def _answer(self, answer: BaseModel) -> list[table.Write]:
        if self._key is None:
            return []
        item = self._key._asdict() | {
            "request": self._request,
            "status": self._status,
            "body": answer.model_dump_json(),
            keys.TTL: self._now + _DAY_SECONDS,
        }
        # DynamoDB drops expired items days late, so the condition says what has expired.
        return [table.put(item, only_if="attribute_not_exists(pk) OR #ttl < :now", now=self._now)]

    def _raise_if_answered(self, stored: table.Item | None) -> None:
        if stored is None:
            return
        if stored["request"] != self._request:
            raise Invalid("This Idempotency-Key was used for another request; take a new one.")
        raise Answered(stored["status"], stored["body"])
