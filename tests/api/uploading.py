"""Files from a member to the bucket, and what became of them."""

from typing import Any

import httpx

from tests.api.test_first_steps import soon


def upload(member: httpx.Client, content: bytes, content_type: str) -> dict[str, Any]:
    """Straight to the bucket, as a browser does."""
    about = {"file_name": "a file", "content_type": content_type, "size": len(content)}
    made: dict[str, Any] = member.post("/v1/media", json=about).raise_for_status().json()
    assert post(made["upload"], content).status_code == 204
    return made


def post(form: dict[str, Any], content: bytes) -> httpx.Response:
    return httpx.post(form["url"], data=form["fields"], files={"file": content}, timeout=60)


def settled(member: httpx.Client, media_id: str) -> dict[str, Any]:
    def asked() -> dict[str, Any]:
        return dict(member.get(f"/v1/media/{media_id}").raise_for_status().json())

    return soon(asked, lambda media: media["state"] in ("ready", "refused"), within=180)


def ready(member: httpx.Client, content: bytes, content_type: str) -> dict[str, Any]:
    media = settled(member, upload(member, content, content_type)["id"])
    assert media["state"] == "ready", media["reason"]
    return media


def files(media: dict[str, Any]) -> list[str]:
    return [each["url"] for each in media["renditions"]] + ([media["file"]["url"]] if media["file"] else [])


def in_bucket(s3: Any, bucket: str, prefix: str) -> list[str]:
    return [each["Key"] for each in s3.list_objects_v2(Bucket=bucket, Prefix=prefix).get("Contents", [])]
