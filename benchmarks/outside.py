"""What comes to the owner from outside, and her own domain, as items of the table."""

import base64
import zlib
from collections.abc import Iterator
from datetime import timedelta
from functools import cached_property

from benchmarks.entrance import OWN_ADDRESS
from benchmarks.environment import NOWHERE
from benchmarks.written import put
from core import arrivals, clock, keys, mail, tokens
from core.table import Item
from domains.claim import Claim
from domains.store import Held
from domains.store import _item as claim_item
from sources import inboxes, store, taking
from sources.entries import Entry

TOPIC = f"{NOWHERE}/feed.xml"
STATE = "d" * 64  # of a way to LinkedIn
MESSAGE = "message-of-ses"  # that was sent, and came back
PUSH = "0" * 32
DOMAIN = "noor.example.org"
FEED = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>The archive</title><id>{TOPIC}</id>
<entry><id>{TOPIC}#1</id><title>New tapes</title><updated>2026-11-20T10:00:00Z</updated></entry></feed>"""

_MOST_SOURCES, _MOST_INBOXES, _MOST_ENTRIES = 50, 20, 200  # all that one may have; all that are shown
_SECRET = "s" * 32
_STORY = "We rebuilt the archive of forty years of local radio, tape by tape. " * 10
_MAIL = "password-changed"


class Outside:
    """The first source is a preview, the second one due. Nobody has looked at the domain of `colleague`."""

    def __init__(self, owner: str, colleague: str, handle: str, size: int) -> None:
        self.owner, self.colleague, self._handle, self._size = owner, colleague, handle, size
        self.now = clock.now()

    def items(self) -> Iterator[Item]:
        for each in self.sources:
            yield from each
        yield from self.entries
        yield keys.choice(self.preview, 2)._asdict() | {"take": [self.entries[0]["id"]]}
        yield from (self._inbox(each) for each in self.inboxes)
        yield keys.consent(STATE)._asdict() | {"member_id": self.owner, keys.TTL: self._until}
        yield from (self._push(), self.arrival, *self._domains(), *self._mails())

    @property
    def _until(self) -> int:
        return int((self.now + timedelta(hours=1)).timestamp())

    @cached_property
    def sources(self) -> list[tuple[Item, Item, Item]]:
        """Each with its poll and its hub."""
        return [self._source(number) for number in range(min(self._size, _MOST_SOURCES))]

    @property
    def preview(self) -> str:
        return str(self.sources[0][0]["id"])

    @property
    def due(self) -> str:
        return str(self.sources[1][0]["id"])

    def _source(self, number: int) -> tuple[Item, Item, Item]:
        new: Item = {"kind": "feed", "address": TOPIC, "publish": "draft", "author": ""}
        new |= {"badges": ["analyst"], "tags": ["radio"]}
        fact, poll = put(*store.added(new, TOPIC, self.owner, self.now)[1])
        stamp, later = (clock.timestamp(self.now + timedelta(hours=hours)) for hours in (-1, 1))
        poll |= {
            "title": "The archive",
            "etag": '"1"',
            "hash": "0" * 32,
            "polled_at": stamp,
            "whole_at": stamp,
        }
        if number:
            fact["state"] = "active"
        if number != 1:
            poll |= {"next_at": later} | keys.poll_due(later, fact["id"])
        hub = {
            "asked": "subscribe",
            "hub": f"{NOWHERE}/hub",
            "topic": TOPIC,
            "renew_at": later,
            "until": later,
        }
        return fact, poll, keys.hub(fact["id"])._asdict() | hub

    @cached_property
    def entries(self) -> list[Item]:
        """What was found for the preview, newest last."""
        fact, _, _ = self.sources[0]
        return [self._entry(fact, number) for number in range(min(self._size, _MOST_ENTRIES))]

    def _entry(self, fact: Item, number: int) -> Item:
        key, start = f"{TOPIC}#{number}", f"2025-{number % 12 + 1:02}-{number % 28 + 1:02}"
        found = Entry(key=key, url=f"{NOWHERE}/{number}", title="New tapes", text=_STORY, start=start)
        digest = arrivals.digest(taking.identity(found, fact))
        [item] = put(*taking._added(fact, taking._item(fact, digest, found, TOPIC, self.now, None)))
        return item

    @cached_property
    def inboxes(self) -> list[str]:
        return [clock.new_id() for _ in range(min(self._size, _MOST_INBOXES))]

    @property
    def inbox_address(self) -> str:
        return self.inboxes[0] + _SECRET

    def _inbox(self, inbox_id: str) -> Item:
        """As `inboxes.make` writes it."""
        about = {"id": inbox_id, "member_id": self.owner, "name": "A tool of mine"}
        about |= {"created_at": clock.timestamp(self.now), "digest": inboxes._digest(_SECRET)}
        return keys.inbox(inbox_id)._asdict() | about | keys.inboxes_of(self.owner, inbox_id)

    def _push(self) -> Item:
        packed = base64.b85encode(zlib.compress(FEED.encode())).decode()
        about = {"id": PUSH, "version": 1, "source_id": self.due, "content_type": "application/atom+xml"}
        return keys.push(PUSH)._asdict() | about | {"body": packed, keys.TTL: self._until}

    @cached_property
    def arrival(self) -> Item:
        """No highlight was made of it yet, and its picture is not here."""
        wanted: Item = {"kind": "work", "title": "New tapes", "start": "2026-11-20", "visibility": "draft"}
        wanted["picture"] = {"url": f"{NOWHERE}/tapes.jpg", "alt": ""}
        return arrived(self.owner, f"inbox:{self.inboxes[0]}#1", f"inbox_{self.inboxes[0]}", wanted)

    def _domains(self) -> Iterator[Item]:
        """The owner's is live, and to be looked at again."""
        stamp = clock.timestamp(self.now)
        about = {"registered": "example.org", "token": "0" * 32, "claimed_at": stamp, "due_at": stamp}
        seen = {"state": "live", "proof": "found", "target": "found", "answered": 1, "proved_at": stamp}
        yield claim_item(Claim(id=self.owner, name=DOMAIN, shown=DOMAIN, **about, **seen))
        yield claim_item(Claim(id=self.colleague, name="www.example.org", shown="www.example.org", **about))
        yield Held(DOMAIN, 1, self.owner, self._handle, visible=True, ready=True).item
        yield keys.own_address(self.owner)._asdict() | {"id": self.owner, "domain": DOMAIN}

    def _mails(self) -> Iterator[Item]:
        """One that waits to be sent, and what is noted of one that was."""
        yield from put(mail.wanted(_MAIL, OWN_ADDRESS, "benchmark", self.now, at="today"))
        sent = {"to_digest": tokens.digest("somebody@example.org"), keys.TTL: self._until}
        yield keys.sent(MESSAGE)._asdict() | sent

    @property
    def mail_id(self) -> str:
        return mail.id_of(_MAIL, OWN_ADDRESS, "benchmark")


def arrived(member_id: str, identity: str, holder: str, wanted: Item) -> Item:
    """As `arrivals.arrived` writes it."""
    digest = arrivals.digest(identity)
    about = {"id": f"{member_id}#{digest}", "member_id": member_id, "identity": identity, "version": 1}
    held = {"wanted": wanted, arrivals.HELD_BY + holder: True} | keys.arrivals_of(member_id, digest)
    return keys.arrival(member_id, digest)._asdict() | about | held
