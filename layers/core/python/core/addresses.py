"""Where things stand for everybody to see: the one place that says so, for pages, feeds and documents."""

import os

from core.table import Item


def site() -> str:
    return os.environ["SITE_ADDRESS"]


def profile(of: Item) -> str:
    """The canonical address of a member's profile. `of`: the profile as it stands in the table, with the
    `domain` of its member's own, where that is live.
    """
    return f"https://{of['domain']}" if of.get("domain") else f"{site()}/@{of['handle']}"


def highlight(highlight_id: str) -> str:
    return f"{site()}/h/{highlight_id}"


def opportunity(opportunity_id: str) -> str:
    return f"{site()}/o/{opportunity_id}"


def of_file(path: str) -> str:
    """Of what we serve ourselves: media, pictures, pages by their path."""
    return path if path.startswith("http") else f"{site()}{path}"
