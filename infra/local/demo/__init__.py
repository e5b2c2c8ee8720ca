"""The demo: invented members, loaded through the API as a client would."""

import json
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from infra.local.demo import dressing
from infra.local.demo.api import Caller, Refused, connect
from infra.local.demo.dealings import deal

__all__ = ["Refused", "load", "member", "others", "sign_in"]

_THREADS = 4
_MAILED_CODE = "123456"

type Person = dict[str, Any]
type Highlight = dict[str, Any]


def member(name: str) -> Person:
    """A demo member as their file has them; what stands in it is what is sent."""
    person: Person = json.loads((Path(__file__).parent / f"{name}.json").read_text("utf-8"))
    return person


def others() -> list[Person]:
    """A dozen more: so that there is somebody to find, to ask, and to answer."""
    found: list[Person] = json.loads((Path(__file__).parent / "others.json").read_text("utf-8"))
    return found


def sign_in() -> tuple[str, str]:
    """The address and the password of the member whom a visitor can be."""
    ana = member("ana")
    return ana["email"], ana["password"]


def load(
    base_url: str, admit: Callable[[str], str], say: Callable[[str], None] = print, elsewhere: str = ""
) -> None:
    """`admit` gives the code that admits an address; it is asked only for an address without an account.
    `elsewhere`: where some of the linked pages are to be found.

    What Ana asks of others goes last and so marks a demo that is complete: that one is left as it is, with
    all that a visitor has done to it. One that broke off is taken up where it ended.
    """
    ana, ben = member("ana"), member("ben")
    people = [*others(), ben, ana]
    with connect(base_url) as http, ThreadPoolExecutor(_THREADS) as threads:
        as_ana = _arrive(Caller(http, "ana"), ana, admit)
        if _is_complete(as_ana, ana):
            say("The demo is there already.")
            return
        arrived = threads.map(lambda each: _arrive(Caller(http, each["handle"]), each, admit), people[:-1])
        cast = dict(zip([each["handle"] for each in people], [*arrived, as_ana], strict=True))
        ids: dict[str, str] = {}
        for each in people:
            ids |= _fill(cast[each["handle"]], each, threads, elsewhere)
        _invite(as_ana, Caller(http, "guest"), ana)
        deal(cast, people, ids)
    counts = " and ".join(f"{len(each['highlights'])} of {each['name']}'s" for each in (ana, ben))
    say(f"The demo is loaded: {counts} highlights, and {len(people) - 2} more members.")


def _is_complete(caller: Caller, person: Person) -> bool:
    asked = caller.call("GET", "/v1/contacts?box=sent&limit=100").json()["items"]
    return person["asks"][-1]["member"] in {(each["other"] or {}).get("handle") for each in asked}


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


def _fill(caller: Caller, person: Person, threads: Executor, elsewhere: str) -> dict[str, str]:
    """The ids of the highlights by their refs. The profile comes first: it has the badges they refer to."""
    looks = dressing.profile(caller, person["handle"])
    seen = caller.call("GET", "/v1/me").headers["ETag"]
    caller.call("PATCH", "/v1/me", person["profile"] | looks, If_Match=seen)
    dressed = [dressing.dressed(caller, each, elsewhere) for each in person["highlights"]]
    on_top = [each for each in dressed if not each["under"]]
    within = [each for each in dressed if each["under"]]
    ids = _create(caller, person, on_top, {}, threads)
    return ids | _create(caller, person, within, ids, threads)


def _create(
    caller: Caller, person: Person, highlights: list[Highlight], jobs: dict[str, str], threads: Executor
) -> dict[str, str]:
    def create(highlight: Highlight) -> tuple[str, str]:
        ref = highlight["ref"]
        body = {name: value for name, value in highlight.items() if name != "ref"}
        body["under"] = jobs[body["under"]] if body["under"] else None
        key = f"demo-{person['handle']}-{ref}"
        return ref, caller.call("POST", "/v1/highlights", body, about=ref, Idempotency_Key=key).json()["id"]

    return dict(threads.map(create, highlights))


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
