"""Cursors: where a list goes on. Opaque, and signed so that none can be made up or carried elsewhere."""

from core import tokens
from core.errors import Malformed


def seal(scope: str, position: str) -> str:
    """The cursor for a sort key within `scope`: the list and the filters that it belongs to."""
    return tokens.sign(scope, position)


def unseal(scope: str, cursor: str) -> str:
    position = tokens.read(scope, cursor)
    if position is None:
        detail = "is not a cursor of this list: take `next` of a former answer, with the same filters"
        raise Malformed("The cursor is not one of ours.", {"pointer": "/after", "detail": detail})
    return position
