"""PATCH /v1/highlights/{highlight_id}"""

from core.http import endpoint
from core.media import steadily
from core.request import Body, Caller, IfMatch, Now, Path
from timeline import attachments, people, store
from timeline.composing import HighlightEdit, edited
from timeline.highlight import Highlight


@endpoint()
def handler(highlight_id: Path, edit: Body[HighlightEdit], me: Caller, seen: IfMatch, now: Now) -> Highlight:
    old = store.own(highlight_id, me.id)
    seen.check(old.version)
    changes = people.checked({name: getattr(edit, name) for name in edit.model_fields_set}, old)

    def changed() -> Highlight:
        media = attachments.attached(edit.media, me.id) if "media" in changes else {}
        new = edited(old, changes | media, now)
        store.replace(old, new, *attachments.writes(old.media, new.media, new.id, now))
        return new

    return steadily(changed)
