"""Tables in every shape that they come in."""

import pytest

from core.elsewhere import tidy, wording
from imports import spreadsheet
from imports.found import Refused

KNOWN = {"title", "name"}


def rows(content: str | bytes) -> list[dict[str, str]]:
    raw = content.encode() if isinstance(content, str) else content
    return [row for _, row in spreadsheet.rows(raw, KNOWN)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_any_encoding_separator_and_line_end(encoding: str, separator: str, end: str) -> None:
    lines = [separator.join(('"Title"', '"Url"')), separator.join(('"Café, grün"', '"x"')), ""]

    assert rows(end.join(lines).encode(encoding)) == [{"title": "Café, grün", "url": "x"}]


def test_what_an_old_windows_wrote_is_read() -> None:
    assert rows("Title\nCafé\n".encode("cp1252")) == [{"title": "Café"}]


def test_notes_above_the_header_are_passed_over() -> None:
    assert rows('Notes:\n"When importing, …\nmore"\n\nName,Url\na,b\n') == [{"name": "a", "url": "b"}]


def test_columns_go_by_name_in_any_order_and_the_first_of_two_counts() -> None:
    assert rows("Url,Title,Url\n1,a,2\n") == [{"url": "1", "title": "a"}]


def test_a_last_column_without_a_name_is_none() -> None:
    assert rows("Title,Notes,\na,b,\n") == [{"title": "a", "notes": "b", "": ""}]


def test_empty_rows_say_nothing_and_keep_the_numbers_of_the_others() -> None:
    assert spreadsheet.rows(b"Title\n\n,\nb\n", KNOWN) == [(3, {"title": "b"})]


def test_quotes_escaped_by_a_backslash_are_read_so_where_rows_fall_apart() -> None:
    assert rows('Title,Url\n"He said \\"yes, and no\\"",x\n') == [
        {"title": 'He said "yes, and no"', "url": "x"}
    ]


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n", "\0\0\0"])
def test_a_table_without_a_known_column_is_refused(content: str) -> None:
    with pytest.raises(Refused):
        rows(content)


def test_a_cell_of_great_length_is_refused() -> None:
    with pytest.raises(Refused):
        rows("Title\n" + "a" * 1_100_000)


def test_line_breaks_that_linkedin_damaged_are_mended() -> None:
    assert tidy.prose('One"\n""\n"Two &amp; three') == "One\n\nTwo & three"


def test_a_formula_is_a_text_like_any_other() -> None:
    assert (
        tidy.line("=HYPERLINK(\"http://x\")+cmd|' /C calc'!A0")
        == "=HYPERLINK(\"http://x\")+cmd|' /C calc'!A0"
    )


def test_marks_that_turn_or_hide_text_are_taken_out() -> None:
    assert tidy.line("a\u202eb\u200b\x00c\nd") == "abc d"


def test_a_long_title_is_cut_at_a_word() -> None:
    cut = tidy.line("word " * 100)

    assert len(cut) <= 200
    assert cut.endswith("word…")


def test_only_web_addresses_are_links_and_a_scheme_is_added() -> None:
    found = tidy.links("www.example.org/a", "example.org", "javascript:alert(1)", "", "https://example.org/")

    assert [each["url"] for each in found] == ["https://www.example.org/a", "https://example.org/"]


def test_plain_text_reads_the_same_as_markdown() -> None:
    assert wording.markdown("1. *not* _this_ <b>\n# nor that") == (
        "1\\. \\*not\\* \\_this\\_ \\<b>\\\n\\# nor that"
    )


def test_bullets_on_one_line_become_a_list() -> None:
    assert wording.markdown("I did: • this • and that") == "I did:\n\n- this\n- and that"
