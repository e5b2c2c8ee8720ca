"""The table's stream becomes events on the bus: here with a queue behind it, which takes them all."""

import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber
from mypy_boto3_sqs import SQSClient

from events import publish

IMAGES = {
    "highlight": {
        "sk": {"S": "HIGHLIGHT"},
        "id": {"S": "01H"},
        "version": {"N": "3"},
        "title": {"S": "Secret"},
    },
    "member": {"sk": {"S": "PROFILE"}, "id": {"S": "01M"}, "version": {"N": "7"}},
}


class Queues:
    """What came out: of the bus, and aside."""

    def __init__(self, sqs: SQSClient, told: str, parked: str) -> None:
        self._sqs, self._told, self._parked = sqs, told, parked

    @property
    def told(self) -> list[tuple[str, dict[str, Any]]]:
        return [(event["detail-type"], event["detail"]) for event in self._all(self._told)]

    @property
    def parked(self) -> list[Any]:
        return self._all(self._parked)

    def _all(self, url: str) -> list[Any]:
        found: list[Any] = []
        while got := self._sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
            found += [json.loads(message["Body"]) for message in got]
        return found


@pytest.fixture
def queues(cloud: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Queues]:  # noqa: ARG001
    events, sqs = boto3.client("events"), boto3.client("sqs")
    told, parked = (sqs.create_queue(QueueName=name)["QueueUrl"] for name in ("told", "parked"))
    arn = sqs.get_queue_attributes(QueueUrl=told, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    events.create_event_bus(Name="facts")
    events.put_rule(Name="all", EventBusName="facts", EventPattern='{"source": ["polyfolio"]}')
    events.put_targets(Rule="all", EventBusName="facts", Targets=[{"Id": "queue", "Arn": arn}])
    monkeypatch.setenv("BUS_NAME", "facts")
    monkeypatch.setenv("PARKING_QUEUE_URL", parked)
    yield Queues(sqs, told, parked)
    events.remove_targets(Rule="all", EventBusName="facts", Ids=["queue"])
    events.delete_rule(Name="all", EventBusName="facts")
    events.delete_event_bus(Name="facts")
    for url in (told, parked):
        sqs.delete_queue(QueueUrl=url)


def record(name: str = "MODIFY", **images: Any) -> dict[str, Any]:
    return {"eventID": "1", "eventName": name, "dynamodb": images}


def changed(highlight_id: str, version: int = 1) -> dict[str, Any]:
    return record(NewImage=IMAGES["highlight"] | {"id": {"S": highlight_id}, "version": {"N": str(version)}})


def publish_all(*records: Any) -> None:
    assert publish.handler({"Records": list(records)}, None) == {"batchItemFailures": []}


@pytest.mark.parametrize(
    ("name", "images"),
    [("INSERT", ["NewImage"]), ("MODIFY", ["NewImage", "OldImage"]), ("REMOVE", ["OldImage"])],
)
def test_says_what_changed_and_no_more(queues: Queues, name: str, images: list[str]) -> None:
    publish_all(*[record(name, **dict.fromkeys(images, image)) for image in IMAGES.values()])

    assert queues.told == [
        ("HighlightChanged", {"highlight_id": "01H", "version": 3}),
        ("MemberChanged", {"member_id": "01M", "version": 7}),
    ]
    assert queues.parked == []


def test_says_the_new_version(queues: Queues) -> None:
    publish_all(record(NewImage=changed("01H", 4)["dynamodb"]["NewImage"], OldImage=IMAGES["highlight"]))

    assert queues.told == [("HighlightChanged", {"highlight_id": "01H", "version": 4})]


@pytest.mark.parametrize(
    "sk", ["ONCE", "HANDLE", "2019-03-00#01H", "YEARS#all", "COUNTED#01M", "TAGGED", "COUNT"]
)
def test_says_nothing_of_what_is_no_fact(queues: Queues, sk: str) -> None:
    publish_all(record(NewImage={"pk": {"S": "x"}, "sk": {"S": sk}, "id": {"S": "01H"}}))

    assert queues.told == queues.parked == []


def test_says_all_of_a_large_batch(queues: Queues) -> None:
    publish_all(*[changed(f"{number:03}") for number in range(35)])

    assert [detail["highlight_id"] for _, detail in queues.told] == [f"{number:03}" for number in range(35)]


@pytest.mark.parametrize(
    "poison",
    [
        {},
        {"dynamodb": None},
        {"dynamodb": {}},
        {"dynamodb": []},
        {"dynamodb": "x"},
        record(NewImage="x"),
        record(NewImage={"sk": {"N": "1"}}),
        record(NewImage={"sk": None}),
        record(NewImage={"sk": {"S": {}}}),
        record(NewImage={"sk": {"S": "HIGHLIGHT"}}),
        record(NewImage={"sk": {"S": "HIGHLIGHT"}, "id": {"S": "x"}, "version": {"S": "1"}}),
        record(NewImage={"sk": {"S": "HIGHLIGHT"}, "id": {"S": "x"}, "version": {"N": "one"}}),
    ],
)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_what_is_not_understood_is_parked_whole(queues: Queues, poison: dict[str, Any], place: int) -> None:
    records = [changed("first"), changed("second")]

    publish_all(*records[:place], poison, *records[place:])

    assert [detail["highlight_id"] for _, detail in queues.told] == ["first", "second"]
    assert queues.parked == [poison]


@pytest.fixture
def bus(queues: Queues) -> Iterator[Stubber]:  # noqa: ARG001 - for the queue of what is parked
    with Stubber(publish._events()) as stub:
        yield stub
        stub.assert_no_pending_responses()


def takes(bus: Stubber, asked: list[str], refused: set[str]) -> None:
    """The next call is for these highlights, and these are refused."""
    entries = [
        {
            "Source": "polyfolio",
            "DetailType": "HighlightChanged",
            "Detail": json.dumps({"highlight_id": each, "version": 1}),
            "EventBusName": "facts",
        }
        for each in asked
    ]
    fault, good = {"ErrorCode": "ThrottlingException", "ErrorMessage": "Slow down"}, {"EventId": "e"}
    answer = {
        "FailedEntryCount": len(refused),
        "Entries": [fault if each in refused else good for each in asked],
    }
    bus.add_response("put_events", answer, {"Entries": entries})


def test_what_the_bus_refuses_is_said_again_alone(bus: Stubber, queues: Queues) -> None:
    takes(bus, ["a", "b", "c"], {"a", "c"})
    takes(bus, ["a", "c"], {"c"})
    takes(bus, ["c"], set())

    publish_all(changed("a"), changed("b"), changed("c"))

    assert queues.parked == []


def test_what_the_bus_refuses_thrice_is_parked(bus: Stubber, queues: Queues) -> None:
    takes(bus, ["a", "b"], {"a"})
    takes(bus, ["a"], {"a"})
    takes(bus, ["a"], {"a"})

    publish_all(changed("a"), changed("b"))

    assert queues.parked == [changed("a")]


def test_one_call_takes_ten(bus: Stubber) -> None:
    names = [f"{number}" for number in range(12)]
    takes(bus, names[:10], set())
    takes(bus, names[10:], set())

    publish_all(*map(changed, names))


def test_while_there_is_no_bus_the_batch_comes_again(bus: Stubber, queues: Queues) -> None:
    bus.add_client_error("put_events", "AccessDeniedException")

    with pytest.raises(ClientError):
        publish_all(changed("a"))

    assert queues.parked == []
