"""What is derived must be what plain code makes of the facts, and what a rebuild makes of them."""

from collections import Counter
from typing import Any

from core import keys, table
from core.keys import Key
from core.table import Item
from tags import suggest_tags
from tags.ranking import prefixes
from tests.cloud import call
from tests.faults.histories import BADGES, KINDS, TAGS
from tests.functions.conftest import Person
from tests.functions.timeline.acting import EFFECTS, counted, everything, follow_up

SEES = {"visitor": ("public",), "member": ("public", "members"), "owner": ("public", "members", "draft")}
FACETS = [{}, *({"tag": each} for each in TAGS), *({"badge": each} for each in BADGES)] + [
    {"kind": each} for each in KINDS
]


def reconcile(members: list[Person]) -> None:
    """All of it. Leaves the derived items as a rebuild makes them."""
    facts = [item for item in everything() if item["sk"] == "HIGHLIGHT"]
    check_years(facts, members)
    check_shared(facts, members)
    check_tags(facts)
    kept = derived()
    rebuild()
    assert kept == derived()


def check_years(facts: list[Item], members: list[Person]) -> None:
    for member in members:
        stranger = next(each for each in members if each != member)
        for audience, reader in (("visitor", None), ("member", stranger), ("owner", member)):
            for facet in FACETS:
                told = counted(member, reader, **facet)
                assert told.json == years(facts, member, audience, facet), (member.handle, audience, facet)


def years(facts: list[Item], member: Person, audience: str, facet: dict[str, str]) -> dict[str, Any]:
    [facet_name] = [f"{name}:{value}" for name, value in facet.items()] or ["all"]
    starts = [
        fact["start"]
        for fact in facts
        if facet_name in facets(fact, member) and fact["visibility"] in SEES[audience]
    ]
    by_year = Counter(start[:4] for start in starts)
    by_month = Counter(start[:7] for start in starts if len(start) > 4)
    return {
        "count": len(starts),
        "years": [
            {
                "year": int(year),
                "count": count,
                "months": [
                    {"month": int(month[5:]), "count": by_month[month]}
                    for month in sorted(by_month, reverse=True)
                    if month[:4] == year
                ],
            }
            for year, count in sorted(by_year.items(), reverse=True)
        ],
    }


def facets(fact: Item, member: Person) -> list[str]:
    """The lists of this member's timeline that it stands in."""
    common = ["all", f"kind:{fact['kind']}", *(f"tag:{tag}" for tag in fact["tags"])]
    if fact["member_id"] == member.id:
        return common + [f"badge:{badge}" for badge in fact["badges"]]
    states = {each.get("member_id"): each["state"] for each in fact["collaborators"]}
    return common if states.get(member.id) == "confirmed" and fact["visibility"] != "draft" else []


def check_shared(facts: list[Item], members: list[Person]) -> None:
    found = {(item["pk"], item["id"]): item for item in everything() if "shared" in item}
    wanted = {
        (f"TIMELINE#{member.id}#{facet}", fact["id"]): fact
        for member in members
        for fact in facts
        if fact["member_id"] != member.id
        for facet in facets(fact, member)
    }
    assert found.keys() == wanted.keys()
    for key, fact in wanted.items():
        item = found[key]
        year, month, day = [*fact["start"].split("-"), "00", "00"][:3]
        when = f"{year}-99-{month}-{day}" if fact["ongoing"] else f"{year}-{month}-{day}"
        indexes = {"public": {"gsi1pk", "gsi2pk"}, "members": {"gsi2pk"}}[fact["visibility"]]
        assert item["sk"] == f"{when}#{fact['id']}"
        assert {name for name in ("gsi1pk", "gsi2pk") if item.get(name) == item["pk"]} == indexes
        assert (item["kind"], item["tags"]) == (fact["kind"], fact["tags"])


def check_tags(facts: list[Item]) -> None:
    public = [fact for fact in facts if fact["visibility"] == "public"]
    uses = Counter(tag for fact in public for tag in fact["tags"])
    items = everything()
    assert {item["tag"]: item["uses"] for item in items if item["sk"] == "COUNT" and item["uses"]} == uses
    company = [item for item in items if item["pk"].startswith("TAG#") and item["sk"] != "COUNT"]
    assert {(item["pk"], item["sk"]): item["tags"] for item in company} == {
        (f"TAG#{tag}", fact["id"]): fact["tags"] for fact in public for tag in fact["tags"]
    }
    ranked = {(item["pk"], item["sk"]) for item in items if item["pk"].startswith("TAGS#")}
    assert ranked == {(f"TAGS#{prefix}", tag) for tag in uses for prefix in prefixes(tag)}
    told = call(suggest_tags.handler, public=True, query={"limit": 50}).json["items"]
    assert [(each["tag"], each["uses"]) for each in told] == _ranking(uses)


def _ranking(uses: Counter[str]) -> list[tuple[str, int]]:
    assert max(uses.values(), default=0) <= 8, "these are exact up to eight uses"
    return sorted(uses.items(), key=lambda each: (-each[1], each[0]))


def derived() -> dict[Key, Item]:
    """Without what a rebuild cannot know and nobody reads: how often a marker moved, and what is zero."""
    found = {}
    for item in everything():
        key = Key(item.pop("pk"), item.pop("sk"))
        if keys.is_derived(key._asdict() | item):
            item.pop("revision", None)
            values = {name: value for name, value in item.items() if value != 0}
            if values.keys() - {"tag", "rank"}:
                found[key] = values
    return found


def rebuild() -> None:
    items = everything()
    gone = [Key(item["pk"], item["sk"]) for item in items if keys.is_derived(item)]
    table.write_many([], gone)
    assert EFFECTS
    follow_up(*[item["id"] for item in items if item["sk"] == "HIGHLIGHT"])
