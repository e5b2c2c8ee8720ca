"""What members do to one another, and what comes of it."""

from types import ModuleType

from network import block_member, follow_member, list_blocks, list_followers, list_following, unblock_member
from tests.cloud import call
from tests.functions.conftest import Person


def block(me: Person, them: Person) -> int:
    return call(block_member.handler, user=me.id, handle=them.handle).status


def unblock(me: Person, them: Person) -> int:
    return call(unblock_member.handler, user=me.id, handle=them.handle).status


def follow(me: Person, them: Person) -> int:
    return call(follow_member.handler, user=me.id, handle=them.handle).status


def blocked(me: Person) -> list[str]:
    return [each["handle"] for each in call(list_blocks.handler, user=me.id).json["items"]]


def followers(of: Person, viewer: Person | None = None) -> list[str]:
    return _listed(list_followers, of, viewer)


def following(of: Person, viewer: Person | None = None) -> list[str]:
    return _listed(list_following, of, viewer)


def _listed(route: ModuleType, of: Person, viewer: Person | None) -> list[str]:
    answer = call(route.handler, user=viewer.id if viewer else None, public=viewer is None, handle=of.handle)
    return [each["handle"] for each in answer.json["items"]]
