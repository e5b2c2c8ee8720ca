"""On whose timelines a highlight stands, and in which of their lists."""

from collections.abc import Callable

from core import table
from core.table import Item, Key
from timeline import store
from timeline.highlight import Highlight

_MOST = 100  # markers of one highlight: its owner's, and those of ten collaborators and of former ones


def members(highlight_id: str, marker: Callable[[str, str], Key]) -> list[str]:
    """The owner and the collaborators as of now, and all that a marker remembers from before."""
    pk, prefix = marker(highlight_id, "")
    markers, _ = table.query(pk, (prefix, prefix + "~"), limit=_MOST, consistent=True)
    fact = table.get(table.highlight_key(highlight_id), consistent=True)
    now = [fact["member_id"], *store.highlight(fact).confirmed()] if fact else []
    return list(dict.fromkeys([*now, *(each[table.SK].removeprefix(prefix) for each in markers)]))


def on(fact: Item | None, member_id: str) -> tuple[Highlight | None, list[str]]:
    """The highlight and the lists of that member's timeline that it stands in; None: in none of them."""
    if fact is None:
        return None, []
    highlight = store.highlight(fact)
    if member_id == highlight.member_id:
        return highlight, highlight.facets()
    shared = member_id in highlight.confirmed() and highlight.visibility != "draft"
    return (highlight, highlight.shared_facets()) if shared else (None, [])
