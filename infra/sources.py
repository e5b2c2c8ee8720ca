"""Sources: feeds that come onto the timeline by themselves."""

from infra.context import (
    Context,
    addresses,
    bus,
    indexes,
    knows,
    linkedin_data,
    linkedin_secret,
    may,
    media_limits,
    outside,
    signing_secret,
    site,
    table,
    uploaded_files,
    user_pool,
)

sources = Context("sources")

sources.route(
    "POST /v1/sources",
    "create_source",
    may(table, "GetItem", "PutItem", "UpdateItem"),
    may(indexes, "Query"),
    knows(addresses),
    knows(signing_secret),
)
sources.route(
    "GET /v1/sources",
    "list_sources",
    may(table, "GetItem", "BatchGetItem"),
    may(indexes, "Query"),
    knows(linkedin_data),
)
sources.route(
    "POST /v1/sources/linkedin/authorizations",
    "begin_linkedin",
    may(table, "GetItem", "PutItem", "UpdateItem"),
    knows(signing_secret),
    knows(linkedin_data),
    knows(site),
)
sources.route(
    "POST /v1/sources/linkedin/connections",
    "connect_linkedin",
    may(table, "GetItem", "Query", "PutItem", "UpdateItem", "DeleteItem"),
    may(indexes, "Query"),
    knows(signing_secret),
    knows(linkedin_data),
    knows(linkedin_secret),
    knows(site),
    knows(outside),
    timeout=20,
    layers=("identity",),  # for the fetcher's urllib3
)
sources.route(
    "GET /v1/sources/{source_id}", "get_source", may(table, "GetItem", "Query"), may(indexes, "Query")
)
sources.route(
    "PATCH /v1/sources/{source_id}", "edit_source", may(table, "GetItem", "Query", "PutItem", "UpdateItem")
)
sources.route(
    "DELETE /v1/sources/{source_id}", "delete_source", may(table, "GetItem", "Query", "PutItem", "DeleteItem")
)
sources.route(
    "POST /v1/sources/{source_id}/polls",
    "request_poll",
    may(table, "GetItem", "Query", "UpdateItem"),
    knows(signing_secret),
)

sources.route("GET /v1/inboxes", "list_inboxes", may(indexes, "Query"))
sources.route(
    "POST /v1/inboxes",
    "create_inbox",
    may(table, "GetItem", "PutItem", "UpdateItem"),
    may(indexes, "Query"),
    knows(signing_secret),
)
sources.route("DELETE /v1/inboxes/{inbox_id}", "delete_inbox", may(table, "GetItem", "DeleteItem"))
sources.route(
    "POST /v1/inbox/{secret}",
    "post_to_inbox",
    may(table, "GetItem", "UpdateItem"),
    knows(signing_secret),
    access="open",  # whoever has the address may
)
sources.route(
    "GET /v1/websub/{secret}",
    "verify_subscription",
    may(table, "GetItem", "UpdateItem"),
    knows(signing_secret),
    access="open",  # hubs ask whether we did
)
sources.route(
    "POST /v1/websub/{secret}",
    "receive_push",
    may(table, "PutItem", "UpdateItem"),
    knows(signing_secret),
    access="open",  # and say what is new, with their signature
)

sources.every(5, "poll_due_sources", knows(table), may(indexes, "Query"), may(bus, "PutEvents"), timeout=60)
sources.on(
    "SourceChanged",
    "poll_source",
    may(table, "GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem"),
    may(indexes, "Query"),
    knows(outside),
    knows(signing_secret),
    knows(site),
    timeout=120,
    memory=1024,  # the child that reads may take 400 MB of it
    layers=("feeds",),
    batch=1,
)
sources.on(
    "PushChanged",
    "take_push",
    may(table, "GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem", "DeleteItem"),
    timeout=60,
    memory=1024,
    layers=("feeds",),
    batch=1,
)
sources.on(
    "ArrivalChanged",
    "fetch_picture",
    may(table, "GetItem", "UpdateItem"),
    may(uploaded_files, "PutObject"),
    knows(media_limits),
    knows(outside),
    knows(signing_secret),
    timeout=60,
)
sources.on(
    "SourceChanged",
    "settle_source",
    may(table, "GetItem", "Query", "PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem"),
    may(user_pool, "AdminGetUser"),
    knows(signing_secret),
    timeout=60,
)
sources.on(
    "DepartureChanged",
    "erase_sources",
    may(table, "GetItem", "Query", "BatchWriteItem"),
    may(indexes, "Query"),
    timeout=60,
)
