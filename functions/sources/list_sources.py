"""GET /v1/sources"""

from core.http import endpoint
from core.request import Caller
from sources import consents, store
from sources.source import SourceKind, Sources


@endpoint()
def handler(me: Caller) -> Sources:
    kinds: list[SourceKind] = ["feed", "medium"]
    if consents.is_offered():
        kinds.append("linkedin")
    return Sources(items=store.of_member(me.id), kinds=kinds)
