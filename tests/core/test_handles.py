import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from core import handles, keys, table
from core.errors import Moved, NotFound
from core.handles import Found, Handle, find, skeleton
from core.request import Caller
from tests.attacks import corpus

handle = TypeAdapter[str](Handle)
SOMEBODY = Caller("somebody")
LIKENESSES = [
    *(
        ("bob", "b0b"),
        ("bill", "b1ll"),
        ("bill", "biil"),
        ("lia", "iia"),
        ("modern", "rnodern"),
        ("www2", "vvvvvv2"),
    ),
    *(("ada-l", "adal"), ("ada_l", "a-d-a-l"), ("Ada", "ada"), ("o0o", "O0O"), ("wim", "vv1rn")),
]


def taken(text: object) -> str | None:
    try:
        return handle.validate_python(text)
    except ValidationError:
        return None


@pytest.mark.parametrize(("one", "other"), LIKENESSES)
def test_names_that_look_alike_are_one_name(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(
    ("one", "other"), [("ada", "adda"), ("bob", "bop"), ("ann", "anne"), ("nina", "mina")]
)
def test_names_that_do_not_look_alike_are_two(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)


def test_every_pair_of_the_corpus_is_one_name_or_refused() -> None:
    pairs = json.loads(corpus("unicode/handles.json").read_text())["must_collide_or_reject"]

    assert pairs
    for one, other, why in pairs:
        assert taken(one) is None or taken(other) is None or skeleton(one) == skeleton(other), why


def test_everything_that_the_corpus_rejects_is_refused() -> None:
    assert [
        each for each in json.loads(corpus("unicode/handles.json").read_text())["reject"] if taken(each)
    ] == []


def test_what_unicode_takes_for_alike_we_do_too() -> None:
    alphabet = set("abcdefghijklmnopqrstuvwxyz0123456789-_")
    for one, others in json.loads(corpus("unicode/confusables.json").read_text()).items():
        for other in (each["c"].lower() for each in others):
            if {*one.lower(), *other} <= alphabet:
                assert skeleton(one) == skeleton(other), (one, other)


@pytest.mark.parametrize("good", ["ada", "Ada-L", "a_b", "0xff", "x" * 30, "a--b", "adam"])
def test_a_handle_is_lower_case(good: str) -> None:
    assert taken(good) == good.lower()


@pytest.mark.parametrize(
    "wrong",
    [
        *(
            "",
            "ab",
            "x" * 31,
            "-ada",
            "ada-",
            "_ada",
            "ada_",
            "ada.l",
            "ada l",
            "ada\n",
            "äda",
            "\u0430" * 3,
            "ad\u0430",
        ),
        *("../me", "a/b", "a%2fb", "a#b", "MEMBER#x", "ada\x00", "\u212aelvin", "ad\u0131n", None, 123),
        *(
            "admin",
            "ADMIN",
            "adm1n",
            "adrnin",
            "r00t",
            "a-p-i",
            "polyf0lio",
            "www",
            "vvww",
            "well-known",
            "well_known",
        ),
    ],
)
def test_what_is_no_handle_is_refused(wrong: object) -> None:
    assert taken(wrong) is None


def test_all_reserved_words_are_refused_however_they_are_spelt() -> None:
    for word in handles._RESERVED_WORDS.split():
        for spelling in (word, word.upper(), word.replace("o", "0"), word.replace("-", ""), "_".join(word)):
            assert taken(spelling) is None, spelling


@given(st.text("abilmnorvw01-_", min_size=3, max_size=12))
def test_a_skeleton_is_its_own_and_says_nothing_of_case(text: str) -> None:
    assert skeleton(skeleton(text)) == skeleton(text) == skeleton(text.upper())


@given(st.text(max_size=32))
def test_a_handle_stays_what_it_is(text: str) -> None:
    once = taken(text)

    assert once is None or (once.isascii() and taken(once) == once)


@pytest.fixture
def _ada(empty_table: None) -> None:  # noqa: ARG001 - where she is
    owner = {"member_id": "ada's", "handle": "ada-l", "visibility": "public"}
    former = owner | {"handle": "alice", "current": False, "visibility": "members"}
    _put("ada-l", owner | {"current": True})
    _put("alice", former)
    table.write(table.put(keys.member("ada's")._asdict() | owner))


def _put(name: str, item: dict[str, object]) -> None:
    table.write(table.put(keys.handle(skeleton(name))._asdict() | item))


@pytest.mark.usefixtures("_ada")
@pytest.mark.parametrize("viewer", [None, SOMEBODY])
def test_finds_whose_it_is(viewer: Caller | None) -> None:
    assert find("ada-l", viewer) == Found("ada's", "ada-l")


@pytest.mark.usefixtures("_ada")
@pytest.mark.parametrize("name", ["alice", "ADA-L", "adal", "a1ice", "Ada-L", "a-d-a-l"])
def test_former_ones_and_other_spellings_lead_on(name: str) -> None:
    with pytest.raises(Moved) as moved:
        find(name, None)

    assert moved.value.path == {"handle": "ada-l"}


@pytest.mark.usefixtures("_ada")
def test_what_members_alone_may_see_is_not_there_for_visitors() -> None:
    hidden = {"member_id": "eve's", "handle": "eve", "visibility": "members", "current": True}
    _put("eve", hidden)

    assert find("eve", SOMEBODY).member_id == "eve's"
    with pytest.raises(NotFound):
        find("eve", None)


@pytest.mark.usefixtures("_ada")
def test_a_former_one_of_a_member_who_left_is_nobodys() -> None:
    table.write(table.delete(keys.member("ada's")))

    with pytest.raises(NotFound):
        find("alice", SOMEBODY)


@pytest.mark.parametrize(
    "junk", ["", "x" * 31, "a b", "ada\n", "\u0430", "٣", "a#b", "../x", "\x00", "a%20b"]
)
def test_what_can_be_no_handle_never_reaches_the_table(junk: str) -> None:
    with pytest.raises(NotFound):  # without a table there would be another error
        find(junk, None)
