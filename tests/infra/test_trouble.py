"""How operators hear of trouble, and of costs."""

import json

import pytest

from tests.infra.assembly import Assembly, listed

pytestmark = pytest.mark.infra


def test_every_alarm_is_told_to_somebody(prod: Assembly) -> None:
    topic, waiting = prod.one("SNS::Topic"), prod.one("CloudWatch::CompositeAlarm")
    told = json.dumps(waiting.properties["AlarmRule"])

    assert topic.is_named_in(waiting.properties["AlarmActions"])
    for alarm in prod.all("CloudWatch::Alarm"):
        assert topic.is_named_in(alarm.properties.get("AlarmActions")) or alarm.id in told, alarm.id


def test_operators_get_a_mail(prod: Assembly) -> None:
    subscription = prod.one("SNS::Subscription").properties

    assert (subscription["Protocol"], subscription["Endpoint"]) == ("email", "operators@polyfolio.example")


def test_only_our_own_alarms_and_budget_may_tell_them_something(prod: Assembly) -> None:
    [allowed] = [
        each
        for each in prod.one("SNS::TopicPolicy").properties["PolicyDocument"]["Statement"]
        if each["Effect"] == "Allow"
    ]

    assert set(listed(allowed["Principal"]["Service"])) == {
        "budgets.amazonaws.com",
        "cloudwatch.amazonaws.com",
    }
    assert allowed["Condition"] == {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}}


def test_an_alarm_goes_off_when_one_request_in_a_hundred_fails(prod: Assembly) -> None:
    [failing] = [each.properties for each in prod.all("CloudWatch::Alarm") if "Metrics" in each.properties]
    measured = {
        each["MetricStat"]["Metric"]["MetricName"] for each in failing["Metrics"] if "MetricStat" in each
    }

    assert measured == {"Count", "5xx"}
    assert (failing["Threshold"], failing["ComparisonOperator"]) == (1, "GreaterThanThreshold")


def test_the_month_has_a_budget(prod: Assembly) -> None:
    budget = prod.one("Budgets::Budget").properties
    notifications = budget["NotificationsWithSubscribers"]

    assert budget["Budget"]["TimeUnit"] == "MONTHLY"
    assert {each["Notification"]["NotificationType"] for each in notifications} == {"ACTUAL", "FORECASTED"}
    assert all(prod.one("SNS::Topic").is_named_in(each["Subscribers"]) for each in notifications)


def test_the_upload_leaves_the_renderers_pages_alone(prod: Assembly) -> None:
    uploads = [each.properties for each in prod.resources if each.type == "Custom::CDKBucketDeployment"]
    [uploader] = [each for each in prod.all("IAM::Role") if each.id.startswith("Uploader")]
    [put] = [
        each
        for each in uploader.properties["Policies"][0]["PolicyDocument"]["Statement"]
        if each["Action"] == "s3:PutObject"
    ]

    assert [each["Prune"] for each in uploads] == [False, False]
    assert {str(arn["Fn::Join"][1][-1]) for arn in put["Resource"]} == {
        "/app/*",
        "/docs/*",
        "/openapi.json",
        "/site/*",
        "/unsubscribe/*",
    }
