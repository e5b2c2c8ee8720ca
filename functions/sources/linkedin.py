"""One look at what a member has at LinkedIn, by its Member Data Portability API and with their consent.

For the preview, and once a week, all of it: each domain that becomes highlights, and no other. Between,
LinkedIn is only asked whether anything of the profile has changed; if so all is read again, for a row says
more than a change does. Its facts: learn.microsoft.com/linkedin/dma/member-data-portability, docs/imports.md.
"""

import time
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlencode

from core import clock
from core.elsewhere import linkedin
from core.elsewhere.found import Found, told_apart
from core.elsewhere.linkedin_tables import SECTIONS, Row
from core.fetch import Fetched, FetchFailed, fetch, post_json
from core.shapes import fold
from core.table import Item
from sources import consents, polling
from sources.entries import Entry, Feed
from sources.polling import Look

SNAPSHOT = "memberSnapshotData"
_DOMAINS = {
    "POSITIONS": "positions",
    "EDUCATION": "education",
    "CERTIFICATIONS": "certifications",
    "PROJECTS": "projects",
    "PUBLICATIONS": "publications",
    "PATENTS": "patents",
    "HONORS": "honors",
    "COURSES": "courses",
    "ORGANIZATIONS": "organizations",
    "TEST_SCORES": "testscores",
    "VOLUNTEERING_EXPERIENCES": "volunteering",
}
_VERSIONS = {"linkedin-version": "202312", "x-restli-protocol-version": "2.0.0"}
_MOST_BYTES = 2 * 1024 * 1024
_MOST_PAGES = 100
_CHANGES = 50  # on a page, at most
_SECONDS, _PATIENCE = 10.0, 90.0  # of one question, and of all
_WHOLE_EVERY = timedelta(days=7)
_REFUSED_FOR = timedelta(hours=24)


class Refused(Exception):
    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Api(NamedTuple):
    root: str
    token: str
    until: float

    def get(self, name: str, **asked: Any) -> dict[str, Any]:
        """Nothing where LinkedIn has no data (404): none at all, no more, or none yet."""
        url = f"{self.root}/{name}?{urlencode(asked)}"
        headers = self._headers()
        return _said(fetch(url, headers=headers, max_bytes=_MOST_BYTES, seconds=self._seconds()))

    def begin(self) -> None:
        """From now on it notes changes for us. That it does already is no fault."""
        headers = self._headers()
        answer = post_json(f"{self.root}/memberAuthorizations", {}, headers=headers, seconds=self._seconds())
        if answer.status in (401, 403, 429) or answer.status >= 500:
            raise Refused(answer.status)

    def _headers(self) -> dict[str, str]:
        return _VERSIONS | {"authorization": f"Bearer {self.token}"}

    def _seconds(self) -> float:
        left = self.until - time.monotonic()
        if left <= 0:
            raise FetchFailed("timeout", "LinkedIn takes too long to answer.", is_passing=True)
        return min(left, _SECONDS)


def look(fact: Item, poll: Item, now: datetime, *, is_preview: bool) -> Look:
    token = consents.token(fact["member_id"], poll, now)
    if token is None:
        return _ended(poll, now, is_preview=is_preview)
    api = Api(poll["feed_url"].rpartition("/")[0], token, time.monotonic() + _PATIENCE)
    try:
        return _looked(poll, api, now, is_preview=is_preview)
    except Refused as refusal:
        return _refused(poll, refusal.status, now, is_preview=is_preview)
    except FetchFailed as failed:
        return Look(polling.trouble(poll, now, failed.code, failed.reason, polling.back_off(poll)))


def _looked(poll: Item, api: Api, now: datetime, *, is_preview: bool) -> Look:
    if is_preview:
        api.begin()
    elif poll.get("whole_at", "") > clock.timestamp(now - _WHOLE_EVERY):
        since, is_news = _changes(int(poll["since"]), api)
        if not is_news:
            return Look(polling.well(poll, {"since": since}))
    return _found(poll, {domain: _rows(api, domain) for domain in _DOMAINS}, now, is_preview=is_preview)


def _changes(since: int, api: Api) -> tuple[int, bool]:
    """Until when they are known, and whether any is of the profile. The others are not looked at."""
    is_news = False
    for _ in range(_MOST_PAGES):
        found = _elements(
            api.get("memberChangeLogs", q="memberAndApplication", startTime=since, count=_CHANGES)
        )
        times = [each["processedAt"] for each in found if isinstance(each.get("processedAt"), int)]
        since = max([since, *(each + 1 for each in times)])  # LinkedIn's start belongs to it
        is_news = is_news or any(str(each.get("resourceName")).split("/")[0] == "people" for each in found)
        if len(found) < _CHANGES:
            break
    return since, is_news


def _rows(api: Api, domain: str) -> list[Row]:
    rows: list[Row] = []
    for page in range(_MOST_PAGES):
        said = api.get(SNAPSHOT, q="criteria", domain=domain, start=page)
        rows += [row for each in _elements(said) for row in _of_domain(each, domain)]
        if not _goes_on(said):
            break
    return sorted(rows, key=lambda row: sorted(row.items()))  # for their order is another each time


def _goes_on(said: dict[str, Any]) -> bool:
    paging = said.get("paging")
    links = paging.get("links") if isinstance(paging, dict) else None
    named = [each for each in links if isinstance(each, dict)] if isinstance(links, list) else []
    return any(each.get("rel") == "next" for each in named)


def _of_domain(element: dict[str, Any], domain: str) -> list[Row]:
    if element.get("snapshotDomain", domain) != domain:
        return []
    data = element.get("snapshotData")
    given = [row for row in data if isinstance(row, dict)] if isinstance(data, list) else []
    return [{fold(name): "" if value is None else str(value) for name, value in row.items()} for row in given]


def _found(poll: Item, rows: dict[str, list[Row]], now: datetime, *, is_preview: bool) -> Look:
    told = [domain for domain, found in rows.items() if found]
    if is_preview and not told:
        reason = "LinkedIn has nothing ready for us yet. That takes some minutes; we look again by ourselves."
        return Look(polling.trouble(poll, now, "busy", reason, polling.back_off(poll)))
    found = told_apart([row for domain in told for row in _read(domain, rows[domain])])
    entries = sorted((_entry(row) for row in found if row.is_dated()), key=_newest, reverse=True)
    changes: Item = {"title": "LinkedIn", "since": int(now.timestamp() * 1000), "domains": told}
    if not is_preview:  # some domains are ready later than others: the look after it reads all once more
        changes["whole_at"] = clock.timestamp(now)
    # A domain that says nothing any more may only not be ready: then nothing counts as gone.
    is_whole = set(poll.get("domains", [])) <= set(told)
    feed = Feed(title="LinkedIn", count=len(found), entries=entries)
    return Look(polling.well(poll, changes), feed, is_whole=is_whole)


def _read(domain: str, rows: list[Row]) -> list[Found]:
    return [linkedin.read(SECTIONS[_DOMAINS[domain]], place, row) for place, row in enumerate(rows, start=1)]


def _entry(row: Found) -> Entry:
    fields = row.fields or {}
    links = fields["links"]
    about = {name: fields.get(name) for name in ("kind", "title", "text", "start", "end", "ongoing")}
    return Entry(key=row.identity, url=links[0]["url"] if links else None, **about)


def _newest(entry: Entry) -> str:
    return entry.start or ""


def _ended(poll: Item, now: datetime, *, is_preview: bool) -> Look:
    reason = "What you allowed LinkedIn to tell us has ended. Connect it again, and it goes on."
    changes = polling.trouble(poll, now, "reconnect", reason, _REFUSED_FOR)
    return Look(changes | {"token": None, "token_until": None}, is_over=not is_preview)


def _refused(poll: Item, status: int, now: datetime, *, is_preview: bool) -> Look:
    if status == 401:
        return _ended(poll, now, is_preview=is_preview)
    if status == 403:
        reason = (
            "LinkedIn does not let us read what is yours (status 403): it does so for members in the European"
            " Economic Area and Switzerland. We go on trying."
        )
        return Look(polling.trouble(poll, now, "refused", reason, _REFUSED_FOR))
    if status == 429:  # a limit of the day, in UTC
        midnight = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        wait = midnight - now + timedelta(hours=1) * polling.spread(poll)
        return Look(polling.trouble(poll, now, "busy", "LinkedIn asks us to come later.", wait))
    reason = f"LinkedIn answered with status {status}."
    return Look(polling.trouble(poll, now, "failing", reason, polling.back_off(poll)))


def _said(answer: Fetched) -> dict[str, Any]:
    if answer.status == 404:
        return {}
    if answer.status != 200:
        raise Refused(answer.status)
    said = answer.json()
    if said is None:
        raise FetchFailed("broken", "LinkedIn sent something that could not be read.", is_passing=True)
    return said


def _elements(said: dict[str, Any]) -> list[dict[str, Any]]:
    """A list, or one of them alone, as its own documentation has it."""
    found = said.get("elements")
    return [each for each in (found if isinstance(found, list) else [found]) if isinstance(each, dict)]
