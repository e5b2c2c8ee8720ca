"""What is started cold: every function that is deployed, with an event that it answers as it mostly does."""

from collections.abc import Callable
from typing import NamedTuple

from benchmarks.requests import Event, highlight_changed, highlight_written, request, sign_up
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


def _on_one(name: str, body: object = None) -> Callable[[World], Event]:
    def event(world: World) -> Event:
        return request(name, user=world.owner.id, body=body, highlight_id=world.public[0].id)

    return event


def _effect(world: World) -> Event:
    return highlight_changed(world.public[0].id)


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
    "tags.suggest_tags": lambda _: request("tags.suggest_tags", public=True, query={"prefix": "r"}),
    "tags.count_tags": _effect,
    "events.publish": lambda world: highlight_written(world.public[0].id),
}
