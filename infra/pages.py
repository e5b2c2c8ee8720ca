"""Pages: profiles, highlights and opportunities for everybody to read, rendered when they change."""

from infra.context import (
    Context,
    indexes,
    knows,
    may,
    page_files,
    signing_secret,
    site,
    site_bucket,
    site_pages,
    table,
)

pages = Context("pages")

pages.route(
    "GET /v1/missing/{address+}",
    "show_missing",
    may(table, "GetItem"),
    knows(page_files),
    access="open",
    documented=False,
)

_SITE = (
    may(site_bucket, "ListBucket"),
    may(site_pages, "PutObject", "DeleteObject"),
    knows(site),
    knows(page_files),
)
pages.on(
    "HighlightChanged",
    "render_highlight",
    may(table, "GetItem", "BatchGetItem", "Query", "UpdateItem", "BatchWriteItem"),
    *_SITE,
    knows(signing_secret),  # by which shields know mail domains
    timeout=60,
)
pages.on(
    "MemberChanged",
    "render_member",
    may(table, "GetItem", "BatchGetItem", "Query", "UpdateItem", "BatchWriteItem"),
    may(indexes, "Query"),
    *_SITE,
    knows(signing_secret),
    timeout=300,  # a new name is on all of somebody's pages
    memory=1024,
)
pages.on(
    "MemberChanged",
    "draw_picture",
    may(table, "GetItem", "BatchGetItem", "UpdateItem"),
    *_SITE,
    layers=("pictures",),
)
pages.on("OpportunityChanged", "render_opportunity", may(table, "GetItem", "BatchGetItem", "Query"), *_SITE)
pages.on(
    "DepartureChanged",
    "erase_pages",
    may(table, "GetItem", "DeleteItem"),
    *_SITE,
)
pages.every(
    5,
    "render_entrances",
    may(table, "GetItem", "BatchGetItem", "Query"),
    may(indexes, "Query"),
    may(site_bucket, "ListBucket"),
    may(site_pages, "PutObject"),  # it takes nothing away
    knows(site),
    knows(page_files),
)
