"""A member's pages: as many of them as show what has changed; and none of who is not for everybody."""

import pytest

from core import keys, table
from members import change_handle, open_up, raise_shield
from pages import bucket
from tests.cloud import call
from tests.functions.conftest import Person
from tests.functions.pages.acting import change, follow, page, render, site
from tests.functions.timeline.acting import answer, created


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    seen: list[str] = []
    put = bucket.put

    def noted(of: bucket.Page) -> None:
        seen.append(of.path)
        put(of)

    monkeypatch.setattr(bucket, "put", noted)
    return seen


def hide(person: Person, visibility: str = "hidden") -> None:
    """As a suspension does, or the member by a setting."""
    now = table.get(keys.member(person.id)) or {}
    table.write(table.put(now | {"visibility": visibility, "version": now["version"] + 1}))
    render(person)


def test_a_new_member_has_pages_and_stands_in_the_site_map(alice: Person) -> None:
    render(alice)

    assert '<h1 class="p-name">Alice</h1>' in page("@alice/")
    assert "https://polyfolio.example/@alice" in page("sitemap/al.xml")
    assert "https://polyfolio.example/sitemap/al.xml" in page("sitemap.xml")


def test_a_headline_is_on_the_front_alone_and_a_name_on_all(alice: Person, written: list[str]) -> None:
    render(alice)
    made = created(alice, start="2020")
    follow(made)
    written.clear()

    change(alice, headline="Of many")
    assert "@alice/" in written
    assert not [each for each in written if "2020" in each or each.startswith("h/")]

    change(alice, name="Alicia")
    assert {"@alice/", "@alice/2020/", f"h/{made}/"} <= set(written)
    assert "Alicia" in page(f"h/{made}/")


def test_a_name_is_on_the_timelines_of_others_too(alice: Person, bob: Person) -> None:
    render(alice, bob)
    made = created(alice, start="2020", collaborators=[{"handle": bob.handle}])
    answer(bob, made, "accepted")
    follow(made)

    change(alice, name="Alicia")
    assert "Alicia" in page(f"@{bob.handle}/2020/")


@pytest.mark.parametrize("visibility", ["members", "hidden"])
def test_who_hides_is_on_no_page_and_comes_back_as_they_were(
    alice: Person, bob: Person, visibility: str
) -> None:
    render(alice, bob)
    change(alice, name="Canary", badges=[{"name": "Barista"}])
    made = created(alice, title="Canary", start="2020", collaborators=[{"handle": bob.handle}])
    answer(bob, made, "accepted")
    follow(made)
    before = site()

    hide(alice, visibility)
    assert not [path for path, text in site().items() if "Canary" in text or "alice" in text]
    assert not [path for path in site() if "alice" in path or made in path]

    hide(alice, "public")
    assert {path: text for path, text in site().items() if not path.startswith("@alice/")} == {
        path: text for path, text in before.items() if not path.startswith("@alice/")
    }
    assert site().keys() == before.keys()


def test_news_from_before_does_not_bring_somebody_back(alice: Person) -> None:
    render(alice)
    made = created(alice, title="Canary")
    hide(alice)
    follow(made)
    render(alice)

    assert not [path for path, text in site().items() if "Canary" in text or "alice" in path]


def test_another_handle_takes_all_pages_along(alice: Person) -> None:
    render(alice)
    made = created(alice, start="2020")
    follow(made)
    call(change_handle.handler, user=alice.id, body={"handle": "alicia"})
    render(alice)

    assert not [path for path, text in site().items() if path.startswith("@alice/") or "/@alice<" in text]
    assert {"@alicia/", "@alicia/2020/", "@alicia/feed.rss"} <= site().keys()
    assert 'href="https://polyfolio.example/@alicia"' in page(f"h/{made}/")


def test_shows_what_visitors_may_ask_for_and_nothing_else(alice: Person) -> None:
    for activity, audience in (("mentor", "everybody"), ("speak", "members"), ("teach", "followed")):
        call(open_up.handler, user=alice.id, body={"audience": audience}, activity=activity)
    call(open_up.handler, user=alice.id, body={"expires_at": "2020-01-01T00:00:00Z"}, activity="write")
    render(alice)
    assert "<strong>Mentor</strong>" in page("@alice/")
    assert not [
        each
        for each in ("Speak at events", "Teach", "Write")
        if f"<strong>{each}</strong>" in page("@alice/")
    ]

    call(raise_shield.handler, user=alice.id, body={"domains": ["acme.example"], "members": []})
    render(alice)
    assert "Ask me for" not in page("@alice/"), "behind a shield nobody is trusted to be a stranger"
    assert "acme" not in str(site())


def test_a_badge_that_goes_takes_its_pages_along(alice: Person) -> None:
    change(alice, badges=[{"name": "Barista"}])
    follow(created(alice, start="2020", badges=["barista"]))
    assert "@alice/barista/2020/" in site()

    change(alice, badges=[])
    assert not [path for path in site() if "barista" in path]


def test_news_that_comes_again_writes_nothing(alice: Person, written: list[str]) -> None:
    render(alice)
    written.clear()

    render(alice, alice)
    assert written == []


def found_at(person: Person, domain: str | None) -> None:
    """As it is when a domain of their own goes live, or ends."""
    key = keys.own_address(person.id)
    table.write(
        table.put(key._asdict() | {"id": person.id, "domain": domain}) if domain else table.delete(key),
        table.update(keys.member(person.id), "ADD version :one", one=1),
    )
    render(person)


def moved(key: str) -> str | None:
    return bucket._s3().head_object(Bucket=bucket._site(), Key=bucket.key(key))["Metadata"].get("moved")


def test_with_a_domain_of_its_own_a_profile_names_that_everywhere_and_the_old_place_leads_there(
    alice: Person,
) -> None:
    render(alice)
    made = created(alice, start="2020")
    follow(made)

    found_at(alice, "ana.example.org")

    front, year = page("@alice/"), page("@alice/2020/")
    assert '<link rel="canonical" href="https://ana.example.org">' in front
    assert 'href="https://ana.example.org/feed.rss"' in front
    assert 'href="https://ana.example.org/2020"' in front
    assert '<link rel="canonical" href="https://ana.example.org/2020">' in year
    assert "https://ana.example.org/feed.rss" in page("@alice/feed.rss")
    assert "https://ana.example.org" in page(f"h/{made}/")
    places = {each: moved(f"@alice/{each}") for each in ("", "2020/", "feed.rss", "webfinger.json")}
    assert places == {
        "": "https://ana.example.org/",
        "2020/": "https://ana.example.org/2020",
        "feed.rss": "https://ana.example.org/feed.rss",
        "webfinger.json": None,
    }


def test_a_domain_that_ended_is_named_nowhere_any_more(alice: Person) -> None:
    render(alice)
    follow(created(alice, start="2020"))
    found_at(alice, "ana.example.org")

    found_at(alice, None)

    assert '<link rel="canonical" href="https://polyfolio.example/@alice">' in page("@alice/")
    assert "ana.example.org" not in page("@alice/2020/") + page("@alice/feed.rss")
    assert [moved(f"@alice/{each}") for each in ("", "2020/", "feed.rss")] == [None] * 3
