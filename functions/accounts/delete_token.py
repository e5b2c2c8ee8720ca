"""DELETE /v1/me/tokens/{token_id}"""

from accounts import personal
from core.http import endpoint
from core.request import InPerson, Now, Path


@endpoint(status=204)
def handler(token_id: Path, me: InPerson, now: Now) -> None:
    personal.remove(me.id, token_id, now)
