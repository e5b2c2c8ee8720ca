"""What comes from outside onto a timeline by itself."""

from collections.abc import Callable
from typing import Any

from core import arrivals, keys
from infra import operate
from tests.api.conftest import Client
from tests.api.test_first_steps import soon

STORY = {"kind": "article", "title": "Roasting at home", "start": "2026-03-01", "visibility": "public"}


def titles(of: Client) -> list[str]:
    items: list[dict[str, Any]] = of.get(f"/v1/members/{of.handle}/highlights").json()["items"]
    return [each["title"] for each in items]


def test_what_arrives_is_a_highlight_until_nobody_holds_it(join: Callable[[str], Client]) -> None:
    ida, digest = join("ida"), arrivals.digest("medium:9f0c1b2a3d4e")
    fact = {"id": f"{ida.id}#{digest}", "version": 1, "member_id": ida.id, "by_source_1": True}
    key = keys.arrival(ida.id, digest)._asdict()
    operate._table("local").put_item(Item=key | fact | {"identity": "medium:9f0c1b2a3d4e", "wanted": STORY})

    soon(lambda: titles(ida), lambda found: found == ["Roasting at home"])

    operate._table("local").delete_item(Key=key)
    soon(lambda: titles(ida), lambda found: found == [])
