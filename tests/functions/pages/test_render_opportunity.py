"""What is asked for: the board's page, and one for each opportunity."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core import clock, keys, table
from opportunities import delete_opportunity, edit_opportunity, post_opportunity
from pages import render_entrances, render_opportunity
from tests.cloud import call
from tests.functions.conftest import Person
from tests.functions.pages.acting import page, render, site, tell


def posted(of: Person, **changes: Any) -> str:
    new = {
        "activity": "mentor",
        "title": "A mentor",
        "text": "Twice a *month*.",
        "paid": False,
        "remote": True,
    } | changes
    made = call(post_opportunity.handler, user=of.id, body=new)
    assert made.status == 201, made
    tell(render_opportunity.handler, opportunity_id=made.json["id"])
    return str(made.json["id"])


def test_stands_on_the_board_and_on_its_own_page(alice: Person) -> None:
    made = posted(alice, tags=["jazz"], place="Porto")

    assert f'href="/o/{made}">A mentor</a>' in page("opportunities/")
    own = page(f"o/{made}/")
    assert "<em>month</em>" in own
    assert 'href="/@alice">Alice</a>' in own
    assert "Porto" in own


def test_what_is_for_members_is_on_neither(alice: Person) -> None:
    posted(alice, title="Canary", visibility="members")

    assert "Canary" not in str(site())


def test_a_closed_one_leaves_the_board_and_says_so(alice: Person) -> None:
    made = posted(alice)
    closed = {"state": "closed", "outcome": "found"}
    assert call(edit_opportunity.handler, user=alice.id, body=closed, opportunity_id=made).status == 200
    tell(render_opportunity.handler, opportunity_id=made)

    assert made not in page("opportunities/")
    assert "It is closed." in page(f"o/{made}/")


def test_a_deleted_one_is_nowhere(alice: Person) -> None:
    made = posted(alice, title="Canary")
    call(delete_opportunity.handler, user=alice.id, opportunity_id=made)
    tell(render_opportunity.handler, opportunity_id=made)

    assert not [path for path, text in site().items() if made in path or "Canary" in text]


def test_time_alone_takes_it_off_the_board(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    made = posted(alice, deadline=f"{datetime.now(UTC).date() + timedelta(days=2)}")
    later = datetime.now(UTC) + timedelta(days=5)
    monkeypatch.setattr(clock, "now", lambda: later)
    tell(render_entrances.handler)

    assert made not in page("opportunities/")
    assert "Its time is over." in page(f"o/{made}/")


def test_who_hides_asks_nobody_any_more(alice: Person) -> None:
    render(alice)
    made = posted(alice)
    profile = table.get(keys.member(alice.id)) or {}
    table.write(table.put(profile | {"visibility": "members", "version": profile["version"] + 1}))
    render(alice)

    assert f"o/{made}/" not in site()
    assert made not in page("opportunities/")
