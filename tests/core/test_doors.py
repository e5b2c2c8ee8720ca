"""What comes from outside comes through one door of each kind."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("functions", "layers/core/python")

# Who may open connections, and to what.
NETWORK = {
    "core/aws.py": "AWS, by addresses of its own making",
    "core/outside.py": "names of the web, to judge where they lead",
    "core/wire.py": "addresses that were judged",
    "core/fetch.py": "the fetcher",
    "core/confined.py": "nothing: it starts a child that reads what strangers send, without credentials",
}
OPENING = re.compile(
    r"(socket|ssl|http\.client|urllib|urllib3|requests|httpx|aiohttp|niquests|pycurl|ftplib|smtplib|imaplib|poplib"
    r"|xmlrpc|asyncio|socketserver|websockets|subprocess|webbrowser)\b"
)
PARSING = re.compile(r"urllib(\.parse\b|$)")
CLEANER = {"core/html.py"}

# What tells a template or a browser that a text is HTML.
UNESCAPED = re.compile(
    r"\|\s*safe\b|\bMarkup\(|\bautoescape\s*(=\s*False|false)|dangerouslySetInnerHTML|\.(inner|outer)HTML\b"
    r"|insertAdjacentHTML|document\.write"
)
SHOWN_AS_IT_IS = {
    "functions/pages/templates/highlight.html": "what the API has cleaned; JSON that cannot end its element",
    "functions/pages/templates/opportunity.html": "what the API has cleaned",
    "functions/pages/templates/profile.html": "what the API has cleaned; JSON that cannot end its element",
    "infra/docs_page.py": "its Markdown is our own document's, made while building",
    "web/src/shell/prose.tsx": "shows what the API has cleaned, and writers their own text",
}


def sources() -> Iterator[tuple[str, Path]]:
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.relative_to(ROOT / folder).as_posix(), path


def imported(source: str) -> set[str]:
    names = set[str]()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{each.name}" for each in node.names}
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("__import__", "import_module"):
            names.add(ast.unparse(node.args[0]).strip("'\""))
    return names


def opens(source: str) -> set[str]:
    return {name for name in imported(source) if OPENING.match(name) and not PARSING.match(name)}


def test_nothing_but_the_fetcher_opens_the_web() -> None:
    found = {name: opens(path.read_text()) for name, path in sources()}

    assert {name: each for name, each in found.items() if each and name not in NETWORK} == {}
    assert all(found[name] for name in NETWORK), "who opens nothing need not be listed"


def test_the_fetcher_s_parts_are_used_by_it_alone() -> None:
    users = {name for name, path in sources() if imported(path.read_text()) & {"core.wire", "core.outside"}}

    judging_only = {"sources/addresses.py"}  # whether what a member gives can be an address at all
    assert users <= {"core/fetch.py", "core/wire.py"} | judging_only


def test_nothing_but_the_cleaner_makes_html_safe() -> None:
    assert {name for name, path in sources() if "nh3" in imported(path.read_text())} == CLEANER


@pytest.mark.parametrize("folder", ["functions", "layers/core", "infra", "web"])
def test_no_template_and_no_page_takes_text_for_html(folder: str) -> None:
    kinds = {".py", ".html", ".jinja", ".j2", ".ts", ".tsx", ".js", ".jsx"}
    files = [
        path
        for path in (ROOT / folder).rglob("*")
        if path.suffix in kinds and not {"node_modules", "dist", "build"} & set(path.parts)
    ]
    found = {path.relative_to(ROOT).as_posix() for path in files if UNESCAPED.search(path.read_text())}

    assert found == {name for name in SHOWN_AS_IT_IS if name.startswith(folder)}


@pytest.mark.parametrize(
    "source",
    [
        "import socket",
        "import urllib.request",
        "from http.client import HTTPSConnection",
        "from urllib3 import PoolManager",
        "def f():\n    import requests",
        "__import__('socket')",
    ],
)
def test_who_opens_a_connection_is_seen(source: str) -> None:
    assert opens(source)


def test_who_only_reads_addresses_opens_nothing() -> None:
    assert not opens("from urllib.parse import urlsplit\nfrom http import HTTPStatus\nimport boto3")


@pytest.mark.parametrize(
    "source",
    [
        "{{ text|safe }}",
        "{{ text | safe }}",
        "Markup(text)",
        "<p dangerouslySetInnerHTML={{}} />",
        "a.innerHTML = b",
    ],
)
def test_who_takes_text_for_html_is_seen(source: str) -> None:
    assert UNESCAPED.search(source)
