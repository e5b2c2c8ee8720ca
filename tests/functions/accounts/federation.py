"""Ways to a provider and back, as a browser goes them."""

from typing import Any

from accounts import begin_authorization, link_identity, prove_identity, sign_in
from tests.cloud import Answer, call
from tests.provider import Provider


def begin(provider: Provider, source: str = "203.0.113.7") -> Answer:
    return call(begin_authorization.handler, provider=provider.id, source=source)


def come_back(provider: Provider, body: dict[str, Any]) -> Answer:
    return call(prove_identity.handler, provider=provider.id, body=body)


def there_and_back(provider: Provider, subject: str) -> Answer:
    begun = begin(provider).json
    brought = provider.signs_in(begun["address"], subject)
    return come_back(provider, brought | {"secret": begun["secret"]})


def proof(provider: Provider, subject: str) -> str:
    return str(there_and_back(provider, subject).json["identity"])


def signs_in(provider: Provider, subject: str, **changes: Any) -> Answer:
    return call(sign_in.handler, body={"identity": proof(provider, subject)} | changes)


def link(claims: dict[str, str], identity: str, key: str | None = None, **more: Any) -> Answer:
    headers = {"Idempotency-Key": key} if key else {}
    body = {"identity": identity} | more
    return call(link_identity.handler, user="-", claims=claims, body=body, headers=headers)
