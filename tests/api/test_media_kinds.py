"""Every kind of media, from the form that a browser posts to a highlight that visitors see."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest

from infra.local.deploy import client
from tests.api.conftest import Client, Deployed
from tests.api.test_first_steps import soon
from tests.api.uploading import files, in_bucket, post, upload
from tests.functions.media.samples import pdf, picture, recording, tells

_KINDS = {
    "image/jpeg": "image",
    "image/png": "image",
    "image/webp": "image",
    "image/gif": "image",
    "image/avif": "image",
    "image/heic": "image",
    "video/mp4": "video",
    "video/webm": "video",
    "audio/mpeg": "audio",
    "application/pdf": "document",
}


class Everything(NamedTuple):
    """A highlight that shows one of each kind, and the forms by which these came."""

    owner: Client
    address: str  # of the highlight
    forms: dict[str, dict[str, Any]]  # by content type
    media: dict[str, dict[str, Any]]  # as visitors see it on the highlight


def sample(content_type: str, folder: Path) -> bytes:
    match content_type:
        case "application/pdf":
            return pdf()
        case "video/mp4":
            return recording(folder, "film.mp4", pictures="libx264", sound="aac")
        case "video/webm":
            return recording(folder, "film.webm", pictures="libvpx", sound="libopus")
        case "audio/mpeg":
            return recording(folder, "tone.mp3", pictures=None, sound="libmp3lame")
        case "image/heic":
            return picture("HEIF")
        case _:
            return picture(content_type.removeprefix("image/").upper())


@pytest.fixture(scope="module")
def everything(
    join: Callable[[str], Client], visitor: httpx.Client, tmp_path_factory: pytest.TempPathFactory
) -> Everything:
    """Referred to as soon as it is posted, as a form does that need not be waited with."""
    uma, folder = join("uma"), tmp_path_factory.mktemp("samples")
    made = {each: upload(uma, sample(each, folder), each) for each in _KINDS}
    shown = [{"id": each["id"], "alt": content_type} for content_type, each in made.items()]
    address = f"/v1/public/highlights/{uma.create(media=shown)['id']}"

    def seen() -> list[dict[str, Any]]:
        return list(visitor.get(address).raise_for_status().json()["media"])

    done = soon(seen, lambda media: all(each["state"] == "ready" for each in media), within=240)
    media = {each["alt"]: each for each in done}
    return Everything(uma, address, {each: made[each]["upload"] for each in _KINDS}, media)


@pytest.mark.parametrize("content_type", _KINDS)
def test_a_highlight_shows_every_kind(
    everything: Everything, visitor: httpx.Client, content_type: str
) -> None:
    media = everything.media[content_type]

    assert media["kind"] == _KINDS[content_type]
    assert size_of(media) == SIZES[media["kind"]]
    assert (media["milliseconds"] is not None) == (media["kind"] in ("video", "audio"))
    assert media["milliseconds"] is None or 1900 <= media["milliseconds"] <= 2200
    assert media["pages"] == (3 if media["kind"] == "document" else None)
    assert bool(media["placeholder"]) == bool(media["renditions"]) == (media["kind"] != "audio")
    assert bool(media["file"]) == (media["kind"] != "image")
    for address in files(media):
        answer = visitor.get(address)
        assert answer.status_code == 200
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-security-policy"].startswith("default-src 'none'; sandbox")
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert not tells(answer.content)


# What `samples` makes; a page of a document is drawn as large as it is ever shown.
SIZES = {"image": (640, 400), "video": (320, 240), "audio": (None, None), "document": (1808, 2560)}


def size_of(media: dict[str, Any]) -> tuple[int | None, int | None]:
    return media["width"], media["height"]


@pytest.mark.parametrize("content_type", ["video/mp4", "video/webm", "audio/mpeg"])
def test_players_get_the_part_that_they_ask_for(
    everything: Everything, visitor: httpx.Client, content_type: str
) -> None:
    file = everything.media[content_type]["file"]

    whole = visitor.get(file["url"])
    part = visitor.get(file["url"], headers={"range": "bytes=100-199"})

    assert whole.headers["content-type"] == file["content_type"] == content_type
    assert part.status_code == 206
    assert part.headers["content-range"] == f"bytes 100-199/{file['bytes']}"
    assert part.content == whole.content[100:200]


def test_a_form_posted_again_changes_nothing_of_any_kind(
    deployed: Deployed, everything: Everything, visitor: httpx.Client
) -> None:
    """For each of them the form takes another file: of another kind, or the next of the same."""
    s3, buckets, media = client(deployed.cloud, "s3"), deployed.outputs, everything.media
    before = {each: visitor.get(each).content for one in media.values() for each in files(one)}
    ids = {each["id"] for each in media.values()}

    for form in everything.forms.values():
        assert post(form, picture("PNG", (64, 64))).status_code == 204

    def in_quarantine() -> set[str]:
        return ids & set(in_bucket(s3, buckets["UploadsBucketName"], ""))

    soon(in_quarantine, lambda found: not found, within=120)
    assert {each: visitor.get(each).content for each in before} == before
    shown = visitor.get(everything.address).json()["media"]
    assert {each["alt"]: each for each in shown} == media
    served = [name for each in ids for name in in_bucket(s3, buckets["MediaBucketName"], f"media/{each}/")]
    assert sorted(served) == sorted(each.removeprefix("/") for each in before)
