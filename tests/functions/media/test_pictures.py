"""Pictures as they will be served: drawn anew, upright, in sizes that fit, and telling nothing."""

import base64
import io

import pillow_heif
import pytest
from PIL import Image

from media.made import Made
from tests.functions.media.looking import TOLD, Look
from tests.functions.media.samples import TOLD_IN, exif, noise, picture, saved, tells

SORTS = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WEBP",
    "image/avif": "AVIF",
    "image/gif": "GIF",
    "image/heic": "HEIF",
}
SAID = {sort: said for said, sort in SORTS.items()}
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


@pytest.fixture
def _table() -> None:
    """None is needed here."""


def drawn(content: bytes) -> Image.Image:
    with Image.open(io.BytesIO(content)) as opened:
        opened.load()
        return opened


@pytest.mark.parametrize("said", SORTS)
def test_they_are_drawn_anew_and_tell_nothing(look: Look, said: str) -> None:
    original = picture(SORTS[said], (1200, 800))
    assert tells(original) == TOLD_IN[SORTS[said]]

    made, pieces = look.made(original, said)

    assert (made.width, made.height) == (1200, 800)
    assert [each.width for each in made.renditions] == [480, 960, 1200]
    for each in made.renditions:
        assert each.bytes == len(pieces[each.name])
        image = drawn(pieces[each.name])
        assert (image.format, image.size) == ("WEBP", (each.width, each.height))
        assert not {"exif", "xmp", "icc_profile"} & image.info.keys()
    small = base64.b64decode((made.placeholder or "").partition(",")[2])
    for served in (*pieces.values(), small):
        assert not TOLD.search(served)
        assert chunks(served) <= {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}, "nothing but what is drawn"


def chunks(webp: bytes) -> set[bytes]:
    found, at = set[bytes](), 12
    while at < len(webp):
        found.add(webp[at : at + 4])
        size = int.from_bytes(webp[at + 4 : at + 8], "little")
        at += 8 + size + size % 2
    return found


def test_they_have_a_placeholder_of_a_few_hundred_bytes(look: Look) -> None:
    made, _ = look.made(picture("JPEG"), "image/jpeg")

    assert made.placeholder
    assert made.placeholder.startswith("data:image/webp;base64,")
    assert len(made.placeholder) < 1000


def test_they_are_never_made_larger(look: Look) -> None:
    made, _ = look.made(picture("JPEG", (90, 60)), "image/jpeg")

    assert [(each.width, each.height) for each in made.renditions] == [(90, 60)]


@pytest.mark.parametrize(
    ("sort", "orientation"),
    [(sort, turn) for sort in ("JPEG", "HEIF") for turn in range(1, 9)]
    + [("PNG", 6), ("WEBP", 7), ("AVIF", 8), ("AVIF", 2)],
)
def test_they_stand_upright(look: Look, sort: str, orientation: int) -> None:
    """The upper left corner is red, as the photographer saw it."""
    upright = quartered()
    stored = upright.transpose(TURNS[orientation]) if orientation > 1 else upright

    made, pieces = look.made(saved(stored, sort, exif=exif(orientation), quality=95), SAID[sort])

    stands_upright(made, pieces)


def test_one_of_a_telephone_is_put_together_from_its_tiles(
    look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    """HEIC as telephones write it: a grid of pictures, a turn of the whole, and all that its camera told."""
    monkeypatch.setattr(pillow_heif.options, "GRID_TILE_SIZE", 128)
    photograph = saved(quartered().transpose(TURNS[6]), "HEIF", exif=exif(6), quality=90)
    assert b"grid" in photograph
    assert b"irot" in photograph

    made, pieces = look.made(photograph, "image/heic")

    stands_upright(made, pieces)
    assert not any(map(TOLD.search, pieces.values()))


def test_a_turn_that_is_only_told_and_not_drawn_is_passed_over(look: Look) -> None:
    """In HEIC the file itself says how it is turned; its EXIF may be older than an edit."""
    upright = saved(quartered(), "HEIF", exif=exif(1), quality=95)
    edited = upright.replace(exif(1)[6:], exif(6)[6:])
    assert edited != upright

    made, pieces = look.made(edited, "image/heic")

    stands_upright(made, pieces)


def quartered() -> Image.Image:
    upright = Image.new("RGB", (400, 240), "blue")
    upright.paste("red", (0, 0, 200, 120))
    return upright


def stands_upright(made: Made, pieces: dict[str, bytes]) -> None:
    assert (made.width, made.height) == (400, 240)
    image = drawn(pieces[made.renditions[-1].name])
    assert image.size == (400, 240)
    assert reddish(image, 100, 60)
    assert not reddish(image, 300, 180)


@pytest.mark.parametrize("orientation", [0, 9, 700])
def test_an_orientation_that_is_none_changes_nothing(look: Look, orientation: int) -> None:
    made, _ = look.made(picture("JPEG", exif=exif(orientation)), "image/jpeg")

    assert (made.width, made.height) == (640, 400)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_mode_is_drawn(look: Look, mode: str) -> None:
    grey = noise(300, 200, "L")
    image = grey.convert("I").convert("I;16") if mode == "I;16" else grey.convert(mode)
    if mode in ("LA", "RGBA"):
        image.putalpha(128)

    made, pieces = look.made(saved(image, "PNG"), "image/png")

    assert drawn(pieces[made.renditions[0].name]).has_transparency_data == (mode in ("LA", "RGBA"))


def test_a_picture_for_print_gets_the_colours_of_screens(look: Look) -> None:
    made, pieces = look.made(saved(Image.new("CMYK", (200, 100), (255, 0, 0, 0)), "JPEG"), "image/jpeg")

    assert drawn(pieces[made.renditions[0].name]).mode == "RGB"


def test_a_moving_picture_is_shown_by_its_first_frame(look: Look) -> None:
    frames = [Image.new("RGB", (60, 40), colour) for colour in ("red", "blue", "green")]
    moving = saved(frames[0], "GIF", save_all=True, append_images=frames[1:])

    made, pieces = look.made(moving, "image/gif")

    assert reddish(drawn(pieces[made.renditions[0].name]), 30, 20)


@pytest.mark.parametrize("said", ["image/jpeg", "image/png", "image/webp", "image/avif"])
def test_the_largest_stay_within_the_bounds_that_hold_for_all(look: Look, said: str) -> None:
    size = (8000, 5000) if said in ("image/jpeg", "image/png") else (6000, 4000)
    options = {"image/png": {"compress_level": 1}, "image/webp": {"method": 0}, "image/avif": {"speed": 10}}
    image = Image.new("RGB" if said == "image/jpeg" else "RGBA", size, "teal")

    made, _ = look.made(saved(image, SORTS[said], **options.get(said, {})), said)

    assert (made.width, made.height) == size


def reddish(image: Image.Image, x: int, y: int) -> bool:
    red, _, blue = image.convert("RGB").getpixel((x, y))  # type: ignore[misc]
    return bool(red > 200 > 60 > blue)
