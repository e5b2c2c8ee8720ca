"""Mail: what is sent, what comes back, and how mails are unsubscribed from."""

from infra.context import Context, knows, mailer, may, signing_secret, site, table

mail = Context("mail")

mail.route(
    "POST /v1/unsubscriptions/{token}",
    "unsubscribe",
    may(table, "PutItem"),
    knows(signing_secret),
    access="open",
)

mail.on(
    "MailChanged",
    "send_mail",
    may(table, "Query", "BatchGetItem", "PutItem", "DeleteItem"),
    may(mailer, "SendEmail", "SendRawEmail"),  # AWS asks for the second, as the message is made by us
    knows(site),
    knows(signing_secret),
    timeout=90,  # ten mails, where SES is slow and throttles
)
mail.on_returned_mail("suppress_address", may(table, "GetItem", "PutItem"), knows(signing_secret))
