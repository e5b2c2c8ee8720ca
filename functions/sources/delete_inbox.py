"""DELETE /v1/inboxes/{inbox_id}"""

from core.http import endpoint
from core.request import Caller, Path
from sources import inboxes


@endpoint(status=204)
def handler(inbox_id: Path, me: Caller) -> None:
    inboxes.remove(inbox_id, me.id)
