"""The app as a person has it: members made by the API, and windows that write down every complaint."""

import json
import secrets
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, NamedTuple

import httpx
from playwright.sync_api import Browser, BrowserContext, Page

from infra import operate
from infra.web import WEB
from tests.waiting import until

PATIENCE_MS = 45_000  # a first call starts a process, on a machine that may be busy
_VIOLATIONS = (
    "addEventListener('securitypolicyviolation', (event) => console.error('CSP ' + event.violatedDirective));"
)
_FADED_MS = 400  # what fades in or out does so in 250
ABSURD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2  # no blank
ABSURD_BADGES = [{"name": each} for each in ("Captain of the Danube steam ships, ret.", "W" * 40, "Cook")]
_TABLE = "| a | b |\n|---|---|\n| " + "x" * 300 + " | y |"
ABSURD_HIGHLIGHT: dict[str, Any] = {
    "title": ABSURD,
    "text": f"{ABSURD}\n\n```\n{ABSURD * 3}\n```\n\n{_TABLE}",
    "tags": [f"{'w' * 36} {number}" for number in range(30)],
    "badges": ["cook"],
    "links": [{"url": f"https://example.org/{'x' * 500}"}],
    "collaborators": [{"name": "W" * 100, "role": "W" * 120}],
    "pinned": True,
    "kind": "job",
    "ongoing": True,
}
_AXE = (WEB / "node_modules/axe-core/axe.min.js").read_text
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

type Seen = dict[str, Any]


class Account(NamedTuple):
    email: str
    password: str
    handle: str
    name: str


def newcomer(name: str) -> Account:
    handle = f"{name}-{secrets.token_hex(4)}"
    return Account(f"{handle}@example.org", secrets.token_urlsafe(16), handle, name.title())


class Member:
    """Somebody with an account, who has their own connection to the API besides the browser."""

    def __init__(self, base_url: str, account: Account) -> None:
        self.account, self.base_url = account, base_url
        self.http = httpx.Client(base_url=base_url, timeout=60, trust_env=False)
        new = account._asdict() | {"code": operate.admit("local", account.email)}
        self.http.post("/v1/accounts", json=new).raise_for_status()
        credentials = {"email": account.email, "password": account.password}
        token = self.http.post("/v1/sessions", json=credentials).raise_for_status().json()["access_token"]
        self.http.headers["authorization"] = f"Bearer {token}"

    def create(self, **highlight: Any) -> Any:
        new = {"kind": "code", "title": "A thing", "start": "2020"} | highlight
        return self.http.post("/v1/highlights", json=new).raise_for_status().json()

    def create_all(self, highlights: list[dict[str, Any]]) -> None:
        """And waits until they are counted, for the year selector is drawn from that."""
        with ThreadPoolExecutor(4) as threads:
            list(threads.map(lambda each: self.create(**each), highlights))
        until(lambda: self.counted() == len(highlights), within=90)

    def counted(self) -> int:
        answered = self.http.get(f"/v1/members/{self.account.handle}/timeline").raise_for_status()
        return int(answered.json()["count"])

    def highlights(self, **query: Any) -> list[dict[str, Any]]:
        asked = {"limit": 100} | query
        answered = self.http.get(f"/v1/members/{self.account.handle}/highlights", params=asked)
        return list(answered.raise_for_status().json()["items"])


class Window:
    """A page of the browser, with all that it complained of."""

    def __init__(self, page: Page, base_url: str) -> None:
        self.page, self.base_url = page, base_url
        self.complaints: list[str] = []
        self.calls: list[str] = []
        page.set_default_timeout(PATIENCE_MS)
        page.add_init_script(_VIOLATIONS)
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda sent: self.calls.append(f"{sent.method} {sent.url.removeprefix(base_url)}"))

    def go(self, path: str, heading: str | None = None) -> None:
        self.page.goto(self.base_url + path)
        self.page.get_by_role("heading", level=1, name=heading).first.wait_for()

    def sign_in(self, account: Account) -> None:
        self.go("/app/sign-in")
        self.page.get_by_label("E-mail").fill(account.email)
        self.page.get_by_label("Password").fill(account.password)
        self.page.keyboard.press("Enter")
        self.page.get_by_role("heading", level=1, name=account.name).wait_for()

    def faults(self) -> list[str]:
        """What axe finds once nothing fades in or out any more: the rule, and where."""
        self.page.wait_for_timeout(_FADED_MS)
        self.page.evaluate(_AXE())
        options = json.dumps({"runOnly": {"type": "tag", "values": _TAGS}, "resultTypes": ["violations"]})
        found = self.page.evaluate(f"axe.run(document, {options}).then((result) => result.violations)")
        return [
            f"{each['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
            for each in found
            for node in each["nodes"]
        ]

    def is_too_wide(self) -> bool:
        return bool(self.page.evaluate("document.documentElement.scrollWidth > innerWidth"))

    def asked(self, part: str) -> list[str]:
        return [each for each in self.calls if part in each]

    def _heard(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.text} {message.location.get('url', '')}")


@contextmanager
def window(browser: Browser, base_url: str, state: Any = None, **options: Any) -> Iterator[Window]:
    context: BrowserContext = browser.new_context(storage_state=state, **options)
    try:
        yield Window(context.new_page(), base_url)
    finally:
        context.close()


type Join = Callable[[str], Member]
