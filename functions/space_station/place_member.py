"""Effect of MemberChanged: by what, and where, the Space Station finds somebody."""

from core.events import MemberChanged, subscriber
from space_station import placing


@subscriber(MemberChanged)
def handler(event: MemberChanged) -> None:
    placing.place(event.member_id)
