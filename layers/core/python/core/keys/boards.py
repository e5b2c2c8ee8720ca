"""The board of opportunities.

Entity        pk                          sk             answers
Opportunity   OPPORTUNITY#<opportunity>   OPPORTUNITY    an opportunity: the fact
On the board  BOARD#<facet>               <when>#<id>    the board, whole or by a facet (gsi1: for visitors)
Posted        POSTED#<member>             <opportunity>  one's own opportunities, whatever their state
Open to       OPEN_TO#<activity>          <member>       who is open to an activity, and until when?
Opened        MEMBER#<member>             OPENED         what those lists hold of a member
Match         MATCHES#<member>            <opportunity>  opportunities that fit a member
Given answer  OPPORTUNITY#<opportunity>   ANSWER#<id>    the answers to an opportunity
Answered      ANSWERS#<member>            <opportunity>  has this member answered it? all that they have
"""

from core.keys.key import Key


def opportunity(opportunity_id: str) -> Key:
    return Key(f"OPPORTUNITY#{opportunity_id}", "OPPORTUNITY")


def board(facet: str, when: str, opportunity_id: str) -> Key:
    """`when`: it was put there, or renewed."""
    return Key(f"BOARD#{facet}", f"{when}#{opportunity_id}")


def posted(member_id: str, opportunity_id: str) -> Key:
    return Key(f"POSTED#{member_id}", opportunity_id)


def open_to(activity: str, member_id: str) -> Key:
    return Key(f"OPEN_TO#{activity}", member_id)


def openness_listed(member_id: str) -> Key:
    return Key(f"MEMBER#{member_id}", "OPENED")


def match(member_id: str, opportunity_id: str) -> Key:
    return Key(f"MATCHES#{member_id}", opportunity_id)


def opportunity_answer(opportunity_id: str, answer_id: str) -> Key:
    return Key(f"OPPORTUNITY#{opportunity_id}", f"ANSWER#{answer_id}")


def answered(opportunity_id: str, member_id: str) -> Key:
    return Key(f"ANSWERS#{member_id}", opportunity_id)
