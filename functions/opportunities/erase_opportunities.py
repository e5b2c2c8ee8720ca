"""Effect of DepartureChanged: what the member has posted, answered, and was told of."""

from contextlib import suppress

from core import erasing, keys, table
from core.errors import Changed
from opportunities import store

_AT_ONCE = 10


@erasing.eraser
def handler(member_id: str) -> None:
    done = [_erase_posted(member_id), _erase_answers(member_id)]
    erasing.drop(keys.match(member_id, "").pk)
    if not all(done):
        erasing.go_on(member_id)


def _erase_posted(member_id: str) -> bool:
    """Answers to it, which are others', follow it (drop_answers)."""
    posted, more = table.query(keys.posted(member_id, "").pk, limit=_AT_ONCE, consistent=True)
    for each in posted:
        fact = table.get(keys.opportunity(each["id"]), consistent=True)
        if fact:
            with suppress(Changed):  # by a request that was under way: the next run takes it
                store.remove(store.opportunity(fact))
    return more is None


def _erase_answers(member_id: str) -> bool:
    given, more = table.query(keys.answered("", member_id).pk, limit=_AT_ONCE, consistent=True)
    for each in given:
        answer = keys.opportunity_answer(each[keys.SK], each["answer_id"])
        table.write(table.delete(answer), table.delete(keys.answered(each[keys.SK], member_id)))
    return more is None
