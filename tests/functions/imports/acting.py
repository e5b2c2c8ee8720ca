"""What members do with archives in these tests, and what follows from it."""

import json
from typing import Any

from core import keys, table
from imports import (
    create_import,
    edit_import,
    get_import,
    list_imports,
    read_archive,
    undo_import,
    work_on_import,
)
from tests.cloud import Answer, Handler, call
from tests.functions.conftest import Person
from timeline import list_highlights, take_arrival

UPLOADS = "uploads-of-archives"


def told(handler: Handler, **detail: Any) -> list[Any]:
    """What the queue would bring again."""
    answer = handler({"Records": [{"messageId": "1", "body": json.dumps({"detail": detail})}]}, None)
    return list(answer["batchItemFailures"])


def stored(beginning: str = "") -> list[dict[str, Any]]:
    answer = table.dynamodb.call("Scan", {"TableName": "unit"})
    items = [table._unpacked(item) for item in answer["Items"]]
    return [item for item in items if item["pk"].startswith(beginning)]


class Imports:
    """`behind`: the timeline follows only when it is told to."""

    def __init__(self, bucket: Any) -> None:
        self.bucket = bucket
        self.behind = False

    def create(self, who: Person, kind: str = "linkedin", key: str | None = None, **facts: Any) -> Answer:
        body = {"kind": kind, "file_name": "export.zip", "size": 50_000_000} | facts
        headers = {"Idempotency-Key": key} if key else {}
        return call(create_import.handler, user=who.id, body=body, headers=headers)

    def bring(self, who: Person, content: bytes, kind: str = "linkedin") -> str:
        """The id of an import whose archive was read."""
        size = 1_000_000 if kind == "json_resume" else 50_000_000
        made = self.create(who, kind, size=size)
        assert made.status == 201, made
        import_id = str(made.json["id"])
        self.upload(import_id, content)
        assert self.read(import_id) == []
        return import_id

    def upload(self, import_id: str, content: bytes) -> None:
        self.bucket.put_object(Bucket=UPLOADS, Key=f"imports/{import_id}", Body=content)

    def read(self, import_id: str) -> list[Any]:
        return told(read_archive.handler, object={"key": f"imports/{import_id}"})

    def get(self, who: Person, import_id: str, **query: Any) -> Answer:
        return call(get_import.handler, user=who.id, query={"limit": 100} | query, import_id=import_id)

    def rows(self, who: Person, import_id: str) -> list[dict[str, Any]]:
        found, after = [], None
        while True:
            answer = self.get(who, import_id, **({"after": after} if after else {}))
            assert answer.status == 200, answer
            found += answer.json["rows"]["items"]
            if (after := answer.json["rows"]["next"]) is None:
                return found

    def edit(self, who: Person, import_id: str, /, **edit: Any) -> Answer:
        return call(edit_import.handler, user=who.id, body=edit, import_id=import_id)

    def take(self, who: Person, import_id: str, /, **edit: Any) -> dict[str, Any]:
        """The import when it is done."""
        answer = self.edit(who, import_id, state="taking", **edit)
        assert answer.status == 200, answer
        self.work(import_id)
        return dict(self.get(who, import_id).json)

    def undo(self, who: Person, import_id: str) -> Answer:
        answer = call(undo_import.handler, user=who.id, import_id=import_id)
        if answer.status == 202:
            self.work(import_id)
            self.let_the_timeline_follow()
        return answer

    def work(self, import_id: str) -> None:
        """As many steps as there are."""
        version = None
        while (now := self.version(import_id)) != version:
            version = now
            assert told(work_on_import.handler, import_id=import_id, version=1) == []

    def version(self, import_id: str) -> int | None:
        item = table.get(keys.import_job(import_id), consistent=True)
        return int(item["version"]) if item else None

    def list(self, who: Person, **query: Any) -> Answer:
        return call(list_imports.handler, user=who.id, query=query)

    def let_the_timeline_follow(self, _seconds: float = 0) -> None:
        if not self.behind:
            for each in {item["pk"] for item in stored("ARRIVAL#")}:
                event = {"arrival_id": each.removeprefix("ARRIVAL#"), "version": 1}
                assert told(take_arrival.handler, **event) == []


def titles(who: Person) -> list[str]:
    answer = call(list_highlights.handler, user=who.id, query={"limit": 100}, handle=who.handle)
    return [each["title"] for each in answer.json["items"]]
