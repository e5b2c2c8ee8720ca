"""Contacts and opportunities."""

from benchmarks.cold.events.asking import DEPARTURE, MEMBER, Asks, colleague, of_member, own, told, visitor
from benchmarks.world import World


def _talk(world: World) -> str:
    return world.dealings.talk.id


def _first(world: World) -> str:
    """It has an answer already."""
    return world.dealings.opportunities[0].id


_OPPORTUNITY = told("OpportunityChanged", opportunity_id=_first)

CONTACTS: Asks = {
    "contact_member": colleague(
        body=lambda world: {"member": of_member(world), "activity": "teach", "message": "Would you?"}
    ),
    "list_contacts": own(query={"box": "received"}),
    "get_contact": own(contact_id=_talk),
    "decide_contact": own(contact_id=_talk, body={"state": "interested"}),
    "list_messages": own(contact_id=_talk),
    "send_message": own(contact_id=_talk, body={"message": "On Thursday."}),
    "mark_messages_read": own(contact_id=_talk, body={"up_to": 2}),
    "get_waiting": own(),
    "erase_contacts": DEPARTURE,
}

OPPORTUNITIES: Asks = {
    "post_opportunity": own(body={"activity": "teach", "title": "A course", "paid": True, "remote": True}),
    "list_opportunities": visitor(),
    "get_opportunity": own(opportunity_id=_first),
    "edit_opportunity": own(opportunity_id=_first, body={"title": "Another"}),
    "delete_opportunity": own(opportunity_id=lambda world: world.dealings.opportunities[-1].id),
    "renew_opportunity": own(opportunity_id=_first),
    "list_answers": own(opportunity_id=_first),
    "answer_opportunity": colleague(
        opportunity_id=lambda world: world.dealings.opportunities[1].id, body={"message": "I would like to."}
    ),
    "decide_answer": own(
        opportunity_id=_first,
        answer_id=lambda world: world.dealings.answer.id,
        body={"state": "shortlisted"},
    ),
    "list_matches": own(),
    "drop_answers": _OPPORTUNITY,
    "match_opportunity": _OPPORTUNITY,
    "index_openness": MEMBER,
    "erase_opportunities": DEPARTURE,
}
