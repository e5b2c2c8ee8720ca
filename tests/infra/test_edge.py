"""The edge keeps nothing that is somebody's own."""

import json
import re
import subprocess
from urllib.parse import parse_qsl, quote

import pytest

from infra.rewriting import FIND_OBJECT, SAY_WHERE_FROM
from tests.functions.previews.test_players import HOSTS
from tests.infra.assembly import Assembly, Json, Resource

CACHING_DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"  # AWS's own policies have the same ids everywhere
ALL_BUT_HOST = "b689b0a8-53d0-40ab-baf2-68738e2966ac"

pytestmark = pytest.mark.infra


def distribution(assembly: Assembly) -> Json:
    [edge] = [each for each in assembly.all("CloudFront::Distribution") if each.stack == "edge"]
    config: Json = edge.properties["DistributionConfig"]
    return config


def behaviors(assembly: Assembly) -> dict[str, Json]:
    config = distribution(assembly)
    return {"*": config["DefaultCacheBehavior"]} | {
        each["PathPattern"]: each for each in config["CacheBehaviors"]
    }


def origin(behavior: Json, assembly: Assembly) -> Json:
    """The one that is asked first, where there are two."""
    groups = distribution(assembly).get("OriginGroups", {}).get("Items", [])
    first = {each["Id"]: each["Members"]["Items"][0]["OriginId"] for each in groups}
    target = first.get(behavior["TargetOriginId"], behavior["TargetOriginId"])
    [found] = [each for each in distribution(assembly)["Origins"] if each["Id"] == target]
    return found  # type: ignore[no-any-return]


def headers(behavior: Json, assembly: Assembly) -> Json:
    policy = assembly.behind(behavior["ResponseHeadersPolicyId"], "CloudFront::ResponseHeadersPolicy", "edge")
    said: Json = policy.properties["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
    return said


def found(address: str) -> str:
    """What the edge's function makes of an address."""
    uri, _, query = address.partition("?")
    asked = {name: {"value": quote(value)} for name, value in parse_qsl(query)}
    request = {"uri": uri, "querystring": asked, "headers": {"host": {"value": "polyfolio.example"}}}
    program = f"{FIND_OBJECT}\nconsole.log(handler({{request: {json.dumps(request)}}}).uri)"
    return subprocess.run(["node", "-e", program], capture_output=True, text=True, check=True).stdout.strip()


def test_where_no_page_stands_a_function_says_so_and_the_api_answers_for_itself(prod: Assembly) -> None:
    [group] = distribution(prod)["OriginGroups"]["Items"]
    second = group["Members"]["Items"][1]["OriginId"]
    [missing] = [each for each in distribution(prod)["Origins"] if each["Id"] == second]

    assert sorted(group["FailoverCriteria"]["StatusCodes"]["Items"]) == [403, 404]
    assert missing["OriginPath"] == "/v1/missing"
    assert "OriginCustomHeaders" not in missing, "it proves nobody's address"
    of_groups = {path for path, each in behaviors(prod).items() if each["TargetOriginId"] == group["Id"]}
    assert of_groups == {"*"}


def test_the_more_special_path_comes_first(assembly: Assembly) -> None:
    more = ["/app", "/app/*", "/media/*", "/v1/openapi.json", "/v1/public/*", "/v1/*"]
    assert list(behaviors(assembly)) == ["*", *more]


def test_a_members_own_answers_are_never_kept(assembly: Assembly) -> None:
    calls = behaviors(assembly)["/v1/*"]

    assert calls["CachePolicyId"] == CACHING_DISABLED
    assert calls["OriginRequestPolicyId"] == ALL_BUT_HOST
    assert len(calls["AllowedMethods"]) == 7
    assert "CustomOriginConfig" in origin(calls, assembly)


def test_the_edge_says_where_a_caller_is_over_whatever_they_say() -> None:
    sent = {"headers": {"x-viewer-address": {"value": "::1"}}}
    event = json.dumps({"viewer": {"ip": "198.51.100.7"}, "request": sent})
    program = f"{SAY_WHERE_FROM}\nconsole.log(JSON.stringify(handler({event})))"
    said = subprocess.run(["node", "-e", program], capture_output=True, text=True, check=True).stdout

    assert json.loads(said) == {"headers": {"x-viewer-address": {"value": "198.51.100.7"}}}


def test_and_proves_by_a_key_that_it_was_the_edge_that_said_it(assembly: Assembly) -> None:
    calls = behaviors(assembly)["/v1/*"]
    [header] = origin(calls, assembly)["OriginCustomHeaders"]

    assert header["HeaderName"] == "x-polyfolio-edge"
    assert "{{resolve:secretsmanager:" in json.dumps(header["HeaderValue"])
    assert len(calls["FunctionAssociations"]) == 1


def test_nor_are_errors_which_cloudfront_would_keep_for_ten_seconds(assembly: Assembly) -> None:
    errors = distribution(assembly)["CustomErrorResponses"]

    assert {each["ErrorCode"] for each in errors} >= {404, 500, 502, 503, 504}
    assert {each["ErrorCachingMinTTL"] for each in errors} == {0}
    assert not [each for each in errors if "ResponsePagePath" in each], "it would hide the API's own answers"


def test_public_reads_are_kept_by_their_query_and_nothing_of_the_caller(assembly: Assembly) -> None:
    reads = behaviors(assembly)["/v1/public/*"]
    policy = assembly.behind(reads["CachePolicyId"], "CloudFront::CachePolicy").properties[
        "CachePolicyConfig"
    ]
    key = policy["ParametersInCacheKeyAndForwardedToOrigin"]

    assert key["QueryStringsConfig"] == {"QueryStringBehavior": "all"}
    assert key["HeadersConfig"] == {"HeaderBehavior": "none"}
    assert key["CookiesConfig"] == {"CookieBehavior": "none"}
    assert "OriginRequestPolicyId" not in reads, "what is not in the key must not get to the API"
    assert (policy["MinTTL"], policy["DefaultTTL"]) == (0, 0), "for as long as the answer says, and no longer"


def test_everything_has_security_headers(assembly: Assembly) -> None:
    for behavior in behaviors(assembly).values():
        said = headers(behavior, assembly)
        assert said["StrictTransportSecurity"]["AccessControlMaxAgeSec"] >= 365 * 24 * 60 * 60
        assert said["ContentTypeOptions"] == {"Override": True}
        assert said["ReferrerPolicy"]["ReferrerPolicy"] == "strict-origin-when-cross-origin"
        policy = str(said["ContentSecurityPolicy"]["ContentSecurityPolicy"])
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy


def test_only_the_client_may_frame_and_only_players_that_previews_know(assembly: Assembly) -> None:
    policies = {
        path: str(headers(each, assembly)["ContentSecurityPolicy"]["ContentSecurityPolicy"])
        for path, each in behaviors(assembly).items()
    }
    framing = {path: set(re.findall(r"frame-src ([^;]+);", policy)) for path, policy in policies.items()}

    assert all(path.startswith("/app") for path, framed in framing.items() if framed)
    [framed] = set.union(*framing.values())
    assert {each.removeprefix("https://") for each in framed.split()} == {*HOSTS, "www.slideshare.net"}


def test_on_aws_nothing_goes_unencrypted(prod: Assembly) -> None:
    assert {each["ViewerProtocolPolicy"] for each in behaviors(prod).values()} == {"redirect-to-https"}
    api = origin(behaviors(prod)["/v1/*"], prod)["CustomOriginConfig"]
    assert (api["OriginProtocolPolicy"], api["OriginSSLProtocols"]) == ("https-only", ["TLSv1.2"])
    assert distribution(prod)["ViewerCertificate"]["MinimumProtocolVersion"] == "TLSv1.2_2021"
    assert distribution(prod)["Aliases"] == ["polyfolio.example"]


def test_pages_come_from_a_bucket_that_only_the_edge_may_read(assembly: Assembly) -> None:
    site = origin(behaviors(assembly)["*"], assembly)
    readers = [
        statement
        for policy in assembly.all("S3::BucketPolicy")
        for statement in policy.properties["PolicyDocument"]["Statement"]
        if statement["Principal"] == {"Service": "cloudfront.amazonaws.com"}
    ]

    assert "OriginAccessControlId" in site
    assert len(readers) == 2, "of the site and of media, and not of uploads"
    for reader in readers:
        assert "cloudfront::" in str(reader["Condition"]["ArnLike"]["aws:SourceArn"])
        assert "Uploads" not in str(reader["Resource"])


def test_media_can_do_nothing_wherever_it_is_opened(assembly: Assembly) -> None:
    media = behaviors(assembly)["/media/*"]

    assert "OriginAccessControlId" in origin(media, assembly)
    said = headers(media, assembly)
    assert said["ContentSecurityPolicy"]["ContentSecurityPolicy"].startswith("default-src 'none'; sandbox")
    assert said["ContentTypeOptions"] == {"Override": True}
    assert media.get("AllowedMethods", ["GET", "HEAD"]) == ["GET", "HEAD"]


def test_visits_are_logged(assembly: Assembly) -> None:
    assert distribution(assembly)["Logging"]["Prefix"] == "edge/"


def test_the_firewall_is_a_setting(prod: Assembly, local: Assembly) -> None:
    firewall: Resource = prod.one("WAFv2::WebACL")

    assert firewall.is_named_in(distribution(prod)["WebACLId"])
    assert not local.all("WAFv2::WebACL")
    names = [each["Name"] for each in firewall.properties["Rules"]]
    assert names[:2] == ["SignIns", "Requests"]
    assert "AWSManagedRulesCommonRuleSet" not in names, "it refuses bodies above 8 KB"


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("/docs", "/docs/index.html"),
        ("/docs/", "/docs/index.html"),
        ("/docs/style.css", "/docs/style.css"),
        ("/v1/openapi.json", "/openapi.json"),
        ("/", "/pages/index.html"),
        ("/@ana", "/pages/@ana/index.html"),
        ("/%40ana", "/pages/@ana/index.html"),
        ("/@ana?year=2021", "/pages/@ana/2021/index.html"),
        ("/@ana?year=../x", "/pages/@ana/index.html"),
        ("/@ana?badge=barista&year=2021", "/pages/@ana/barista/2021/index.html"),
        ("/h/01ARZ3", "/pages/h/01ARZ3/index.html"),
        ("/robots.txt", "/pages/robots.txt"),
        ("/.well-known/webfinger?resource=acct:ana@polyfolio.example", "/pages/@ana/webfinger.json"),
        ("/.well-known/webfinger?resource=https://polyfolio.example/@ana", "/pages/@ana/webfinger.json"),
        (
            "/.well-known/webfinger?resource=acct:ana@elsewhere.example",
            "/pages/.well-known/webfinger/index.html",
        ),
        ("/oembed?url=https://polyfolio.example/@ana", "/pages/@ana/oembed.json"),
        ("/oembed?url=https://polyfolio.example/h/01ARZ3", "/pages/h/01ARZ3/oembed.json"),
        ("/oembed?url=https://elsewhere.example/@ana", "/pages/oembed/index.html"),
        ("/site/page-1a2b.css", "/site/page-1a2b.css"),
        ("/app", "/app/index.html"),
        ("/app/", "/app/index.html"),
        ("/app/@ana", "/app/index.html"),
        ("/app/sign-up", "/app/index.html"),
        ("/app/assets/main-1a2b.js", "/app/assets/main-1a2b.js"),
        ("/apples", "/pages/apples/index.html"),
        ("/@ana/feed.rss", "/pages/@ana/feed.rss"),
    ],
)
def test_an_address_leads_to_its_object(address: str, key: str) -> None:
    assert found(address) == key
