"""What the client makes of a service that refuses, breaks, lies or is silent."""

import socket
import threading
import time
import traceback
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from core import aws
from core.aws import AwsError, Client
from tests.core.scripted import Service, Step, answer, cancelled, drop, drop_unread, echo, refusal, silence

SECRETS = ("the-secret-key", "the-session-token", "the-private-note")


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    with Service() as service:
        threading.Thread(target=service.serve_forever, args=(0.01,)).start()
        monkeypatch.setenv("AWS_ENDPOINT_URL_DYNAMODB", f"http://127.0.0.1:{service.server_address[1]}")
        yield service
        service.over.set()
        service.shutdown()


@pytest.fixture
def waits() -> list[float]:
    """How long the client would have waited."""
    return []


@pytest.fixture
def dynamodb(waits: list[float], monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    names = ("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_REGION", "AWS_ACCESS_KEY_ID")
    for name, value in zip(names, (*SECRETS[:2], "any", "any"), strict=True):
        monkeypatch.setenv(name, value)
    client = Client("dynamodb", target="DynamoDB_20120810", version="1.0")

    def pause(seconds: float) -> None:
        waits.append(seconds)
        client._read_timeout = 5

    monkeypatch.setattr(aws, "_pause", pause)
    yield client
    client.close()


def await_briefly(client: Client, first: Step) -> None:
    """Where the script begins with silence; what follows has all the time that a busy machine needs."""
    client._read_timeout = 0.05 if first is silence else 5


PASSING: dict[str, Step] = {
    "a throttle": refusal("ProvisionedThroughputExceededException"),
    "another throttle": refusal("ThrottlingException"),
    "a throttle by status alone": answer(raw=b"Slow down", status=429),
    "our own transaction, not done yet": refusal("TransactionInProgressException"),
    "a conflict with a transaction": refusal("TransactionConflictException"),
    "a transaction in conflict": cancelled("None", "TransactionConflict"),
    "a transaction throttled": cancelled("ThrottlingError", "None", "ProvisionedThroughputExceeded"),
    "a fault": refusal("InternalServerError", 500),
    "a fault without a word": answer(raw=b"", status=503),
    "a fault of something between": answer(raw=b"<html>Bad gateway</html>", status=502),
    "a connection dropped before it was read": drop_unread,
    "a connection dropped after it was read": drop,
    "half an answer": answer(raw=b'{"Item":', size=100, kept=False),
    "no answer in time": silence,
    "a wrong checksum": answer({"Item": {}}, head="x-amz-crc32: 1\r\n"),
    "a refusal with a wrong checksum": answer(
        {"__type": "ConditionalCheckFailed"}, 400, head="x-amz-crc32: 1\r\n"
    ),
    "no JSON": answer(raw=b"{oops"),
    "JSON, but no object": answer(raw=b"[]"),
}


@pytest.mark.parametrize("fault", PASSING)
def test_tries_again_after(fault: str, service: Service, dynamodb: Client, waits: list[float]) -> None:
    service.script, began = [PASSING[fault], answer({"Item": {}})], time.monotonic()
    await_briefly(dynamodb, PASSING[fault])

    assert dynamodb.call("GetItem", {}) == {"Item": {}}
    assert len(waits) == 1
    assert time.monotonic() - began < 4


@pytest.mark.parametrize("fault", sorted(PASSING.keys() - {"no answer in time"}))
def test_gives_up_after_five_attempts(fault: str, service: Service, dynamodb: Client) -> None:
    service.script = [PASSING[fault]] * 9
    with pytest.raises(AwsError) as caught:
        dynamodb.call("GetItem", {})

    assert len(service.script) == 4
    assert caught.value.code != "Dropped"  # no connection was kept, so each attempt was given time


@pytest.mark.parametrize(
    "step",
    [
        *map(refusal, ("AccessDeniedException", "ConditionalCheckFailedException", "ValidationException")),
        *map(refusal, ("IdempotentParameterMismatchException", "LimitExceededException")),
        answer(raw=b"<html>Forbidden</html>", status=403),
        cancelled("ConditionalCheckFailed", "TransactionConflict"),
        cancelled("None", "ValidationError"),
        refusal("TransactionCanceledException"),
    ],
)
def test_a_refusal_is_final(step: Step, service: Service, dynamodb: Client, waits: list[float]) -> None:
    service.script = [step]
    with pytest.raises(AwsError) as caught:
        dynamodb.call("GetItem", {"TableName": "t"})

    assert len(service.bodies) == 1
    assert not waits
    assert not caught.value.retried_after_loss


def test_the_code_may_stand_in_a_header(service: Service, dynamodb: Client) -> None:
    service.script = [
        answer(raw=b"", status=400, head="x-amzn-ErrorType: NotAuthorizedException:http://x/\r\n")
    ]
    with pytest.raises(AwsError, match=r"^GetItem: NotAuthorizedException$"):
        dynamodb.call("GetItem", {})


@pytest.mark.parametrize("good", [answer(raw=b""), answer(head=f"x-amz-crc32: {zlib.crc32(b'{}')}\r\n")])
def test_an_empty_answer_is_one_and_so_is_one_with_its_checksum(
    good: Step, service: Service, dynamodb: Client
) -> None:
    service.script = [good]

    assert dynamodb.call("DeleteMessage", {}) == {}
    assert len(service.bodies) == 1


def test_a_connection_is_kept(service: Service, dynamodb: Client) -> None:
    service.script = [
        answer(),
        refusal("ValidationException"),
        answer(head="connection: close\r\n", kept=False),
    ]
    dynamodb.call("GetItem", {})
    with pytest.raises(AwsError):
        dynamodb.call("GetItem", {})
    dynamodb.call("GetItem", {})
    assert service.connections == 1

    dynamodb.call("GetItem", {})
    assert service.connections == 2


def test_a_connection_that_ended_meanwhile_is_not_used(service: Service, dynamodb: Client) -> None:
    service.script = [answer(kept=False), refusal("ConditionalCheckFailedException")]
    dynamodb.call("GetItem", {})
    assert service.ended.wait(5)
    with pytest.raises(AwsError) as caught:
        dynamodb.call("PutItem", {})

    assert service.connections == 2
    assert not caught.value.retried_after_loss


@pytest.mark.parametrize("death", [drop, drop_unread])
def test_a_kept_connection_that_dies_is_replaced_at_once(
    death: Step, service: Service, dynamodb: Client, waits: list[float]
) -> None:
    service.script = [answer(), death, answer({"Item": {}})]
    dynamodb.connect()
    dynamodb.call("GetItem", {})

    assert dynamodb.call("GetItem", {}) == {"Item": {}}
    assert waits == [0]
    assert service.connections == 2


def test_one_dead_connection_speaks_for_all(service: Service, dynamodb: Client) -> None:
    dynamodb.connect()
    dynamodb.connect()
    service.script = [drop]
    dynamodb.call("GetItem", {})

    assert service.connections == 3


def test_nobody_there(dynamodb: Client, monkeypatch: pytest.MonkeyPatch, waits: list[float]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as former:
        monkeypatch.setenv("AWS_ENDPOINT_URL_DYNAMODB", f"http://127.0.0.1:{former.getsockname()[1]}")
    dynamodb.connect()  # which is no reason for a function not to start
    with pytest.raises(AwsError, match=r"^PutItem: Unreachable$") as caught:
        dynamodb.call("PutItem", {})

    assert len(waits) == 4
    assert not caught.value.retried_after_loss  # nothing was ever sent


def test_a_call_that_takes_longer_by_its_nature_is_waited_for(service: Service, dynamodb: Client) -> None:
    """Asked again too early, it would be under way twice."""
    service.script, dynamodb._read_timeout = [silence], 0.01
    began = time.monotonic()

    dynamodb.call("GetItem", {}, read_timeout=0.3)

    assert time.monotonic() - began >= 0.3
    assert len(service.bodies) == 2


def test_the_deadline_bounds_the_wait_for_an_answer(service: Service, dynamodb: Client) -> None:
    service.script, began = [silence], time.monotonic()
    with pytest.raises(AwsError, match=r"^GetItem: NoAnswer$") as caught:
        dynamodb.call("GetItem", {}, remaining=0.06)

    assert caught.value.is_lost
    assert not caught.value.retried_after_loss
    assert time.monotonic() - began < 4
    assert len(service.bodies) == 1


def test_the_deadline_bounds_the_attempts(
    service: Service, dynamodb: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aws, "_wait", lambda *_: 0.5)
    service.script = [refusal("ThrottlingException")] * 9
    with pytest.raises(AwsError, match="ThrottlingException"):
        dynamodb.call("GetItem", {}, remaining=0.4)

    assert len(service.bodies) == 1


@pytest.mark.parametrize("loss", [drop, silence, refusal("InternalServerError", 500), answer(raw=b"{oops")])
def test_says_when_a_refusal_may_be_of_its_own_making(loss: Step, service: Service, dynamodb: Client) -> None:
    ours = {"pk": {"S": "a"}}
    await_briefly(dynamodb, loss)
    service.script = [
        loss,
        refusal("ThrottlingException"),
        refusal("ConditionalCheckFailedException", Item=ours),
    ]
    with pytest.raises(AwsError, match="ConditionalCheckFailed") as caught:
        dynamodb.call("PutItem", {"Item": ours})

    assert caught.value.retried_after_loss
    assert caught.value.data["Item"] == ours


@pytest.mark.parametrize("refused", [refusal("ThrottlingException"), refusal("TransactionConflictException")])
def test_a_refused_attempt_is_no_loss(refused: Step, service: Service, dynamodb: Client) -> None:
    service.script = [refused, refusal("ConditionalCheckFailedException")]
    with pytest.raises(AwsError, match="ConditionalCheckFailed") as caught:
        dynamodb.call("PutItem", {})

    assert not caught.value.retried_after_loss


def test_a_lost_answer_repeats_a_write_unless_it_has_a_token(service: Service, dynamodb: Client) -> None:
    service.script = [silence, drop, answer()] * 2
    await_briefly(dynamodb, silence)
    dynamodb.call("UpdateItem", {"UpdateExpression": "ADD n :one"})
    assert len(service.bodies) == 3  # a naive counter has counted three

    await_briefly(dynamodb, silence)
    dynamodb.call("TransactWriteItems", {"TransactItems": [{"Update": {"UpdateExpression": "ADD n :one"}}]})
    tokens = {body["ClientRequestToken"] for body in service.bodies[3:]}
    assert len(service.bodies) == 6
    assert [len(token) for token in tokens] == [32]


def test_each_transaction_has_its_own_token_or_the_callers(service: Service, dynamodb: Client) -> None:
    request: dict[str, Any] = {"TransactItems": []}
    for payload in (request, request, request | {"ClientRequestToken": "mine"}):
        dynamodb.call("TransactWriteItems", payload)
    first, second, third = (body["ClientRequestToken"] for body in service.bodies)

    assert first != second
    assert third == "mine"
    assert request == {"TransactItems": []}


@pytest.mark.parametrize("token", ["the-session-token", "the-session-token\n"])
def test_errors_do_not_tell_secrets(
    token: str, service: Service, dynamodb: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_SESSION_TOKEN", token)
    told = "The Canonical String should have been 'x-amz-security-token:the-session-token'"
    final = answer({"__type": "InvalidSignatureException", "message": told}, 403)
    item = {"Item": {"note": {"S": SECRETS[2]}}}
    scripts: list[list[Step]] = [[final], [drop, final], [silence] * 5, [answer(raw=b"{oops")] * 5]
    for service.script in scripts:
        with pytest.raises(AwsError) as caught:
            dynamodb.call("PutItem", item, remaining=0.2)

        text = "".join(traceback.format_exception(caught.value)) + repr(caught.value)
        assert not [secret for secret in SECRETS if secret in text]


def test_threads_share_connections_but_not_answers(service: Service, dynamodb: Client) -> None:
    def call(number: int) -> bool:
        return dynamodb.call("GetItem", {"n": number}) == {"n": number}

    service.script = [echo] * 400
    for _ in range(2):  # a pool that ends leaves its connections to the next
        with ThreadPoolExecutor(8) as pool:
            assert all(pool.map(call, range(200)))

    assert service.connections <= 8
