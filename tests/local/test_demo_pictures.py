"""What the demo shows beside its words: pictures that are drawn, and pages that links lead to."""

import io
from urllib.parse import urljoin

import httpx
import pytest
from PIL import Image

from infra.local.demo import load, pictures
from infra.local.demo.dressing import PHOTOGRAPHS
from infra.local.demo.elsewhere import LINKED, PAGES, elsewhere
from previews.page import read
from tests.local.test_demo import ANA, BEN, EVERYBODY, Stub, admit, silent, stub

__all__ = ["stub"]  # the fixture

HIGHLIGHTS = {each["ref"]: each for person in (ANA, BEN) for each in person["highlights"]}


@pytest.mark.parametrize("size", [pictures.AVATAR, pictures.BANNER, pictures.PHOTOGRAPH])
def test_a_picture_is_the_same_for_the_same_name(size: tuple[int, int]) -> None:
    drawn = pictures.draw("a", size)

    assert drawn == pictures.draw("a", size) != pictures.draw("b", size)
    with Image.open(io.BytesIO(drawn)) as opened:
        assert (opened.format, opened.size) == ("JPEG", size)
        assert len(opened.getcolors(1_000_000) or []) > 50


def test_everybody_gets_a_face_and_two_a_banner(stub: Stub) -> None:
    load(stub.url, admit, silent)

    profiles = {
        who: body for who, method, path, body, _ in stub.calls if (method, path) == ("PATCH", "/v1/me")
    }
    assert all(each["avatar"] for each in profiles.values())
    assert len(profiles) == len(EVERYBODY)
    with_banner = [who for who, each in profiles.items() if each.get("banner")]
    assert sorted(with_banner) == ["ana@example.com", "ben@example.com"]


def test_photographs_come_by_the_forms_that_the_api_gives(stub: Stub) -> None:
    load(stub.url, admit, silent)

    for ref, count in PHOTOGRAPHS.items():
        [made] = [each for each in stub.highlights.values() if each["title"] == HIGHLIGHTS[ref]["title"]]
        assert len({each["id"] for each in made["media"]}) == count
        assert all(each["alt"] for each in made["media"])
    asked = {key for _, _, path, _, key in stub.calls if path == "/v1/media"}
    posted = [body for *_, path, body, _ in stub.calls if path == "/v1/bucket"]
    assert len(asked) == len(posted) == len(EVERYBODY) + 2 + sum(PHOTOGRAPHS.values())
    assert all(b"\xff\xd8\xff" in each and b'name="file"' in each for each in posted)


def test_some_links_lead_to_pages_of_this_machine(stub: Stub) -> None:
    load(stub.url, admit, silent, "http://127.0.0.1:9")

    links = {each["title"]: each["links"] for each in stub.highlights.values()}
    for ref, path in LINKED.items():
        assert links[HIGHLIGHTS[ref]["title"]][0]["url"] == f"http://127.0.0.1:9{path}"
    others = [each for ref, each in HIGHLIGHTS.items() if ref not in LINKED]
    assert all(links[each["title"]] == each["links"] for each in others)


def test_those_pages_say_what_a_preview_shows() -> None:
    with elsewhere(0) as address, httpx.Client(base_url=address, trust_env=False) as client:
        for path, page in PAGES.items():
            answer = client.get(path)
            found = read(answer.content, answer.headers["content-type"], urljoin(address, path))
            assert (found.title, found.description, found.site_name) == (
                page.title,
                page.description,
                page.site,
            )
            picture = client.get(found.picture or "")
            assert picture.headers["content-type"] == "image/jpeg"
            with Image.open(io.BytesIO(picture.content)) as opened:
                assert opened.size == (1200, 630)
        assert client.get("/other").status_code == 404
        assert client.get("/other.jpg").status_code == 404
