"""cdk-nag: synthesis fails on a finding that is neither fixed nor acknowledged on its resource with a reason."""

from aws_cdk import Acknowledgment, App, Validations
from cdk_nag import AwsSolutionsChecks, ServerlessChecks
from constructs import IConstruct

from infra.settings import Settings


def check(app: App) -> None:
    Validations.of(app).add_plugins(AwsSolutionsChecks(app), ServerlessChecks(app))


def acknowledge(construct: IConstruct, reason: str, *rules: str) -> None:
    Validations.of(construct).acknowledge(*(Acknowledgment(id=rule, reason=reason) for rule in rules))


def acknowledge_no_tls(construct: IConstruct, settings: Settings, rule: str) -> None:
    """Everywhere else what is not encrypted on its way is refused."""
    if settings.local:
        acknowledge(construct, "The local cloud speaks no TLS: it would refuse its own functions.", rule)
