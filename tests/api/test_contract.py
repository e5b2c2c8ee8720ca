"""What the API does is what its document says: to whatever anybody sends, as a stranger and as a member."""

import json
import secrets
from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from infra.openapi import document
from infra.operations import EXAMPLES
from tests.api.conftest import Client, Deployed

pytestmark = pytest.mark.api

type Case = schemathesis.Case[Any]

# Not `positive_data_acceptance`: a schema cannot hold every rule, and 422 is one of the documented answers.
# Not `unsupported_method`: API Gateway answers a route that it does not know with 404, never with 405.
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]

# The same requests each time. Most follow from the document (its examples, and every limit from both sides),
# so that few random ones are enough.
BOUNDED = settings(
    max_examples=10, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
CONFIG = {"phases": {"coverage": {"unexpected-methods": ["GET", "PUT", "POST", "DELETE", "PATCH"]}}}

DOCUMENT = document()
PARAMETERS = DOCUMENT["components"]["parameters"]
schema = schemathesis.openapi.from_dict(DOCUMENT, config=schemathesis.Config.from_dict(CONFIG))


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
        "ana": ana.handle,
        "ben": ben.handle,
        example("create_highlight")["body"]["under"]: ana.create(kind="job")["id"],
        example("edit_highlight")["path"]["highlight_id"]: ana.create()["id"],
        example("delete_highlight")["path"]["highlight_id"]: ana.create()["id"],
        **{each: ana.create()["id"] for each in example("edit_highlights")["body"]["ids"]},
        "shared": shared["id"],
    }


@schema.parametrize()
@BOUNDED
def test_answers_a_stranger_as_documented(case: Case, deployed: Deployed) -> None:
    if reaches_the_api(case):
        case.call_and_validate(base_url=deployed.base_url, checks=CHECKS)


@schema.parametrize()
@BOUNDED
def test_answers_a_member_as_documented(
    case: Case, deployed: Deployed, ana: Client, here: dict[str, str]
) -> None:
    if not reaches_the_api(case):
        return
    if case.path.endswith("/collaboration"):
        here = here | {example("answer_collaboration")["path"]["highlight_id"]: here["shared"]}
    # The ETag of the examples is nobody's; and one key for all would make all but the first request repeats.
    here = here | {
        PARAMETERS["IfMatch"]["example"]: "*",
        PARAMETERS["IdempotencyKey"]["example"]: secrets.token_hex(),
    }
    case.path_parameters = translated(case.path_parameters, here)
    case.headers.update(translated(dict(case.headers), here))
    if isinstance(case.body, dict):
        case.body = translated(case.body, here)

    headers = {"Authorization": ana.headers["authorization"]}
    case.call_and_validate(base_url=deployed.base_url, headers=headers, checks=CHECKS)


def reaches_the_api(case: Case) -> bool:
    """The local CloudFront takes an address with a line end in it for none of ours, and asks the site."""
    return not any("\n" in str(value) for value in case.path_parameters.values())


def example(stem: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((EXAMPLES / f"{stem}.json").read_text())
    return found


def translated(value: Any, words: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: translated(each, words) for key, each in value.items()}
    if isinstance(value, list):
        return [translated(each, words) for each in value]
    return words.get(value, value) if isinstance(value, str) else value
