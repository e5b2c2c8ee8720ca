"""What must never be lost: the table, the people who may sign in, the buckets; and what all else hangs on."""

import json

from aws_cdk import CfnOutput, RemovalPolicy, SecretValue
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_events as events
from aws_cdk import aws_secretsmanager as secrets
from aws_cdk import aws_ses as ses
from constructs import Construct

from core.keys import INDEXES, PK, SK, TTL
from infra import context
from infra.buckets import Buckets
from infra.functions import Provided, Provision
from infra.nag import acknowledge
from infra.settings import Settings
from infra.stack import StageStack
from infra.users import Users


class State(StageStack):
    def __init__(self, scope: Construct, settings: Settings) -> None:
        super().__init__(scope, settings, "state", protected=settings.keeps_state)
        self._settings = settings
        self._kept = RemovalPolicy.RETAIN if settings.keeps_state else RemovalPolicy.DESTROY

        self.table = self._table()
        self.provision: Provision = {
            context.table: Provided([self.table.table_arn], {"TABLE_NAME": self.table.table_name}),
            context.indexes: Provided([f"{self.table.table_arn}/index/{name}" for name in INDEXES]),
            context.signing_secret: Provided([], {"SIGNING_SECRET": self._signing_secret()}),
        }
        self.users = Users(self, settings, self._kept, self.provision)
        self.bus = events.EventBus(self, "Bus", event_bus_name=f"polyfolio-{settings.stage}")
        self.mailing = self._mailing()
        self.edge_key = self._secret(
            "EdgeKey",
            "It tells which calls came by the edge, and gives no rights; a new one is a deployment.",
        )
        self.buckets = Buckets(self, settings, self._kept)
        self.provision |= self._provision() | self.buckets.provision()
        self._outputs()

    def _provision(self) -> Provision:
        settings = self._settings
        signing_in = {
            "USER_POOL_ID": self.users.pool.user_pool_id,
            "USER_POOL_CLIENT_ID": self.users.client.user_pool_client_id,
        }
        limits = {
            "NETWORK_SIGN_INS": str(settings.network_sign_ins),
            "NETWORK_RESETS": str(settings.network_resets),
        }
        return {
            context.user_pool: Provided([self.users.pool.user_pool_arn], signing_in),
            context.bus: Provided([self.bus.event_bus_arn], {"BUS_NAME": self.bus.event_bus_name}),
            context.edge_key: Provided([], {"EDGE_KEY": self.edge_key}),
            context.mailer: self._mailer(),
            context.addresses: Provided([], _addresses(settings)),
            context.outside: Provided([], {"FETCH_CONTACT": f"{settings.site}/"} | _addresses(settings)),
            context.site: Provided([], {"SITE_ADDRESS": settings.site}),
            context.own_host: Provided([], {"OWN_HOST": settings.host}),
            context.resolver: Provided([], {"DNS_RESOLVER": settings.resolver}),
            context.allowance: Provided([], {"INVITATIONS_EACH": str(settings.invitations)}),
            context.network_limits: Provided([], limits),
            context.sign_in_providers: Provided([], {"SIGN_IN_PROVIDERS": json.dumps(settings.providers)}),
            context.sign_in_secrets: Provided([], _sign_in_secrets(settings)),
            context.linkedin_data: Provided([], {"LINKEDIN_DATA": json.dumps(settings.linkedin_data)}),
            context.linkedin_secret: Provided([], {"LINKEDIN_DATA_SECRET": _linkedin_secret(settings)}),
        }

    def _outputs(self) -> None:
        CfnOutput(self, "TableName", value=self.table.table_name)
        CfnOutput(self, "UserPoolId", value=self.users.pool.user_pool_id)
        CfnOutput(self, "UserPoolClientId", value=self.users.client.user_pool_client_id)
        CfnOutput(self, "BusName", value=self.bus.event_bus_name)
        CfnOutput(self, "SiteBucketName", value=self.buckets.site.bucket_name)
        CfnOutput(self, "UploadsBucketName", value=self.buckets.uploads.bucket_name)
        CfnOutput(self, "MediaBucketName", value=self.buckets.media.bucket_name)

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


def _sign_in_secrets(settings: Settings) -> dict[str, str]:
    """References to what an operator has put into Secrets Manager; the template never holds a secret."""
    kept = settings.name("sign-in")
    known_by = {
        each["id"]: SecretValue.secrets_manager(kept, json_field=each["id"]).unsafe_unwrap()
        for each in settings.providers
    }
    return {"SIGN_IN_SECRETS": json.dumps(known_by)}


def _linkedin_secret(settings: Settings) -> str:
    if settings.linkedin_data is None:
        return ""
    return SecretValue.secrets_manager(settings.name("linkedin-data")).unsafe_unwrap()


def _addresses(settings: Settings) -> dict[str, str]:
    """In the local cloud alone: which of this machine's ports are the web."""
    return {"FETCH_ALLOWED": settings.fetch_allowed} if settings.local else {}


def _key(name: str) -> dynamodb.Attribute:
    return dynamodb.Attribute(name=name, type=dynamodb.AttributeType.STRING)
