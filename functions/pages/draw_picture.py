"""Effect of MemberChanged: the picture that links to a profile are shown with."""

from core.events import MemberChanged, subscriber
from pages import bucket, drawing, pictures, profiles, reading
from pages.bucket import Page

_TRIES = 4


@subscriber(MemberChanged)
def handler(event: MemberChanged) -> None:
    for _ in range(_TRIES):
        profile = reading.member(event.member_id)
        if profile is None:
            profiles.take_down(event.member_id)
            return
        profiles.claim(profile)
        path = pictures.path(profile)
        there = bucket.listed(f"@{profile['handle']}/picture-")
        if list(there) == [bucket.key(path)]:
            return
        bucket.sync(there, [Page(path, drawing.picture(profile), "image/png")], stale=list(there))
    raise profiles.Unsettled(event.member_id)
