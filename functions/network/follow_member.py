"""PUT /v1/follows/{handle}"""

from core import handles
from core.http import endpoint
from core.request import Caller, Now, Path
from network import follows


@endpoint(status=204)
def handler(handle: Path, me: Caller, now: Now) -> None:
    follows.follow(me.id, handles.find(handle, me).member_id, now)
