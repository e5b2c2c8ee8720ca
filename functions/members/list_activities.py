"""GET /v1/activities"""

from core.http import endpoint
from core.shapes import Page
from members.activities import CATALOGUE, CatalogueEntry


@endpoint()
def handler() -> Page[CatalogueEntry]:
    return Page(items=CATALOGUE)
