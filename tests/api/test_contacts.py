"""Contacts and conversations, deployed: who may ask whom, what is told to whom, and races."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from core import clock, keys
from infra import operate
from tests.api.conftest import Client
from tests.api.test_first_steps import soon

REFUSED = "This member cannot be asked for that by you at present."


def open_to(client: Client, activity: str = "mentor", **how: Any) -> None:
    client.put(f"/v1/me/open-to/{activity}", json=how).raise_for_status()


def ask(client: httpx.Client, of: Client, activity: str = "mentor", **more: Any) -> httpx.Response:
    body = {"member": of.handle, "activity": activity, "message": "Would you look at my plan?"} | more
    return client.post("/v1/contacts", json=body)


def asked(client: Client, of: Client, **more: Any) -> str:
    return str(ask(client, of, **more).raise_for_status().json()["id"])


def decide(client: httpx.Client, contact_id: str, state: str) -> httpx.Response:
    return client.patch(f"/v1/contacts/{contact_id}", json={"state": state})


def states(client: Client, box: str, **query: str) -> list[str]:
    page = client.get("/v1/contacts", params={"box": box} | query).raise_for_status().json()
    return [each["state"] for each in page["items"]]


def age(contact_id: str, days: int) -> None:
    """As if it had been sent so many days earlier."""
    stored = operate._table("local")
    fact = stored.get_item(Key=keys.contact(contact_id)._asdict())["Item"]
    created = datetime.fromisoformat(str(fact["created_at"])) - timedelta(days=days)
    times = {
        "created_at": clock.timestamp(created),
        "closes_at": clock.timestamp(created + timedelta(days=30)),
    }
    stored.put_item(Item=fact | times)
    for side, box in ((fact["sender_id"], "sent"), (fact["recipient_id"], "received")):
        for facet in ("all", "pending"):
            old = keys.contacts(str(side), box, facet, str(fact["created_at"]), contact_id)
            entry = stored.delete_item(Key=old._asdict(), ReturnValues="ALL_OLD").get("Attributes")
            if entry is None:
                continue  # this side has answered
            new = keys.contacts(str(side), box, facet, times["created_at"], contact_id)
            stored.put_item(Item=entry | new._asdict() | times)


@pytest.fixture(scope="module")
def pair(join: Callable[[str], Client]) -> tuple[Client, Client]:
    """Vera is open to mentoring; Walt asks."""
    vera, walt = join("vera"), join("walt")
    open_to(vera)
    return vera, walt


def test_asked_accepted_and_talked_about(pair: tuple[Client, Client]) -> None:
    vera, walt = pair
    headers = {"Idempotency-Key": "first-try"}
    body = {"member": vera.handle, "activity": "mentor", "message": "Would you look at my plan?"}
    first, again = (walt.post("/v1/contacts", json=body, headers=headers) for _ in range(2))
    assert (first.status_code, first.json()) == (201, again.json())
    made = first.json()["id"]
    assert ask(walt, vera).status_code == 409
    assert states(vera, "received", state="pending") == ["pending"]
    address = f"/v1/contacts/{made}/messages"
    assert walt.post(address, json={"message": "Hello?"}).status_code == 409

    assert decide(vera, made, "interested").json()["other"]["handle"] == walt.handle

    assert states(walt, "sent", state="interested") == states(vera, "received") == ["interested"]
    sent = walt.post(address, json={"message": "Hello"}, headers={"Idempotency-Key": "one"}).json()
    assert walt.post(address, json={"message": "Hello"}, headers={"Idempotency-Key": "one"}).json() == sent
    assert vera.post(address, json={"message": "Come in."}).json()["number"] == 2
    shown = vera.get(address).json()
    assert [each["message"] for each in shown["items"]] == ["Come in.", "Hello"]
    assert vera.put(f"{address}/read", json={"up_to": 2}).status_code == 204
    assert vera.get(address, params={"since": shown["newer"]}).json()["read_up_to"] == 2
    assert vera.put(f"{address}/read", json={"up_to": 3}).status_code == 422


def test_messages_written_at_once_have_numbers_without_gaps(join: Callable[[str], Client]) -> None:
    vera, walt = join("vera"), join("walt")
    open_to(vera)
    made = asked(walt, vera)
    decide(vera, made, "interested").raise_for_status()
    address = f"/v1/contacts/{made}/messages"

    def send(number: int) -> tuple[int, str]:
        answer = (
            (vera, walt)[number % 2].post(address, json={"message": str(number)}).raise_for_status().json()
        )
        return answer["number"], answer["message"]

    with ThreadPoolExecutor(4) as pool:
        sent = dict(pool.map(send, range(12)))

    shown = vera.get(address, params={"limit": 100}).json()["items"]
    assert [each["number"] for each in shown] == list(range(12, 0, -1))
    assert {each["number"]: each["message"] for each in shown} == sent


def test_not_now_is_told_to_nobody_until_time_closes_it(join: Callable[[str], Client]) -> None:
    vera, walt = join("vera"), join("walt")
    open_to(vera)
    made = asked(walt, vera)

    def seen() -> list[Any]:
        answers = [walt.get(f"/v1/contacts/{made}"), walt.get("/v1/contacts", params={"box": "sent"})]
        return [(each.status_code, each.json(), each.headers["etag"]) for each in answers]

    pending = seen()
    assert decide(vera, made, "not_now").status_code == 200

    assert seen() == pending
    age(made, days=30)
    assert walt.get(f"/v1/contacts/{made}").json()["state"] == "closed"
    assert "no judgement" in walt.get(f"/v1/contacts/{made}").json()["note"]
    assert decide(walt, made, "withdrawn").status_code == 409


def test_what_nobody_answers_closes_for_both(join: Callable[[str], Client]) -> None:
    vera, walt = join("vera"), join("walt")
    open_to(vera)
    made = asked(walt, vera)

    age(made, days=30)

    for client, box in ((walt, "sent"), (vera, "received")):
        assert states(client, box) == states(client, box, state="closed") == ["closed"]
        assert states(client, box, state="pending") == []
    assert decide(vera, made, "interested").status_code == 409


def test_of_interested_and_withdrawn_at_once_one_counts(join: Callable[[str], Client]) -> None:
    vera, walt = join("vera"), join("walt")
    open_to(vera)
    made = asked(walt, vera)

    with ThreadPoolExecutor(2) as pool:
        yes = pool.submit(decide, vera, made, "interested")
        back = pool.submit(decide, walt, made, "withdrawn")

    assert sorted([yes.result().status_code, back.result().status_code]) == [200, 409]
    told = "interested" if yes.result().status_code == 200 else "withdrawn"
    assert states(walt, "sent") == states(vera, "received") == [told]


def test_the_weekly_cap_holds_for_many_at_once(join: Callable[[str], Client]) -> None:
    vera = join("vera")
    open_to(vera, weekly_cap=2)
    people = [join("asker") for _ in range(6)]

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda each: ask(each, vera), people))

    assert sorted(each.status_code for each in answers) == [201] * 2 + [403] * 4
    assert {each.json()["detail"] for each in answers if each.status_code == 403} == {REFUSED}
    assert states(vera, "received") == ["pending"] * 2


def test_a_block_ends_a_conversation_at_once_for_both(join: Callable[[str], Client]) -> None:
    vera, walt = join("vera"), join("walt")
    open_to(vera)
    made = asked(walt, vera)
    decide(vera, made, "interested").raise_for_status()
    address = f"/v1/contacts/{made}/messages"
    walt.post(address, json={"message": "Hello"}).raise_for_status()

    vera.put(f"/v1/blocks/{walt.handle}").raise_for_status()

    for client in (vera, walt):
        refused = client.post(address, json={"message": "Hello?"})
        assert (refused.status_code, refused.json()["detail"]) == (403, "This conversation has ended.")
        assert client.get(address).json()["state"] == "ended"
    assert states(walt, "sent") == ["ended"]


def test_who_leaves_takes_all_along_but_what_the_other_said(join: Callable[[str], Client]) -> None:
    vera, lea = join("vera"), join("lea")
    activities = [each["activity"] for each in vera.get("/v1/activities").json()["items"]][:11]
    for activity in activities:
        open_to(vera, activity)
    ids = [asked(lea, vera, activity=activity, message="canary") for activity in activities]
    decide(vera, ids[0], "interested").raise_for_status()
    address = f"/v1/contacts/{ids[0]}/messages"
    lea.post(address, json={"message": "canary"}).raise_for_status()
    vera.post(address, json={"message": "mine"}).raise_for_status()
    lea.put(f"{address}/read", json={"up_to": 2}).raise_for_status()

    lea.request("DELETE", "/v1/me", json={"password": lea.password}).raise_for_status()

    soon(lambda: left_of_contacts(lea.id), lambda left: left == [], within=120)
    shown = vera.get(address).json()
    assert [each["message"] for each in shown["items"]] == ["mine", ""]
    assert (shown["other"]["name"], shown["state"]) == ("Former member", "ended")
    assert vera.post(address, json={"message": "Hello?"}).status_code == 403
    assert states(vera, "received") == ["ended"]


def left_of_contacts(member_id: str) -> list[str]:
    held = [item["pk"] for item in operate._scan(operate._table("local")) if member_id in str(item)]
    return [pk for pk in held if pk.startswith(("CONTACT", "ASKED"))]
