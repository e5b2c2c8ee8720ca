"""The web ACL before the edge: few rules, for each costs something on every request.

AWS's core rule set is not among them: it refuses bodies above 8 KB, and people write longer texts than that.
"""

from aws_cdk import aws_wafv2 as waf
from constructs import Construct

from infra.settings import Settings

_WINDOW_SECONDS = 300

# For each address and window. An office can sit behind one address, so these stop floods, not people.
_REQUESTS = 2000
_SIGN_INS = 100

_MANAGED = ("AWSManagedRulesAmazonIpReputationList", "AWSManagedRulesKnownBadInputsRuleSet")


def firewall(scope: Construct, settings: Settings) -> waf.CfnWebACL:
    """In us-east-1, where CloudFront's web ACLs live, and so the stack that it is in."""
    rules = [
        _flood("SignIns", 0, _SIGN_INS, only=_path_begins("/v1/sessions", "/v1/accounts")),
        _flood("Requests", 1, _REQUESTS),
        *(_managed(name, 2 + place) for place, name in enumerate(_MANAGED)),
    ]
    return waf.CfnWebACL(
        scope,
        "Firewall",
        name=settings.name("edge"),
        scope="CLOUDFRONT",
        default_action=waf.CfnWebACL.DefaultActionProperty(allow={}),
        rules=rules,
        visibility_config=_visible(settings.name("edge")),
    )


def _flood(
    name: str, priority: int, limit: int, only: waf.CfnWebACL.StatementProperty | None = None
) -> waf.CfnWebACL.RuleProperty:
    rate = waf.CfnWebACL.RateBasedStatementProperty(
        aggregate_key_type="IP",
        limit=limit,
        evaluation_window_sec=_WINDOW_SECONDS,
        scope_down_statement=only,
    )
    blocked = waf.CfnWebACL.CustomResponseProperty(
        response_code=429,
        response_headers=[
            waf.CfnWebACL.CustomHTTPHeaderProperty(name="retry-after", value=str(_WINDOW_SECONDS))
        ],
    )
    return waf.CfnWebACL.RuleProperty(
        name=name,
        priority=priority,
        statement=waf.CfnWebACL.StatementProperty(rate_based_statement=rate),
        action=waf.CfnWebACL.RuleActionProperty(
            block=waf.CfnWebACL.BlockActionProperty(custom_response=blocked)
        ),
        visibility_config=_visible(name),
    )


def _path_begins(*starts: str) -> waf.CfnWebACL.StatementProperty:
    return waf.CfnWebACL.StatementProperty(
        or_statement=waf.CfnWebACL.OrStatementProperty(statements=[_begins(start) for start in starts])
    )


def _begins(start: str) -> waf.CfnWebACL.StatementProperty:
    return waf.CfnWebACL.StatementProperty(
        byte_match_statement=waf.CfnWebACL.ByteMatchStatementProperty(
            field_to_match=waf.CfnWebACL.FieldToMatchProperty(uri_path={}),
            positional_constraint="STARTS_WITH",
            search_string=start,
            text_transformations=[waf.CfnWebACL.TextTransformationProperty(priority=0, type="URL_DECODE")],
        )
    )


def _managed(name: str, priority: int) -> waf.CfnWebACL.RuleProperty:
    return waf.CfnWebACL.RuleProperty(
        name=name,
        priority=priority,
        statement=waf.CfnWebACL.StatementProperty(
            managed_rule_group_statement=waf.CfnWebACL.ManagedRuleGroupStatementProperty(
                vendor_name="AWS", name=name
            )
        ),
        override_action=waf.CfnWebACL.OverrideActionProperty(none={}),
        visibility_config=_visible(name),
    )


def _visible(name: str) -> waf.CfnWebACL.VisibilityConfigProperty:
    return waf.CfnWebACL.VisibilityConfigProperty(
        cloud_watch_metrics_enabled=True, metric_name=name, sampled_requests_enabled=False
    )
