"""A provider to sign in by, on loopback: OpenID Connect's discovery, token and key endpoints, and what a
browser does at the authorization endpoint. `changed` is what it says other than it should.
"""

import hmac
import json
import secrets
import time
from base64 import urlsafe_b64encode
from functools import cache
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.web import Visit, Web, page

CLIENT, SECRET = "our-client", "our secret of theirs"


class Provider:
    def __init__(self, web: Web, id: str = "google", *, sends_nonce: bool = True) -> None:
        self.id, self.sends_nonce, self.issuer = id, sends_nonce, web.url(f"/{id}")
        self.changed: dict[str, Any] = {}  # claims, or None: left out
        self.described: dict[str, Any] = {}
        self.headers: dict[str, Any] = {}
        self.algorithm, self.key = "RS256", own_key()
        self.forms: list[dict[str, str]] = []  # what the token endpoint was sent
        self._web = web
        self._codes: dict[str, tuple[dict[str, str], str]] = {}
        web.answers[f"/{id}/.well-known/openid-configuration"] = lambda visit: visit_json(
            visit, self.description()
        )
        web.answers[f"/{id}/keys"] = lambda visit: visit_json(visit, {"keys": [public("one")]})
        web.answers[f"/{id}/token"] = self._token

    @property
    def setting(self) -> dict[str, Any]:
        facts = {"id": self.id, "name": self.id.title(), "issuer": self.issuer, "client_id": CLIENT}
        return facts | {"sends_nonce": self.sends_nonce}

    def description(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "code_challenge_methods_supported": ["plain", "S256"],
        } | self.described

    def signs_in(self, address: str, subject: str) -> dict[str, str]:
        """What the browser brings back from this address of the authorization endpoint."""
        parts = urlsplit(address)
        assert address.partition("?")[0] == f"{self.issuer}/authorize"
        asked = {name: value[0] for name, value in parse_qs(parts.query).items()}
        assert (asked["client_id"], asked["response_type"]) == (CLIENT, "code")
        assert asked["redirect_uri"].endswith(f"/app/sign-in/{self.id}")
        code = secrets.token_urlsafe(16)
        self._codes[code] = asked, subject
        return {"state": asked["state"], "code": code}

    def _token(self, visit: Visit) -> None:
        form = {name: value[0] for name, value in parse_qs(self._web.asked[-1].body.decode()).items()}
        self.forms.append(form)
        asked, subject = self._codes.pop(form.get("code", ""), ({}, ""))
        if subject and self._is_ours(form, asked):
            visit_json(visit, {"access_token": "theirs", "id_token": self._said(asked, subject)})
        else:
            visit_json(visit, {"error": "invalid_grant"}, status=400)

    def _is_ours(self, form: dict[str, str], asked: dict[str, str]) -> bool:
        challenged = challenge_of(form.get("code_verifier", "")) if "code_challenge" in asked else None
        redirected = form["redirect_uri"] == asked["redirect_uri"]
        return redirected and form["client_secret"] == SECRET and challenged == asked.get("code_challenge")

    def _said(self, asked: dict[str, str], subject: str) -> str:
        at = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "sub": subject, "iat": at, "exp": at + 300}
        about = {"name": "Ada Lovelace", "email": "ada@example.org", "email_verified": True}
        nonce = {"nonce": asked["nonce"]} if self.sends_nonce else {}
        said = {n: v for n, v in (claims | about | nonce | self.changed).items() if v is not None}
        headers = {n: v for n, v in ({"kid": "one"} | self.headers).items() if v is not None}
        if self.algorithm == "HS256":
            return keyed(headers, said, self.key)
        return jwt.encode(said, self.key, algorithm=self.algorithm, headers=headers)


@cache
def own_key() -> Any:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@cache
def others_key() -> Any:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def public(name: str) -> dict[str, Any]:
    key = jwt.algorithms.RSAAlgorithm.to_jwk(own_key().public_key(), as_dict=True)
    return key | {"kid": name, "use": "sig", "alg": "RS256"}


def keyed(headers: dict[str, Any], claims: dict[str, Any], key: bytes) -> str:
    """By hand, for the library refuses to take a public key for a secret."""
    parts = [json.dumps(each).encode() for each in (headers | {"alg": "HS256"}, claims)]
    text = ".".join(map(encoded, parts))
    return f"{text}.{encoded(hmac.digest(key, text.encode(), 'sha256'))}"


def encoded(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def challenge_of(verifier: str) -> str:
    return encoded(sha256(verifier.encode()).digest())


def visit_json(visit: Visit, body: dict[str, Any], status: int = 200) -> None:
    page(json.dumps(body), status=status, content_type="application/json")(visit)
