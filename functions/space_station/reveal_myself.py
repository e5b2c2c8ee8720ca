"""PUT /v1/me/reveals/{handle}"""

from core import blind, handles, table
from core.errors import Conflict
from core.http import endpoint
from core.request import Caller, Now, Path


@endpoint(status=204)
def handler(handle: Path, me: Caller, now: Now) -> None:
    to = handles.find(handle, me).member_id
    if to == me.id:
        raise Conflict("You know yourself already.")
    table.write(blind.revealed(me.id, to, now))
