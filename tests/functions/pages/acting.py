"""What happens in these tests, what follows from it, and what then stands on the site."""

import json
from typing import Any

import boto3

from core import keys, table
from members import edit_me
from pages import erase_pages, render_highlight, render_member
from tests.cloud import Handler, call
from tests.functions.conftest import Person
from tests.functions.pages.conftest import SITE
from timeline import share_highlight


def tell(effect: Handler, **detail: Any) -> None:
    body = json.dumps({"detail": {"version": 1} | detail})
    assert effect({"Records": [{"messageId": "m", "body": body}]}, None) == {"batchItemFailures": []}


def follow(highlight_id: str, of: Person | None = None) -> None:
    """What follows from news of a highlight."""
    fact = table.get(keys.highlight(highlight_id), consistent=True)
    owner = {"member_id": of.id} if of else {"member_id": fact["member_id"]} if fact else {}
    tell(share_highlight.handler, highlight_id=highlight_id)
    tell(render_highlight.handler, highlight_id=highlight_id, **owner)


def render(*people: Person) -> None:
    for each in people:
        tell(render_member.handler, member_id=each.id)


def change(person: Person, **profile: Any) -> None:
    assert call(edit_me.handler, user=person.id, body=profile).status == 200
    render(person)


def erase(person: Person) -> None:
    tell(erase_pages.handler, departure_id=person.id)


def site() -> dict[str, str]:
    """All that stands there."""
    bucket: Any = boto3.client("s3")
    found = bucket.list_objects_v2(Bucket=SITE).get("Contents", [])
    keys_there = [each["Key"] for each in found]
    texts = {
        key: bucket.get_object(Bucket=SITE, Key=key)["Body"].read().decode(errors="replace")
        for key in keys_there
    }
    bucket.close()
    return {key.removeprefix("pages/").removesuffix("index.html"): text for key, text in texts.items()}


def page(path: str) -> str:
    """What stands at this address; nothing where there is no page."""
    return site().get(path, "")


def stamps() -> dict[str, Any]:
    """When each object was written: S3's own version tells one write from another."""
    bucket: Any = boto3.client("s3")
    found = bucket.list_objects_v2(Bucket=SITE).get("Contents", [])
    bucket.close()
    return {each["Key"]: each["LastModified"] for each in found}


def failed(effect: Handler, **detail: Any) -> None:
    """The queue will bring it again."""
    body = json.dumps({"detail": {"version": 1} | detail})
    answer = effect({"Records": [{"messageId": "m", "body": body}]}, None)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "m"}]}
