"""DELETE /v1/follows/{handle}"""

from core import handles
from core.http import endpoint
from core.request import Caller, Path
from network import follows


@endpoint(status=204)
def handler(handle: Path, me: Caller) -> None:
    follows.unfollow(me.id, handles.find(handle, me, even_if_blocked=True).member_id)
