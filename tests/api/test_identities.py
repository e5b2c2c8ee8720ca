"""Signing in by a provider, on the deployed app: the provider is a server of this machine."""

import json
import secrets
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from infra import operate
from infra.local.deploy import client
from tests.api.conftest import Client, Deployed
from tests.api.test_accounts import subjects
from tests.api.test_first_steps import soon
from tests.provider import SECRET, Provider
from tests.web import Web, tell

pytestmark = pytest.mark.api


@pytest.fixture(scope="module")
def google(deployed: Deployed, web: Web) -> Provider:
    """From now on this stage offers it, as one whose settings name it would."""
    provider = Provider(web)
    tell(
        client(deployed.cloud, "lambda"),
        SIGN_IN_PROVIDERS=json.dumps([provider.setting]),
        SIGN_IN_SECRETS=json.dumps({provider.id: SECRET}),
    )
    return provider


def came_back(visitor: httpx.Client, google: Provider, subject: str) -> dict[str, Any]:
    way = f"/v1/sign-in-providers/{google.id}"
    begun = visitor.post(f"{way}/authorizations").raise_for_status().json()
    brought = google.signs_in(begun["address"], subject) | {"secret": begun["secret"]}
    proven = visitor.post(f"{way}/identities", json=brought)
    assert visitor.post(f"{way}/identities", json=brought).status_code == 403, "a way leads back once"
    return dict(proven.raise_for_status().json())


def signed_in(visitor: httpx.Client, identity: str) -> httpx.Response:
    return visitor.post("/v1/sessions", json={"identity": identity})


def whose(visitor: httpx.Client, session: httpx.Response) -> str:
    headers = {"authorization": f"Bearer {session.json()['access_token']}"}
    return str(visitor.get("/v1/me", headers=headers).raise_for_status().json()["id"])


def test_a_member_links_an_account_and_signs_in_by_it(
    deployed: Deployed, google: Provider, join: Callable[[str], Client], visitor: httpx.Client
) -> None:
    eva, mallory = join("eva"), join("mallory")
    address = f"{eva.handle}@example.org"
    google.changed = {"email": address, "email_verified": True}
    mine, strangers = (secrets.token_hex(8) for _ in range(2))
    assert visitor.get("/v1/sign-in-providers").json()["items"] == [{"id": "google", "name": "Google"}]

    linked = eva.post("/v1/me/identities", json={"identity": came_back(visitor, google, mine)["identity"]})

    assert linked.status_code == 201, linked.text
    assert eva.get("/v1/me/identities").json()["items"] == [linked.json()]
    proven = came_back(visitor, google, mine)
    assert proven["linked"]
    session = signed_in(visitor, proven["identity"])
    assert session.status_code == 201, session.text
    assert whose(visitor, session) == eva.id
    renewal = {"refresh_token": session.json()["refresh_token"]}
    assert visitor.post("/v1/sessions/refresh", json=renewal).status_code == 201
    assert signed_in(visitor, proven["identity"]).status_code == 403, "a proof is good for one thing"

    stranger = came_back(visitor, google, strangers)
    assert (stranger["linked"], stranger["email"]) == (False, address)
    assert signed_in(visitor, stranger["identity"]).status_code == 403

    again = came_back(visitor, google, mine)
    taken = mallory.post("/v1/me/identities", json={"identity": again["identity"]})
    assert taken.status_code == 409

    assert eva.delete("/v1/me/identities/google").status_code == 204
    assert signed_in(visitor, came_back(visitor, google, mine)["identity"]).status_code == 403
    soon(lambda: subjects(deployed, address), lambda found: len(found) == 2, within=60)


def test_who_signs_up_by_a_provider_has_one_way_in_until_they_set_a_password(
    google: Provider, visitor: httpx.Client
) -> None:
    google.changed = {}
    handle, subject = f"una-{secrets.token_hex(4)}", secrets.token_hex(8)
    address = f"{handle}@example.org"
    proof = came_back(visitor, google, subject)["identity"]
    account = {"email": address, "handle": handle, "name": "Una", "code": operate.admit("local", address)}

    made = visitor.post("/v1/accounts", json=account | {"identity": proof})
    assert made.status_code == 201, made.text
    session = signed_in(visitor, proof)
    assert whose(visitor, session) == made.json()["id"]

    headers = {"authorization": f"Bearer {session.json()['access_token']}"}
    refused = visitor.delete("/v1/me/identities/google", headers=headers)
    assert (refused.status_code, "only way in" in refused.json()["detail"]) == (409, True)
    assert visitor.request("DELETE", "/v1/me", json={}, headers=headers).status_code == 202
    assert signed_in(visitor, came_back(visitor, google, subject)["identity"]).status_code in (401, 403)


def test_nobody_gets_tokens_of_the_pool_by_its_custom_flow_alone(
    deployed: Deployed, join: Callable[[str], Client]
) -> None:
    pool, member = client(deployed.cloud, "cognito-idp"), join("pia")
    ours = deployed.outputs["UserPoolClientId"]
    begun = pool.initiate_auth(ClientId=ours, AuthFlow="CUSTOM_AUTH", AuthParameters={"USERNAME": member.id})
    assert begun["ChallengeName"] == "CUSTOM_CHALLENGE"

    with pytest.raises(pool.exceptions.NotAuthorizedException):
        pool.respond_to_auth_challenge(
            ClientId=ours,
            ChallengeName="CUSTOM_CHALLENGE",
            Session=begun["Session"],
            ChallengeResponses={"USERNAME": member.id, "ANSWER": f"{member.id} 9999999999"},
        )
