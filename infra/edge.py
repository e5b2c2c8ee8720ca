"""The edge: one address for everything. The API under /v1, all else from the site's bucket."""

from typing import Any

from aws_cdk import Annotations, CfnOutput, Duration
from aws_cdk import aws_certificatemanager as certificates
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.api import Api
from infra.checks import acknowledge
from infra.firewall import firewall
from infra.settings import Settings
from infra.stack import StageStack
from infra.state import State

# Pages are complete without scripts, and theirs come from the site itself. None may be framed.
_PAGES_MAY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
_ANSWERS_MAY = "default-src 'none'; frame-ancestors 'none'"

# A page's address has no extension, its object has: /docs is docs.html, / is index.html.
_FIND_PAGE = """\
function handler(event) {
  var request = event.request;
  var name = request.uri.split('/').pop();
  if (name === '') request.uri += 'index.html';
  else if (!name.includes('.')) request.uri += '.html';
  return request;
}
"""

# CloudFront keeps these for ten seconds, even where nothing else is kept; but an error can be about one caller.
_ERRORS = (404, 414, 500, 501, 502, 503, 504)


class Edge(StageStack):
    def __init__(self, scope: Construct, settings: Settings, state: State, api: Api) -> None:
        super().__init__(scope, settings, "edge")
        self._settings = settings
        self._scheme = (
            cloudfront.ViewerProtocolPolicy.ALLOW_ALL
            if settings.local
            else cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS
        )
        self.distribution = self._distribution(self._site(state), self._http(api), state.logs)
        self._acknowledge()
        CfnOutput(self, "DistributionDomain", value=self.distribution.distribution_domain_name)
        CfnOutput(self, "DistributionId", value=self.distribution.distribution_id)

    def _distribution(
        self, site: cloudfront.IOrigin, http: cloudfront.IOrigin, logs: s3.IBucket
    ) -> cloudfront.Distribution:
        answers = self._headers("Answers", _ANSWERS_MAY)
        return cloudfront.Distribution(
            self,
            "Distribution",
            comment=self._settings.name("edge"),
            default_behavior=self._pages(site),
            # No page for errors: CloudFront would put it in the place of the API's answers too.
            additional_behaviors={
                "/v1/openapi.json": self._files(site, answers),
                "/v1/public/*": self._reads(http, answers),
                "/v1/*": self._calls(http, answers),
            },
            error_responses=[
                cloudfront.ErrorResponse(http_status=each, ttl=Duration.seconds(0)) for each in _ERRORS
            ],
            default_root_object="index.html",
            http_version=cloudfront.HttpVersion.HTTP2_AND_3,
            price_class=cloudfront.PriceClass.PRICE_CLASS_ALL
            if self._settings.everywhere
            else cloudfront.PriceClass.PRICE_CLASS_100,
            enable_logging=True,
            log_bucket=logs,
            log_file_prefix="edge/",
            web_acl_id=firewall(self, self._settings).attr_arn if self._settings.web_acl else None,
            **self._own_domain(),
        )

    def _own_domain(self) -> dict[str, Any]:
        domain, certificate = self._settings.domain, self._settings.certificate
        if not (domain and certificate):
            return {}
        return {
            "domain_names": [domain],
            "certificate": certificates.Certificate.from_certificate_arn(self, "Certificate", certificate),
            "minimum_protocol_version": cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
        }

    def _site(self, state: State) -> cloudfront.IOrigin:
        """Imported: else the bucket's policy would name this distribution, and the stacks stand in a circle."""
        bucket = s3.Bucket.from_bucket_attributes(
            self,
            "Site",
            bucket_arn=state.site.bucket_arn,
            bucket_regional_domain_name=state.site.bucket_regional_domain_name,
        )
        Annotations.of(self).acknowledge_warning(
            "@aws-cdk/aws-cloudfront-origins:updateImportedBucketPolicyOac", "State has set it."
        )
        return origins.S3BucketOrigin.with_origin_access_control(bucket)

    def _http(self, api: Api) -> cloudfront.IOrigin:
        """No secret header closes the way past the edge: it leads to the same throttle and the same checks."""
        if self._settings.cloud_port is not None:
            return origins.HttpOrigin(
                "127.0.0.1",
                http_port=self._settings.cloud_port,
                protocol_policy=cloudfront.OriginProtocolPolicy.HTTP_ONLY,
                origin_path=f"/_aws/execute-api/{api.http.api_id}/$default",
            )
        host = f"{api.http.api_id}.execute-api.{self.region}.{self.url_suffix}"
        return origins.HttpOrigin(host, origin_ssl_protocols=[cloudfront.OriginSslPolicy.TLS_V1_2])

    def _pages(self, site: cloudfront.IOrigin) -> cloudfront.BehaviorOptions:
        find = cloudfront.Function(
            self,
            "FindPage",
            code=cloudfront.FunctionCode.from_inline(_FIND_PAGE),
            runtime=cloudfront.FunctionRuntime.JS_2_0,
        )
        return cloudfront.BehaviorOptions(
            origin=site,
            viewer_protocol_policy=self._scheme,
            response_headers_policy=self._headers("Pages", _PAGES_MAY),
            function_associations=[
                cloudfront.FunctionAssociation(
                    event_type=cloudfront.FunctionEventType.VIEWER_REQUEST, function=find
                )
            ],
        )

    def _files(
        self, site: cloudfront.IOrigin, headers: cloudfront.ResponseHeadersPolicy
    ) -> cloudfront.BehaviorOptions:
        return cloudfront.BehaviorOptions(
            origin=site, viewer_protocol_policy=self._scheme, response_headers_policy=headers
        )

    def _reads(
        self, http: cloudfront.IOrigin, headers: cloudfront.ResponseHeadersPolicy
    ) -> cloudfront.BehaviorOptions:
        """The same for everybody, for as long as the answer says. No Authorization gets this far: none is in the key."""
        return cloudfront.BehaviorOptions(
            origin=http,
            viewer_protocol_policy=self._scheme,
            response_headers_policy=headers,
            cache_policy=cloudfront.CachePolicy(
                self,
                "PublicReads",
                cache_policy_name=self._settings.name("public-reads"),
                min_ttl=Duration.seconds(0),
                default_ttl=Duration.seconds(0),
                max_ttl=Duration.days(1),
                query_string_behavior=cloudfront.CacheQueryStringBehavior.all(),
                enable_accept_encoding_brotli=True,
                enable_accept_encoding_gzip=True,
            ),
        )

    def _calls(
        self, http: cloudfront.IOrigin, headers: cloudfront.ResponseHeadersPolicy
    ) -> cloudfront.BehaviorOptions:
        return cloudfront.BehaviorOptions(
            origin=http,
            viewer_protocol_policy=self._scheme,
            response_headers_policy=headers,
            allowed_methods=cloudfront.AllowedMethods.ALLOW_ALL,
            cache_policy=cloudfront.CachePolicy.CACHING_DISABLED,
            origin_request_policy=cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        )

    def _headers(self, name: str, content: str) -> cloudfront.ResponseHeadersPolicy:
        return cloudfront.ResponseHeadersPolicy(
            self,
            name,
            response_headers_policy_name=self._settings.name(name.lower()),
            security_headers_behavior=cloudfront.ResponseSecurityHeadersBehavior(
                content_security_policy=cloudfront.ResponseHeadersContentSecurityPolicy(
                    content_security_policy=content, override=True
                ),
                content_type_options=cloudfront.ResponseHeadersContentTypeOptions(override=True),
                frame_options=cloudfront.ResponseHeadersFrameOptions(
                    frame_option=cloudfront.HeadersFrameOption.DENY, override=True
                ),
                referrer_policy=cloudfront.ResponseHeadersReferrerPolicy(
                    referrer_policy=cloudfront.HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN,
                    override=True,
                ),
                strict_transport_security=cloudfront.ResponseHeadersStrictTransportSecurity(
                    access_control_max_age=Duration.days(365), include_subdomains=True, override=True
                ),
            ),
        )

    def _acknowledge(self) -> None:
        acknowledge(
            self.distribution, "A network for people everywhere: no country is shut out.", "AwsSolutions-CFR1"
        )
        if not self._settings.web_acl:
            acknowledge(
                self.distribution,
                "A firewall has a monthly price and is a setting of the stage; the API is throttled without it.",
                "AwsSolutions-CFR2",
            )
        if not self._settings.domain:
            acknowledge(
                self.distribution,
                "No domain is set, and CloudFront's own certificate admits old TLS. With a domain it is TLS 1.2.",
                "AwsSolutions-CFR4",
            )
        if self._settings.local:
            acknowledge(
                self.distribution,
                "The local cloud's API is on the loopback address of this machine, where there is no TLS.",
                "AwsSolutions-CFR5",
            )
