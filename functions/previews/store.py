"""Previews in the table: one item for each address, whoever asks, so that it is fetched once."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime

from core import keys, table
from core.media import Shown
from core.table import Item, Write
from previews.preview import Outcome, address, digest, kept, times


def get(url: str) -> Item | None:
    return table.get(keys.preview(digest(url)))


def ask(url: str, seen: Item | None, now: datetime) -> Item:
    """Wanted from now on, which is news (PreviewChanged). Who asks at the same time gets the other's item."""
    new = _asked(url, now, is_public=False)
    try:
        table.write(_put(new) if seen is None else _again(seen, now))
    except table.ConditionFailed as failure:
        return failure.found[0] or new
    return seen or new


def wanted(preview_id: str) -> Item | None:
    found = table.get(keys.preview(preview_id), consistent=True)
    return found if found and found.get("wanted") else None


def keep(of: Item, outcome: Outcome, picture: Item | None = None, moves: Sequence[Write] = ()) -> None:
    """Unless it was asked for anew meanwhile: then its own event comes. What was found before stays if
    nothing is found now, as pages are down more often than gone.

    `picture`: the copy of it ({}: there is none any more; None: what was there stays), with the `moves` that
    belong to it. Raises ConditionFailed where one of these cannot be made.
    """
    values = kept(outcome)
    if outcome.state == "failed" and of["state"] == "ready":
        values = {"again": values["again"]}
    values |= {"picture": picture} if picture else {}
    change = ", ".join(f"#{name} = :{name}" for name in values)
    update = table.update(
        keys.preview(of["id"]),
        f"SET {change}, version = :next REMOVE wanted" + (", #picture" if picture == {} else ""),
        "version = :seen",
        **values,
        next=of["version"] + 1,
        seen=of["version"],
    )
    try:
        table.write(update, *moves)
    except table.ConditionFailed as failure:
        if 0 not in failure.found:
            raise


def show(preview_id: str, now: Shown) -> None:
    """If it is the picture that the preview has, and is not shown like this yet."""
    found = table.get(keys.preview(preview_id), consistent=True)
    held = found and found.get("picture")
    if held and held != (copy := now.model_dump(exclude_none=True)):
        update = table.update(
            keys.preview(preview_id), "SET #picture = :copy", "#picture.#id = :id", copy=copy, id=now.id
        )
        with suppress(table.ConditionFailed):  # it has another one since
            table.write(update)


def stand_on_highlight(urls: Iterable[str], now: datetime, *, is_public: bool) -> None:
    """Sees to it that there are previews of these, and that visitors may see them where they see the link."""
    links = {digest(url): url for url in urls}
    found = {item["id"]: item for item in table.get_many(map(keys.preview, links))} if links else {}
    for preview_id, url in links.items():
        with suppress(table.ConditionFailed):  # somebody else has asked: the next event of either sees it
            if preview_id not in found:
                table.write(_put(_asked(url, now, is_public=is_public)))
            if is_public and not found.get(preview_id, {"is_public": True})["is_public"]:
                table.write(_publish(preview_id))


def _asked(url: str, now: datetime, *, is_public: bool) -> Item:
    facts = {
        "id": digest(url),
        "version": 1,
        "url": address(url),
        "state": "waiting",
        "wanted": True,
        "is_public": is_public,
    }
    return keys.preview(digest(url))._asdict() | facts | times(now)


def _put(new: Item) -> Write:
    return table.put(new, "attribute_not_exists(pk)")


def _again(seen: Item, now: datetime) -> Write:
    version = seen["version"]
    values = times(now) | {"wanted": True, "next": version + 1, "seen": version}
    change = "SET wanted = :wanted, again = :again, #ttl = :ttl, version = :next"
    return table.update(keys.preview(seen["id"]), change, "version = :seen", **values)


def _publish(preview_id: str) -> Write:
    return table.update(keys.preview(preview_id), "SET is_public = :yes", "attribute_exists(pk)", yes=True)
