"""The form for an archive."""

import pytest

from core import table
from core.keys import import_job
from imports.importing import UPLOADS
from infra.context import ARCHIVES
from tests.functions.conftest import Person
from tests.functions.imports.acting import Imports


def test_gives_a_form_for_just_this_file(imports: Imports, alice: Person) -> None:
    made = imports.create(alice, size=1_000)

    assert made.status == 201
    assert (made.json["state"], made.json["kind"], made.json["progress"]) == (
        "waiting",
        "linkedin",
        {"done": 0, "of": 0},
    )
    assert made.json["upload"]["fields"]["key"] == f"imports/{made.json['id']}"
    assert made.json["upload"]["fields"]["Content-Type"] == "application/zip"


def test_uploads_stand_where_the_infrastructure_looks_for_them() -> None:
    assert UPLOADS == ARCHIVES


@pytest.mark.parametrize(("kind", "size"), [("linkedin", 100_000_001), ("json_resume", 2_000_001)])
def test_refuses_a_file_that_is_too_large(imports: Imports, alice: Person, kind: str, size: int) -> None:
    refused = imports.create(alice, kind, size=size)

    assert (refused.status, refused.pointers) == (422, ["/size"])


@pytest.mark.parametrize("fault", [{"kind": "xing"}, {"size": 0}, {"file_name": ""}, {"more": 1}])
def test_refuses_what_it_cannot_take(imports: Imports, alice: Person, fault: dict[str, object]) -> None:
    assert imports.create(alice, **{"kind": "medium"} | fault).status == 422  # type: ignore[arg-type]


def test_a_repeat_is_answered_as_the_first(imports: Imports, alice: Person) -> None:
    first, second = (imports.create(alice, key="once") for _ in range(2))

    assert first.json == second.json


def test_twenty_an_hour_are_enough(imports: Imports, alice: Person) -> None:
    answers = [imports.create(alice).status for _ in range(21)]

    assert answers == [201] * 20 + [429]


def test_it_is_forgotten_after_some_months(imports: Imports, alice: Person) -> None:
    item = table.get(import_job(imports.create(alice).json["id"]))

    assert item
    assert 89 < (item["ttl"] - item["version"] - _now()) / 86_400 < 91


def _now() -> float:
    from core import clock

    return clock.now().timestamp()
