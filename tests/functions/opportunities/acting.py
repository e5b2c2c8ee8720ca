"""What members do in these tests, over the API, and what follows from it."""

import json
from typing import Any

from core import keys, table
from core.table import Item
from opportunities import (
    answer_opportunity,
    decide_answer,
    delete_opportunity,
    drop_answers,
    edit_opportunity,
    get_opportunity,
    list_answers,
    list_opportunities,
    post_opportunity,
    renew_opportunity,
)
from tests.cloud import Answer, call
from tests.functions.conftest import Person
from timeline import create_highlight

NOBODYS = "01ARZ3NDEKTSV4RRFFQ69G5FAV"  # an id that nothing has
WANTED = {"activity": "freelance", "title": "A booklet", "paid": True, "place": "Lisboa, Portugal"}


def post(user: Person, key: str | None = None, /, **changes: Any) -> Answer:
    headers = {"Idempotency-Key": key} if key else {}
    return call(post_opportunity.handler, user=user.id, body=WANTED | changes, headers=headers)


def posted(user: Person, /, **changes: Any) -> str:
    """The id of a new opportunity."""
    answer = post(user, **changes)
    assert answer.status == 201, answer
    return str(answer.json["id"])


def read(opportunity_id: str, user: Person | None = None) -> Answer:
    return call(get_opportunity.handler, opportunity_id=opportunity_id, **_who(user))


def edit(user: Person, opportunity_id: str, etag: str | None = None, /, **changes: Any) -> Answer:
    headers = {"If-Match": etag} if etag else {}
    return call(
        edit_opportunity.handler, user=user.id, body=changes, headers=headers, opportunity_id=opportunity_id
    )


def close(user: Person, opportunity_id: str) -> Answer:
    return edit(user, opportunity_id, state="closed", outcome="found")


def delete(user: Person, opportunity_id: str, etag: str | None = None) -> Answer:
    headers = {"If-Match": etag} if etag else {}
    return call(delete_opportunity.handler, user=user.id, headers=headers, opportunity_id=opportunity_id)


def renew(user: Person, opportunity_id: str, key: str | None = None) -> Answer:
    headers = {"Idempotency-Key": key} if key else {}
    return call(renew_opportunity.handler, user=user.id, headers=headers, opportunity_id=opportunity_id)


def listed(user: Person | None = None, /, **query: Any) -> Answer:
    return call(list_opportunities.handler, query=query, **_who(user))


def titles(user: Person | None = None, /, **query: Any) -> list[str]:
    """Of all pages, one after the other."""
    found: list[str] = []
    after: dict[str, str] = {}
    while True:
        page = listed(user, **query, **after)
        assert page.status == 200, page
        found += [each["title"] for each in page.json["items"]]
        if page.json["next"] is None:
            return found
        after = {"after": page.json["next"]}


def respond(user: Person, opportunity_id: str, key: str | None = None, /, **changes: Any) -> Answer:
    """An answer to the opportunity."""
    headers = {"Idempotency-Key": key} if key else {}
    body = {"message": "I would like to."} | changes
    return call(
        answer_opportunity.handler, user=user.id, body=body, headers=headers, opportunity_id=opportunity_id
    )


def responded(user: Person, opportunity_id: str, /, **changes: Any) -> str:
    answer = respond(user, opportunity_id, **changes)
    assert answer.status == 201, answer
    return str(answer.json["id"])


def answers(user: Person, opportunity_id: str, /, **query: Any) -> Answer:
    return call(list_answers.handler, user=user.id, query=query, opportunity_id=opportunity_id)


def decide(
    user: Person, opportunity_id: str, answer_id: str, state: str, etag: str | None = None, /, **note: str
) -> Answer:
    return call(
        decide_answer.handler,
        user=user.id,
        body={"state": state} | note,
        headers={"If-Match": etag} if etag else {},
        opportunity_id=opportunity_id,
        answer_id=answer_id,
    )


def highlight(user: Person, /, **changes: Any) -> str:
    new = {"kind": "code", "title": "Streams", "start": "2019"} | changes
    return str(call(create_highlight.handler, user=user.id, body=new).json["id"])


def block(user: Person, other: Person) -> None:
    """As functions/network writes it: in the partitions of both, whoever blocks."""
    table.write(
        table.put(keys.block(user.id, other.id)._asdict() | {"by_me": "2026-11-23T09:48:12.123Z"}),
        table.put(keys.block(other.id, user.id)._asdict() | {"by_them": True}),
    )


def gone(user: Person) -> None:
    """The member's profile is there no more."""
    table.write(table.delete(keys.member(user.id)))


def hide(user: Person) -> None:
    """The profile is for members only from now on."""
    table.write(table.update(keys.member(user.id), "SET visibility = :members", members="members"))


def follow_up(*ids: str) -> None:
    assert drop_answers.handler(batch(*ids), None) == {"batchItemFailures": []}


def batch(*ids: str) -> dict[str, Any]:
    details = [{"detail": {"opportunity_id": each, "version": 1}} for each in ids]
    return {"Records": [{"messageId": str(n), "body": json.dumps(each)} for n, each in enumerate(details)]}


def everything() -> list[Item]:
    """All items of the table."""
    answer = table.dynamodb.call("Scan", {"TableName": "unit"})
    assert "LastEvaluatedKey" not in answer
    return [table._unpacked(item) for item in answer["Items"]]


def _who(user: Person | None) -> dict[str, Any]:
    return {"user": user.id} if user else {"public": True}
