"""The HTTP API, and a stack for each context: the functions behind its routes, and all that follows."""

import json

from aws_cdk import CfnOutput, RemovalPolicy, Tags
from aws_cdk import aws_apigatewayv2 as gateway
from aws_cdk import aws_logs as logs
from aws_cdk.aws_apigatewayv2_authorizers import HttpUserPoolAuthorizer
from constructs import Construct

from infra.contexts import CONTEXTS
from infra.functions import Functions, retention
from infra.settings import Settings
from infra.stack import StageStack
from infra.state import State
from infra.wiring import Ground, Wired

# Access tokens have this scope and ID tokens have none, so that the latter are refused.
_ACCESS_TOKEN = "aws.cognito.signin.user.admin"  # noqa: S105 - a scope, not a token

# A line for each request, also for those that no function sees. Nothing personal: no address, path or agent.
_LOGGED = {
    "time": "$context.requestTime",
    "request": "$context.requestId",
    "route": "$context.routeKey",
    "status": "$context.status",
    "milliseconds": "$context.responseLatency",
    "bytes": "$context.responseLength",
    "integration_milliseconds": "$context.integrationLatency",
    "integration_error": "$context.integrationErrorMessage",
    "authorizer_error": "$context.authorizer.error",
    "error": "$context.error.message",
}


class Api(StageStack):
    def __init__(self, scope: Construct, settings: Settings, state: State) -> None:
        super().__init__(scope, settings, "api")
        self.http = gateway.HttpApi(
            self,
            "Http",
            api_name=settings.name("api"),
            create_default_stage=False,
            default_authorizer=HttpUserPoolAuthorizer(
                "Members", state.users.pool, user_pool_clients=[state.users.client], authorizer_name="members"
            ),
            default_authorization_scopes=[_ACCESS_TOKEN],
        )
        if settings.local:
            Tags.of(self.http).add("ms-custom-id", "polyfolio")  # the local cloud takes it for the API's id
        self._stage(settings)

        functions = Functions(self, settings, state.provision)  # their layers stand here, once for all
        ground = Ground(settings, functions, self.http, state.bus, state.table, state.buckets.uploads)
        for each in CONTEXTS:
            Wired(StageStack(scope, settings, each.name.replace("_", "-")), each, ground)
        self.alarms = ground.alarms
        CfnOutput(self, "ApiId", value=self.http.api_id)
        CfnOutput(self, "ApiAddress", value=self.http.api_endpoint)

    def _stage(self, settings: Settings) -> None:
        log_group = logs.LogGroup(
            self,
            "AccessLog",
            log_group_name=f"/aws/vendedlogs/{settings.name('api')}",
            retention=retention(settings),
            removal_policy=RemovalPolicy.DESTROY,
        )
        gateway.CfnStage(
            self,
            "Stage",
            api_id=self.http.api_id,
            stage_name="$default",
            auto_deploy=True,
            access_log_settings=gateway.CfnStage.AccessLogSettingsProperty(
                destination_arn=log_group.log_group_arn, format=json.dumps(_LOGGED)
            ),
            default_route_settings=gateway.CfnStage.RouteSettingsProperty(
                throttling_rate_limit=settings.requests_per_second, throttling_burst_limit=settings.burst
            ),
        )
