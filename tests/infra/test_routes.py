"""Every handler is routed or follows from something, once; and who may call it."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from infra.context import Context, may, table
from infra.contexts import CONTEXTS, ROUTES
from tests.infra.assembly import ROOT, Assembly, Resource

FUNCTIONS = [function for context in CONTEXTS for function in context.functions()]

# Nobody needs a token for these. Whoever adds one says here why.
OPEN = {
    "GET /v1/missing/{address+}",  # the edge asks for visitors
    "GET /v1/websub/{secret}",  # hubs have no token; answered only if we have asked
    "POST /v1/inbox/{secret}",  # the secret stands for it, and tools have no other
    "POST /v1/websub/{secret}",  # the hub's signature stands for it
    "GET /v1/invitations/{code}",  # who has the code may know of it; guesses are limited
    "POST /v1/accounts",  # an admission's code stands for the token
    "POST /v1/accounts/confirmation-codes",  # its owner alone knows the id of an account that is being opened
    "POST /v1/accounts/confirmations",  # the mailed code stands for it
    "POST /v1/password-resets",  # who asks has lost what would sign them in
    "PUT /v1/password-resets",  # the mailed code stands for it
    "POST /v1/sessions",  # gives the token
    "POST /v1/sessions/refresh",  # the refresh token stands for it
    "GET /v1/sign-in-providers",  # who signs in by them has no token yet
    "POST /v1/sign-in-providers/{provider}/authorizations",
    "POST /v1/sign-in-providers/{provider}/identities",  # the browser's secret stands for it
    "POST /v1/waitlist",  # who wants to come in has no account
    "POST /v1/waitlist/confirmations",  # the mailed link's token stands for it, and for the next
    "POST /v1/waitlist/departures",
    "POST /v1/unsubscriptions/{token}",  # the signed token stands for it, and mail programs have no other
    # Reads of what is public; the edge keeps their answers.
    "GET /v1/public/activities",
    "GET /v1/public/highlights/{highlight_id}",
    "GET /v1/public/link-previews",
    "GET /v1/public/members/{handle}",
    "GET /v1/public/members/{handle}/followers",
    "GET /v1/public/members/{handle}/following",
    "GET /v1/public/members/{handle}/highlights",
    "GET /v1/public/members/{handle}/timeline",
    "GET /v1/public/opportunities",
    "GET /v1/public/opportunities/{opportunity_id}",
    "GET /v1/public/space-station",
    "GET /v1/public/tags",
}

pytestmark = pytest.mark.infra


def handlers(folder: Path) -> list[str]:
    return sorted(
        f"{path.parent.name}/{path.stem}"
        for path in folder.glob("*/*.py")
        if "def handler(" in path.read_text()
    )


def routes(assembly: Assembly) -> dict[str, Resource]:
    return {each.properties["RouteKey"]: each for each in assembly.all("ApiGatewayV2::Route")}


def open_routes(assembly: Assembly) -> set[str]:
    return {key for key, each in routes(assembly).items() if each.properties["AuthorizationType"] == "NONE"}


def test_every_handler_is_declared_once_and_every_declaration_has_a_handler() -> None:
    assert sorted(f"{each.context}/{each.stem}" for each in FUNCTIONS) == handlers(ROOT / "functions")


def test_a_handler_that_nobody_declares_is_seen(tmp_path: Path) -> None:
    (tmp_path / "timeline").mkdir()
    (tmp_path / "timeline/forgotten.py").write_text("def handler(event, context): ...\n")
    (tmp_path / "timeline/store.py").write_text("def add(): ...\n")

    assert handlers(tmp_path) == ["timeline/forgotten"]


def test_what_is_declared_is_what_is_deployed(assembly: Assembly) -> None:
    handlers = Counter(each.properties["Handler"] for each in assembly.functions().values())

    assert handlers == Counter(f"{each.context}.{each.stem}.handler" for each in FUNCTIONS)
    assert set(assembly.functions()) == {each.stem for each in FUNCTIONS}
    assert set(routes(assembly)) == {
        f"{each.method} {address}" for each in ROUTES for address in each.addresses()
    }


def test_each_route_leads_to_its_own_function(assembly: Assembly) -> None:
    functions = assembly.functions()
    for declared in ROUTES:
        for address in declared.addresses():
            target = routes(assembly)[f"{declared.method} {address}"].properties["Target"]
            integration = assembly.behind(target, "ApiGatewayV2::Integration")
            assert functions[declared.function.stem].is_named_in(integration.properties["IntegrationUri"])
            assert integration.properties["PayloadFormatVersion"] == "2.0"


def test_each_function_can_be_called_by_its_own_routes_alone(assembly: Assembly) -> None:
    functions = assembly.functions()
    permissions = assembly.all("Lambda::Permission")
    for declared in ROUTES:
        ours = [
            p
            for p in permissions
            if functions[declared.function.stem].is_named_in(p.properties["FunctionName"])
        ]
        sources = [json.dumps(each.properties["SourceArn"]) for each in ours]

        assert {each.properties["Principal"] for each in ours} == {"apigateway.amazonaws.com"}
        assert len(sources) == len(declared.addresses())
        assert all(
            any(source.endswith(f'/*/*{address}"]]}}') for source in sources)
            for address in declared.addresses()
        )


def test_no_route_is_open_but_these(assembly: Assembly) -> None:
    assert open_routes(assembly) == OPEN


def test_a_route_that_became_open_is_seen(local: Assembly) -> None:
    changed = Assembly("local", local.folder)
    route = routes(changed)["GET /v1/me"]
    route.properties["AuthorizationType"] = "NONE"

    assert open_routes(changed) == OPEN | {"GET /v1/me"}


def test_all_others_ask_for_an_access_token_of_our_client(assembly: Assembly) -> None:
    authorizer = assembly.one("ApiGatewayV2::Authorizer")
    closed = [each for key, each in routes(assembly).items() if key not in OPEN]

    assert closed
    for each in closed:
        assert each.properties["AuthorizationType"] == "JWT"
        assert authorizer.is_named_in(each.properties["AuthorizerId"])
        assert each.properties["AuthorizationScopes"] == ["aws.cognito.signin.user.admin"]
    assert len(authorizer.properties["JwtConfiguration"]["Audience"]) == 1
    assert authorizer.properties["IdentitySource"] == ["$request.header.Authorization"]


def test_the_stage_is_throttled_and_logs_nothing_personal(assembly: Assembly) -> None:
    stage = assembly.one("ApiGatewayV2::Stage").properties
    logged = json.loads(stage["AccessLogSettings"]["Format"])

    assert 0 < stage["DefaultRouteSettings"]["ThrottlingRateLimit"] <= 2000
    assert 0 < stage["DefaultRouteSettings"]["ThrottlingBurstLimit"] <= 2000
    assert {"request", "route", "status", "milliseconds"} <= set(logged)
    assert not [
        each for each in logged.values() if any(word in each for word in ("identity", "path", "claims"))
    ]


def test_a_route_for_both_stands_at_two_addresses() -> None:
    context = Context("films")
    context.route("GET /v1/films/{film}", "get_film", may(table, "GetItem"), access="both")
    context.route("POST /v1/films", "add_film", access="open")

    assert [route.addresses() for route in context.routes] == [
        {"/v1/films/{film}": False, "/v1/public/films/{film}": True},
        {"/v1/films": True},
    ]


def test_routes_are_listed_without_the_cdk() -> None:
    program = (
        "import sys, infra.contexts; sys.exit(any(m.startswith(('aws_cdk', 'jsii')) for m in sys.modules))"
    )
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)
