"""The employer shield: mail domains and members from whom it is hidden what one is open to."""

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from core import handles, keys, table
from core.errors import field
from core.shapes import Line, Shape, distinct
from members.profile import Shield, Shielded

Domain = Annotated[
    Line,
    StringConstraints(to_lower=True, pattern=r"^[^\s@./]+(\.[^\s@./]+)+$", max_length=253),
]
_HANDLE = Annotated[Line, StringConstraints(to_lower=True, min_length=1, max_length=40)]


class NewShield(Shape):
    """The whole shield; empty lists lower it. A domain covers those below it."""

    domains: Annotated[list[Domain], AfterValidator(distinct), Field(max_length=20)] = []
    members: Annotated[
        list[_HANDLE], AfterValidator(distinct), Field(max_length=50, description="Handles.")
    ] = []


def raised(wanted: NewShield, me: str) -> Shield:
    known = _owners(wanted.members)
    for place, handle in enumerate(wanted.members):
        if known.get(handle, me) == me:
            raise field(f"members/{place}", "is nobody's handle, or your own")
    return Shield(
        domains=wanted.domains,
        members=[Shielded(id=known[handle], handle=handle) for handle in wanted.members],
    )


def _owners(names: list[str]) -> dict[str, str]:
    """By present handle: one that led to somebody once might mean either by now."""
    if not names:
        return {}
    found = table.get_many(keys.handle(handles.skeleton(name)) for name in names)
    return {item["handle"]: item["member_id"] for item in found if item["current"]}
