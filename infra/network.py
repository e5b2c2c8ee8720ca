"""The network: whom one follows, and whom one wants nothing to do with."""

from infra.context import Context, indexes, knows, may, signing_secret, table

network = Context("network")

network.route("GET /v1/blocks", "list_blocks", may(table, "Query", "BatchGetItem"), knows(signing_secret))
network.route("PUT /v1/blocks/{handle}", "block_member", may(table, "GetItem", "UpdateItem", "DeleteItem"))
network.route(
    "DELETE /v1/blocks/{handle}", "unblock_member", may(table, "GetItem", "UpdateItem", "DeleteItem")
)
network.route(
    "PUT /v1/follows/{handle}", "follow_member", may(table, "GetItem", "PutItem", "ConditionCheckItem")
)
network.route("DELETE /v1/follows/{handle}", "unfollow_member", may(table, "GetItem", "DeleteItem"))
network.route(
    "GET /v1/members/{handle}/followers",
    "list_followers",
    may(table, "GetItem", "BatchGetItem"),
    may(indexes, "Query"),
    knows(signing_secret),
    access="both",
)
network.route(
    "GET /v1/members/{handle}/following",
    "list_following",
    may(table, "GetItem", "BatchGetItem"),
    may(indexes, "Query"),
    knows(signing_secret),
    access="both",
)
network.route("GET /v1/me/follow-counts", "count_my_follows", may(table, "GetItem"))

network.on(
    "FollowChanged",
    "count_follows",
    may(table, "BatchGetItem", "Query", "PutItem", "UpdateItem", "DeleteItem", "ConditionCheckItem"),
)
network.on(
    "DepartureChanged",
    "erase_network",
    may(table, "GetItem", "Query", "UpdateItem", "BatchWriteItem"),
    may(indexes, "Query"),
)
