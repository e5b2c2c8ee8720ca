"""What is started cold: every function that is deployed, with an event that it answers as it mostly does."""

import json
from collections.abc import Callable
from typing import Any, NamedTuple

from benchmarks.requests import Event, highlight_changed, highlight_written, request, sign_up
from benchmarks.seen import LINK
from benchmarks.ties import TAG
from benchmarks.world import ADDRESS, CODE, NEWCOMER, World
from infra.contexts import CONTEXTS


class Deployed(NamedTuple):
    name: str  # context.stem
    layers: tuple[str, ...]
    is_route: bool


def deployed() -> list[Deployed]:
    """As infra declares them, and with the layers that infra/functions.py gives them."""
    found = []
    for context in CONTEXTS:
        workers = [*(each.function for each in context.effects), *context.streams]
        routes = [each.function for each in context.routes]
        for function in context.functions():
            layers = ("core", "requests", *(["workers"] if function in workers else []))
            found.append(Deployed(f"{function.context}.{function.stem}", layers, function in routes))
    return found


def _own(name: str, **asked: object) -> Callable[[World], Event]:
    return lambda world: request(name, user=world.owner.id, **asked)  # type: ignore[arg-type]


def _of_member(name: str) -> Callable[[World], Event]:
    return lambda world: request(name, public=True, handle=world.owner.handle)


def _of_colleague(name: str) -> Callable[[World], Event]:
    return lambda world: request(name, user=world.owner.id, handle=world.colleague.handle)


def _on_one(name: str, body: object = None) -> Callable[[World], Event]:
    def event(world: World) -> Event:
        return request(name, user=world.owner.id, body=body, highlight_id=world.public[0].id)

    return event


def _effect(world: World) -> Event:
    return highlight_changed(world.public[0].id)


def _changed(event: str, **detail: str) -> Event:
    """What an effect gets from its queue."""
    body = json.dumps({"detail-type": event, "source": "polyfolio", "detail": {**detail, "version": 1}})
    return {"Records": [{"messageId": "benchmark", "eventSource": "aws:sqs", "body": body}]}


def _uploaded(media_id: str) -> Event:
    """S3's word that a file came, by the bus."""
    detail = {"bucket": {"name": "uploads"}, "object": {"key": media_id, "size": 1_000_000, "etag": "-"}}
    body = json.dumps({"detail-type": "Object Created", "source": "aws.s3", "detail": detail})
    return {"Records": [{"messageId": "benchmark", "eventSource": "aws:sqs", "body": body}]}


def _opportunity(name: str, body: object = None, place: int = 0) -> Callable[[World], Event]:
    """Its poster asks; the first has an answer already, so that another one is answered, by its colleague."""

    def event(world: World) -> Event:
        user = world.colleague.id if place else world.owner.id
        return request(name, user=user, body=body, opportunity_id=world.dealings.opportunities[place].id)

    return event


def _opportunity_changed(world: World) -> Event:
    return _changed("OpportunityChanged", opportunity_id=world.dealings.opportunities[0].id)


def _talk(name: str, body: object = None) -> Callable[[World], Event]:
    return lambda world: request(name, user=world.owner.id, body=body, contact_id=world.dealings.talk.id)


def _media(name: str) -> Callable[[World], Event]:
    return lambda world: request(name, user=world.owner.id, media_id=world.seen.media[0]["id"])


def _media_changed(world: World) -> Event:
    return _changed("MediaChanged", media_id=world.seen.media[0]["id"])


_NEW = {
    "kind": "work",
    "title": "The archive opens its doors",
    "start": "2026-11-20",
    "text": "We rebuilt the archive of **forty years** of local radio.",
    "tags": ["radio", "five", "new", "tags", "here"],
    "badges": ["analyst"],
}
_ACCOUNT = {"email": ADDRESS, "password": "a long enough one", "code": CODE, "handle": "new", "name": "New"}
_TOKEN = {"refresh_token": "refresh"}
_NO_PAGE: dict[str, Any] = {"address": "@noor/2019", "address+": "-"}

EVENTS: dict[str, Callable[[World], Event]] = {
    "accounts.create_account": lambda _: request("accounts.create_account", body=_ACCOUNT),
    "accounts.sign_in": lambda _: request(
        "accounts.sign_in", body={"email": ADDRESS, "password": "a long enough one"}
    ),
    "accounts.renew_session": lambda _: request("accounts.renew_session", body=_TOKEN),
    "accounts.sign_out": _own("accounts.sign_out", body=_TOKEN),
    "accounts.check_admission": lambda _: sign_up(NEWCOMER, ADDRESS),
    "members.get_me": _own("members.get_me"),
    "members.edit_me": _own(
        "members.edit_me", body={"headline": "Forty years, and one.", "bio": "**Hello**"}
    ),
    "members.change_handle": _own("members.change_handle", body={"handle": "noor-of-many"}),
    "members.open_up": _own("members.open_up", body={"note": "On Fridays."}, activity="mentor"),
    "members.close_off": _own("members.close_off", activity="mentor"),
    "members.list_activities": lambda _: request("members.list_activities", public=True),
    "members.get_member": _of_member("members.get_member"),
    "pages.show_missing": lambda _: request("pages.show_missing", **_NO_PAGE),
    "pages.render_highlight": _effect,
    "pages.render_member": lambda world: _changed("MemberChanged", member_id=world.owner.id),
    "pages.draw_picture": lambda world: _changed("MemberChanged", member_id=world.owner.id),
    "pages.render_opportunity": _opportunity_changed,
    "pages.render_entrances": lambda _: _changed("Tick"),
    "pages.erase_pages": lambda world: _changed("DepartureChanged", departure_id=world.owner.id),
    "timeline.create_highlight": _own("timeline.create_highlight", body=_NEW),
    "timeline.get_highlight": _on_one("timeline.get_highlight"),
    "timeline.edit_highlight": _on_one("timeline.edit_highlight", {"title": "Another"}),
    "timeline.delete_highlight": _on_one("timeline.delete_highlight"),
    "timeline.edit_highlights": lambda world: request(
        "timeline.edit_highlights",
        user=world.owner.id,
        body={"ids": [world.public[0].id], "add_tags": ["added"]},
    ),
    "timeline.answer_collaboration": lambda world: request(
        "timeline.answer_collaboration",
        user=world.owner.id,
        body={"state": "accepted"},
        highlight_id=world.shared.id,
    ),
    "timeline.list_highlights": _of_member("timeline.list_highlights"),
    "timeline.count_highlights": _of_member("timeline.count_highlights"),
    "timeline.count_years": _effect,
    "timeline.share_highlight": lambda world: highlight_changed(world.shared.id),
    "contacts.contact_member": lambda world: request(
        "contacts.contact_member",
        user=world.colleague.id,
        body={"member": world.owner.handle, "activity": "teach", "message": "Would you?"},
    ),
    "contacts.list_contacts": _own("contacts.list_contacts", query={"box": "received"}),
    "contacts.get_contact": _talk("contacts.get_contact"),
    "contacts.decide_contact": _talk("contacts.decide_contact", {"state": "interested"}),
    "contacts.list_messages": _talk("contacts.list_messages"),
    "contacts.send_message": _talk("contacts.send_message", {"message": "On Thursday."}),
    "contacts.mark_messages_read": _talk("contacts.mark_messages_read", {"up_to": 2}),
    "contacts.get_waiting": _own("contacts.get_waiting"),
    "contacts.erase_contacts": lambda _: _changed("DepartureChanged", departure_id=NEWCOMER),
    "opportunities.post_opportunity": _own(
        "opportunities.post_opportunity",
        body={"activity": "teach", "title": "A course", "paid": True, "remote": True},
    ),
    "opportunities.list_opportunities": lambda _: request("opportunities.list_opportunities", public=True),
    "opportunities.get_opportunity": _opportunity("opportunities.get_opportunity"),
    "opportunities.edit_opportunity": _opportunity("opportunities.edit_opportunity", {"title": "Another"}),
    "opportunities.delete_opportunity": lambda world: request(
        "opportunities.delete_opportunity",
        user=world.owner.id,
        opportunity_id=world.dealings.opportunities[-1].id,
    ),
    "opportunities.renew_opportunity": _opportunity("opportunities.renew_opportunity"),
    "opportunities.list_answers": _opportunity("opportunities.list_answers"),
    "opportunities.answer_opportunity": _opportunity(
        "opportunities.answer_opportunity", {"message": "I would like to."}, place=1
    ),
    "opportunities.decide_answer": lambda world: request(
        "opportunities.decide_answer",
        user=world.owner.id,
        body={"state": "shortlisted"},
        opportunity_id=world.dealings.answer.opportunity_id,
        answer_id=world.dealings.answer.id,
    ),
    "opportunities.list_matches": _own("opportunities.list_matches"),
    "opportunities.drop_answers": _opportunity_changed,
    "opportunities.match_opportunity": _opportunity_changed,
    "opportunities.index_openness": lambda world: _changed("MemberChanged", member_id=world.owner.id),
    "opportunities.erase_opportunities": lambda _: _changed("DepartureChanged", departure_id=NEWCOMER),
    "members.raise_shield": _own("members.raise_shield", body={"domains": ["acme.example"]}),
    "members.view_as": _own("members.view_as"),
    "members.erase_profile": lambda _: _changed("DepartureChanged", departure_id=NEWCOMER),
    "network.list_blocks": _own("network.list_blocks"),
    "network.block_member": _of_colleague("network.block_member"),
    "network.unblock_member": _of_colleague("network.unblock_member"),
    "network.follow_member": _of_colleague("network.follow_member"),
    "network.unfollow_member": _of_colleague("network.unfollow_member"),
    "network.list_followers": _of_member("network.list_followers"),
    "network.list_following": _of_member("network.list_following"),
    "network.count_my_follows": _own("network.count_my_follows"),
    "network.count_follows": lambda world: _changed(
        "FollowChanged", follow_id=f"{world.owner.id}#{world.ties.others[0]}"
    ),
    "network.erase_network": lambda _: _changed("DepartureChanged", departure_id=NEWCOMER),
    "space_station.search_space_station": _own("space_station.search_space_station", query={"tag": TAG}),
    "space_station.list_my_reveals": _own("space_station.list_my_reveals"),
    "space_station.reveal_myself": _of_colleague("space_station.reveal_myself"),
    "space_station.place_member": lambda world: _changed("MemberChanged", member_id=world.owner.id),
    "space_station.place_works": _effect,
    "space_station.erase_station": lambda _: _changed("DepartureChanged", departure_id=NEWCOMER),
    "tags.suggest_tags": lambda _: request("tags.suggest_tags", public=True, query={"prefix": "r"}),
    "tags.count_tags": _effect,
    "media.create_media": _own(
        "media.create_media",
        body={"file_name": "archive.jpg", "content_type": "image/jpeg", "size": 1_000_000},
    ),
    "media.get_media": _media("media.get_media"),
    "media.delete_media": _media("media.delete_media"),
    "media.list_media": _own("media.list_media"),
    "media.process_upload": lambda world: _uploaded(world.seen.media[0]["id"]),
    "media.remove_media": _media_changed,
    "media.erase_media": lambda _: _changed("DepartureChanged", departure_id=NEWCOMER),
    "media.sweep_media": lambda _: _changed("Tick"),
    "previews.get_link_preview": _own("previews.get_link_preview", query={"url": LINK}),
    "previews.fetch_preview": lambda world: _changed("PreviewChanged", preview_id=world.seen.preview["id"]),
    "previews.want_previews": _effect,
    "previews.show_picture": _media_changed,
    "events.publish": lambda world: highlight_written(world.public[0].id),
}
