"""From what a context declares to what is deployed: routes, queues, and the reader of the stream."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aws_cdk import Duration
from aws_cdk import aws_apigatewayv2 as gateway
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sqs as sqs
from aws_cdk.aws_apigatewayv2_integrations import HttpLambdaIntegration
from aws_cdk.aws_lambda_event_sources import SqsDlq
from constructs import Construct

from core.keys import FACTS, SK
from infra.context import ARCHIVES, Context, Effect, Function, Route, parking_queue
from infra.functions import Functions, Provided
from infra.nag import acknowledge, acknowledge_no_tls
from infra.settings import Settings

_TRIES = 5
_KEPT = Duration.days(14)  # the longest that SQS keeps anything
_FIVE_MINUTES = Duration.minutes(5)


@dataclass(frozen=True)
class Ground:
    """What the contexts stand on."""

    settings: Settings
    functions: Functions
    http: gateway.HttpApi
    bus: events.IEventBus
    table: dynamodb.ITable
    uploads: s3.IBucket
    alarms: list[cloudwatch.Alarm] = field(default_factory=list)


class Wired(Construct):
    """A context with all it declares."""

    def __init__(self, stack: Construct, declared: Context, ground: Ground) -> None:
        super().__init__(stack, declared.name)
        self._ground = ground
        for route in declared.routes:
            self._route(route)
        for effect in declared.effects:
            self._effect(effect)
        for reader in declared.streams:
            self._reader(reader)

    def _route(self, route: Route) -> None:
        scope = Construct(self, route.function.stem)
        function = self._ground.functions.make(scope, route.function)
        integration = HttpLambdaIntegration("Integration", function)  # may be called by its own routes alone
        for path, is_open in route.addresses().items():
            key = gateway.HttpRouteKey.with_(path, gateway.HttpMethod[route.method])
            self._address(scope, key, integration, is_open=is_open)

    def _address(
        self,
        scope: Construct,
        key: gateway.HttpRouteKey,
        integration: HttpLambdaIntegration,
        *,
        is_open: bool,
    ) -> None:
        """In the context's own stack: `add_routes` would put it into the API's."""
        route = gateway.HttpRoute(
            scope,
            "Open" if is_open else "Members",
            http_api=self._ground.http,
            route_key=key,
            integration=integration,
            authorizer=gateway.HttpNoneAuthorizer() if is_open else None,
            authorization_scopes=[] if is_open else None,
        )
        if is_open:
            acknowledge(
                route,
                "Open on purpose: its line in infra/ says so, and a test knows all open routes by name.",
                "AwsSolutions-APIG4",
            )

    def _effect(self, effect: Effect) -> None:
        """Event, queue, function: each effect fails, waits and is caught up with alone."""
        scope = Construct(self, effect.function.stem)
        queue = self._queue_of(scope, effect)
        receive = _allow(queue.queue_arn, "sqs", "ReceiveMessage", "DeleteMessage", "GetQueueAttributes")
        source = lambda_.EventSourceMapping(
            scope,
            "Source",
            target=self._ground.functions.make(scope, effect.function, receive, worker=True),
            event_source_arn=queue.queue_arn,
            batch_size=effect.batch,
            # The local cloud unpacks the layers anew for each worker, which holds everything else up.
            max_concurrency=2 if self._ground.settings.local else 10,
            report_batch_item_failures=True,
        )
        acknowledge(
            source,
            "A queue's failures go to the dead-letter queue of the queue; its mapping can have no other.",
            "Serverless-LambdaEventSourceMappingDestination",
        )

    def _queue_of(self, scope: Construct, effect: Effect) -> sqs.Queue:
        function = effect.function
        dead = self._last_queue(scope, f"{function.stem}-dead")
        queue = self._queue(
            scope,
            "Queue",
            function.stem,
            visibility_timeout=Duration.seconds(6 * function.timeout),  # Lambda's own advice
            dead_letter_queue=sqs.DeadLetterQueue(queue=dead, max_receive_count=_TRIES),
        )
        events.Rule(
            scope,
            "Rule",
            targets=[targets.SqsQueue(queue, dead_letter_queue=dead)],
            **self._moment(effect),
        )
        return queue

    def _moment(self, effect: Effect) -> dict[str, Any]:
        """Schedules can only stand on the account's own bus, where AWS speaks too."""
        if effect.minutes:
            return {"schedule": events.Schedule.rate(Duration.minutes(effect.minutes))}
        if effect.of_ses:
            ours = {"mail": {"tags": {"ses:configuration-set": [self._ground.settings.name("mail")]}}}
            told = events.EventPattern(source=["aws.ses"], detail_type=list(effect.of_ses), detail=ours)
            return {"event_pattern": told}
        if effect.event == "Uploaded":  # S3 says it, and on the account's own bus
            key = {"prefix": effect.under} if effect.under else {"anything-but": {"prefix": ARCHIVES}}
            stored = {"bucket": {"name": [self._ground.uploads.bucket_name]}, "object": {"key": [key]}}
            return {
                "event_pattern": events.EventPattern(
                    source=["aws.s3"], detail_type=["Object Created"], detail=stored
                )
            }
        pattern = events.EventPattern(source=["polyfolio"], detail_type=[effect.event])
        return {"event_bus": self._ground.bus, "event_pattern": pattern}

    def _reader(self, reader: Function) -> None:
        """A record that fails holds up its shard. So batches are halved, tried again, and then put aside."""
        scope = Construct(self, reader.stem)
        parked = self._last_queue(scope, f"{reader.stem}-parked")
        acknowledge(
            parked, "Failures of the stream end here; no other queue leads to it.", "AwsSolutions-SQS3"
        )
        own = {parking_queue: Provided([parked.queue_arn], {"PARKING_QUEUE_URL": parked.queue_url})}
        stream = self._ground.table.table_stream_arn or ""
        read = _allow(stream, "dynamodb", "DescribeStream", "GetRecords", "GetShardIterator", "ListStreams")
        made = self._ground.functions.make(scope, reader, read, own=own, worker=True)
        lambda_.EventSourceMapping(
            scope,
            "Source",
            target=made,
            event_source_arn=stream,
            starting_position=lambda_.StartingPosition.TRIM_HORIZON,
            batch_size=100,
            bisect_batch_on_error=True,
            retry_attempts=_TRIES,
            # The local cloud tries a batch until its records are too old, whatever the number of tries.
            max_record_age=Duration.minutes(1) if self._ground.settings.local else Duration.days(1),
            report_batch_item_failures=True,
            on_failure=SqsDlq(parked),
            filters=[_facts()],
        )
        late = made.metric("IteratorAge", statistic="Maximum", period=_FIVE_MINUTES)
        about = "The stream is read late, and so effects wait. It keeps records for a day only."
        self._alarm(scope, "Late", about, late, Duration.minutes(10).to_milliseconds())

    def _last_queue(self, scope: Construct, name: str) -> sqs.Queue:
        """Where what failed for good waits for an operator."""
        queue = self._queue(scope, "Dead", name)
        acknowledge(
            queue, "It is itself where failures end, and an alarm watches it.", "Serverless-SQSRedrivePolicy"
        )
        depth = queue.metric_approximate_number_of_messages_visible(statistic="Maximum", period=_FIVE_MINUTES)
        self._alarm(scope, "NotEmpty", f"Failures wait in {name}: see docs/operations.md.", depth, 0)
        return queue

    def _queue(self, scope: Construct, place: str, name: str, **options: Any) -> sqs.Queue:
        queue = sqs.Queue(
            scope,
            place,
            queue_name=self._ground.settings.name(name),
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=not self._ground.settings.local,
            retention_period=_KEPT,
            **options,
        )
        acknowledge_no_tls(queue, self._ground.settings, "AwsSolutions-SQS4")
        return queue

    def _alarm(
        self, scope: Construct, place: str, about: str, metric: cloudwatch.Metric, above: float
    ) -> None:
        alarm = metric.create_alarm(
            scope,
            place,
            alarm_description=about,
            threshold=above,
            comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
            evaluation_periods=1,
            treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
        )
        self._ground.alarms.append(alarm)


def _allow(arn: str, service: str, *actions: str) -> iam.PolicyStatement:
    return iam.PolicyStatement(actions=[f"{service}:{action}" for action in actions], resources=[arn])


def _facts() -> Mapping[str, Any]:
    """Of all that changes in the table only facts are news; the rest follows from them."""
    kinds = lambda_.FilterRule.or_(*FACTS)
    return lambda_.FilterCriteria.filter({"dynamodb": {"Keys": {SK: {"S": kinds}}}})
