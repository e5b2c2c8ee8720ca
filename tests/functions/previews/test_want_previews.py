from typing import Any

import pytest

from core import keys, table
from previews.preview import digest
from previews.want_previews import handler
from tests.cloud import call
from tests.functions.conftest import Person
from tests.functions.previews.events import told
from timeline.create_highlight import handler as create

URL, OTHER = "https://example.com/a", "https://example.org/b"


@pytest.fixture
def highlight(alice: Person) -> str:
    new = {"kind": "code", "title": "A thing", "start": "2020", "links": [{"url": URL}, {"url": OTHER}]}
    made = call(create, user=alice.id, body=new)
    assert made.status == 201
    return str(made.json["id"])


def become(highlight_id: str, **changes: Any) -> None:
    for name, value in changes.items():
        table.write(table.update(keys.highlight(highlight_id), f"SET #{name} = :{name}", **{name: value}))
    assert told(handler, {"highlight_id": highlight_id, "version": 1}) == []


def preview(url: str) -> dict[str, Any] | None:
    return table.get(keys.preview(digest(url)), consistent=True)


def test_its_links_are_looked_up(highlight: str) -> None:
    become(highlight)

    for url in (URL, OTHER):
        found = preview(url)
        assert found
        assert (found["wanted"], found["is_public"], found["url"]) == (True, True, url)


def test_twice_changes_nothing(highlight: str) -> None:
    become(highlight)
    before = preview(URL)

    become(highlight)

    assert preview(URL) == before


def test_a_draft_s_links_are_nobody_s_business(highlight: str) -> None:
    become(highlight, visibility="draft")

    assert preview(URL) is None


def test_members_links_are_not_shown_to_visitors(highlight: str) -> None:
    become(highlight, visibility="members")

    found = preview(URL)
    assert found
    assert not found["is_public"]


def test_what_becomes_public_is_shown_to_visitors_and_not_looked_up_again(highlight: str) -> None:
    become(highlight, visibility="members")
    become(highlight, visibility="public")

    found = preview(URL)
    assert found
    assert (found["is_public"], found["version"]) == (True, 1)


def test_a_highlight_without_links_or_that_is_gone_wants_nothing(highlight: str) -> None:
    become(highlight, links=[])
    assert preview(URL) is None

    table.write(table.delete(keys.highlight(highlight)))
    assert told(handler, {"highlight_id": highlight, "version": 2}) == []
