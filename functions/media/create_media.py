"""POST /v1/media"""

import os

from core import table
from core.errors import Conflict
from core.forms import upload_form
from core.http import endpoint
from core.idempotency import Once
from core.limits import Limit
from core.media import UPLOAD_MINUTES
from core.request import Body, Caller, Now
from media import store
from media.media import NewlyMade, NewMedia, UploadForm, media

_UPLOADS = Limit("media", times=30, seconds=30 * 60)


@endpoint(status=201)
def handler(new: Body[NewMedia], me: Caller, now: Now, once: Once) -> NewlyMade:
    new.check_size()
    once.answer_again()
    _UPLOADS.spend(me.id, now)
    item = store.item(new, me.id, now)
    form = upload_form(
        os.environ["UPLOADS_BUCKET"], item["id"], new.content_type, (1, new.size), now, UPLOAD_MINUTES
    )
    made = NewlyMade(**media(item).model_dump(), upload=UploadForm(**form._asdict()))
    try:
        once.write(*store.added(item), answer=made)
    except table.ConditionFailed:
        raise Conflict("Your media takes all the space that you have; delete some of it first.") from None
    return made
