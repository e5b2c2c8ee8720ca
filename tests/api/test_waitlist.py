"""From the waiting list to an account, as people, an operator and SES go it, on the deployed app."""

import json
import secrets
from collections.abc import Callable
from typing import Any

import boto3
import httpx
import pytest

from core import keys
from infra import operate
from infra.local.deploy import client as client_of
from tests.api.conftest import Client, Deployed
from tests.api.post import all_mailed, link, mailed
from tests.api.test_first_steps import soon

pytestmark = pytest.mark.api

PAGE = "/app/waiting-list"


def address(name: str) -> str:
    return f"{name}-{secrets.token_hex(4)}@example.org"


def network(deployed: Deployed) -> httpx.Client:
    """Somebody on a network of their own: this machine has 16 million addresses."""
    local = ".".join(["127", *(str(secrets.randbelow(250) + 2) for _ in range(3))])
    return httpx.Client(
        base_url=deployed.base_url, timeout=35, transport=httpx.HTTPTransport(local_address=local)
    )


def joined(deployed: Deployed, name: str) -> tuple[str, str]:
    """An address on the list, and its token."""
    who = address(name)
    with network(deployed) as client:
        assert client.post("/v1/waitlist", json={"email": who}).status_code == 202
        token = link(mailed(deployed.cloud, who), PAGE)
        assert confirmed(client, token)["state"] == "waiting"
    return who, token


def confirmed(client: httpx.Client, token: str) -> dict[str, Any]:
    answer = client.post("/v1/waitlist/confirmations", json={"token": token})
    return dict(answer.raise_for_status().json())


@pytest.fixture(scope="module")
def operator(deployed: Deployed, join: Callable[[str], Client]) -> Client:
    """A member who was made an operator, and has signed in since."""
    member = join("olga")
    found = boto3.client("cognito-idp").admin_get_user(
        UserPoolId=deployed.outputs["UserPoolId"], Username=member.id
    )
    email = next(each["Value"] for each in found["UserAttributes"] if each["Name"] == "email")
    operate.make_operator("local", email)
    session = member.post("/v1/sessions", json={"email": email, "password": member.password})
    member.headers["authorization"] = f"Bearer {session.raise_for_status().json()['access_token']}"
    return member


def test_from_the_waiting_list_to_an_account(
    deployed: Deployed, operator: Client, visitor: httpx.Client
) -> None:
    first, first_token = joined(deployed, "first")
    second, second_token = joined(deployed, "second")
    places = [confirmed(visitor, token)["place"] for token in (first_token, second_token)]
    assert places[1] == places[0] + 1

    listed = operator.get("/v1/admissions", params={"limit": 100}).raise_for_status().json()
    assert {first, second} <= {each["email"] for each in listed["next"]}
    key = {"Idempotency-Key": secrets.token_hex(8)}
    answers = [operator.post("/v1/admissions", json={"count": places[0]}, headers=key) for _ in range(2)]
    assert answers[0].json() == answers[1].json()

    code = link(mailed(deployed.cloud, first, 2), "/app/sign-up")
    soon(lambda: confirmed(visitor, second_token)["place"], lambda place: place == 1)
    assert confirmed(visitor, first_token)["state"] == "admitted"
    assert first in [each["email"] for each in operator.get("/v1/admissions").json()["not_come"]]
    credentials = {"email": first, "password": secrets.token_urlsafe(16)}
    account = credentials | {"handle": f"first-{secrets.token_hex(4)}", "name": "First", "code": code}
    with network(deployed) as newcomer:
        made = newcomer.post("/v1/accounts", json=account)
        assert made.status_code == 201, made.text
        assert newcomer.post("/v1/sessions", json=credentials).status_code == 201
    assert first not in [each["email"] for each in operator.get("/v1/admissions").json()["not_come"]]
    assert len(all_mailed(deployed.cloud, second)) == 1, "the repeat admitted nobody else"


def test_leaving_is_one_press_and_can_be_repeated(deployed: Deployed, visitor: httpx.Client) -> None:
    _, token = joined(deployed, "leaver")

    for _ in range(2):
        assert visitor.post("/v1/waitlist/departures", json={"token": token}).status_code == 204
    assert visitor.post("/v1/waitlist/confirmations", json={"token": token}).status_code == 404


def test_a_place_that_nobody_took_goes_to_the_next_one(
    deployed: Deployed, operator: Client, visitor: httpx.Client
) -> None:
    late, late_token = joined(deployed, "late")
    place = confirmed(visitor, late_token)["place"]
    operator.post("/v1/admissions", json={"count": place}).raise_for_status()
    mailed(deployed.cloud, late, 2)
    soon(lambda: confirmed(visitor, late_token)["state"], lambda state: state == "admitted")
    following, _ = joined(deployed, "following")

    _let_two_weeks_pass(deployed, late)
    record = {"messageId": "1", "body": json.dumps({"detail": {}})}
    client_of(deployed.cloud, "lambda").invoke(
        FunctionName="polyfolio-local-pass_on_places", Payload=json.dumps({"Records": [record]})
    )

    assert link(mailed(deployed.cloud, following, 2), "/app/sign-up")
    assert visitor.post("/v1/waitlist/confirmations", json={"token": late_token}).json()["state"] == "waiting"


def _let_two_weeks_pass(deployed: Deployed, who: str) -> None:
    """For the one admission: its entry says that its time ended in 2020."""
    table = boto3.resource("dynamodb").Table(deployed.outputs["TableName"])
    [entry] = [each for each in operate._all_of("local", keys.ADMITTED) if each["email"] == who]
    table.delete_item(Key={name: entry[name] for name in (keys.PK, keys.SK)})
    until = "2020-01-01T00:00:00.000Z"
    table.put_item(Item=entry | keys.admitted(until, entry["digest"])._asdict() | {"until": until})


@pytest.mark.parametrize(("method", "body"), [("GET", None), ("POST", {"count": 1})])
def test_members_and_strangers_admit_nobody(
    alice: Client, visitor: httpx.Client, method: str, body: dict[str, int] | None
) -> None:
    assert alice.request(method, "/v1/admissions", json=body).status_code == 403
    assert visitor.request(method, "/v1/admissions", json=body).status_code == 401


def test_a_network_is_limited_whatever_it_says_of_itself(deployed: Deployed) -> None:
    forged = ("x-forwarded-for", "x-viewer-address", "cloudfront-viewer-address", "x-polyfolio-edge")
    with network(deployed) as flood, network(deployed) as other:
        answers = [
            flood.post(
                "/v1/waitlist",
                json={"email": address("flood")},
                headers=dict.fromkeys(forged, f"198.51.100.{n}"),
            )
            for n in range(6)
        ]

        assert [each.status_code for each in answers] == [202] * 5 + [429]
        assert int(answers[5].headers["retry-after"]) > 0
        assert other.post("/v1/waitlist", json={"email": address("other")}).status_code == 202


def test_past_the_edge_nobody_says_where_they_come_from(deployed: Deployed) -> None:
    """All from this machine's one address, as API Gateway sees it: whoever made up a header would pass."""
    direct = f"{deployed.cloud.address}/_aws/execute-api/{deployed.outputs['ApiId']}/$default/v1/waitlist"
    answers = [
        httpx.post(
            direct, json={"email": address("direct")}, headers={"x-viewer-address": f"198.51.100.{n}"}
        ).status_code
        for n in range(6)
    ]

    assert answers[-1] == 429


def test_what_bounces_or_is_complained_about_is_mailed_no_more(deployed: Deployed) -> None:
    """The emulator's SES tells of nothing, so what it would say is put where the bus would bring it."""
    who, _ = joined(deployed, "bouncing")
    queues = client_of(deployed.cloud, "sqs")
    url = queues.get_queue_url(QueueName="polyfolio-local-suppress_address")["QueueUrl"]

    bounce = _bounce(mailed(deployed.cloud, who)["MessageId"], who)
    queues.send_message(QueueUrl=url, MessageBody=json.dumps({"detail": bounce}))

    def suppressed() -> bool:
        found = operate._scan(operate._table("local"))
        return any(each["pk"].startswith("SUPPRESSED#") and each["why"] == "bounced" for each in found)

    soon(suppressed, bool)


def test_nobody_can_speak_as_ses(deployed: Deployed) -> None:
    detail = json.dumps(_bounce("any", "alice@example.org"))
    entry = {"Source": "aws.ses", "DetailType": "Email Bounced", "Detail": detail}

    [told] = client_of(deployed.cloud, "events").put_events(Entries=[entry])["Entries"]

    assert told["ErrorCode"] == "NotAuthorizedForSourceException"


def _bounce(message: str, who: str) -> dict[str, Any]:
    mail = {"messageId": message, "timestamp": "2026-11-24T20:00:00.000Z"}
    return {"bounce": {"bounceType": "Permanent", "bouncedRecipients": [{"emailAddress": who}]}, "mail": mail}
