"""What all stacks of a stage have in common."""

from aws_cdk import CliCredentialsStackSynthesizer, Stack
from constructs import Construct

from infra.settings import Settings


class StageStack(Stack):
    def __init__(self, scope: Construct, settings: Settings, part: str, *, protected: bool = False) -> None:
        super().__init__(
            scope,
            settings.name(part),
            # On AWS: wherever the caller's credentials lead.
            env={"account": "000000000000", "region": "us-east-1"} if settings.local else None,
            # The local cloud's IAM does not understand the roles by which a bootstrapped account deploys.
            synthesizer=CliCredentialsStackSynthesizer() if settings.local else None,
            tags={"application": "polyfolio", "stage": settings.stage},
            termination_protection=protected,
        )
