"""DELETE /v1/me/sessions/{session_id}"""

from accounts import sessions
from core.http import endpoint
from core.request import InPerson, Now, Path


@endpoint(status=204)
def handler(session_id: Path, me: InPerson, now: Now) -> None:
    sessions.end(me.id, session_id, now)
