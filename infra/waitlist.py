"""The waiting list: joining by e-mail, one's place on it, leaving it, and being admitted from it."""

from infra.context import Context, edge_key, knows, may, signing_secret, table

waitlist = Context("waitlist")

waitlist.route(
    "POST /v1/waitlist",
    "join_waitlist",
    may(table, "PutItem", "UpdateItem"),
    knows(signing_secret),
    knows(edge_key),
    access="open",
)
waitlist.route(
    "POST /v1/waitlist/confirmations",
    "confirm_place",
    may(table, "GetItem", "Query", "PutItem", "UpdateItem", "DeleteItem"),
    knows(signing_secret),
    access="open",
)
waitlist.route(
    "POST /v1/waitlist/departures",
    "leave_waitlist",
    may(table, "GetItem", "PutItem", "UpdateItem", "DeleteItem"),
    knows(signing_secret),
    access="open",
)
waitlist.route("POST /v1/admissions", "admit_from_waitlist", may(table, "PutItem"), knows(signing_secret))
waitlist.route("GET /v1/admissions", "list_admissions", may(table, "BatchGetItem", "Query"))

waitlist.on(
    "RoundChanged",
    "admit_next",
    may(table, "GetItem", "Query", "PutItem", "UpdateItem", "DeleteItem"),
    knows(signing_secret),
    timeout=90,  # 500 of them
)
waitlist.every(60, "pass_on_places", may(table, "Query", "PutItem", "DeleteItem"))
