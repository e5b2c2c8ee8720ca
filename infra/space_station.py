"""The Space Station: members found by what they can be asked for and what they have done."""

from infra.context import Context, indexes, knows, may, signing_secret, table

space_station = Context("space_station")

space_station.route(
    "GET /v1/space-station",
    "search_space_station",
    may(table, "GetItem", "BatchGetItem", "Query"),
    may(indexes, "Query"),
    knows(signing_secret),
    access="both",
)
space_station.route("PUT /v1/me/reveals/{handle}", "reveal_myself", may(table, "GetItem", "UpdateItem"))
space_station.route(
    "GET /v1/me/reveals",
    "list_my_reveals",
    may(table, "BatchGetItem"),
    may(indexes, "Query"),
    knows(signing_secret),
)

space_station.on(
    "MemberChanged",
    "place_member",
    may(table, "GetItem", "Query", "PutItem", "UpdateItem", "DeleteItem", "ConditionCheckItem"),
    knows(signing_secret),
)
space_station.on(
    "HighlightChanged",
    "place_works",
    may(table, "GetItem", "Query", "PutItem", "UpdateItem", "DeleteItem", "ConditionCheckItem"),
    knows(signing_secret),
)
space_station.on(
    "DepartureChanged",
    "erase_station",
    may(table, "GetItem", "UpdateItem", "BatchWriteItem"),
    may(indexes, "Query"),
)
