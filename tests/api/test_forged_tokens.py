"""Access tokens that nobody gave: the corpus of attacks (shared/data/attacks/jwt), at the deployed door.

A token that the pool itself signed and that is wrong in its times cannot be made here: what API Gateway does
about those is its own promise. Members who are suspended, or changed their password, have tests of their own.
"""

import base64
import hmac
import json
import secrets
from collections.abc import Callable
from functools import cache
from typing import Any

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from infra.local.deploy import client
from tests.api.conftest import Client, Deployed
from tests.attacks import corpus
from tests.web import Web, page

pytestmark = pytest.mark.api

ELSEWHERE = {"exp", "iat", "suspended-user", "password-changed"}  # see above
AS_SAID = {"id-token": 403, "scope": 403}  # one and the same here: an ID token has no scope, and is told so


class Forge:
    """Made of a token that is good."""

    def __init__(self, deployed: Deployed, member: Client, web: Web) -> None:
        self.deployed, self.member, self.web = deployed, member, web
        self.good: str = member.session["access_token"]
        self.head, self.payload, self.signature = self.good.split(".")
        self.claims: dict[str, Any] = jwt.decode(self.good, options={"verify_signature": False})

    def own(self, **headers: Any) -> str:
        """Signed by a key of our own."""
        kid = jwt.get_unverified_header(self.good)["kid"]
        return jwt.encode(self.claims, key(), algorithm="RS256", headers={"kid": kid} | headers)

    def modulus(self) -> bytes:
        pool = self.deployed.outputs["UserPoolId"]
        keys = httpx.get(f"{self.deployed.cloud.address}/{pool}/.well-known/jwks.json").json()["keys"]
        return base64.urlsafe_b64decode(keys[0]["n"] + "==")

    def of_another_pool(self, flow: str = "AccessToken") -> str:
        pools = client(self.deployed.cloud, "cognito-idp")
        other = pools.create_user_pool(PoolName=f"others-{secrets.token_hex(4)}")["UserPool"]["Id"]
        theirs = pools.create_user_pool_client(
            UserPoolId=other,
            ClientName="theirs",
            ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        )["UserPoolClient"]["ClientId"]
        pools.admin_create_user(UserPoolId=other, Username=self.member.id, MessageAction="SUPPRESS")
        pools.admin_set_user_password(
            UserPoolId=other, Username=self.member.id, Password="Long enough, 1 time", Permanent=True
        )
        given = {"USERNAME": self.member.id, "PASSWORD": "Long enough, 1 time"}
        signed_in = pools.initiate_auth(ClientId=theirs, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=given)
        return str(signed_in["AuthenticationResult"][flow])

    def id_token(self) -> str:
        given = {"USERNAME": self.member.id, "PASSWORD": self.member.password}
        signed_in = client(self.deployed.cloud, "cognito-idp").initiate_auth(
            ClientId=self.deployed.outputs["UserPoolClientId"],
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters=given,
        )
        return str(signed_in["AuthenticationResult"]["IdToken"])


@cache
def key() -> Any:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def encoded(value: Any) -> str:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def hs256(forge: Forge) -> str:
    text = f"{encoded({'alg': 'HS256', 'typ': 'JWT'})}.{forge.payload}"
    return f"{text}.{encoded(hmac.digest(forge.modulus(), text.encode(), 'sha256'))}"


def bearer(token: str) -> list[tuple[str, str]]:
    return [("authorization", f"Bearer {token}")]


MADE: dict[str, Callable[[Forge], list[tuple[str, str]]]] = {
    "none": lambda f: bearer(f"{encoded({'alg': 'none'})}.{f.payload}."),
    "strip": lambda f: bearer(f"{f.head}.{f.payload}."),
    "hs256-jwk-n": lambda f: bearer(hs256(f)),
    "jku": lambda f: bearer(f.own(jku=f.web.url("/stolen/jwks.json"))),
    "x5c": lambda f: bearer(f.own(x5c=[encoded(b"a certificate of our own")])),
    "kid-sqli": lambda f: bearer(f.own(kid="x' UNION SELECT 'key")),
    "kid-other": lambda f: bearer(f.own(kid=str(jwt.get_unverified_header(f.of_another_pool())["kid"]))),
    "tamper-sub": lambda f: bearer(
        f"{f.head}.{encoded(f.claims | {'sub': 'x', 'username': 'x'})}.{f.signature}"
    ),
    "iss": lambda f: bearer(f.of_another_pool()),
    "id-token": lambda f: bearer(f.id_token()),
    "scope": lambda f: bearer(f.id_token()),
    "dup-claims": lambda f: bearer(
        f"{f.head}.{encoded(b'{"sub":"x",' + json.dumps(f.claims).encode()[1:])}.{f.signature}"
    ),
    "jwe": lambda _: bearer(f"{encoded({'alg': 'RSA-OAEP', 'enc': 'A256GCM'})}.a.b.c.d"),
    "crit": lambda f: bearer(f.own(crit=["b64"], b64=True)),
    "huge": lambda f: bearer(f.own() + "A" * 60_000),
    "twice": lambda f: [*bearer(f.own()), *bearer(f.good)],
    "lower": lambda f: [("authorization", f"bearer {f.good}")],
}


@pytest.fixture(scope="module")
def forge(deployed: Deployed, join: Callable[[str], Client], web: Web) -> Forge:
    return Forge(deployed, join("fern"), web)


def test_each_forgery_of_the_corpus_is_answered_as_it_says(forge: Forge, visitor: httpx.Client) -> None:
    attacks = {each["id"]: each for each in json.loads((corpus("jwt") / "jwt-attacks.json").read_text())}
    forge.web.answers["/stolen/jwks.json"] = page("{}")
    assert set(attacks) == {*MADE, *ELSEWHERE}

    answers = {name: visitor.get("/v1/me", headers=make(forge)).status_code for name, make in MADE.items()}

    said = {name: AS_SAID.get(name, attacks[name]["expect"]) for name in MADE}
    assert answers == said
    assert "/stolen/jwks.json" not in [each.path for each in forge.web.asked], "nobody asked where it led"


def test_what_renews_a_session_is_no_access_token(forge: Forge, visitor: httpx.Client) -> None:
    for token in (forge.member.session["refresh_token"], "polyfolio_x_y_z"):
        assert visitor.get("/v1/me", headers=bearer(token)).status_code == 401


def test_nobody_writes_their_own_rights_into_the_user_pool(forge: Forge, visitor: httpx.Client) -> None:
    """Past our API, with one's own access token: roles are no attributes, and a name never changes."""
    pools, token = client(forge.deployed.cloud, "cognito-idp"), forge.good
    for name in ("custom:role", "cognito:groups", "sub", "username"):
        try:
            pools.update_user_attributes(
                AccessToken=token, UserAttributes=[{"Name": name, "Value": "operators"}]
            )
        except pools.exceptions.ClientError:
            continue

    credentials = {"email": f"{forge.member.handle}@example.org", "password": forge.member.password}
    session = visitor.post("/v1/sessions", json=credentials).raise_for_status().json()
    headers = bearer(session["access_token"])
    assert visitor.get("/v1/admissions", headers=headers).status_code == 403
    assert visitor.get("/v1/me", headers=headers).json()["id"] == forge.member.id
