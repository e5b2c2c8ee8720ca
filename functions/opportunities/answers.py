"""Answers in the table, beside their opportunity; and one item for each member who has answered."""

from collections.abc import Iterable

from core import cursors, keys, people, table
from core.errors import Conflict, NotFound, field
from core.idempotency import Once
from core.keys import Key
from core.people import Seen
from core.request import Caller
from core.shapes import Page, Paged
from core.table import Item
from opportunities.answer import Answer, Evidence, Given
from opportunities.opportunity import Opportunity

_OPEN = "#state = :open AND expires_at > :now"


def add(new: Answer, once: Once) -> None:
    """Only while it is open: one transaction, so that of closing and answering at once one comes first."""
    given = keys.answered(new.opportunity_id, new.member_id)._asdict() | {"answer_id": new.id}
    try:
        once.write(
            table.check(keys.opportunity(new.opportunity_id), _OPEN, open="open", now=new.created_at),
            table.put(given, "attribute_not_exists(pk)"),
            table.put(_key(new)._asdict() | new.model_dump(), "attribute_not_exists(pk)"),
            answer=new,
        )
    except table.ConditionFailed as failure:
        if 0 in failure.found:
            raise Conflict("It is not open any more.") from None
        raise Conflict("You have answered this one already.") from None


def get(opportunity_id: str, answer_id: str) -> Answer:
    item = table.get(keys.opportunity_answer(opportunity_id, answer_id), consistent=True)
    if item is None:
        raise missing()
    return _answer(item)


def missing() -> NotFound:
    return NotFound("There is no such answer.")


def replace(old: Answer, new: Answer) -> bool:
    """False where somebody else was faster."""
    try:
        table.write(table.put(_key(new)._asdict() | new.model_dump(), "version = :seen", seen=old.version))
    except table.ConditionFailed:
        return False
    return True


def of(opportunity: Opportunity, me: Caller, asked: Paged) -> Page[Given]:
    """For the poster: newest first, without those that were withdrawn."""
    first, last = (keys.opportunity_answer(opportunity.id, each) for each in ("", "~"))
    after = cursors.unseal(f"answers {first.pk}", asked.after) if asked.after else None
    items, end = table.query(
        first.pk,
        (first.sk, last.sk),
        limit=asked.limit,
        newest_first=True,
        after=Key(first.pk, after) if after else None,
        consistent=True,
        only="#state <> :withdrawn",
        withdrawn="withdrawn",
    )
    next_ = cursors.seal(f"answers {first.pk}", end.sk) if end else None
    return Page(items=shown(map(_answer, items), me), next=next_)


def own(opportunity_id: str, me: Caller) -> list[Given]:
    given = table.get(keys.answered(opportunity_id, me.id), consistent=True)
    return shown([get(opportunity_id, given["answer_id"])], me) if given else []


def shown(given: Iterable[Answer], me: Caller) -> list[Given]:
    answers = list(given)
    wanted = [keys.highlight(each) for answer in answers for each in answer.highlights]
    seen = people.look([each.member_id for each in answers], me, wanted)
    return [
        Given(**each.model_dump(), answerer=seen.who(each.member_id), evidence=_evidence(each, seen))
        for each in answers
        if each.member_id not in seen.blocked
    ]


def check_evidence(highlights: list[str], me: Caller, seen: Seen) -> None:
    for place, each in enumerate(highlights):
        if not _may_show(seen.also.get(keys.highlight(each)), me.id):
            raise field(f"highlights/{place}", "must be a highlight of your own that is no draft")


def _evidence(answer: Answer, seen: Seen) -> list[Evidence]:
    found = [seen.also.get(keys.highlight(each)) for each in answer.highlights]
    fields = Evidence.model_fields
    return [
        Evidence(**{name: item.get(name) for name in fields})
        for item in found
        if item and _may_show(item, answer.member_id)
    ]


def _may_show(item: Item | None, member_id: str) -> bool:
    return item is not None and item["member_id"] == member_id and item["visibility"] != "draft"


def _key(given: Answer) -> Key:
    return keys.opportunity_answer(given.opportunity_id, given.id)


def _answer(item: Item) -> Answer:
    return Answer.model_validate({name: item[name] for name in Answer.model_fields})
