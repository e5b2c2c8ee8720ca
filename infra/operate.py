"""What operators do by hand: `python -m infra.operate --stage prod admit somebody@example.org`.

    admit ADDRESS   opens the door for one address, and prints the code that goes with it
    operator ADDRESS   makes a member an operator, who may admit and moderate
    waitlist        how many wait, who is next, and who was admitted and has not come
    suspend HANDLE REASON   shuts a member out: nobody sees them, and none of their tokens is good
    lift HANDLE     lets them in again
    rebuild         makes everything derived anew from the facts (year counts, shared entries, tags)
    redrive         moves what dead-letter queues hold back to where it came from

All of them take the caller's AWS credentials; with AWS_ENDPOINT_URL set they work on the local cloud.
"""

import argparse
import json
import os
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import batched, islice
from typing import TYPE_CHECKING, Any

import boto3
from boto3.dynamodb.conditions import Key

from accounts import cognito, departures
from accounts.suspend_member import Suspension
from core import clock, invited, keys
from core.errors import AppError
from core.events import said_of
from infra.contexts import CONTEXTS

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

_EFFECTS = tuple(effect.function.stem for context in CONTEXTS for effect in context.effects)
_SHOWN = 20
_IN_FLIGHT_SECONDS = 12  # longer than an effect may run


def main() -> None:
    parser = argparse.ArgumentParser(prog="infra.operate", description=__doc__.partition("\n")[0])
    parser.add_argument("--stage", default="local")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("admit").add_argument("address")
    commands.add_parser("operator").add_argument("address")
    commands.add_parser("waitlist")
    suspending = commands.add_parser("suspend")
    suspending.add_argument("handle")
    suspending.add_argument("reason")
    commands.add_parser("lift").add_argument("handle")
    commands.add_parser("rebuild")
    commands.add_parser("redrive")
    asked = parser.parse_args()
    match asked.command:
        case "admit":
            print(admit(asked.stage, asked.address))
        case "operator":
            make_operator(asked.stage, asked.address)
            print("Done; it counts from their next sign-in on.")
        case "waitlist":
            print("\n".join(waitlist(asked.stage)))
        case "suspend":
            suspend(asked.stage, asked.handle, asked.reason)
            print("Done; within half a minute none of their tokens is good.")
        case "lift":
            lift(asked.stage, asked.handle)
            print("Done; they can sign in again.")
        case "rebuild":
            print(f"{rebuild(asked.stage)} facts told again; their effects follow within seconds.")
        case "redrive":
            print(f"{redrive(asked.stage)} messages moved back.")


def admit(stage: str, address: str) -> str:
    """The code. A second admission of an address that has no account yet replaces the code of the first."""
    code = secrets.token_urlsafe(24)
    key = keys.admission(invited.digest(address.strip().lower()))
    _table(stage).update_item(
        Key=key._asdict(),
        UpdateExpression="SET code_digest = :digest REMOVE expires_at",
        ConditionExpression="attribute_not_exists(redeemed_at)",
        ExpressionAttributeValues={":digest": invited.digest(code)},
    )
    return code


def make_operator(stage: str, address: str) -> None:
    boto3.client("cognito-idp").admin_add_user_to_group(
        UserPoolId=_output(stage, "UserPoolId"), Username=address.strip().lower(), GroupName="operators"
    )


def waitlist(stage: str) -> list[str]:
    """Admit them by `POST /v1/admissions`."""
    hundreds, queue = (_all_of(stage, name) for name in (keys.HUNDREDS, keys.QUEUE))
    people = [f"{each['since']}  {each['email']}" for each in islice(queue, _SHOWN)]
    guests = [f"until {each['until']}  {each['email']}" for each in _all_of(stage, keys.ADMITTED)]
    waiting = sum(int(each["waiting"]) for each in hundreds)
    return [f"{waiting} wait; next:", *people, f"{len(guests)} admitted, perhaps come already:", *guests]


def suspend(stage: str, handle: str, reason: str) -> None:
    """As an operator does by the API, for when none can sign in; the caller's AWS identity is who did it."""
    by = boto3.client("sts").get_caller_identity()["Arn"]
    with _as_a_function(stage):
        member_id = departures.member_of(handle)
        departures.suspend(member_id, Suspension(reason=reason).reason, by, clock.now())
        cognito.disable(member_id)


def lift(stage: str, handle: str) -> None:
    with _as_a_function(stage):
        member_id = departures.member_of(handle)
        departures.check_suspended(member_id)
        cognito.enable(member_id)
        departures.lift(member_id)


@contextmanager
def _as_a_function(stage: str) -> Iterator[None]:
    """With what functions are told in their environment; a refusal is all that there is to say."""
    session, before = boto3.Session(), dict(os.environ)
    credentials: Any = session.get_credentials()
    if credentials is None:
        raise SystemExit("There are no AWS credentials in the environment.")
    found = credentials.get_frozen_credentials()
    told = {
        "AWS_ACCESS_KEY_ID": found.access_key,
        "AWS_SECRET_ACCESS_KEY": found.secret_key,
        "AWS_SESSION_TOKEN": found.token or "",
        "AWS_REGION": session.region_name,
        "TABLE_NAME": _output(stage, "TableName"),
        "USER_POOL_ID": _output(stage, "UserPoolId"),
    }
    os.environ.update(told)
    try:
        yield
    except AppError as refusal:
        raise SystemExit(refusal.detail) from None
    finally:
        os.environ.clear()
        os.environ.update(before)


def _all_of(stage: str, pk: str) -> Iterator[dict[str, Any]]:
    start: dict[str, Any] = {}
    while True:
        page = _table(stage).query(KeyConditionExpression=Key(keys.PK).eq(pk), **start)
        yield from page["Items"]
        if "LastEvaluatedKey" not in page:
            return
        start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}


def rebuild(stage: str) -> int:
    """While effects are paused their queues keep what happens; then they find nothing and derive it all."""
    with_effects_paused(stage, lambda: _drop_derived(_table(stage)))
    return _tell_again(stage, _scan(_table(stage)))


def with_effects_paused(stage: str, work: Callable[[], None]) -> None:
    mappings = [uuid for name in _EFFECTS for uuid in _mappings(f"polyfolio-{stage}-{name}")]
    _switch(mappings, on=False)
    try:
        time.sleep(_IN_FLIGHT_SECONDS)
        work()
    finally:
        _switch(mappings, on=True)


def redrive(stage: str) -> int:
    """A dead-letter queue has the name of its queue and `-dead`. Moved one by one: effects can come twice."""
    queues = boto3.client("sqs")
    found = queues.list_queues(QueueNamePrefix=f"polyfolio-{stage}-").get("QueueUrls", [])
    return sum(_move(url, url.removesuffix("-dead")) for url in found if url.endswith("-dead"))


def _move(source: str, target: str) -> int:
    queues, moved = boto3.client("sqs"), 0
    while messages := queues.receive_message(QueueUrl=source, MaxNumberOfMessages=10).get("Messages"):
        for message in messages:
            queues.send_message(QueueUrl=target, MessageBody=message["Body"])
            queues.delete_message(QueueUrl=source, ReceiptHandle=message["ReceiptHandle"])
            moved += 1
    return moved


def _drop_derived(items: "Table") -> None:
    with items.batch_writer() as batch:
        for item in _scan(items):
            if keys.is_derived(item):
                batch.delete_item(Key={name: item[name] for name in (keys.PK, keys.SK)})


def _tell_again(stage: str, items: Iterable[dict[str, Any]]) -> int:
    facts = [item for item in items if item[keys.SK] in keys.FACTS]
    events = boto3.client("events")
    for some in batched(facts, 10, strict=False):
        answer = events.put_events(Entries=[_event(stage, fact) for fact in some])
        if answer["FailedEntryCount"]:
            raise RuntimeError(f"The bus refused {answer['FailedEntryCount']} events; run the rebuild again.")
    return len(facts)


def _event(stage: str, fact: dict[str, Any]) -> Any:
    name = keys.FACTS[fact[keys.SK]]
    detail = {f"{name}_id": fact["id"], "version": int(fact["version"])}
    event = {"Source": "polyfolio", "DetailType": said_of(name), "Detail": json.dumps(detail)}
    return event | {"EventBusName": _output(stage, "BusName")}


def _scan(items: "Table") -> Iterator[dict[str, Any]]:
    start: dict[str, Any] = {}
    while True:
        page = items.scan(ConsistentRead=True, **start)
        yield from page["Items"]
        if "LastEvaluatedKey" not in page:
            return
        start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}


def _mappings(function: str) -> list[str]:
    found = boto3.client("lambda").list_event_source_mappings(FunctionName=function)
    return [each["UUID"] for each in found["EventSourceMappings"]]


def _switch(mappings: list[str], *, on: bool) -> None:
    for uuid in mappings:
        boto3.client("lambda").update_event_source_mapping(UUID=uuid, Enabled=on)


def _table(stage: str) -> "Table":
    return boto3.resource("dynamodb").Table(_output(stage, "TableName"))


def _output(stage: str, name: str) -> str:
    stacks = boto3.client("cloudformation").describe_stacks(StackName=f"polyfolio-{stage}-state")["Stacks"]
    outputs = {each["OutputKey"]: each["OutputValue"] for each in stacks[0].get("Outputs", [])}
    return outputs[name]


if __name__ == "__main__":
    main()
