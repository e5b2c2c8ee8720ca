"""A highlight's own page, and the pages of timelines on which it stands or stood."""

import re
from typing import Any

import pytest

from core import keys, table
from pages import bucket, render_highlight
from pages.timelines import _ON_A_PAGE, NEWEST
from tests.functions.conftest import Person
from tests.functions.pages.acting import change, failed, follow, page, render, site, tell
from tests.functions.timeline.acting import NOBODYS, answer, create, created, delete, edit
from timeline import share_highlight


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses of what is written, from now on."""
    seen: list[str] = []
    put = bucket.put

    def noted(page: bucket.Page) -> None:
        seen.append(page.path)
        put(page)

    monkeypatch.setattr(bucket, "put", noted)
    return seen


def shows(path: str) -> list[str]:
    """The titles on a page, from the top."""
    return re.findall(r'<h[23] class="p-name"><a class="u-url" href="/h/\w+">(.*?)</a>', page(path))


def published(owner: Person, **highlight: Any) -> str:
    made = created(owner, **highlight)
    follow(made)
    return made


def test_stands_on_its_own_page_its_years_and_its_badges(alice: Person) -> None:
    change(alice, badges=[{"name": "Barista"}])
    made = published(alice, title="Latte art", start="2021-03", badges=["barista"])

    assert '<h1 class="p-name">Latte art</h1>' in page(f"h/{made}/")
    for path in ("@alice/", "@alice/2021/", "@alice/barista/", "@alice/barista/2021/"):
        assert shows(path) == ["Latte art"], path


def test_writes_the_pages_that_change_and_no_others(alice: Person, written: list[str]) -> None:
    change(alice, badges=[{"name": "Barista"}, {"name": "Poet"}])
    published(alice, title="Old", start="2019", badges=["poet"])
    made = published(alice, title="New", start="2021", badges=["barista"])
    written.clear()

    edit(alice, made, title="Newer")
    follow(made)
    documents = {f"@alice/{name}" for name in ("feed.rss", "feed.atom", "feed.json", "resume.json")}
    own = {f"h/{made}/", f"h/{made}/oembed.json"}
    lists = {"@alice/", "@alice/2021/", "@alice/barista/", "@alice/barista/2021/"}
    assert set(written) == documents | own | lists
    assert len(written) == len(set(written))


def test_news_that_comes_again_writes_nothing(alice: Person, written: list[str]) -> None:
    made = published(alice)
    written.clear()

    for _ in range(3):
        follow(made)
    assert written == []


def test_another_year_takes_it_off_the_former_one_and_neighbours_lead_past_that(alice: Person) -> None:
    published(alice, title="First", start="2018")
    moved = published(alice, title="Moved", start="2019")
    published(alice, title="Last", start="2020")
    assert 'rel="next" href="/@alice/2019"' in page("@alice/2020/")

    edit(alice, moved, start="2021")
    follow(moved)
    assert "@alice/2019/" not in site()
    assert 'rel="next" href="/@alice/2018"' in page("@alice/2020/")
    assert 'rel="prev" href="/@alice/2020"' in page("@alice/2018/")
    assert 'rel="prev" href="/@alice/2021"' in page("@alice/2020/")
    assert shows("@alice/") == ["Moved", "Last", "First"]


def test_a_deleted_one_is_nowhere(alice: Person) -> None:
    made = published(alice, title="Canary")
    delete(alice, made)
    follow(made, alice)

    assert not [path for path, text in site().items() if "Canary" in text or made in text]
    assert table.get(keys.paged(made)) is None


@pytest.mark.parametrize("visibility", ["members", "draft"])
def test_what_is_not_for_everybody_is_on_none(alice: Person, visibility: str) -> None:
    published(alice, title="Seen")
    hidden = published(
        alice, title="Canary", text="Canary", visibility=visibility, pinned=True, tags=["canary"]
    )
    assert "canary" not in str(site()).lower()

    edit(alice, hidden, visibility="public")
    follow(hidden)
    assert shows("@alice/").count("Canary") == 2, "pinned, and in its year"

    edit(alice, hidden, visibility=visibility)
    follow(hidden)
    assert "canary" not in str(site()).lower()
    assert hidden not in str(site())


def test_one_that_came_and_went_before_its_news_is_looked_for(alice: Person) -> None:
    """Another's news may have put it onto pages meanwhile."""
    short = created(alice, title="Canary", start="2020")
    published(alice, title="Other", start="2020")
    assert "Canary" in page("@alice/2020/")

    delete(alice, short)
    follow(short, alice)
    assert "Canary" not in str(site())


def test_a_change_whose_news_was_never_followed_is_made_up_for(alice: Person) -> None:
    moved = created(alice, title="Canary", start="2020")
    published(alice, title="Other", start="2020")
    edit(alice, moved, start="2021")
    follow(moved)

    assert shows("@alice/2020/") == ["Other"]
    assert shows("@alice/2021/") == ["Canary"]


def test_what_changes_while_it_is_written_is_written_again(
    alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The state of the art of races: the news of the second change is done before that of the first."""
    made = created(alice, title="Before")
    put = bucket.put

    def overtaken(page: bucket.Page) -> None:
        monkeypatch.setattr(bucket, "put", put)
        edit(alice, made, title="Canary", visibility="members")
        follow(made)
        put(page)

    monkeypatch.setattr(bucket, "put", overtaken)
    follow(made)
    assert "Before" not in str(site())
    assert made not in str(site())


@pytest.mark.parametrize("removals", [0, 1, 2])
def test_a_run_that_breaks_off_is_made_good_by_the_next(
    alice: Person, monkeypatch: pytest.MonkeyPatch, removals: int
) -> None:
    made = published(alice, title="Canary", start="2020")
    delete(alice, made)
    left = iter(range(removals))
    remove = bucket.remove

    def breaking(key: str) -> None:
        if next(left, None) is None:
            raise ConnectionError
        remove(key)

    with monkeypatch.context() as patch:
        patch.setattr(bucket, "remove", breaking)
        failed(render_highlight.handler, highlight_id=made, member_id=alice.id)

    follow(made, alice)
    assert "Canary" not in str(site())


def test_stands_on_the_timeline_of_who_confirmed_with_whose_it_is(alice: Person, bob: Person) -> None:
    render(alice, bob)
    made = published(alice, title="Together", start="2020", collaborators=[{"handle": bob.handle}])
    assert shows(f"@{bob.handle}/") == []

    answer(bob, made, "accepted")
    follow(made)
    assert shows(f"@{bob.handle}/2020/") == ["Together"]
    assert 'By <a class="p-author h-card" href="/@alice">Alice</a>' in page(f"@{bob.handle}/")

    answer(bob, made, "declined")
    follow(made)
    assert shows(f"@{bob.handle}/") == []
    assert f"@{bob.handle}/2020/" not in site()
    assert bob.handle not in page(f"h/{made}/")


def test_waits_for_the_entries_of_who_took_part(
    alice: Person, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(render_highlight, "_PATIENCE_SECONDS", 0.0)
    made = created(alice, collaborators=[{"handle": bob.handle}])
    answer(bob, made, "accepted")

    failed(render_highlight.handler, highlight_id=made, member_id=alice.id)
    tell(share_highlight.handler, highlight_id=made)
    tell(render_highlight.handler, highlight_id=made, member_id=alice.id)
    assert shows(f"@{bob.handle}/") == ["Streams"]


def test_a_long_timeline_shows_the_newest_and_leads_on(alice: Person) -> None:
    for number in range(NEWEST + 1):
        created(alice, title=f"Number {number}", start=str(1980 + number))
    render(alice)

    assert len(shows("@alice/")) == NEWEST
    assert 'href="/@alice/1980" rel="next"' in page("@alice/")
    assert '<li><a href="/@alice/1980">1980</a></li>' in page("@alice/")


def test_a_full_year_has_pages(alice: Person) -> None:
    for number in range(_ON_A_PAGE + 1):
        created(alice, title=f"Number {number}", start="2020")
    render(alice)
    assert (len(shows("@alice/2020/")), len(shows("@alice/2020/2/"))) == (_ON_A_PAGE, 1)

    [last] = re.findall(r"/h/(\w+)", page("@alice/2020/2/"))[:1]
    delete(alice, last)
    follow(last, alice)
    assert "@alice/2020/2/" not in site()


def test_a_badge_that_is_called_as_a_year_is_gets_an_address_of_its_own(alice: Person) -> None:
    change(alice, badges=[{"name": "2020"}])
    published(alice, title="In 2020", start="2020", badges=["2020"])
    published(alice, title="In 2021", start="2021", badges=["2020"])

    assert shows("@alice/2020/") == ["In 2020"]
    assert shows("@alice/2020-/") == ["In 2021", "In 2020"]


def test_news_of_what_nobody_ever_made_changes_nothing() -> None:
    follow(NOBODYS)

    assert site() == {}


def test_what_members_write_stays_text(alice: Person) -> None:
    danger = '"><script>alert(1)</script>{{ 7 * 7 }}</title>'
    change(
        alice, name=danger[:70], headline=danger, bio=danger, location=danger, badges=[{"name": danger[:30]}]
    )
    made = create(
        alice, title=danger, text=danger, tags=["a'b"], links=[{"url": "https://x.example/", "title": danger}]
    )
    follow(made.json["id"])

    for path, text in site().items():
        if path.endswith(".json"):
            continue
        assert "<script>alert" not in text, path
        assert "{{ 7" in text or "49" not in re.sub(r"\d{3,}|[0-9A-Z]{26}|[0-9a-f]{12}", "", text), path
