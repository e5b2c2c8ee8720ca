"""Who knows whom.

Entity        pk                          sk             answers
Block         BLOCKS#<member>             <member>       does either of two block the other? whom one blocks
Follow        FOLLOW#<member>#<member>    FOLLOW         does one follow the other?
Follow seen   FOLLOW#<member>#<member>    COUNTED        whether the counts hold this follow
Follow counts MEMBER#<member>             FOLLOWS        how many follow a member, and how many they follow
Mail domains  MEMBER#<member>             DOMAINS        digests of what their address ends in, for shields
Reveal        REVEAL#<member>#<member>    REVEAL         has one told the other who they are?

A block stands in the partitions of both, whoever of them blocks. The indexes hold the two lists of a follow:

              gsi1pk, gsi1sk  FOLLOWERS#<followed>, <when>#<member>
              gsi2pk, gsi2sk  FOLLOWING#<member>, <when>#<followed>

Those of a reveal, whom it was told and by whom:

              gsi1pk, gsi1sk  REVEALED#<told>, <when>#<member>
              gsi2pk, gsi2sk  REVEALS#<member>, <when>#<told>
"""

from core.keys.key import Key


def block(member_id: str, other_id: str) -> Key:
    return Key(f"BLOCKS#{member_id}", other_id)


def follow(member_id: str, followed_id: str) -> Key:
    return Key(f"FOLLOW#{member_id}#{followed_id}", "FOLLOW")


def follow_counted(member_id: str, followed_id: str) -> Key:
    return Key(f"FOLLOW#{member_id}#{followed_id}", "COUNTED")


def follow_counts(member_id: str) -> Key:
    return Key(f"MEMBER#{member_id}", "FOLLOWS")


def followers(followed_id: str, when: str, member_id: str) -> Key:
    return Key(f"FOLLOWERS#{followed_id}", f"{when}#{member_id}")


def following(member_id: str, when: str, followed_id: str) -> Key:
    return Key(f"FOLLOWING#{member_id}", f"{when}#{followed_id}")


def mail_domains(member_id: str) -> Key:
    return Key(f"MEMBER#{member_id}", "DOMAINS")


def reveal(member_id: str, to: str) -> Key:
    return Key(f"REVEAL#{member_id}#{to}", "REVEAL")


def reveals(member_id: str, when: str, to: str) -> Key:
    return Key(f"REVEALS#{member_id}", f"{when}#{to}")


def revealed(to: str, when: str, member_id: str) -> Key:
    return Key(f"REVEALED#{to}", f"{when}#{member_id}")
