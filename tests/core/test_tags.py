import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from core.shapes import Tag, distinct
from tests.attacks import corpus

tag = TypeAdapter[str](Tag)


@pytest.mark.parametrize(
    ("typed", "one"),
    [
        ("Python", "python"),
        ("#Café  Latte ", "cafe latte"),
        ("CAFE\u0301 LATTE", "cafe latte"),
        ("ﬁne \uff21\uff32\uff34", "fine art"),
        ("Straße", "strasse"),
        ("##python", "python"),
        ("# python", "python"),
        *(
            (each, each)
            for each in ("c#", "c++", "f#", ".net", "node.js", "r&d", "ci/cd", "l'art", "to-do", "_")
        ),
        ("Йога", "йога"),
        ("データ", "データ"),
        ("ガラス", "ガラス"),
        ("हिन्दी", "हिन्दी"),
        ("ภาษาไทย", "ภาษาไทย"),
        ("İstanbul", "istanbul"),
        ("x" * 40, "x" * 40),
    ],
)
def test_a_tag_has_one_spelling(typed: str, one: str) -> None:
    assert tag.validate_python(typed) == one


@pytest.mark.parametrize(
    "wrong",
    [
        *(
            "",
            " ",
            "#",
            "# #",
            "-",
            "./",
            "&",
            "\u0301",
            "a,b",
            "a;b",
            "<b>",
            "a\x00b",
            "a\u202eb",
            "a\u200bb",
            "🎉",
        ),
        *("a\\b", "a|b", "a$b", "a%b", "@a", "x" * 41, "ﷺ" * 5),
        *(None, 1, ["python"]),
    ],
)
def test_what_is_no_tag_is_refused(wrong: object) -> None:
    with pytest.raises(ValidationError):
        tag.validate_python(wrong)


@given(st.text(max_size=50))
def test_a_tag_stays_what_it_is_when_it_is_read_again(text: str) -> None:
    try:
        once = tag.validate_python(text)
    except ValidationError:
        return

    assert tag.validate_python(once) == once
    assert once == once.strip()
    assert 1 <= len(once) <= 40


def test_no_naughty_string_makes_a_tag_that_could_be_markup() -> None:
    for text in json.loads(corpus("strings/blns.json").read_text()):
        try:
            made = tag.validate_python(text)
        except ValidationError:
            continue

        assert not set(made) & set('<>"\\`{}()[]=;,|*\n\t\x00'), text


def test_doubles_are_dropped_and_the_order_is_kept() -> None:
    assert distinct(["b", "a", "b", "c", "a"]) == ["b", "a", "c"]
