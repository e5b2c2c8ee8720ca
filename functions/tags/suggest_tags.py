"""GET /v1/tags"""

from collections import Counter
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from core import keys, table
from core.http import endpoint
from core.request import Query
from core.shapes import Page, Shape, fold, folded_tag
from tags.ranking import LONGEST_PREFIX

_LOOKED_AT = 100
_MAX_CHOSEN = 30


def _chosen(text: str) -> str:
    tags = [str(folded_tag(each)) for each in text.split(",") if each.strip()]
    if len(tags) > _MAX_CHOSEN:
        raise ValueError(f"holds more than {_MAX_CHOSEN} tags")
    return ",".join(tags)


class SuggestTags(Shape):
    prefix: Annotated[str, StringConstraints(max_length=40), AfterValidator(fold)] = ""
    with_: Annotated[str, StringConstraints(max_length=2000), AfterValidator(_chosen)] = Field(
        "", alias="with", description="Tags already chosen, with commas between them."
    )
    limit: Annotated[int, Field(ge=1, le=50)] = 10


class Suggestion(Shape):
    """`uses`: highlights with this tag, roughly; with `with`, among the latest hundred with that."""

    tag: str
    uses: int


@endpoint()
def handler(asked: Query[SuggestTags]) -> Page[Suggestion]:
    chosen = asked.with_.split(",") if asked.with_ else []
    found = _company(chosen, asked.prefix) if chosen else []
    if len(found) < asked.limit:
        known = {*chosen, *(each.tag for each in found)}
        found += [each for each in _begin(asked.prefix, asked.limit + len(known)) if each.tag not in known]
    return Page(items=found[: asked.limit])


def _company(chosen: list[str], prefix: str) -> list[Suggestion]:
    """What stands beside the chosen ones on the latest highlights that have them all."""
    newest = keys.tag_use(chosen[0], "")
    uses, _ = table.query(newest.pk, ("0", "8"), limit=_LOOKED_AT, newest_first=True)
    sets = [set(use["tags"]) for use in uses if set(chosen) <= set(use["tags"])]
    beside = Counter(tag for tags in sets for tag in sorted(tags - set(chosen)) if tag.startswith(prefix))
    return [Suggestion(tag=tag, uses=count) for tag, count in beside.most_common()]


def _begin(prefix: str, most: int) -> list[Suggestion]:
    """A list for each beginning of up to six letters; longer ones are in that of their first six."""
    listed = keys.tag_rank(prefix[:LONGEST_PREFIX], "")
    items, _ = table.query(
        listed.pk, index="gsi1", limit=most if len(prefix) <= LONGEST_PREFIX else _LOOKED_AT
    )
    return [
        Suggestion(tag=item[keys.SK], uses=item["uses"]) for item in items if item[keys.SK].startswith(prefix)
    ]
