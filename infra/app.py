"""The CDK app: `cdk deploy -c stage=…` puts it into AWS, or without a stage into the local cloud."""

from aws_cdk import App, CliCredentialsStackSynthesizer

from infra.api import Api
from infra.checks import check
from infra.settings import settings_of
from infra.state import State


def main() -> None:
    app = App(analytics_reporting=False, tree_metadata=False, default_stack_synthesizer=CliCredentialsStackSynthesizer())
    settings = settings_of(app.node.try_get_context("stage") or "local", app.node.try_get_context)
    state = State(app, settings)
    Api(app, settings, state)

    check(app)
    app.synth()


main()
