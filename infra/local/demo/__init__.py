"""The demo: two invented members, loaded through the API as a client would."""

import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from infra.local.demo.api import Caller, Refused, connect

__all__ = ["Refused", "load", "member", "sign_in"]

_THREADS = 4
_SETTLED_WITHIN_SECONDS = 5

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
        _load_ben(as_ben, ben)
        _load_ana(as_ana, ana, as_ben, ben["accepts"])
    counts = " and ".join(f"{len(each['highlights'])} of {each['name']}'s" for each in (ana, ben))
    say(f"The demo is loaded: {counts} highlights.")


def _load_ben(as_ben: Caller, ben: Person) -> None:
    """His first job by itself: what follows from it is then warm, and need not start many times at once."""
    _describe(as_ben, ben)
    _open_up(as_ben, ben)
    jobs, others = _parted(ben["highlights"], _holders(ben))
    job_ids = _create(as_ben, ben, jobs, {})
    _settle(as_ben, ben)
    _create(as_ben, ben, others, job_ids)


def _load_ana(as_ana: Caller, ana: Person, as_ben: Caller, accepts: list[dict[str, str]]) -> None:
    """What Ben accepts comes before the many others, for a function's first call is slow while they go on."""
    _describe(as_ana, ana)
    jobs, others = _parted(ana["highlights"], _holders(ana))
    shared, others = _parted(others, {each["ref"] for each in accepts})
    job_ids = _create(as_ana, ana, jobs, {})
    shared_ids = _create(as_ana, ana, shared, job_ids)
    for each in accepts:
        _accept(as_ben, shared_ids[each["ref"]], each)
    _create(as_ana, ana, others, job_ids)
    _open_up(as_ana, ana)


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


def _describe(caller: Caller, person: Person) -> None:
    """Before the highlights: they refer to the badges."""
    seen = caller.call("GET", "/v1/me").headers["ETag"]
    caller.call("PATCH", "/v1/me", person["profile"], If_Match=seen)


def _holders(person: Person) -> set[str]:
    """The jobs that others are under."""
    return {each["under"] for each in person["highlights"] if each["under"]}


def _parted(highlights: list[Highlight], refs: set[str]) -> tuple[list[Highlight], list[Highlight]]:
    """Those with these refs, and the rest."""
    named = [each for each in highlights if each["ref"] in refs]
    return named, [each for each in highlights if each["ref"] not in refs]


def _create(
    caller: Caller, person: Person, highlights: list[Highlight], jobs: dict[str, str]
) -> dict[str, str]:
    """Their ids by their refs."""

    def create(highlight: Highlight) -> tuple[str, str]:
        ref = highlight["ref"]
        body = {name: value for name, value in highlight.items() if name != "ref"}
        body["under"] = jobs.get(body["under"])
        key = f"demo-{person['handle']}-{ref}"
        return ref, caller.call("POST", "/v1/highlights", body, about=ref, Idempotency_Key=key).json()["id"]

    with ThreadPoolExecutor(_THREADS) as threads:
        return dict(threads.map(create, highlights))


def _settle(caller: Caller, person: Person) -> None:
    """Until the year counts know of a highlight, or for as long as that is worth waiting for."""
    until = time.monotonic() + _SETTLED_WITHIN_SECONDS
    while time.monotonic() < until:
        if caller.call("GET", f"/v1/members/{person['handle']}/timeline").json()["count"]:
            return
        time.sleep(0.1)


def _accept(caller: Caller, highlight_id: str, answer: dict[str, str]) -> None:
    body = {"state": "accepted", "role": answer["role"]}
    caller.call("PUT", f"/v1/highlights/{highlight_id}/collaboration", body, about=answer["ref"])


def _open_up(caller: Caller, person: Person) -> None:
    for each in person["open_to"]:
        caller.call("PUT", f"/v1/me/open-to/{each['activity']}", {"note": each["note"]})
