"""POST /v1/imports"""

import os

from core.forms import upload_form
from core.http import endpoint
from core.idempotency import Once
from core.limits import Limit
from core.request import Body, Caller, Now
from imports import store
from imports.importing import CONTENT_TYPES, UPLOAD_MINUTES, UPLOADS, NewImport, NewlyMadeImport, newly_made

_IMPORTS = Limit("imports", times=20, seconds=60 * 60)


@endpoint(status=201)
def handler(new: Body[NewImport], me: Caller, now: Now, once: Once) -> NewlyMadeImport:
    new.check_size()
    once.answer_again()
    _IMPORTS.spend(me.id, now)
    item = store.item(new, me.id, now)
    bucket, key, kind = os.environ["UPLOADS_BUCKET"], UPLOADS + item["id"], CONTENT_TYPES[new.kind]
    form = upload_form(bucket, key, kind, (1, new.size), now, UPLOAD_MINUTES)
    made = newly_made(item, form, now)
    once.write(store.added(item), answer=made)
    return made
