import json
import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from core.shapes import Id, Line, Link, Page, Paged, Prose, Slug, WebAddress, fold
from tests.attacks import corpus

line, prose, address = TypeAdapter[str](Line), TypeAdapter[str](Prose), TypeAdapter[str](WebAddress)

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
UNSEEN = "\u200b\u2060\ufeff\ufff9\ufffb"
CONTROLS = "".join(map(chr, [*range(9), 11, 12, *range(14, 32), *range(127, 160)])) + "\r"


def taken(adapter: TypeAdapter[str], text: object) -> str | None:
    try:
        return adapter.validate_python(text)
    except ValidationError:
        return None


@pytest.mark.parametrize("adapter", [line, prose], ids=["line", "prose"])
def test_no_text_has_characters_that_control_turn_or_hide(adapter: TypeAdapter[str]) -> None:
    for char in BIDI + UNSEEN + CONTROLS:
        assert taken(adapter, f"a{char}b") is None, ascii(char)


def test_a_line_is_one_line() -> None:
    assert [taken(line, f"a{each}b") for each in ("\n", "\r\n", "\t", "\u2028", "\u2029")] == [None] * 5


def test_prose_has_lines_whose_ends_are_of_one_kind() -> None:
    assert taken(prose, "a\r\nb\n\tc") == "a\nb\n\tc"


@pytest.mark.parametrize("adapter", [line, prose], ids=["line", "prose"])
@pytest.mark.parametrize(
    "text", ["👩\u200d💻", "می\u200cشود", "🏴\U000e0067\U000e007f", "ß", "שלום", "İ", "e=mc²", "-"]
)
def test_text_of_all_languages_is_kept(adapter: TypeAdapter[str], text: str) -> None:
    assert taken(adapter, text) == text


def test_text_is_composed() -> None:
    assert taken(line, "Cafe\u0301") == "Caf\u00e9"
    assert taken(line, "\u212b") == "\u00c5"


@given(st.text(max_size=30))
def test_what_was_taken_is_taken_again_as_it_is(text: str) -> None:
    for adapter in (line, prose):
        once = taken(adapter, text)

        assert once is None or taken(adapter, once) == once


def test_naughty_strings_are_refused_or_kept() -> None:
    for text in json.loads(corpus("strings/blns.json").read_text()):
        assert taken(prose, text) in (None, unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    ("given_as", "normal"),
    [
        ("https://example.org", "https://example.org/"),
        ("HTTP://EXAMPLE.org:80/a/../b", "http://example.org/b"),
        ("https://münchen.de/ü?ä#ö", "https://xn--mnchen-3ya.de/%C3%BC?%C3%A4#%C3%B6"),
        ("https://example.org:8443/a b", "https://example.org:8443/a%20b"),
        ("  https://example.org/\n", "https://example.org/"),
        ("https://example.org/\u202egpj.exe", "https://example.org/%E2%80%AEgpj.exe"),
    ],
)
def test_a_web_address_has_one_form(given_as: str, normal: str) -> None:
    assert taken(address, given_as) == normal


@pytest.mark.parametrize(
    "wrong",
    [
        *(
            "",
            " ",
            "example.org",
            "//example.org",
            "/a",
            "https://",
            "https:",
            "https:///",
            "http://%",
            1,
            None,
        ),
        *("javascript:alert(1)", "JAVASCRIPT:alert(1)", "java\nscript:alert(1)", "\x01javascript:alert(1)"),
        *(
            "data:text/html,<script>",
            "vbscript:x",
            "file:///etc/passwd",
            "ftp://example.org",
            "mailto:a@b.org",
        ),
        *(
            "javascript://example.org/%0aalert(1)",
            "view-source:https://example.org",
            "blob:https://example.org/1",
        ),
        *(
            "https://user@example.org",
            "https://:p@example.org",
            "https://example.org:p@evil.org",
            "https://a@b@c.org",
        ),
        *("https://localhost", "https://localhost.", "https://./", "https://intranet/x", "http://[::1]/"),
        *(
            "https://exa mple.org",
            "https://example.org:99999",
            "https://exam\u202eple.org",
            "https://<b>.org",
        ),
    ],
)
def test_what_is_no_web_address_is_refused(wrong: object) -> None:
    assert taken(address, wrong) is None


def test_a_web_address_has_a_cap_in_its_normal_form() -> None:
    start = "https://example.org/"

    assert taken(address, start + "x" * 2028) is not None
    assert taken(address, start + "x" * 2029) is None
    assert taken(address, start + "ü" * 338) is not None
    assert taken(address, start + "ü" * 339) is None


def web_addresses() -> list[dict[str, str]]:
    entries = json.loads(corpus("url/urltestdata.json").read_text())
    return [each for each in entries if isinstance(each, dict)]


def test_every_address_that_must_fail_does() -> None:
    failing = [each["input"] for each in web_addresses() if each.get("failure")]

    assert len(failing) > 100
    assert [each for each in failing if taken(address, each)] == []


def test_every_address_that_is_taken_is_a_full_one_in_its_normal_form() -> None:
    for each in web_addresses():
        normal = taken(address, each["input"])

        if normal is not None:
            assert normal.startswith(("https://", "http://"))
            assert "@" not in normal.split("/")[2]
            assert normal.isprintable()
            assert normal.isascii()
            assert taken(address, normal) == normal
            assert each["base"] or normal == each["href"]


def test_most_addresses_of_the_web_are_taken() -> None:
    web = [
        each
        for each in web_addresses()
        if each.get("protocol") in ("http:", "https:")
        and not (each["base"] or each["username"] + each["password"])
    ]
    full = [each["input"] for each in web if "." in each["hostname"].strip(".")]

    assert full
    assert {each for each in full if not taken(address, each)} <= {
        each for each in full if "xn--" in each.lower()
    }


@pytest.mark.parametrize("url", ["https://example.org/"])
def test_a_link_needs_no_title(url: str) -> None:
    assert Link(url=url).model_dump() == {"url": url, "title": ""}


@given(st.text(max_size=30))
@settings(max_examples=500)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_folding_any_one_character_twice_is_folding_it_once() -> None:
    for number in range(sys.maxunicode // 8):
        once = fold(char := chr(number))

        assert fold(once) == once, ascii(char)


@given(st.text(st.characters(max_codepoint=0x24F), max_size=20))
def test_folding_sees_no_case_and_no_composition(text: str) -> None:
    assert fold(text.upper().lower()) == fold(text.lower()) or "\u0131" in text
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)


@pytest.mark.parametrize(
    ("texts", "folded"),
    [
        (("Café", "CAFÉ", "cafe", " café ", "cafe\u0301"), "cafe"),
        (("New  York", "new\tyork", "new\u00a0york"), "new york"),
        (("Ångström", "ANGSTROM"), "angstrom"),
        (("Αθήνα", "ΑΘΗΝΑ"), "αθηνα"),
        (("ЙОГА", "йога"), "йога"),
        (("ガス",), "ガス"),
        (("ｶﾞｽ",), "ガス"),
        (("한국", "\u1112\u1161\u11ab국"), "한국"),
    ],
)
def test_folding_makes_one_of_what_people_take_for_the_same(texts: tuple[str, ...], folded: str) -> None:
    assert {fold(each) for each in texts} == {folded}


def test_other_letters_stay_other_letters() -> None:
    for one, other in (("й", "и"), ("が", "か"), ("ガ", "カ"), ("ї", "\u0456"), ("हिन्दी", "हिनदी")):
        assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("slug", "is_one"),
    [("a", True), ("yoga-teacher", True), ("a1-2", True), ("x" * 40, True)]
    + [(each, False) for each in ("", "-a", "a-", "a--b", "A", "ä", "a b", "a_b", "x" * 41, "a\n")],
)
def test_a_slug_is_lower_case_words_with_hyphens(slug: str, is_one: bool) -> None:
    assert (taken(TypeAdapter[str](Slug), slug) is not None) == is_one


def test_an_id_is_a_ulid() -> None:
    ids = TypeAdapter[str](Id)

    assert taken(ids, "01ARZ3NDEKTSV4RRFFQ69G5FAV")
    for wrong in (
        "01arz3ndektsv4rrffq69g5fav",
        "01ARZ3NDEKTSV4RRFFQ69G5FAV\n",
        "01ARZ3NDEKTSV4RRFFQ69G5FA#",
        "",
    ):
        assert taken(ids, wrong) is None


def test_a_page_is_one_of_20_unless_asked_otherwise() -> None:
    assert (Paged().limit, Paged().after) == (20, None)
    assert Page[int](items=[1]).model_dump() == {"items": [1], "next": None}
