"""All erasers together, for what is left of a member is a question to the whole table."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from accounts import delete_account, departures, erase_account, sign_in
from core import blind, invited, keys, table
from domains import claim_domain, erase_domain
from members import change_handle, edit_me, erase_profile, open_up
from network import blocks, erase_network, follows
from space_station import erase_station
from tests.cloud import call
from tests.functions.accounts import federation
from tests.functions.accounts.conftest import ADA, claims_of, create, signed_in, stored
from tests.functions.accounts.pool import Pool
from tests.functions.conftest import Person, join
from tests.functions.timeline.acting import EFFECTS
from tests.provider import Provider
from timeline import answer_collaboration, create_highlight, erase_timeline, get_highlight

ERASERS = (
    erase_account.handler,
    erase_domain.handler,
    erase_network.handler,
    erase_profile.handler,
    erase_station.handler,
    erase_timeline.handler,
)
CANARY = "canary-7f3a"

# What stays, and why: whoever has left must not come back by a restored table, and a handle is nobody else's.
# Whose tokens have ended is known for as long as tokens last. Colleagues have counters, at nought, for
# tags of what they had shared, and for a day the answers to their own requests.
LEFT = ("DEPARTURE#", "HANDLE#")


def event(**detail: Any) -> dict[str, Any]:
    return {"Records": [{"messageId": "1", "body": json.dumps({"detail": detail})}]}


def erase(member_id: str) -> None:
    """As often as they ask for it."""
    version = 0
    while (now := (table.get(keys.departure(member_id)) or {}).get("version", 0)) != version:
        version = now
        for each in ERASERS:
            done = each(event(departure_id=member_id, version=version), None)
            assert done == {"batchItemFailures": []}


def follow_up(*highlights: str) -> None:
    for highlight_id in highlights:
        for effect in EFFECTS:
            assert effect(event(highlight_id=highlight_id, version=1), None) == {"batchItemFailures": []}


def hits(*needles: str) -> list[str]:
    """Items that hold any of these anywhere, in names, keys or values."""
    return [
        f"{item['pk']['S']} {item['sk']['S']}"
        for item in stored()
        if any(needle in json.dumps(item) for needle in needles)
    ]


@pytest.fixture
def ada(_admission: None) -> Person:
    made = create()
    return Person(str(made.json["id"]), "ada")


def highlight(owner: Person, **changes: Any) -> str:
    body = {"kind": "code", "title": f"{CANARY} thing", "start": "2020-02", "tags": ["canary-7f3a-tag"]}
    headers = {"idempotency-key": f"{owner.handle}-{CANARY}-{len(stored())}"}
    made = call(create_highlight.handler, user=owner.id, body=body | changes, headers=headers)
    assert made.status == 201
    return str(made.json["id"])


def live(ada: Person, bob: Person) -> list[str]:
    """All that a member can leave traces with."""
    profile = {"name": CANARY, "headline": CANARY, "bio": CANARY, "location": CANARY, "pronouns": CANARY}
    links = {"links": [{"url": f"https://{CANARY}.example.org", "title": CANARY}]}
    assert (
        call(edit_me.handler, user=ada.id, body=profile | links | {"badges": [{"name": CANARY}]}).status
        == 200
    )
    call(change_handle.handler, user=ada.id, body={"handle": CANARY})
    call(open_up.handler, user=ada.id, body={"note": CANARY}, activity="mentor")
    credentials = {"email": ADA["email"], "password": ADA["password"]}
    call(sign_in.handler, body=credentials, headers={"user-agent": CANARY})
    assert call(claim_domain.handler, user=ada.id, body={"name": f"{CANARY}.example.org"}).status == 200
    _tie(ada, bob)
    own = [highlight(ada, text=CANARY, badges=[CANARY]) for _ in range(3)]
    shared = highlight(ada, collaborators=[{"handle": bob.handle, "role": CANARY}])
    call(answer_collaboration.handler, user=bob.id, body={"state": "accepted"}, highlight_id=shared)
    return [*own, shared, *(_credited(bob, answer, ada) for answer in ("accepted", "declined", None))]


def _tie(ada: Person, bob: Person) -> None:
    now = datetime.now(UTC)
    for one, two in ((ada, bob), (bob, ada)):
        follows.follow(one.id, two.id, now)
        table.write(blind.revealed(one.id, two.id, now))
    blocks.block(ada.id, join("blocked").id, now)
    blocks.block(join("blocking").id, ada.id, now)


def _credited(owner: Person, answer: str | None, ada: Person) -> str:
    body = {"title": "By another", "tags": ["other"], "collaborators": [{"handle": CANARY, "role": "lead"}]}
    made = highlight(owner, **body)
    if answer:
        said = {"state": answer, "role": CANARY}
        call(answer_collaboration.handler, user=ada.id, body=said, highlight_id=made)
    return made


@pytest.fixture
def colleague(ada: Person) -> Person:
    assert ada
    return join("bob-the-builder")


def test_their_account_elsewhere_signs_nobody_in_and_can_open_another_one(
    ada: Person, google: Provider
) -> None:
    claims = claims_of(signed_in())
    assert federation.link(claims, federation.proof(google, "subject-1")).status == 201
    call(delete_account.handler, user=ada.id, body={"password": ADA["password"]}, claims=claims)

    erase(ada.id)

    assert not [item for item in stored() if item["pk"]["S"].startswith(("IDENTITY#", f"ACCOUNT#{ada.id}"))]
    assert federation.there_and_back(google, "subject-1").json["linked"] is False


def test_nothing_is_left_of_who_has_left(pool: Pool, ada: Person, colleague: Person) -> None:
    highlights = live(ada, colleague)
    follow_up(*highlights)
    assert len(hits(CANARY)) > 20, "the scan sees nothing"
    assert hits(ada.id)

    body = {"password": ADA["password"]}
    assert call(delete_account.handler, user=ada.id, body=body, claims=claims_of(signed_in())).status == 202
    erase(ada.id)
    follow_up(*highlights)
    departures.continue_due(datetime(2030, 1, 1, tzinfo=UTC))
    erase(ada.id)

    found = hits(CANARY, ada.id, ADA["email"])
    of_others = (f"MEMBER#{colleague.id} YEARS#tag:", f"ONCE#{colleague.id} ")
    assert [each for each in found if not each.startswith((*LEFT, "STANDING#", *of_others))] == []
    assert "canary" not in json.dumps([each for each in stored() if each["pk"]["S"].startswith("DEPARTURE#")])
    assert list(pool.users.values()) == []


def test_others_keep_what_is_theirs_and_the_credit_names_nobody(ada: Person, colleague: Person) -> None:
    *_, accepted, declined, claimed = live(ada, colleague)
    follow_up(accepted, declined, claimed)
    departures.leave(ada.id, datetime.now(UTC))
    erase(ada.id)

    def credits(highlight_id: str) -> list[dict[str, Any]]:
        found = call(get_highlight.handler, user=colleague.id, highlight_id=highlight_id)
        assert found.status == 200
        return list(found.json["collaborators"])

    former = {"name": "Former member", "role": "", "state": "named", "member_id": None, "handle": None}
    assert [credits(each) for each in (accepted, declined, claimed)] == [[former], [], [former]]


def test_a_change_of_address_that_was_under_way_leaves_no_domains(ada: Person) -> None:
    departures.leave(ada.id, datetime.now(UTC))
    erase(ada.id)
    table.write(table.put(keys.mail_domains(ada.id)._asdict() | {"domains": ["-"]}))

    erase(ada.id)

    assert table.get(keys.mail_domains(ada.id), consistent=True) is None


def test_a_handle_is_never_anybody_elses(ada: Person, colleague: Person) -> None:
    call(change_handle.handler, user=ada.id, body={"handle": "ada-two"})
    departures.leave(ada.id, datetime.now(UTC))
    erase(ada.id)

    wanted = [
        call(change_handle.handler, user=colleague.id, body={"handle": each}).status
        for each in ("ada", "ada-two", "adatwo")
    ]

    assert wanted == [409, 409, 409]


def test_who_has_not_left_loses_nothing(pool: Pool, ada: Person) -> None:
    before = stored()

    for each in ERASERS:
        assert each(event(departure_id=ada.id, version=1), None) == {"batchItemFailures": []}

    assert stored() == before
    assert ADA["email"] in pool.users.values()


def test_erased_twice_and_in_any_order_it_is_the_same(ada: Person, colleague: Person) -> None:
    follow_up(*live(ada, colleague))
    departures.leave(ada.id, datetime.now(UTC))
    erase(ada.id)
    once = hits(CANARY, ada.id)

    for each in reversed(ERASERS):
        each(event(departure_id=ada.id, version=9), None)

    assert hits(CANARY, ada.id) == once


def test_more_than_one_run_manages_is_gone_on_with(ada: Person) -> None:
    for _ in range(23):
        highlight(ada, tags=[])
    departures.leave(ada.id, datetime.now(UTC))

    erase_timeline.handler(event(departure_id=ada.id, version=1), None)

    assert (table.get(keys.departure(ada.id)) or {})["version"] == 2
    assert len([each for each in stored() if each["sk"]["S"] == "HIGHLIGHT"]) == 3
    erase(ada.id)
    assert not [each for each in stored() if each["sk"]["S"] == "HIGHLIGHT"]


@pytest.mark.parametrize("operation", ["AdminGetUser", "AdminDeleteUser"])
def test_where_the_pool_fails_the_queue_brings_it_again(pool: Pool, ada: Person, operation: str) -> None:
    departures.leave(ada.id, datetime.now(UTC))
    pool.refusals[operation] = ["InternalErrorException"]
    failed = erase_account.handler(event(departure_id=ada.id, version=1), None)

    assert failed == {"batchItemFailures": [{"itemIdentifier": "1"}]}
    erase(ada.id)
    assert list(pool.users) == []
    assert not hits(keys.admission(invited.digest(ADA["email"])).pk)
