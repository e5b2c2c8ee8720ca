import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.html import text_of
from core.markdown import to_html
from core.prose import escaped, markdown, plain


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<p>A <b> bold</b> <em>word</em> and <s>not</s></p>", "A **bold** *word* and ~~not~~"),
        ('<a href="https://a.example/x_(y)">here</a>', "[here](<https://a.example/x_(y)>)"),
        ('<a href="javascript:alert(1)">here</a>', "here"),
        ("<h1>Title</h1>text", "### Title\n\ntext"),
        ("<ul><li>one</li><li>two<ol><li>a</li></ol></li></ul>", "- one\n- two\n\n  1. a"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ("<pre><code>x\n```\ny</code></pre>", "````\nx\n```\ny\n````"),
        ("a<br>b", "a\\\nb"),
        ("<p>a `tick` and <code>b`c</code></p>", "a \\`tick\\` and ``b`c``"),
        (
            "<p># no heading</p><p>1. no list</p><p>- nor this</p>",
            "\\# no heading\n\n1\\. no list\n\n\\- nor this",
        ),
        ("snake_case and _this_", "snake_case and \\_this\\_"),
        ("<img src=https://a.example/pixel.gif><script>alert(1)</script>fine", "fine"),
        ("", ""),
    ],
)
def test_html_becomes_markdown(html: str, text: str) -> None:
    assert "\n".join(line.rstrip() for line in markdown(html).split("\n")) == text


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs"]), max_size=60))
def test_escaped_text_is_shown_as_it_is(text: str) -> None:
    assert text_of(to_html(escaped(text))) == " ".join(text.split())


def test_what_is_too_long_ends_after_a_paragraph() -> None:
    html = "<p>12345678</p>" * 10

    assert markdown(html, 35) == "12345678\n\n12345678\n\n12345678\n\n…"


def test_one_long_paragraph_ends_after_a_word() -> None:
    assert markdown("<p><b>word</b> word word word</p>", 12) == "word word…"


def test_a_line_is_cut_at_a_word() -> None:
    assert plain("  one\n two three ", 9) == "one two…"
    assert plain("x" * 30, 9) == "x" * 8 + "…"


@pytest.mark.parametrize(
    "html", ["<blockquote>" * 900 + "x" * 200_000, "<b>" * 100_000, "*_[" * 120_000, "<li>" * 90_000 + "x"]
)
def test_hostile_html_takes_no_time_and_no_room(html: str) -> None:
    began = time.process_time()

    assert len(markdown(html)) <= 10_000
    assert time.process_time() - began < 5
