"""Archives where they come in: the bucket of uploads, which nobody is ever served from."""

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import boto3
from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


def download(key: str, to: Path) -> str:
    """Its ETag; nothing: there is no such upload."""
    try:
        answer = _s3().get_object(Bucket=_archives(), Key=key)
    except ClientError as error:
        if error.response["Error"]["Code"] in ("NoSuchKey", "404"):
            return ""
        raise
    with to.open("wb") as file:
        for some in answer["Body"].iter_chunks(1 << 20):
            file.write(some)
    return answer["ETag"]


def drop(key: str) -> None:
    _s3().delete_object(Bucket=_archives(), Key=key)


def _archives() -> str:
    return os.environ["UPLOADS_BUCKET"]


@cache
def _s3() -> "S3Client":
    return boto3.client("s3")
