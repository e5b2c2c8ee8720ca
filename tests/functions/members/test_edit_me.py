from functools import partial
from typing import Any

import pytest

from core import keys, table
from core.clock import new_id
from members import edit_me, get_me, get_member
from tests.cloud import Answer, call
from tests.functions.conftest import Person
from tests.racing import at_once

PAGE = "https://example.org/"


def edit(user: Person, etag: str | None = None, **changes: object) -> Answer:
    headers = {"If-Match": etag} if etag else {}
    return call(edit_me.handler, user=user.id, body=changes, headers=headers)


def stored(user: Person) -> table.Item | None:
    return table.get(keys.member(user.id), consistent=True)


def ids(answer: Answer) -> list[str]:
    return [badge["id"] for badge in answer.json["badges"]]


def test_changes_what_is_sent_and_only_that(alice: Person) -> None:
    edit(alice, headline="Baker", links=[{"url": PAGE, "title": "Mine"}])

    edited = edit(alice, location="Porto")

    assert edited.status == 200
    assert (edited.json["headline"], edited.json["location"]) == ("Baker", "Porto")
    assert edited.json["links"] == [{"url": PAGE, "title": "Mine"}]
    assert edited.json["version"] == 3
    assert call(get_me.handler, user=alice.id).json == edited.json


def test_others_see_it_at_once(alice: Person) -> None:
    edit(alice, name="Alice Liddell", pronouns="she")

    seen = call(get_member.handler, public=True, handle="alice").json
    assert (seen["name"], seen["pronouns"]) == ("Alice Liddell", "she")


def test_what_is_sent_empty_is_emptied(alice: Person) -> None:
    edit(alice, headline="Baker", bio="*Bread*", links=[{"url": PAGE}], badges=[{"name": "Baker"}])

    emptied = edit(alice, headline="", bio="", links=[], badges=[]).json

    assert (emptied["headline"], emptied["bio"], emptied["bio_html"]) == ("", "", "")
    assert (emptied["links"], emptied["badges"]) == ([], [])


def test_the_etag_that_was_seen_is_good_for_one_edit(alice: Person) -> None:
    etag = call(get_me.handler, user=alice.id).headers["etag"]

    first, stale = edit(alice, etag, headline="one"), edit(alice, etag, headline="two")

    assert (first.status, stale.status) == (200, 412)
    assert call(get_me.handler, user=alice.id).json["headline"] == "one"
    assert edit(alice, first.headers["etag"], headline="two").status == 200


def test_the_answer_has_the_etag_that_reading_gives(alice: Person) -> None:
    edited = edit(alice, headline="Baker")

    assert call(get_me.handler, user=alice.id).headers["etag"] == edited.headers["etag"]


def test_of_many_edits_of_one_version_one_is_made(alice: Person) -> None:
    etag = call(get_me.handler, user=alice.id).headers["etag"]

    answers = at_once(*(partial(edit, alice, etag, headline=f"number {n}") for n in range(8)))

    [won] = [each for each in answers if each.status == 200]
    assert {each.status for each in answers} == {200, 412}
    assert call(get_me.handler, user=alice.id).json == won.json


def test_a_parallel_edit_without_a_version_never_undoes_another(alice: Person) -> None:
    answers = at_once(partial(edit, alice, headline="Baker"), partial(edit, alice, location="Porto"))

    me = call(get_me.handler, user=alice.id).json
    done = [each for each in answers if each.status == 200]
    assert {each.status for each in answers} <= {200, 412}
    assert me["version"] == 1 + len(done)
    assert (me["headline"] == "Baker") == (answers[0].status == 200)
    assert (me["location"] == "Porto") == (answers[1].status == 200)


def test_a_bio_is_markdown_in_and_safe_html_out(alice: Person) -> None:
    bio = "# Hi\r\n*I* bake <script>alert(1)</script> [a](javascript:alert(1)) [b](https://example.org)"

    me = edit(alice, bio=bio).json

    assert me["bio"] == bio.replace("\r\n", "\n")
    assert "<h3>Hi</h3>" in me["bio_html"]
    assert "<em>I</em>" in me["bio_html"]
    assert "<script" not in me["bio_html"]
    assert 'href="javascript' not in me["bio_html"]
    assert 'rel="nofollow noopener noreferrer ugc"' in me["bio_html"]


def test_a_badge_has_an_id_made_of_its_name(alice: Person) -> None:
    edited = edit(alice, badges=[{"name": "Yoga teacher"}, {"name": "Ingénieure"}, {"name": "Йога"}])

    assert ids(edited)[:2] == ["yoga-teacher", "ingenieure"]
    assert len(ids(edited)[2]) == 26
    assert [badge["name"] for badge in edited.json["badges"]] == ["Yoga teacher", "Ingénieure", "Йога"]


def test_a_badge_keeps_its_id_when_it_is_renamed_reordered_or_spelt_otherwise(alice: Person) -> None:
    [yoga, other] = ids(edit(alice, badges=[{"name": "Yoga teacher"}, {"name": "Йога"}]))

    renamed = edit(alice, badges=[{"name": "йога"}, {"id": yoga, "name": "Pilates teacher"}])

    assert ids(renamed) == [other, yoga]
    assert ids(edit(alice, badges=[{"name": "PILATES teacher"}, {"name": "ЙОГА"}])) == [yoga, other]


def test_a_new_badge_never_gets_the_id_of_one_that_was_renamed(alice: Person) -> None:
    edit(alice, badges=[{"name": "Yoga"}])

    edited = edit(alice, badges=[{"id": "yoga", "name": "Pilates"}, {"name": "Yoga"}])

    assert ids(edited) == ["yoga", "yoga-2"]
    assert ids(edit(alice, badges=[{"name": "Yoga"}, {"name": "Pilates"}])) == ["yoga-2", "yoga"]


def test_names_that_differ_in_their_signs_alone_are_two_badges(alice: Person) -> None:
    edited = edit(alice, badges=[{"name": "C++"}, {"name": "C#"}, {"name": "C"}])

    assert ids(edited) == ["c", "c-2", "c-3"]


def test_the_longest_names_get_ids_that_can_be_sent_back(alice: Person) -> None:
    edited = edit(alice, badges=[{"name": "x" * 37 + "-y" + sign} for sign in "#+"])

    assert edited.status == 200
    assert edit(alice, badges=edited.json["badges"]).json["badges"] == edited.json["badges"]


@pytest.mark.parametrize(
    "doubles",
    [
        [{"name": "Yoga"}, {"name": "yoga"}],
        [{"name": "Йога"}, {"name": " йога "}],
        [{"id": "a", "name": "Yoga"}, {"id": "b", "name": "YOGA"}],
        [{"id": "a", "name": "Yoga"}, {"id": "a", "name": "Pilates"}],
        [{"id": "yoga", "name": "Pilates"}, {"id": "yoga", "name": "Yoga"}],
    ],
)
def test_a_badge_that_is_there_twice_is_refused(alice: Person, doubles: list[dict[str, str]]) -> None:
    before = stored(alice)

    refused = edit(alice, badges=doubles)

    assert (refused.status, refused.pointers) == (422, ["/badges/1"])
    assert stored(alice) == before


@pytest.mark.parametrize(
    "url",
    [
        *(
            "javascript:alert(1)",
            "JaVa\tscript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
        ),
        *(
            "https://bank.example@evil.example/",
            "https://user:pass@example.org",
            "//example.org",
            "example.org",
        ),
        *("https://localhost/", "http://[::1]/", "mailto:a@example.org", "", "https://", "https:// .org"),
    ],
)
def test_a_link_that_is_no_web_address_is_refused(alice: Person, url: str) -> None:
    before = stored(alice)

    refused = edit(alice, links=[{"url": PAGE}, {"url": url}])

    assert (refused.status, refused.pointers) == (422, ["/links/1/url"])
    assert stored(alice) == before


def test_a_link_is_kept_in_its_normal_form(alice: Person) -> None:
    edited = edit(alice, links=[{"url": "HTTPS://Exämple.ORG/ü b"}])

    assert edited.json["links"][0]["url"] == "https://xn--exmple-cua.org/%C3%BC%20b"


def test_a_link_whose_normal_form_is_too_long_is_refused_so_that_the_profile_stays_readable(
    alice: Person,
) -> None:
    refused = edit(alice, links=[{"url": PAGE + "ü" * 1000}])

    assert (refused.status, refused.pointers) == (422, ["/links/0/url"])
    assert call(get_me.handler, user=alice.id).status == 200


CAPS: list[tuple[str, Any, Any]] = [
    ("name", "x" * 80, "x" * 81),
    ("headline", "ü" * 160, "ü" * 161),
    ("bio", "x" * 5000, "x" * 5001),
    ("location", "x" * 160, "x" * 161),
    ("pronouns", "x" * 40, "x" * 41),
    ("links", [{"url": PAGE}] * 10, [{"url": PAGE}] * 11),
    ("links/0/url", [{"url": PAGE + "x" * 2028}], [{"url": PAGE + "x" * 2029}]),
    ("links/0/title", [{"url": PAGE, "title": "x" * 200}], [{"url": PAGE, "title": "x" * 201}]),
    ("badges", [{"name": f"b{n}"} for n in range(10)], [{"name": f"b{n}"} for n in range(11)]),
    ("badges/0/name", [{"name": "x" * 40}], [{"name": "x" * 41}]),
    ("badges/0/id", [{"id": "x" * 40, "name": "x"}], [{"id": "x" * 41, "name": "x"}]),
]


@pytest.mark.parametrize(("place", "most", "more"), CAPS, ids=[place for place, *_ in CAPS])
def test_all_has_a_cap(alice: Person, place: str, most: Any, more: Any) -> None:
    field = place.partition("/")[0]

    taken, refused = (call(edit_me.handler, user=alice.id, body={field: each}) for each in (most, more))

    assert taken.status == 200
    assert (refused.status, refused.pointers) == (422, [f"/{place}"])
    assert call(get_me.handler, user=alice.id).json == taken.json


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        *(
            ("name", each)
            for each in ("", " ", None, 1, "a\nb", "a\u202eb", "a\u200bb", "a\x00b", "a\u2028b")
        ),
        *(("bio", each) for each in (None, "\x1b[31m", "\u2066")),
        *(("visibility", each) for each in ("draft", "", None)),
        *(("in_space_station", each) for each in ("maybe", None)),
        *((each, "x") for each in ("id", "handle", "pk", "gsi1pk", "bio_html", "former_handles", "open_to")),
        *((each, 7) for each in ("version", "created_at", "updated_at")),
    ],
)
def test_bad_input_names_the_field_and_writes_nothing(alice: Person, field: str, wrong: object) -> None:
    before = stored(alice)

    refused = call(edit_me.handler, user=alice.id, body={"headline": "good", field: wrong})

    assert (refused.status, refused.pointers) == (422, [f"/{field}"])
    assert stored(alice) == before


def test_a_members_only_profile_is_hidden_from_visitors_at_once(alice: Person, bob: Person) -> None:
    nobody = call(get_member.handler, public=True, handle="no-such-one")

    edit(alice, visibility="members")

    hidden = call(get_member.handler, public=True, handle="alice")
    assert (hidden.status, hidden.json) == (404, nobody.json)
    assert call(get_member.handler, public=True, handle="ALICE").status == 404
    assert call(get_member.handler, user=bob.id, handle="alice").status == 200
    edit(alice, visibility="public")
    assert call(get_member.handler, public=True, handle="alice").status == 200


def test_nobody_else_is_changed(alice: Person, mallory: Person) -> None:
    before = stored(alice)

    edit(mallory, name="Alice")

    assert stored(alice) == before


def test_a_token_without_a_profile_makes_none() -> None:
    stranger = Person(new_id(), "-")

    assert edit(stranger, name="Nobody").status == 404
    assert stored(stranger) is None


def test_without_an_authorizer_nothing_is_done(alice: Person) -> None:
    before = stored(alice)

    assert call(edit_me.handler, body={"name": "X"}).status == 500
    assert stored(alice) == before
