"""The CDK app: `cdk deploy -c stage=…` puts it into AWS, and without a stage into the local cloud."""

from aws_cdk import App

from infra.api import Api
from infra.edge import Edge
from infra.nag import check
from infra.settings import settings_of
from infra.state import State
from infra.tenants import Tenants


def main() -> None:
    app = App(analytics_reporting=False, tree_metadata=False, stack_traces=False)
    settings = settings_of(app.node.try_get_context("stage") or "local", app.node.try_get_context)

    state = State(app, settings)
    Tenants(app, settings, state)
    api = Api(app, settings, state)
    edge = Edge(app, settings, state, api)
    if not settings.local:
        from infra.aws_only import AwsOnly  # makes the OpenAPI document, and for that loads all handlers

        AwsOnly(app, settings, state, api, edge)

    check(app)
    app.synth()


main()
