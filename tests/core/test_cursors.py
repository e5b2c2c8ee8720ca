import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import cursors
from core.errors import Malformed

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


@pytest.fixture(autouse=True)
def _secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIGNING_SECRET", "a secret")


@pytest.fixture(scope="module", autouse=True)
def _secret_of_hypothesis() -> object:
    """Which runs a test many times, and so takes no fixture that is made for each."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SIGNING_SECRET", "a secret")
        yield


def is_refused(scope: str, cursor: str) -> bool:
    try:
        cursors.unseal(scope, cursor)
    except Malformed as refusal:
        return refusal.errors[0]["pointer"] == "/after"
    return False


@given(TEXT, TEXT)
def test_gives_the_position_back(scope: str, position: str) -> None:
    assert cursors.unseal(scope, cursors.seal(scope, position)) == position


@given(TEXT)
def test_fits_into_an_address_as_it_is(position: str) -> None:
    assert cursors.seal("scope", position).replace("-", "").replace("_", "").isalnum()


@given(TEXT, TEXT, TEXT)
def test_belongs_to_its_list(scope: str, other: str, position: str) -> None:
    assert scope == other or is_refused(other, cursors.seal(scope, position))


def test_scope_and_position_do_not_run_into_one_another() -> None:
    assert is_refused("a", cursors.seal("ab", "c"))
    assert cursors.seal("ab", "c")[:16] != cursors.seal("a", "bc")[:16]


@given(st.text(max_size=300))
def test_what_is_made_up_is_refused(cursor: str) -> None:
    assert is_refused("scope", cursor)


@given(TEXT, st.data())
def test_what_is_edited_is_refused(position: str, data: st.DataObject) -> None:
    cursor = cursors.seal("scope", position)
    place = data.draw(st.integers(0, len(cursor) - 2))  # the last one holds bits that stand for nothing
    char = data.draw(st.sampled_from("ABCxyz019-_").filter(lambda char: char != cursor[place]))

    assert is_refused("scope", cursor[:place] + char + cursor[place + 1 :])


@given(TEXT, st.integers(1, 10))
def test_what_is_cut_off_is_refused(position: str, cut: int) -> None:
    assert is_refused("scope", cursors.seal("scope", position)[:-cut])


def test_another_secret_makes_other_cursors(monkeypatch: pytest.MonkeyPatch) -> None:
    cursor = cursors.seal("scope", "position")

    monkeypatch.setenv("SIGNING_SECRET", "another")

    assert is_refused("scope", cursor)


@pytest.mark.parametrize("cursor", ["", "=", "A", "AA==", "é", "\ud800", "\x00", "a b", "A" * 1024, "_" * 20])
def test_refuses_what_is_no_cursor(cursor: str) -> None:
    assert is_refused("scope", cursor)
