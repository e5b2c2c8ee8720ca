"""What a provider says of who signs in: OpenID Connect's authorization code flow (Core 1.0, section 3.1).

Who somebody is at a provider is its issuer and subject. An address in an ID token is what the provider has
noted once: it can be somebody else's by now, or never have been proved, and so it opens nothing here.
"""

import hmac
import json
import os
from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any, NamedTuple
from urllib.parse import urlencode

import jwt

from accounts.authorizations import Begun
from accounts.providers import Provider
from core.errors import Forbidden, Unavailable
from core.fetch import Fetched, FetchFailed, fetch, post_form

_ALGORITHMS = ["RS256", "ES256"]  # never one whose key could be something public
_CLAIMS = ["iss", "sub", "aud", "exp", "iat"]
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_LEEWAY_SECONDS = 60
_MAX_BYTES = 64 * 1024
_SECONDS = 4.0  # of each of three calls


class Known(NamedTuple):
    """`name` and `email` may fill a form, and are no proof of anything."""

    subject: str
    name: str
    email: str


class _Described(NamedTuple):
    authorization: str
    token: str
    keys: str
    takes_pkce: bool


def _described(provider: Provider) -> _Described:
    """By its own discovery document (OpenID Connect Discovery 1.0), which may not lead from https to http."""
    said = _json(provider, _got(provider, f"{provider.issuer}/.well-known/openid-configuration"))
    endpoints = [str(said.get(each)) for each in _ENDPOINTS]
    scheme = provider.issuer.partition("//")[0]
    if said.get("issuer") != provider.issuer or not all(each.startswith(f"{scheme}//") for each in endpoints):
        raise _unavailable(provider)
    authorization, token, keys = endpoints
    return _Described(authorization, token, keys, "S256" in said.get("code_challenge_methods_supported", []))


def address(provider: Provider, begun: Begun) -> str:
    """Where the browser is sent."""
    described = _described(provider)
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": _redirect(provider),
        "scope": "openid profile email",
        "state": begun.state,
        "nonce": begun.nonce,
    }
    if described.takes_pkce:
        digest = sha256(begun.verifier.encode()).digest()
        challenge = urlsafe_b64encode(digest).decode().rstrip("=")
        asked |= {"code_challenge": challenge, "code_challenge_method": "S256"}
    joint = "&" if "?" in described.authorization else "?"
    return f"{described.authorization}{joint}{urlencode(asked)}"


def known(provider: Provider, begun: Begun, code: str) -> Known:
    """Who has been there, for the code that the browser brought back. Raises Forbidden."""
    described = _described(provider)
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": _redirect(provider),
        "client_id": provider.client_id,
        "client_secret": _secret(provider),
    } | ({"code_verifier": begun.verifier} if described.takes_pkce else {})
    try:
        answer = post_form(described.token, form, max_bytes=_MAX_BYTES, seconds=_SECONDS)
    except FetchFailed:
        raise _unavailable(provider) from None
    if 400 <= answer.status < 500:
        raise Forbidden(f"{provider.name} does not know this code, or no longer. Begin again.")
    token = str(_json(provider, answer).get("id_token", ""))
    return _verified(provider, token, _json(provider, _got(provider, described.keys)), begun.nonce)


def _verified(provider: Provider, token: str, keys: dict[str, Any], nonce: str) -> Known:
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            _key(token, keys),
            algorithms=_ALGORITHMS,
            audience=provider.client_id,
            issuer=provider.issuer,
            leeway=_LEEWAY_SECONDS,
            options={"require": _CLAIMS},
        )
    except jwt.PyJWTError:
        raise _unproven(provider) from None
    subject = claims["sub"]
    if not (isinstance(subject, str) and 0 < len(subject) <= 255) or not _is_for_us(provider, claims):
        raise _unproven(provider)
    if ("nonce" in claims or provider.sends_nonce) and not _equal(claims.get("nonce"), nonce):
        raise _unproven(provider)
    return Known(subject, *(_text(claims.get(each)) for each in ("name", "email")))


def _redirect(provider: Provider) -> str:
    """The page of ours that it leads back to, as it is registered with it."""
    return f"{os.environ['SITE_ADDRESS']}/app/sign-in/{provider.id}"


def _secret(provider: Provider) -> str:
    return str(json.loads(os.environ["SIGN_IN_SECRETS"])[provider.id])


def _key(token: str, keys: dict[str, Any]) -> jwt.PyJWK:
    """The provider's key of the name that the token gives; never one that comes with the token."""
    name = jwt.get_unverified_header(token).get("kid")
    for each in jwt.PyJWKSet.from_dict(keys).keys:
        if each.key_id == name:
            return each
    raise jwt.InvalidKeyError("The provider has no key of this name.")


def _is_for_us(provider: Provider, claims: dict[str, Any]) -> bool:
    """And for nobody else besides (Core 1.0, 3.1.3.7, 3 to 5)."""
    return claims["aud"] in (provider.client_id, [provider.client_id]) and (
        claims.get("azp", provider.client_id) == provider.client_id
    )


def _equal(one: object, other: str) -> bool:
    return isinstance(one, str) and hmac.compare_digest(one.encode(), other.encode())


def _text(claim: object) -> str:
    return claim[:200] if isinstance(claim, str) and claim.isprintable() else ""


def _got(provider: Provider, address: str) -> Fetched:
    try:
        return fetch(address, accept="application/json", max_bytes=_MAX_BYTES, seconds=_SECONDS)
    except FetchFailed:
        raise _unavailable(provider) from None


def _json(provider: Provider, answer: Fetched) -> dict[str, Any]:
    said = answer.json()
    if said is None:
        raise _unavailable(provider)
    return said


def _unproven(provider: Provider) -> Forbidden:
    return Forbidden(f"What {provider.name} said could not be verified. Begin again.")


def _unavailable(provider: Provider) -> Unavailable:
    return Unavailable(
        f"{provider.name} cannot be asked just now. Try again, or sign in another way.",
        headers={"retry-after": "30"},
    )
