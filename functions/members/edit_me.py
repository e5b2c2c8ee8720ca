"""PATCH /v1/me"""

from core.http import endpoint
from core.markdown import to_html
from core.media import steadily
from core.request import Body, Caller, IfMatch, Now
from members import portraits, store
from members.profile import Me, ProfileEdit, named_badges


@endpoint()
def handler(edit: Body[ProfileEdit], me: Caller, seen: IfMatch, now: Now) -> Me:
    old = store.get(me.id, consistent=True)
    seen.check(old.version)
    changes = {name: getattr(edit, name) for name in edit.model_fields_set}
    if "badges" in changes:
        changes["badges"] = named_badges(edit.badges, old.badges)
    if "bio" in changes:
        changes["bio_html"] = to_html(edit.bio)

    def changed() -> Me:
        new = old.changed(now, **changes | portraits.chosen(changes, me.id))
        store.replace(old, new, *portraits.writes(old, new, now))
        return new

    return steadily(changed)
