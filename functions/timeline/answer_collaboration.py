"""PUT /v1/highlights/{highlight_id}/collaboration"""

from typing import Literal

from core.errors import NotFound
from core.http import endpoint
from core.request import Body, Caller, Now, Path
from core.shapes import Shape
from timeline import store
from timeline.highlight import Collaborator, Highlight, Role


class CollaborationAnswer(Shape):
    state: Literal["accepted", "declined"]
    role: Role | None = None


@endpoint()
def handler(highlight_id: Path, answer: Body[CollaborationAnswer], me: Caller, now: Now) -> Collaborator:
    def answered(highlight: Highlight) -> Highlight:
        if highlight.visibility == "draft":
            raise NotFound("There is no such highlight.")
        mine = highlight.collaborator(me.id)
        others = highlight.collaborators
        new = mine.answered(answer.state, answer.role)
        return highlight.changed(now, collaborators=[new if each == mine else each for each in others])

    return store.change(highlight_id, answered).collaborator(me.id)
