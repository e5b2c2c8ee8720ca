"""The people of a highlight: its author, and the collaborators that the author names."""

from collections.abc import Collection
from typing import Any, NamedTuple

from core import handles, keys, table
from core.errors import NotFound, field
from timeline.highlight import Collaborator, Highlight, NewCollaborator


class Author(NamedTuple):
    id: str
    handle: str
    visibility: str
    badges: frozenset[str]

    def check(self, badges: list[str], *, known: Collection[str] = (), name: str = "badges") -> None:
        """A badge that a highlight has already stays good when its member has no such badge any more."""
        for place, badge in enumerate(badges):
            if badge not in self.badges and badge not in known:
                raise field(f"{name}/{place}", "is none of your badges; add it to your profile first")


def author(member_id: str) -> Author:
    profile = table.get(keys.member(member_id))
    if profile is None or profile["visibility"] == handles.HIDDEN:
        raise NotFound("This account has no profile.")
    badges = frozenset(badge["id"] for badge in profile["badges"])
    return Author(member_id, profile["handle"], profile["visibility"], badges)


def checked(changes: dict[str, Any], old: Highlight) -> dict[str, Any]:
    """The changes of an edit, with what they refer to looked up."""
    if changes.get("under") == old.id:
        raise field("under", "cannot be the highlight itself")
    if changes.get("under") != old.under:
        check_parent(changes.get("under"), old.member_id)
    if "badges" not in changes and "collaborators" not in changes:
        return changes
    owner = author(old.member_id)
    owner.check(changes.get("badges", []), known=old.badges)
    if "collaborators" in changes:
        changes["collaborators"] = named(changes["collaborators"], owner, old.collaborators)
    return changes


def check_parent(job_id: str | None, member_id: str) -> None:
    if job_id is None:
        return
    parent = table.get(keys.highlight(job_id)) or {}
    if parent.get("member_id") != member_id or parent.get("kind") != "job":
        raise field("under", "must be the id of a job of your own")


def named(wanted: list[NewCollaborator], owner: Author, known: list[Collaborator]) -> list[Collaborator]:
    """Those whom the owner names. What the members among them have answered before stays answered."""
    members = _members([each.handle.lower() for each in wanted if each.handle])
    answers = {each.member_id: each for each in known if each.member_id and each.state != "claimed"}
    result: list[Collaborator] = []
    for place, each in enumerate(wanted):
        collaborator = _collaborator(each, place, members)
        if collaborator.member_id and collaborator.member_id in {
            owner.id,
            *(one.member_id for one in result),
        }:
            raise field(f"collaborators/{place}/handle", "is you, or somebody whom you have named already")
        result.append(answers.get(collaborator.member_id or "", collaborator))
    return result


def _collaborator(new: NewCollaborator, place: int, members: dict[str, table.Item]) -> Collaborator:
    if (new.handle is None) == (new.name is None):
        raise field(f"collaborators/{place}", "needs a handle (for a member) or a name (for anybody else)")
    if new.name is not None:
        return Collaborator(name=new.name, role=new.role, state="named")
    member = members.get((new.handle or "").lower())
    if member is None:
        raise field(f"collaborators/{place}/handle", "is nobody's handle")
    facts = {"name": member["name"], "member_id": member["id"], "handle": member["handle"]}
    return Collaborator(**facts, role=new.role, state="claimed")


def _members(names: list[str]) -> dict[str, table.Item]:
    """Profiles by the handle that was asked for. Two calls, however many."""
    if not names:
        return {}
    found = table.get_many(keys.handle(handles.skeleton(name)) for name in names)
    owners = {item["handle"]: item["member_id"] for item in found if item["handle"] in names}
    found = table.get_many(map(keys.member, owners.values()))
    profiles = {item["id"]: item for item in found if item["visibility"] != handles.HIDDEN}
    return {name: profiles[owner] for name, owner in owners.items() if owner in profiles}
