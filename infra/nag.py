"""cdk-nag: synthesis fails on what is neither right nor acknowledged, on its resource, with a reason."""

from aws_cdk import Acknowledgment, App, Validations
from cdk_nag import AwsSolutionsChecks, ServerlessChecks
from constructs import IConstruct

from infra.settings import Settings


def check(app: App) -> None:
    Validations.of(app).add_plugins(AwsSolutionsChecks(app), ServerlessChecks(app))


def acknowledge(construct: IConstruct, reason: str, *rules: str) -> None:
    """`rules` as cdk-nag names them; the part before the dash is the pack."""
    named = (f"{rule.partition('-')[0]}::{rule}" for rule in rules)
    Validations.of(construct).acknowledge(*(Acknowledgment(id=rule, reason=reason) for rule in named))


def acknowledge_no_tls(construct: IConstruct, settings: Settings, rule: str) -> None:
    """Everywhere else what is not encrypted on its way is refused."""
    if settings.local:
        acknowledge(construct, "The local cloud speaks no TLS: it would refuse its own functions.", rule)
