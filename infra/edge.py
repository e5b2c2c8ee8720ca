"""The edge: one address for everything. The API under /v1, all else from the site's bucket."""

from typing import Any

from aws_cdk import Annotations, CfnOutput, Duration
from aws_cdk import aws_certificatemanager as certificates
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from aws_cdk import aws_s3 as s3
from constructs import Construct

from core.network import KEY_HEADER
from infra.api import Api
from infra.firewall import firewall
from infra.headers import security_headers
from infra.nag import acknowledge
from infra.redirecting import MOVED
from infra.rewriting import FIND_OBJECT, SAY_WHERE_FROM
from infra.settings import Settings
from infra.stack import StageStack
from infra.state import State

# Pages are complete without scripts, and theirs come from the site itself. None may be framed.
_PAGES_MAY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
# The players of functions/previews/players.py: one is loaded once somebody clicks.
_PLAYERS = (
    "https://www.youtube-nocookie.com https://player.vimeo.com https://open.spotify.com "
    "https://w.soundcloud.com https://www.slideshare.net https://codepen.io"
)
# The client is scripts, all of them its own; it shows pictures that it is about to upload, past the edge.
_CLIENT_MAY = (
    "default-src 'self'; connect-src 'self' {uploads}; img-src 'self' data: blob:; media-src 'self' blob:; "
    f"frame-src {_PLAYERS}; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_EVERYWHERE = cloudfront.ResponseHeadersCorsBehavior(
    access_control_allow_credentials=False,
    access_control_allow_headers=["*"],
    access_control_allow_methods=["GET", "HEAD"],
    access_control_allow_origins=["*"],
    origin_override=True,
)
_ANSWERS_MAY = "default-src 'none'; frame-ancestors 'none'"
# Whatever a file turns out to be, opened by itself it can do nothing.
_MEDIA_MAY = "default-src 'none'; sandbox; frame-ancestors 'none'"

# CloudFront keeps these for ten seconds where it keeps nothing else; but an error can be about one caller.
_ERRORS = (404, 414, 500, 501, 502, 503, 504)


class Edge(StageStack):
    def __init__(self, scope: Construct, settings: Settings, state: State, api: Api) -> None:
        super().__init__(scope, settings, "edge")
        self._settings = settings
        self.distribution = cloudfront.Distribution(
            self,
            "Distribution",
            comment=settings.name("edge"),
            # No page for errors: CloudFront would put it in the place of the API's answers too.
            error_responses=[
                cloudfront.ErrorResponse(http_status=s, ttl=Duration.seconds(0)) for s in _ERRORS
            ],
            default_root_object="index.html",
            http_version=cloudfront.HttpVersion.HTTP2_AND_3,
            price_class=self._price_class(),
            enable_logging=True,
            log_bucket=state.buckets.logs,
            log_file_prefix="edge/",
            web_acl_id=firewall(self, settings).attr_arn if settings.web_acl else None,
            **self._behaviors(state, api, self._http(api, state.edge_key)),
            **self._own_domain(),
        )
        self._acknowledge()
        CfnOutput(self, "DistributionDomain", value=self.distribution.distribution_domain_name)
        CfnOutput(self, "DistributionId", value=self.distribution.distribution_id)

    def _behaviors(self, state: State, api: Api, http: cloudfront.IOrigin) -> dict[str, Any]:
        files = self._files("Site", state.buckets.site)
        site = self._with_what_is_missing(files, api)
        pages = self._headers("Pages", _PAGES_MAY, read_everywhere=True)
        answers = self._headers("Answers", _ANSWERS_MAY)
        find = self._function("FindObject", FIND_OBJECT)
        where_from = self._function("SayWhereFrom", SAY_WHERE_FROM)
        reads = self._behavior(http, answers, cache_policy=self._kept_as_it_says())
        calls = self._behavior(
            http,
            answers,
            allowed_methods=cloudfront.AllowedMethods.ALLOW_ALL,
            cache_policy=cloudfront.CachePolicy.CACHING_DISABLED,
            origin_request_policy=cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
            function_associations=[where_from],
        )
        document = self._behavior(files, answers, function_associations=[find])
        client = self._behavior(
            files,
            self._headers("Client", _CLIENT_MAY.format(uploads=self._uploads(state))),
            function_associations=[find],
        )
        return {
            "default_behavior": self._behavior(site, pages, function_associations=[find, self._moved()]),
            "additional_behaviors": {
                "/app": client,
                "/app/*": client,
                "/media/*": self._media(state),
                "/v1/openapi.json": document,
                "/v1/public/*": reads,
                "/v1/*": calls,
            },
        }

    def _behavior(
        self, origin: cloudfront.IOrigin, headers: cloudfront.ResponseHeadersPolicy, **more: Any
    ) -> cloudfront.BehaviorOptions:
        https = cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS
        return cloudfront.BehaviorOptions(
            origin=origin,
            response_headers_policy=headers,
            viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.ALLOW_ALL
            if self._settings.local
            else https,
            **more,
        )

    def _function(self, name: str, code: str) -> cloudfront.FunctionAssociation:
        function = cloudfront.Function(
            self,
            name,
            code=cloudfront.FunctionCode.from_inline(code),
            runtime=cloudfront.FunctionRuntime.JS_2_0,
        )
        return cloudfront.FunctionAssociation(
            event_type=cloudfront.FunctionEventType.VIEWER_REQUEST, function=function
        )

    def _moved(self) -> cloudfront.FunctionAssociation:
        """To a member's own domain, while it is live: the page itself says so (infra/redirecting.py)."""
        function = cloudfront.Function(
            self,
            "Moved",
            code=cloudfront.FunctionCode.from_inline(MOVED),
            runtime=cloudfront.FunctionRuntime.JS_2_0,
        )
        return cloudfront.FunctionAssociation(
            event_type=cloudfront.FunctionEventType.VIEWER_RESPONSE, function=function
        )

    def _kept_as_it_says(self) -> cloudfront.CachePolicy:
        """Answers that are the same for everybody: no Authorization gets as far as these."""
        return cloudfront.CachePolicy(
            self,
            "PublicReads",
            cache_policy_name=self._settings.name("public-reads"),
            min_ttl=Duration.seconds(0),
            default_ttl=Duration.seconds(0),
            max_ttl=Duration.days(1),
            query_string_behavior=cloudfront.CacheQueryStringBehavior.all(),
            enable_accept_encoding_brotli=True,
            enable_accept_encoding_gzip=True,
        )

    def _media(self, state: State) -> cloudfront.BehaviorOptions:
        """Kept for a year, as each says itself: an address never means anything else."""
        return self._behavior(
            self._files("Media", state.buckets.media),
            self._headers("Files", _MEDIA_MAY),
            cache_policy=cloudfront.CachePolicy.CACHING_OPTIMIZED,
            compress=False,  # all of it is, in itself
        )

    def _uploads(self, state: State) -> str:
        """Where browsers post files to, past the edge."""
        if self._settings.cloud_port is not None:
            return f"http://127.0.0.1:{self._settings.cloud_port}"
        return f"https://{state.buckets.uploads.bucket_regional_domain_name}"

    def _files(self, name: str, of: s3.IBucket) -> cloudfront.IOrigin:
        """Imported: else the bucket's policy would name this distribution, and the two stacks each other."""
        bucket = s3.Bucket.from_bucket_attributes(
            self,
            name,
            bucket_arn=of.bucket_arn,
            bucket_regional_domain_name=of.bucket_regional_domain_name,
        )
        Annotations.of(self).acknowledge_warning(
            "@aws-cdk/aws-cloudfront-origins:updateImportedBucketPolicyOac", "State has set it."
        )
        return origins.S3BucketOrigin.with_origin_access_control(bucket)

    def _with_what_is_missing(self, files: cloudfront.IOrigin, api: Api) -> cloudfront.IOrigin:
        """Where no page stands a function says so: CloudFront's own page for errors would hide the API's.

        The local cloud knows no groups; there its edge asks (infra/local/edge.py).
        """
        if self._settings.local:
            return files
        missing = origins.HttpOrigin(
            self._api_host(api),
            origin_path="/v1/missing",
            origin_ssl_protocols=[cloudfront.OriginSslPolicy.TLS_V1_2],
        )
        return origins.OriginGroup(
            primary_origin=files, fallback_origin=missing, fallback_status_codes=[403, 404]
        )

    def _api_host(self, api: Api) -> str:
        return f"{api.http.api_id}.execute-api.{self.region}.{self.url_suffix}"

    def _http(self, api: Api, key: str) -> cloudfront.IOrigin:
        """The key closes no way past the edge, which leads to the same throttle and checks: it only proves
        where a caller's address was seen."""
        by_edge = {KEY_HEADER: key}
        if self._settings.cloud_port is not None:
            return origins.HttpOrigin(
                "127.0.0.1",
                http_port=self._settings.cloud_port,
                protocol_policy=cloudfront.OriginProtocolPolicy.HTTP_ONLY,
                origin_path=f"/_aws/execute-api/{api.http.api_id}/$default",
                custom_headers=by_edge,
            )
        return origins.HttpOrigin(
            self._api_host(api),
            origin_ssl_protocols=[cloudfront.OriginSslPolicy.TLS_V1_2],
            custom_headers=by_edge,
        )

    def _headers(
        self, name: str, content: str, *, read_everywhere: bool = False
    ) -> cloudfront.ResponseHeadersPolicy:
        """`read_everywhere`: by pages of others too, as WebFinger asks for: it is the same for everybody."""
        return cloudfront.ResponseHeadersPolicy(
            self,
            name,
            cors_behavior=_EVERYWHERE if read_everywhere else None,
            response_headers_policy_name=self._settings.name(name.lower()),
            security_headers_behavior=security_headers(content, subdomains=True),
        )

    def _price_class(self) -> cloudfront.PriceClass:
        if self._settings.everywhere:
            return cloudfront.PriceClass.PRICE_CLASS_ALL
        return cloudfront.PriceClass.PRICE_CLASS_100

    def _own_domain(self) -> dict[str, Any]:
        domain, certificate = self._settings.domain, self._settings.certificate
        if not (domain and certificate):
            return {}
        return {
            "domain_names": [domain],
            "certificate": certificates.Certificate.from_certificate_arn(self, "Certificate", certificate),
            "minimum_protocol_version": cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
        }

    def _acknowledge(self) -> None:
        def why(reason: str, rule: str) -> None:
            acknowledge(self.distribution, reason, rule)

        why("A network for people everywhere: no country is shut out.", "AwsSolutions-CFR1")
        if not self._settings.web_acl:
            why("A firewall costs a fee each month: a setting of the stage.", "AwsSolutions-CFR2")
        if not self._settings.domain:
            why(
                "Without a domain it is CloudFront's own certificate, which admits old TLS.",
                "AwsSolutions-CFR4",
            )
        if self._settings.local:
            why("The local cloud is on this machine's loopback address, without TLS.", "AwsSolutions-CFR5")
