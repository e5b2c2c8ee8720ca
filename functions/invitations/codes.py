"""The code of an invitation follows from its id and our secret. So it can be mailed once more, and a repeated
request answered with it, and still nobody finds it in the table, where only its digest stands."""

import base64
import hmac
import os

_BYTES = 24  # 192 bits


def code_of(invitation_id: str) -> str:
    secret = os.environ["SIGNING_SECRET"].encode()
    digest = hmac.digest(secret, f"invitation\0{invitation_id}".encode(), "sha256")
    return base64.urlsafe_b64encode(digest[:_BYTES]).decode()
