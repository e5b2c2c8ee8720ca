"""POST /v1/unsubscriptions/{token}"""

from core import mail, table
from core.errors import NotFound
from core.http import Reply, endpoint
from core.request import Now, Path
from mail import unsubscribing


@endpoint(status=204)
def handler(token: Path, now: Now) -> Reply:
    """Whatever the body: mail programs post a form to the address in the header (RFC 8058)."""
    found = unsubscribing.read(token)
    if found is None:
        raise NotFound("This link is not one of ours, or not whole: copy it from the mail again.")
    to_digest, mailing_list = found
    table.write(mail.suppress(to_digest, mailing_list, "unsubscribed", now))
    return Reply(None)
