"""What only AWS itself can deploy: how operators hear of trouble and of costs, and the upload of the site."""

from aws_cdk import Duration
from aws_cdk import aws_budgets as budgets
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sns as sns
from aws_cdk.aws_cloudwatch_actions import SnsAction
from aws_cdk.aws_sns_subscriptions import EmailSubscription
from constructs import Construct

from infra.api import Api
from infra.edge import Edge
from infra.nag import acknowledge
from infra.settings import Settings
from infra.stack import StageStack
from infra.state import State
from infra.upload import upload

_FIVE_MINUTES = Duration.minutes(5)


class AwsOnly(StageStack):
    def __init__(self, scope: Construct, settings: Settings, state: State, api: Api, edge: Edge) -> None:
        super().__init__(scope, settings, "aws")
        self._settings = settings
        self.topic = self._topic()
        self._watch(api)
        self._watch_reputation()
        self._budget()
        self._dashboard(state, api)
        upload(self, settings, state, edge)

    def _topic(self) -> sns.Topic:
        """One place that all trouble is told to; who wants to hear of it subscribes."""
        topic = sns.Topic(self, "Trouble", topic_name=self._settings.name("trouble"), enforce_ssl=True)
        topic.add_to_resource_policy(
            iam.PolicyStatement(
                principals=[
                    iam.ServicePrincipal(f"{name}.amazonaws.com") for name in ("budgets", "cloudwatch")
                ],
                actions=["sns:Publish"],
                resources=[topic.topic_arn],
                conditions={"StringEquals": {"aws:SourceAccount": self.account}},
            )
        )
        if self._settings.alarm_email:
            subscription = topic.add_subscription(EmailSubscription(self._settings.alarm_email))
            acknowledge(
                subscription,
                "A mail that is lost loses nothing: what it tells of stands in CloudWatch.",
                "Serverless-SNSRedrivePolicy",
            )
        return topic

    def _watch(self, api: Api) -> None:
        self._tell(
            "Failing",
            "One request in a hundred fails, and that is our fault.",
            cloudwatch.MathExpression(
                expression="IF(requests > 20, 100 * failures / requests, 0)",
                using_metrics={
                    "requests": api.http.metric_count(statistic="Sum"),
                    "failures": api.http.metric_server_error(statistic="Sum"),
                },
                period=_FIVE_MINUTES,
            ),
            threshold=1,
        )
        self._tell("Crashed", "A function crashed or ran out of time.", _of_all_functions("Errors"))
        self._tell(
            "Throttled", "Functions are refused: too many run at once.", _of_all_functions("Throttles")
        )

        # One mail for all queues: they tend to fill together, and the alarms themselves say which ones did.
        waiting = cloudwatch.CompositeAlarm(
            self,
            "Waiting",
            composite_alarm_name=self._settings.name("waiting"),
            alarm_description="Something waits for an operator: see docs/operations.md.",
            alarm_rule=cloudwatch.AlarmRule.any_of(*api.alarms),
        )
        waiting.add_alarm_action(SnsAction(self.topic))

    def _watch_reputation(self) -> None:
        """SES reviews an account at 5 % and 0.1 %, and stops it at 10 % and 0.5 %: we stop well before."""
        for name, rate, threshold, about in (
            ("Bounces", "BounceRate", 0.03, "Three mails in a hundred bounce"),
            ("Complaints", "ComplaintRate", 0.0008, "Eight mails in ten thousand are complained about"),
        ):
            metric = cloudwatch.Metric(
                namespace="AWS/SES",
                metric_name=f"Reputation.{rate}",
                statistic="Maximum",
                period=Duration.hours(1),
            )
            self._tell(name, f"{about}: stop sending, see docs/operations.md.", metric, threshold)

    def _tell(self, name: str, about: str, metric: cloudwatch.IMetric, threshold: float = 0) -> None:
        alarm = cloudwatch.Alarm(
            self,
            name,
            alarm_name=self._settings.name(name.lower()),
            alarm_description=about,
            metric=metric,
            threshold=threshold,
            comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
            evaluation_periods=1,
            treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
        )
        alarm.add_alarm_action(SnsAction(self.topic))

    def _budget(self) -> None:
        subscriber = budgets.CfnBudget.SubscriberProperty(
            subscription_type="SNS", address=self.topic.topic_arn
        )
        budgets.CfnBudget(
            self,
            "Budget",
            budget=budgets.CfnBudget.BudgetDataProperty(
                budget_name=self._settings.name("month"),
                budget_type="COST",
                time_unit="MONTHLY",
                budget_limit=budgets.CfnBudget.SpendProperty(
                    amount=self._settings.monthly_budget, unit="USD"
                ),
            ),
            notifications_with_subscribers=[
                budgets.CfnBudget.NotificationWithSubscribersProperty(
                    notification=budgets.CfnBudget.NotificationProperty(
                        notification_type=kind,
                        comparison_operator="GREATER_THAN",
                        threshold=percent,
                        threshold_type="PERCENTAGE",
                    ),
                    subscribers=[subscriber],
                )
                for kind, percent in (("ACTUAL", 80), ("FORECASTED", 100))
            ],
        )

    def _dashboard(self, state: State, api: Api) -> None:
        http, table = api.http, state.table
        board = cloudwatch.Dashboard(self, "Dashboard", dashboard_name=self._settings.name("overview"))
        board.add_widgets(
            _graph("Requests", http.metric_count(), http.metric_client_error(), http.metric_server_error()),
            _graph("Latency", *(http.metric_latency(statistic=each) for each in ("p50", "p95", "p99"))),
        )
        board.add_widgets(
            _graph("Functions", *map(_of_all_functions, ("Invocations", "Errors", "Throttles"))),
            _graph(
                "Table units",
                table.metric_consumed_read_capacity_units(),
                table.metric_consumed_write_capacity_units(),
            ),
        )
        board.add_widgets(cloudwatch.AlarmStatusWidget(title="What waits", width=24, alarms=api.alarms))


def _of_all_functions(name: str) -> cloudwatch.Metric:
    """Of the account and region, which the app is meant to have for itself."""
    return cloudwatch.Metric(namespace="AWS/Lambda", metric_name=name, statistic="Sum", period=_FIVE_MINUTES)


def _graph(title: str, *metrics: cloudwatch.IMetric) -> cloudwatch.GraphWidget:
    return cloudwatch.GraphWidget(title=title, width=12, left=list(metrics))
