"""What we alone can have made: keyed digests, and tokens that carry a text and the purpose they are for.

A digest stands for an address where the address itself must not: without the secret nobody can try out
which address it is of. A token goes into a link; who has it may do what it is for, and nothing else.
"""

import base64
import hmac
import os
from hashlib import sha256

_SIGNATURE_BYTES = 16


def digest(text: str) -> str:
    return hmac.digest(_secret(), text.encode(), "sha256").hex()


def sign(purpose: str, text: str) -> str:
    return base64.urlsafe_b64encode(_signature(purpose, text) + text.encode()).decode().rstrip("=")


def read(purpose: str, token: str) -> str | None:
    """The text; None for a token that we have not made, or not for this purpose."""
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        signature, text = raw[:_SIGNATURE_BYTES], raw[_SIGNATURE_BYTES:].decode()
    except ValueError:
        return None
    return text if hmac.compare_digest(signature, _signature(purpose, text)) else None


def _signature(purpose: str, text: str) -> bytes:
    return hmac.digest(_secret(), f"{purpose}\0{text}".encode(), sha256)[:_SIGNATURE_BYTES]


def _secret() -> bytes:
    return os.environ["SIGNING_SECRET"].encode()
