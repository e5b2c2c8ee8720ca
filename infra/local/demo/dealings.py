"""What the demo's members do with each other, once all of them are there."""

from typing import Any

from infra.local.demo.api import Caller

type Person = dict[str, Any]


def deal(cast: dict[str, Caller], people: list[Person], ids: dict[str, str]) -> None:
    """`cast`: by handle; `ids`: of highlights, by their refs. Each step can be done again."""
    for each in people:
        caller = cast[each["handle"]]
        for answer in each.get("accepts", []):
            _accept(caller, ids[answer["ref"]], answer)
        for handle in each.get("follows", []):
            caller.call("PUT", f"/v1/follows/{handle}")
        _post(caller, each)
        _open_up(caller, each)
    for each in people:  # what one is asked for one must be open to
        for wish in each.get("asks", []):
            _ask(cast, each["handle"], wish)


def _accept(caller: Caller, highlight_id: str, answer: dict[str, str]) -> None:
    body = {"state": "accepted", "role": answer["role"]}
    caller.call("PUT", f"/v1/highlights/{highlight_id}/collaboration", body, about=answer["ref"])


def _post(caller: Caller, person: Person) -> None:
    for place, each in enumerate(person["opportunities"]):
        key = f"demo-{person['handle']}-opportunity-{place}"
        caller.call("POST", "/v1/opportunities", each, about=each["title"], Idempotency_Key=key)


def _open_up(caller: Caller, person: Person) -> None:
    for each in person["open_to"]:
        how = {name: value for name, value in each.items() if name != "activity"}
        caller.call("PUT", f"/v1/me/open-to/{each['activity']}", how, about=person["handle"])


def _ask(cast: dict[str, Caller], sender: str, wish: dict[str, Any]) -> None:
    """`state`: what came of it, if anything; `talk`: what was said then, by whom."""
    recipient = wish["member"]
    key = f"demo-{sender}-asks-{recipient}"
    body = {name: wish[name] for name in ("member", "activity", "message", "answer") if name in wish}
    made = cast[sender].call("POST", "/v1/contacts", body, about=key, Idempotency_Key=key).json()
    address = f"/v1/contacts/{made['id']}"
    answered = cast[recipient].call("GET", address).json()["state"] != "pending"
    if "state" in wish and not answered:
        cast[recipient].call("PATCH", address, {"state": wish["state"]}, about=key)
    for number, (who, text) in enumerate(wish.get("talk", [])):
        said = f"{key}-{number}"
        cast[who].call("POST", f"{address}/messages", {"message": text}, about=said, Idempotency_Key=said)
