from io import BytesIO

import boto3
import pytest
from PIL import Image

from core import keys, table
from pages import draw_picture, drawing, pictures
from tests.functions.conftest import Person
from tests.functions.pages.acting import change, site, tell
from tests.functions.pages.conftest import SITE

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk " * 3


def draw(person: Person) -> None:
    tell(draw_picture.handler, member_id=person.id)


def drawn() -> list[str]:
    return [path for path in site() if "/picture-" in path]


def test_draws_what_the_page_names(alice: Person) -> None:
    change(alice, headline="Of many", badges=[{"name": "Barista"}])
    draw(alice)

    [path] = drawn()
    assert f'content="https://polyfolio.example/{path}"' in site()["@alice/"]
    stored = boto3.client("s3").get_object(Bucket=SITE, Key=f"pages/{path}")
    assert stored["ContentType"] == "image/png"
    with Image.open(BytesIO(stored["Body"].read())) as image:
        assert image.size == (pictures.WIDTH, pictures.HEIGHT)


def test_a_new_one_takes_the_place_of_the_old(alice: Person) -> None:
    draw(alice)
    [old] = drawn()
    change(alice, name="Alicia")
    draw(alice)
    draw(alice)

    [new] = drawn()
    assert new != old


def test_of_who_hides_there_is_none(alice: Person) -> None:
    draw(alice)
    profile = table.get(keys.member(alice.id)) or {}
    table.write(table.put(profile | {"visibility": "hidden"}))
    draw(alice)

    assert drawn() == []


@pytest.mark.parametrize("name", ["Ana", LONG, "W" * 80, "山田太郎", "Ярослав"])
def test_any_name_fits(name: str) -> None:
    badges = [{"id": "b", "name": name[:40]}] * 10
    made = drawing.picture({"name": name, "handle": "ana", "headline": LONG, "badges": badges})

    assert len(made) < 100_000
