"""Getting in, staying in, getting out."""

import re
import secrets
from collections.abc import Callable

import httpx

from infra import operate
from tests.api.conftest import Client, Deployed
from tests.api.post import all_mailed
from tests.api.test_first_steps import soon

_NOTICE = "The password of your account was changed"


def test_nobody_gets_in_without_an_admission(visitor: httpx.Client) -> None:
    wanted = {
        "email": "mallory@example.org",
        "password": "long enough a word",
        "handle": "mallory",
        "name": "M",
    }

    refused = visitor.post("/v1/accounts", json=wanted | {"code": "guessed"})

    assert refused.status_code == 403
    assert visitor.get("/v1/public/members/mallory").status_code == 404


def test_the_user_pool_itself_refuses_a_sign_up_past_our_api(deployed: Deployed) -> None:
    operate.admit("local", "eve@example.org")
    request = {
        "ClientId": deployed.outputs["UserPoolClientId"],
        "Username": "01ARZ3NDEKTSV4RRFFQ69G5FAV",
        "Password": "long enough a word",
        "UserAttributes": [{"Name": "email", "Value": "eve@example.org"}],
    }
    headers = {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": "AWSCognitoIdentityProviderService.SignUp",
    }

    answer = httpx.post(deployed.cloud.address, json=request, headers=headers)

    assert answer.status_code == 400
    assert "no admission" in answer.text


def test_a_code_opens_one_account(visitor: httpx.Client) -> None:
    code = operate.admit("local", "once@example.org")
    account = {"email": "once@example.org", "password": "long enough a word", "code": code, "name": "Once"}

    first = visitor.post("/v1/accounts", json=account | {"handle": "once-upon"})
    second = visitor.post("/v1/accounts", json=account | {"handle": "another-time"})

    assert (first.status_code, second.status_code) == (201, 409)
    assert visitor.get("/v1/public/members/another-time").status_code == 404


def test_an_account_that_stopped_half_way_is_finished_by_the_next_try(
    visitor: httpx.Client, bob: Client
) -> None:
    code = operate.admit("local", "half@example.org")
    account = {"email": "half@example.org", "password": "long enough a word", "code": code, "name": "Half"}

    taken = visitor.post("/v1/accounts", json=account | {"handle": bob.handle})
    other = visitor.post(
        "/v1/accounts", json=account | {"handle": "half-way", "password": "another long word"}
    )

    assert (taken.status_code, other.status_code) == (409, 201)
    signed_in = visitor.post(
        "/v1/sessions", json={"email": "half@example.org", "password": "another long word"}
    )
    assert signed_in.status_code == 201


def test_a_session_is_renewed_and_ended(join: Callable[[str], Client], visitor: httpx.Client) -> None:
    dora = join("dora")
    token = {"refresh_token": dora.session["refresh_token"]}
    assert visitor.post("/v1/sessions/refresh", json=token).status_code == 201

    assert dora.request("DELETE", "/v1/sessions", json=token).status_code == 204

    assert visitor.post("/v1/sessions/refresh", json=token).status_code == 401


def test_signing_out_everywhere_ends_every_session(
    join: Callable[[str], Client], visitor: httpx.Client
) -> None:
    emil = join("emil")

    assert emil.delete("/v1/sessions", params={"everywhere": "true"}).status_code == 204

    token = {"refresh_token": emil.session["refresh_token"]}
    assert visitor.post("/v1/sessions/refresh", json=token).status_code == 401


def test_a_forgotten_password_is_reset_by_a_mailed_code(
    join: Callable[[str], Client], visitor: httpx.Client, deployed: Deployed
) -> None:
    fay, new = join("fay"), "another long word"
    address = {"email": f"{fay.handle}@example.org"}
    nobody = visitor.post("/v1/password-resets", json={"email": "nobody-at-all@example.org"})

    asked = visitor.post("/v1/password-resets", json=address)
    assert (asked.status_code, asked.content) == (nobody.status_code, nobody.content) == (202, b"")

    code = mailed_code(deployed, address["email"])
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    refused = visitor.put("/v1/password-resets", json=address | {"code": wrong, "password": new})
    stranger = {"email": "nobody-at-all@example.org", "code": wrong, "password": new}
    assert refused.status_code == 403
    assert refused.json() == visitor.put("/v1/password-resets", json=stranger).json()

    assert visitor.put("/v1/password-resets", json=address | {"code": code, "password": new}).is_success
    assert visitor.post("/v1/sessions", json=address | {"password": new}).status_code == 201
    token = {"refresh_token": fay.session["refresh_token"]}
    assert visitor.post("/v1/sessions/refresh", json=token).status_code == 401
    assert soon(lambda: subjects(deployed, address["email"]), lambda found: _NOTICE in found, within=60)


def mailed_code(deployed: Deployed, address: str) -> str:
    """Read where a person would: in the latest mail to this address that the local cloud took in."""
    boxes = httpx.get(f"{deployed.cloud.address}/_ministack/ses/messages").json()["messages"]
    mails = [mail for box in boxes.values() for mail in box if address in mail["To"]]
    [code] = set(re.findall(r"\b[0-9]{6}\b", mails[-1]["BodyText"]))
    return str(code)


def subjects(deployed: Deployed, address: str) -> list[str]:
    return [each["Subject"] for each in all_mailed(deployed.cloud, address)]


def test_a_password_is_changed_by_who_knows_the_old_one(
    join: Callable[[str], Client], visitor: httpx.Client, deployed: Deployed
) -> None:
    gus, new = join("gus"), "another long word"
    credentials = {"email": f"{gus.handle}@example.org", "password": gus.password}

    elsewhere = visitor.post("/v1/sessions", json=credentials).json()["refresh_token"]
    guess = gus.put("/v1/me/password", json={"old_password": "not the old one", "password": new})
    changed = gus.put("/v1/me/password", json={"old_password": gus.password, "password": new})

    assert (guess.status_code, guess.json()["errors"][0]["pointer"]) == (422, "/old_password")
    assert changed.status_code == 204
    here = gus.session["refresh_token"]
    renewed = [
        visitor.post("/v1/sessions/refresh", json={"refresh_token": each}) for each in (here, elsewhere)
    ]
    assert [each.status_code for each in renewed] == [201, 401]
    assert visitor.post("/v1/sessions", json=credentials).status_code == 401
    assert visitor.post("/v1/sessions", json=credentials | {"password": new}).status_code == 201
    assert soon(lambda: subjects(deployed, credentials["email"]), lambda found: found == [_NOTICE], within=60)


def test_the_26th_sign_in_of_an_hour_is_told_to_wait(visitor: httpx.Client) -> None:
    guess = {"email": f"guessed-{secrets.token_hex(4)}@example.org", "password": "a guess, and a bad one"}

    tries = [visitor.post("/v1/sessions", json=guess) for _ in range(26)]

    assert [each.status_code for each in tries] == [401] * 25 + [429]
    assert 0 < int(tries[-1].headers["retry-after"]) <= 3600
    assert tries[-1].json()["type"] == "/docs#too-many"


def test_a_token_is_asked_for(visitor: httpx.Client, alice: Client) -> None:
    assert visitor.get("/v1/me").status_code == 401
    assert visitor.get("/v1/me", headers={"authorization": "Bearer junk"}).status_code == 401
    assert alice.get("/v1/me").json()["id"] == alice.id
