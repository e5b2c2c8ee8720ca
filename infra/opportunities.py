"""Opportunities: the board of what is asked for, the answers to it, and whom it fits."""

from infra.context import Context, indexes, knows, may, signing_secret, table

opportunities = Context("opportunities")

opportunities.route(
    "GET /v1/opportunities",
    "list_opportunities",
    may(table, "BatchGetItem", "Query"),
    may(indexes, "Query"),
    knows(signing_secret),
    access="both",
)
opportunities.route(
    "POST /v1/opportunities",
    "post_opportunity",
    may(table, "GetItem", "PutItem", "UpdateItem"),
    knows(signing_secret),
)
opportunities.route(
    "GET /v1/opportunities/{opportunity_id}",
    "get_opportunity",
    may(table, "GetItem", "BatchGetItem"),
    access="both",
)
opportunities.route(
    "PATCH /v1/opportunities/{opportunity_id}",
    "edit_opportunity",
    may(table, "GetItem", "PutItem", "DeleteItem"),
)
opportunities.route(
    "DELETE /v1/opportunities/{opportunity_id}", "delete_opportunity", may(table, "GetItem", "DeleteItem")
)
opportunities.route(
    "POST /v1/opportunities/{opportunity_id}/renewals",
    "renew_opportunity",
    may(table, "GetItem", "PutItem", "DeleteItem"),
    knows(signing_secret),
)
opportunities.route(
    "GET /v1/opportunities/{opportunity_id}/answers",
    "list_answers",
    may(table, "GetItem", "BatchGetItem", "Query"),
    knows(signing_secret),
)
opportunities.route(
    "POST /v1/opportunities/{opportunity_id}/answers",
    "answer_opportunity",
    may(table, "GetItem", "BatchGetItem", "PutItem", "UpdateItem", "ConditionCheckItem"),
    knows(signing_secret),
)
opportunities.route(
    "PATCH /v1/opportunities/{opportunity_id}/answers/{answer_id}",
    "decide_answer",
    may(table, "GetItem", "PutItem"),
)

opportunities.route(
    "GET /v1/me/matches", "list_matches", may(table, "BatchGetItem", "Query"), knows(signing_secret)
)

opportunities.on(
    "MemberChanged",
    "index_openness",
    may(table, "Query", "PutItem", "DeleteItem", "ConditionCheckItem"),
)
opportunities.on(
    "OpportunityChanged",
    "match_opportunity",
    may(table, "GetItem", "BatchGetItem", "Query", "BatchWriteItem"),
)
opportunities.on("OpportunityChanged", "drop_answers", may(table, "GetItem", "Query", "BatchWriteItem"))
opportunities.on(
    "DepartureChanged",
    "erase_opportunities",
    may(table, "GetItem", "Query", "UpdateItem", "DeleteItem", "BatchWriteItem"),
)
