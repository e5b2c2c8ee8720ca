from tests.cloud import Answer, call
from tests.functions.conftest import Person
from timeline import create_highlight, get_highlight, list_highlights

TALK = {"kind": "presentation", "title": "Streams", "start": "2019-03", "tags": ["Kafka", "kafka", "Café"]}


def create(user: Person, key: str | None = None, **changes: object) -> Answer:
    headers = {"Idempotency-Key": key} if key else {}
    return call(create_highlight.handler, user=user.id, body=TALK | changes, headers=headers)


def test_stands_on_the_timeline_at_once(alice: Person) -> None:
    created = create(alice)

    assert created.status == 201
    assert created.json["tags"] == ["kafka", "cafe"]
    listed = call(list_highlights.handler, public=True, handle="alice")
    assert [item["id"] for item in listed.json["items"]] == [created.json["id"]]
    read = call(get_highlight.handler, public=True, highlight_id=created.json["id"])
    assert read.json == created.json
