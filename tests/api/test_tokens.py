"""Personal access tokens: what they may, and that they end."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from core import keys
from infra import operate
from infra.local.deploy import client
from tests.api.conftest import Client, Deployed
from tests.api.test_first_steps import soon


@pytest.fixture(scope="module")
def owner(join: Callable[[str], Client]) -> Client:
    return join("pat")


def made(owner: Client, *scopes: str) -> dict[str, Any]:
    answer = owner.post("/v1/me/tokens", json={"name": "Robot", "scopes": list(scopes)})
    return dict(answer.raise_for_status().json())


def exchanged(token: dict[str, Any], visitor: httpx.Client) -> httpx.Response:
    return visitor.post("/v1/sessions", json={"token": token["token"]})


def bearer(token: dict[str, Any], visitor: httpx.Client) -> dict[str, str]:
    access = exchanged(token, visitor).raise_for_status().json()["access_token"]
    return {"authorization": f"Bearer {access}"}


def test_one_that_may_read_does_that_and_nothing_else(owner: Client, visitor: httpx.Client) -> None:
    headers = bearer(made(owner, "read"), visitor)
    new = {"kind": "code", "title": "By a robot", "start": "2020"}

    assert visitor.get("/v1/me", headers=headers).json()["id"] == owner.id
    assert visitor.post("/v1/highlights", json=new, headers=headers).status_code == 403
    assert visitor.patch("/v1/me", json={"headline": "Robot"}, headers=headers).status_code == 403
    assert owner.get("/v1/me").json()["headline"] == ""


def test_one_that_may_write_does_not_touch_the_account(owner: Client, visitor: httpx.Client) -> None:
    headers = bearer(made(owner, "read", "write"), visitor)
    new = {"kind": "code", "title": "By a robot", "start": "2020"}

    assert visitor.post("/v1/highlights", json=new, headers=headers).status_code == 201
    refused = [
        visitor.get("/v1/me/tokens", headers=headers),
        visitor.post("/v1/me/tokens", json={"name": "More", "scopes": ["read"]}, headers=headers),
        visitor.get("/v1/me/sessions", headers=headers),
        visitor.delete("/v1/sessions", params={"everywhere": "true"}, headers=headers),
        visitor.request("DELETE", "/v1/me", json={"password": owner.password}, headers=headers),
        visitor.put(
            "/v1/me/password",
            json={"old_password": owner.password, "password": "a long enough one"},
            headers=headers,
        ),
    ]
    assert {each.status_code for each in refused} == {403}


def test_not_even_past_our_api_does_it_touch_the_member(
    owner: Client, visitor: httpx.Client, deployed: Deployed
) -> None:
    token = made(owner, "read")
    access = exchanged(token, visitor).json()["access_token"]
    pool = client(deployed.cloud, "cognito-idp")

    pool.delete_user(AccessToken=access)

    assert owner.get("/v1/me").status_code == 200
    credentials = {"email": f"{owner.handle}@example.org", "password": owner.password}
    assert visitor.post("/v1/sessions", json=credentials).status_code == 201
    assert exchanged(token, visitor).status_code == 401


def test_deleted_it_ends_within_a_minute(owner: Client, visitor: httpx.Client) -> None:
    token, other = made(owner, "read"), made(owner, "read")
    headers, others = bearer(token, visitor), bearer(other, visitor)
    [listed] = [each for each in owner.get("/v1/me/tokens").json()["items"] if each["id"] == token["id"]]
    assert listed["used_at"]

    assert owner.delete(f"/v1/me/tokens/{token['id']}").status_code == 204

    assert exchanged(token, visitor).status_code == 401
    soon(lambda: visitor.get("/v1/me", headers=headers).status_code, lambda status: status == 401, within=60)
    assert visitor.get("/v1/me", headers=others).status_code == 200


def test_its_secret_is_not_in_the_table(owner: Client) -> None:
    secret = made(owner, "read")["token"].rpartition("_")[2]

    items = list(operate._scan(operate._table("local")))

    assert any(item["pk"] == keys.personal_token(owner.id, "").pk for item in items)
    assert not [item["pk"] for item in items if secret in str(item)]
