import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from core import arrivals, keys, table
from imports import linkedin as archive
from sources import begin_linkedin, connect_linkedin, erase_sources, list_sources
from tests.cloud import Answer, call
from tests.functions.accounts.pool import Pool
from tests.functions.conftest import Person
from tests.functions.domains.conftest import with_address
from tests.functions.imports.acting import stored
from tests.functions.imports.archives import archive as zip_of
from tests.functions.previews.events import told
from tests.functions.sources.acting import (
    edit,
    follow_arrivals,
    follow_up,
    poll,
    poll_item,
    read,
    remove,
    standing,
    titles,
)
from tests.functions.sources.test_create_source import create
from tests.linkedin import SECRET, Linkedin
from tests.web import Web, page

ENGINEER = {"Company Name": "Hooli", "Title": "Engineer", "Started On": "Mar 2019", "Finished On": ""}
LEAD = {"Title": "Lead", "Company Name": "Pied Piper", "Started On": "Jan 2022", "Description": "All of it."}
PATENT = {"Title": "Box", "Application Number": 7, "Issued On": "Apr 3, 2020", "Url": "https://p.example/7"}
UNDATED = {"Name": "Tasting", "Authority": "SCA", "Started On": "", "License Number": "-"}


@pytest.fixture(autouse=True)
def _pool(user_pool: Pool) -> None:
    user_pool.empty()


@pytest.fixture
def theirs(web: Web, monkeypatch: pytest.MonkeyPatch) -> Linkedin:
    made = Linkedin(web)
    made.rows = {"POSITIONS": [ENGINEER, LEAD], "PATENTS": [PATENT], "CERTIFICATIONS": [UNDATED]}
    monkeypatch.setenv("LINKEDIN_DATA", made.setting)
    monkeypatch.setenv("LINKEDIN_DATA_SECRET", SECRET)
    return made


def begin(who: Person) -> Answer:
    return call(begin_linkedin.handler, user=who.id)


def come_back(who: Person, brought: dict[str, str], key: str | None = None) -> Answer:
    headers = {"Idempotency-Key": key} if key else {}
    return call(connect_linkedin.handler, user=who.id, body=brought, headers=headers)


def connect(who: Person, theirs: Linkedin) -> str:
    made = come_back(who, theirs.agree(begin(who).json["address"]))
    assert made.status == 201, made
    follow_up(made.json["id"])
    return str(made.json["id"])


def connected(who: Person, theirs: Linkedin) -> str:
    source_id = connect(who, theirs)
    assert edit(who, source_id, state="active", take="all").status == 200
    follow_up(source_id)
    poll(source_id)  # all of it once more
    return source_id


def now_ms(after: timedelta = timedelta()) -> int:
    return int((datetime.now(UTC) + after).timestamp() * 1000)


def test_what_is_there_is_shown_first_and_taken_by_choice(alice: Person, theirs: Linkedin) -> None:
    source_id = connect(alice, theirs)

    found = read(alice, source_id)
    assert (found["title"], found["state"], found["kind"]) == ("LinkedIn", "previewing", "linkedin")
    assert [each["title"] for each in found["entries"]] == ["Lead, Pied Piper", "Box", "Engineer, Hooli"]
    assert (found["trouble"], titles(alice), theirs.began) == (None, [], 1)

    lead = found["entries"][0]["id"]
    edit(alice, source_id, state="active", take=[lead])
    follow_up(source_id)
    poll(source_id)
    [job] = standing(alice)
    assert (job["kind"], job["start"], job["ongoing"], job["imported"]) == ("job", "2022-01", True, True)


def test_only_what_becomes_highlights_is_asked_for(alice: Person, theirs: Linkedin) -> None:
    connect(alice, theirs)

    asked = set(theirs.asked_for()) - {"memberAuthorizations"}
    assert asked == {
        *("POSITIONS", "EDUCATION", "CERTIFICATIONS", "PROJECTS", "PUBLICATIONS", "PATENTS", "HONORS"),
        *("COURSES", "ORGANIZATIONS", "TEST_SCORES", "VOLUNTEERING_EXPERIENCES"),
    }


def test_all_pages_are_read(alice: Person, theirs: Linkedin) -> None:
    theirs.rows["POSITIONS"] = [ENGINEER | {"Title": f"Engineer {n}"} for n in range(7)]

    assert len(read(alice, connect(alice, theirs))["entries"]) == 8


def test_a_new_position_comes_with_a_change_and_once(alice: Person, theirs: Linkedin, web: Web) -> None:
    source_id = connected(alice, theirs)
    before = titles(alice)
    theirs.rows["POSITIONS"].append({"Title": "Founder", "Company Name": "Raviga", "Started On": "Nov 2026"})
    poll(source_id, timedelta(hours=60))
    assert titles(alice) == before, "nothing said that it has changed"

    theirs.changed("people/positions", now_ms(timedelta(hours=61)))
    for hours in (100, 140, 180):
        web.asked.clear()
        poll(source_id, timedelta(hours=hours))
        assert ("POSITIONS" in theirs.asked_for()) == (hours == 100)

    assert sorted(titles(alice)) == sorted([*before, "Founder, Raviga"])


def test_what_is_not_of_the_profile_is_passed_over(alice: Person, theirs: Linkedin, web: Web) -> None:
    source_id = connected(alice, theirs)
    for n in range(120):
        theirs.changed("messages" if n % 2 else "socialActions/likes", now_ms(timedelta(hours=30)) + n)
    web.asked.clear()
    poll(source_id, timedelta(hours=60))

    assert theirs.asked_for() == ["memberChangeLogs"] * 3
    assert poll_item(source_id)["since"] == theirs.changes[-1]["processedAt"] + 1


def test_a_position_that_has_ended_gets_its_end(alice: Person, theirs: Linkedin) -> None:
    source_id = connected(alice, theirs)
    theirs.rows["POSITIONS"] = [ENGINEER, LEAD | {"Finished On": "Oct 2026"}]
    theirs.changed("people/positions", now_ms(timedelta(hours=28)))
    poll(source_id, timedelta(hours=60))

    [lead] = [each for each in standing(alice) if each["title"] == "Lead, Pied Piper"]
    assert (lead["end"], lead["ongoing"]) == ("2026-10", False)


def test_a_row_is_the_same_in_the_archive(alice: Person, theirs: Linkedin, tmp_path: Path) -> None:
    columns = "Company Name,Title,Description,Location,Started On,Finished On"
    row = "Pied Piper,Lead,All of it.,,Jan 2022,"
    (tmp_path / "archive.zip").write_bytes(zip_of({"Positions.csv": f"{columns}\n{row}\n"}))
    [found] = archive.contents(tmp_path / "archive.zip").rows
    wanted = (found.fields or {}) | {"visibility": "public", "history": True}
    table.write(arrivals.arrived(alice.id, found.identity, "import_1", wanted))
    follow_arrivals(alice)
    assert titles(alice) == ["Lead, Pied Piper"]

    connected(alice, theirs)

    assert sorted(titles(alice)) == ["Box", "Engineer, Hooli", "Lead, Pied Piper"]


def test_what_is_gone_there_is_asked_about_but_not_while_a_domain_is_silent(
    alice: Person, theirs: Linkedin
) -> None:
    source_id = connected(alice, theirs)
    whole = theirs.rows
    theirs.rows = {"PATENTS": [PATENT]}
    poll(source_id, timedelta(days=10))
    assert not [each for each in stored("SOURCE#") if each.get("missing")]

    theirs.rows = whole | {"POSITIONS": [ENGINEER]}
    for days in (20, 30, 40):
        poll(source_id, timedelta(days=days))
    assert [each["title"] for each in read(alice, source_id)["entries"]] == ["Lead, Pied Piper"]
    assert "Lead, Pied Piper" in titles(alice)


def test_nothing_ready_yet_is_looked_at_again(alice: Person, theirs: Linkedin) -> None:
    rows, theirs.rows = theirs.rows, {}
    source_id = connect(alice, theirs)
    waits = read(alice, source_id)
    assert (waits["trouble"]["code"], bool(waits["next_poll_at"])) == ("busy", True)

    theirs.rows = rows
    poll(source_id, timedelta(hours=1))

    found = read(alice, source_id)
    assert (found["trouble"], len(found["entries"])) == (None, 3)


def test_a_consent_that_has_ended_is_told_and_renewed(alice: Person, theirs: Linkedin) -> None:
    source_id = connected(alice, theirs)
    theirs.tokens.clear()
    poll(source_id, timedelta(hours=60))

    ended = read(alice, source_id)
    assert (ended["state"], ended["trouble"]["code"], ended["next_poll_at"]) == ("stopped", "reconnect", None)
    assert "Connect it again" in ended["trouble"]["reason"]
    assert "token" not in poll_item(source_id)

    again = connect(alice, theirs)
    found = read(alice, source_id)
    assert (again, found["state"], found["trouble"]) == (source_id, "active", None)
    assert len(call(list_sources.handler, user=alice.id).json["items"]) == 1


def test_a_consent_is_not_used_beyond_its_time(alice: Person, theirs: Linkedin, web: Web) -> None:
    source_id = connected(alice, theirs)
    web.asked.clear()
    poll(source_id, timedelta(days=61))

    assert (web.asked, read(alice, source_id)["trouble"]["code"]) == ([], "reconnect")


def test_ten_days_before_its_end_one_mail_reminds(alice: Person, theirs: Linkedin, user_pool: Pool) -> None:
    to = with_address(alice, user_pool)
    source_id = connected(alice, theirs)
    poll(source_id, timedelta(days=49))
    assert mails() == []

    for days in (51, 52, 58):
        poll(source_id, timedelta(days=days))
    assert mails() == [("linkedin-expiring", to)]


def mails() -> list[tuple[str, str]]:
    return [(each["kind"], each["to"]) for each in stored("MAIL#")]


@pytest.mark.parametrize(
    ("status", "code", "word"),
    [(403, "refused", "European"), (429, "busy", "later"), (500, "failing", "500"), (426, "failing", "426")],
)
def test_a_refusal_is_told_and_tried_again(
    status: int, code: str, word: str, alice: Person, theirs: Linkedin
) -> None:
    source_id = connected(alice, theirs)
    before = titles(alice)
    theirs.refuses = status
    poll(source_id, timedelta(hours=60))

    found = read(alice, source_id)
    assert (found["state"], found["trouble"]["code"], titles(alice)) == ("active", code, before)
    assert word in found["trouble"]["reason"]
    theirs.refuses = 0
    poll(source_id, timedelta(days=5))
    assert read(alice, source_id)["trouble"] is None


def test_a_limit_of_the_day_ends_with_it(alice: Person, theirs: Linkedin) -> None:
    source_id = connected(alice, theirs)
    theirs.refuses = 429
    then = datetime.now(UTC).replace(hour=13) + timedelta(days=3)
    with time_machine.travel(then, tick=True):
        follow_up(source_id)

    again = read(alice, source_id)["next_poll_at"]
    assert again[:13] == f"{then + timedelta(days=1):%Y-%m-%d}T00"


@pytest.mark.parametrize(
    "said",
    [
        "[1]",
        "{",
        '{"elements": "x"}',
        '{"elements": [{"snapshotData": {"a": 1}}]}',
        '{"elements": {}}',
        '{"paging": []}',
        '{"paging": {"links": [1]}}',
    ],
)
def test_odd_answers_take_nothing_away(said: str, alice: Person, theirs: Linkedin, web: Web) -> None:
    source_id = connected(alice, theirs)
    before = titles(alice)
    web.answers["/linkedin/rest/memberSnapshotData"] = page(said, content_type="application/json")
    poll(source_id, timedelta(days=10))

    assert titles(alice) == before


def test_a_way_there_leads_its_own_member_back_once(alice: Person, mallory: Person, theirs: Linkedin) -> None:
    brought = theirs.agree(begin(mallory).json["address"])
    assert come_back(alice, brought).status == 403
    assert come_back(mallory, brought, "one").status == 201
    assert come_back(mallory, brought, "one").status == 201
    assert come_back(mallory, brought).status == 403


def test_a_way_there_is_good_for_ten_minutes(alice: Person, theirs: Linkedin) -> None:
    brought = theirs.agree(begin(alice).json["address"])
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=11), tick=True):
        assert come_back(alice, brought).status == 403


def test_a_code_that_linkedin_does_not_know_connects_nothing(alice: Person, theirs: Linkedin) -> None:
    brought = theirs.agree(begin(alice).json["address"])

    assert come_back(alice, brought | {"code": "made up"}).status == 403
    assert call(list_sources.handler, user=alice.id).json["items"] == []


def test_where_linkedin_is_silent_one_comes_later(alice: Person, theirs: Linkedin, web: Web) -> None:
    brought = theirs.agree(begin(alice).json["address"])
    del web.answers["/linkedin/oauth/accessToken"]
    web.answers["/linkedin/oauth/accessToken"] = lambda visit: visit.say("HTTP/1.1 500 No\r\n\r\n")

    assert come_back(alice, brought).status == 503


def test_a_stage_without_it_offers_none(alice: Person) -> None:
    assert call(list_sources.handler, user=alice.id).json["kinds"] == ["feed", "medium"]
    assert begin(alice).status == 404
    assert come_back(alice, {"state": "0" * 64, "code": "x"}).status == 404
    assert create(alice, kind="linkedin").pointers == ["/kind"]


def test_a_stage_with_it_says_so(alice: Person, theirs: Linkedin) -> None:
    assert theirs
    assert call(list_sources.handler, user=alice.id).json["kinds"] == ["feed", "medium", "linkedin"]


def test_the_token_stands_nowhere_in_the_open(alice: Person, theirs: Linkedin) -> None:
    source_id = connected(alice, theirs)
    [token] = theirs.tokens

    assert token not in json.dumps(stored(), default=str)
    answers: list[Any] = [read(alice, source_id), call(list_sources.handler, user=alice.id).json]
    assert "token" not in json.dumps(answers)
    assert poll_item(source_id)["token"]


def test_it_goes_with_the_source_and_with_its_member(alice: Person, bob: Person, theirs: Linkedin) -> None:
    remove(alice, connected(alice, theirs))
    connected(bob, theirs)
    table.write(table.put(keys.departure(bob.id)._asdict() | {"id": bob.id, "version": 1}))
    assert told(erase_sources.handler, {"departure_id": bob.id, "version": 1}) == []

    assert [each for each in stored() if "token" in each] == []
