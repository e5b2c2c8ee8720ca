"""The public pages that are rendered into the site's bucket.

Entity        pk                          sk             answers
Rendered      PAGES#<member>              RENDERED       under which handles pages of a member stand
Paged         HIGHLIGHT#<highlight>       PAGED          on which pages a highlight stands
"""

from core.keys.key import Key


def rendered(member_id: str) -> Key:
    return Key(f"PAGES#{member_id}", "RENDERED")


def paged(highlight_id: str) -> Key:
    return Key(f"HIGHLIGHT#{highlight_id}", "PAGED")
