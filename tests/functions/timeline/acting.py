"""What members do in these tests, over the API, and what follows from it."""

import json
from collections.abc import Iterator
from typing import Any

from core import table
from core.table import Item
from members import edit_me
from tags import count_tags
from tests.cloud import Answer, Handler, call
from tests.functions.conftest import Person
from timeline import (
    answer_collaboration,
    count_highlights,
    count_years,
    create_highlight,
    delete_highlight,
    edit_highlight,
    edit_highlights,
    get_highlight,
    list_highlights,
    share_highlight,
)

TALK = {"kind": "presentation", "title": "Streams", "start": "2019-03"}
NOBODYS = "01ARZ3NDEKTSV4RRFFQ69G5FAV"  # an id that no highlight has
EFFECTS: tuple[Handler, ...] = (count_years.handler, share_highlight.handler, count_tags.handler)


def create(user: Person, key: str | None = None, /, **changes: Any) -> Answer:
    headers = {"Idempotency-Key": key} if key else {}
    return call(create_highlight.handler, user=user.id, body=TALK | changes, headers=headers)


def created(user: Person, /, **changes: Any) -> str:
    """The id of a new highlight."""
    answer = create(user, **changes)
    assert answer.status == 201, answer
    return str(answer.json["id"])


def read(highlight_id: str, user: Person | None = None, /, **headers: str) -> Answer:
    """Without a user: as a visitor."""
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    who: dict[str, Any] = {"user": user.id} if user else {"public": True}
    return call(get_highlight.handler, headers=headers, highlight_id=highlight_id, **who)


def edit(user: Person, highlight_id: str, etag: str | None = None, /, **changes: Any) -> Answer:
    headers = {"If-Match": etag} if etag else {}
    return call(
        edit_highlight.handler, user=user.id, body=changes, headers=headers, highlight_id=highlight_id
    )


def edit_many(user: Person, /, *ids: str, **changes: Any) -> Answer:
    return call(edit_highlights.handler, user=user.id, body={"ids": ids} | changes)


def delete(user: Person, highlight_id: str, etag: str | None = None) -> Answer:
    headers = {"If-Match": etag} if etag else {}
    return call(delete_highlight.handler, user=user.id, headers=headers, highlight_id=highlight_id)


def answer(user: Person, highlight_id: str, state: str, /, **role: str) -> Answer:
    """To being named as a collaborator."""
    body = {"state": state} | role
    return call(answer_collaboration.handler, user=user.id, body=body, highlight_id=highlight_id)


def listed(of: Person, user: Person | None = None, /, **query: Any) -> Answer:
    who: dict[str, Any] = {"user": user.id} if user else {"public": True}
    return call(list_highlights.handler, query=query, handle=of.handle, **who)


def titles(of: Person, user: Person | None = None, /, **query: Any) -> list[str]:
    return [item["title"] for page in pages(of, user, **query) for item in page]


def pages(of: Person, user: Person | None = None, /, **query: Any) -> Iterator[list[dict[str, Any]]]:
    """All of them, one after the other."""
    after: dict[str, str] = {}
    while True:
        page = listed(of, user, **query, **after)
        assert page.status == 200, page
        yield page.json["items"]
        if page.json["next"] is None:
            return
        after = {"after": page.json["next"]}


def counted(of: Person, user: Person | None = None, /, **query: Any) -> Answer:
    who: dict[str, Any] = {"user": user.id} if user else {"public": True}
    return call(count_highlights.handler, query=query, handle=of.handle, **who)


def set_profile(user: Person, /, **changes: Any) -> None:
    assert call(edit_me.handler, user=user.id, body=changes).status == 200


def follow_up(*ids: str) -> None:
    """All that follows from a change of these highlights, as the queues bring it."""
    for effect in EFFECTS:
        assert effect(batch(*ids), None) == {"batchItemFailures": []}


def batch(*ids: str) -> dict[str, Any]:
    details = [{"detail": {"highlight_id": each, "version": 1}} for each in ids]
    records = [{"messageId": str(place), "body": json.dumps(each)} for place, each in enumerate(details)]
    return {"Records": records}


def everything() -> list[Item]:
    """All items of the table."""
    answer = table.dynamodb.call("Scan", {"TableName": "unit"})
    assert "LastEvaluatedKey" not in answer
    return [table._unpacked(item) for item in answer["Items"]]
