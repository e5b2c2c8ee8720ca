"""`make screenshots`: the main pages of a running `make run`, for docs/screenshots.md to show."""

import io
import os
import shutil
import sys
from typing import Any, Literal, NamedTuple

import httpx
from PIL import Image
from playwright.sync_api import Browser, Error, Page, sync_playwright

from infra.local import demo
from infra.local.cloud import ROOT

FOLDER = ROOT / "docs/screenshots"
_COLOURS = 160  # in a palette, for files of a third of the size
# Of those below the window's end none is asked for: they load when somebody comes near.
_LOADED = """Promise.all([...document.images].filter((each) => each.checkVisibility()
  && each.getBoundingClientRect().top < innerHeight).map((each) => each.decode()))"""


class Shot(NamedTuple):
    """`inside`: as the demo's Ana, in the client."""

    name: str
    path: str
    where: Literal["desk", "phone"] = "desk"
    scheme: Literal["light", "dark"] = "light"
    inside: bool = False

    @property
    def window(self) -> dict[str, Any]:
        size = {"width": 1440, "height": 900} if self.where == "desk" else {"width": 360, "height": 740}
        finer = 1 if self.where == "desk" else 2
        return {"viewport": size, "device_scale_factor": finer, "color_scheme": self.scheme}


SHOTS = (
    Shot("landing", "/"),
    Shot("profile", "/@ana"),
    Shot("badge", "/@ana/software-engineer", scheme="dark"),
    Shot("profile-phone", "/@ana", "phone"),
    Shot("highlight", "/h/{river-voices}"),
    Shot("highlight-phone", "/h/{river-voices}", "phone", "dark"),
    Shot("opportunities", "/opportunities", scheme="dark"),
    Shot("timeline", "/app/", inside=True),
    Shot("timeline-phone", "/app/", "phone", "dark", inside=True),
    Shot("composer", "/app/highlights/new", inside=True),
    Shot("space-station", "/app/space-station", scheme="dark", inside=True),
    Shot("contacts-phone", "/app/contacts", "phone", inside=True),
)


def main() -> None:
    address = f"http://localhost:{os.environ.get('POLYFOLIO_PORT', '4700')}"
    FOLDER.mkdir(exist_ok=True)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
            take(browser, address)
    except (Error, httpx.HTTPError) as error:
        sys.exit(f"{error}\nIs `make run` running, and Chromium installed?")


def take(browser: Browser, address: str) -> None:
    ids, session = _highlights(address), _signed_in(browser, address)
    for each in SHOTS:
        context = browser.new_context(
            **each.window, reduced_motion="reduce", storage_state=session if each.inside else None
        )
        page = context.new_page()
        page.goto(address + each.path.format_map(ids))
        _settle(page)
        _save(each.name, page.screenshot())
        session = context.storage_state() if each.inside else session  # its refresh token is good for once
        context.close()


def _highlights(address: str) -> dict[str, str]:
    """Ids by the demo's own names, for those that are told apart by their titles."""
    names = {each["title"]: each["ref"] for each in demo.member("ana")["highlights"]}
    asked = {"limit": 100}
    with httpx.Client(base_url=address, timeout=60, trust_env=False) as http:
        found = http.get("/v1/public/members/ana/highlights", params=asked).raise_for_status().json()["items"]
    return {names[each["title"]]: each["id"] for each in found if each["title"] in names}


def _signed_in(browser: Browser, address: str) -> Any:
    email, password = demo.sign_in()
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/app/sign-in")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(password)
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name=demo.member("ana")["name"]).wait_for()
    session = context.storage_state()
    context.close()
    return session


def _settle(page: Page) -> None:
    page.get_by_role("heading", level=1).first.wait_for()
    page.wait_for_load_state("networkidle")
    page.evaluate(_LOADED)


def _save(name: str, screen: bytes) -> None:
    drawn = Image.open(io.BytesIO(screen)).convert("RGB").quantize(_COLOURS)
    drawn.save(FOLDER / f"{name}.png", optimize=True)
    print(f"  {name}.png {(FOLDER / f'{name}.png').stat().st_size // 1000} kB", flush=True)


if __name__ == "__main__":
    main()
