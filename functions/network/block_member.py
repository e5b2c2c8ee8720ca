"""PUT /v1/blocks/{handle}"""

from core import handles
from core.http import endpoint
from core.request import Caller, Now, Path
from network import blocks


@endpoint(status=204)
def handler(handle: Path, me: Caller, now: Now) -> None:
    blocks.block(me.id, handles.find(handle, me, even_if_blocked=True).member_id, now)
