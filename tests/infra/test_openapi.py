"""The OpenAPI document says what runs, all of it and nothing else."""

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any, get_args

import pytest
from openapi_spec_validator import validate

from accounts import account
from core.errors import AppError
from core.idempotency import Once
from core.markdown import to_html
from core.network import Network
from core.request import (
    AccessToken,
    Agent,
    Bearer,
    Caller,
    Cookies,
    IdempotencyKey,
    IfMatch,
    InPerson,
    Now,
    Operator,
    Viewer,
)
from core.request import parameters as asked
from infra.context import Route
from infra.contexts import DOCUMENTED
from infra.fields import resolved
from infra.openapi import REFERENCE, document, write_site
from infra.operations import EXAMPLES, Operation, operation
from sources.receive_push import Sent

DOCUMENT = document()
OPERATIONS = {route.function.stem: operation(route) for route in DOCUMENTED}
ALL = [each for methods in DOCUMENT["paths"].values() for each in methods.values()]

# What a handler asks for and a caller cannot send, or sends with every request.
NOT_SENT = (Now, Caller, InPerson, Operator, Viewer, Bearer, AccessToken, Agent, Network, Sent)
HEADERS = {
    Once: "Idempotency-Key",
    IdempotencyKey: "Idempotency-Key",
    IfMatch: "If-Match",
    Cookies: account.cookie("", 0).partition("=")[0],
}

each_operation = pytest.mark.parametrize("of", OPERATIONS.values(), ids=OPERATIONS)


def test_is_a_valid_document() -> None:
    validate(DOCUMENT)


def test_holds_every_address_and_no_other() -> None:
    told = {(method.upper(), path) for path, methods in DOCUMENT["paths"].items() for method in methods}

    assert told == {(route.method, path) for route in DOCUMENTED for path in route.addresses()}


def test_names_each_operation_once_and_as_its_file() -> None:
    names = [each["operationId"] for each in ALL]

    assert len(names) == len(set(names))
    assert {name.replace("_public_", "_", 1) for name in names} == OPERATIONS.keys()


def test_says_of_open_addresses_alone_that_they_need_no_token() -> None:
    for route in DOCUMENTED:
        for path, is_open in route.addresses().items():
            assert (told(route, path).get("security") == []) is is_open


@each_operation
def test_documents_everything_that_a_handler_asks_for(of: Operation) -> None:
    names = sent(of.route)
    for name, kind in asked(handler(of).__wrapped__):
        if get_args(kind)[-1:] == ("path",):
            assert name in names
        elif get_args(kind)[-1:] == ("query",):
            assert {field.alias or key for key, field in kind.__origin__.model_fields.items()} <= names
        elif get_args(kind)[-1:] == ("body",):
            assert "requestBody" in told(of.route)
        elif kind not in NOT_SENT:
            assert HEADERS[kind] in names


@each_operation
def test_documents_no_parameter_that_a_handler_does_not_ask_for(of: Operation) -> None:
    fields = of.query.model_fields.items() if of.query else []
    asked_for = {*of.path, *(field.alias or name for name, field in fields)}
    asked_for |= {name for kind, name in HEADERS.items() if kind in of.asks}

    assert sent(of.route) - {"If-None-Match"} == asked_for


@each_operation
def test_answers_as_the_handler_does(of: Operation) -> None:
    success = told(of.route)["responses"][str(handler(of).status)]

    assert ("content" in success) is (of.answer is not None)


@each_operation
def test_has_examples_that_the_handler_takes_and_gives(of: Operation) -> None:
    if of.body:
        of.body.model_validate(of.said["body"])
    if of.query:
        of.query.model_validate({name: _as_sent(value) for name, value in of.said["query"].items()})
    if of.answer:
        answer = of.answer.model_validate(of.said["answer"])
        assert json.loads(answer.model_dump_json()) == of.said["answer"]
    assert of.said.get("path", {}).keys() == set(of.path)


def _as_sent(value: object) -> object:
    """All is text in a query; what may be repeated is a list of texts."""
    return value if isinstance(value, list) else str(value)


@each_operation
def test_has_html_in_its_examples_that_is_made_of_their_markdown(of: Operation) -> None:
    answer = of.said.get("answer", {})
    for html, markdown in (("html", "text"), ("bio_html", "bio")):
        if markdown in answer:
            assert answer[html] == to_html(answer[markdown])


def test_has_no_example_of_what_is_not_there() -> None:
    assert {path.stem for path in EXAMPLES.glob("*.json")} == OPERATIONS.keys()


def test_tells_a_patch_to_need_nothing_and_to_change_nothing_by_itself() -> None:
    for route in DOCUMENTED:
        if route.method == "PATCH":
            schema = resolved(DOCUMENT, told(route)["requestBody"]["content"]["application/json"]["schema"])
            assert "required" not in schema
            assert not any("default" in field for field in schema["properties"].values())


def test_explains_every_problem_that_there_is() -> None:
    explained = json.loads((REFERENCE / "problems.json").read_text())
    refusals = AppError.__subclasses__()

    assert explained.keys() == {refusal.code for refusal in refusals}
    assert len({refusal.status for refusal in refusals}) == len(refusals)


def test_can_be_read_without_the_cdk() -> None:
    program = "import sys, infra.openapi; sys.exit(bool({'aws_cdk', 'jsii'} & sys.modules.keys()))"
    subprocess.run([sys.executable, "-c", program], check=True, env={"PYTHONPATH": ":".join(sys.path)})


def test_writes_the_same_files_every_time(tmp_path: Path) -> None:
    for name in ("once", "again"):
        write_site(tmp_path / name)

    for file in ("openapi.json", "docs/index.html", "docs/style.css"):
        assert (tmp_path / "once" / file).read_bytes() == (tmp_path / "again" / file).read_bytes()


def told(route: Route, path: str | None = None) -> dict[str, Any]:
    found: dict[str, Any] = DOCUMENT["paths"][path or route.path][route.method.lower()]
    return found


def sent(route: Route) -> set[str]:
    """The names of its parameters."""
    return {resolved(DOCUMENT, each)["name"] for each in told(route)["parameters"]}


def handler(of: Operation) -> Any:
    return import_module(f"{of.route.function.context}.{of.stem}").handler
