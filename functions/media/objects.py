"""The two buckets: uploads, which nobody is ever served from, and what was made of them."""

import os
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import boto3
from botocore.exceptions import ClientError

from media.made import Piece

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import CopySourceTypeDef

_FOR_EVER = "public, max-age=31536000, immutable"  # the digest in its name says what it is


def download(media_id: str, to: Path) -> bool:
    """False: there is no such upload."""
    try:
        answer = _s3().get_object(Bucket=_uploads(), Key=media_id)
    except ClientError as error:
        if error.response["Error"]["Code"] in ("NoSuchKey", "404"):
            return False
        raise
    with to.open("wb") as file:
        for some in answer["Body"].iter_chunks(1 << 20):
            file.write(some)
    return True


def has_upload(media_id: str) -> bool:
    found = _s3().list_objects_v2(Bucket=_uploads(), Prefix=media_id, MaxKeys=1)
    return bool(found.get("KeyCount"))


def tell_again(media_id: str) -> None:
    """A copy onto itself is news: S3 says once more that it came."""
    source: CopySourceTypeDef = {"Bucket": _uploads(), "Key": media_id}
    _s3().copy_object(Bucket=_uploads(), Key=media_id, CopySource=source, MetadataDirective="REPLACE")


def drop_upload(media_id: str) -> None:
    _s3().delete_object(Bucket=_uploads(), Key=media_id)


def publish(media_id: str, piece: Piece, folder: Path, file_name: str) -> None:
    """A document is saved, not opened: what opens it is none of ours."""
    named = f"attachment; filename*=UTF-8''{quote(file_name, safe='')}"
    with (folder / piece.name).open("rb") as content:
        _s3().put_object(
            Bucket=_served(),
            Key=_key(media_id, piece.name),
            Body=content,
            ContentType=piece.content_type,
            CacheControl=_FOR_EVER,
            ContentDisposition=named if piece.content_type == "application/pdf" else "inline",
        )


def keep_only(media_id: str, names: Collection[str]) -> None:
    """Of what is served of it; and of the upload nothing. A handful of files, or those of a replay beside."""
    found = _s3().list_objects_v2(Bucket=_served(), Prefix=_key(media_id, "")).get("Contents", [])
    for each in found:
        if each["Key"].rpartition("/")[2] not in names:
            _s3().delete_object(Bucket=_served(), Key=each["Key"])
    drop_upload(media_id)


def _key(media_id: str, name: str) -> str:
    return f"media/{media_id}/{name}"


def _uploads() -> str:
    return os.environ["UPLOADS_BUCKET"]


def _served() -> str:
    return os.environ["MEDIA_BUCKET"]


@cache
def _s3() -> "S3Client":
    return boto3.client("s3")
