"""What stands on the public pages of these tests: the timeline of a maker with media and many years, that of
somebody without restraint, one for members only, and what the first two look for.
"""

import time
from pathlib import Path
from typing import Any, NamedTuple

import httpx

from core.html import text_of
from tests.api.uploading import ready
from tests.browser.app import ABSURD, ABSURD_BADGES, ABSURD_HIGHLIGHT, Join, Member
from tests.functions.media.samples import pdf, picture, recording
from tests.waiting import until

_PATIENCE = 300  # seconds, for all of it; the local cloud follows one batch of changes after the other
_BOWLS = 30  # with the others more than a front shows
_MARKDOWN = "Fired at **1,240 degrees**, for the first time *without a crack*.\n\n- wood ash\n- river sand"

PAGES = (
    "landing", "station", "board", "profile", "badge", "year", "oldest", "highlight", "opportunity",
    "absurd profile", "absurd year", "absurd highlight", "absurd opportunity", "missing", "private",
)  # fmt: skip


class Exhibit(NamedTuple):
    """`texts`: what a visitor reads there; `leads`: where they go on to."""

    path: str
    texts: tuple[str, ...]
    leads: tuple[str, ...]
    pictures: int = 0


type Exhibits = dict[str, Exhibit]


def exhibits(base_url: str, maker: Member, join: Join, folder: Path) -> Exhibits:
    """By the names in PAGES, once all of them are rendered."""
    wordy, hermit = join("wordy"), join("hermit")
    hermit.http.patch("/v1/me", json={"visibility": "members"}).raise_for_status()
    shown = _of_maker(maker, folder) | _of_wordy(wordy) | _of_nobody(hermit) | _entrances(maker)
    with httpx.Client(base_url=base_url, timeout=60, trust_env=False) as visitor:
        ends = time.monotonic() + _PATIENCE
        for each in shown.values():
            until(lambda each=each: _stands(visitor, each), within=max(ends - time.monotonic(), 1))  # type: ignore[misc]
    return {name: shown[name] for name in PAGES}


def _of_maker(maker: Member, folder: Path) -> Exhibits:
    face, banner = _ready(maker, picture("JPEG", (500, 500))), _ready(maker, picture("JPEG", (1600, 500)))
    profile: dict[str, Any] = {
        "headline": "Pots, and pots of soup",
        "bio": "I *turn* what others dig.",
        "location": "Delft",
        "pronouns": "they/them",
        "links": [{"url": "https://example.org/kiln", "title": "The kiln"}],
        "badges": [{"id": "potter", "name": "Potter"}, {"id": "cook", "name": "Cook"}],
        "avatar": face,
        "banner": banner,
    }
    maker.http.patch("/v1/me", json=profile).raise_for_status()
    maker.http.put("/v1/me/open-to/mentor", json={"note": "One at a time."}).raise_for_status()
    bowls = [{"title": f"Bowl {number}", "start": f"2019-{number % 12 + 1:02}"} for number in range(_BOWLS)]
    others: list[dict[str, Any]] = [
        {"title": "A jug", "start": "2021-03-14", "end": "2021-05-02", "badges": ["cook"]},
        {"title": "A first plate", "start": "1998"},
        {"title": "For members alone", "start": "2022", "visibility": "members"},
    ]
    maker.create_all([*bowls, *others, _kiln(maker, folder)])
    [kiln] = [each for each in maker.highlights() if each["title"] == "A kiln of our own"]
    ask = _post(maker, title="A wheel to borrow", text="For *two* weeks.", place="Delft", tags=["clay"])
    home = f"/@{maker.account.handle}"
    who = (maker.account.name, "Pots, and pots of soup")
    return {
        "profile": Exhibit(
            home,
            (
                *who,
                "I turn what others dig.",
                "Delft",
                "they/them",
                "One at a time.",
                "A kiln of our own",
                "14 March to 2 May 2021",
                "Bowl 23",
                "On to 2019 and before",
            ),
            (
                f"{home}/potter",
                f"{home}/2019",
                f"{home}/1998",
                f"/h/{kiln['id']}",
                "https://example.org/kiln",
            ),
            pictures=4,  # banner and face; the cover once pinned and once in its year
        ),
        "badge": Exhibit(f"{home}/cook", (*who, "Cook", "A jug"), (home, f"{home}/cook/2021"), pictures=1),
        "year": Exhibit(
            f"{home}/2019",
            ("30 highlights", "Bowl 0", "Bowl 29"),
            (home, f"{home}/1998", f"{home}/2021"),
            pictures=1,
        ),
        "oldest": Exhibit(
            f"{home}/1998", ("1 highlight", "A first plate"), (home, f"{home}/2019"), pictures=1
        ),
        "highlight": Exhibit(
            f"/h/{kiln['id']}",
            (
                "A kiln of our own",
                "March 2024",
                "without a crack",
                "Potter",
                "#ash",
                "Before the first fire",
                "(3 pages)",
                "The plans",
                "Mo Brick",
                "(mason)",
            ),
            (home, f"{home}/potter", "https://example.org/plans"),
            pictures=3,  # a face, a photograph, and the first page of the PDF
        ),
        "opportunity": Exhibit(
            f"/o/{ask}",
            ("A wheel to borrow", "For two weeks.", "Delft", "#clay", "Mentor", maker.account.name),
            (home, f"/app/opportunities/{ask}"),
            pictures=1,
        ),
    }


def _kiln(maker: Member, folder: Path) -> dict[str, Any]:
    film = recording(folder, "film.mp4", pictures="libx264", sound="aac")
    media = [
        {
            "id": _ready(maker, picture("JPEG", (1600, 1000))),
            "alt": "A kiln of bricks",
            "caption": "Before the first fire",
        },
        {"id": ready(maker.http, pdf(), "application/pdf")["id"], "alt": "A plan of the kiln"},
        {"id": ready(maker.http, film, "video/mp4")["id"], "alt": "The kiln is lit"},
    ]
    return {
        "kind": "design",
        "title": "A kiln of our own",
        "text": _MARKDOWN,
        "start": "2024-03",
        "badges": ["potter"],
        "tags": ["ash"],
        "links": [{"url": "https://example.org/plans", "title": "The plans"}],
        "collaborators": [{"name": "Mo Brick", "role": "mason"}],
        "media": media,
        "pinned": True,
    }


def _of_wordy(wordy: Member) -> Exhibits:
    facts = {"headline": ABSURD, "bio": ABSURD * 9, "location": ABSURD, "pronouns": "W" * 40}
    links = [{"url": f"https://example.org/{'x' * 300}", "title": "W" * 80}]
    said = {"name": "W" * 80, "links": links, "badges": ABSURD_BADGES}
    wordy.http.patch("/v1/me", json=facts | said).raise_for_status()
    wordy.http.put("/v1/me/open-to/mentor", json={"note": ABSURD}).raise_for_status()
    quoted = f"{ABSURD_HIGHLIGHT['text']}\n\n> {ABSURD}"
    made = wordy.create(**ABSURD_HIGHLIGHT | {"text": quoted, "start": "2020"})
    asked = {"time_needed": ABSURD[:160], "payment": ABSURD[:160], "place": ABSURD[:160], "paid": True}
    ask = _post(wordy, title=ABSURD, text=ABSURD * 4, tags=["w" * 40], **asked)
    home = f"/@{wordy.account.handle}"
    return {
        "absurd profile": Exhibit(home, ("W" * 80, ABSURD), (f"/h/{made['id']}", f"{home}/cook")),
        "absurd year": Exhibit(f"{home}/2020", (ABSURD, "W" * 100), (f"/h/{made['id']}", home)),
        "absurd highlight": Exhibit(f"/h/{made['id']}", (ABSURD, "x" * 300, "W" * 120), (home,)),
        "absurd opportunity": Exhibit(f"/o/{ask}", (ABSURD, ABSURD[:160]), (home,)),
    }


def _of_nobody(hermit: Member) -> Exhibits:
    handle = hermit.account.handle
    return {
        "missing": Exhibit("/nowhere/at/all", ("Nothing stands here",), ("/", "/space-station")),
        "private": Exhibit(f"/@{handle}", ("No page for everybody",), ("/", f"/app/@{handle}")),
    }


def _entrances(maker: Member) -> Exhibits:
    home = f"/@{maker.account.handle}"
    return {
        "landing": Exhibit(
            "/",
            ("You are more than", "Who is here", maker.account.name, "Yours to take along"),
            (home, "/space-station", "/opportunities", "/app/sign-in"),
            pictures=1,
        ),
        "station": Exhibit(
            "/space-station",
            ("What people can be asked for", "Mentor", maker.account.name),
            (home, "/app/space-station"),
            pictures=1,
        ),
        "board": Exhibit(
            "/opportunities",
            ("A wheel to borrow", maker.account.name, "not paid", ABSURD),
            ("/app/opportunities/new",),
        ),
    }


def _ready(member: Member, photograph: bytes) -> str:
    return str(ready(member.http, photograph, "image/jpeg")["id"])


def _post(member: Member, **new: Any) -> str:
    asked = {"activity": "mentor", "paid": False, "remote": True} | new
    return str(member.http.post("/v1/opportunities", json=asked).raise_for_status().json()["id"])


def _stands(visitor: httpx.Client, each: Exhibit) -> bool:
    html = visitor.get(each.path).text
    text = text_of(html)
    return all(part in text for part in each.texts) and html.count("<img") >= each.pictures
