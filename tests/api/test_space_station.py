"""The Space Station, deployed: who finds whom, by what, and who sees what of whom."""

import base64
import json
import time
from collections.abc import Callable
from typing import Any, NamedTuple

import httpx
import pytest

from core import keys
from infra import operate
from tests.api.conftest import Client
from tests.api.test_first_steps import soon

CANARY = "quetzal"


class Cast(NamedTuple):
    """`owner` is open to things; `blocked` by her, `shielded` from it; `hidden` is in no search."""

    owner: Client
    member: Client
    blocked: Client
    shielded: Client
    hidden: Client
    visitor: httpx.Client


@pytest.fixture(scope="module")
def cast(join: Callable[[str], Client], visitor: httpx.Client) -> Cast:
    owner, member, blocked, shielded, hidden = (join(name) for name in ("una", "mo", "bo", "shi", "hid"))
    for each, place in ((owner, f"{CANARY}, Portugal"), (hidden, f"{CANARY}, Portugal")):
        badges = [{"name": f"{CANARY} teacher"}]
        each.patch(
            "/v1/me", json={"location": place, "headline": CANARY, "badges": badges}
        ).raise_for_status()
        each.put("/v1/me/open-to/mentor", json={"audience": "members", "note": CANARY}).raise_for_status()
        each.put("/v1/me/open-to/speak", json={"audience": "followed"}).raise_for_status()
        each.create(kind="code", tags=["quetzal tag"], title=f"Made by {CANARY}")
    hidden.patch("/v1/me", json={"in_space_station": False}).raise_for_status()
    owner.put(f"/v1/blocks/{blocked.handle}").raise_for_status()
    owner.put("/v1/me/shield", json={"members": [shielded.handle]}).raise_for_status()
    owner.put(f"/v1/follows/{member.handle}").raise_for_status()
    soon(lambda: found(member, tag="quetzal tag", open_to="speak"), lambda seen: seen == [owner.handle])
    soon(lambda: found(member, place=CANARY), lambda seen: seen == [owner.handle])
    return Cast(owner, member, blocked, shielded, hidden, visitor)


def search(who: httpx.Client, **query: Any) -> dict[str, Any]:
    path = "/v1/space-station" if "authorization" in who.headers else "/v1/public/space-station"
    answer = who.get(path, params=query)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def found(who: httpx.Client, **query: Any) -> list[str]:
    return [each["handle"] for each in search(who, **query)["items"]]


# Does this one find her by …? And what is the answer to these routes?
WHO = ("visitor", "member", "blocked", "shielded", "hidden", "owner")
FINDS: dict[str, tuple[dict[str, Any], str]] = {
    "place": ({"place": CANARY}, "yes yes no yes yes yes"),
    "tag": ({"tag": "quetzal tag"}, "yes yes no yes yes yes"),
    "words": ({"q": "una quet"}, "yes yes no yes yes yes"),
    "what members can ask": ({"tag": "quetzal tag", "open_to": "mentor"}, "no yes no no yes yes"),
    "what those she follows can": ({"tag": "quetzal tag", "open_to": "speak"}, "no yes no no no yes"),
}


@pytest.mark.parametrize("by", FINDS)
def test_the_matrix_of_who_finds_her_by_what(cast: Cast, by: str) -> None:
    query, wanted = FINDS[by]

    seen = ["yes" if cast.owner.handle in found(getattr(cast, who), **query) else "no" for who in WHO]

    assert seen == wanted.split()
    assert not any(cast.hidden.handle in found(getattr(cast, who), **query) for who in WHO)


def test_the_matrix_of_what_is_shown_of_her(cast: Cast) -> None:
    wanted = {
        **{"visitor": [], "member": ["mentor", "speak"], "shielded": [], "hidden": ["mentor"]},
        "owner": ["mentor", "speak"],
    }

    for who, activities in wanted.items():
        client = getattr(cast, who)
        [card] = [
            each for each in search(client, place=CANARY)["items"] if each["handle"] == cast.owner.handle
        ]
        base = "/v1/public" if who == "visitor" else "/v1"
        profile = client.get(f"{base}/members/{cast.owner.handle}").json()
        assert sorted(card["open_to"]) == activities, who
        assert sorted(each["activity"] for each in profile["open_to"]) == activities, who
        counts = search(client, place=CANARY)["facets"]["open_to"]
        assert sorted(each["value"] for each in counts) == activities, who
    assert cast.blocked.get(f"/v1/members/{cast.owner.handle}").status_code == 404
    assert search(cast.blocked, place=CANARY)["facets"]["counted"] == 0


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/space-station"),
        ("PUT", "/v1/me/reveals/{handle}"),
        ("GET", "/v1/me/reveals"),
        ("PUT", "/v1/blocks/{handle}"),
        ("DELETE", "/v1/blocks/{handle}"),
        ("GET", "/v1/blocks"),
        ("PUT", "/v1/follows/{handle}"),
        ("DELETE", "/v1/follows/{handle}"),
        ("GET", "/v1/me/follow-counts"),
        ("PUT", "/v1/me/shield"),
        ("GET", "/v1/me/view-as"),
        ("PUT", "/v1/me/open-to/mentor"),
    ],
)
def test_without_a_token_nobody_comes_in(cast: Cast, method: str, path: str) -> None:
    asked = cast.visitor.request(
        method, path.format(handle=cast.owner.handle), json={} if method == "PUT" else None
    )

    assert asked.status_code == 401


def test_an_operator_has_no_more_eyes_than_others(cast: Cast, join: Callable[[str], Client]) -> None:
    """Rights come from standing in the group `operators`, and no search asks for it."""
    other = join("oper")
    credentials = {"email": f"{other.handle}@example.org", "password": other.password}
    operate.make_operator("local", credentials["email"])
    session = other.post("/v1/sessions", json=credentials).raise_for_status().json()
    other.headers["authorization"] = f"Bearer {session['access_token']}"
    assert [each.get("/v1/admissions").status_code for each in (other, cast.member)] == [200, 403]

    assert found(other, place=CANARY) == [cast.owner.handle]
    assert search(other, place=CANARY)["items"][0]["open_to"] == ["mentor"]


def test_blind_no_byte_names_her_until_she_reveals_herself(cast: Cast) -> None:
    canaries = (CANARY, cast.owner.handle, cast.owner.id, "Una")
    query = {"blind": "true", "open_to": "speak"}
    aliases = set[str]()
    for limit in (1, 100):
        answer = cast.member.get("/v1/space-station", params=query | {"limit": limit})
        body = answer.json()
        aliases = {each["alias"] for each in body["items"]}
        hidden_in = [unpacked(each) for each in (*aliases, body["next"] or "")]
        seen = answer.text + json.dumps(dict(answer.headers)) + " ".join(hidden_in)
        assert not [each for each in canaries if each.lower() in seen.lower()]

    assert cast.owner.put(f"/v1/me/reveals/{cast.member.handle}").status_code == 204
    revealed = [each for each in search(cast.member, **query, limit=100)["items"] if each["revealed"]]
    [again] = [each for each in revealed if each["revealed"]["handle"] == cast.owner.handle]
    assert again["alias"] in aliases
    assert search(cast.hidden, blind="true", place=CANARY)["items"][0]["revealed"] is None
    [told] = cast.owner.get("/v1/me/reveals").json()["items"]
    assert told["handle"] == cast.member.handle


def test_who_leaves_is_found_by_nobody_and_known_to_nobody(join: Callable[[str], Client]) -> None:
    lea, tom = join("lea"), join("tom")
    assert lea.put(f"/v1/me/reveals/{tom.handle}").status_code == 204
    assert tom.put(f"/v1/me/reveals/{lea.handle}").status_code == 204
    lea.create(kind="code", tags=["gone soon"])
    soon(lambda: found(tom, tag="gone soon"), lambda seen: seen == [lea.handle])
    assert {"FOUND", "REVEAL", "STATION"} <= set(left_of_station(lea.id))
    with operate._table("local").batch_writer() as batch:  # more than one run takes
        for to in (f"nobody-{number}" for number in range(100)):
            listed = zip(keys.INDEXES["gsi2"], keys.reveals(lea.id, "2026", to), strict=True)
            batch.put_item(Item=keys.reveal(lea.id, to)._asdict() | dict(listed))

    lea.request("DELETE", "/v1/me", json={"password": lea.password}).raise_for_status()

    soon(lambda: left_of_station(lea.id), lambda held: held == [], within=120)
    assert tom.get("/v1/me/reveals").json()["items"] == []


def left_of_station(member_id: str) -> list[str]:
    held = [item["pk"] for item in operate._scan(operate._table("local")) if member_id in str(item)]
    return [kind for kind in (pk.partition("#")[0] for pk in held) if kind in ("FOUND", "REVEAL", "STATION")]


def unpacked(token: str) -> str:
    raw = token.removeprefix("~")
    return base64.urlsafe_b64decode(raw + "=" * (-len(raw) % 4)).decode("latin-1")


def test_a_change_is_found_within_five_seconds(cast: Cast, join: Callable[[str], Client]) -> None:
    newcomer = join("nia")

    def within(change: Callable[[], Any], seen: Callable[[], bool]) -> float:
        change()
        began = time.monotonic()
        while not seen():
            assert time.monotonic() - began < 30
            time.sleep(0.1)
        return time.monotonic() - began

    within(  # the first call of an effect starts its process
        lambda: newcomer.patch("/v1/me", json={"location": "Ushuaia"}),
        lambda: found(cast.member, place="ushuaia") == [newcomer.handle],
    )
    took = [
        within(
            lambda: newcomer.patch("/v1/me", json={"headline": "Penguins"}),
            lambda: found(cast.member, q="pengu") == [newcomer.handle],
        ),
        within(
            lambda: newcomer.create(kind="code", tags=["penguin"]),
            lambda: found(cast.member, tag="penguin") == [newcomer.handle],
        ),
        within(
            lambda: newcomer.patch("/v1/me", json={"in_space_station": False}),
            lambda: found(cast.member, place="ushuaia") == [],
        ),
    ]

    assert max(took) < 5, took


def test_a_rebuild_makes_the_same_index(cast: Cast) -> None:
    before = found(cast.member, place="portugal"), search(cast.member, place=CANARY)

    operate.rebuild("local")

    soon(
        lambda: (found(cast.member, place="portugal"), search(cast.member, place=CANARY)),
        lambda now: now == before,
        within=180,  # all facts of all tests before are told again
    )
