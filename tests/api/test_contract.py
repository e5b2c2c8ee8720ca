"""What the API does is what its document says: to whatever anybody sends, as a stranger and as a member."""

import json
import secrets
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import CheckContext, Response
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from infra.docs_page import page
from infra.openapi import document
from infra.operations import EXAMPLES
from tests.api.conftest import Client, Deployed

pytestmark = pytest.mark.api

type Case = schemathesis.Case[Any]

_SECONDS = 35  # API Gateway gives up before

# The same requests each time. Most follow from the document (its examples, and every limit from both sides),
# so that few random ones are enough.
BOUNDED = settings(
    max_examples=5, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
REFUSED_ALL = settings(BOUNDED, max_examples=2)  # by the gateway, whatever they send


def refuses_what_breaks_the_schema(ctx: CheckContext, response: Response, case: Case) -> None:
    """A list of tags that repeats itself may be longer than its limit, for equal tags are one."""
    lists = (
        [each for each in case.body.values() if isinstance(each, list)] if isinstance(case.body, dict) else []
    )
    if not any(each.count(each[0]) > 1 for each in lists if each):
        negative_data_rejection(ctx, response, case)


# Not `positive_data_acceptance`: a schema cannot hold every rule, and 422 is one of the documented answers.
# Not `unsupported_method`: API Gateway answers a route that it does not know with 404, never with 405.
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    refuses_what_breaks_the_schema,
]

DOCUMENT = document()
PARAMETERS = DOCUMENT["components"]["parameters"]


def operations(*, opened: bool, coverage: dict[str, Any]) -> schemathesis.BaseSchema:
    config = schemathesis.Config.from_dict({"phases": {"coverage": coverage}})
    schema = schemathesis.openapi.from_dict(DOCUMENT, config=config)
    return schema.include(lambda context: (context.operation.definition.raw.get("security") == []) is opened)


EVERY_LIMIT = {"unexpected-methods": ["GET", "PUT", "POST", "DELETE", "PATCH"]}
for_anybody = operations(opened=True, coverage=EVERY_LIMIT)
for_members = operations(opened=False, coverage=EVERY_LIMIT)
not_for_strangers = operations(opened=False, coverage={"enabled": False})


@pytest.fixture(scope="module")
def ana(join: Callable[[str], Client]) -> Client:
    member = join("ana")
    badges = [{"id": each, "name": each} for each in ("software-engineer", "yoga-teacher", "coffee-roaster")]
    member.patch("/v1/me", json={"badges": badges}).raise_for_status()
    return member


@pytest.fixture(scope="module")
def here(ana: Client, join: Callable[[str], Client]) -> dict[str, str]:
    """What stands in the examples, by what it is here: so that their edits find something to edit."""
    ben = join("ben")
    shared = ben.create(collaborators=[{"handle": ana.handle}])
    return {
        "ana": ben.handle,  # whose handle stays what it is
        "ben": ben.handle,
        example("create_highlight")["body"]["under"]: ana.create(kind="job")["id"],
        example("edit_highlight")["path"]["highlight_id"]: ana.create()["id"],
        example("delete_highlight")["path"]["highlight_id"]: ana.create()["id"],
        **{each: ana.create()["id"] for each in example("edit_highlights")["body"]["ids"]},
        "shared": shared["id"],
    }


def test_serves_its_document_and_the_page_of_it(visitor: httpx.Client) -> None:
    style = visitor.get("/docs/style.css")

    assert visitor.get("/v1/openapi.json").json() == DOCUMENT
    assert visitor.get("/docs").text == page(DOCUMENT)
    assert (style.status_code, style.headers["content-type"]) == (200, "text/css")


@for_anybody.parametrize()
@BOUNDED
def test_answers_anybody_as_documented(case: Case, deployed: Deployed, here: dict[str, str]) -> None:
    send(case, deployed, here)


@for_members.parametrize()
@BOUNDED
def test_answers_a_member_as_documented(
    case: Case, deployed: Deployed, here: dict[str, str], ana: Client
) -> None:
    send(case, deployed, here, {"Authorization": ana.headers["authorization"]})


@not_for_strangers.parametrize()
@REFUSED_ALL
def test_refuses_a_stranger_as_documented(case: Case, deployed: Deployed, here: dict[str, str]) -> None:
    send(case, deployed, here, expected=401)


def send(
    case: Case,
    deployed: Deployed,
    here: dict[str, str],
    headers: dict[str, str] | None = None,
    expected: int | None = None,
) -> None:
    if any("\n" in unquote(str(value)) for value in case.path_parameters.values()):
        return  # the local CloudFront takes a path with a line end for none of the API's
    move(case, here)
    response = case.call_and_validate(
        base_url=deployed.base_url, headers=headers, checks=CHECKS, timeout=_SECONDS
    )
    assert expected in (None, response.status_code)


def move(case: Case, here: dict[str, str]) -> None:
    """From the world of the examples into this one."""
    # The ETag of the examples is nobody's; and one key for all would make all but the first request repeats.
    fresh = secrets.token_hex()
    words = here | {PARAMETERS["IfMatch"]["example"]: "*", PARAMETERS["IdempotencyKey"]["example"]: fresh}
    if case.path.endswith("/collaboration"):
        words[example("answer_collaboration")["path"]["highlight_id"]] = here["shared"]
    case.path_parameters = translated(case.path_parameters, words)
    case.headers.update(translated(dict(case.headers), words))
    if isinstance(case.body, dict):
        case.body = translated(case.body, words)


def example(stem: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((EXAMPLES / f"{stem}.json").read_text())
    return found


def translated(value: Any, words: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: translated(each, words) for key, each in value.items()}
    if isinstance(value, list):
        return [translated(each, words) for each in value]
    return words.get(value, value) if isinstance(value, str) else value
