"""Sources in the table."""

from contextlib import suppress
from datetime import datetime
from typing import Any, NamedTuple

from core import clock, keys, table
from core.errors import Changed, Conflict, NotFound, field
from core.table import Item, Write
from sources import consents
from sources.source import MAX_SOURCES, Source, SourceEntry, SourceState, entry_shown, shown

_SHOWN_ENTRIES = 200


class Stored(NamedTuple):
    """A source as it is, with what is known of looking at it."""

    fact: Item
    poll: Item
    hub: Item | None

    @property
    def source(self) -> Source:
        return shown(self.fact, self.poll, self.hub)


class Remains(NamedTuple):
    """All that stands there of a source, which may be there, new, or gone."""

    fact: Item | None
    poll: Item | None
    hub: Item | None
    leaving: Item | None


def read(source_id: str) -> Remains:
    """One call: what belongs together stands together."""
    fact = keys.source(source_id)
    items, _ = table.query(fact.pk, (keys.hub("").sk, fact.sk), limit=10, consistent=True)
    by_sk = {item[keys.SK]: item for item in items}
    return Remains(*(by_sk.get(key("").sk) for key in (keys.source, keys.poll, keys.hub, keys.leaving)))


def own(source_id: str, member_id: str) -> Stored:
    found = read(source_id)
    if found.fact is None or found.poll is None or found.fact["member_id"] != member_id:
        raise NotFound("You have no such source.")
    return Stored(found.fact, found.poll, found.hub)


def of_member(member_id: str) -> list[Source]:
    """Newest first; there are few."""
    facts = _facts(member_id)
    wanted = [key(fact["id"]) for fact in facts for key in (keys.poll, keys.hub)]
    beside = {(each[keys.PK], each[keys.SK]): each for each in table.get_many(wanted)} if wanted else {}
    return [
        shown(fact, poll, beside.get(keys.hub(fact["id"])))
        for fact in facts
        if (poll := beside.get(keys.poll(fact["id"])))
    ]


def check_is_new(member_id: str, feed_url: str) -> None:
    facts = _facts(member_id)
    if any(fact["root"] == feed_url for fact in facts):
        raise Conflict("You have this source already.")
    if len(facts) >= MAX_SOURCES:
        raise Conflict(f"A member can have {MAX_SOURCES} sources.")


def check_badges(badges: list[str], member_id: str, known: list[str]) -> None:
    if not badges:
        return
    profile = table.get(keys.member(member_id)) or {"badges": []}
    theirs = {badge["id"] for badge in profile["badges"]}
    for place, badge in enumerate(badges):
        if badge not in theirs and badge not in known:
            raise field(f"badges/{place}", "is none of your badges; add it to your profile first")


def added(
    new: Item, feed_url: str, member_id: str, now: datetime, **known: Any
) -> tuple[Source, list[Write]]:
    """It is to be looked at now: for a preview, of which nothing is taken without a choice.

    `known`: what a look needs to know besides.
    """
    source_id, at = clock.new_id(), clock.timestamp(now)
    fact = new | {
        "id": source_id,
        "member_id": member_id,
        "root": feed_url,
        "state": "previewing",
    }
    fact |= {"version": 1, "created_at": at, "updated_at": at}
    poll = {"source_id": source_id, "feed_url": feed_url, "next_at": at, "errors": 0} | known
    items = [
        keys.source(source_id)._asdict() | fact | keys.sources_of(member_id, source_id),
        keys.poll(source_id)._asdict() | poll | keys.poll_due(at, source_id),
    ]
    return shown(items[0], items[1], None), [table.put(each, "attribute_not_exists(pk)") for each in items]


def connected(member_id: str, granted: Item, now: datetime) -> tuple[Source, list[Write]]:
    """LinkedIn, for the first time or anew."""
    fact = next((each for each in _facts(member_id) if each["kind"] == "linkedin"), None)
    if fact:
        return _reconnected(own(fact["id"], member_id), granted, now)
    feed_url = f"{consents.linkedin().api}/memberSnapshotData"
    check_is_new(member_id, feed_url)
    new = {"kind": "linkedin", "address": "linkedin.com", "publish": "draft"}
    return added(new | {"badges": [], "tags": [], "author": ""}, feed_url, member_id, now, **granted)


def _reconnected(of: Stored, granted: Item, now: datetime) -> tuple[Source, list[Write]]:
    """What had stopped for want of a consent goes on at once; what is paused stays so."""
    old, at = of.fact, clock.timestamp(now)
    version, state = old["version"], "active" if old["state"] == "stopped" else old["state"]
    new = old | {"state": state, "version": version + 1, "updated_at": at}
    values = granted | {"errors": 0}
    if state != "paused":
        values |= {"next_at": at} | keys.poll_due(at, old["id"])
    noted = table.update(
        keys.poll(old["id"]), f"SET {_set(values)} REMOVE #trouble", "attribute_exists(pk)", **values
    )
    poll = {name: value for name, value in of.poll.items() if name != "trouble"} | values
    return shown(new, poll, None), [table.put(new, "version = :seen", seen=version), noted]


def edit(of: Stored, changes: dict[str, Any], choice: Item, state: SourceState, now: datetime) -> Source:
    """With what was chosen, which is carried out by an effect; and the next look as the state says."""
    old, version = of.fact, of.fact["version"]
    new = old | changes | {"state": state, "version": version + 1, "updated_at": clock.timestamp(now)}
    writes = [table.put(new, "version = :seen", seen=version)]
    if choice:
        writes.append(table.put(keys.choice(old["id"], version + 1)._asdict() | choice))
    poll = of.poll
    if state != old["state"]:
        poll, write = _switched(of.poll, state, now)
        writes.append(write)
    try:
        table.write(*writes)
    except table.ConditionFailed:
        raise Changed("It was changed since you read it. Read it again, and decide anew.") from None
    return shown(new, poll, of.hub)


def ask(of: Stored, now: datetime) -> Source:
    """For a look at it now, which is news."""
    at, source_id, version = clock.timestamp(now), of.fact["id"], of.fact["version"]
    due = keys.poll_due(at, source_id)
    try:
        table.write(
            table.update(
                keys.source(source_id),
                "SET version = :next",
                "version = :seen",
                next=version + 1,
                seen=version,
            ),
            table.update(keys.poll(source_id), f"SET next_at = :at, {_set(due)}", **due, at=at),
        )
    except table.ConditionFailed:
        raise Changed("It was changed meanwhile. Try again.") from None
    return shown(of.fact | {"version": version + 1}, of.poll | {"next_at": at} | due, of.hub)


def remove(of: Stored, highlights: str) -> None:
    """What is known of it is cleared away by an effect, and its highlights are kept or removed."""
    source_id = of.fact["id"]
    leaving = {"member_id": of.fact["member_id"], "highlights": highlights}
    table.write(
        table.delete(keys.source(source_id), "attribute_exists(pk)"),
        table.delete(keys.poll(source_id)),
        table.put(keys.leaving(source_id)._asdict() | leaving),
    )


def stop(fact: Item, now: datetime) -> None:
    """As its origin says that it is no more. Unless its member has decided something else meanwhile."""
    key, version = keys.source(fact["id"]), fact["version"]
    change = "SET #state = :stopped, version = :next, updated_at = :now"
    values = {"stopped": "stopped", "next": version + 1, "now": clock.timestamp(now), "seen": version}
    with suppress(table.ConditionFailed):
        table.write(table.update(key, change, "version = :seen", **values))


def waiting(source_id: str) -> list[SourceEntry]:
    """What its member is asked about, newest first."""
    return [entry_shown(item) for state in ("found", "gone") for item in _entries(source_id, state)]


def _entries(source_id: str, state: str) -> list[Item]:
    """Of those with long texts, one page of DynamoDB's (1 MB) holds fewer than are shown."""
    items: list[Item] = []
    after: keys.Key | None = None
    more: keys.Key | None = None
    while len(items) < _SHOWN_ENTRIES:
        some, more = table.query(
            keys.entries_of(source_id, state)["gsi2pk"],
            index="gsi2",
            limit=_SHOWN_ENTRIES - len(items),
            newest_first=True,
            after=after,
            item=more,
        )
        items += some
        if more is None:
            break
        after = keys.Key(items[-1]["gsi2pk"], items[-1]["gsi2sk"])
    return items


def _facts(member_id: str) -> list[Item]:
    partition = keys.sources_of(member_id)["gsi2pk"]
    return table.query(partition, index="gsi2", limit=MAX_SOURCES + 10, newest_first=True)[0]


def _switched(poll: Item, state: SourceState, now: datetime) -> tuple[Item, Write]:
    key = keys.poll(poll["source_id"])
    if state != "active":
        paused = {name: value for name, value in poll.items() if name not in keys.INDEXES["gsi1"]}
        return paused, table.update(key, "REMOVE gsi1pk, gsi1sk", "attribute_exists(pk)")
    at = clock.timestamp(now)
    due = keys.poll_due(at, poll["source_id"])
    change = f"SET next_at = :at, errors = :none, {_set(due)}"
    write = table.update(key, change, "attribute_exists(pk)", at=at, none=0, **due)
    return poll | {"next_at": at, "errors": 0} | due, write


def _set(values: dict[str, Any]) -> str:
    return ", ".join(f"#{name} = :{name}" for name in values)
