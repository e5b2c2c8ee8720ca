"""Random histories: three members who write, edit, share and delete highlights, over the API."""

import random
from typing import Any

from tests.cloud import Answer
from tests.functions.conftest import Person, join
from tests.functions.timeline.acting import answer, create, delete, edit, edit_many, set_profile

KINDS = ("job", "code", "event", "personal")
TAGS = ("python", "pandas", "kafka", "c#", "data pipelines", "data science", "yoga")
BADGES = ("engineer", "barista", "teacher")


class History:
    """`changes`: the highlights that were changed, one by one as it happened."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        self.members = [join(name) for name in ("ada", "ben", "cleo")]
        self.changes: list[str] = []
        self._owners: dict[str, Person] = {}
        for each in self.members:
            set_profile(each, badges=[{"id": badge, "name": badge} for badge in BADGES])

    def go_on(self, steps: int) -> None:
        for _ in range(steps):
            ways = (self._create, self._edit, self._edit, self._answer, self._answer, self._edit_many)
            way = self._dice.choice((*ways, self._delete))
            way() if len(self._owners) > 2 else self._create()

    def _create(self) -> None:
        owner = self._dice.choice(self.members)
        made = create(owner, **self._values(owner))
        self._owners[made.json["id"]] = owner
        self._changed(made, made.json["id"])

    def _edit(self) -> None:
        one, owner = self._one()
        values = self._values(owner)
        some = self._dice.sample(list(values), self._dice.randint(1, len(values)))
        self._changed(edit(owner, one, **{name: values[name] for name in some}), one)

    def _edit_many(self) -> None:
        ids = self._dice.sample(list(self._owners), 2)
        tags, others = self._some(TAGS, 3), self._some(TAGS, 3)
        for owner in {self._owners[each] for each in ids}:
            done = edit_many(owner, *ids, add_tags=tags, remove_tags=others)
            self.changes += [item["id"] for item in done.json["items"] if item["status"] == 200]

    def _answer(self) -> None:
        one, _ = self._one()
        for each in self.members:
            if self._dice.random() < 0.6:
                self._changed(answer(each, one, self._dice.choice(("accepted", "accepted", "declined"))), one)

    def _delete(self) -> None:
        one, owner = self._one()
        self._changed(delete(owner, one), one)
        del self._owners[one]

    def _changed(self, done: Answer, highlight_id: str) -> None:
        assert done.status in (200, 201, 204, 404), done
        if done.status != 404:
            self.changes.append(highlight_id)

    def _one(self) -> tuple[str, Person]:
        return self._dice.choice(list(self._owners.items()))

    def _some(self, values: tuple[str, ...], most: int) -> list[str]:
        return self._dice.sample(values, self._dice.randint(0, most))

    def _values(self, owner: Person) -> dict[str, Any]:
        dice = self._dice
        others = [each for each in self.members if each != owner]
        return {
            "start": f"{dice.randint(2018, 2020)}-{dice.randint(1, 3):02}-05"[: dice.choice((4, 7, 10))],
            "ongoing": dice.random() < 0.2,
            "kind": dice.choice(KINDS),
            "tags": self._some(TAGS, 4),
            "badges": self._some(BADGES, 2),
            "pinned": dice.random() < 0.2,
            "visibility": dice.choice(("public", "public", "members", "draft")),
            "collaborators": [{"handle": each.handle} for each in others if dice.random() < 0.7],
        }
