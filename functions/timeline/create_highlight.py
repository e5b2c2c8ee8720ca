"""POST /v1/highlights"""

from core.http import endpoint
from core.idempotency import Once
from core.media import steadily
from core.request import Body, Caller, Now
from timeline import attachments, people, store
from timeline.composing import NewHighlight, made
from timeline.highlight import Highlight


@endpoint(status=201)
def handler(new: Body[NewHighlight], me: Caller, now: Now, once: Once) -> Highlight:
    author = people.author(me.id)
    author.check(new.badges)
    people.check_parent(new.under, me.id)
    collaborators = people.named(new.collaborators, author, known=[])

    def created() -> Highlight:
        media = attachments.attached(new.media, me.id)
        highlight = made(new, collaborators, media, member_id=me.id, handle=author.handle, now=now)
        referring = attachments.writes([], highlight.media, highlight.id, now)
        once.write(*store.added(highlight), *referring, answer=highlight)
        return highlight

    return steadily(created)
