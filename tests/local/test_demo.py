"""The demo's members: what their files promise, the made-up one, and how they are loaded."""

import json
import re
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from typing import Any, get_args
from urllib.parse import urlsplit

import pytest

from contacts.contact import NewContact
from core.activities import Activity
from infra.local.demo import Refused, load, many, member, others, sign_in
from members.profile import OpenTo, ProfileEdit
from opportunities.composing import NewOpportunity
from timeline.composing import NewHighlight
from timeline.highlight import Kind

ANA, BEN, OTHERS = member("ana"), member("ben"), others()
EVERYBODY = [*OTHERS, BEN, ANA]
EACH = pytest.mark.parametrize("person", EVERYBODY, ids=[each["handle"] for each in EVERYBODY])
KINDS = set(get_args(Kind))


def starting(year: str) -> list[dict[str, Any]]:
    return [each for each in ANA["highlights"] if each["start"].startswith(year)]


def is_date(text: str) -> bool:
    """A year, a month or a day that the calendar has."""
    if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", text):
        return False
    date.fromisoformat(text + "-01-01"[len(text) - 4 :])  # raises where there is no such day
    return True


class TestWhatTheFilesHold:
    def test_ana_has_a_long_life_in_three_facets(self) -> None:
        badges = Counter(badge for each in ANA["highlights"] for badge in each["badges"])
        years = [each["start"][:4] for each in ANA["highlights"]]

        assert len(ANA["highlights"]) >= 64
        assert int(max(years)) - int(min(years)) >= 15
        assert len(badges) == 3
        assert min(badges.values()) >= 15

    def test_ana_uses_every_kind(self) -> None:
        assert {each["kind"] for each in ANA["highlights"]} == KINDS

    def test_ana_has_jobs_that_hold_highlights(self) -> None:
        assert sum(each["kind"] == "job" for each in ANA["highlights"]) >= 6
        assert sum(each["under"] is not None for each in ANA["highlights"]) >= 12

    def test_ana_has_drafts_members_only_and_pinned_ones(self) -> None:
        visibilities = Counter(each["visibility"] for each in ANA["highlights"])

        assert visibilities["draft"] in (2, 3)
        assert visibilities["members"] == 3
        assert sum(each["pinned"] for each in ANA["highlights"]) == 3

    def test_a_pinned_highlight_is_public(self) -> None:
        assert {each["visibility"] for each in ANA["highlights"] if each["pinned"]} == {"public"}

    def test_a_visitor_can_sign_in_as_ana_from_a_shell(self) -> None:
        """The commands of `make run` hold the password in single quotes, within JSON."""
        email, password = sign_in()

        assert email == "ana@example.com"
        assert re.fullmatch(r"[a-z ]{20,}", password)

    def test_2019_alone_is_worth_listing(self) -> None:
        assert sum(each["visibility"] == "public" for each in starting("2019")) >= 6

    def test_ana_has_dates_of_every_precision(self) -> None:
        assert {len(each["start"]) for each in ANA["highlights"]} == {4, 7, 10}

    def test_anas_tags_make_a_vocabulary(self) -> None:
        """Each leads to more than one highlight, so that a filter by it is worth the click."""
        tags = Counter(tag for each in ANA["highlights"] for tag in each["tags"])

        assert 50 <= len(tags) <= 70
        assert min(tags.values()) >= 2

    def test_anas_texts_vary_in_length_and_form(self) -> None:
        texts = [each["text"] for each in ANA["highlights"]]

        assert min(map(len, texts)) < 120
        assert max(map(len, texts)) > 1_200
        for form in ("```", "\n- ", "\n1. ", "\n> ", "**", "|---"):
            assert any(form in text for text in texts), form

    def test_ben_is_small_and_accepts_one_of_two(self) -> None:
        named = {
            each["ref"]
            for each in ANA["highlights"]
            if {"ben"} & {c.get("handle") for c in each["collaborators"]}
        }

        assert 6 <= len(BEN["highlights"]) <= 8
        assert len(named) == 2
        assert {each["ref"] for each in BEN["accepts"]} < named


class TestTheOthers:
    """They make the Space Station and the board look alive."""

    def test_are_a_dozen_of_two_professions_each_in_as_many_places(self) -> None:
        badges = [badge["name"] for each in OTHERS for badge in each["profile"]["badges"]]

        assert len(OTHERS) >= 12
        assert all(len(each["profile"]["badges"]) == 2 for each in OTHERS)
        assert len(set(badges)) >= 20
        assert len({each["profile"]["location"] for each in OTHERS}) == len(OTHERS)
        assert len({each["handle"] for each in EVERYBODY}) == len(EVERYBODY)

    def test_have_enough_in_common_to_narrow_a_search(self) -> None:
        tags = Counter(
            tag for each in OTHERS for tag in {tag for one in each["highlights"] for tag in one["tags"]}
        )
        activities = Counter(each["activity"] for person in OTHERS for each in person["open_to"])

        assert sum(count >= 3 for count in tags.values()) >= 12
        assert sum(count >= 3 for count in activities.values()) >= 5

    def test_post_ask_and_confirm_each_other(self) -> None:
        handles = {each["handle"] for each in EVERYBODY}
        refs = {one["ref"]: one for each in EVERYBODY for one in each["highlights"]}
        wishes = [wish for each in EVERYBODY for wish in each.get("asks", [])]

        assert sum(len(each["opportunities"]) for each in OTHERS) >= 10
        assert {wish.get("state", "pending") for wish in wishes} == {"pending", "interested", "not_now"}
        for each in OTHERS:
            for answer in each["accepts"]:
                named = refs[answer["ref"]]["collaborators"]
                assert each["handle"] in {one.get("handle") for one in named}, answer
            assert {*each["follows"]} <= handles - {each["handle"]}


@EACH
class TestWhatEachFileKeeps:
    def test_dates_are_in_the_calendar_and_in_order(self, person: dict[str, Any]) -> None:
        for each in person["highlights"]:
            assert is_date(each["start"]), each["ref"]
            assert each["start"][:4] <= "2026", each["ref"]
            if each["end"]:
                shared = min(len(each["start"]), len(each["end"]))
                assert is_date(each["end"]), each["ref"]
                assert each["end"][:shared] >= each["start"][:shared], each["ref"]
                assert not each["ongoing"], each["ref"]

    def test_refs_are_unique_and_unders_are_jobs(self, person: dict[str, Any]) -> None:
        kinds = {each["ref"]: each["kind"] for each in person["highlights"]}

        assert len(kinds) == len(person["highlights"])
        assert {kinds[each["under"]] for each in person["highlights"] if each["under"]} <= {"job"}

    def test_what_is_under_a_job_falls_into_its_time(self, person: dict[str, Any]) -> None:
        jobs = {each["ref"]: each for each in person["highlights"]}

        for each in (each for each in person["highlights"] if each["under"]):
            job = jobs[each["under"]]
            assert job["start"][:4] <= each["start"][:4] <= (job["end"] or "2026")[:4], each["ref"]

    def test_highlights_have_few_folded_tags_and_known_badges(self, person: dict[str, Any]) -> None:
        badges = {badge["id"] for badge in person["profile"]["badges"]}

        for each in person["highlights"]:
            assert 1 <= len(each["tags"]) <= 12, each["ref"]
            assert len(set(each["tags"])) == len(each["tags"]), each["ref"]
            assert all(re.fullmatch(r"[a-z]+( [a-z]+)*", tag) for tag in each["tags"]), each["ref"]
            assert set(each["badges"]) <= badges, each["ref"]

    def test_titles_are_short_and_each_is_its_own(self, person: dict[str, Any]) -> None:
        titles = [each["title"] for each in person["highlights"]]

        assert max(map(len, titles)) <= 120
        assert len(set(titles)) == len(titles)

    def test_links_lead_nowhere_private(self, person: dict[str, Any]) -> None:
        """To names reserved for examples, or to the front page of a site that everybody knows."""
        links = [link for each in [person["profile"], *person["highlights"]] for link in each["links"]]

        for url in (urlsplit(link["url"]) for link in links):
            reserved = url.netloc in ("example.org", "example.com")
            assert url.scheme == "https"
            assert reserved or not (url.path.strip("/") or url.query), url

    def test_the_members_are_open_to_things_of_the_catalogue(self, person: dict[str, Any]) -> None:
        activities = [each["activity"] for each in person["open_to"]]

        assert 3 <= len({*activities}) == len(activities) <= 5
        assert set(activities) <= set(get_args(Activity))

    def test_the_api_takes_it(self, person: dict[str, Any]) -> None:
        ProfileEdit.model_validate(person["profile"])
        for each in person["highlights"]:
            NewHighlight.model_validate({name: each[name] for name in each if name not in ("ref", "under")})
        for each in person["opportunities"]:
            NewOpportunity.model_validate(each)
        for each in person["open_to"]:
            OpenTo.model_validate({name: each[name] for name in each if name != "activity"})
        for each in person.get("asks", []):
            NewContact.model_validate({name: each[name] for name in ("member", "activity", "message")})


@pytest.fixture(scope="module")
def made_up() -> list[dict[str, Any]]:
    return list(many.highlights())


class TestTheMadeUpMember:
    def test_is_the_same_for_the_same_seed(self) -> None:
        assert list(many.highlights(300)) == list(many.highlights(300))
        assert list(many.highlights(300)) != list(many.highlights(300, seed=8))

    def test_a_smaller_count_is_the_beginning_of_a_larger_one(self) -> None:
        assert list(many.highlights(100)) == list(many.highlights(300))[:100]

    def test_has_the_shape_of_anas(self, made_up: list[dict[str, Any]]) -> None:
        assert len(made_up) == 10_000
        assert {tuple(each) for each in made_up} <= {tuple(each) for each in ANA["highlights"]}
        assert len({each["ref"] for each in made_up}) == 10_000

    def test_the_api_takes_it(self, made_up: list[dict[str, Any]]) -> None:
        ProfileEdit.model_validate(many.MEMBER["profile"])
        for each in made_up[:1_000]:
            NewHighlight.model_validate({name: each[name] for name in each if name != "ref"})

    def test_fills_forty_years(self, made_up: list[dict[str, Any]]) -> None:
        years = Counter(int(each["start"][:4]) for each in made_up)

        assert (min(years), max(years)) == (1986, 2026)
        assert min(years.values()) >= 20
        assert years[2025] > years[1990]

    def test_has_dates_of_every_precision_in_order(self, made_up: list[dict[str, Any]]) -> None:
        assert {len(each["start"]) for each in made_up} == {4, 7, 10}
        assert all(is_date(each["start"]) for each in made_up)
        assert all(each["end"] >= each["start"] and is_date(each["end"]) for each in made_up if each["end"])
        assert not any(each["end"] and each["ongoing"] for each in made_up)
        assert any(each["ongoing"] for each in made_up)

    def test_uses_every_kind_and_one_to_three_of_five_badges(self, made_up: list[dict[str, Any]]) -> None:
        assert {each["kind"] for each in made_up} == KINDS
        assert {len(each["badges"]) for each in made_up} == {1, 2, 3}
        assert {badge for each in made_up for badge in each["badges"]} == set(many.BADGES)

    def test_uses_few_of_its_300_tags_often(self, made_up: list[dict[str, Any]]) -> None:
        counts = [n for _, n in Counter(tag for each in made_up for tag in each["tags"]).most_common()]

        assert len(set(many.TAGS)) == len(counts) == 300
        assert sum(counts[:30]) > sum(counts[30:])
        assert all(1 <= len(each["tags"]) <= 12 for each in made_up)

    def test_texts_are_of_every_length(self, made_up: list[dict[str, Any]]) -> None:
        lengths = sorted(len(each["text"]) for each in made_up)

        assert lengths[0] >= 100
        assert lengths[-1] <= 2_500
        assert 300 < lengths[5_000] < 600
        assert lengths[9_900] > 1_500

    def test_a_few_are_not_for_everybody(self, made_up: list[dict[str, Any]]) -> None:
        visibilities = Counter(each["visibility"] for each in made_up)

        assert 200 < visibilities["members"] < 400
        assert 100 < visibilities["draft"] < 300


class Stub(ThreadingHTTPServer):
    """As much of the API as the loader can tell from the whole: it keeps what it is sent, in order."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.calls: list[tuple[str, str, str, Any, str | None]] = []
        self.members: dict[str, dict[str, Any]] = {}
        self.highlights: dict[str, dict[str, Any]] = {}
        self.contacts: dict[str, dict[str, Any]] = {}
        self.refused_title = ""
        self.lock = threading.Lock()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def changes(self) -> list[tuple[str, str, str, Any, str | None]]:
        return [call for call in self.calls if call[1] != "GET" and call[2] != "/v1/sessions"]

    def answer(self, who: str, method: str, path: str, body: Any, headers: Any) -> tuple[int, Any]:
        key = headers["Idempotency-Key"]
        with self.lock:
            self.calls.append((who, method, path, body, key))
            match method, path.split("/")[2:]:
                case "POST", ["accounts"]:
                    self.members[body["email"]] = {"name": body["handle"], "open_to": []}
                    return 201, {"id": f"id-of-{body['handle']}"}
                case "POST", ["accounts", "confirmations"]:
                    return 201, {}
                case "POST", ["media"]:
                    return 201, {
                        "id": f"id-of-{key}",
                        "upload": {"url": f"{self.url}/v1/bucket", "fields": {"key": key}},
                    }
                case "POST", ["bucket"]:
                    return 204, None
                case "POST", ["me", "invitations"]:
                    return 201, {"id": f"id-of-{key}", "code": f"code-of-{key}"}
                case "POST", ["sessions"]:
                    known = body["email"] in self.members
                    return (201, {"access_token": body["email"]}) if known else problem(401, "Who are you?")
                case "POST", ["highlights"]:
                    return self.create(body, key)
                case "PUT", ["me", "open-to", activity]:
                    self.members[who]["open_to"].append(activity)
                case "GET", ["contacts?box=sent&limit=100"]:
                    return 200, {"items": [each for each in self.contacts.values() if each["by"] == who]}
                case "POST", ["contacts"]:
                    return self.ask(who, body, key)
                case "GET", ["contacts", id]:
                    return 200, self.contacts[id]
                case "PATCH", ["contacts", id]:
                    self.contacts[id]["state"] = body["state"]
                case "PATCH", ["me"]:
                    return (
                        (200, {}) if headers["If-Match"] == '"1-abc"' else problem(412, "Changed meanwhile")
                    )
        return 200, self.members[who]

    def ask(self, who: str, body: Any, key: str) -> tuple[int, Any]:
        if body["activity"] not in self.members[f"{body['member']}@example.com"]["open_to"]:
            return problem(403, "Not open to that")
        asked = {"id": key, "by": who, "other": {"handle": body["member"]}, "state": "pending"}
        return 201, self.contacts.setdefault(key, asked)

    def create(self, body: Any, key: str) -> tuple[int, Any]:
        unknown = {
            each["handle"]
            for each in body["collaborators"]
            if f"{each.get('handle', 'ana')}@example.com" not in self.members
        }
        if unknown:
            return problem(422, f"Nobody has this handle: {unknown}")
        if body["title"] == self.refused_title:
            return problem(422, "Some fields are not right", pointer="/end", detail="is before the start")
        if body["under"] is not None and self.highlights[body["under"]]["kind"] != "job":
            return problem(422, "That is no job")
        self.highlights[f"id-of-{key}"] = body
        return 201, {"id": f"id-of-{key}"}


class Answers(BaseHTTPRequestHandler):
    server: Stub

    def respond(self) -> None:
        sent = self.rfile.read(int(self.headers["Content-Length"] or 0))
        is_form = (self.headers["Content-Type"] or "").startswith("multipart/form-data")
        body = sent if is_form else json.loads(sent or "null")
        who = (self.headers["Authorization"] or "").removeprefix("Bearer ")
        status, answer = self.server.answer(who, self.command, self.path, body, self.headers)
        payload = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("ETag", '"1-abc"')
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = respond

    def log_message(self, *_: Any) -> None:
        pass


def problem(status: int, title: str, **field: str) -> tuple[int, Any]:
    return status, {"title": title, "detail": "Look closer.", "errors": [field] if field else []}


@pytest.fixture
def stub() -> Iterator[Stub]:
    with Stub() as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()


def admit(email: str) -> str:
    return f"code of {email}"


def silent(_: str) -> None:
    pass


class TestTheLoader:
    def test_opens_all_accounts_with_their_codes_first(self, stub: Stub) -> None:
        load(stub.url, admit, silent)

        first = stub.changes()[: len(EVERYBODY)]
        accounts = {body["handle"]: body for _, _, path, body, _ in first if path == "/v1/accounts"}
        assert accounts.keys() == {each["handle"] for each in EVERYBODY}
        for handle, each in accounts.items():
            assert each["code"] == f"code of {handle}@example.com"
            assert each.keys() == {"email", "password", "handle", "name", "code"}

    def test_sends_every_highlight_once_under_a_key_of_its_ref(self, stub: Stub) -> None:
        load(stub.url, admit, silent)

        keys = Counter(key for _, _, path, _, key in stub.calls if path == "/v1/highlights")
        refs = [f"demo-{each['handle']}-{h['ref']}" for each in EVERYBODY for h in each["highlights"]]
        assert keys == Counter(refs)

    def test_sends_parents_before_children_with_ids_for_refs(self, stub: Stub) -> None:
        load(stub.url, admit, silent)

        by_ref = {f"id-of-demo-ana-{each['ref']}": each for each in ANA["highlights"]}
        sent = {id: body for id, body in stub.highlights.items() if id in by_ref}
        places = {id: place for place, id in enumerate(stub.highlights)}
        assert "ref" not in {name for body in sent.values() for name in body}
        for id, body in sent.items():
            under = by_ref[id]["under"]
            assert body["under"] == (f"id-of-demo-ana-{under}" if under else None)
            assert not under or places[body["under"]] < places[id]

    def test_sends_the_profile_before_the_highlights_and_what_ana_asks_last(self, stub: Stub) -> None:
        load(stub.url, admit, silent)

        of_ana = [
            re.sub("/v1/(me/)?(open-to|invitations|contacts).*", r"\2", path)
            for who, _, path, *_ in stub.changes()
            if "ana" in who
        ]
        steps = [of_ana[0], *(after for before, after in pairwise(of_ana) if before != after)]
        posted = ["/v1/opportunities", "open-to"]
        pictured = ["/v1/media", "/v1/me", "/v1/media", "/v1/highlights"]
        assert steps == [*pictured, "invitations", *posted, "contacts"]
        who, _, path, body, _ = [call for call in stub.changes() if call[1] == "POST"][-1]
        assert (who, path, body["member"]) == ("ana@example.com", "/v1/contacts", "ben")

    def test_who_is_asked_answers_and_both_talk(self, stub: Stub) -> None:
        load(stub.url, admit, silent)

        wishes = [wish for each in EVERYBODY for wish in each.get("asks", [])]
        states = Counter(each["state"] for each in stub.contacts.values())
        assert states == Counter(wish.get("state", "pending") for wish in wishes)
        said = [body["message"] for _, _, path, body, _ in stub.calls if path.endswith("/messages")]
        assert said == [text for wish in wishes for _, text in wish.get("talk", [])]

    def test_shows_an_invitation_in_each_state(self, stub: Stub) -> None:
        load(stub.url, admit, silent)

        key = "demo-ana-invitation-"
        calls = [call[1:] for call in stub.calls if "/invitations" in call[2]]
        assert [call[3] for call in calls if call[0] == "POST"] == [f"{key}{number}" for number in range(4)]
        assert [call[1] for call in calls if call[0] == "DELETE"] == [f"/v1/me/invitations/id-of-{key}2"]
        [guest] = [call[3] for call in stub.calls if call[2] == "/v1/accounts" and call[4]]
        assert (guest["handle"], guest["code"]) == ("tiago", f"code-of-{key}3")
        [proof] = [call[3] for call in stub.calls if call[2] == "/v1/accounts/confirmations"]
        assert proof == {"id": "id-of-tiago", "email": guest["email"], "code": "123456"}

    def test_who_was_named_accepts_in_their_own_words(self, stub: Stub) -> None:
        load(stub.url, admit, silent)

        answers = [
            (who, path, body) for who, _, path, body, _ in stub.calls if path.endswith("/collaboration")
        ]
        body = {"state": "accepted", "role": BEN["accepts"][0]["role"]}
        path = "/v1/highlights/id-of-demo-ana-river-voices/collaboration"
        assert ("ben@example.com", path, body) in answers
        assert len(answers) == sum(len(each.get("accepts", [])) for each in EVERYBODY)

    def test_a_second_run_changes_nothing_and_admits_nobody(self, stub: Stub) -> None:
        said: list[str] = []
        load(stub.url, admit, silent)
        before = len(stub.changes())

        load(stub.url, pytest.fail, said.append)

        assert len(stub.changes()) == before
        assert said == ["The demo is there already."]

    def test_a_refusal_names_the_highlight_and_the_field(self, stub: Stub) -> None:
        stub.refused_title = next(each["title"] for each in ANA["highlights"] if each["ref"] == "marathon")

        with pytest.raises(Refused) as refused:
            load(stub.url, admit, silent)

        expected = "422 Some fields are not right. Look closer. (/end is before the start)"
        assert str(refused.value) == f"marathon: POST /v1/highlights: {expected}"

    def test_a_load_that_broke_off_is_taken_up_with_the_same_keys(self, stub: Stub) -> None:
        stub.refused_title = next(each["title"] for each in ANA["highlights"] if each["ref"] == "marathon")
        with pytest.raises(Refused):
            load(stub.url, admit, silent)
        stub.refused_title = ""

        load(stub.url, pytest.fail, silent)

        assert len(stub.highlights) == sum(len(each["highlights"]) for each in EVERYBODY)
        assert len(stub.contacts) == sum(len(each.get("asks", [])) for each in EVERYBODY)

    def test_a_load_that_broke_off_while_they_talked_answers_nothing_twice(self, stub: Stub) -> None:
        load(stub.url, admit, silent)
        decided = [call for call in stub.calls if call[1] == "PATCH" and "contacts" in call[2]]
        last = next(id for id, each in stub.contacts.items() if each["other"]["handle"] == "ben")
        del stub.contacts[f"demo-ana-asks-{stub.contacts[last]['other']['handle']}"]

        load(stub.url, pytest.fail, silent)

        again = [call for call in stub.calls if call[1] == "PATCH" and "contacts" in call[2]]
        assert again == decided
