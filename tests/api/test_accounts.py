"""Sessions seen and ended, and access tokens that end before their time."""

import secrets
from collections.abc import Callable
from typing import Any

import httpx

from tests.api.conftest import Client
from tests.api.test_first_steps import soon


def again(client: Client, visitor: httpx.Client, agent: str) -> dict[str, Any]:
    """Another session of the same member."""
    credentials = {"email": f"{client.handle}@example.org", "password": client.password}
    answer = visitor.post("/v1/sessions", json=credentials, headers={"user-agent": agent})
    return dict(answer.raise_for_status().json())


def renewed(session: dict[str, Any], visitor: httpx.Client) -> int:
    token = {"refresh_token": session["refresh_token"]}
    return visitor.post("/v1/sessions/refresh", json=token).status_code


def me(session: dict[str, Any], visitor: httpx.Client) -> int:
    headers = {"authorization": f"Bearer {session['access_token']}"}
    return visitor.get("/v1/me", headers=headers).status_code


def test_a_session_elsewhere_is_seen_and_ended(join: Callable[[str], Client], visitor: httpx.Client) -> None:
    ida = join("ida")
    elsewhere = again(ida, visitor, "Mozilla/5.0 (iPhone) Version/19.0 Safari/605.1.15")
    assert me(elsewhere, visitor) == 200

    listed = ida.get("/v1/me/sessions").json()["items"]
    other = next(each for each in listed if not each["current"])
    assert other["agent"] == "Safari on iPhone"
    assert ida.delete(f"/v1/me/sessions/{other['id']}").status_code == 204

    assert renewed(elsewhere, visitor) == 401
    assert soon(lambda: me(elsewhere, visitor), lambda status: status == 401, within=60)
    assert (ida.get("/v1/me").status_code, renewed(ida.session, visitor)) == (200, 201)
    assert ida.delete(f"/v1/me/sessions/{other['id']}").status_code == 404


def test_who_signs_out_everywhere_is_out_within_a_minute_and_can_come_back(
    join: Callable[[str], Client], visitor: httpx.Client
) -> None:
    jon = join("jon")
    elsewhere = again(jon, visitor, "curl/8.9.1")

    assert jon.delete("/v1/sessions", params={"everywhere": "true"}).status_code == 204

    assert soon(lambda: me(elsewhere, visitor), lambda status: status == 401, within=60)
    assert soon(lambda: me(jon.session, visitor), lambda status: status == 401, within=60)
    assert jon.get("/v1/me").json()["type"] == "/docs#unauthenticated"
    assert renewed(elsewhere, visitor) == 401
    assert me(again(jon, visitor, secrets.token_hex(4)), visitor) == 200


def test_a_browsers_cookie_renews_its_session_and_no_other(
    join: Callable[[str], Client], visitor: httpx.Client
) -> None:
    kim = join("kim")
    credentials = {
        "email": f"{kim.handle}@example.org",
        "password": kim.password,
        "refresh_token_in": "cookie",
    }
    signed_in = visitor.post("/v1/sessions", json=credentials)
    cookie = signed_in.headers["set-cookie"].partition(";")[0]
    visitor.cookies.clear()

    def renew() -> int:
        return visitor.post("/v1/sessions/refresh", json={}, headers={"cookie": cookie}).status_code

    assert signed_in.json()["refresh_token"] is None
    assert renew() == 201
    left = visitor.delete(
        "/v1/sessions",
        headers={"cookie": cookie, "authorization": f"Bearer {signed_in.json()['access_token']}"},
    )
    assert left.status_code == 204
    assert renew() == 401
    assert renewed(kim.session, visitor) == 201
