"""GET /v1/activities"""

from core.activities import CATALOGUE, CatalogueEntry
from core.http import endpoint
from core.shapes import Page


@endpoint()
def handler() -> Page[CatalogueEntry]:
    return Page(items=CATALOGUE)
