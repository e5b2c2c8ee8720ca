"""The function factory: what all functions have in common stands here, and here alone."""

from typing import NamedTuple

from aws_cdk import Aws, Duration, RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.context import Function, Grant, Resource
from infra.nag import acknowledge
from infra.packaging import Platform, context_package, layer_package
from infra.settings import Settings

_ARCHITECTURES = {
    Platform.ARM64: lambda_.Architecture.ARM_64,
    Platform.X86_64: lambda_.Architecture.X86_64,
    Platform.HOST: lambda_.Architecture.X86_64,  # whatever it is: the local cloud runs it as its own process
}


# Services whose resources get their names while the app runs.
_UNNAMED = ("s3:", "cloudfront:", "acm:")


class Provided(NamedTuple):
    """What a resource is in this stage: its ARNs, and what functions are told of it."""

    arns: list[str]
    environment: dict[str, str] = {}


type Provision = dict[Resource, Provided]


class Functions:
    """Makes functions, which have the layers of one stack in common, and each context's code."""

    def __init__(self, layers_stand_in: Construct, settings: Settings, provision: Provision) -> None:
        self._stack = layers_stand_in
        self._settings = settings
        self._provision = provision
        self._layers: dict[str, lambda_.LayerVersion] = {}
        self._code: dict[str, lambda_.Code] = {}

    def make(
        self,
        scope: Construct,
        function: Function,
        *rights: iam.PolicyStatement,
        own: Provision | None = None,
        worker: bool = False,
    ) -> lambda_.Function:
        """`rights`: what its trigger asks of it, beside what it declares; `own`: resources of it alone."""
        provision = self._provision | (own or {})
        granted = [_allowed(grant, provision) for grant in function.grants if grant.actions]
        log_group = self._log_group(scope, function)
        layers = ["core", "requests", *(["workers"] if worker else []), *function.layers]
        made = lambda_.Function(
            scope,
            "Function",
            function_name=self._settings.name(function.stem),
            handler=f"{function.context}.{function.stem}.handler",
            code=self._code_of(function.context),
            layers=[self._layer(name) for name in layers],
            runtime=lambda_.Runtime.PYTHON_3_13,
            architecture=_ARCHITECTURES[self._settings.platform],
            memory_size=function.memory or self._settings.memory,
            timeout=Duration.seconds(function.timeout),
            environment=self._environment(function, provision),
            tracing=lambda_.Tracing.ACTIVE,
            log_group=log_group,
            role=_role(scope, log_group, [*rights, *granted]),
        )
        _acknowledge(made)
        return made

    def _environment(self, function: Function, provision: Provision) -> dict[str, str]:
        environment = {
            "POWERTOOLS_SERVICE_NAME": function.context,
            "POWERTOOLS_METRICS_NAMESPACE": "Polyfolio",
            "POWERTOOLS_LOG_LEVEL": self._settings.log_level,
            "PYDANTIC_DISABLE_PLUGINS": "__all__",  # to look for some costs each cold start
        }
        for grant in function.grants:
            environment |= provision[grant.resource].environment
        return environment

    def _log_group(self, scope: Construct, function: Function) -> logs.LogGroup:
        return logs.LogGroup(
            scope,
            "Logs",
            log_group_name=f"/aws/lambda/{self._settings.name(function.stem)}",
            retention=retention(self._settings),
            removal_policy=RemovalPolicy.DESTROY,  # nothing that must not be lost stands in a log
        )

    def _layer(self, name: str) -> lambda_.LayerVersion:
        if name not in self._layers:
            folder = layer_package(name, self._settings.platform)
            self._layers[name] = lambda_.LayerVersion(
                self._stack,
                f"{name.title()}Layer",
                layer_version_name=self._settings.name(name),
                code=lambda_.Code.from_asset(str(folder)),
                compatible_runtimes=[lambda_.Runtime.PYTHON_3_13],
            )
        return self._layers[name]

    def _code_of(self, context: str) -> lambda_.Code:
        if context not in self._code:
            self._code[context] = lambda_.Code.from_asset(str(context_package(context)))
        return self._code[context]


def _role(scope: Construct, log_group: logs.LogGroup, rights: list[iam.PolicyStatement]) -> iam.IRole:
    """Exactly what was declared, and closed: nothing that the CDK would add by itself gets in."""
    logging = iam.PolicyStatement(
        actions=["logs:CreateLogStream", "logs:PutLogEvents"], resources=[log_group.log_group_arn]
    )
    tracing = iam.PolicyStatement(
        actions=["xray:PutTraceSegments", "xray:PutTelemetryRecords"], resources=["*"]
    )
    role = iam.Role(
        scope,
        "Role",
        assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"),
        inline_policies={"Rights": iam.PolicyDocument(statements=[logging, tracing, *rights])},
    )
    acknowledge(
        role,
        "X-Ray knows no resources: its two actions can only be allowed on all of them.",
        "AwsSolutions-IAM5[Resource::*]",
        "Serverless-LambdaStarPermissions",
    )
    for each in rights:
        _acknowledge_unnamed(role, each)
    return role.without_policy_updates()


def _acknowledge_unnamed(role: iam.Role, right: iam.PolicyStatement) -> None:
    """Of buckets, and of the edge's tenants, only the names' beginning can be told."""
    within = [str(arn) for arn in right.resources if all(a.startswith(_UNNAMED) for a in right.actions)]
    for arn in (each for each in within if each.endswith("/*")):
        acknowledge(
            role,
            "What these are called is known only when they are there: a member or AWS names them.",
            f"AwsSolutions-IAM5[Resource::{as_nag_says(arn)}]",
            "Serverless-LambdaStarPermissions",
        )


def as_nag_says(arn: str) -> str:
    return arn.replace(Aws.ACCOUNT_ID, "<AWS::AccountId>").replace(Aws.REGION, "<AWS::Region>")


def _acknowledge(function: lambda_.Function) -> None:
    acknowledge(
        function,
        "A caller, a queue or a stream waits for it, and these keep what failed. Lambda's own dead-letter"
        " queue is for asynchronous calls, of which there are none.",
        "Serverless-LambdaDLQ",
    )
    acknowledge(
        function,
        "One Python everywhere: 3.13, for which wheels are locked, bytecode is made and tests run.",
        "AwsSolutions-L1",
        "Serverless-LambdaLatestVersion",
    )


def _allowed(grant: Grant, provision: Provision) -> iam.PolicyStatement:
    return iam.PolicyStatement(actions=list(grant.actions), resources=provision[grant.resource].arns)


def retention(settings: Settings) -> logs.RetentionDays:
    return {7: logs.RetentionDays.ONE_WEEK, 30: logs.RetentionDays.ONE_MONTH}[settings.log_days]
