"""The stacks as a whole: sound, within their limits, checked, and each exception with its reason."""

import subprocess
import sys
from pathlib import Path

import pytest

from infra.contexts import CONTEXTS
from tests.infra.assembly import ROOT, Assembly

CONTEXT_STACKS = [context.name.replace("_", "-") for context in CONTEXTS]
_LIMIT = 450  # resources; CloudFormation's is 500

# Of these only AWS itself knows something, so no other stack may have any.
_AWS_ONLY = ("Budgets::Budget", "CloudWatch::CompositeAlarm", "SNS::Subscription")

# What cdk-nag would have otherwise, on AWS. Each stands on its resource with its reason.
OBJECTS_OF = "AwsSolutions-IAM5[Resource::arn:aws:s3:::"
EXCEPTIONS = {
    "AwsSolutions-APIG4",  # routes that stand open
    "AwsSolutions-CFR1",  # no country is shut out
    "AwsSolutions-CFR2",  # no firewall, where its price is not wanted
    "AwsSolutions-CFR4",  # CloudFront's own certificate, where there is no domain
    "AwsSolutions-COG1",  # no composition rules for passwords
    "AwsSolutions-COG2",  # no second factor yet
    "AwsSolutions-COG8",  # not the Plus plan
    "AwsSolutions-IAM5[Resource::*]",  # X-Ray
    f"{OBJECTS_OF}uploads-<AWS::AccountId>-<AWS::Region>/*]",  # whose names are known when they come
    f"{OBJECTS_OF}uploads-<AWS::AccountId>-<AWS::Region>/imports/*]",
    f"{OBJECTS_OF}media-<AWS::AccountId>-<AWS::Region>/media/*]",
    *(
        f"{OBJECTS_OF}site-<AWS::AccountId>-<AWS::Region>/{each}/*]"
        for each in ("app", "docs", "pages", "site", "unsubscribe")
    ),
    "AwsSolutions-IAM5[Resource::arn:aws:cloudfront::<AWS::AccountId>:distribution-tenant/*]",  # as well
    "AwsSolutions-IAM5[Resource::arn:aws:acm:us-east-1:<AWS::AccountId>:certificate/*]",
    "AwsSolutions-L1",  # Python 3.13
    "AwsSolutions-SMG4",  # the signing secret is not rotated
    "AwsSolutions-SQS3",  # the parking queue has no dead-letter queue
    "Serverless-LambdaDLQ",  # no function is called asynchronously
    "Serverless-LambdaEventSourceMappingDestination",  # queues have their own
    "Serverless-LambdaLatestVersion",
    "Serverless-LambdaStarPermissions",  # X-Ray, and objects of buckets
    "Serverless-LambdaTracing",  # the CDK's own uploader
    "Serverless-SNSRedrivePolicy",  # mails to operators
    "Serverless-SQSRedrivePolicy",  # dead-letter queues themselves
}

pytestmark = pytest.mark.infra


def test_no_stack_is_near_the_limit(assembly: Assembly) -> None:
    assert {
        part: len(each["Resources"])
        for part, each in assembly.templates.items()
        if len(each["Resources"]) > _LIMIT
    } == {}


def test_what_only_aws_knows_stands_in_a_stack_of_its_own(prod: Assembly, local: Assembly) -> None:
    assert {each.stack for kind in _AWS_ONLY for each in prod.all(kind)} == {"aws"}
    assert set(local.templates) == {"state", "tenants", "api", "edge", *CONTEXT_STACKS}
    assert set(prod.templates) == {"state", "tenants", "api", "edge", "aws", *CONTEXT_STACKS}


def test_only_state_is_protected_from_being_taken_down(prod: Assembly) -> None:
    manifest = (prod.folder / "manifest.json").read_text()

    assert manifest.count('"terminationProtection": true') == 1


def test_cdk_nag_finds_nothing(assembly: Assembly) -> None:
    assert assembly.findings() == []


def test_every_exception_is_of_one_resource_and_has_a_reason(assembly: Assembly) -> None:
    acknowledged = list(assembly.acknowledged())

    assert acknowledged
    for each in acknowledged:
        assert each.construct.count("/") >= 2, f"{each.rule} is acknowledged for all of {each.construct}"
        assert len(each.reason) >= 20, each


def test_a_new_sort_of_exception_is_a_decision_that_is_made_here_too(assemblies: dict[str, Assembly]) -> None:
    acknowledged = {
        each.rule.partition("::")[2].replace(f"polyfolio-{name}-", "")
        for name in ("dev", "prod")
        for each in assemblies[name].acknowledged()
    }

    assert acknowledged == EXCEPTIONS


def test_synthesis_fails_on_a_finding(tmp_path: Path) -> None:
    program = """
from aws_cdk import App, Stack, aws_s3
from infra import nag
app = App()
aws_s3.Bucket(Stack(app, "Careless"), "Open")
nag.check(app)
app.synth()
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={
            "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
            "CDK_OUTDIR": str(tmp_path),
            "HOME": str(tmp_path),
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode
    assert "AwsSolutions-S10" in done.stderr + done.stdout


def test_cloudformation_would_take_them(prod: Assembly) -> None:
    """All at once: to start the linter costs more than to lint."""
    templates = sorted(map(str, prod.folder.glob("*.template.json")))
    linter = str(Path(sys.executable).with_name("cfn-lint"))
    command = [linter, "--non-zero-exit-code", "error", "--regions", "us-east-1", "--", *templates]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert len(templates) > len(CONTEXT_STACKS)
    assert done.returncode == 0, done.stdout
