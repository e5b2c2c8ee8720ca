"""LinkedIn as a source, on the deployed app: its API is a server of this machine."""

import time
from collections.abc import Callable
from datetime import timedelta

import pytest

from core import clock, keys
from infra import operate
from infra.local.deploy import client
from tests.api.conftest import Client, Deployed
from tests.api.post import all_mailed
from tests.api.test_first_steps import soon
from tests.api.test_sources import drafts, source, tick
from tests.linkedin import SECRET, Linkedin
from tests.web import Web, tell

pytestmark = pytest.mark.api

ENGINEER = {"Company Name": "Hooli", "Title": "Engineer", "Started On": "Mar 2019", "Finished On": "Dec 2021"}
LEAD = {"Company Name": "Pied Piper", "Title": "Lead", "Started On": "Jan 2022", "Finished On": ""}


@pytest.fixture(scope="module")
def theirs(deployed: Deployed, web: Web) -> Linkedin:
    """From now on this stage has it, as one whose settings name it would."""
    made = Linkedin(web)
    tell(client(deployed.cloud, "lambda"), LINKEDIN_DATA=made.setting, LINKEDIN_DATA_SECRET=SECRET)
    return made


def connect(of: Client, theirs: Linkedin) -> str:
    begun = of.post("/v1/sources/linkedin/authorizations").raise_for_status().json()
    brought = theirs.agree(begun["address"])
    made = of.post("/v1/sources/linkedin/connections", json=brought)
    assert made.status_code == 201, made.text
    assert of.post("/v1/sources/linkedin/connections", json=brought).status_code == 403
    return str(made.json()["id"])


def looked_at(deployed: Deployed, of: Client, source_id: str) -> None:
    before = source(of, source_id)["polled_at"]
    tick(deployed, source_id)
    soon(lambda: source(of, source_id)["polled_at"], lambda at: at != before, within=90)


def test_a_profile_comes_onto_the_timeline_and_stays_up_to_date(
    deployed: Deployed, join: Callable[[str], Client], theirs: Linkedin
) -> None:
    ida = join("ida")
    theirs.rows = {"POSITIONS": [ENGINEER, LEAD]}
    assert "linkedin" in ida.get("/v1/sources").json()["kinds"]

    source_id = connect(ida, theirs)
    found = soon(lambda: source(ida, source_id), lambda each: each["polled_at"] is not None, within=90)
    assert [each["title"] for each in found["entries"]] == ["Lead, Pied Piper", "Engineer, Hooli"]
    assert drafts(ida) == []
    ida.patch(f"/v1/sources/{source_id}", json={"state": "active", "take": "all"}).raise_for_status()
    soon(lambda: drafts(ida), lambda titles: titles == ["Lead, Pied Piper", "Engineer, Hooli"], within=90)
    looked_at(deployed, ida, source_id)

    theirs.rows["POSITIONS"] = [
        ENGINEER,
        LEAD | {"Finished On": "Oct 2026"},
        {"Company Name": "Raviga", "Title": "Founder", "Started On": "Nov 2026"},
    ]
    theirs.changed("people/positions", int(time.time() * 1000) + 1000)
    looked_at(deployed, ida, source_id)
    looked_at(deployed, ida, source_id)
    wanted = ["Founder, Raviga", "Lead, Pied Piper", "Engineer, Hooli"]
    soon(lambda: drafts(ida), lambda titles: titles == wanted, within=90)
    items = ida.get(f"/v1/members/{ida.handle}/highlights", params={"visibility": "draft"}).json()["items"]
    soon(
        lambda: ida.get(f"/v1/highlights/{items[1]['id']}").json(),
        lambda lead: (lead["kind"], lead["end"], lead["ongoing"]) == ("job", "2026-10", False),
        within=90,
    )

    theirs.tokens.clear()
    tick(deployed, source_id)
    ended = soon(lambda: source(ida, source_id), lambda each: each["state"] == "stopped", within=90)
    assert (ended["trouble"]["code"], ended["next_poll_at"]) == ("reconnect", None)
    assert connect(ida, theirs) == source_id
    soon(lambda: source(ida, source_id), lambda each: each["trouble"] is None, within=90)
    assert source(ida, source_id)["state"] == "active"
    assert drafts(ida) == wanted


def test_nobody_comes_back_from_a_way_that_another_has_begun(
    join: Callable[[str], Client], theirs: Linkedin
) -> None:
    ida, mallory = join("ida"), join("mallory")
    begun = mallory.post("/v1/sources/linkedin/authorizations").raise_for_status().json()

    refused = ida.post("/v1/sources/linkedin/connections", json=theirs.agree(begun["address"]))

    assert refused.status_code == 403, refused.text
    assert ida.get("/v1/sources").json()["items"] == []


def test_that_a_consent_ends_soon_is_mailed_once(
    deployed: Deployed, join: Callable[[str], Client], theirs: Linkedin
) -> None:
    ida = join("ida")
    theirs.rows = {"POSITIONS": [ENGINEER]}
    source_id = connect(ida, theirs)
    soon(lambda: source(ida, source_id), lambda each: each["polled_at"] is not None, within=90)
    operate._table("local").update_item(
        Key=keys.poll(source_id)._asdict(),
        UpdateExpression="SET token_until = :soon",
        ExpressionAttributeValues={":soon": clock.timestamp(clock.now() + timedelta(days=5))},
    )

    def reminders() -> list[str]:
        subjects = [each["Subject"] for each in all_mailed(deployed.cloud, f"{ida.handle}@example.org")]
        return [each for each in subjects if each == "LinkedIn will soon tell us nothing more"]

    ida.patch(f"/v1/sources/{source_id}", json={"state": "active", "take": "all"}).raise_for_status()
    soon(reminders, lambda found: len(found) == 1, within=90)
    ida.patch(f"/v1/sources/{source_id}", json={"tags": ["work"]}).raise_for_status()
    looked_at(deployed, ida, source_id)
    assert len(reminders()) == 1
