"""Members' own domains at the edge: one distribution that all of them share, and a tenant of it for each.

Workers make the tenants (functions/domains/serving.py). A tenant's parameter says whose profile it shows:
the path of all that is asked of the bucket begins with it, so that nothing else can be had there.
"""

from typing import Any

from aws_cdk import Aws, CfnOutput, Duration
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra import context
from infra.functions import Provided, Provision
from infra.headers import security_headers
from infra.nag import acknowledge
from infra.redirecting import CACHED_BY, own_domain
from infra.settings import Settings
from infra.stack import StageStack
from infra.state import State

PARAMETER = "profile"
_LOCAL_TARGET = "domains.polyfolio.example"

# As at the site itself: complete without scripts, and framed by nobody.
_PAGES_MAY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
_FILES_MAY = "default-src 'none'; sandbox; frame-ancestors 'none'"
_FILES = ("/media/*", "/site/*")  # what pages load, beside themselves
_PAGES, _SITE, _MEDIA = "pages", "site", "media"


class Tenants(StageStack):
    def __init__(self, scope: Construct, settings: Settings, state: State) -> None:
        super().__init__(scope, settings, "tenants")
        self._settings = settings
        self._access = self._origin_access()
        self.distribution = cloudfront.CfnDistribution(
            self, "Distribution", distribution_config=self._config(state)
        )
        self._acknowledge()
        group = self._group()
        self.target = group.attr_routing_endpoint if group else _LOCAL_TARGET
        state.provision |= self._provision(group.attr_id if group else "")
        CfnOutput(self, "DomainTarget", value=self.target)
        CfnOutput(self, "TenantsDistributionId", value=self.distribution.attr_id)

    def _config(self, state: State) -> cloudfront.CfnDistribution.DistributionConfigProperty:
        kind = cloudfront.CfnDistribution
        return kind.DistributionConfigProperty(
            enabled=True,
            comment=self._settings.name("tenants"),
            connection_mode="tenant-only",
            tenant_config=_tenant_config(),
            http_version="http2and3",
            origins=self._origins(state),
            default_cache_behavior=kind.DefaultCacheBehaviorProperty(**self._pages()),
            cache_behaviors=[
                kind.CacheBehaviorProperty(path_pattern=path, **self._files(path)) for path in _FILES
            ],
            custom_error_responses=[
                kind.CustomErrorResponseProperty(error_code=code, error_caching_min_ttl=0)
                for code in (403, 404)
            ],
            logging=kind.LoggingProperty(
                bucket=state.buckets.logs.bucket_regional_domain_name, prefix="domains/"
            ),
            viewer_certificate=self._certificate(),
        )

    def _origins(self, state: State) -> list[Any]:
        """The local cloud puts no parameters into paths: there the function does."""
        profile = None if self._settings.local else f"/pages/@{{{{{PARAMETER}}}}}"
        return [
            self._origin(_PAGES, state.buckets.site, profile),
            self._origin(_SITE, state.buckets.site),
            self._origin(_MEDIA, state.buckets.media),
        ]

    def _origin(self, name: str, bucket: s3.IBucket, path: str | None = None) -> Any:
        return cloudfront.CfnDistribution.OriginProperty(
            id=name,
            domain_name=bucket.bucket_regional_domain_name,
            origin_path=path,
            origin_access_control_id=self._access.attr_id,
            s3_origin_config=cloudfront.CfnDistribution.S3OriginConfigProperty(origin_access_identity=""),
        )

    def _origin_access(self) -> cloudfront.CfnOriginAccessControl:
        return cloudfront.CfnOriginAccessControl(
            self,
            "Access",
            origin_access_control_config=cloudfront.CfnOriginAccessControl.OriginAccessControlConfigProperty(
                name=self._settings.name("tenants"),
                origin_access_control_origin_type="s3",
                signing_behavior="always",
                signing_protocol="sigv4",
            ),
        )

    def _pages(self) -> dict[str, Any]:
        function = cloudfront.Function(
            self,
            "OwnDomain",
            code=cloudfront.FunctionCode.from_inline(
                own_domain(self._settings.site, local=self._settings.local)
            ),
            runtime=cloudfront.FunctionRuntime.JS_2_0,
        )
        ran = cloudfront.CfnDistribution.FunctionAssociationProperty(
            event_type="viewer-request", function_arn=function.function_arn
        )
        kept = cloudfront.CachePolicy(
            self,
            "ByDomain",
            cache_policy_name=self._settings.name("by-domain"),
            min_ttl=Duration.seconds(0),
            default_ttl=Duration.minutes(1),
            max_ttl=Duration.days(1),
            header_behavior=cloudfront.CacheHeaderBehavior.allow_list(CACHED_BY),
            enable_accept_encoding_brotli=True,
            enable_accept_encoding_gzip=True,
        )
        return {
            "target_origin_id": _PAGES,
            "cache_policy_id": kept.cache_policy_id,
            "function_associations": [ran],
            "response_headers_policy_id": self._headers("Pages", _PAGES_MAY),
            "compress": True,
            "viewer_protocol_policy": self._protocol(),
        }

    def _files(self, path: str) -> dict[str, Any]:
        """They are the same for everybody, and named by what is in them."""
        media = path.startswith("/media/")
        return {
            "target_origin_id": _MEDIA if media else _SITE,
            "cache_policy_id": cloudfront.CachePolicy.CACHING_OPTIMIZED.cache_policy_id,
            "response_headers_policy_id": self._headers(path.strip("/*").title(), _FILES_MAY),
            "compress": not media,
            "viewer_protocol_policy": self._protocol(),
        }

    def _headers(self, name: str, content: str) -> str:
        """Of nobody's subdomains is anything said: they are their owners', and may have no certificate."""
        policy = cloudfront.ResponseHeadersPolicy(
            self,
            name,
            response_headers_policy_name=self._settings.name(f"domains-{name.lower()}"),
            security_headers_behavior=security_headers(content, subdomains=False),
        )
        return policy.response_headers_policy_id

    def _protocol(self) -> str:
        return "allow-all" if self._settings.local else "redirect-to-https"

    def _certificate(self) -> cloudfront.CfnDistribution.ViewerCertificateProperty | None:
        """Of all tenants together; each has its own, which goes before it."""
        if not (self._settings.domain and self._settings.certificate):
            return None
        return cloudfront.CfnDistribution.ViewerCertificateProperty(
            acm_certificate_arn=self._settings.certificate,
            ssl_support_method="sni-only",
            minimum_protocol_version="TLSv1.2_2021",
        )

    def _group(self) -> cloudfront.CfnConnectionGroup | None:
        """Its endpoint is what members' domains lead to. The local cloud's CloudFormation knows no groups."""
        if self._settings.local:
            return None
        return cloudfront.CfnConnectionGroup(
            self, "Group", name=self._settings.name("domains"), enabled=True, ipv6_enabled=True
        )

    def _provision(self, group_id: str) -> Provision:
        here = f"arn:aws:cloudfront::{Aws.ACCOUNT_ID}"
        distribution = f"{here}:distribution/{self.distribution.attr_id}"
        group = f"{here}:connection-group/{group_id}"
        ours = [f"{here}:distribution-tenant/*", distribution, group]
        told = {"TENANTS_DISTRIBUTION": self.distribution.attr_id, "TENANTS_GROUP": group_id}
        issued = f"arn:aws:acm:us-east-1:{Aws.ACCOUNT_ID}:certificate/*"
        local = self._settings.local  # where neither is asked for by name
        return {
            context.tenants: Provided(["*"] if local else ours, told),
            context.certificates: Provided(["*"] if local else [issued]),
            context.new_certificates: Provided(["*"]),
            context.domain_target: Provided([], {"DOMAINS_TARGET": self.target}),
        }

    def _acknowledge(self) -> None:
        def why(reason: str, rule: str) -> None:
            acknowledge(self.distribution, reason, rule)

        why("A network for people everywhere: no country is shut out.", "AwsSolutions-CFR1")
        why("Pages of a bucket, read only: there is nothing behind them to protect.", "AwsSolutions-CFR2")
        if not self._settings.certificate:
            why("Each tenant has a certificate of its own; that of all is CloudFront's.", "AwsSolutions-CFR4")
        if self._settings.local:
            why("The local cloud is on this machine's loopback address, without TLS.", "AwsSolutions-CFR5")


def _tenant_config() -> cloudfront.CfnDistribution.TenantConfigProperty:
    kind = cloudfront.CfnDistribution
    handle = kind.StringSchemaProperty(required=True, comment="The handle of the profile that is shown")
    parameter = kind.ParameterDefinitionProperty(
        name=PARAMETER, definition=kind.DefinitionProperty(string_schema=handle)
    )
    return kind.TenantConfigProperty(parameter_definitions=[parameter])
