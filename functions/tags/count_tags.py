"""Effect of HighlightChanged: how often each tag is used, and what it is used with."""

from functools import partial

from core import table
from core.derived import settle
from core.events import HighlightChanged, subscriber
from core.table import Item, Write
from tags import ranking

# Thirty tags can become thirty others in one transaction: all counts, and the company of so many.
_IN_COMPANY = 18


@subscriber(HighlightChanged)
def handler(event: HighlightChanged) -> None:
    touched: set[str] = set()
    fact, marker = table.highlight_key(event.highlight_id), table.tagged_key(event.highlight_id)
    settle(fact, marker, _tagged, partial(_moves, event.highlight_id, touched))
    ranking.rank(touched)


def _tagged(fact: Item | None) -> Item | None:
    """Only what everybody may see is counted: a draft's tags are nobody's business."""
    return {"tags": fact["tags"]} if fact and fact["visibility"] == "public" and fact["tags"] else None


def _moves(highlight_id: str, touched: set[str], old: Item, new: Item) -> list[Write]:
    before, after = old.get("tags", []), new.get("tags", [])
    touched.update(before, after)
    counts = [_count(tag, -1) for tag in before if tag not in after] + [
        _count(tag, 1) for tag in after if tag not in before
    ]
    gone = [tag for tag in before[:_IN_COMPANY] if tag not in after[:_IN_COMPANY]]
    left = [table.delete(table.tag_use_key(tag, highlight_id)) for tag in gone]
    return counts + left + [_use(tag, highlight_id, after) for tag in after[:_IN_COMPANY]]


def _count(tag: str, step: int) -> Write:
    return table.update(table.tag_key(tag), "ADD uses :step SET #tag = :tag", step=step, tag=tag)


def _use(tag: str, highlight_id: str, company: list[str]) -> Write:
    return table.put(table.tag_use_key(tag, highlight_id)._asdict() | {"tags": company})
