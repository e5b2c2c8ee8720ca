"""PATCH /v1/sources/{source_id}"""

from core.http import endpoint
from core.request import Body, Caller, IfMatch, Now, Path
from sources import store
from sources.source import Source, SourceEdit, next_state

_SETTINGS = ("publish", "badges", "tags", "author")
_CHOICES = ("take", "keep", "remove")


@endpoint()
def handler(source_id: Path, edit: Body[SourceEdit], me: Caller, seen: IfMatch, now: Now) -> Source:
    found = store.own(source_id, me.id)
    old = found.source
    seen.check(old.version)
    sent = {name: getattr(edit, name) for name in edit.model_fields_set}
    store.check_badges(sent.get("badges", []), me.id, known=old.badges)
    state = old.state
    if "state" in sent:
        state = next_state(old.state, sent["state"], was_polled=old.polled_at is not None)
    choice = {name: sent[name] for name in _CHOICES if sent.get(name)}
    if (old.state, state) == ("previewing", "active"):
        choice["leaves_others"] = True
    settings = {name: sent[name] for name in _SETTINGS if name in sent}
    return store.edit(found, settings, choice, state, now)
