"""No answer tells a stranger whether an address is known: neither its text, nor its status, nor its time.

200 tries each, a known address and an unknown one in turn, so that whatever else the machine does falls on
both. Their medians may differ by a tenth and two milliseconds; what somebody can measure over the internet is
far from that.
"""

import secrets
import time
from collections.abc import Callable
from statistics import median
from typing import Any

import httpx
import pytest

from core import keys, tokens
from infra import operate
from infra.local.deploy import client
from tests.api.conftest import Client, Deployed

pytestmark = pytest.mark.api

TRIES = 200
PEOPLE = 8
PASSWORD = "a guess, and a bad one"


def unknown() -> str:
    return f"nobody-{secrets.token_hex(6)}@example.org"


@pytest.fixture(scope="module")
def known(join: Callable[[str], Client]) -> list[str]:
    return [f"{join('known').handle}@example.org" for _ in range(PEOPLE)]


@pytest.fixture(scope="module")
def forget(deployed: Deployed) -> Callable[[str], None]:
    """The tries that were counted of an address: limits are not what is measured here."""
    functions = client(deployed.cloud, "lambda")
    told = functions.get_function_configuration(FunctionName="polyfolio-local-sign_in")["Environment"]
    stored = operate._table("local")

    def forgotten(address: str) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SIGNING_SECRET", told["Variables"]["SIGNING_SECRET"])
            for name in ("sign-in", "sign-up", "reset", "waitlist-address"):
                stored.delete_item(Key=keys.limit(name, tokens.digest(address))._asdict())

    return forgotten


ASKED: dict[str, tuple[str, Callable[[str], dict[str, Any]]]] = {
    "join": ("/v1/waitlist", lambda address: {"email": address}),
    "sign-in": ("/v1/sessions", lambda address: {"email": address, "password": PASSWORD}),
    "reset": ("/v1/password-resets", lambda address: {"email": address}),
    "sign-up": (
        "/v1/accounts",
        lambda address: {
            "email": address,
            "password": PASSWORD,
            "code": "guessed",
            "handle": f"h-{secrets.token_hex(6)}",
            "name": "N",
        },
    ),
}


@pytest.mark.parametrize("what", ASKED)
def test_a_known_address_is_answered_as_an_unknown_one(
    deployed: Deployed, known: list[str], forget: Callable[[str], None], what: str
) -> None:
    path, body = ASKED[what]
    clients = [network(deployed) for _ in range(TRIES // 2)]  # some count by the network, and rightly so
    times: dict[str, list[float]] = {"known": [], "unknown": []}
    answers: dict[str, set[tuple[int, bytes]]] = {"known": set(), "unknown": set()}
    for each in clients:  # connections, and functions, are warm before it counts
        each.get("/v1/sign-in-providers")
    for number in range(TRIES):
        address = known[number % PEOPLE]
        forget(address)
        pair = [("known", address), ("unknown", unknown())]
        for kind, who in pair if number % 2 else reversed(pair):
            began = time.perf_counter()
            answer = clients[number % len(clients)].post(path, json=body(who))
            times[kind].append(time.perf_counter() - began)
            answers[kind].add((answer.status_code, answer.content))
    for each in clients:
        each.close()

    assert answers["known"] == answers["unknown"]
    assert len(answers["known"]) == 1, "nobody was told to wait"
    one, other = (median(each) for each in times.values())
    print(f"{what}: known {one * 1000:.1f} ms, unknown {other * 1000:.1f} ms")
    assert abs(one - other) <= 0.1 * max(one, other) + 0.002


def network(deployed: Deployed) -> httpx.Client:
    local = ".".join(["127", *(str(secrets.randbelow(250) + 2) for _ in range(3))])
    transport = httpx.HTTPTransport(local_address=local)
    return httpx.Client(base_url=deployed.base_url, timeout=35, transport=transport)
