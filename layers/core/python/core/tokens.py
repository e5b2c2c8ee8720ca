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
    """Nobody else can read it: neither where a cursor stands, nor whom an alias is of."""
    raw = text.encode()
    signature = _signature(purpose, raw)
    return base64.urlsafe_b64encode(signature + _veiled(signature, raw)).decode().rstrip("=")


def read(purpose: str, token: str) -> str | None:
    """The text; None for a token that we have not made, or not for this purpose."""
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except ValueError:
        return None
    signature, veiled = raw[:_SIGNATURE_BYTES], raw[_SIGNATURE_BYTES:]
    text = _veiled(signature, veiled)
    return text.decode() if hmac.compare_digest(signature, _signature(purpose, text)) else None


def _signature(purpose: str, text: bytes) -> bytes:
    return hmac.digest(_secret(), f"{purpose}\0".encode() + text, sha256)[:_SIGNATURE_BYTES]


def _veiled(signature: bytes, text: bytes) -> bytes:
    """And back. The signature starts the key stream, so that only equal texts share one (RFC 5297, SIV)."""
    blocks = range(-(-len(text) // sha256().digest_size))
    stream = (hmac.digest(_secret(), b"veil\0" + signature + each.to_bytes(2), sha256) for each in blocks)
    return bytes(one ^ other for one, other in zip(text, b"".join(stream), strict=False))


def _secret() -> bytes:
    return os.environ["SIGNING_SECRET"].encode()
