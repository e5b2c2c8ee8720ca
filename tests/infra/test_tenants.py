"""Members' own domains: what stands there is theirs, and nothing of another's can be had or kept under it."""

import json
import subprocess
from typing import Any

import pytest

from infra.redirecting import CACHED_BY, MOVED, PROFILE, own_domain
from tests.infra.assembly import Assembly, Json

SITE = "https://polyfolio.example"

pytestmark = pytest.mark.infra


def config(assembly: Assembly) -> Json:
    [tenants] = [each for each in assembly.all("CloudFront::Distribution") if each.stack == "tenants"]
    said: Json = tenants.properties["DistributionConfig"]
    return said


def run(code: str, event: Any) -> Any:
    program = f"{code}\nconsole.log(JSON.stringify(handler({json.dumps(event)})))"
    return json.loads(
        subprocess.run(["node", "-e", program], capture_output=True, text=True, check=True).stdout
    )


def asked(uri: str, host: str = "ana.example.org", local: bool = False, **query: Any) -> Any:
    headers = {"host": {"value": host}, CACHED_BY: {"value": "mallory.example"}}
    if local:
        headers |= {"x-viewer-host": {"value": host}, PROFILE: {"value": "ana"}}
    pairs = {name: {"value": value} for name, value in query.items()}
    return run(
        own_domain(SITE, local=local), {"request": {"uri": uri, "headers": headers, "querystring": pairs}}
    )


@pytest.mark.parametrize(
    ("uri", "query", "key"),
    [
        ("/", {}, "/index.html"),
        ("/barista", {}, "/barista/index.html"),
        ("/barista/", {}, "/barista/index.html"),
        ("/feed.rss", {}, "/feed.rss"),
        ("/resume.json", {}, "/resume.json"),
        ("/2021", {}, "/2021/index.html"),
        ("/", {"year": "2021"}, "/2021/index.html"),
        ("/barista", {"year": "2021"}, "/barista/2021/index.html"),
        ("/", {"badge": "barista", "year": "2021"}, "/barista/2021/index.html"),
        ("/", {"badge": "../@mallory", "year": "20x1"}, "/index.html"),
        ("/history", {}, "/history/index.html"),
        ("/../@mallory/index.html", {}, "/../@mallory/index.html"),  # no object of S3 has such a name
    ],
)
def test_what_stands_at_a_domain_is_the_profile(uri: str, query: dict[str, Any], key: str) -> None:
    assert asked(uri, **query)["uri"] == key
    assert asked(uri, local=True, **query)["uri"] == f"/pages/@ana{key}"


@pytest.mark.parametrize(
    "uri",
    [
        *("/@mallory", "/%40mallory/feed.rss", "/@ana/barista", "/h/01M842K4NVJV3VR8MCEAW010TM", "/app/@ana"),
        *("/opportunities", "/o/1", "/space-station", "/docs", "/v1/me", "/.well-known/webfinger", "/oembed"),
    ],
)
def test_all_else_is_ours_and_stands_with_us(uri: str) -> None:
    said = asked(uri, resource="acct%3Aana%40x")

    assert said["statusCode"] == 302
    assert said["headers"]["location"]["value"] == f"{SITE}{uri}?resource=acct%3Aana%40x"


def test_what_is_kept_is_kept_for_its_domain_whatever_the_viewer_says(assembly: Assembly) -> None:
    assert asked("/", host="ANA.example.org")["headers"][CACHED_BY] == {"value": "ana.example.org"}

    policy = assembly.behind(
        config(assembly)["DefaultCacheBehavior"]["CachePolicyId"], "CloudFront::CachePolicy"
    )
    key = policy.properties["CachePolicyConfig"]["ParametersInCacheKeyAndForwardedToOrigin"]
    assert key["HeadersConfig"] == {"HeaderBehavior": "whitelist", "Headers": [CACHED_BY]}
    assert key["QueryStringsConfig"] == {"QueryStringBehavior": "none"}
    assert key["CookiesConfig"] == {"CookieBehavior": "none"}


def test_a_tenant_says_whose_profile_it_shows_and_nothing_else_can_be_asked_for(prod: Assembly) -> None:
    said = config(prod)
    [parameter] = said["TenantConfig"]["ParameterDefinitions"]
    paths = {each["Id"]: each.get("OriginPath") for each in said["Origins"]}

    assert said["ConnectionMode"] == "tenant-only"
    assert (parameter["Name"], parameter["Definition"]["StringSchema"]["Required"]) == ("profile", True)
    assert paths == {"pages": "/pages/@{{profile}}", "site": None, "media": None}
    assert said["DefaultCacheBehavior"]["TargetOriginId"] == "pages"
    others = {each["PathPattern"]: each["TargetOriginId"] for each in said["CacheBehaviors"]}
    assert others == {"/media/*": "media", "/site/*": "site"}
    assert not [each for each in said["Origins"] if "CustomOriginConfig" in each], "the API is not there"


def test_its_origins_are_the_two_buckets_and_read_by_cloudfront_alone(assembly: Assembly) -> None:
    for origin in config(assembly)["Origins"]:
        assert "OriginAccessControlId" in origin
        assert "Uploads" not in json.dumps(origin["DomainName"])


def test_on_aws_it_is_encrypted_and_says_nothing_of_others_subdomains(prod: Assembly) -> None:
    said = config(prod)
    for each in (said["DefaultCacheBehavior"], *said["CacheBehaviors"]):
        assert each["ViewerProtocolPolicy"] == "redirect-to-https"
        policy = prod.behind(each["ResponseHeadersPolicyId"], "CloudFront::ResponseHeadersPolicy", "tenants")
        headers = policy.properties["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
        assert headers["StrictTransportSecurity"]["IncludeSubdomains"] is False
        assert "frame-ancestors 'none'" in headers["ContentSecurityPolicy"]["ContentSecurityPolicy"]
    assert said["ViewerCertificate"]["MinimumProtocolVersion"] == "TLSv1.2_2021"
    assert said["Logging"]["Prefix"] == "domains/"


def test_members_are_told_to_lead_their_domains_to_the_groups_endpoint(prod: Assembly) -> None:
    group = prod.one("CloudFront::ConnectionGroup")
    for stem in ("get_domain", "claim_domain", "verify_domain", "check_domain"):
        told = prod.functions()[stem].properties["Environment"]["Variables"]
        assert group.is_named_in(told["DOMAINS_TARGET"])
    told = prod.functions()["serve_domain"].properties["Environment"]["Variables"]
    assert group.is_named_in(told["TENANTS_GROUP"])


def test_a_page_that_has_moved_says_so_and_nothing_more() -> None:
    headers = {
        "x-amz-meta-moved": {"value": "https://ana.example.org/barista"},
        "cache-control": {"value": "public, max-age=0"},
        "etag": {"value": '"1"'},
    }

    said = run(MOVED, {"response": {"statusCode": 200, "headers": headers}})

    assert said["statusCode"] == 301
    assert said["headers"] == {
        "location": {"value": "https://ana.example.org/barista"},
        "cache-control": {"value": "public, max-age=0"},
    }


def test_all_other_pages_stay_where_they_are() -> None:
    response = {"statusCode": 200, "headers": {"etag": {"value": '"1"'}}}

    assert run(MOVED, {"response": response}) == response
