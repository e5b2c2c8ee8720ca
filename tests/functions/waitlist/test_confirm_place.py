from datetime import timedelta

import pytest

from core import keys, mail, table, tokens
from tests.functions.conftest import NOW
from tests.functions.waitlist.conftest import PEOPLE, all_wait, confirm, leave, link, place_of, stored
from tests.racing import at_once
from waitlist import queue
from waitlist.place import LIST

ANN, BEN, CAT, DAN = PEOPLE


def test_places_are_given_in_the_order_in_which_they_are_confirmed() -> None:
    all_wait()

    assert [place_of(each) for each in PEOPLE] == [1, 2, 3, 4]
    assert confirm(link(ANN)).json["waiting"] == 4


def test_the_same_link_shows_the_place_again() -> None:
    all_wait()

    first, again = confirm(link(BEN)), confirm(link(BEN))

    assert first == again
    assert len([item for item in stored() if item["pk"]["S"] == keys.QUEUE]) == 4


def test_whoever_leaves_lets_all_behind_them_move_up() -> None:
    all_wait()
    leave(link(BEN))

    assert [place_of(each) for each in (ANN, CAT, DAN)] == [1, 2, 3]
    assert confirm(link(ANN)).json["waiting"] == 3


def test_a_place_is_exact_across_the_hundreds_that_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "HUNDRED", 3)
    people = [f"p{n}@example.org" for n in range(10)]
    for each in people:
        confirm(link(each))
    for n in (0, 4, 5):
        leave(link(people[n]))

    waiting = [each for n, each in enumerate(people) if n not in (0, 4, 5)]
    assert [place_of(each) for each in waiting] == [1, 2, 3, 4, 5, 6, 7]


def test_many_at_once_get_a_place_each() -> None:
    people = [f"p{n}@example.org" for n in range(12)]

    places = at_once(*[lambda each=each: confirm(link(each)) for each in people])

    assert {each.status for each in places} == {200}
    assert sorted(place_of(each) or 0 for each in people) == list(range(1, 13))


def test_one_link_pressed_many_times_at_once_makes_one_place() -> None:
    answers = at_once(*[lambda: confirm(link(ANN))] * 12)

    assert {each.json["place"] for each in answers} == {1}
    assert confirm(link(ANN)).json["waiting"] == 1


def test_an_old_link_makes_no_place_but_shows_one() -> None:
    assert confirm(link(ANN, NOW - timedelta(days=8))).status == 404
    confirm(link(ANN))
    assert confirm(link(ANN, NOW - timedelta(days=8))).json["place"] == 1


def test_a_link_from_before_one_left_makes_no_new_place_and_a_newer_one_does() -> None:
    all_wait()
    leave(link(ANN))

    assert confirm(link(ANN)).status == 404
    assert confirm(link(ANN, NOW + timedelta(minutes=5))).json["place"] == 4


def test_whoever_joins_again_wants_these_mails_again() -> None:
    digest = tokens.digest(ANN)
    table.write(mail.suppress(digest, LIST, "unsubscribed", NOW))
    table.write(mail.suppress(digest, mail.EVERYTHING, "bounced", NOW))

    confirm(link(ANN))

    assert table.get(keys.suppressed(digest, LIST), consistent=True) is None
    assert table.get(keys.suppressed(digest), consistent=True)


@pytest.mark.parametrize("token", ["x", "A" * 80, "ü"])
def test_a_link_that_is_not_ours_is_told_so(token: str) -> None:
    assert confirm(token).status == 404
    assert not stored()


def test_an_unsubscribing_token_makes_no_place() -> None:
    assert confirm(tokens.sign("unsubscribe", f"1 {ANN}")).status == 404
