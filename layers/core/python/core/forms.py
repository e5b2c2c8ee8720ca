"""The form by which a browser puts a file straight into a bucket: a POST policy, signed by our own rights.

(docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html; proved equal to botocore's.)
"""

import base64
import hmac
import json
import os
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from core.aws import signing_key


class Form(NamedTuple):
    url: str
    fields: dict[str, str]


def upload_form(
    bucket: str, key: str, content_type: str, size: tuple[int, int], now: datetime, minutes: int
) -> Form:
    """For exactly this key and content type, and between so many bytes and so many."""
    env = os.environ
    at = now.strftime("%Y%m%dT%H%M%SZ")
    scope = f"{at[:8]}/{os.environ['AWS_REGION']}/s3/aws4_request"
    given = {"key": key, "Content-Type": content_type}
    signing = {
        "x-amz-algorithm": "AWS4-HMAC-SHA256",
        "x-amz-credential": f"{env['AWS_ACCESS_KEY_ID']}/{scope}",
        "x-amz-date": at,
    }
    if token := env.get("AWS_SESSION_TOKEN"):
        signing["x-amz-security-token"] = token
    conditions: list[Any] = [{"bucket": bucket}, *_each(given), ["content-length-range", *size]]
    expires = (now + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")
    policy = {"expiration": expires, "conditions": [*conditions, *_each(signing)]}
    encoded = base64.b64encode(json.dumps(policy).encode()).decode()
    signature = hmac.digest(
        signing_key(env["AWS_SECRET_ACCESS_KEY"], scope), encoded.encode(), "sha256"
    ).hex()
    return Form(_address(bucket), given | signing | {"policy": encoded, "x-amz-signature": signature})


def _each(fields: dict[str, str]) -> list[dict[str, str]]:
    return [{name: value} for name, value in fields.items()]


def _address(bucket: str) -> str:
    """By path where an endpoint is set, which is the local cloud's."""
    endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
    if endpoint:
        return f"{endpoint}/{bucket}"
    return f"https://{bucket}.s3.{os.environ['AWS_REGION']}.amazonaws.com/"
