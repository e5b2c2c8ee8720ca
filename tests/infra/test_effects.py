"""All that happens after the answer: nothing is lost without somebody hearing of it."""

import json

import pytest

from core import events as core_events
from core import keys
from infra.contexts import CONTEXTS
from tests.infra.assembly import Assembly, Resource

EFFECTS = [effect for context in CONTEXTS for effect in context.effects]
FOURTEEN_DAYS = 14 * 24 * 60 * 60

pytestmark = pytest.mark.infra


def mappings(assembly: Assembly) -> list[Resource]:
    return assembly.all("Lambda::EventSourceMapping")


def unsafe(mapping: Resource, assembly: Assembly) -> list[str]:
    """What could get lost or stuck behind this event source."""
    wrong = []
    if mapping.properties.get("FunctionResponseTypes") != ["ReportBatchItemFailures"]:
        wrong.append("one failure fails its whole batch")
    if "DestinationConfig" not in mapping.properties:
        queue = assembly.behind(mapping.properties["EventSourceArn"], "SQS::Queue")
        function = assembly.behind(mapping.properties["FunctionName"], "Lambda::Function")
        if "RedrivePolicy" not in queue.properties:
            wrong.append("what fails is tried for ever")
        if queue.properties.get("VisibilityTimeout", 30) < 6 * function.properties["Timeout"]:
            wrong.append("a slow batch is done twice")
    return wrong


def alarmed(queue: Resource, assembly: Assembly) -> bool:
    return any(
        queue.is_named_in(alarm.properties.get("Dimensions"))
        and alarm.properties.get("MetricName") == "ApproximateNumberOfMessagesVisible"
        and (alarm.properties["Threshold"], alarm.properties["ComparisonOperator"])
        == (0, "GreaterThanThreshold")
        for alarm in assembly.all("CloudWatch::Alarm")
    )


def moment(rule: Resource) -> object:
    """What it waits for: events, or the time."""
    return rule.properties.get("EventPattern") or rule.properties["ScheduleExpression"]


def every(minutes: int) -> str:
    """As EventBridge writes it: `rate(5 minutes)`, and `rate(1 hour)` for sixty of them."""
    number, unit = next(
        (minutes // length, name)
        for name, length in (("day", 1440), ("hour", 60), ("minute", 1))
        if minutes % length == 0
    )
    return f"rate({number} {unit}{'s' if number > 1 else ''})"


def test_the_time_is_told_as_eventbridge_tells_it() -> None:
    assert [every(each) for each in (1, 5, 60, 120, 1440)] == [
        "rate(1 minute)",
        "rate(5 minutes)",
        "rate(1 hour)",
        "rate(2 hours)",
        "rate(1 day)",
    ]


def last_queues(assembly: Assembly) -> list[Resource]:
    return [each for each in assembly.all("SQS::Queue") if "RedrivePolicy" not in each.properties]


def test_every_event_source_is_safe(assembly: Assembly) -> None:
    assert len(mappings(assembly)) == len(EFFECTS) + 1
    for mapping in mappings(assembly):
        assert not unsafe(mapping, assembly), mapping.id


def test_an_unsafe_event_source_is_seen(local: Assembly) -> None:
    careless = Assembly("local", local.folder)
    mapping = next(each for each in mappings(careless) if "DestinationConfig" not in each.properties)
    queue = careless.behind(mapping.properties["EventSourceArn"], "SQS::Queue")
    del mapping.properties["FunctionResponseTypes"], queue.properties["RedrivePolicy"]
    del queue.properties["VisibilityTimeout"]

    assert len(unsafe(mapping, careless)) == 3


def test_where_failures_end_they_are_kept_for_two_weeks_and_an_alarm_says_so(assembly: Assembly) -> None:
    assert len(last_queues(assembly)) == len(EFFECTS) + 1
    for queue in last_queues(assembly):
        assert queue.properties["MessageRetentionPeriod"] == FOURTEEN_DAYS
        assert alarmed(queue, assembly), queue.id


def test_a_queue_without_an_alarm_is_seen(local: Assembly) -> None:
    queue = last_queues(local)[0]

    assert not alarmed(queue._replace(id="Another"), local)


def test_each_effect_has_a_queue_and_a_rule_of_its_own(assembly: Assembly) -> None:
    functions = assembly.functions()
    for effect in EFFECTS:
        function = functions[effect.function.stem]
        [mapping] = [
            each for each in mappings(assembly) if function.is_named_in(each.properties["FunctionName"])
        ]
        queue = assembly.behind(mapping.properties["EventSourceArn"], "SQS::Queue")
        [rule] = [
            each for each in assembly.all("Events::Rule") if queue.is_named_in(each.properties["Targets"])
        ]
        [target] = rule.properties["Targets"]

        if effect.event == "Tick":
            assert moment(rule) == every(effect.minutes or 0)
        elif effect.of_ses:
            told = {"ses:configuration-set": [f"polyfolio-{assembly.stage}-mail"]}
            assert rule.properties["EventPattern"]["source"] == ["aws.ses"], "which nobody but AWS can say"
            assert rule.properties["EventPattern"]["detail"] == {"mail": {"tags": told}}
            assert "EventBusName" not in rule.properties
        elif effect.event == "Uploaded":
            assert _is_of_uploads(rule, effect.under)
        else:
            assert moment(rule) == {"source": ["polyfolio"], "detail-type": [effect.event]}
        assert "DeadLetterConfig" in target, "what the bus cannot deliver"
        assert queue.properties["QueueName"] == f"polyfolio-{assembly.stage}-{effect.function.stem}"
        assert queue.properties["SqsManagedSseEnabled"] is True


def _is_of_uploads(rule: Resource, under: str) -> bool:
    """S3's own event, which stands on the account's own bus; of that one bucket, and each object for one."""
    pattern = rule.properties["EventPattern"]
    [key] = pattern["detail"]["object"]["key"]
    ours = "Uploads" in str(pattern["detail"]["bucket"]["name"])
    ours = ours and key == ({"prefix": under} if under else {"anything-but": {"prefix": "imports/"}})
    said = (pattern["source"], pattern["detail-type"])
    return ours and said == (["aws.s3"], ["Object Created"]) and "EventBusName" not in rule.properties


def test_an_upload_is_worked_on_alone(assembly: Assembly) -> None:
    worker = assembly.functions()["process_upload"]
    [mapping] = [each for each in mappings(assembly) if worker.is_named_in(each.properties["FunctionName"])]

    assert mapping.properties["BatchSize"] == 1


def test_the_events_that_effects_wait_for_are_ones_that_we_know() -> None:
    assert all(hasattr(core_events, effect.event) for effect in EFFECTS)


def test_queues_refuse_what_is_not_encrypted_on_its_way(prod: Assembly) -> None:
    policies = prod.all("SQS::QueuePolicy")
    for queue in prod.all("SQS::Queue"):
        said = [
            json.dumps(each.properties) for each in policies if queue.is_named_in(each.properties["Queues"])
        ]
        assert any('"aws:SecureTransport": "false"' in each for each in said), queue.id


def test_the_reader_of_the_stream_halves_retries_and_puts_aside(prod: Assembly) -> None:
    [mapping] = [each.properties for each in mappings(prod) if "DestinationConfig" in each.properties]

    assert mapping["StartingPosition"] == "TRIM_HORIZON"
    assert mapping["BisectBatchOnFunctionError"] is True
    assert 0 < mapping["MaximumRetryAttempts"] <= 5
    assert mapping["MaximumRecordAgeInSeconds"] == 24 * 60 * 60


def test_the_reader_gets_facts_and_nothing_else(assembly: Assembly) -> None:
    [mapping] = [each.properties for each in mappings(assembly) if "DestinationConfig" in each.properties]
    [criteria] = mapping["FilterCriteria"]["Filters"]

    facts = list(keys.FACTS)
    assert {keys.highlight("1").sk, keys.member("1").sk} <= set(facts)
    assert json.loads(criteria["Pattern"]) == {"dynamodb": {"Keys": {"sk": {"S": facts}}}}


def test_an_alarm_says_when_the_stream_is_read_late(assembly: Assembly) -> None:
    publish = assembly.functions()["publish"]
    [alarm] = [
        each.properties
        for each in assembly.all("CloudWatch::Alarm")
        if each.properties.get("MetricName") == "IteratorAge"
    ]

    assert publish.is_named_in(alarm["Dimensions"])
    assert alarm["Threshold"] <= 60 * 60 * 1000
