"""Tags: suggestions while one types, and the counts that they come from."""

from infra.context import Context, indexes, may, table

tags = Context("tags")

tags.route("GET /v1/tags", "suggest_tags", may(table, "Query"), may(indexes, "Query"), access="both")

tags.on(
    "HighlightChanged",
    "count_tags",
    may(
        table,
        "GetItem",
        "Query",
        "PutItem",
        "UpdateItem",
        "DeleteItem",
        "ConditionCheckItem",
        "BatchWriteItem",
    ),
)
