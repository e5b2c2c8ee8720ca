"""Who may do what with what others have: every route of being found, of contact, and of the board.

One table. `owner` is the member it is all about. `partner` has asked her for something, talks with her, and
has answered her opportunity. `blocked` is blocked by her, `blocker` blocks her, from `shielded` she hides
what she is open to, `hidden` has a profile for members that no search finds, and `operator` is in that group.
A visitor asks at the public address where there is one.

A cell is the status of the answer; with a `+` it tells of her (`SAYS`), without one no byte of it does. What
would change something is asked in ways that change nothing where that can be told apart from a refusal.
"""

import secrets
from collections.abc import Callable
from functools import partial
from typing import Any

import httpx
import pytest

from tests.api.conftest import Client, Deployed
from tests.api.test_first_steps import soon
from tests.api.test_opportunities import WANTED, as_operator

WHO = ("visitor", "owner", "partner", "member", "blocked", "blocker", "shielded", "hidden", "operator")

TABLE = """
                                        visitor owner partner member blocked blocker shielded hidden operator
GET    /space-station?tag={mark}            200+   200+   200+   200+   200     200     200+     200+   200+
GET    /space-station?q={name}              200+   200+   200+   200+   200     200     200+     200+   200+
GET    /space-station?open_to=mentor&tag={mark}  200  200+  200+  200+  200     200     200      200+   200+
GET    /space-station?blind=true&tag={mark} 200    200    200    200    200     200     200      200    200
GET    /members/{owner}                     200+   200+   200+   200+   404     404     200+     200+   200+
GET    /members/{owner}#openness            200    200+   200+   200+   404     404     200      200+   200+
GET    /me/view-as?member={owner}           401    200+   200    200    404     404     200      200    200
PUT    /me/shield#of-her                    401    422    422    422    422     422     422      422    422

PUT    /me/reveals/{owner}                  401    409    204    204    404     404     204      204    204
GET    /me/reveals                          401    200    200+   200+   200     200     200+     200+   200+

GET    /contacts?box=sent                   401    200    200+   200    200     200     200      200    200
GET    /contacts?box=received               401    200+   200    200    200     200     200      200    200
GET    /contacts/{contact}                  401    200+   200+   404    404     404     404      404    404
PATCH  /contacts/{contact}                  401    409    409    404    404     404     404      404    404
GET    /contacts/{contact}/messages         401    409    409    404    404     404     404      404    404
POST   /contacts/{contact}/messages         401    409    409    404    404     404     404      404    404
PUT    /contacts/{contact}/messages/read    401    409    409    404    404     404     404      404    404
GET    /contacts/{talk}/messages            401    200+   200+   404    404     404     404      404    404
PUT    /contacts/{talk}/messages/read       401    204    204    404    404     404     404      404    404
POST   /contacts/{talk}/messages            401    201    201    404    404     404     404      404    404
GET    /me/waiting                          401    200    200    200    200     200     200      200    200
POST   /contacts#closed-activity            401    422    403    403    403     403     403      403    403
POST   /contacts                            401    422    409    201+   403     403     403      201+   201+

GET    /opportunities?tag={mark}            200+   200+   200+   200+   200     200     200+     200+   200+
GET    /opportunities/{open}                200+   200+   200+   200+   404     404     200+     200+   200+
GET    /opportunities/{inner}               404    200+   200+   200+   404     404     200+     200+   200+
PATCH  /opportunities/{open}                401    412    404    404    404     404     404      404    404
DELETE /opportunities/{open}                401    412    404    404    404     404     404      404    404
POST   /opportunities/{open}/renewals       401    409    404    404    404     404     404      404    404
GET    /opportunities/{open}/answers        401    200+   200+   200    404     404     200      200    200
POST   /opportunities/{open}/answers        401    403    422    422    404     404     422      422    422
PATCH  /opportunities/{open}/answers/{answer}  401 412    412    404    404     404     404      404    404
GET    /me/matches                          401    200    200    200    200     200     200      200    200

PUT    /follows/{owner}                     401    409    204    204    404     404     204      204    204
GET    /members/{owner}/followers           200    200    200    200    404     404     200      200    200
GET    /members/{owner}/following           200    200    200    200    404     404     200      200    200
GET    /members/{partner}/following         200+   200+   200+   200+   200     200     200+     200+   200+
GET    /me/follow-counts                    401    200    200    200    200     200     200      200    200
DELETE /follows/{owner}                     401    204    204    204    204     204     204      204    204

GET    /blocks                              401    200    200    200    200     200+    200      200    200
PUT    /blocks/{owner}                      401    409    204    204    204     204     204      204    204
DELETE /blocks/{owner}                      401    204    204    204    204     204     204      204    204
"""

NOBODYS = "01ARZ3NDEKTSV4RRFFQ69G5FAV"  # an id that nothing has
BODIES: dict[str, dict[str, Any]] = {
    "PUT /me/shield#of-her": {"members": ["{owner}"], "domains": ["no domain"]},
    "PATCH /contacts/{contact}": {"state": "ended"},
    "POST /contacts/{contact}/messages": {"message": "Hello"},
    "POST /contacts/{talk}/messages": {"message": "Hello"},
    "PUT /contacts/{contact}/messages/read": {"up_to": 0},
    "PUT /contacts/{talk}/messages/read": {"up_to": 0},
    "POST /contacts#closed-activity": {"member": "{owner}", "activity": "write", "message": "Would you?"},
    "POST /contacts": {"member": "{owner}", "activity": "mentor", "message": "Would you?"},
    "PATCH /opportunities/{open}": {"title": "Mine"},
    "POST /opportunities/{open}/answers": {"message": "Me!", "highlights": [NOBODYS]},
    "PATCH /opportunities/{open}/answers/{answer}": {"state": "declined"},
}
STALE = {"PATCH /opportunities/{open}", "DELETE /opportunities/{open}"}
STALE |= {"PATCH /opportunities/{open}/answers/{answer}"}
# What tells of her, where it is not her handle.
SAYS = {
    "GET /members/{owner}#openness": "ask me about quinces",
    "GET /me/view-as?member={owner}": "ask me about quinces",
    "GET /contacts?box=received": "a plan with quinces",
    "GET /contacts/{talk}/messages": "a plan with quinces",
    "GET /contacts/{contact}": "a plan with quinces",
    "GET /opportunities/{open}/answers": "an answer with quinces",
}
VISITED = ("/space-station", "/members/", "/opportunities")  # have a public address


class Cast:
    def __init__(self, deployed: Deployed, join: Callable[[str], Client], visitor: httpx.Client) -> None:
        self.mark, self.name = secrets.token_hex(4), f"quin{secrets.token_hex(3)}"
        others = {name: join(name) for name in WHO[1:]}
        self.people: dict[str, httpx.Client] = {"visitor": visitor, **others}
        self._owner, self._partner = others["owner"], others["partner"]
        self.owner, self.partner = self._owner.handle, self._partner.handle
        as_operator(deployed, others["operator"])
        self._show()
        self._deal()
        others["hidden"].patch(
            "/v1/me", json={"visibility": "members", "in_space_station": False}
        ).raise_for_status()
        self._owner.put(f"/v1/blocks/{others['blocked'].handle}").raise_for_status()
        others["blocker"].put(f"/v1/blocks/{self.owner}").raise_for_status()
        shield = {"members": [others["shielded"].handle]}
        self._owner.put("/v1/me/shield", json=shield).raise_for_status()
        for query in ({"tag": self.mark}, {"tag": self.mark, "open_to": "mentor"}, {"q": self.name}):
            soon(partial(self._found_by, others["member"], query), bool)
        soon(lambda: self._found_by(visitor, {"tag": self.mark, "open_to": "mentor"}), lambda is_: not is_)

    def _show(self) -> None:
        """What there is to be seen of her."""
        self._owner.patch("/v1/me", json={"headline": self.name}).raise_for_status()
        for activity in ("mentor", "speak"):
            how = {"note": "Ask me about quinces"}
            self._owner.put(f"/v1/me/open-to/{activity}", json=how).raise_for_status()
        self._owner.create(kind="code", tags=[self.mark])
        self._partner.put(f"/v1/follows/{self.owner}").raise_for_status()

    def _deal(self) -> None:
        """Two contacts, two opportunities, an answer."""
        self.contact, self.talk = (self._asked(activity) for activity in ("mentor", "speak"))
        said = {"message": "A plan with quinces"}
        self._owner.patch(f"/v1/contacts/{self.talk}", json={"state": "interested"}).raise_for_status()
        self._partner.post(f"/v1/contacts/{self.talk}/messages", json=said).raise_for_status()
        self.open, self.inner = (self._posted(visibility) for visibility in ("public", "members"))
        answers, said = f"/v1/opportunities/{self.open}/answers", {"message": "An answer with quinces"}
        self.answer = self._partner.post(answers, json=said).raise_for_status().json()["id"]

    def _asked(self, activity: str) -> str:
        body = {"member": self.owner, "activity": activity, "message": "A plan with quinces"}
        return str(self._partner.post("/v1/contacts", json=body).raise_for_status().json()["id"])

    def _posted(self, visibility: str) -> str:
        new = WANTED | {"tags": [self.mark], "visibility": visibility}
        return str(self._owner.post("/v1/opportunities", json=new).raise_for_status().json()["id"])

    def _found_by(self, who: httpx.Client, query: dict[str, str]) -> bool:
        path = "/v1/space-station" if "authorization" in who.headers else "/v1/public/space-station"
        return self.owner in who.get(path, params=query).text

    def ask(self, who: str, route: str, *, public: bool = False) -> httpx.Response:
        method, path = route.split(" ")
        address = ("/v1/public" if public else "/v1") + path.partition("#")[0].format(**vars(self))
        body = BODIES.get(route)
        if body and body.get("member"):
            body = body | {"member": self.owner}
        headers = {"if-match": '"99-x"'} if route in STALE else {}
        return self.people[who].request(method, address, json=body, headers=headers)

    def cell(self, who: str, route: str) -> str:
        public = who == "visitor" and route.startswith("GET ") and route[4:].startswith(VISITED)
        answer = self.ask(who, route, public="/answers" not in route and public)
        tells = SAYS.get(route, self.owner).lower() in answer.text.lower()
        return f"{answer.status_code}{'+' if tells and answer.is_success else ''}"


@pytest.fixture(scope="module")
def cast(deployed: Deployed, join: Callable[[str], Client], visitor: httpx.Client) -> Cast:
    return Cast(deployed, join, visitor)


def rows() -> dict[str, tuple[str, ...]]:
    lines = [line.split() for line in TABLE.splitlines()[2:] if line]
    return {f"{method} {path}": tuple(cells) for method, path, *cells in lines}


def test_all_refusals_to_ask_her_are_the_same_words(cast: Cast) -> None:
    """Blocked, blocking, shielded, or not open to that: nobody is told which."""
    refused = [cast.ask(who, "POST /contacts").json() for who in ("blocked", "blocker", "shielded")]
    refused.append(cast.ask("member", "POST /contacts#closed-activity").json())

    assert {(each["status"], each["detail"]) for each in refused} == {
        (403, "This member cannot be asked for that by you at present.")
    }


def test_no_cell_of_the_matrix_is_wrong(cast: Cast) -> None:
    """From above to below, as what some of them do is seen by others: what takes a block back comes last."""
    wrong: dict[tuple[str, str], str] = {}
    for route, wanted in rows().items():
        answered = tuple(cast.cell(who, route) for who in WHO)
        wrong |= {
            (route, who): f"{cell}, not {want}"
            for who, cell, want in zip(WHO, answered, wanted, strict=True)
            if cell != want
        }

    assert wrong == {}


def test_without_a_token_no_member_address_lets_anybody_in(cast: Cast) -> None:
    answered = {route: cast.ask("visitor", route).status_code for route in rows()}

    assert {route: status for route, status in answered.items() if status != 401} == {}
