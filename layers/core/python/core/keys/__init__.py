"""Every entity of the one table, its keys, and the questions that each key answers: a module for each part.

In the modules' tables `<…>` stands for a value. Keys are written `keys.member(…)` wherever they are used.
"""

from typing import Any

from core.keys.accounts import *
from core.keys.boards import *
from core.keys.contacting import *
from core.keys.domains import *
from core.keys.doors import *
from core.keys.imports import *
from core.keys.key import *
from core.keys.pages import *
from core.keys.people import *
from core.keys.sources import *
from core.keys.station import *
from core.keys.timelines import *
from core.keys.traffic import *
from core.keys.waitlist import *

# Facts whose changes are news, by their sort key: `publish` says HighlightChanged of a "highlight", and so
# on. Each has an `id` and a `version`.
FACTS = {
    "ARRIVAL": "arrival",
    "CLAIM": "claim",
    "CONTACT": "contact",
    "CONVERSATION": "conversation",
    "DEPARTURE": "departure",
    "FOLLOW": "follow",
    "HELD": "domain",
    "HIGHLIGHT": "highlight",
    "IMPORT": "import",
    "MAIL": "mail",
    "MEDIA": "media",
    "OPPORTUNITY": "opportunity",
    "PREVIEW": "preview",
    "PROFILE": "member",
    "PUSH": "push",
    "ROUND": "round",
    "SIGNUP": "sign_up",
    "SOURCE": "source",
}

_DERIVED = (
    *("YEARS#", "NAMING", "COUNTED", "SHARED#", "TAGGED", "UNRANKED", "FOLLOWS", "OPENED"),
    *("WORKED", "UNPLACED", "PAGED", "RENDERED"),
)


def is_derived(item: dict[str, Any]) -> bool:
    """Whether an item follows from facts: a rebuild drops these, and makes them anew."""
    by_pk = item[PK].startswith(("NAMED#", "TAG#", "TAGS#", "OPEN_TO#", "STATION#", "FOUND#", "FACET#"))
    by_sk = item[SK].startswith(_DERIVED)
    return by_pk or by_sk or "shared" in item
