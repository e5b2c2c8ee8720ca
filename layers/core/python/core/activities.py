"""The catalogue of what a member can be asked for: profiles, contacts and opportunities all speak of it."""

from typing import Literal, cast, get_args

from core.errors import NotFound
from core.shapes import Shape

Activity = Literal[
    "advise-on-resumes", "angel-invest", "beta-test-products", "co-found", "collaborate-on-open-source",
    "freelance", "full-time-job", "give-interviews", "host-events", "join-a-board", "mentor", "part-time-job",
    "podcast-guest", "review-portfolios", "speak", "teach", "volunteer", "write",
]  # fmt: skip

_NAMES = {
    "advise-on-resumes": "Advise on résumés",
    "angel-invest": "Invest as an angel",
    "beta-test-products": "Beta test products",
    "co-found": "Co-found a company",
    "collaborate-on-open-source": "Collaborate on open source",
    "freelance": "Freelance work",
    "full-time-job": "A full-time job",
    "give-interviews": "Give interviews",
    "host-events": "Host events",
    "join-a-board": "Join a board",
    "mentor": "Mentor",
    "part-time-job": "A part-time job",
    "podcast-guest": "Be a podcast guest",
    "review-portfolios": "Review portfolios",
    "speak": "Speak at events",
    "teach": "Teach",
    "volunteer": "Volunteer",
    "write": "Write",
}


class CatalogueEntry(Shape):
    activity: Activity
    name: str


CATALOGUE = [CatalogueEntry(activity=each, name=_NAMES[each]) for each in get_args(Activity)]


def known(activity: str) -> Activity:
    if activity not in _NAMES:
        raise NotFound("There is no such activity; GET /v1/activities lists them all.")
    return cast(Activity, activity)
