"""What must never be lost: the table, the people who may sign in, the buckets; and what all else hangs on."""

import json
from typing import Any, cast

from aws_cdk import Aws, CfnOutput, Duration, RemovalPolicy
from aws_cdk import aws_cognito as cognito
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_events as events
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_secretsmanager as secrets
from aws_cdk import aws_ses as ses
from constructs import Construct

from core.keys import INDEXES, PK, SK, TTL
from infra import context
from infra.accounts import accounts
from infra.functions import Functions, Provided, Provision
from infra.nag import acknowledge, acknowledge_no_tls
from infra.settings import Settings
from infra.stack import StageStack

# These have names that can be told before they are made, so that a right to their objects can be written out.
_NAMED = ("Uploads", "Media")
_S3 = "arn:aws:s3:::"
_A_DAY = Duration.days(1)
_OLD_VERSIONS = s3.LifecycleRule(noncurrent_version_expiration=Duration.days(30))


class State(StageStack):
    def __init__(self, scope: Construct, settings: Settings) -> None:
        super().__init__(scope, settings, "state", protected=settings.keeps_state)
        self._settings = settings
        self._kept = RemovalPolicy.RETAIN if settings.keeps_state else RemovalPolicy.DESTROY

        self.table = self._table()
        self.provision: Provision = {
            context.table: Provided([self.table.table_arn], {"TABLE_NAME": self.table.table_name}),
            context.indexes: Provided([f"{self.table.table_arn}/index/{name}" for name in INDEXES]),
        }
        self.users = self._users()
        self.client = self._client()
        self.bus = events.EventBus(self, "Bus", event_bus_name=f"polyfolio-{settings.stage}")
        self.mailing = self._mailing()
        self.edge_key = self._secret(
            "EdgeKey",
            "It tells which calls came by the edge, and gives no rights; a new one is a deployment.",
        )
        self.logs = self._log_bucket()
        self.site = self._site_bucket()
        self.uploads = self._uploads_bucket()
        self.media = self._media_bucket()

        self.provision |= {
            context.user_pool: Provided(
                [self.users.user_pool_arn],
                {
                    "USER_POOL_ID": self.users.user_pool_id,
                    "USER_POOL_CLIENT_ID": self.client.user_pool_client_id,
                },
            ),
            context.bus: Provided([self.bus.event_bus_arn], {"BUS_NAME": self.bus.event_bus_name}),
            context.signing_secret: Provided([], {"SIGNING_SECRET": self._signing_secret()}),
            context.edge_key: Provided([], {"EDGE_KEY": self.edge_key}),
            context.mailer: self._mailer(),
            context.outside: Provided([], _outside(settings)),
            context.site: Provided([], {"SITE_ADDRESS": settings.site}),
            context.allowance: Provided([], {"INVITATIONS_EACH": str(settings.invitations)}),
            context.network_limits: Provided(
                [],
                {
                    "NETWORK_SIGN_INS": str(settings.network_sign_ins),
                    "NETWORK_RESETS": str(settings.network_resets),
                },
            ),
            **self._media_provision(),
        }
        CfnOutput(self, "TableName", value=self.table.table_name)
        CfnOutput(self, "UserPoolId", value=self.users.user_pool_id)
        CfnOutput(self, "UserPoolClientId", value=self.client.user_pool_client_id)
        CfnOutput(self, "BusName", value=self.bus.event_bus_name)
        CfnOutput(self, "SiteBucketName", value=self.site.bucket_name)
        CfnOutput(self, "UploadsBucketName", value=self.uploads.bucket_name)
        CfnOutput(self, "MediaBucketName", value=self.media.bucket_name)

    def _table(self) -> dynamodb.Table:
        """Not `TableV2`, whose global tables cdk-nag does not look at; and one region is what we need."""
        table = dynamodb.Table(
            self,
            "Table",
            partition_key=_key(PK),
            sort_key=_key(SK),
            time_to_live_attribute=TTL,
            billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
            stream=dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True
            ),
            deletion_protection=self._settings.keeps_state,
            removal_policy=self._kept,
        )
        for name, (pk, sk) in INDEXES.items():
            table.add_global_secondary_index(index_name=name, partition_key=_key(pk), sort_key=_key(sk))
        return table

    def _users(self) -> cognito.UserPool:
        users = cognito.UserPool(
            self,
            "Users",
            user_pool_name=f"polyfolio-{self._settings.stage}",
            # The user name is the member's id, so that it never changes; people sign in by their address.
            sign_in_aliases=cognito.SignInAliases(username=True, email=True),
            sign_in_case_sensitive=False,
            self_sign_up_enabled=True,  # by create_account; check_admission refuses whoever has no admission
            auto_verify=cognito.AutoVerifiedAttrs(email=True),
            keep_original=cognito.KeepOriginalAttrs(email=True),  # a new address counts once it is verified
            standard_attributes=cognito.StandardAttributes(
                email=cognito.StandardAttribute(required=True, mutable=True)
            ),
            password_policy=cognito.PasswordPolicy(
                min_length=12,
                require_lowercase=False,
                require_uppercase=False,
                require_digits=False,
                require_symbols=False,
            ),
            account_recovery=cognito.AccountRecovery.EMAIL_ONLY,
            feature_plan=cognito.FeaturePlan.LITE,
            lambda_triggers=self._triggers(),
            deletion_protection=self._settings.keeps_state,
            removal_policy=self._kept,
        )
        users.add_group("Operators", group_name="operators")
        acknowledge(
            users,
            "Length protects and composition rules do not: NIST SP 800-63B (5.1.1.2) advises against them.",
            "AwsSolutions-COG1",
        )
        acknowledge(
            users,
            "The API's sign-in has no second step yet; a second factor will be each member's own choice.",
            "AwsSolutions-COG2",
        )
        acknowledge(
            users,
            "Threat protection needs the Plus plan, at several times the price for each member.",
            "AwsSolutions-COG8",
        )
        return users

    def _triggers(self) -> cognito.UserPoolTriggers:
        """Beside the pool, so that it is never without its door, and no other stack need be there first."""
        functions = Functions(self, self._settings, self.provision)
        admission = accounts.triggers["PreSignUp"]
        return cognito.UserPoolTriggers(
            pre_sign_up=functions.make(Construct(self, admission.stem), admission)
        )

    def _client(self) -> cognito.UserPoolClient:
        return self.users.add_client(
            "Client",
            auth_flows=cognito.AuthFlow(user_password=True),  # and refresh, which is always there
            disable_o_auth=True,
            generate_secret=False,
            access_token_validity=Duration.minutes(15),
            id_token_validity=Duration.minutes(15),
            refresh_token_validity=Duration.days(30),
            enable_token_revocation=True,
            prevent_user_existence_errors=True,
        )

    def _mailing(self) -> ses.ConfigurationSet:
        """SES asks for it by name with each mail, and says on the account's bus what comes back."""
        mailing = ses.ConfigurationSet(
            self,
            "Mailing",
            configuration_set_name=self._settings.name("mail"),
            reputation_metrics=True,
            # Our own list of addresses that are not mailed is exact; SES's would pass over mails in silence.
            disable_suppression_list=True,
            tls_policy=ses.ConfigurationSetTlsPolicy.OPTIONAL,  # or whoever has an old server gets no mail
        )
        mailing.add_event_destination(
            "Returned",
            destination=ses.EventDestination.event_bus(
                events.EventBus.from_event_bus_name(self, "Own", "default")
            ),
            events=[ses.EmailSendingEvent.BOUNCE, ses.EmailSendingEvent.COMPLAINT],
        )
        return mailing

    def _mailer(self) -> Provided:
        """The domain is proven by records in its DNS, which SES says: see docs/operations.md."""
        domain = self._settings.sender.rpartition("@")[2]
        identity = ses.EmailIdentity(self, "Sender", identity=ses.Identity.domain(domain))
        identity.apply_removal_policy(self._kept)
        name = self.mailing.configuration_set_name
        here = f"arn:{self.partition}:ses:{self.region}:{self.account}"
        ours = [f"{here}:identity/{domain}", f"{here}:configuration-set/{name}"]
        return Provided(
            ["*"] if self._settings.local else ours,  # the local cloud asks for no resource by name
            {"MAIL_FROM": self._settings.sender, "CONFIGURATION_SET": name},
        )

    def _signing_secret(self) -> str:
        return self._secret(
            "SigningSecret",
            "It signs cursors and digests of requests, and gives no rights; rotation would break lists.",
        )

    def _secret(self, name: str, why_not_rotated: str) -> str:
        """A reference that CloudFormation resolves: the template never holds the secret."""
        secret = secrets.Secret(
            self,
            name,
            generate_secret_string=secrets.SecretStringGenerator(
                password_length=64, exclude_punctuation=True
            ),
            removal_policy=self._kept,
        )
        acknowledge(secret, why_not_rotated, "AwsSolutions-SMG4")
        return secret.secret_value.unsafe_unwrap()

    def _log_bucket(self) -> s3.Bucket:
        bucket = s3.Bucket(
            self,
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
            self,
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

    def _bucket_name(self, name: str) -> str:
        """Bucket names are the whole world's."""
        return f"{self._settings.name(name.lower())}-{Aws.ACCOUNT_ID}-{Aws.REGION}"

    def _let_the_edge_read(self, bucket: s3.Bucket) -> None:
        """Any distribution of this account: the edge, which stands on this stack, is not made yet."""
        bucket.add_to_resource_policy(
            iam.PolicyStatement(
                principals=[iam.ServicePrincipal("cloudfront.amazonaws.com")],
                actions=["s3:GetObject", "s3:ListBucket"],  # to list is to say 404 for what is not there
                resources=[bucket.bucket_arn, bucket.arn_for_objects("*")],
                conditions={
                    "ArnLike": {
                        "aws:SourceArn": f"arn:{self.partition}:cloudfront::{self.account}:distribution/*"
                    }
                },
            )
        )

    def _media_provision(self) -> Provision:
        uploads = {"UPLOADS_BUCKET": self.uploads.bucket_name}
        served = {"MEDIA_BUCKET": self.media.bucket_name}
        limits = json.dumps(dict(self._settings.media_limits))
        return {
            context.uploads_bucket: Provided([self.uploads.bucket_arn], uploads),
            context.uploaded_files: Provided([f"{_S3}{self._bucket_name('Uploads')}/*"], uploads),
            context.media_bucket: Provided([self.media.bucket_arn], served),
            context.stored_media: Provided([f"{_S3}{self._bucket_name('Media')}/media/*"], served),
            context.media_limits: Provided([], {"MEDIA_LIMITS": limits}),
        }


def _outside(settings: Settings) -> dict[str, str]:
    """Where a server may complain; in the local cloud also which of this machine's ports are the web."""
    ours = {"FETCH_ALLOWED": settings.fetch_allowed} if settings.local and settings.fetch_allowed else {}
    return {"FETCH_CONTACT": f"{settings.site}/"} | ours


def _key(name: str) -> dynamodb.Attribute:
    return dynamodb.Attribute(name=name, type=dynamodb.AttributeType.STRING)
