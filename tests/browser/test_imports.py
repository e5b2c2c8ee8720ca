"""An archive: what is in it is seen first, taken over, told of, and taken back as a whole."""

import json
import re

import pytest
from playwright.sync_api import FilePayload, expect

from tests.browser.app import PATIENCE_MS, Join, Window
from tests.waiting import until

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE_MS)

RESUME = {
    "basics": {"name": "Ida"},
    "work": [
        {"name": "Torra Lenta", "position": "Roaster", "startDate": "2021-03", "summary": "Slow coffee."},
        {"name": "Sargaço", "position": "Engineer", "startDate": "2015-01-05", "endDate": "2020-06"},
    ],
    "awards": [{"title": "Best cup of Ghent", "date": "2022"}],
}


def test_seen_first_then_taken_over_and_taken_back(opened: Window, join: Join) -> None:
    ida, page = join("ida"), opened.page
    opened.sign_in(ida.account)
    opened.go("/app/sources", "Sources")
    page.get_by_role("radio", name="JSON Resume").check()
    content = json.dumps(RESUME).encode()
    page.get_by_label("Choose the file").set_input_files(
        FilePayload(name="resume.json", mimeType="application/json", buffer=content)
    )
    expect(page.get_by_role("button", name="Take over what is ticked")).to_be_visible()
    assert ida.highlights() == [], "nothing stands anywhere before it is chosen"
    page.get_by_role("radio", name="As a draft").check()
    page.get_by_role("checkbox", name=re.compile("Best cup")).uncheck()
    page.get_by_role("button", name="Take over what is ticked").click()
    expect(page.get_by_text("2 on your timeline", exact=False)).to_be_visible()
    page.get_by_role("link", name="Look at the drafts").click()
    expect(page.get_by_role("article").first).to_be_visible()
    titles = {each["title"] for each in ida.highlights(visibility="draft")}
    assert len(titles) == 2
    assert not [each for each in titles if "cup" in each]

    page.go_back()
    page.get_by_role("button", name="Undo all of it …").click()
    page.get_by_role("button", name="Undo it", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sources")
    until(lambda: ida.highlights(visibility="draft") == [], within=60)
    assert opened.faults() == []
    opened.complaints[:] = [each for each in opened.complaints if "404" not in each]  # it is gone: undone
