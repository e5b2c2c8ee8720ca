"""Members: profiles, handles, and what they are open to."""

from infra.context import Context, knows, may, signing_secret, table

members = Context("members")

members.route("GET /v1/me", "get_me", may(table, "GetItem"))
members.route(
    "PUT /v1/me/handle",
    "change_handle",
    may(table, "GetItem", "PutItem", "UpdateItem"),
    knows(signing_secret),
)
members.route("PATCH /v1/me", "edit_me", may(table, "GetItem", "BatchGetItem", "PutItem", "UpdateItem"))
members.route("PUT /v1/me/open-to/{activity}", "open_up", may(table, "GetItem", "PutItem"))
members.route("DELETE /v1/me/open-to/{activity}", "close_off", may(table, "GetItem", "PutItem"))
members.route("PUT /v1/me/shield", "raise_shield", may(table, "GetItem", "BatchGetItem", "PutItem"))
members.route("GET /v1/me/view-as", "view_as", may(table, "GetItem"), knows(signing_secret))
members.route("GET /v1/activities", "list_activities", access="both")
members.route(
    "GET /v1/members/{handle}", "get_member", may(table, "GetItem"), knows(signing_secret), access="both"
)

members.on("DepartureChanged", "erase_profile", may(table, "GetItem", "PutItem", "DeleteItem"))
members.on("MediaChanged", "show_portrait", may(table, "GetItem", "PutItem"))
