"""Effect of DepartureChanged: a member's invitations, and the codes that led to them."""

from core import erasing, keys, table


@erasing.eraser
def handler(member_id: str) -> None:
    places = keys.invitation(member_id, 0).pk
    found, _ = table.query(places, limit=100, consistent=True)
    table.write_many([], [keys.invited(item["code_digest"]) for item in found])
    erasing.drop(places)
