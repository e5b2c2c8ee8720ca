"""The site's bucket: what of it is rendered stands under `pages/`, as its address says."""

import hashlib
import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import boto3
from botocore.config import Config

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

HTML = "text/html; charset=utf-8"
ROOT = "pages/"

# The edge asks again after two seconds, and is told "not modified": no page needs to be taken out of it.
_FRESH = "public, max-age=0, s-maxage=2, must-revalidate"
_AT_ONCE = 16

type There = dict[str, str]  # what stands in the bucket: keys, and digests of their contents


class Page(NamedTuple):
    """`path`: as in its address, without the slash in front; a page's own is a folder's (`@ana/`).

    `moved`: where it is found instead, while its member's own domain is live. The edge leads there.
    """

    path: str
    content: str | bytes
    kind: str = HTML
    moved: str = ""

    @property
    def key(self) -> str:
        return key(self.path)

    @property
    def body(self) -> bytes:
        return self.content.encode() if isinstance(self.content, str) else self.content

    @property
    def digest(self) -> str:
        """As S3 says it of an object that came in one piece."""
        return hashlib.md5(self.body, usedforsecurity=False).hexdigest()


def key(path: str) -> str:
    return f"{ROOT}{path}index.html" if path.endswith("/") or not path else f"{ROOT}{path}"


def listed(path: str) -> There:
    """All whose address begins so."""
    there: There = {}
    after = ""
    while True:
        some = _s3().list_objects_v2(Bucket=_site(), Prefix=f"{ROOT}{path}", StartAfter=after)
        found = some.get("Contents", [])
        there |= {each["Key"]: each["ETag"].strip('"') for each in found}
        if not some["IsTruncated"]:
            return there
        after = found[-1]["Key"]


def folders(path: str) -> list[str]:
    """The next step of all addresses that begin so: `@ana`, `@anton`."""
    names: list[str] = []
    after = ""
    while True:
        some = _s3().list_objects_v2(Bucket=_site(), Prefix=f"{ROOT}{path}", Delimiter="/", StartAfter=after)
        found = [each["Prefix"] for each in some.get("CommonPrefixes", [])]
        names += [each.removeprefix(ROOT).strip("/") for each in found]
        if not some["IsTruncated"]:
            return names
        after = f"{found[-1]}\uffff"


def sync(there: There, wanted: Iterable[Page], stale: Iterable[str] = ()) -> bool:
    """Writes what differs from what stands there, takes away what is `stale` and not wanted; says whether
    there was anything to do. `there` then tells how it is.
    """
    pages = {each.key: each for each in wanted}
    changed = [each for each in pages.values() if there.get(each.key) != each.digest]
    gone = [each for each in dict.fromkeys(stale) if each in there and each not in pages]
    _each(put, changed)
    _each(remove, gone)
    there |= {each.key: each.digest for each in changed}
    for each in gone:
        del there[each]
    return bool(changed or gone)


def put(page: Page) -> None:
    _s3().put_object(
        Bucket=_site(),
        Key=page.key,
        Body=page.body,
        ContentType=page.kind,
        CacheControl=_FRESH,
        Metadata={"moved": page.moved} if page.moved else {},
    )


def remove(of: str) -> None:
    _s3().delete_object(Bucket=_site(), Key=of)


def _each[T](act: Callable[[T], None], some: list[T]) -> None:
    if len(some) < 2:
        for each in some:
            act(each)
        return
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        list(threads.map(act, some))


def _site() -> str:
    return os.environ["SITE_BUCKET"]


@cache
def _s3() -> "S3Client":
    return boto3.client("s3", config=Config(max_pool_connections=_AT_ONCE))
