"""The board and the answers to it, deployed: who may see and do what, and what comes of it at once."""

import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import httpx
import pytest

from core import clock, keys
from core.keys import Key
from infra import operate
from infra.local.deploy import client as local
from tests.api.conftest import Client, Deployed
from tests.api.test_first_steps import soon

WANTED = {
    "activity": "freelance",
    "title": "A booklet",
    "text": "You take **the pictures**.",
    "paid": True,
    "place": "Lisboa, Portugal",
}


def post(client: Client, **changes: Any) -> dict[str, Any]:
    return dict(client.post("/v1/opportunities", json=WANTED | changes).raise_for_status().json())


def titles(client: httpx.Client, address: str = "/v1/opportunities", **query: Any) -> list[str]:
    return [each["title"] for each in client.get(address, params=query).raise_for_status().json()["items"]]


def items(pk: str) -> list[dict[str, Any]]:
    found = operate._table("local").query(
        KeyConditionExpression="pk = :pk", ExpressionAttributeValues={":pk": pk}, ConsistentRead=True
    )
    return list(found["Items"])


def block(one: Client, other: Client) -> None:
    stored = operate._table("local")
    stored.put_item(Item=keys.block(one.id, other.id)._asdict() | {"by_me": "2026-11-23T09:48:12.123Z"})
    stored.put_item(Item=keys.block(other.id, one.id)._asdict() | {"by_them": True})


def age(opportunity: dict[str, Any], days: int) -> None:
    """As if all of it had been posted so many days earlier."""
    stored = operate._table("local")
    listed = datetime.fromisoformat(opportunity["listed_at"])
    times = {"listed_at": clock.timestamp(listed - timedelta(days=days))}
    times["expires_at"] = clock.timestamp(listed + timedelta(days=30 - days))
    fact = stored.get_item(Key=keys.opportunity(opportunity["id"])._asdict())["Item"]
    stored.put_item(Item=fact | times)
    facets = ["all", f"activity:{opportunity['activity']}", f"paid:{opportunity['paid']}"]
    facets += [f"tag:{each}" for each in opportunity["tags"]] + ["place:lisboa", "place:portugal"]
    for facet in facets:
        old = keys.board(facet, opportunity["listed_at"], opportunity["id"])
        entry = stored.delete_item(Key=old._asdict(), ReturnValues="ALL_OLD")["Attributes"]
        new = keys.board(facet, times["listed_at"], opportunity["id"])
        index = dict(zip(keys.INDEXES["gsi1"], new, strict=True)) if "gsi1pk" in entry else {}
        stored.put_item(Item=entry | new._asdict() | index | times)


@pytest.fixture(scope="module")
def carla(join: Callable[[str], Client]) -> Client:
    return join("carla")


def test_is_found_by_its_facets_edited_and_closed(alice: Client, bob: Client, visitor: httpx.Client) -> None:
    public, mark = "/v1/public/opportunities", secrets.token_hex(4)
    made = post(alice, title="Found", tags=[f"Fotografía {mark}", mark], remote=True)

    everything: dict[str, Any] = {"tag": [f"fotografia {mark}", mark], "place": "LISBOA"}
    everything |= {"remote": "true", "paid": "true"}
    assert titles(visitor, public, **everything) == titles(bob, **everything) == ["Found"]
    address = f"/v1/opportunities/{made['id']}"
    seen = alice.get(address).headers["etag"]
    edited = alice.patch(address, json={"tags": [mark]}, headers={"If-Match": seen})
    assert (edited.status_code, titles(bob, tag=f"fotografia {mark}")) == (200, [])
    assert alice.patch(address, json={"title": "Late"}, headers={"If-Match": seen}).status_code == 412
    alice.patch(address, json={"state": "closed", "outcome": "found"}).raise_for_status()
    assert titles(bob, tag=mark) == titles(visitor, public, tag=mark) == []
    assert "Found" in titles(alice, mine="true", limit=100)
    assert visitor.get(f"{public}/{made['id']}").json()["outcome"] == "found"


def test_leaves_the_board_by_time_and_returns_when_it_is_renewed(alice: Client, bob: Client) -> None:
    made = post(alice, title="Old", tags=["renewed"])
    renewals = f"/v1/opportunities/{made['id']}/renewals"
    assert titles(bob, tag="renewed") == ["Old"]
    assert alice.post(renewals).status_code == 409

    age(made, days=31)

    assert titles(bob, tag="renewed") == []
    assert bob.get(f"/v1/opportunities/{made['id']}").json()["state"] == "expired"
    assert bob.post(f"/v1/opportunities/{made['id']}/answers", json={"message": "Me!"}).status_code == 409
    first, again = (alice.post(renewals, headers={"Idempotency-Key": "renewed"}) for _ in range(2))
    assert (first.status_code, first.json()) == (201, again.json())
    assert titles(bob, tag="renewed") == titles(bob, tag="renewed", paid="true") == ["Old"]


def test_answers_are_between_two_and_go_with_their_opportunity(
    alice: Client, bob: Client, carla: Client
) -> None:
    made = post(alice)
    address = f"/v1/opportunities/{made['id']}/answers"
    shown = bob.create(title="Evidence", visibility="members")["id"]

    given = bob.post(address, json={"message": "I would like to.", "highlights": [shown]})

    assert given.status_code == 201
    [received] = alice.get(address).json()["items"]
    assert received["answerer"]["handle"] == bob.handle
    assert [each["title"] for each in received["evidence"]] == ["Evidence"]
    assert [each["id"] for each in bob.get(address).json()["items"]] == [received["id"]]
    assert carla.get(address).json()["items"] == []
    decided = alice.patch(f"{address}/{received['id']}", json={"state": "declined", "note": "Thank you."})
    assert decided.json()["state"] == "declined"
    assert bob.get(address).json()["items"][0]["note"] == "Thank you."

    assert alice.delete(f"/v1/opportunities/{made['id']}").status_code == 204
    soon(lambda: items(keys.opportunity(made["id"]).pk), lambda left: left == [])


def test_of_closing_and_answering_at_once_nothing_comes_after_the_close(
    alice: Client, bob: Client, carla: Client
) -> None:
    made = post(alice)
    address = f"/v1/opportunities/{made['id']}"

    def close() -> httpx.Response:
        return alice.patch(address, json={"state": "closed", "outcome": "found"})

    def respond(client: Client) -> httpx.Response:
        return client.post(f"{address}/answers", json={"message": "Me!"})

    with ThreadPoolExecutor(3) as pool:
        closed, *given = [
            pool.submit(close), pool.submit(respond, bob), pool.submit(respond, carla)
        ]  # fmt: skip
    statuses = [each.result().status_code for each in given]

    assert closed.result().status_code == 200
    assert set(statuses) <= {201, 409}
    assert len(alice.get(f"{address}/answers").json()["items"]) == statuses.count(201)
    if 409 in statuses:
        late = (bob, carla)[statuses.index(409)]
        assert respond(late).status_code == 409


def test_of_declining_and_withdrawing_at_once_one_counts(alice: Client, bob: Client) -> None:
    made = post(alice)
    address = f"/v1/opportunities/{made['id']}/answers"
    answer = bob.post(address, json={"message": "Me!"}).json()["id"]

    def decide(client: Client, state: str) -> int:
        return client.patch(f"{address}/{answer}", json={"state": state}).status_code

    with ThreadPoolExecutor(2) as pool:
        declined, withdrawn = (
            pool.submit(decide, alice, "declined"), pool.submit(decide, bob, "withdrawn")
        )  # fmt: skip

    assert sorted([declined.result(), withdrawn.result()]) == [200, 409]
    state = bob.get(address).json()["items"][0]["state"]
    assert state == ("declined" if declined.result() == 200 else "withdrawn")


class Cast:
    """One of each sort of people, and what stands between them and three opportunities and an answer."""

    def __init__(self, deployed: Deployed, join: Callable[[str], Client], visitor: httpx.Client) -> None:
        self.owner, self.hidden = join("owner"), join("hidden")
        self.open = post(self.owner, title="open", tags=["rights"])["id"]
        self.members = post(self.owner, title="members", tags=["rights"], visibility="members")["id"]
        self.of_hidden = post(self.hidden, title="of-hidden", tags=["rights"])["id"]
        self.hidden.patch("/v1/me", json={"visibility": "members"}).raise_for_status()
        self.people: dict[str, httpx.Client] = {
            "anonymous": visitor,
            "owner": self.owner,
            "answerer": join("answerer"),
            "member": join("member"),
            "hidden": self.hidden,
            "blocked": join("blocked"),
            "operator": as_operator(deployed, join("operator")),
        }
        answerer = self.people["answerer"]
        given = answerer.post(f"/v1/opportunities/{self.open}/answers", json={"message": "Me!"})
        self.answer = given.raise_for_status().json()["id"]
        blocked = self.people["blocked"]
        assert isinstance(blocked, Client)
        block(self.owner, blocked)


def as_operator(deployed: Deployed, client: Client) -> Client:
    """In the user pool's group of operators, and signed in again, so that the token says so."""
    pool = local(deployed.cloud, "cognito-idp")
    pool.admin_add_user_to_group(
        UserPoolId=deployed.outputs["UserPoolId"], Username=client.id, GroupName="operators"
    )
    account = {"email": f"{client.handle}@example.org", "password": client.password}
    session = client.post("/v1/sessions", json=account).raise_for_status().json()
    client.headers["authorization"] = f"Bearer {session['access_token']}"
    return client


@pytest.fixture(scope="module")
def cast(deployed: Deployed, join: Callable[[str], Client], visitor: httpx.Client) -> Cast:
    return Cast(deployed, join, visitor)


OPEN, MEMBERS, HIDDEN = "{open}", "{members}", "{of_hidden}"
PEOPLE = ("anonymous", "owner", "answerer", "member", "hidden", "blocked", "operator")
ANSWER = OPEN + "/answers/{answer}"

# What each of them is answered. Those who may change something are asked for what changes nothing (422):
# rights are looked at first where there are any to look at, and that order is what a cell of 422 shows.
MATRIX = {
    ("GET", OPEN): (401, 200, 200, 200, 200, 404, 200),
    ("GET", MEMBERS): (401, 200, 200, 200, 200, 404, 200),
    ("GET", HIDDEN): (401, 200, 200, 200, 200, 200, 200),
    ("PATCH", OPEN): (401, 412, 404, 404, 404, 404, 404),
    ("DELETE", OPEN): (401, 412, 404, 404, 404, 404, 404),
    ("POST", OPEN + "/renewals"): (401, 409, 404, 404, 404, 404, 404),
    ("GET", OPEN + "/answers"): (401, 200, 200, 200, 200, 404, 200),
    ("POST", OPEN + "/answers"): (401, 403, 422, 422, 422, 404, 422),
    ("PATCH", ANSWER): (401, 412, 412, 404, 404, 404, 404),
}
PUBLIC = {OPEN: 200, MEMBERS: 404, HIDDEN: 404}
BODIES: dict[tuple[str, str], Any] = {
    ("PATCH", OPEN): {"title": "Mine"},
    ("POST", OPEN + "/answers"): {"message": "Me!", "highlights": ["01ARZ3NDEKTSV4RRFFQ69G5FAV"]},
    ("PATCH", ANSWER): {"state": "declined"},
}
BOARDS = {
    "anonymous": {"open"},
    "blocked": {"of-hidden"},
} | {each: {"open", "members", "of-hidden"} for each in ("owner", "answerer", "member", "hidden", "operator")}


@pytest.mark.parametrize(("method", "path"), MATRIX)
def test_the_matrix_of_rights(cast: Cast, method: str, path: str) -> None:
    address = "/v1/opportunities/" + path.format(**vars(cast))
    asked: dict[str, Any] = {"json": BODIES.get((method, path)), "headers": {"If-Match": '"99-x"'}}

    answered = {
        name: client.request(method, address, **asked).status_code for name, client in cast.people.items()
    }

    assert answered == dict(zip(PEOPLE, MATRIX[method, path], strict=True))


def test_the_matrix_of_public_reads_and_of_the_board(cast: Cast) -> None:
    visitor = cast.people["anonymous"]
    public = "/v1/public/opportunities"

    found = {path: visitor.get(f"{public}/{path.format(**vars(cast))}").status_code for path in PUBLIC}
    boards = {
        name: set(titles(each, public if name == "anonymous" else "/v1/opportunities", tag="rights"))
        for name, each in cast.people.items()
    }

    assert found == PUBLIC
    assert boards == BOARDS


def test_only_poster_and_answerer_ever_see_an_answer(cast: Cast) -> None:
    address = f"/v1/opportunities/{cast.open}/answers"

    seen = {
        name: cast.answer in each.get(address).text
        for name, each in cast.people.items()
    }  # fmt: skip

    assert {name for name, sees in seen.items() if sees} == {"owner", "answerer"}


def test_an_expired_entry_says_when_it_may_go(cast: Cast) -> None:
    entries = [each for each in items(keys.board("tag:rights", "", "").pk) if each["id"] == cast.open]

    [entry] = entries
    until = datetime.fromisoformat(entry["expires_at"])
    assert datetime.fromtimestamp(int(entry[keys.TTL]), UTC) == until.replace(microsecond=0)
    assert Key(entry["gsi1pk"], entry["gsi1sk"]) == Key(entry["pk"], entry["sk"])


def _count(member: Client, tag: str) -> int:
    counted = member.get(f"/v1/members/{member.handle}/timeline", params={"tag": tag})
    return int(counted.json()["count"])


def test_members_whom_it_fits_find_it_among_their_matches(
    alice: Client, join: Callable[[str], Client]
) -> None:
    mark = secrets.token_hex(4)
    fitting, without_tag, not_open = join("fitting"), join("without"), join("closed")
    for each in (fitting, without_tag):
        each.put("/v1/me/open-to/podcast-guest", json={}).raise_for_status()
    for each in (fitting, not_open):
        each.create(tags=[mark])
    for each in (fitting, not_open):
        soon(partial(_count, each, mark), lambda count: count == 1)
    for each in (fitting, without_tag):
        soon(
            partial(items, keys.openness_listed(each.id).pk),
            lambda found: any(item["sk"] == "OPENED" and item["state"] for item in found),
        )

    made = post(alice, activity="podcast-guest", title="Be our guest", tags=[mark])

    def told(client: Client) -> list[str]:
        return [each["id"] for each in client.get("/v1/me/matches").raise_for_status().json()["items"]]

    soon(lambda: told(fitting), lambda found: found == [made["id"]])
    assert told(without_tag) == told(not_open) == []
    fitting.delete("/v1/me/open-to/podcast-guest").raise_for_status()
    alice.patch(f"/v1/opportunities/{made['id']}", json={"state": "closed", "outcome": "found"})
    assert told(fitting) == []
    soon(lambda: items(keys.open_to("podcast-guest", "").pk), lambda left: fitting.id not in str(left))


def test_who_leaves_takes_what_they_posted_answered_and_were_told(
    alice: Client, join: Callable[[str], Client]
) -> None:
    lea = join("lea")
    lea.put("/v1/me/open-to/join-a-board", json={}).raise_for_status()
    soon(lambda: items(keys.open_to("join-a-board", "").pk), lambda found: lea.id in str(found))
    others = post(alice, activity="join-a-board")
    soon(lambda: items(keys.match(lea.id, "").pk), lambda found: found != [])
    own = [post(lea, title="Lea's")["id"] for _ in range(11)]
    for client, opportunity in ((lea, others["id"]), (alice, own[0])):
        answer = client.post(f"/v1/opportunities/{opportunity}/answers", json={"message": "Me!"})
        answer.raise_for_status()

    lea.request("DELETE", "/v1/me", json={"password": lea.password}).raise_for_status()

    ours = ("OPPORTUNITY", "BOARD", "POSTED", "ANSWERS", "MATCHES", "OPEN_TO")

    def left() -> list[str]:
        held = [item["pk"] for item in operate._scan(operate._table("local")) if lea.id in str(item)]
        return [pk for pk in held if pk.startswith(ours)]

    soon(left, lambda found: found == [], within=120)
    assert alice.get(f"/v1/opportunities/{others['id']}/answers").json()["items"] == []
    assert alice.get(f"/v1/opportunities/{own[0]}").status_code == 404
