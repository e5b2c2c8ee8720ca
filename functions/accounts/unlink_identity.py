"""DELETE /v1/me/identities/{provider}"""

from accounts import cognito, identities, notices
from core import table
from core.errors import Conflict
from core.http import endpoint
from core.request import InPerson, Now, Path


@endpoint(status=204)
def handler(provider: Path, me: InPerson, now: Now) -> None:
    """Sessions that were begun by it go on: they are seen, and ended, with all others."""
    gone = identities.unlink(me.id, provider)
    address = cognito.own_address(me.id)
    notice = notices.ways_in_changed(me.id, address, provider, now, linked=False)
    try:
        table.write(*gone, notice)
    except table.ConditionFailed:
        raise Conflict("Your ways in are just being changed; try again.") from None
