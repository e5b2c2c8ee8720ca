"""Pictures from elsewhere, from their hosts into quarantine, as if somebody had uploaded them.

For functions that may open addresses, and can therefore put nothing whole into the table.
"""

import os
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import boto3

from core import clock, keys, media, table
from core.fetch import Fetched, FetchFailed, fetch
from core.limits import Limit
from core.table import Item, Write

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_TYPES = ("image/jpeg", "image/png", "image/webp", "image/gif", "image/avif")
_MOST_BYTES = 5_000_000
_SECONDS = 8.0

# A page may name a picture anywhere: not even pages of many hosts have us ask one host all the time.
_HOSTS = Limit("picture-host", times=30, seconds=60)


def taken(address: str, owner: str, now: datetime, *, quota: int | None = None) -> str | None:
    """The id of the media that it becomes; None: there is no picture to be had, or no room for it.

    `quota`: how many bytes all media of this owner may have; it is charged then. Raises TooMany while its
    host is left alone.
    """
    _HOSTS.spend(urlsplit(address).netloc, now)
    found = _opened(address)
    if found is None:
        return None
    size = len(found.body)
    new = media.new_item(clock.new_id(), owner, "image", _type(found), size, now)
    charge = [] if quota is None else [media.charge(owner, size, quota)]
    try:
        table.write(_added(new | {"charged": size if charge else 0}), *charge)
    except table.ConditionFailed:
        return None
    _s3().put_object(Bucket=_uploads(), Key=new["id"], Body=found.body)
    return str(new["id"])


def _opened(address: str) -> Fetched | None:
    try:
        answer = fetch(address, accept=", ".join(_TYPES), max_bytes=_MOST_BYTES, seconds=_SECONDS)
    except FetchFailed:
        return None
    is_picture = answer.status == 200 and _type(answer) in _TYPES and answer.body
    return answer if is_picture else None


def _type(of: Fetched) -> str:
    return "image/jpeg" if of.content_type == "image/jpg" else of.content_type


def _added(new: Item) -> Write:
    """By an update. Its id is nobody else's."""
    facts = {name: value for name, value in new.items() if name not in keys.Key._fields}
    change = ", ".join(f"#{name} = :{name}" for name in facts)
    return table.update(keys.media(new["id"]), f"SET {change}", **facts)


def _uploads() -> str:
    return os.environ["UPLOADS_BUCKET"]


@cache
def _s3() -> "S3Client":
    return boto3.client("s3")
