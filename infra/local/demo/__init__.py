"""The demo: invented members, loaded through the API as a client would."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from infra.local.demo.api import Caller, Refused, connect

__all__ = ["Refused", "load", "member", "sign_in"]

_THREADS = 4
_MAILED_CODE = "123456"

type Person = dict[str, Any]
type Highlight = dict[str, Any]


def member(name: str) -> Person:
    """A demo member as their file has them; what stands in it is what is sent."""
    person: Person = json.loads((Path(__file__).parent / f"{name}.json").read_text("utf-8"))
    return person


def sign_in() -> tuple[str, str]:
    """The address and the password of the member whom a visitor can be."""
    ana = member("ana")
    return ana["email"], ana["password"]


def load(base_url: str, admit: Callable[[str], str], say: Callable[[str], None] = print) -> None:
    """`admit` gives the code that admits an address; it is asked only for an address without an account.

    What Ana is open to goes last and so marks a demo that is complete: that one is left as it is, with all
    that a visitor has done to it. One that broke off is taken up where it ended.
    """
    ana, ben = member("ana"), member("ben")
    with connect(base_url) as http:
        as_ana, as_ben = (_arrive(Caller(http, each["handle"]), each, admit) for each in (ana, ben))
        if as_ana.call("GET", "/v1/me").json()["open_to"]:
            say("The demo is there already.")
            return
        _fill(as_ben, ben)
        _open_up(as_ben, ben)
        ids = _fill(as_ana, ana)
        for each in ben["accepts"]:
            _accept(as_ben, ids[each["ref"]], each)
        _invite(as_ana, Caller(http, "guest"), ana)
        for caller, person in ((as_ana, ana), (as_ben, ben)):
            _post(caller, person)
        as_ana.call("POST", "/v1/contacts", ana["asks"], Idempotency_Key="demo-ana-asks-ben")
        _open_up(as_ana, ana)
    counts = " and ".join(f"{len(each['highlights'])} of {each['name']}'s" for each in (ana, ben))
    say(f"The demo is loaded: {counts} highlights.")


def _arrive(caller: Caller, person: Person, admit: Callable[[str], str]) -> Caller:
    """Signed in, with an account that is whole: one whose making broke off is made again."""
    if not _is_member(caller, person):
        account = {name: person[name] for name in ("email", "password", "handle", "name")}
        caller.call("POST", "/v1/accounts", account | {"code": admit(person["email"])})
        caller.sign_in(person["email"], person["password"])
    return caller


def _is_member(caller: Caller, person: Person) -> bool:
    try:
        caller.sign_in(person["email"], person["password"])
        caller.call("GET", "/v1/me")
    except Refused as refused:
        if refused.status not in (401, 404):
            raise
        return False
    return True


def _fill(caller: Caller, person: Person) -> dict[str, str]:
    """The ids of the highlights by their refs. The profile comes first: it has the badges they refer to."""
    seen = caller.call("GET", "/v1/me").headers["ETag"]
    caller.call("PATCH", "/v1/me", person["profile"], If_Match=seen)
    on_top = [each for each in person["highlights"] if not each["under"]]
    within = [each for each in person["highlights"] if each["under"]]
    ids = _create(caller, person, on_top, {})
    return ids | _create(caller, person, within, ids)


def _create(
    caller: Caller, person: Person, highlights: list[Highlight], jobs: dict[str, str]
) -> dict[str, str]:
    def create(highlight: Highlight) -> tuple[str, str]:
        ref = highlight["ref"]
        body = {name: value for name, value in highlight.items() if name != "ref"}
        body["under"] = jobs[body["under"]] if body["under"] else None
        key = f"demo-{person['handle']}-{ref}"
        return ref, caller.call("POST", "/v1/highlights", body, about=ref, Idempotency_Key=key).json()["id"]

    with ThreadPoolExecutor(_THREADS) as threads:
        return dict(threads.map(create, highlights))


def _accept(caller: Caller, highlight_id: str, answer: dict[str, str]) -> None:
    body = {"state": "accepted", "role": answer["role"]}
    caller.call("PUT", f"/v1/highlights/{highlight_id}/collaboration", body, about=answer["ref"])


def _invite(caller: Caller, visitor: Caller, person: Person) -> None:
    """One of each sort: mailed, handed on, taken back, and redeemed by a guest who is a member by that."""
    for number, each in enumerate(person["invitations"]):
        asked = {name: each[name] for name in ("email", "note") if name in each}
        key = f"demo-{person['handle']}-invitation-{number}"
        made = caller.call("POST", "/v1/me/invitations", asked, about=key, Idempotency_Key=key).json()
        if each.get("taken_back"):
            caller.call("DELETE", f"/v1/me/invitations/{made['id']}", about=key)
        if guest := each.get("guest"):
            _redeem(visitor, guest, made["code"], key)


def _redeem(visitor: Caller, guest: Person, code: str, key: str) -> None:
    """The local cloud mails the same code to everybody."""
    account = guest | {"code": code}
    begun = visitor.call("POST", "/v1/accounts", account, about=key, Idempotency_Key=key).json()
    proof = {"id": begun["id"], "email": guest["email"], "code": _MAILED_CODE}
    visitor.call("POST", "/v1/accounts/confirmations", proof, about=key, Idempotency_Key=f"{key}-proof")


def _post(caller: Caller, person: Person) -> None:
    for place, each in enumerate(person["opportunities"]):
        key = f"demo-{person['handle']}-opportunity-{place}"
        caller.call("POST", "/v1/opportunities", each, about=each["title"], Idempotency_Key=key)


def _open_up(caller: Caller, person: Person) -> None:
    for each in person["open_to"]:
        caller.call("PUT", f"/v1/me/open-to/{each['activity']}", {"note": each["note"]})
