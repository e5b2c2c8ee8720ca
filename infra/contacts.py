"""Contacts: asking a member for what they are open to, and the conversation that may come of it."""

from infra.context import Context, knows, may, signing_secret, table

contacts = Context("contacts")

contacts.route(
    "GET /v1/contacts", "list_contacts", may(table, "BatchGetItem", "Query"), knows(signing_secret)
)
contacts.route(
    "POST /v1/contacts",
    "contact_member",
    may(table, "GetItem", "PutItem", "UpdateItem", "ConditionCheckItem"),
    knows(signing_secret),
)
contacts.route("GET /v1/contacts/{contact_id}", "get_contact", may(table, "GetItem", "BatchGetItem"))
contacts.route(
    "PATCH /v1/contacts/{contact_id}",
    "decide_contact",
    may(
        table,
        "GetItem",
        "BatchGetItem",
        "PutItem",
        "UpdateItem",
        "DeleteItem",
        "ConditionCheckItem",
    ),
)
contacts.route(
    "GET /v1/contacts/{contact_id}/messages",
    "list_messages",
    may(table, "GetItem", "BatchGetItem", "Query"),
    knows(signing_secret),
)
contacts.route(
    "POST /v1/contacts/{contact_id}/messages",
    "send_message",
    may(table, "GetItem", "BatchGetItem", "PutItem", "UpdateItem", "ConditionCheckItem"),
    knows(signing_secret),
)
contacts.route(
    "PUT /v1/contacts/{contact_id}/messages/read",
    "mark_messages_read",
    may(table, "GetItem", "BatchGetItem", "UpdateItem", "DeleteItem"),
)
contacts.route("GET /v1/me/waiting", "get_waiting", may(table, "Query"))

contacts.on(
    "DepartureChanged",
    "erase_contacts",
    may(table, "GetItem", "Query", "PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem"),
)
