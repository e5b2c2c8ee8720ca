"""Media: pictures, recordings and documents, looked at with suspicion and served in sizes that fit."""

from infra.context import (
    Context,
    indexes,
    knows,
    may,
    media_bucket,
    media_limits,
    signing_secret,
    stored_media,
    table,
    uploaded_files,
    uploads_bucket,
)

media = Context("media")

media.route(
    "POST /v1/media",
    "create_media",
    may(table, "GetItem", "PutItem", "UpdateItem"),
    may(uploaded_files, "PutObject"),  # by the form that it signs: who holds it acts with this right
    knows(media_limits),
    knows(signing_secret),
)
media.route("GET /v1/media/{media_id}", "get_media", may(table, "GetItem"))
media.route("DELETE /v1/media/{media_id}", "delete_media", may(table, "GetItem", "UpdateItem", "DeleteItem"))
media.route(
    "GET /v1/me/media",
    "list_media",
    may(table, "GetItem"),
    may(indexes, "Query"),
    knows(media_limits),
    knows(signing_secret),
)

media.upload(
    "process_upload",
    may(table, "GetItem", "UpdateItem"),
    may(uploaded_files, "GetObject", "DeleteObject"),
    may(stored_media, "PutObject", "DeleteObject"),
    may(media_bucket, "ListBucket"),
    timeout=60,
    memory=1769,  # a whole processor
    layers=("pictures", "recordings"),
)
media.on(
    "MediaChanged",
    "remove_media",
    may(table, "GetItem"),
    may(uploaded_files, "DeleteObject"),
    may(stored_media, "DeleteObject"),
    may(media_bucket, "ListBucket"),
)
media.on(
    "DepartureChanged",
    "erase_media",
    may(table, "GetItem", "BatchWriteItem", "DeleteItem"),
    may(indexes, "Query"),
)
media.every(
    3,
    "sweep_media",
    may(table, "GetItem", "UpdateItem", "DeleteItem"),
    may(indexes, "Query"),
    may(uploaded_files, "GetObject", "PutObject"),
    may(uploads_bucket, "ListBucket"),
)
