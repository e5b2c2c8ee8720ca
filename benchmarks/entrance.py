"""How the owner gets in, and whom else, as items of the table: sessions, tokens, providers, invitations."""

from collections.abc import Iterator
from datetime import timedelta
from functools import cached_property
from typing import Any

from accounts import addresses, authorizations, identities, sessions
from accounts.authorizations import Begun
from accounts.personal import Token
from accounts.sessions import SECONDS
from benchmarks.environment import PROVIDER
from benchmarks.written import put
from core import clock, handles, invited, keys, openness
from core.table import Item
from invitations import codes
from invitations import store as invitations_store
from invitations.invitation import NewInvitation

ADDRESS, CODE = "newcomer@example.org", "benchmark"
NEWCOMER, LEFT = "01ARZ3NDEKTSV4RRFFQ69G5FAV", "01ARZ3NDEKTSV4RRFFQ69G5FAW"
SHUT_OUT = "shut-out"  # the handle of a member who is
MAILED = "123456"
OWN_ADDRESS, NEW_ADDRESS = "owner@example.org", "owner-elsewhere@example.org"
SECRET = "b" * 64

_MOST_SESSIONS, _MOST_TOKENS = 40, 25  # more than a page; all that one may have
_POOLS_TOKEN = "r" * 1800  # about as long as the user pool's own
_HOUR = timedelta(hours=1)


class Entrance:
    """Of the `owner`, who has invited `colleague`. Nothing is left of the member `LEFT`."""

    def __init__(self, owner: str, colleague: str, size: int) -> None:
        self.owner, self.colleague, self._size = owner, colleague, size
        self.now, self.shut_out = clock.now(), clock.new_id()

    def items(self) -> Iterator[Item]:
        yield from (self._session(f"session-{number:02}") for number in range(self._count(_MOST_SESSIONS)))
        yield from (keys.personal_token(self.owner, each.id)._asdict() | _kept(each) for each in self.tokens)
        identity, ways = put(*identities.opened(self.owner, PROVIDER["id"], "0" * 64, self.now))
        yield from (identity, ways | {"password": True})
        yield from (self._way(self.begun, {}), self._way(self.proven, {"identity": "1" * 64}))
        yield from (self._admission(), self._sign_up(), self._new_address(), self._departure())
        yield from self._shut_out()
        for place, item in enumerate(self.invitations):
            led = {"inviter_id": self.owner, "place": place, "expires_at": item["expires_at"]}
            yield from (item, keys.invited(item["code_digest"])._asdict() | led)

    def _count(self, most: int) -> int:
        return min(self._size, most)

    @property
    def refresh_token(self) -> str:
        """Of the first session."""
        return sessions._token(self.owner, "session-00", SECRET.encode())

    def _session(self, name: str) -> Item:
        """As `sessions.begin` writes it."""
        secret, at = SECRET.encode(), int(self.now.timestamp())
        kept = {"digest": sessions._digest(secret), "sealed": sessions._sealed(_POOLS_TOKEN, secret)}
        about = {"id": name, "member_id": self.owner, "agent": "Firefox on Linux", "created": at, "seen": at}
        return keys.session(self.owner, name)._asdict() | about | kept | {keys.TTL: at + SECONDS}

    @cached_property
    def tokens(self) -> list[Token]:
        stamp = clock.timestamp(self.now)
        return [
            Token(name="A tool of mine", scopes=["read"], id=clock.new_id(), created_at=stamp)
            for _ in range(self._count(_MOST_TOKENS))
        ]

    begun = Begun(PROVIDER["id"], "a" * 64, "nonce", "verifier")
    proven = Begun(PROVIDER["id"], "c" * 64, "nonce", "verifier")

    def _way(self, begun: Begun, more: Item) -> Item:
        about = {"digest": authorizations._digest(SECRET), keys.TTL: self._until}
        return keys.authorization(begun.state)._asdict() | begun._asdict() | about | more

    @property
    def _until(self) -> int:
        return int((self.now + _HOUR).timestamp())

    def _admission(self) -> Item:
        known = {"code_digest": invited.digest(CODE), "member_id": NEWCOMER}
        return keys.admission(invited.digest(ADDRESS))._asdict() | known

    def _sign_up(self) -> Item:
        """Of the newcomer, who waits for the code that proves the address: as `store.begin` writes it."""
        digest = invited.digest(ADDRESS)
        about = {"id": NEWCOMER, "handle": "new", "name": "New", "proven": False, "address_digest": digest}
        about |= {"admission": keys.admission(digest), "code_digest": invited.digest(CODE)}
        about |= {"mail_domains": openness.domains_of(ADDRESS), "version": 1, keys.TTL: self._until}
        until = {"held_until": clock.timestamp(self.now + _HOUR)}
        return keys.sign_up(NEWCOMER)._asdict() | about | until

    def _new_address(self) -> Item:
        digest = addresses._digest(self.owner, NEW_ADDRESS, MAILED)
        asked = {"email": NEW_ADDRESS, "old": OWN_ADDRESS, "digest": digest, keys.TTL: self._until}
        return keys.email_change(self.owner)._asdict() | asked

    def _departure(self) -> Item:
        """It is time to look for what may be left once more."""
        due = dict(zip(keys.INDEXES["gsi1"], ("DEPARTURES", clock.timestamp(self.now - _HOUR)), strict=True))
        return keys.departure(LEFT)._asdict() | {"id": LEFT, "version": 2, "runs": 1} | due

    def _shut_out(self) -> Iterator[Item]:
        who = {
            "id": self.shut_out,
            "handle": SHUT_OUT,
            "name": "Shut out",
            "visibility": "hidden",
            "version": 2,
        }
        named = {"handle": SHUT_OUT, "member_id": self.shut_out, "visibility": "hidden", "current": True}
        said = {"state": "suspended", "reason": "Spam.", "by": self.owner, "visibility": "public"}
        yield keys.member(self.shut_out)._asdict() | who
        yield keys.handle(handles.skeleton(SHUT_OUT))._asdict() | named
        yield keys.account(self.shut_out)._asdict() | said | {"at": clock.timestamp(self.now)}

    @cached_property
    def invitations(self) -> list[Item]:
        """One that a member came of, one that was mailed, one whose code was handed on."""
        came, mailed, handed_on = (self._invitation(number) for number in range(3))
        came |= {"redeemed_at": clock.timestamp(self.now), "redeemed_by": self.colleague}
        mailed |= {"email": "somebody@example.org", "mails": 1, "mailed_at": mailed["sent_at"]}
        return [came, mailed, handed_on]

    def _invitation(self, place: int) -> Item:
        new = NewInvitation(note="You would like it here. " * 10)
        return invitations_store._item(keys.invitation(self.owner, place), new, self.now - timedelta(days=2))

    def code_of(self, invitation: Item) -> str:
        return codes.code_of(str(invitation["id"]))


def _kept(token: Token) -> dict[str, Any]:
    return token.model_dump() | {"digest": "0" * 64}
