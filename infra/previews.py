"""Previews: what stands behind a link, looked up once for everybody."""

from infra.context import Context, knows, may, outside, signing_secret, table, uploaded_files

previews = Context("previews")

previews.route(
    "GET /v1/link-previews",
    "get_link_preview",
    may(table, "GetItem", "PutItem", "UpdateItem"),  # it notes what is wanted; it can open nothing itself
    knows(signing_secret),
    access="both",
)

previews.on(
    "PreviewChanged",
    "fetch_preview",
    may(table, "GetItem", "UpdateItem"),
    may(uploaded_files, "PutObject"),
    knows(outside),
    knows(signing_secret),
    timeout=60,
)
previews.on(
    "HighlightChanged", "want_previews", may(table, "GetItem", "BatchGetItem", "PutItem", "UpdateItem")
)
previews.on("MediaChanged", "show_picture", may(table, "GetItem", "UpdateItem"))
