"""GET /v1/sign-in-providers"""

from accounts import providers
from core.http import endpoint
from core.shapes import Page, Shape


class SignInProvider(Shape):
    id: str
    name: str


@endpoint()
def handler() -> Page[SignInProvider]:
    return Page(items=[SignInProvider(id=each.id, name=each.name) for each in providers.offered()])
