"""The buckets: the site, uploads in quarantine, media as it is served, and who asked for what."""

import json
from typing import Any, cast

from aws_cdk import Aws, Duration, RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3

from infra import context, page_files
from infra.functions import Provided, Provision
from infra.nag import acknowledge_no_tls
from infra.settings import Settings
from infra.stack import StageStack

# These have names that can be told before they are made, so that a right to their objects can be written out.
_NAMED = ("Site", "Uploads", "Media")
_S3 = "arn:aws:s3:::"
_A_DAY = Duration.days(1)
# Whoever takes something off their page wants it gone.
_OLD_VERSIONS = s3.LifecycleRule(noncurrent_version_expiration=_A_DAY)


class Buckets:
    """In the stack that keeps the state."""

    def __init__(self, stack: StageStack, settings: Settings, kept: RemovalPolicy) -> None:
        self._stack = stack
        self._settings = settings
        self._kept = kept
        self.logs = self._log_bucket()
        self.site = self._site_bucket()
        self.uploads = self._uploads_bucket()
        self.media = self._media_bucket()

    def provision(self) -> Provision:
        uploads = {"UPLOADS_BUCKET": self.uploads.bucket_name}
        served = {"MEDIA_BUCKET": self.media.bucket_name}
        rendered = {"SITE_BUCKET": self.site.bucket_name}
        limits = json.dumps(dict(self._settings.media_limits))
        return {
            context.uploads_bucket: Provided([self.uploads.bucket_arn], uploads),
            context.uploaded_files: Provided([f"{_S3}{self._bucket_name('Uploads')}/*"], uploads),
            context.uploaded_archives: Provided(
                [f"{_S3}{self._bucket_name('Uploads')}/{context.ARCHIVES}*"], uploads
            ),
            context.media_bucket: Provided([self.media.bucket_arn], served),
            context.stored_media: Provided([f"{_S3}{self._bucket_name('Media')}/media/*"], served),
            context.media_limits: Provided([], {"MEDIA_LIMITS": limits}),
            context.site_bucket: Provided([self.site.bucket_arn], rendered),
            context.site_pages: Provided([f"{_S3}{self._bucket_name('Site')}/pages/*"], rendered),
            context.page_files: Provided([], page_files.environment()),
        }

    def _log_bucket(self) -> s3.Bucket:
        bucket = s3.Bucket(
            self._stack,
            "AccessLogs",
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            enforce_ssl=not self._settings.local,
            object_ownership=s3.ObjectOwnership.OBJECT_WRITER,  # CloudFront writes by access control list
            lifecycle_rules=[s3.LifecycleRule(expiration=Duration.days(self._settings.log_days))],
            removal_policy=self._kept,
        )
        acknowledge_no_tls(bucket, self._settings, "AwsSolutions-S10")
        return bucket

    def _site_bucket(self) -> s3.Bucket:
        bucket = self._bucket("Site", versioned=True, rules=[_OLD_VERSIONS])
        self._let_the_edge_read(bucket)
        return bucket

    def _media_bucket(self) -> s3.Bucket:
        """No versions: nothing in it is ever changed, and what is deleted is to be gone."""
        bucket = self._bucket(
            "Media", rules=[s3.LifecycleRule(abort_incomplete_multipart_upload_after=_A_DAY)]
        )
        self._let_the_edge_read(bucket)
        return bucket

    def _uploads_bucket(self) -> s3.Bucket:
        """Quarantine: the edge may not read it, and what nobody took out of it is gone in a day or two."""
        allowed = s3.CorsRule(
            allowed_methods=[s3.HttpMethods.POST],
            allowed_origins=self._settings.upload_origins,
            allowed_headers=["*"],
            max_age=3600,
        )
        rule = s3.LifecycleRule(expiration=_A_DAY, abort_incomplete_multipart_upload_after=_A_DAY)
        bucket = self._bucket("Uploads", rules=[rule], cors=[allowed])
        # Not `event_bridge_enabled`, for which the CDK would deploy a function of its own with wide rights.
        plain = cast(s3.CfnBucket, bucket.node.default_child)
        plain.notification_configuration = s3.CfnBucket.NotificationConfigurationProperty(
            event_bridge_configuration=s3.CfnBucket.EventBridgeConfigurationProperty(
                event_bridge_enabled=True
            )
        )
        return bucket

    def _bucket(self, name: str, *, rules: list[s3.LifecycleRule], **options: Any) -> s3.Bucket:
        bucket = s3.Bucket(
            self._stack,
            name,
            bucket_name=self._bucket_name(name) if name in _NAMED else None,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            enforce_ssl=not self._settings.local,
            lifecycle_rules=rules,
            server_access_logs_bucket=self.logs,
            server_access_logs_prefix=f"{name.lower()}/",
            removal_policy=self._kept,
            **options,
        )
        acknowledge_no_tls(bucket, self._settings, "AwsSolutions-S10")
        return bucket

    def site_objects(self, *beginnings: str) -> list[str]:
        return [f"{_S3}{self._bucket_name('Site')}/{each}" for each in beginnings]

    def _bucket_name(self, name: str) -> str:
        """Bucket names are the whole world's."""
        return f"{self._settings.name(name.lower())}-{Aws.ACCOUNT_ID}-{Aws.REGION}"

    def _let_the_edge_read(self, bucket: s3.Bucket) -> None:
        """Any distribution of this account: the edge, which stands on this stack, is not made yet."""
        stack = self._stack
        bucket.add_to_resource_policy(
            iam.PolicyStatement(
                principals=[iam.ServicePrincipal("cloudfront.amazonaws.com")],
                actions=["s3:GetObject", "s3:ListBucket"],  # to list is to say 404 for what is not there
                resources=[bucket.bucket_arn, bucket.arn_for_objects("*")],
                conditions={
                    "ArnLike": {
                        "aws:SourceArn": f"arn:{stack.partition}:cloudfront::{stack.account}:distribution/*"
                    }
                },
            )
        )
