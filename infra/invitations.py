"""Invitations: the few that each member has, sent by mail or handed on as a code."""

from infra.context import Context, allowance, edge_key, knows, may, signing_secret, table, user_pool

invitations = Context("invitations")

invitations.route(
    "GET /v1/me/invitations",
    "list_invitations",
    may(table, "Query", "BatchGetItem"),
    knows(allowance),
)
invitations.route(
    "POST /v1/me/invitations",
    "create_invitation",
    may(table, "GetItem", "Query", "PutItem", "UpdateItem"),
    may(user_pool, "AdminGetUser"),
    knows(allowance),
    knows(signing_secret),
)
invitations.route(
    "POST /v1/me/invitations/{invitation_id}/resend",
    "resend_invitation",
    may(table, "GetItem", "Query", "PutItem", "UpdateItem"),
    knows(signing_secret),
)
invitations.route(
    "DELETE /v1/me/invitations/{invitation_id}",
    "revoke_invitation",
    may(table, "Query", "UpdateItem"),
)
invitations.route(
    "GET /v1/invitations/{code}",
    "get_invitation",
    may(table, "GetItem", "UpdateItem"),
    knows(edge_key),
    knows(signing_secret),
    access="open",
)
invitations.on("DepartureChanged", "erase_invitations", may(table, "GetItem", "Query", "BatchWriteItem"))
