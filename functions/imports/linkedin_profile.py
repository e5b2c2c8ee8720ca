"""What a LinkedIn archive says of its owner: headline, summary, skills, languages."""

from core.elsewhere import tidy
from core.elsewhere.found import Found
from core.elsewhere.linkedin_tables import filled
from imports import spreadsheet
from imports.suggesting import bio, suggested


def profile(content: bytes) -> list[Found]:
    """Of this file nothing else is read: it holds one's address and birthday."""
    found: list[Found] = []
    for place, row in spreadsheet.rows(content, {"headline", "summary"}):
        found += suggested("Profile", place, "headline", tidy.line(filled(row, "headline")))
        found += suggested("Profile", place, "bio", bio(filled(row, "summary")))
    return found


def summary(content: bytes) -> list[Found]:
    found = spreadsheet.rows(content, {"profile summary", "summary"})
    texts = [(place, bio(filled(row, "profile summary", "summary"))) for place, row in found]
    return [each for place, text in texts for each in suggested("Profile summary", place, "bio", text)]


def skills(content: bytes) -> list[Found]:
    found = spreadsheet.rows(content, {"name", "skill"})
    names = [(place, tidy.line(filled(row, "name", "skill"), 100)) for place, row in found]
    return [each for place, name in names for each in suggested("Skills", place, "skill", name)]


def languages(content: bytes) -> list[Found]:
    found = spreadsheet.rows(content, {"name", "proficiency"})
    names = [(place, _language(filled(row, "name"), filled(row, "proficiency"))) for place, row in found]
    return [each for place, name in names for each in suggested("Languages", place, "language", name)]


def _language(name: str, proficiency: str) -> str:
    return tidy.line(f"{name} ({proficiency})" if name and proficiency else name, 100)
