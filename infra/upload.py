"""The site's files on AWS: the API's document, its page, static pages, and the web client.

All else in the bucket is the renderer's, and stays.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_logs as logs
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_s3_deployment as deployment
from aws_cdk.aws_s3_assets import Asset
from constructs import Construct

from infra import page_files
from infra.edge import Edge
from infra.functions import as_nag_says, retention
from infra.nag import acknowledge
from infra.openapi import write_site
from infra.packaging import ROOT
from infra.settings import Settings
from infra.state import State
from infra.web import ASSETS, KEPT_FOR_GOOD, web_client

# What is uploaded; a policy has 10 kB, so not each of its files. The renderer's begin with "pages/".
_OURS = ("app/*", "docs/*", "openapi.json", "site/*", "unsubscribe/*")
_PAGES_ARE_KEPT = Duration.minutes(5)


def upload(scope: Construct, settings: Settings, state: State, edge: Edge) -> None:
    with _folder() as folder:
        pages = Asset(scope, "Pages", path=str(_site(folder / "site")))
        named = Asset(scope, "Named", path=str(_named(folder / "named")))
    bucket = s3.Bucket.from_bucket_name(scope, "SiteBucket", state.buckets.site.bucket_name)
    log_group = logs.LogGroup(
        scope, "UploadLogs", retention=retention(settings), removal_policy=RemovalPolicy.DESTROY
    )
    rights = {
        ("logs:CreateLogStream", "logs:PutLogEvents"): [log_group.log_group_arn],
        ("s3:GetObject",): [each.bucket.arn_for_objects(each.s3_object_key) for each in (pages, named)],
        ("s3:ListBucket",): [bucket.bucket_arn],
        ("s3:PutObject",): state.buckets.site_objects(*_OURS),
        ("cloudfront:CreateInvalidation", "cloudfront:GetInvalidation"): [edge.distribution.distribution_arn],
    }
    common = {"destination_bucket": bucket, "log_group": log_group, "role": _uploader(scope, rights)}
    _deploy(scope, edge, pages, named, common)
    _acknowledge(scope)


@contextmanager
def _folder() -> Iterator[Path]:
    """For this synthesis alone: several may run at once. An asset is copied when it is made."""
    build = ROOT / "build"
    build.mkdir(exist_ok=True)
    with TemporaryDirectory(prefix="site-", dir=build) as folder:
        yield Path(folder)


def _site(site: Path) -> Path:
    write_site(site)
    shutil.rmtree(site / page_files.FOLDER)
    shutil.copytree(web_client(), site / "app", ignore=shutil.ignore_patterns(ASSETS))
    return site


def _named(named: Path) -> Path:
    """What has a name of its own content."""
    page_files.write(named)
    shutil.copytree(web_client() / ASSETS, named / "app" / ASSETS)
    return named


def _deploy(scope: Construct, edge: Edge, pages: Asset, named: Asset, common: dict[str, Any]) -> None:
    """Files of a former version stay: a page that is open somewhere will still ask for them."""
    parts = deployment.BucketDeployment(
        scope,
        "UploadNamed",
        sources=[deployment.Source.bucket(named.bucket, named.s3_object_key)],
        cache_control=[deployment.CacheControl.from_string(KEPT_FOR_GOOD)],
        prune=False,
        **common,
    )
    whole = deployment.BucketDeployment(
        scope,
        "Upload",
        sources=[deployment.Source.bucket(pages.bucket, pages.s3_object_key)],
        cache_control=[deployment.CacheControl.max_age(_PAGES_ARE_KEPT)],
        distribution=edge.distribution,
        distribution_paths=["/docs*", "/unsubscribe*", "/v1/openapi.json", "/app*"],
        prune=False,
        **common,
    )
    whole.node.add_dependency(parts)  # a page never names what is not there yet


def _uploader(scope: Construct, rights: dict[tuple[str, ...], list[str]]) -> iam.IRole:
    """Exact, and closed: the CDK would let its function do all with every object of both buckets."""
    allowed = [iam.PolicyStatement(actions=list(actions), resources=arns) for actions, arns in rights.items()]
    role = iam.Role(
        scope,
        "Uploader",
        assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"),
        inline_policies={"Rights": iam.PolicyDocument(statements=allowed)},
    )
    for arn in (each for arns in rights.values() for each in arns if each.endswith("/*")):
        acknowledge(
            role,
            "Files of the client are named by their contents, which only its build tells.",
            f"AwsSolutions-IAM5[Resource::{as_nag_says(arn)}]",
            "Serverless-LambdaStarPermissions",
        )
    return role.without_policy_updates()


def _acknowledge(scope: Construct) -> None:
    [theirs] = [each for each in scope.node.children if each.node.id.startswith("Custom::")]
    acknowledge(
        theirs,
        "The CDK's own function, called by CloudFormation, which waits for its answer.",
        "AwsSolutions-L1",
        "Serverless-LambdaDLQ",
        "Serverless-LambdaLatestVersion",
        "Serverless-LambdaTracing",
    )
