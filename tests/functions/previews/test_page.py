import time
from pathlib import Path

import pytest

from previews.page import fit, picture, read
from previews.preview import Found
from tests.attacks import SHARED

URL = "https://example.com/a/b"


def title_of(body: bytes, content_type: str = "text/html") -> str:
    return read(body, content_type, URL).title


def head(html: str) -> Found:
    return read(html.encode(), "text/html; charset=utf-8", URL)


def test_open_graph_comes_first() -> None:
    found = head(
        "<title>t</title><meta name=description content=d><meta name='twitter:title' content=tt>"
        "<meta property='og:title' content=ot><meta property='og:description' content=od>"
    )

    assert (found.title, found.description) == ("ot", "od")


def test_html_s_own_is_taken_where_there_is_no_other() -> None:
    found = head("<TITLE>\n A  &amp; B\n</TITLE><META NAME='Description' CONTENT='d'>")

    assert found == Found("A & B", "d", "", None, None)


def test_the_first_of_each_counts() -> None:
    assert head("<meta property=og:title content=a><meta property=og:title content=b>").title == "a"
    assert head("<title>a</title><svg><title>b</title></svg>").title == "a"
    assert head("<meta property=og:title><title>a</title>").title == "a"


def test_titles_of_drawings_in_the_body_are_no_titles() -> None:
    assert head("<body><svg><title>Menu</title></svg>").title == ""


def test_text_is_plain_and_fits() -> None:
    long = head(f"<title>{'a b ' * 500}</title><meta name=description content='{'d' * 9000}'>")

    assert (len(long.title), len(long.description)) == (300, 600)
    assert long.title.endswith("…")
    assert head("<title>a\u202eb\x00c&#x200b;d\u200de\U000e0041</title>").title == "abcd\u200de"
    assert head("<title><b>a</b></title>").title in ("a", "<b>a</b>")  # as Python reads it
    assert fit(3, 10) == fit(None, 10) == fit(["a"], 10) == ""


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("/p.png", "https://example.com/p.png"),
        ("p.png", "https://example.com/a/p.png"),
        ("//cdn.example/p.png", "https://cdn.example/p.png"),
        (" http://e.org/p ", "http://e.org/p"),
        *[
            (each, None)
            for each in (
                *("", "data:image/png;base64,x", "javascript:alert(1)", "https://a:b@e.org/", "http://["),
                *("http://localhost/", "file:///etc/passwd", "https://e.org/" + "x" * 3000),
            )
        ],
    ],
)
def test_a_picture_has_an_address_of_the_web(said: str, address: str | None) -> None:
    assert picture(URL, said) == address
    assert head(f"<meta property='og:image' content='{said}'>").picture == address


def test_the_base_that_a_page_claims_is_ignored() -> None:
    found = head("<base href='http://169.254.169.254/'><meta property=og:image content=p.png>")

    assert found.picture == "https://example.com/a/p.png"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("<title>Größe</title>".encode(), "text/html"),
        ("<title>Größe</title>".encode("latin-1"), "text/html; charset=ISO-8859-1"),
        ("<title>Größe</title>".encode("latin-1"), 'text/html; charset="iso-8859-1"'),
        ("<meta charset=windows-1252><title>Größe</title>".encode("cp1252"), "text/html"),
        ("\ufeff<title>Größe</title>".encode(), "text/html; charset=latin-1"),
        ("\ufeff<title>Größe</title>".encode("utf-16-le"), "text/html"),
        ("<title>Größe</title>".encode(), "text/html; charset=punycode"),
        ("<title>Größe</title>".encode(), "text/html; charset=unicode_escape"),
        ("<title>Größe</title>".encode(), "text/html; charset=iso-8859-99"),
    ],
)
def test_it_is_read_in_the_encoding_that_it_is_written_in(body: bytes, content_type: str) -> None:
    assert title_of(body, content_type) == "Größe"


def test_bytes_that_are_no_text_do_no_harm() -> None:
    assert title_of(b"<title>a\xff\xfe\x00b</title>") == "a\ufffd\ufffdb"
    assert title_of(bytes(range(256)) * 100) == ""


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000,
        "<" * 500_000,
        "<meta " * 80_000,
        '<meta content="' * 30_000,
        "<title>" * 60_000,
        "<!-- " * 100_000,
        "<meta " + "charset " * 60_000,
        "&#" * 250_000,
        "<p " + " ".join(f"a{n}" for n in range(60_000)) + ">",
        f"<title>{'x' * 400_000}</title>",
        f"<meta property=og:title content='{'x' * 400_000}'>",
    ],
)
def test_no_page_takes_long(html: str) -> None:
    began = time.thread_time()

    found = head(html)

    assert time.thread_time() - began < 5
    assert len(found.title) <= 300


def test_real_pages_have_titles() -> None:
    pages = [path for path in SHARED.glob("html_discovery/*") if path.suffix in (".html", ".htm")]
    if not pages:
        pytest.skip("no pages")

    assert sum(bool(_title(path)) for path in pages) > len(pages) / 2


def _title(path: Path) -> str:
    return title_of(path.read_bytes())
