from collections.abc import Iterator
from datetime import timedelta

import pytest
from time_machine import travel

from core import keys, table
from previews import store
from previews.get_link_preview import handler
from previews.preview import Found, Outcome, digest
from tests.cloud import Answer, call
from tests.functions.conftest import NOW, Person

URL = "https://example.com/talk?x=1"


def ask(user: Person | None, url: str = URL) -> Answer:
    return call(handler, user=user.id if user else None, query={"url": url}, public=user is None)


def stored(url: str = URL) -> table.Item:
    found = table.get(keys.preview(digest(url)), consistent=True)
    assert found
    return found


def fetched(outcome: Outcome, url: str = URL) -> None:
    wanted = store.wanted(digest(url))
    assert wanted
    store.keep(wanted, outcome)


READY = Outcome(
    "ready", NOW + timedelta(days=7), Found("A talk", "On coffee", "Example", "https://e.org/a.png", None)
)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with travel(NOW, tick=False):
        yield


def test_the_first_who_asks_makes_it_wanted(alice: Person) -> None:
    answer = ask(alice)

    assert (answer.status, answer.json["state"], answer.json["url"]) == (200, "waiting", URL)
    assert stored()["wanted"]
    assert answer.headers["cache-control"] == "private, no-store"


def test_others_find_it_wanted_already(alice: Person, bob: Person) -> None:
    ask(alice)

    assert ask(bob).json["state"] == "waiting"
    assert stored()["version"] == 1


def test_what_was_found_is_shown_without_its_picture_s_address(alice: Person) -> None:
    ask(alice)
    fetched(READY)

    answer = ask(alice)

    assert answer.json == {
        "url": URL,
        "state": "ready",
        "title": "A talk",
        "description": "On coffee",
        "site_name": "Example",
        "embed": None,
        "picture": None,
        "reason": None,
    }
    assert "wanted" not in stored()


def test_a_failure_says_why(alice: Person) -> None:
    ask(alice)
    fetched(Outcome("failed", NOW + timedelta(days=1), reason="example.com could not be reached."))

    assert ask(alice).json["reason"] == "example.com could not be reached."


@pytest.mark.parametrize("state", ["ready", "failed"])
def test_it_is_looked_up_again_when_its_time_has_come(state: str, alice: Person) -> None:
    ask(alice)
    fetched(READY._replace(state=state, again=NOW + timedelta(hours=1)))  # type: ignore[arg-type]

    with travel(NOW + timedelta(minutes=59), tick=False):
        ask(alice)
        assert "wanted" not in stored()
    with travel(NOW + timedelta(hours=1), tick=False):
        assert ask(alice).json["title"] == "A talk"  # as it was, until it is looked up
        assert stored()["wanted"]


def test_what_got_lost_is_asked_for_again_after_ten_minutes(alice: Person) -> None:
    ask(alice)

    with travel(NOW + timedelta(minutes=10), tick=False):
        ask(alice)

    assert stored()["version"] == 2


def test_a_page_that_is_down_keeps_the_preview_that_it_had(alice: Person) -> None:
    ask(alice)
    fetched(READY._replace(again=NOW))
    ask(alice)
    fetched(Outcome("failed", NOW + timedelta(days=1), reason="It is down."))

    answer = ask(alice)

    assert (answer.json["state"], answer.json["title"], answer.json["reason"]) == ("ready", "A talk", None)


def test_who_looks_while_it_is_asked_anew_does_not_take_it_for_done(alice: Person) -> None:
    ask(alice)
    early = store.wanted(digest(URL))
    assert early
    with travel(NOW + timedelta(minutes=10), tick=False):
        ask(alice)

    store.keep(early, READY)

    assert stored()["wanted"]
    assert stored()["state"] == "waiting"


def test_who_loses_the_race_to_ask_gets_what_the_other_made(alice: Person) -> None:
    ask(alice)

    assert store.ask(URL, None, NOW) == stored()
    assert store.ask(URL, stored() | {"version": 7}, NOW) == stored()


def test_pages_do_not_differ_by_their_fragments(alice: Person) -> None:
    ask(alice, URL + "#a")

    assert ask(alice, URL + "#b").json["url"] == URL
    assert stored()["version"] == 1


class TestVisitors:
    def test_make_us_open_nothing(self) -> None:
        assert ask(None).status == 404
        assert table.get(keys.preview(digest(URL))) is None

    def test_do_not_learn_what_members_looked_at(self, alice: Person) -> None:
        ask(alice)
        fetched(READY)

        assert ask(None).status == 404

    def test_see_what_stands_on_a_public_highlight(self, alice: Person) -> None:
        ask(alice)
        fetched(READY)
        store.stand_on_highlight([URL], NOW, is_public=True)

        answer = ask(None)

        assert (answer.status, answer.json["title"]) == (200, "A talk")
        assert answer.headers["cache-control"] == "public, max-age=60"

    def test_refresh_nothing(self, alice: Person) -> None:
        store.stand_on_highlight([URL], NOW, is_public=True)
        fetched(READY._replace(again=NOW))

        assert ask(None).json["state"] == "ready"
        assert "wanted" not in stored()
        ask(alice)
        assert stored()["wanted"]


class TestLimits:
    def test_are_for_new_pages(self, alice: Person, bob: Person) -> None:
        for n in range(120):
            assert ask(alice, f"https://example.com/{n}").status == 200

        refused = ask(alice, "https://example.com/more")

        assert (refused.status, refused.headers["retry-after"]) == (429, "3600")
        assert ask(alice, "https://example.com/0").status == 200
        assert ask(bob, "https://example.com/more").status == 200

    def test_leave_one_the_old_answer(self, alice: Person) -> None:
        ask(alice)
        fetched(READY._replace(again=NOW))
        for n in range(119):
            ask(alice, f"https://example.com/{n}")

        assert ask(alice).json["title"] == "A talk"
        assert "wanted" not in stored()


@pytest.mark.parametrize(
    "url",
    [
        *("", "example.com", "ftp://example.com/", "javascript:alert(1)", "https://a:b@example.com/"),
        *("http://localhost/", "https://example.com/" + "a" * 2048),
    ],
)
def test_refuses_what_is_no_web_address(url: str, alice: Person) -> None:
    answer = ask(alice, url)

    assert (answer.status, answer.pointers) == (422, ["/url"])


def test_refuses_to_guess_an_address(alice: Person) -> None:
    assert call(handler, user=alice.id, query={}).pointers == ["/url"]
