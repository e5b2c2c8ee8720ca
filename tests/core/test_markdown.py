import json
import re
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from core.html import clean
from core.markdown import to_html
from tests.attacks import corpus

ALLOWED = {
    *("p", "br", "hr", "em", "strong", "del", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a"),
    *("h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {"href", "title", "rel", "start", "class"}


class Finder(HTMLParser):
    """Finds what must not be there."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.links: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _ in attrs}
        if tag not in ALLOWED or names - ATTRIBUTES:
            self.faults.append(f"{tag} {attrs}")
        if tag == "a":
            self.links.append(dict(attrs))
            if not is_harmless(dict(attrs).get("href") or ""):
                self.faults.append(f"a {attrs}")

    def handle_comment(self, data: str) -> None:
        self.faults.append(data)

    def handle_decl(self, decl: str) -> None:
        self.faults.append(decl)

    handle_pi = unknown_decl = handle_comment


def is_harmless(address: str) -> bool:
    """As a browser reads it: without white space at its beginning, and without line ends and tabs at all."""
    read = re.sub("[\t\r\n]", "", address.lstrip("".join(map(chr, range(33)))))
    scheme = re.match("([a-z][a-z0-9+.-]*):", read, re.IGNORECASE)
    return scheme is None or scheme[1].lower() in ("http", "https", "mailto")


def faults(html: str) -> list[str]:
    finder = Finder()
    finder.feed(html)
    finder.close()
    return finder.faults


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("plain", "<p>plain</p>"),
        ("*so* **be** ~~it~~ `x<y`", "<p><em>so</em> <strong>be</strong> <s>it</s> <code>x&lt;y</code></p>"),
        ("a  \nb", "<p>a<br>\nb</p>"),
        ("> q", "<blockquote>\n<p>q</p>\n</blockquote>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. a", '<ol start="3">\n<li>a</li>\n</ol>'),
        ("---", "<hr>"),
        ("a & b < c", "<p>a &amp; b &lt; c</p>"),
        ("```python\nx\n```", '<pre><code class="language-python">x\n</code></pre>'),
    ],
)
def test_renders(text: str, html: str) -> None:
    assert to_html(text) == html


def test_renders_tables() -> None:
    html = to_html("|a|b|\n|-|:-:|\n|1|2|")

    assert "<th>a</th>" in html
    assert "<td>1</td>" in html
    assert not faults(html)


@pytest.mark.parametrize(("given", "level"), [(1, 3), (2, 4), (3, 5), (4, 6), (5, 6), (6, 6)])
def test_headings_stand_below_the_title(given: int, level: int) -> None:
    assert to_html("#" * given + " Why") == f"<h{level}>Why</h{level}>"


def test_links_vouch_for_nothing() -> None:
    html = to_html("[e](https://e.org 't') <https://e.org> [m](mailto:a@e.org)")

    assert html.count('rel="nofollow noopener noreferrer ugc"') == 3
    assert 'title="t"' in html


def test_pictures_become_links() -> None:
    html = to_html("![alt](https://e.org/a.png)")

    assert "<img" not in html
    assert 'href="https://e.org/a.png"' in html


def test_raw_html_is_shown_as_text() -> None:
    assert to_html("<b>bold</b>") == "<p>&lt;b&gt;bold&lt;/b&gt;</p>"
    assert to_html("<div>\nblock\n</div>").startswith("<p>&lt;div&gt;")


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](java&#x0A;script:alert(1))",
        "[x](\x01javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:msgbox)",
        "<javascript:alert(1)>",
        '[x](https://e.org "\\" onmouseover=alert(1) x=\\"")',
        "[x](https://e.org\"onclick=alert(1))",
        "![x](x\"onerror=alert(1))",
        "[x]: javascript:alert(1)\n\n[x]",
        "```\"><script>alert(1)</script>\nx\n```",
        "``` x\" onclick=\"alert(1)\nx\n```",
        "<svg><p><style><!--</style><img title=\"--><script>alert(1)</script>\">",
        "<!-- --><script>x</script>",
        "<a href='x' style='position:fixed'>x</a>",
        "|<script>|\n|-|\n|<iframe src=x>|",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "<" * 500,
        "[" * 500,
        "*" * 5000,
        "> " * 300 + "x",
        "`" * 999,
    ],
)  # fmt: skip
def test_lets_nothing_through(attack: str) -> None:
    html = to_html(attack)

    assert faults(html) == []
    assert clean(html) == html


@pytest.mark.parametrize("name", ["html/bleach*", "html/sanitize*", "html/nh3*", "html/payloadbox*"])
def test_lets_nothing_of_a_corpus_through(name: str) -> None:
    file = corpus(name)
    raw = file.read_text(errors="replace")
    attacks = json.loads(raw) if file.suffix == ".json" else raw.splitlines()

    bad = [attack for attack in attacks if faults(to_html(attack)) or faults(to_html(f"[x]({attack})"))]

    assert bad == []


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<p onclick=alert(1)>x</p>",
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)' target=_blank>x</a>",
        "<a href='data:text/html,x'>x</a>",
        "<a href=' jav\tascript:x'>x</a>",
        "<iframe src=x></iframe><form><input></form><style>*{}</style><!-- x -->",
        "<h1 id=x style='position:fixed'>x</h1>",
    ],
)
def test_a_fault_of_the_renderer_lets_nothing_through(html: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MarkdownIt, "render", lambda *_: html)

    assert faults(to_html("anything")) == []


def test_the_finder_finds() -> None:
    for html in ("<script>", "<p onclick=x>", "<a href=' java\nscript:x'>", "<!-- x -->", "<img>", "<h1>"):
        assert faults(html)
