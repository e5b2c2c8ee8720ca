"""The way in by a member's invitation, as its guest goes it: on the deployed app, mails and all."""

import re
import secrets
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from core import keys
from infra import operate
from tests.api.conftest import Client, Deployed, is_user
from tests.api.test_first_steps import soon

PASSWORD = "eleven buoys and one warm battery"


class Guest:
    """Somebody who is no member yet."""

    def __init__(self, name: str) -> None:
        self.handle = f"{name}-{secrets.token_hex(4)}"
        self.address = f"{self.handle}@example.org"

    def account(self, code: str) -> dict[str, str]:
        facts = {"email": self.address, "password": PASSWORD, "handle": self.handle, "name": "A Guest"}
        return facts | {"code": code}


@pytest.fixture
def visitor(deployed: Deployed) -> Iterator[httpx.Client]:
    """Each time from another network: how often one may sign up without a proof is limited."""
    local = f"127.8.{secrets.randbelow(250) + 1}.{secrets.randbelow(250) + 1}"
    transport = httpx.HTTPTransport(local_address=local)
    with httpx.Client(base_url=deployed.base_url, timeout=35, transport=transport) as client:
        yield client


@pytest.fixture
def grace() -> Guest:
    return Guest("grace")


@pytest.fixture
def inviter(join: Callable[[str], Client]) -> Client:
    return join("inviter")


def invite(by: Client, **asked: str) -> dict[str, Any]:
    return dict(by.post("/v1/me/invitations", json=asked).raise_for_status().json())


def first(of: Client) -> dict[str, Any]:
    return dict(of.get("/v1/me/invitations").raise_for_status().json()["items"][0])


def mailed(deployed: Deployed, to: str, number: int = 1) -> str:
    """The text of the latest mail to this address, once there are so many."""

    def found() -> list[dict[str, Any]]:
        boxes = httpx.get(f"{deployed.cloud.address}/_ministack/ses/messages").json()["messages"]
        return [each for box in boxes.values() for each in box if each["To"] == [to]]

    return str(soon(found, lambda mails: len(mails) >= number, within=90)[-1]["BodyText"])


def code_in(mail: str) -> str:
    [code] = set(re.findall(r"/app/sign-up#([\w-]{32})(?![\w-])", mail))
    return str(code)


def signs_in(visitor: httpx.Client, address: str) -> int:
    return visitor.post("/v1/sessions", json={"email": address, "password": PASSWORD}).status_code


def shift(invitation_of: Client, **attributes: str | int) -> None:
    """Its stored times, as if so much time had gone by."""
    key = keys.invitation(invitation_of.id, 0)._asdict()
    for name, value in attributes.items():
        operate._table("local").update_item(
            Key=key,
            UpdateExpression="SET #name = :value",
            ExpressionAttributeNames={"#name": name},
            ExpressionAttributeValues={":value": value},
        )


def test_an_invitation_by_mail_is_read_looked_at_and_redeemed(
    deployed: Deployed, inviter: Client, visitor: httpx.Client, grace: Guest
) -> None:
    sent = invite(inviter, email=grace.address, note="You should be here.")
    assert sent["code"] is None
    mail = mailed(deployed, grace.address)
    assert "Inviter" in mail
    assert "You should be here." in mail
    code = code_in(mail)

    looked_at = visitor.get(f"/v1/invitations/{code}").json()
    assert (looked_at["holds"], looked_at["is_mailed"]) == (True, True)
    assert looked_at["inviter"]["handle"] == inviter.handle
    created = visitor.post("/v1/accounts", json=grace.account(code))

    assert (created.status_code, created.json()["confirmed"]) == (201, True)
    assert signs_in(visitor, grace.address) == 201
    now = first(inviter)
    assert (now["state"], now["email"], now["member"]["handle"]) == ("redeemed", None, grace.handle)
    assert visitor.get(f"/v1/invitations/{code}").json()["state"] == "redeemed"
    assert visitor.post("/v1/accounts", json=Guest("late").account(code)).status_code == 409


def test_one_that_is_handed_on_needs_the_proof_of_the_address(
    deployed: Deployed, inviter: Client, visitor: httpx.Client, grace: Guest
) -> None:
    code = invite(inviter)["code"]
    mistyped = visitor.post("/v1/accounts", json=grace.account(code) | {"email": f"x{grace.address}"})
    created = visitor.post("/v1/accounts", json=grace.account(code)).raise_for_status().json()
    assert (mistyped.status_code, created["confirmed"]) == (201, False)
    assert visitor.get(f"/v1/public/members/{grace.handle}").status_code == 404
    assert signs_in(visitor, grace.address) == 401
    assert first(inviter)["state"] == "sent"

    asked = {"id": created["id"], "email": grace.address}
    assert visitor.post("/v1/accounts/confirmation-codes", json=asked).status_code == 202
    assert "123456" in mailed(deployed, grace.address, 2)
    wrong = visitor.post("/v1/accounts/confirmations", json=asked | {"code": "654321"})
    right = visitor.post("/v1/accounts/confirmations", json=asked | {"code": "123456"})

    assert (wrong.status_code, right.status_code) == (403, 201)
    assert signs_in(visitor, grace.address) == 201
    assert first(inviter)["member"]["handle"] == grace.handle
    assert visitor.get(f"/v1/public/members/{grace.handle}").json()["id"] == created["id"]
    assert is_user(deployed, created["id"])
    soon(lambda: is_user(deployed, mistyped.json()["id"]), lambda there: not there, within=90)


def test_a_revoked_one_opens_nothing_even_for_who_has_begun(
    inviter: Client, visitor: httpx.Client, grace: Guest
) -> None:
    given = invite(inviter)
    created = visitor.post("/v1/accounts", json=grace.account(given["code"])).raise_for_status().json()

    assert inviter.delete(f"/v1/me/invitations/{given['id']}").status_code == 204

    confirmation = {"id": created["id"], "email": grace.address, "code": "123456"}
    assert visitor.post("/v1/accounts/confirmations", json=confirmation).status_code == 403
    assert visitor.post("/v1/accounts", json=grace.account(given["code"])).status_code == 403
    assert visitor.get(f"/v1/invitations/{given['code']}").json()["state"] == "revoked"
    assert inviter.get("/v1/me/invitations").json()["free"] == 10
    assert visitor.get(f"/v1/public/members/{grace.handle}").status_code == 404


def test_one_that_has_expired_is_no_longer_good_and_returns(
    inviter: Client, visitor: httpx.Client, grace: Guest
) -> None:
    given = invite(inviter)
    shift(inviter, expires_at="2026-01-01T00:00:00.000Z")

    assert visitor.get(f"/v1/invitations/{given['code']}").json()["state"] == "expired"
    assert visitor.post("/v1/accounts", json=grace.account(given["code"])).status_code == 403
    listed = inviter.get("/v1/me/invitations").json()
    assert (listed["free"], listed["items"][0]["state"]) == (10, "expired")


def test_it_is_mailed_once_more_a_day_later(deployed: Deployed, inviter: Client, grace: Guest) -> None:
    sent = invite(inviter, email=grace.address)
    again = f"/v1/me/invitations/{sent['id']}/resend"
    before = code_in(mailed(deployed, grace.address))
    assert inviter.post(again).status_code == 429
    shift(inviter, mailed_at="2026-01-01T00:00:00.000Z")

    assert inviter.post(again).status_code == 200

    assert code_in(mailed(deployed, grace.address, 2)) == before
    assert inviter.post("/v1/me/invitations", json={"email": grace.address}).status_code == 409


def test_what_died_half_way_is_no_hindrance_to_an_invitation(
    deployed: Deployed, inviter: Client, visitor: httpx.Client, grace: Guest
) -> None:
    """A user of the pool that has the address, and no profile: as where the function died between the two."""
    admitted = grace.account(operate.admit("local", grace.address))
    dead = visitor.post("/v1/accounts", json=admitted).raise_for_status().json()["id"]
    operate._table("local").delete_item(Key=keys.member(dead)._asdict())
    operate._table("local").delete_item(Key=keys.handle(grace.handle.replace("-", ""))._asdict())
    invite(inviter, email=grace.address)
    other = grace.account(code_in(mailed(deployed, grace.address))) | {"handle": Guest("grace").handle}

    created = visitor.post("/v1/accounts", json=other)

    assert created.status_code == 201
    assert signs_in(visitor, grace.address) == 201
    assert not is_user(deployed, dead)
    assert created.json()["id"] != dead


def test_who_has_an_account_gets_no_second_one_by_the_same_address(
    inviter: Client, visitor: httpx.Client
) -> None:
    address = f"{inviter.handle}@example.org"
    second = Guest("second").account(invite(inviter)["code"]) | {"email": address}

    begun = visitor.post("/v1/accounts", json=second)
    confirmation = {"id": begun.json()["id"], "email": address, "code": "123456"}
    refused = visitor.post("/v1/accounts/confirmations", json=confirmation)

    assert (begun.status_code, begun.json()["confirmed"]) == (201, False)
    assert refused.status_code == 409
    assert signs_in(visitor, address) == 401  # it has its own password, not that of the second
    assert visitor.get(f"/v1/public/members/{second['handle']}").status_code == 404
    assert first(inviter)["state"] == "sent"


def test_guesses_are_not_there(visitor: httpx.Client) -> None:
    assert visitor.get(f"/v1/invitations/{secrets.token_urlsafe(24)}").status_code == 404


def test_who_leaves_leaves_no_invitation_behind(inviter: Client, visitor: httpx.Client) -> None:
    code = invite(inviter)["code"]

    gone = inviter.request("DELETE", "/v1/me", json={"password": inviter.password})

    assert gone.is_success, gone.text
    soon(lambda: visitor.get(f"/v1/invitations/{code}").status_code, lambda status: status == 404, within=90)


@pytest.fixture
def crowd() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as threads:
        yield threads


@pytest.mark.parametrize("turn", range(3))
def test_of_many_who_redeem_one_at_once_one_has_an_account(
    inviter: Client, visitor: httpx.Client, crowd: ThreadPoolExecutor, grace: Guest, turn: int
) -> None:
    """The invitation is mailed; all know its code and its address, and each wants a handle of their own."""
    code = operate.admit("local", grace.address)
    handles = [f"{grace.handle}-{turn}{letter}" for letter in "abcdefgh"]

    answers = list(
        crowd.map(
            lambda handle: visitor.post("/v1/accounts", json=grace.account(code) | {"handle": handle}),
            handles,
        )
    )

    assert sorted(each.status_code for each in answers) == [201] + [409] * 7, [each.text for each in answers]
    there = [h for h in handles if visitor.get(f"/v1/public/members/{h}").status_code == 200]
    [won] = [each.json() for each in answers if each.status_code == 201]
    assert there == [won["handle"]]
    assert signs_in(visitor, grace.address) == 201
    assert inviter.handle not in there


def test_of_many_who_want_one_handle_at_once_one_has_it(
    visitor: httpx.Client, crowd: ThreadPoolExecutor, grace: Guest
) -> None:
    guests = [Guest("guest") for _ in range(8)]
    wanted = [
        each.account(operate.admit("local", each.address)) | {"handle": grace.handle} for each in guests
    ]

    answers = list(crowd.map(lambda account: visitor.post("/v1/accounts", json=account), wanted))

    assert sorted(each.status_code for each in answers) == [201] + [409] * 7, [each.text for each in answers]
    [won] = [each.json()["id"] for each in answers if each.status_code == 201]
    assert visitor.get(f"/v1/public/members/{grace.handle}").json()["id"] == won
