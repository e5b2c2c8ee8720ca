"""Nothing is left of the imports of who has left."""

from core import keys, table
from imports import erase_imports
from tests.functions.conftest import Person
from tests.functions.imports import archives
from tests.functions.imports.acting import Imports, stored, told
from tests.functions.imports.archives import POSITIONS


def test_erases_the_imports_of_who_has_left_alone(imports: Imports, alice: Person, bob: Person) -> None:
    for each in (alice, bob):
        imports.bring(each, archives.zipped(Positions_csv=POSITIONS))
    table.write(table.put(keys.departure(alice.id)._asdict() | {"id": alice.id, "version": 1}))

    assert told(erase_imports.handler, departure_id=alice.id, version=1) == []

    assert {item["member_id"] for item in stored("IMPORT#") if item["sk"] == "IMPORT"} == {bob.id}
    assert len(stored("IMPORT#")) == 3


def test_erases_nothing_of_who_is_there(imports: Imports, alice: Person) -> None:
    imports.bring(alice, archives.zipped(Positions_csv=POSITIONS))

    told(erase_imports.handler, departure_id=alice.id, version=1)

    assert len(stored("IMPORT#")) == 3
