"""Accounts: who may come in, and signing in and out."""

from infra.context import (
    Context,
    edge_key,
    indexes,
    knows,
    may,
    network_limits,
    outside,
    sign_in_providers,
    sign_in_secrets,
    signing_secret,
    site,
    table,
    user_pool,
)

accounts = Context("accounts")

accounts.route(
    "POST /v1/accounts",
    "create_account",
    may(table, "GetItem", "PutItem", "UpdateItem", "DeleteItem", "ConditionCheckItem"),
    may(user_pool, "AdminGetUser", "AdminUpdateUserAttributes", "AdminDeleteUser"),
    knows(signing_secret),
    knows(edge_key),
    access="open",
    timeout=25,  # the pool may wait for its trigger longer than for anything else
)
accounts.route(
    "POST /v1/accounts/confirmations",
    "confirm_account",
    may(table, "GetItem", "PutItem", "UpdateItem", "DeleteItem", "ConditionCheckItem"),
    may(user_pool, "AdminGetUser", "AdminUpdateUserAttributes", "AdminDeleteUser"),
    knows(signing_secret),
    access="open",
)
accounts.route(
    "POST /v1/accounts/confirmation-codes",
    "mail_confirmation_code",
    may(table, "GetItem", "UpdateItem"),
    knows(user_pool),
    knows(signing_secret),
    access="open",
)
accounts.on("SignUpChanged", "forget_sign_up", may(table, "GetItem"), may(user_pool, "AdminDeleteUser"))
accounts.route(
    "POST /v1/sessions",
    "sign_in",
    may(table, "GetItem", "PutItem", "UpdateItem", "DeleteItem"),
    knows(user_pool),
    knows(signing_secret),
    knows(edge_key),
    knows(network_limits),
    access="open",
    timeout=25,
)
accounts.route(
    "POST /v1/sessions/refresh",
    "renew_session",
    may(table, "GetItem", "UpdateItem", "DeleteItem"),
    knows(user_pool),
    knows(signing_secret),
    access="open",
)
accounts.route(
    "DELETE /v1/sessions",
    "sign_out",
    may(table, "GetItem", "Query", "UpdateItem", "DeleteItem", "BatchWriteItem"),
    may(user_pool, "AdminUserGlobalSignOut"),
    knows(signing_secret),
)
accounts.route("GET /v1/me/sessions", "list_sessions", may(table, "Query"), knows(signing_secret))
accounts.route(
    "DELETE /v1/me/sessions/{session_id}",
    "end_session",
    may(table, "GetItem", "UpdateItem", "DeleteItem"),
)

accounts.route(
    "POST /v1/password-resets",
    "request_password_reset",
    may(table, "UpdateItem"),
    knows(user_pool),
    knows(signing_secret),
    knows(edge_key),
    knows(network_limits),
    access="open",
)
accounts.route(
    "PUT /v1/password-resets",
    "reset_password",
    may(table, "GetItem", "Query", "PutItem", "UpdateItem", "BatchWriteItem"),
    may(user_pool, "AdminGetUser", "AdminUserGlobalSignOut"),
    knows(signing_secret),
    access="open",
)
accounts.route(
    "PUT /v1/me/password",
    "change_password",
    may(table, "GetItem", "Query", "PutItem", "UpdateItem", "BatchWriteItem"),
    may(user_pool, "AdminGetUser"),
    knows(signing_secret),
)

accounts.route(
    "POST /v1/me/email-changes",
    "request_email_change",
    may(table, "PutItem", "UpdateItem"),
    may(user_pool, "AdminGetUser"),
    knows(signing_secret),
)
accounts.route(
    "PUT /v1/me/email-changes",
    "confirm_email_change",
    may(table, "GetItem", "PutItem", "UpdateItem", "DeleteItem"),
    may(user_pool, "AdminGetUser", "AdminUpdateUserAttributes"),
    knows(signing_secret),
)

accounts.route("GET /v1/me/tokens", "list_tokens", may(table, "Query"))
accounts.route(
    "POST /v1/me/tokens",
    "create_token",
    may(table, "Query", "PutItem", "UpdateItem"),
    may(user_pool, "AdminCreateUser", "AdminSetUserPassword"),
    knows(signing_secret),
)
accounts.route(
    "DELETE /v1/me/tokens/{token_id}",
    "delete_token",
    may(table, "GetItem", "UpdateItem", "DeleteItem"),
    may(user_pool, "AdminDeleteUser"),
)

accounts.route(
    "DELETE /v1/me",
    "delete_account",
    may(table, "GetItem", "PutItem", "UpdateItem"),
    may(user_pool, "AdminDisableUser"),
    knows(signing_secret),
)
accounts.on(
    "DepartureChanged",
    "erase_account",
    may(table, "GetItem", "Query", "DeleteItem", "BatchWriteItem"),
    may(user_pool, "AdminGetUser", "AdminDeleteUser"),
)
accounts.every(15, "continue_departures", may(table, "PutItem"), may(indexes, "Query"))

accounts.route(
    "PUT /v1/moderation/members/{handle}/suspension",
    "suspend_member",
    may(table, "GetItem", "PutItem", "UpdateItem"),
    may(user_pool, "AdminDisableUser"),
)
accounts.route(
    "DELETE /v1/moderation/members/{handle}/suspension",
    "lift_suspension",
    may(table, "GetItem", "UpdateItem", "DeleteItem"),
    may(user_pool, "AdminEnableUser"),
)

accounts.route("GET /v1/sign-in-providers", "list_sign_in_providers", knows(sign_in_providers), access="open")
accounts.route(
    "POST /v1/sign-in-providers/{provider}/authorizations",
    "begin_authorization",
    may(table, "PutItem", "UpdateItem"),
    knows(signing_secret),
    knows(edge_key),
    knows(network_limits),
    knows(sign_in_providers),
    knows(site),
    knows(outside),
    access="open",
    timeout=20,
    layers=("identity",),
)
accounts.route(
    "POST /v1/sign-in-providers/{provider}/identities",
    "prove_identity",
    may(table, "GetItem", "UpdateItem"),
    knows(signing_secret),
    knows(sign_in_providers),
    knows(sign_in_secrets),
    knows(site),
    knows(outside),
    access="open",
    timeout=20,
    layers=("identity",),
)
accounts.route("GET /v1/me/identities", "list_identities", may(table, "GetItem"))
accounts.route(
    "POST /v1/me/identities",
    "link_identity",
    may(table, "GetItem", "PutItem", "UpdateItem", "DeleteItem"),
    may(user_pool, "AdminGetUser"),
    knows(signing_secret),
    knows(sign_in_providers),
)
accounts.route(
    "DELETE /v1/me/identities/{provider}",
    "unlink_identity",
    may(table, "GetItem", "PutItem", "DeleteItem"),
    may(user_pool, "AdminGetUser"),
    knows(signing_secret),
    knows(sign_in_providers),
)

accounts.trigger(("PreSignUp",), "check_admission", may(table, "GetItem"))
accounts.trigger(
    ("DefineAuthChallenge", "CreateAuthChallenge", "VerifyAuthChallengeResponse"),
    "check_proof",
    knows(signing_secret),
)
