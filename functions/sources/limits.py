"""How often members may have us look elsewhere, and others may write to them."""

from core.limits import Limit

SOURCES = Limit("new-source", times=30, seconds=3600)
POLLS = Limit("poll-now", times=6, seconds=3600)  # of one source
POSTS = Limit("inbox-post", times=120, seconds=3600)
INBOXES = Limit("new-inbox", times=20, seconds=3600)
PUSHES = Limit("push", times=120, seconds=3600)  # of one source: a hub that does not stop
