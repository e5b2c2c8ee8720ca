"""Blocks, follows and the shield, deployed."""

from collections.abc import Callable

import httpx

from core import keys
from infra import operate
from tests.api.conftest import Client
from tests.api.test_first_steps import soon


def test_a_follow_stands_in_lists_and_counts(join: Callable[[str], Client], visitor: httpx.Client) -> None:
    ada, ben = join("ada"), join("ben")

    for _ in range(2):
        assert ben.put(f"/v1/follows/{ada.handle}").status_code == 204

    shown = visitor.get(f"/v1/public/members/{ada.handle}/followers").json()["items"]
    assert [each["handle"] for each in shown] == [ben.handle]
    followed = ada.get(f"/v1/members/{ben.handle}/following").json()["items"]
    assert [each["handle"] for each in followed] == [ada.handle]
    soon(lambda: ada.get("/v1/me/follow-counts").json(), lambda told: told["followers"] == 1)
    assert ben.delete(f"/v1/follows/{ada.handle}").status_code == 204
    soon(lambda: ada.get("/v1/me/follow-counts").json(), lambda told: told["followers"] == 0)


def test_a_block_hides_each_from_the_other(join: Callable[[str], Client]) -> None:
    ada, ben = join("ada"), join("ben")
    ben.put(f"/v1/follows/{ada.handle}")

    assert ada.put(f"/v1/blocks/{ben.handle}").status_code == 204
    assert ben.put(f"/v1/blocks/{ada.handle}").status_code == 204
    assert [each["handle"] for each in ada.get("/v1/blocks").json()["items"]] == [ben.handle]
    assert ben.get(f"/v1/members/{ada.handle}").status_code == 404
    assert ben.put(f"/v1/follows/{ada.handle}").status_code == 404

    assert ada.delete(f"/v1/blocks/{ben.handle}").status_code == 204
    assert ben.get(f"/v1/members/{ada.handle}").status_code == 404
    assert ben.delete(f"/v1/blocks/{ada.handle}").status_code == 204
    assert ben.get(f"/v1/members/{ada.handle}").status_code == 200


def test_a_shield_hides_what_one_is_open_to(join: Callable[[str], Client], visitor: httpx.Client) -> None:
    ada, ben = join("ada"), join("ben")
    ada.put("/v1/me/open-to/full-time-job", json={}).raise_for_status()
    assert ben.get(f"/v1/members/{ada.handle}").json()["open_to"]

    shield = {"domains": ["acme.example"], "members": [ben.handle]}
    assert ada.put("/v1/me/shield", json=shield).status_code == 200

    assert ben.get(f"/v1/members/{ada.handle}").json()["open_to"] == []
    assert visitor.get(f"/v1/public/members/{ada.handle}").json()["open_to"] == []
    as_ben = ada.get("/v1/me/view-as", params={"member": ben.handle})
    assert as_ben.json() == ben.get(f"/v1/members/{ada.handle}").json()
    as_stranger = ada.get("/v1/me/view-as", params={"domain": "example.com"})
    assert [each["activity"] for each in as_stranger.json()["open_to"]] == ["full-time-job"]


def test_who_leaves_is_in_nobodys_lists_and_counts(join: Callable[[str], Client]) -> None:
    ada, ben, lea = join("ada"), join("ben"), join("lea")
    ada.put(f"/v1/follows/{lea.handle}").raise_for_status()
    lea.put(f"/v1/follows/{ada.handle}").raise_for_status()
    ben.put(f"/v1/blocks/{lea.handle}").raise_for_status()
    soon(
        lambda: ada.get("/v1/me/follow-counts").json(), lambda told: told == {"followers": 1, "following": 1}
    )
    with operate._table("local").batch_writer() as batch:  # more than one run takes
        for number in range(100):
            batch.put_item(Item=keys.block(lea.id, f"nobody-{number}")._asdict() | {"by_me": "2026"})

    lea.request("DELETE", "/v1/me", json={"password": lea.password}).raise_for_status()

    soon(lambda: ties(lea.id), lambda held: held == [], within=120)
    assert ada.get("/v1/me/follow-counts").json() == {"followers": 0, "following": 0}
    assert ben.get("/v1/blocks").json()["items"] == []


def ties(member_id: str) -> list[str]:
    held = [item for item in operate._scan(operate._table("local")) if member_id in str(item)]
    return [
        item["pk"] for item in held if item["pk"].startswith(("FOLLOW", "BLOCKS")) or item["sk"] == "FOLLOWS"
    ]
