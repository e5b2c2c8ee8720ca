"""POST /v1/inbox/{secret}"""

from core import table
from core.http import endpoint
from core.request import Body, IdempotencyKey, Now, Path
from sources import inboxes, limits
from sources.inboxes import InboxPost, InboxReceipt


@endpoint(status=202)
def handler(secret: Path, post: Body[InboxPost], key: IdempotencyKey, now: Now) -> InboxReceipt:
    inbox = inboxes.opened(secret)
    limits.POSTS.spend(inbox["id"], now)
    receipt, write = inboxes.arrival(inbox, post, key, now)
    table.write(write)
    return receipt
