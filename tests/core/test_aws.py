from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.retries.standard import ThrottledRetryableChecker
from botocore.session import Session
from hypothesis import given, settings
from hypothesis import strategies as st
from moto.server import ThreadedMotoServer

from core import aws
from core.aws import AwsError, Client

SERVICES = {
    "dynamodb": ("DynamoDB_20120810", "1.0"),
    "sqs": ("AmazonSQS", "1.0"),
    "events": ("AWSEvents", "1.1"),
    "cognito-idp": ("AWSCognitoIdentityProviderService", "1.1"),
}
ENVIRONMENT = {"AWS_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": "AKIDTEST", "AWS_SECRET_ACCESS_KEY": "secret"}
VISIBLE = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=60)
HOSTS = ["localhost", "127.0.0.1", "[::1]", "Dynamo.Example", "dynamodb.eu-west-1.amazonaws.com"]
ENDPOINTS = st.builds("{}://{}{}".format, st.sampled_from(["http", "https"]), st.sampled_from(HOSTS),
                      st.sampled_from(["", "/", ":80", ":443", ":4566", ":65535"]))  # fmt: skip


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_DYNAMODB", "AWS_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)


@settings(max_examples=300, deadline=None)
@given(
    service=st.sampled_from(sorted(SERVICES)),
    endpoint=ENDPOINTS,
    body=st.binary(max_size=300),
    operation=st.from_regex(r"[A-Z][A-Za-z]{0,30}", fullmatch=True),
    keys=st.tuples(VISIBLE, VISIBLE, st.one_of(st.just(""), VISIBLE)),
    region=st.sampled_from(["us-east-1", "eu-west-1", "ap-southeast-2"]),
    when=st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
)
def test_signs_as_botocore_does(
    service: str,
    endpoint: str,
    body: bytes,
    operation: str,
    keys: tuple[str, str, str],
    region: str,
    when: datetime,
) -> None:
    target, version = SERVICES[service]
    asked = {
        "content-type": f"application/x-amz-json-{version}",
        "host": aws._host(urlsplit(endpoint)),
        "x-amz-target": f"{target}.{operation}",
    }
    names = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")
    ours = dict(asked)
    environment = dict(zip(names, keys, strict=True)) | {"AWS_REGION": region}
    with patch.dict("os.environ", environment), patch("time.gmtime", return_value=when.timetuple()):
        aws._sign(ours, body, service)

    del asked["host"]  # botocore makes its own of the address
    theirs = AWSRequest("POST", endpoint, headers=asked, data=body)
    with patch("botocore.auth.get_current_datetime", return_value=when):
        SigV4Auth(Credentials(keys[0], keys[1], keys[2] or None), service, region).add_auth(theirs)

    assert ours["authorization"] == theirs.headers["Authorization"]
    assert ours.get("x-amz-security-token") == theirs.headers.get("X-Amz-Security-Token")
    assert ours["x-amz-date"] == theirs.headers["X-Amz-Date"]


@pytest.mark.parametrize("service", SERVICES)
def test_asks_where_boto3_would(service: str, monkeypatch: pytest.MonkeyPatch) -> None:
    name = aws._ENDPOINT_NAMES.get(service, service.upper())
    for variable, url in (
        (None, None),
        ("AWS_ENDPOINT_URL", "http://127.0.0.1:4566"),
        (f"AWS_ENDPOINT_URL_{name}", "http://localhost:8000"),
    ):
        if variable and url:
            monkeypatch.setenv(variable, url)
        theirs = Session().create_client(service, region_name="eu-west-1").meta.endpoint_url

        assert aws._endpoint(service).geturl() == theirs


def test_throttles_are_those_of_botocore() -> None:
    theirs = set(ThrottledRetryableChecker._THROTTLED_ERROR_CODES)  # type: ignore[attr-defined]
    of_other_services = {
        "BandwidthLimitExceeded",
        "EC2ThrottledException",
        "PriorRequestNotComplete",
        "SlowDown",
    }

    assert theirs - of_other_services - {"LimitExceededException"} == aws._THROTTLED


def test_waits_longer_each_time_but_not_for_ever() -> None:
    def longest(error: AwsError) -> list[float]:
        return [max(aws._wait(error, attempt) for _ in range(500)) for attempt in (1, 2, 3, 4, 9)]

    assert longest(AwsError("GetItem", "NoAnswer")) == pytest.approx([0.025, 0.05, 0.1, 0.2, 1], rel=0.1)
    assert longest(AwsError("GetItem", "Throttling")) == pytest.approx([0.1, 0.2, 0.4, 0.8, 1], rel=0.1)


@pytest.fixture(scope="module")
def moto() -> Iterator[str]:
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def cloud(moto: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Client]]:
    monkeypatch.setenv("AWS_ENDPOINT_URL", moto)
    monkeypatch.delenv("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", raising=False)  # the accounts' own
    clients = {
        name: Client(name, target=target, version=version, read_timeout=30)
        for name, (target, version) in SERVICES.items()
    }
    yield clients
    for client in clients.values():
        client.close()


@pytest.fixture
def dynamodb(cloud: dict[str, Client]) -> Iterator[Client]:
    client = cloud["dynamodb"]
    key = {"AttributeName": "pk", "KeyType": "HASH"}
    kinds = [{"AttributeName": "pk", "AttributeType": "S"}]
    client.call("CreateTable", {"TableName": "t", "KeySchema": [key], "AttributeDefinitions": kinds,
                                "BillingMode": "PAY_PER_REQUEST"})  # fmt: skip
    yield client
    client.call("DeleteTable", {"TableName": "t"})


def item(pk: str, **more: str) -> dict[str, Any]:
    return {name: {"S": value} for name, value in {"pk": pk, **more}.items()}


def test_stores_and_reads_an_item(dynamodb: Client) -> None:
    dynamodb.call("PutItem", {"TableName": "t", "Item": item("a", name="Zoë 🐙")})

    assert dynamodb.call("GetItem", {"TableName": "t", "Key": item("a")})["Item"] == item("a", name="Zoë 🐙")
    assert dynamodb.call("GetItem", {"TableName": "t", "Key": item("b")}) == {}


def test_queries(dynamodb: Client) -> None:
    dynamodb.call("PutItem", {"TableName": "t", "Item": item("a")})
    found = dynamodb.call("Query", {"TableName": "t", "KeyConditionExpression": "pk = :pk",
                                    "ExpressionAttributeValues": {":pk": {"S": "a"}}})  # fmt: skip

    assert found["Items"] == [item("a")]


def test_a_failed_condition_brings_what_stood_there(dynamodb: Client) -> None:
    put = {"TableName": "t", "Item": item("a"), "ConditionExpression": "attribute_not_exists(pk)"}
    dynamodb.call("PutItem", put)
    with pytest.raises(AwsError) as caught:
        dynamodb.call("PutItem", put | {"ReturnValuesOnConditionCheckFailure": "ALL_OLD"})

    assert caught.value.code == "ConditionalCheckFailedException"
    assert caught.value.status == 400
    assert caught.value.message
    assert caught.value.data["Item"] == item("a")
    assert not caught.value.retried_after_loss


def test_a_cancelled_transaction_brings_its_reasons(dynamodb: Client) -> None:
    put = {"Put": {"TableName": "t", "Item": item("a"), "ConditionExpression": "attribute_not_exists(pk)"}}
    dynamodb.call("TransactWriteItems", {"TransactItems": [put]})
    with pytest.raises(AwsError) as caught:
        dynamodb.call("TransactWriteItems", {"TransactItems": [put]})

    assert caught.value.code == "TransactionCanceledException"
    assert caught.value.data["CancellationReasons"][0]["Code"] == "ConditionalCheckFailed"


def test_a_table_that_is_not_there(cloud: dict[str, Client]) -> None:
    with pytest.raises(AwsError, match=r"^GetItem: ResourceNotFoundException$"):
        cloud["dynamodb"].call("GetItem", {"TableName": "none", "Key": item("a")})


def test_puts_events(cloud: dict[str, Client]) -> None:
    entry = {"Source": "s", "DetailType": "d", "Detail": "{}"}

    assert cloud["events"].call("PutEvents", {"Entries": [entry]})["FailedEntryCount"] == 0


def test_sends_and_receives_a_message(cloud: dict[str, Client]) -> None:
    sqs = cloud["sqs"]
    queue = {"QueueUrl": sqs.call("CreateQueue", {"QueueName": "q"})["QueueUrl"]}
    sqs.call("SendMessage", queue | {"MessageBody": "hello"})
    [message] = sqs.call("ReceiveMessage", queue)["Messages"]

    assert message["Body"] == "hello"
    assert sqs.call("DeleteMessage", queue | {"ReceiptHandle": message["ReceiptHandle"]}) == {}
    with pytest.raises(AwsError, match=r"QueueDoesNotExist|NonExistentQueue"):
        sqs.call("SendMessage", {"QueueUrl": queue["QueueUrl"] + "x", "MessageBody": "hello"})


def test_signs_a_user_up_without_credentials(
    cloud: dict[str, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    cognito = cloud["cognito-idp"]
    pool = {"UserPoolId": cognito.call("CreateUserPool", {"PoolName": "p"})["UserPool"]["Id"]}
    client = cognito.call("CreateUserPoolClient", pool | {"ClientName": "c"})["UserPoolClient"]["ClientId"]
    for name in ENVIRONMENT.keys() - {"AWS_REGION"}:  # moto is in this process, and asks for it
        monkeypatch.delenv(name)
    account = {"ClientId": client, "Username": "alice", "Password": "Long-enough-1", "UserAttributes": []}

    assert cognito.call("SignUp", account, signed=False)["UserSub"]
    with pytest.raises(AwsError, match="UsernameExistsException"):
        cognito.call("SignUp", account, signed=False)
