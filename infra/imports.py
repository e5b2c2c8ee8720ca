"""Imports: archives that members bring along, shown before they are taken over, and taken back as a whole."""

from infra.context import ARCHIVES, Context, indexes, knows, may, signing_secret, table, uploaded_archives

imports = Context("imports")

imports.route("GET /v1/imports", "list_imports", may(indexes, "Query"), knows(signing_secret))
imports.route(
    "POST /v1/imports",
    "create_import",
    may(table, "GetItem", "PutItem", "UpdateItem"),
    may(uploaded_archives, "PutObject"),  # by the form that it signs: who holds it acts with this right
    knows(signing_secret),
)
imports.route(
    "GET /v1/imports/{import_id}", "get_import", may(table, "GetItem", "Query"), knows(signing_secret)
)
imports.route("PATCH /v1/imports/{import_id}", "edit_import", may(table, "GetItem", "UpdateItem"))
imports.route("DELETE /v1/imports/{import_id}", "undo_import", may(table, "GetItem", "UpdateItem"))

imports.upload(
    "read_archive",
    may(table, "GetItem", "BatchGetItem", "UpdateItem", "BatchWriteItem"),
    may(uploaded_archives, "GetObject", "DeleteObject"),
    timeout=120,
    memory=1769,  # a whole processor
    under=ARCHIVES,
)
imports.on(
    "ImportChanged",
    "work_on_import",
    may(
        table,
        "GetItem",
        "BatchGetItem",
        "Query",
        "UpdateItem",
        "DeleteItem",
        "ConditionCheckItem",
        "BatchWriteItem",
    ),
    timeout=60,
)
imports.on(
    "DepartureChanged",
    "erase_imports",
    may(table, "GetItem", "Query", "BatchWriteItem"),
    may(indexes, "Query"),
)
