"""Contacts and conversations.

Entity        pk                          sk             answers
Contact       CONTACT#<contact>           CONTACT        a contact: the fact
Conversation  CONTACT#<contact>           CONVERSATION   how many messages there are: a fact
Message       CONTACT#<contact>           MESSAGE#<n>    the messages, in order
Read mark     CONTACT#<contact>           READ#<member>  how far this member has read
Unread        UNREAD#<member>             <contact>      in which contacts has one something to read?
Contact seen  CONTACTS#<member>#<box>#<f> <when>#<id>    contacts sent and received, all or of one state
Asked         ASKED#<member>#<member>     <activity>     has one asked the other for this already?
Capped        MEMBER#<member>             CAPPED#<act.>  when this member was lately asked for this
"""

from core.keys.key import Key


def contact(contact_id: str) -> Key:
    return Key(f"CONTACT#{contact_id}", "CONTACT")


def conversation(contact_id: str) -> Key:
    return Key(f"CONTACT#{contact_id}", "CONVERSATION")


def message(contact_id: str, number: int) -> Key:
    return Key(f"CONTACT#{contact_id}", f"MESSAGE#{number:08}")


def read_mark(contact_id: str, member_id: str) -> Key:
    return Key(f"CONTACT#{contact_id}", f"READ#{member_id}")


def unread(member_id: str, contact_id: str) -> Key:
    return Key(f"UNREAD#{member_id}", contact_id)


def contacts(member_id: str, box: str, facet: str, when: str, contact_id: str) -> Key:
    """`facet`: a state, or "all"."""
    return Key(f"CONTACTS#{member_id}#{box}#{facet}", f"{when}#{contact_id}")


def asked(member_id: str, other_id: str, activity: str, *, blind: bool) -> Key:
    return Key(f"ASKED#{member_id}#{other_id}", f"{activity}#blind" if blind else activity)


def capped(member_id: str, activity: str) -> Key:
    return Key(f"MEMBER#{member_id}", f"CAPPED#{activity}")
