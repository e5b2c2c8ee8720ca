"""Sessions seen and ended, members shut out or gone, and access tokens that end before their time."""

import json
import re
import secrets
from collections.abc import Callable
from typing import Any

import boto3
import httpx
import pytest

from core import keys
from infra import operate
from infra.local.deploy import client
from tests.api.conftest import Client, Deployed, is_user
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


def test_a_refresh_token_that_was_used_before_ends_its_session(
    join: Callable[[str], Client], visitor: httpx.Client
) -> None:
    lea = join("lea")
    first = lea.session["refresh_token"]
    answers = [visitor.post("/v1/sessions/refresh", json={"refresh_token": first}) for _ in range(2)]
    assert [each.status_code for each in answers] == [201, 201], "the second missed the answer"
    [following] = {each.json()["refresh_token"] for each in answers}

    half_a_minute_passes(first)

    assert renewed(lea.session, visitor) == 401
    assert renewed({"refresh_token": following}, visitor) == 401
    assert soon(lambda: me(lea.session, visitor), lambda status: status == 401, within=60)


def half_a_minute_passes(refresh_token: str) -> None:
    """Since it was used."""
    member_id, name, _ = refresh_token.split(".")
    key: Any = keys.session(member_id, name)._asdict()
    operate._table("local").update_item(
        Key=key, UpdateExpression="SET used = used - :more", ExpressionAttributeValues={":more": 31}
    )


def test_an_operator_shuts_a_member_out_and_lets_them_in_again(
    join: Callable[[str], Client], visitor: httpx.Client, deployed: Deployed
) -> None:
    max_, olga = join("max"), join("olga")
    suspension = f"/v1/moderation/members/{max_.handle}/suspension"
    reason = {"reason": "Writes to people who asked them to stop."}
    assert olga.put(suspension, json=reason).status_code == 403
    made_operator(olga, visitor, deployed)

    assert olga.put(suspension, json=reason).status_code == 204

    assert visitor.get(f"/v1/public/members/{max_.handle}").status_code == 404
    assert olga.get(f"/v1/members/{max_.handle}").status_code == 404
    assert renewed(max_.session, visitor) == 401
    assert soon(lambda: me(max_.session, visitor), lambda status: status == 401, within=60)
    credentials = {"email": f"{max_.handle}@example.org", "password": max_.password}
    assert visitor.post("/v1/sessions", json=credentials).status_code == 401

    assert olga.delete(suspension).status_code == 204
    assert visitor.get(f"/v1/public/members/{max_.handle}").status_code == 200
    assert visitor.post("/v1/sessions", json=credentials).status_code == 201


def test_an_operator_without_a_session_suspends_by_command(
    join: Callable[[str], Client], visitor: httpx.Client
) -> None:
    nia = join("nia")
    credentials = {"email": f"{nia.handle}@example.org", "password": nia.password}

    operate.suspend("local", nia.handle, "Took over somebody's address.")

    assert visitor.get(f"/v1/public/members/{nia.handle}").status_code == 404
    assert renewed(nia.session, visitor) == 401
    assert visitor.post("/v1/sessions", json=credentials).status_code == 401
    key: Any = keys.account(nia.id)._asdict()
    account = operate._table("local").get_item(Key=key)["Item"]
    assert (account["reason"], account["by"]) == ("Took over somebody's address.", caller())

    operate.lift("local", nia.handle)

    assert visitor.get(f"/v1/public/members/{nia.handle}").status_code == 200
    assert visitor.post("/v1/sessions", json=credentials).status_code == 201
    with pytest.raises(SystemExit, match="not suspended"):
        operate.lift("local", nia.handle)
    with pytest.raises(SystemExit, match="Nobody here"):
        operate.suspend("local", "no-such-member", "Spam.")


def caller() -> str:
    return str(boto3.client("sts").get_caller_identity()["Arn"])


def made_operator(member: Client, visitor: httpx.Client, deployed: Deployed) -> None:
    pool = client(deployed.cloud, "cognito-idp")
    group = {"UserPoolId": deployed.outputs["UserPoolId"], "GroupName": "operators"}
    pool.admin_add_user_to_group(Username=member.id, **group)
    member.headers["authorization"] = f"Bearer {again(member, visitor, 'curl/8.9.1')['access_token']}"


def test_nothing_is_left_of_who_has_left(
    join: Callable[[str], Client], visitor: httpx.Client, bob: Client, deployed: Deployed
) -> None:
    ned, canary = join("ned"), f"canary-{secrets.token_hex(4)}"
    assert ned.patch("/v1/me", json={"bio": canary, "headline": canary}).status_code == 200
    own = [ned.create(title=f"{canary} {number}", tags=[]) for number in range(21)]
    credited = bob.create(title="By another", collaborators=[{"handle": ned.handle, "role": canary}])
    answer = {"state": "accepted", "role": canary}
    ned.put(f"/v1/highlights/{credited['id']}/collaboration", json=answer)
    timeline = f"/v1/members/{ned.handle}/timeline"
    soon(lambda: bob.get(timeline).json()["count"], lambda count: count == 22)
    ned.post("/v1/highlights", json=own_again(canary), headers={"idempotency-key": canary})

    assert ned.request("DELETE", "/v1/me", json={"password": "a guess, and a bad one"}).status_code == 403
    assert ned.request("DELETE", "/v1/me", json={"password": ned.password}).status_code == 202

    assert visitor.get(f"/v1/public/members/{ned.handle}").status_code == 404
    soon(lambda: left_of(canary), lambda left: left == [], within=90)
    key: Any = keys.departure(ned.id)._asdict()
    operate._table("local").update_item(
        Key=key, UpdateExpression="SET gsi1sk = :then", ExpressionAttributeValues={":then": "0"}
    )
    tick(deployed, "continue_departures")
    soon(lambda: left_of(ned.id), lambda left: left in ([], [f"DEPARTURE#{ned.id}"]), within=90)
    assert bob.get(f"/v1/highlights/{credited['id']}").json()["collaborators"][0]["name"] == "Former member"
    assert not is_user(deployed, ned.id)
    assert {visitor.get(f"/v1/public/highlights/{each['id']}").status_code for each in own[:3]} == {404}


def own_again(canary: str) -> dict[str, Any]:
    return {"kind": "code", "title": canary, "start": "2021", "visibility": "draft"}


def left_of(needle: str) -> list[str]:
    """The partitions that still hold this anywhere; whose tokens have ended stays known for a while."""
    items = operate._scan(operate._table("local"))
    return [item["pk"] for item in items if needle in str(item) and not item["pk"].startswith("STANDING#")]


def tick(deployed: Deployed, stem: str) -> None:
    """The time has come: as the schedule would say it."""
    queues = client(deployed.cloud, "sqs")
    url = queues.get_queue_url(QueueName=f"polyfolio-local-{stem}")["QueueUrl"]
    queues.send_message(QueueUrl=url, MessageBody=json.dumps({"detail": {}}))


def test_another_address_counts_once_its_code_is_given(
    join: Callable[[str], Client], visitor: httpx.Client, deployed: Deployed
) -> None:
    ola = join("ola")
    old, new = (f"{ola.handle}@{domain}" for domain in ("example.org", "new.example.org"))
    asked = {"email": new.upper(), "password": ola.password}

    assert (
        ola.post("/v1/me/email-changes", json=asked | {"password": "a guess, a bad one"}).status_code == 403
    )
    assert ola.post("/v1/me/email-changes", json=asked).status_code == 202
    assert signs_in(visitor, new, ola.password) == 401
    [subject] = soon(lambda: subjects(deployed, new), lambda found: len(found) == 1, within=60)
    [code] = re.findall(r"\b[0-9]{6}\b", subject)
    assert (
        ola.put("/v1/me/email-changes", json={"code": f"{(int(code) + 1) % 1_000_000:06}"}).status_code == 403
    )
    assert ola.put("/v1/me/email-changes", json={"code": code}).status_code == 204

    assert (signs_in(visitor, new, ola.password), signs_in(visitor, old, ola.password)) == (201, 401)
    assert soon(lambda: subjects(deployed, old), lambda found: len(found) == 1, within=60)


def signs_in(visitor: httpx.Client, address: str, password: str) -> int:
    return visitor.post("/v1/sessions", json={"email": address, "password": password}).status_code


def subjects(deployed: Deployed, address: str) -> list[str]:
    boxes = httpx.get(f"{deployed.cloud.address}/_ministack/ses/messages").json()["messages"]
    return [each["Subject"] for box in boxes.values() for each in box if each["To"] == [address]]
