"""Profiles and handles, deployed."""

from collections.abc import Callable

import httpx

from tests.api.conftest import Client


def test_a_profile_is_edited_and_read(join: Callable[[str], Client], visitor: httpx.Client) -> None:
    fay = join("fay")

    edit = {"headline": "Maker", "bio": "I *make*.", "badges": [{"name": "Coffee roaster"}]}
    assert fay.patch("/v1/me", json=edit).status_code == 200
    assert fay.put("/v1/me/open-to/mentor", json={"note": "an hour a week"}).status_code == 200

    shown = visitor.get(f"/v1/public/members/{fay.handle}").json()
    assert shown["badges"] == [{"id": "coffee-roaster", "name": "Coffee roaster"}]
    assert shown["bio_html"] == "<p>I <em>make</em>.</p>"
    assert shown["open_to"] == [{"activity": "mentor", "note": "an hour a week", "question": ""}]
    assert fay.delete("/v1/me/open-to/mentor").status_code == 204
    assert visitor.get("/v1/public/activities").status_code == 200


def test_a_changed_handle_leads_on(join: Callable[[str], Client], visitor: httpx.Client) -> None:
    gil = join("gil")
    former, now = gil.handle, f"{gil.handle}-x"

    assert gil.put("/v1/me/handle", json={"handle": now}).status_code == 200

    moved = visitor.get(f"/v1/public/members/{former}/highlights", params={"year": 2019})
    assert moved.status_code == 308
    assert moved.headers["location"] == f"/v1/public/members/{now}/highlights?year=2019"
    assert visitor.get(f"/v1/public/members/{former}").headers["location"] == f"/v1/public/members/{now}"
    assert visitor.get(f"/v1/public/members/{former}/timeline").status_code == 308


def test_a_members_only_profile_is_not_there_for_visitors(
    join: Callable[[str], Client], visitor: httpx.Client, alice: Client
) -> None:
    hal = join("hal")
    highlight = hal.create()

    assert hal.patch("/v1/me", json={"visibility": "members"}).status_code == 200

    for path in ("", "/highlights", "/timeline"):
        assert visitor.get(f"/v1/public/members/{hal.handle}{path}").status_code == 404
        assert alice.get(f"/v1/members/{hal.handle}{path}").status_code == 200
    assert visitor.get(f"/v1/public/highlights/{highlight['id']}").status_code == 404
    assert alice.get(f"/v1/highlights/{highlight['id']}").status_code == 200
