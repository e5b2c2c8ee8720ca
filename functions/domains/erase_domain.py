"""Effect of DepartureChanged: the domain of who has left is given up, and nothing is served there."""

from core import erasing
from domains import store


@erasing.eraser
def handler(member_id: str) -> None:
    store.erase(member_id)
