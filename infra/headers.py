"""How browsers are to take what the edge serves."""

from aws_cdk import Duration
from aws_cdk import aws_cloudfront as cloudfront


def security_headers(content: str, *, subdomains: bool) -> cloudfront.ResponseSecurityHeadersBehavior:
    """`content`: the Content-Security-Policy. `subdomains`: whether they too are reached by TLS alone."""
    return cloudfront.ResponseSecurityHeadersBehavior(
        content_security_policy=cloudfront.ResponseHeadersContentSecurityPolicy(
            content_security_policy=content, override=True
        ),
        content_type_options=cloudfront.ResponseHeadersContentTypeOptions(override=True),
        frame_options=cloudfront.ResponseHeadersFrameOptions(
            frame_option=cloudfront.HeadersFrameOption.DENY, override=True
        ),
        referrer_policy=cloudfront.ResponseHeadersReferrerPolicy(
            referrer_policy=cloudfront.HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN, override=True
        ),
        strict_transport_security=cloudfront.ResponseHeadersStrictTransportSecurity(
            access_control_max_age=Duration.days(365), include_subdomains=subdomains, override=True
        ),
    )
