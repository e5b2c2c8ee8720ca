from core import keys, table
from space_station import place_works
from tests.functions.conftest import Person
from tests.functions.space_station.acting import arrive, tell, works
from tests.functions.timeline.acting import edit


def sums(person: Person) -> dict[str, object]:
    item = table.get(keys.works(person.id)) or {}
    return {name: item[name] for name in ("kinds", "years", "tags", "names")}


def test_sums_up_what_everybody_may_see(bob: Person) -> None:
    ada = arrive("ada")
    works(ada, kind="code", start="2020", tags=["jazz", "rock"], confirmed_by=(bob,))
    works(ada, kind="job", title="Engineer at Acme", start="2019", ongoing=True, tags=["jazz"])
    works(ada, visibility="draft", tags=["secret"])

    assert sums(ada) == {
        "kinds": {"code": 1, "job": 1},
        "years": {"2020": 2},
        "tags": {"jazz": 2, "rock": 1},
        "names": {"engineer": 1, "at": 1, "acme": 1},
    }


def test_moves_with_each_change() -> None:
    ada = arrive("ada")
    made = works(ada, kind="code", start="2020", tags=["jazz"])

    edit(ada, made, kind="learning", title="Rock", start="2021", tags=["rock"])
    for _ in range(2):
        tell(place_works.handler, highlight_id=made)

    assert sums(ada) == {
        "kinds": {"learning": 1},
        "years": {"2021": 1},
        "tags": {"rock": 1},
        "names": {"rock": 1},
    }


def test_what_never_was_changes_nothing() -> None:
    tell(place_works.handler, highlight_id="01ARZ3NDEKTSV4RRFFQ69G5FAV")
