"""The site map: whose profiles stand here, for crawlers, by how their handles begin."""

from core import addresses
from pages import bucket, writing
from pages.bucket import Page

XML = "application/xml; charset=utf-8"
_FOLDER = "sitemap/"
_LETTERS = 2
_TRIES = 4


def settle(handle: str) -> None:
    """The part with this handle, and the list of parts."""
    start = handle[:_LETTERS]
    there = bucket.listed(f"{_FOLDER}{start}.xml")
    for _ in range(_TRIES):
        found = [f"{addresses.site()}/{each}" for each in bucket.folders(f"@{start}")]
        part = [Page(f"{_FOLDER}{start}.xml", writing.write("sitemap.xml", found=found), XML)]
        changed = bucket.sync(there, part if found else [], stale=list(there))
        settle_list()  # also where nothing changed: of two who write it at once, one may have seen too little
        if not changed:
            return


def settle_list() -> None:
    parts = bucket.listed(_FOLDER)
    found = [f"{addresses.site()}/{each.removeprefix(bucket.ROOT)}" for each in sorted(parts)]
    page = Page("sitemap.xml", writing.write("sitemaps.xml", found=found), XML)
    bucket.sync(bucket.listed(page.path), [page])
