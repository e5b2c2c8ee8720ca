"""The timeline: highlights, their lists and counts, and what follows from a change of one."""

from infra.context import Context, indexes, knows, may, signing_secret, table

timeline = Context("timeline")

timeline.route(
    "POST /v1/highlights",
    "create_highlight",
    may(table, "GetItem", "BatchGetItem", "PutItem", "UpdateItem"),
    knows(signing_secret),
)
timeline.route("GET /v1/highlights/{highlight_id}", "get_highlight", may(table, "GetItem"), access="both")
timeline.route(
    "PATCH /v1/highlights/{highlight_id}",
    "edit_highlight",
    may(table, "GetItem", "BatchGetItem", "PutItem", "UpdateItem", "DeleteItem"),
)
timeline.route(
    "DELETE /v1/highlights/{highlight_id}",
    "delete_highlight",
    may(table, "GetItem", "BatchGetItem", "UpdateItem", "DeleteItem"),
)
timeline.route(
    "POST /v1/highlights/bulk",
    "edit_highlights",
    may(table, "GetItem", "PutItem", "DeleteItem"),
    timeout=29,  # 200 of them; API Gateway waits 30 seconds
)
timeline.route(
    "PUT /v1/highlights/{highlight_id}/collaboration",
    "answer_collaboration",
    may(table, "GetItem", "PutItem"),
)
timeline.route(
    "GET /v1/members/{handle}/highlights",
    "list_highlights",
    may(table, "GetItem", "BatchGetItem", "Query"),
    may(indexes, "Query"),
    knows(signing_secret),
    access="both",
)
timeline.route("GET /v1/members/{handle}/timeline", "count_highlights", may(table, "GetItem"), access="both")

timeline.on(
    "HighlightChanged",
    "count_years",
    may(table, "Query", "PutItem", "UpdateItem", "DeleteItem", "ConditionCheckItem"),
)
timeline.on(
    "HighlightChanged",
    "share_highlight",
    may(table, "Query", "PutItem", "DeleteItem", "ConditionCheckItem"),
)
timeline.on(
    "ArrivalChanged",
    "take_arrival",
    may(
        table, "GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem", "DeleteItem", "ConditionCheckItem"
    ),
)
timeline.on(
    "DepartureChanged",
    "erase_timeline",
    may(table, "GetItem", "Query", "PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem"),
    may(indexes, "Query"),
)
timeline.on("MediaChanged", "show_media", may(table, "GetItem", "PutItem"))
