"""What comes from outside onto timelines, and where from.

Entity        pk                          sk             answers
Arrival       ARRIVAL#<member>#<digest>   ARRIVAL        what came from outside for a timeline: a fact
Taken         ARRIVAL#<member>#<digest>   TAKEN          the highlight that was made of it, and of what

Source        SOURCE#<source>             SOURCE         where a member's stories come from: a fact
Choice        SOURCE#<source>             CHOICE#<n>     what its member chose, and is not carried out yet
Found         SOURCE#<source>             ENTRY#<digest> what was found there, and what became of it
Hub           SOURCE#<source>             HUB            the subscription to what tells of news
Leaving       SOURCE#<source>             LEAVING        that it is gone, and whether its highlights go too
Poll          SOURCE#<source>             POLL           when it is looked at next, and what came last
Push          PUSH#<push>                 PUSH           what a hub has sent: a fact, until it is taken
Host          HOST#<lane>                 HOST           until when a host wants to be left alone
Inbox         INBOX#<inbox>               INBOX          an address that takes what any tool posts
Consent       CONSENT#<state>             CONSENT        who was sent to LinkedIn to consent, until back

An arrival is in gsi2 by whom it came for (ARRIVALS#<member>, <digest>), a source and an inbox by whose they
are (SOURCES#<member>, <source>; INBOXES#<member>, <inbox>), and an entry by what became of it
(ENTRIES#<source>#<state>, <date>#<digest>). A poll is in gsi1 while it is due some time
(POLLS#<shard>, <when>#<source>).
"""

from core.keys.key import INDEXES, Key

POLL_SHARDS = 8


def arrival(member_id: str, digest: str) -> Key:
    return Key(f"ARRIVAL#{member_id}#{digest}", "ARRIVAL")


def taken(member_id: str, digest: str) -> Key:
    return Key(f"ARRIVAL#{member_id}#{digest}", "TAKEN")


def arrivals_of(member_id: str, digest: str = "") -> dict[str, str]:
    """Its place among all that came for a member."""
    return dict(zip(INDEXES["gsi2"], (f"ARRIVALS#{member_id}", digest), strict=True))


def source(source_id: str) -> Key:
    return Key(f"SOURCE#{source_id}", "SOURCE")


def sources_of(member_id: str, source_id: str = "") -> dict[str, str]:
    return dict(zip(INDEXES["gsi2"], (f"SOURCES#{member_id}", source_id), strict=True))


def choice(source_id: str, number: int) -> Key:
    return Key(f"SOURCE#{source_id}", f"CHOICE#{number:08}")


def found_entry(source_id: str, digest: str) -> Key:
    return Key(f"SOURCE#{source_id}", f"ENTRY#{digest}")


def entries_of(source_id: str, state: str, when: str = "", digest: str = "") -> dict[str, str]:
    return dict(zip(INDEXES["gsi2"], (f"ENTRIES#{source_id}#{state}", f"{when}#{digest}"), strict=True))


def hub(source_id: str) -> Key:
    return Key(f"SOURCE#{source_id}", "HUB")


def leaving(source_id: str) -> Key:
    return Key(f"SOURCE#{source_id}", "LEAVING")


def poll(source_id: str) -> Key:
    return Key(f"SOURCE#{source_id}", "POLL")


def polls(shard: int) -> str:
    return f"POLLS#{shard}"


def poll_due(when: str, source_id: str) -> dict[str, str]:
    """Ids end in a random letter, so that the shards are even."""
    shard = polls(ord(source_id[-1]) % POLL_SHARDS)
    return dict(zip(INDEXES["gsi1"], (shard, f"{when}#{source_id}"), strict=True))


def push(push_id: str) -> Key:
    return Key(f"PUSH#{push_id}", "PUSH")


def host(lane: str) -> Key:
    return Key(f"HOST#{lane}", "HOST")


def consent(state: str) -> Key:
    return Key(f"CONSENT#{state}", "CONSENT")


def inbox(inbox_id: str) -> Key:
    return Key(f"INBOX#{inbox_id}", "INBOX")


def inboxes_of(member_id: str, inbox_id: str = "") -> dict[str, str]:
    return dict(zip(INDEXES["gsi2"], (f"INBOXES#{member_id}", inbox_id), strict=True))
