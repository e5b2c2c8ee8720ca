"""The form of an upload, against botocore's own."""

import base64
import json
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine

from core.forms import upload_form

NOW = datetime(2026, 11, 23, 9, 48, 12, tzinfo=UTC)


@pytest.mark.parametrize("token", [None, "a session's token"])
def test_it_is_signed_as_botocore_signs(monkeypatch: pytest.MonkeyPatch, token: str | None) -> None:
    for name in ("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_REGION", "eu-west-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "a secret")
    if token:
        monkeypatch.setenv("AWS_SESSION_TOKEN", token)

    ours = upload_form("uploads", "the-key", "image/png", (1, 5), NOW, 10)
    theirs = _theirs(token, ours)

    assert ours.url == "https://uploads.s3.eu-west-1.amazonaws.com/"
    assert ours.fields == theirs


def _theirs(token: str | None, ours: Any) -> dict[str, str]:
    """What botocore makes of our policy without what it adds to one itself."""
    from botocore.auth import S3SigV4PostAuth
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials

    policy = json.loads(base64.b64decode(ours.fields["policy"]))
    policy["conditions"] = [
        each
        for each in policy["conditions"]
        if not (isinstance(each, dict) and next(iter(each)).startswith("x-amz-"))
    ]
    request = AWSRequest(method="POST", url="https://uploads.s3.eu-west-1.amazonaws.com/")
    request.context["s3-presign-post-fields"] = {"key": "the-key", "Content-Type": "image/png"}
    request.context["s3-presign-post-policy"] = policy
    with time_machine.travel(NOW, tick=False):
        S3SigV4PostAuth(Credentials("AKIAEXAMPLE", "a secret", token), "s3", "eu-west-1").add_auth(request)
    made: dict[str, str] = dict(request.context["s3-presign-post-fields"])
    return made


def test_a_local_cloud_is_addressed_by_its_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:4701")
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "a")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "b")

    assert upload_form("uploads", "k", "image/png", (1, 5), NOW, 10).url == "http://127.0.0.1:4701/uploads"
