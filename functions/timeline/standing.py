"""On whose timelines a highlight stands, and in which of their lists."""

from core.derived import Collection
from core.keys import Key
from core.table import Item
from timeline import store
from timeline.highlight import Highlight


def members(found: Collection, fact: Key, marker: Key) -> list[str]:
    """The owner and the collaborators as of now, and all whom a marker like this one remembers."""
    now = found.get(fact.sk)
    present = [now["member_id"], *store.highlight(now).confirmed()] if now else []
    former = [sk.removeprefix(marker.sk) for sk in found if sk.startswith(marker.sk)]
    return list(dict.fromkeys([*present, *former]))


def on(fact: Item | None, member_id: str) -> tuple[Highlight | None, list[str]]:
    """The highlight and the lists of that member's timeline that it stands in; None: in none of them."""
    if fact is None:
        return None, []
    highlight = store.highlight(fact)
    if member_id == highlight.member_id:
        return highlight, highlight.facets()
    shared = member_id in highlight.confirmed() and highlight.visibility != "draft"
    return (highlight, highlight.shared_facets()) if shared else (None, [])
