"""Cursors: where a list goes on. Opaque, and signed so that none can be made up or carried elsewhere."""

import base64
import hashlib
import hmac
import os

from core.errors import Malformed

_SIGNATURE_BYTES = 12


def seal(scope: str, position: str) -> str:
    """The cursor for a sort key within `scope`: the list and the filters that it belongs to."""
    return base64.urlsafe_b64encode(_signature(scope, position) + position.encode()).decode().rstrip("=")


def unseal(scope: str, cursor: str) -> str:
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        signature, position = raw[:_SIGNATURE_BYTES], raw[_SIGNATURE_BYTES:].decode()
    except ValueError:
        raise _foreign() from None
    if not hmac.compare_digest(signature, _signature(scope, position)):
        raise _foreign()
    return position


def _signature(scope: str, position: str) -> bytes:
    message = f"{scope}\0{position}".encode()
    return hmac.digest(os.environ["SIGNING_SECRET"].encode(), message, hashlib.sha256)[:_SIGNATURE_BYTES]


def _foreign() -> Malformed:
    detail = "is not a cursor of this list: take `next` of a former answer, with the same filters"
    return Malformed("The cursor is not one of ours.", {"pointer": "/after", "detail": detail})
