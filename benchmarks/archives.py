"""The owner's imports, as items of the table: one to choose from, one under way, one whose file just came."""

from collections.abc import Iterator
from functools import cached_property

from benchmarks.outside import arrived
from core import arrivals, clock, keys
from core.elsewhere.found import Found
from core.table import Item
from imports import reading, rows, store, taking
from imports.importing import NewImport

_MOST, _MOST_ROWS = 40, 400  # more than a page of each
_STEP = 5  # rows of the one that is under way
_TEXT = "Responsible for the archive of forty years of local radio, and for those who look after it. " * 5


class Archives:
    def __init__(self, owner: str, size: int) -> None:
        self.owner, self._size, self.now = owner, size, clock.now()

    def items(self) -> Iterator[Item]:
        yield from self.imports
        yield from self.rows(self.preview, min(self._size, _MOST_ROWS))
        for row in self.rows(self.taking, _STEP):
            yield row
            yield from self._settled(row)

    @cached_property
    def imports(self) -> list[Item]:
        new = NewImport(kind="json_resume", file_name="resume.json", size=100_000)
        made = [store.item(new, self.owner, self.now) for _ in range(min(self._size, _MOST))]
        made[0] |= {"state": "preview", "total": min(self._size, _MOST_ROWS)}
        made[1] |= {"state": "taking", "take": "all", "total": _STEP}
        return made

    @property
    def preview(self) -> Item:
        return self.imports[0]

    @property
    def taking(self) -> Item:
        return self.imports[1]

    @property
    def waiting(self) -> str:
        return str(self.imports[2]["id"])

    def rows(self, of: Item, many: int) -> Iterator[Item]:
        for place in range(1, many + 1):
            fields = {"kind": "job", "title": f"Archivist, {place}", "start": "2021-03", "text": _TEXT}
            found = Found(section="work", place=place, title=f"Archivist, {place}", fields=fields)
            found.identity = f"benchmark:{place}"
            row = reading._row(place, found, None)
            yield keys.import_row(of["id"], row["id"])._asdict() | row | {keys.TTL: of[keys.TTL]}

    def _settled(self, row: Item) -> Iterator[Item]:
        """The timeline was quick: a highlight was made of it already."""
        wanted, identity = rows.wanted(row, self.taking), row["identity"]
        yield arrived(self.owner, identity, taking._holder(self.taking), wanted)
        made = {"outcome": "made", "seen": 1, "revision": 1, "highlight_id": clock.new_id(), "given": {}}
        yield keys.taken(self.owner, arrivals.digest(identity))._asdict() | made
