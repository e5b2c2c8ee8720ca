"""The web client as it is built: its first view is light, and its colours can be read."""

import gzip
import itertools
import json
import re
from pathlib import Path
from typing import Any

import pytest

from infra.web import ASSETS, WEB, web_client
from tests.contrast import ENOUGH, Colour, contrast

pytestmark = pytest.mark.infra

FIRST_VIEW_BYTES = 60_000  # of JavaScript, gzipped
PAGES = (
    "timeline",
    "compose",
    "highlight",
    "space-station",
    "contact",
    "contacts",
    "conversation",
    "opportunity",
    "post-opportunity",
    "profile",
    "settings",
    "sources",
    "source",
    "import",
    "linkedin-return",
    "sign-in-return",
    "privacy",
    "tokens",
    "admissions",
    "welcome",
    "sign-in",
    "sign-up",
    "forgotten-password",
)
GROUNDS = ("ground", "raised", "inset", "wash")
INKS = ("ink", "ink-soft", "ink-accent", "ink-now", "ink-danger", "ink-good")
EDGES_ENOUGH = 3  # WCAG 2.2, 1.4.11

type Manifest = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def built() -> Path:
    return web_client()


@pytest.fixture(scope="module")
def manifest(built: Path) -> Manifest:
    parts: Manifest = json.loads((built / ".vite/manifest.json").read_text())
    return parts


def with_imports(manifest: Manifest, name: str) -> set[str]:
    part = manifest[name]
    return {part["file"]}.union(*(with_imports(manifest, each) for each in part.get("imports", [])))


@pytest.mark.parametrize("page", PAGES)
def test_each_page_is_light_at_first_view(built: Path, manifest: Manifest, page: str) -> None:
    [name] = [each for each in manifest if each.endswith(f"/pages/{page}/{page}.tsx")]
    files = with_imports(manifest, "index.html") | with_imports(manifest, name)

    assert manifest[name]["isDynamicEntry"], "it is loaded when somebody goes there"
    assert sum(len(gzip.compress((built / each).read_bytes())) for each in files) < FIRST_VIEW_BYTES


def test_it_is_built_anew_only_when_something_has_changed(built: Path) -> None:
    before = (built / "index.html").stat().st_mtime_ns

    assert web_client() == built
    assert (built / "index.html").stat().st_mtime_ns == before


def test_nothing_in_the_page_is_inline_which_its_policy_would_refuse(built: Path) -> None:
    page = (built / "index.html").read_text()

    assert not re.search(r"<style|style=|\son\w+=", page)
    assert all("src=" in script for script in re.findall(r"<script[^>]*>", page))


def test_what_is_kept_for_good_is_named_by_its_content(built: Path) -> None:
    names = [each.name for each in (built / ASSETS).iterdir()]

    assert len(names) > len(PAGES)
    assert all(re.search(r"-[\w-]{8}\.(js|css)$", each) for each in names)


def test_one_module_calls_the_api() -> None:
    sources = {each: each.read_text() for each in (WEB / "src").rglob("*.ts*")}
    callers = {each.name for each, text in sources.items() if re.search(r"\bfetch\(", text)}

    assert callers == {"client.ts", "worker.ts"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_colours_can_be_read(scheme: str) -> None:
    tokens = colours(scheme)
    pairs = [*itertools.product(INKS, GROUNDS), ("on-accent", "accent"), ("ground", "ink")]

    assert {p: c for p in pairs if (c := contrast(tokens[p[0]], tokens[p[1]])) < ENOUGH} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_edges_and_facets_can_be_seen(scheme: str) -> None:
    tokens = colours(scheme)
    marks = ["edge", "accent", *(name for name in tokens if name.startswith("facet-"))]
    pairs = itertools.product(marks, ("ground", "raised"))

    assert {p: c for p in pairs if (c := contrast(tokens[p[0]], tokens[p[1]])) < EDGES_ENOUGH} == {}


def colours(scheme: str) -> dict[str, Colour]:
    place = ["light", "dark"].index(scheme)
    text = (WEB / "src/styles/tokens.css").read_text()
    found = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", text)
    return {name: rgb((light, dark)[place]) for name, light, dark in found}


def rgb(code: str) -> Colour:
    red, green, blue = bytes.fromhex(code[1:])
    return red, green, blue
