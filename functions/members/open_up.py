"""PUT /v1/me/open-to/{activity}"""

from core import activities
from core.http import endpoint
from core.request import Body, Caller, Now, Path
from core.shapes import Shape
from members import store
from members.profile import Me, Note


class OpenTo(Shape):
    note: Note = ""


@endpoint()
def handler(activity: Path, openness: Body[OpenTo], me: Caller, now: Now) -> Me:
    known = activities.known(activity)
    return store.change(me.id, lambda old: old.opened(known, openness.note, now))
