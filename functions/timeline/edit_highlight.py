"""PATCH /v1/highlights/{highlight_id}"""

from core.http import endpoint
from core.request import Body, Caller, IfMatch, Now, Path
from timeline import people, store
from timeline.composing import HighlightEdit, edited
from timeline.highlight import Highlight


@endpoint()
def handler(highlight_id: Path, edit: Body[HighlightEdit], me: Caller, seen: IfMatch, now: Now) -> Highlight:
    old = store.own(highlight_id, me.id)
    seen.check(old.version)
    changes = {name: getattr(edit, name) for name in edit.model_fields_set}
    new = edited(old, people.checked(changes, old), now)
    store.replace(old, new)
    return new
