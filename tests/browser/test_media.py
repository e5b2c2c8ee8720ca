"""Pictures and PDFs: chosen, dropped and pasted; what fails is tried again, and what is refused says why."""

import base64
import re

import pytest
from playwright.sync_api import FilePayload, Page, Route, expect

from tests.browser.app import PATIENCE_MS, Join, Member, Window
from tests.functions.media.samples import pdf, picture

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE_MS)

CHAIRS: FilePayload = {"name": "chairs.jpg", "mimeType": "image/jpeg", "buffer": picture("JPEG")}
HANDED = """([name, type, content, event]) => {
  const data = new DataTransfer();
  data.items.add(new File([Uint8Array.from(atob(content), (each) => each.charCodeAt(0))], name, { type }));
  const given = { bubbles: true, cancelable: true };
  dispatchEvent(event === 'paste'
    ? new ClipboardEvent(event, { ...given, clipboardData: data })
    : new DragEvent(event, { ...given, dataTransfer: data }));
}"""


@pytest.fixture(scope="module")
def painter(join: Join) -> Member:
    return join("painter")


@pytest.fixture
def page(opened: Window, painter: Member) -> Page:
    opened.sign_in(painter.account)
    opened.go("/app/highlights/new", "Add a highlight")
    return opened.page


def choose(page: Page, *files: FilePayload) -> None:
    page.get_by_label("Add files").set_input_files(list(files))


def hand(page: Page, event: str, name: str, kind: str, content: bytes) -> None:
    page.evaluate(HANDED, [name, kind, base64.b64encode(content).decode(), event])


def test_chosen_dropped_and_pasted_they_stand_on_the_timeline(page: Page, painter: Member) -> None:
    page.get_by_label("Title").fill("Forty chairs")
    choose(page, CHAIRS)
    hand(page, "drop", "program.pdf", "application/pdf", pdf())
    hand(page, "paste", "image.png", "image/png", picture("PNG"))
    alts = page.get_by_label("For those who cannot see or hear it")
    expect(alts).to_have_count(3)
    alts.first.fill("Forty chairs in a half circle")
    page.get_by_label("Caption").first.fill("Before they came")
    page.get_by_role("button", name="Move program.pdf up").click()
    page.reload()
    expect(alts.nth(1)).to_have_value("Forty chairs in a half circle")
    page.get_by_role("button", name="Remove image.png").click()
    page.get_by_role("button", name="Put it on my timeline").click()

    cover = page.get_by_role("link", name="Forty chairs", exact=False).first
    expect(cover).to_be_visible()
    [made] = [each for each in painter.highlights() if each["title"] == "Forty chairs"]
    assert made["media_count"] == 2
    page.goto(page.url.partition("/app/")[0] + f"/app/highlights/{made['id']}")
    seen = page.get_by_alt_text("Forty chairs in a half circle")
    expect(seen).to_be_visible()
    assert seen.evaluate("each => each.decode().then(() => each.naturalWidth)") > 0
    expect(page.get_by_text("Before they came")).to_be_visible()
    expect(page.get_by_text("PDF, 3 pages")).to_be_visible()


def test_what_was_cut_off_is_sent_again_and_what_is_on_its_way_can_be_left(
    page: Page, opened: Window
) -> None:
    def cut_off(route: Route) -> None:
        if route.request.method == "POST":
            route.abort("connectionreset")
        else:
            route.continue_()

    uploads = re.compile("uploads")
    page.route(uploads, cut_off)
    choose(page, CHAIRS)
    expect(page.get_by_text("Polyfolio cannot be reached")).to_be_visible()
    page.unroute(uploads)
    page.get_by_role("button", name="Try again: chairs.jpg").click()
    expect(page.get_by_label("Caption")).to_have_count(1)

    page.route(uploads, lambda _: None)  # and it hangs
    choose(page, CHAIRS | {"name": "slow.jpg"})
    expect(page.get_by_role("progressbar", name="Sending slow.jpg")).to_be_visible()
    page.get_by_label("Title").fill("Too early")
    page.get_by_role("button", name="Put it on my timeline").click()
    expect(page.get_by_text("One file is still on its way.")).to_be_visible()
    page.get_by_role("button", name="Cancel slow.jpg").click()
    expect(page.get_by_role("progressbar")).to_have_count(0)
    expect(page.get_by_label("Add files")).to_be_focused()
    opened.complaints[:] = [each for each in opened.complaints if "ERR_CONNECTION_RESET" not in each]


def test_what_is_refused_says_why(page: Page, opened: Window) -> None:
    choose(page, {"name": "letter.jpg", "mimeType": "image/jpeg", "buffer": b"Dear all, " * 40})
    expect(page.get_by_role("alert")).to_contain_text("The file is")
    choose(page, {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"Notes"})
    expect(page.get_by_text("Is nothing that can be uploaded", exact=False)).to_be_visible()
    opened.complaints[:] = [each for each in opened.complaints if "422" not in each]


def test_a_picture_of_oneself(page: Page, opened: Window, painter: Member) -> None:
    opened.go("/app/profile", "Your profile")
    page.get_by_label("Choose a picture").set_input_files([CHAIRS])
    expect(page.get_by_text("Your picture is there.")).to_be_visible()
    page.get_by_label("Choose a banner").set_input_files([CHAIRS])
    expect(page.get_by_alt_text("Your banner")).to_be_visible()
    opened.go("/app/")
    face = page.locator(".face img")
    expect(face).to_be_visible()
    assert face.evaluate("each => each.decode().then(() => each.naturalWidth)") > 0

    opened.go("/app/profile", "Your profile")
    page.get_by_role("button", name="Take it off: picture").click()
    expect(page.get_by_text("Your picture is taken off.")).to_be_visible()
    assert painter.http.get("/v1/me").json()["avatar"] is None
