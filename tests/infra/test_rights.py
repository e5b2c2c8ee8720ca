"""Each function may do what it does, and nothing else."""

import copy
import re
from collections.abc import Iterable

import pytest

from infra.context import Function, Grant
from infra.contexts import CONTEXTS, ROUTES
from infra.settings import settings_of
from tests.infra.assembly import Assembly, Json, Resource, dicts_in, listed
from tests.infra.reach import needs

FUNCTIONS = [function for context in CONTEXTS for function in context.functions()]
BY_STEM = {each.stem: each for each in FUNCTIONS}

# Reached in the source, but never done.
NOT_DONE = {
    "answer_collaboration": {"table dynamodb:DeleteItem"},  # an answer takes no facet away
    "take_push": {"indexes dynamodb:Query"},  # a push is a part of its feed, in which nothing can be missing
    "show_media": {"table dynamodb:DeleteItem"},  # nor does a picture
    "render_entrances": {"site pages s3:DeleteObject"},  # it writes what is stale, and takes nothing away
}

WRITES = {f"dynamodb:{each}Item" for each in ("Put", "Update", "Delete", "BatchWrite")}

# GET routes that write, and why.
READS_THAT_WRITE = {
    "get_invitation",  # counts guesses
    "verify_subscription",  # notes until when a hub tells of news: so hubs ask
    "get_link_preview",  # notes that it is wanted, and how often by whom: it cannot open the page itself
}

# What a function has by what it is, whatever it declares.
OF_ALL = {"logs:CreateLogStream", "logs:PutLogEvents", "xray:PutTraceSegments", "xray:PutTelemetryRecords"}
OF_EFFECTS = {"sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"}
OF_READERS = {
    f"dynamodb:{each}" for each in ("DescribeStream", "GetRecords", "GetShardIterator", "ListStreams")
}
# What a route that takes access tokens has: each request asks whether its token has ended (core/standing.py).
STANDING = "table dynamodb:GetItem"
ANYTHING = {"xray:PutTraceSegments", "xray:PutTelemetryRecords"}  # X-Ray has no resources to name
UNNAMED = {"acm:RequestCertificate"}  # nor has what is yet to be made
# There SES and CloudFront ask for no resource by name.
ANYTHING_LOCALLY = (
    ANYTHING
    | UNNAMED
    | {"acm:DeleteCertificate", "ses:SendEmail", "ses:SendRawEmail"}
    | {f"cloudfront:{each}" for each in ("GetDistributionTenant", "GetManagedCertificateDetails")}
    | {f"cloudfront:{each}DistributionTenant" for each in ("Create", "Update", "Delete")}
    | {"cloudfront:CreateInvalidationForDistributionTenant"}
)

pytestmark = pytest.mark.infra


def rights(grants: Iterable[Grant]) -> set[str]:
    return {f"{grant.resource.name} {action}" for grant in grants for action in grant.actions}


def statements(role: Resource) -> list[Json]:
    return [each for policy in role.properties["Policies"] for each in policy["PolicyDocument"]["Statement"]]


def allowed(role: Resource) -> set[str]:
    return {action for each in statements(role) for action in listed(each["Action"])}


def of_its_kind(function: Function) -> set[str]:
    [context] = [each for each in CONTEXTS if each.name == function.context]
    if function in context.streams:
        return OF_ALL | OF_READERS
    return OF_ALL | OF_EFFECTS if function in [each.function for each in context.effects] else OF_ALL


def takes_tokens(function: Function) -> bool:
    return any(route.function == function and route.access != "open" for route in ROUTES)


# What objects of a bucket are called is known when they come: a right to them names the bucket, and how their
# keys begin.
OBJECTS = re.compile(
    r"^arn:aws:s3:::polyfolio-\w+-((uploads|media)-AWS::AccountId-AWS::Region/(media/|imports/)?\*"
    r"|site-AWS::AccountId-AWS::Region/((app|docs|pages|site|unsubscribe)/\*|openapi.json))$"
)


def is_of_objects(statement: Json) -> bool:
    named = ["".join(map(str, _parts(arn))) for arn in listed(statement["Resource"])]
    actions = listed(statement["Action"])
    return all(re.match(r"^s3:\w+Object$", each) for each in actions) and all(map(OBJECTS.match, named))


# Tenants of the edge, and their certificates: AWS names them.
TENANTS = re.compile(
    r"^arn:aws:(cloudfront::AWS::AccountId:distribution-tenant/\*"
    r"|cloudfront::AWS::AccountId:(distribution|connection-group)/[^*]+"
    r"|acm:us-east-1:AWS::AccountId:certificate/\*)$"
)


def is_of_tenants(statement: Json) -> bool:
    named = ["".join(map(str, _parts(arn))) for arn in listed(statement["Resource"])]
    return all(map(TENANTS.match, named))


def _parts(arn: object) -> list[object]:
    joined = arn["Fn::Join"][1] if isinstance(arn, dict) and "Fn::Join" in arn else [arn]
    return [each["Ref"] if isinstance(each, dict) and "Ref" in each else each for each in joined]


def wide(role: Resource) -> list[Json]:
    """Statements with a wildcard that is not X-Ray's."""
    actions = [each for each in statements(role) if any("*" in action for action in listed(each["Action"]))]
    resources = [
        each
        for each in statements(role)
        if any(isinstance(arn, str) and "*" in arn for arn in listed(each["Resource"]))
        or any("*" in str(part.get("Fn::Join", "")) for part in dicts_in(each["Resource"]))
    ]
    known = [
        each
        for each in resources
        if is_of_objects(each)
        or is_of_tenants(each)
        or set(listed(each["Action"])) in (ANYTHING, ANYTHING | UNNAMED)
    ]
    return actions + [each for each in resources if each not in known]


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda each: each.stem)
def test_it_is_granted_what_its_source_can_come_to_do(function: Function) -> None:
    needed = needs(function.context, function.stem).rights - NOT_DONE.get(function.stem, set())

    assert rights(function.grants) == needed | ({STANDING} if takes_tokens(function) else set())


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda each: each.stem)
def test_it_is_told_all_that_it_asks_the_environment_for(function: Function, prod: Assembly) -> None:
    told = set(prod.functions()[function.stem].properties["Environment"]["Variables"])

    assert needs(function.context, function.stem).environment - {"AWS_REGION"} <= told


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda each: each.stem)
def test_it_knows_the_signing_secret_only_where_it_signs(function: Function, prod: Assembly) -> None:
    told = prod.functions()[function.stem].properties["Environment"]["Variables"]

    assert ("SIGNING_SECRET" in told) == (
        "SIGNING_SECRET" in needs(function.context, function.stem).environment
    )


def test_networks_may_try_more_in_the_local_stage_alone(prod: Assembly) -> None:
    for stem in ("sign_in", "request_password_reset"):
        told = prod.functions()[stem].properties["Environment"]["Variables"]
        assert (told["NETWORK_SIGN_INS"], told["NETWORK_RESETS"]) == ("25", "30")
    sizes = {
        stage: settings_of(stage, lambda _: None).network_sign_ins for stage in ("prod", "anas", "local")
    }
    assert sizes == {"prod": 25, "anas": 25, "local": 1000}


def test_its_source_is_followed_through_modules_classes_and_functions_passed_on() -> None:
    signed = needs(
        "timeline", "create_highlight"
    )  # by Once, of core.idempotency, and `map(table.put, …)` of the store

    assert {"table dynamodb:PutItem", "table dynamodb:GetItem"} <= signed.rights
    assert {"TABLE_NAME", "SIGNING_SECRET"} <= signed.environment
    assert needs("members", "list_activities") == (frozenset(), frozenset())


def test_its_role_holds_what_it_declares_and_what_it_needs_to_run(assembly: Assembly) -> None:
    for stem, function in assembly.functions().items():
        declared = {action for grant in BY_STEM[stem].grants for action in grant.actions}
        role = assembly.behind(function.properties["Role"], "IAM::Role")

        assert allowed(role) == declared | of_its_kind(BY_STEM[stem]), stem


def test_each_has_a_role_of_its_own_that_only_lambda_takes_on(assembly: Assembly) -> None:
    roles = [assembly.behind(each.properties["Role"], "IAM::Role") for each in assembly.functions().values()]

    assert len({role.id for role in roles}) == len(roles)
    for role in roles:
        [trust] = role.properties["AssumeRolePolicyDocument"]["Statement"]
        assert trust["Principal"] == {"Service": "lambda.amazonaws.com"}
        assert "ManagedPolicyArns" not in role.properties
    assert not assembly.all("IAM::Policy"), "a right that no line declares"


def test_reads_cannot_write_and_nobody_scans(assembly: Assembly) -> None:
    roles = {
        stem: allowed(assembly.behind(each.properties["Role"], "IAM::Role"))
        for stem, each in assembly.functions().items()
    }
    reads = [route.function.stem for route in ROUTES if route.method == "GET"]

    assert {stem for stem in reads if roles[stem] & WRITES} == READS_THAT_WRITE
    assert not [stem for stem, actions in roles.items() if "dynamodb:Scan" in actions]


def test_nothing_is_allowed_by_wildcard(assembly: Assembly) -> None:
    found = [each for role in assembly.all("IAM::Role") for each in wide(role)]

    assert [each for each in found if not set(listed(each["Action"])) <= ANYTHING_LOCALLY | ANYTHING] == []
    assert len(found) == (
        3 if assembly.stage == "local" else 0
    )  # one function mails, two have to do with tenants


@pytest.mark.parametrize(
    "statement",
    [
        {"Action": "dynamodb:*", "Resource": {"Ref": "Table"}},
        {"Action": ["dynamodb:GetItem"], "Resource": "*"},
        {"Action": ["s3:GetObject"], "Resource": {"Fn::Join": ["", [{"Ref": "Bucket"}, "/*"]]}},
        {"Action": ["xray:PutTraceSegments", "logs:PutLogEvents"], "Resource": "*"},
    ],
)
def test_a_wildcard_is_seen(local: Assembly, statement: Json) -> None:
    role = copy.deepcopy(local.all("IAM::Role")[0])
    role.properties["Policies"][0]["PolicyDocument"]["Statement"].append(statement)

    assert wide(role) == [statement]


def test_indexes_are_named_one_by_one(prod: Assembly) -> None:
    role = prod.behind(prod.functions()["list_highlights"].properties["Role"], "IAM::Role")
    [query] = [each for each in statements(role) if "index/" in str(each["Resource"])]

    assert sorted(str(arn["Fn::Join"][1][-1]) for arn in query["Resource"]) == ["/index/gsi1", "/index/gsi2"]
