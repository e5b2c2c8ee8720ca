"""Effect of HighlightChanged: how often each tag is used, and what it is used with."""

from contextlib import suppress
from functools import partial

from core import keys, table
from core.derived import settle
from core.events import HighlightChanged, subscriber
from core.keys import Key
from core.table import Item, Write
from tags import ranking

# Thirty tags can become thirty others in one transaction: all counts, the company of so many, and a note.
_IN_COMPANY = 18


@subscriber(HighlightChanged)
def handler(event: HighlightChanged) -> None:
    fact, marker = keys.highlight(event.highlight_id), keys.tagged(event.highlight_id)
    settle(fact, marker, _tagged, partial(_moves, event.highlight_id))
    _rank_what_changed(keys.unranked(event.highlight_id))


def _tagged(fact: Item | None) -> Item | None:
    """Only what everybody may see is counted: a draft's tags are nobody's business."""
    return {"tags": fact["tags"]} if fact and fact["visibility"] == "public" and fact["tags"] else None


def _rank_what_changed(note: Key) -> None:
    """Ranks are too many items for the transaction of the counts, which leaves a note of what is to be done:
    after a crash in between, the event that comes again finds it.
    """
    if left := table.get(note, consistent=True):
        ranking.rank(left["tags"])
        with suppress(table.ConditionFailed):  # whoever has added something meanwhile goes on with it all
            table.write(table.delete(note, "#tags = :done", done=left["tags"]))


def _moves(highlight_id: str, old: Item, new: Item) -> list[Write]:
    before, after = old.get("tags", []), new.get("tags", [])
    changed = [tag for tag in before if tag not in after] + [tag for tag in after if tag not in before]
    counts = [_count(tag, -1 if tag in before else 1) for tag in changed]
    if changed:
        counts.append(_note(highlight_id, changed))
    gone = [tag for tag in before[:_IN_COMPANY] if tag not in after[:_IN_COMPANY]]
    left = [table.delete(keys.tag_use(tag, highlight_id)) for tag in gone]
    return counts + left + [_use(tag, highlight_id, after) for tag in after[:_IN_COMPANY]]


def _count(tag: str, step: int) -> Write:
    return table.update(keys.tag(tag), "ADD uses :step SET #tag = :tag", step=step, tag=tag)


def _note(highlight_id: str, changed: list[str]) -> Write:
    change = "SET #tags = list_append(if_not_exists(#tags, :none), :changed)"
    return table.update(keys.unranked(highlight_id), change, none=[], changed=changed)


def _use(tag: str, highlight_id: str, company: list[str]) -> Write:
    return table.put(keys.tag_use(tag, highlight_id)._asdict() | {"tags": company})
