"""GET /v1/me/view-as"""

from typing import Annotated

from pydantic import StringConstraints, ValidationInfo, field_validator

from core import handles, openness
from core.errors import NotFound
from core.http import endpoint
from core.openness import Looker
from core.request import Caller, Now, Query
from core.shapes import Shape
from members import store
from members.profile import Me, Member
from members.shielding import Domain


class ViewAs(Shape):
    """As a member (by handle), as any member whose mail address is of a domain, or, with neither, as a
    visitor without an account."""

    member: Annotated[str, StringConstraints(min_length=1, max_length=40)] | None = None
    domain: Domain | None = None

    @field_validator("domain")
    @classmethod
    def _one(cls, domain: str | None, others: ValidationInfo) -> str | None:
        if domain and others.data.get("member"):
            raise ValueError("cannot go with `member`")
        return domain


@endpoint()
def handler(asked: Query[ViewAs], me: Caller, now: Now) -> Member:
    own = store.get(me.id, consistent=True)
    return own.as_seen(openness.seen_by(own.model_dump(), _looker(asked, me, own), now))


def _looker(asked: ViewAs, me: Caller, own: Me) -> Looker:
    """Raises NotFound where the profile itself is not there for them."""
    if asked.member:
        return openness.looker(Caller(handles.find(asked.member, me).member_id))
    if asked.domain:
        return Looker("", frozenset(map(openness.digest, openness.endings(asked.domain))))
    if own.visibility != "public":
        raise NotFound("Visitors do not see your profile: it is for members only.")
    return openness.looker(None)
