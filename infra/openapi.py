"""The OpenAPI document, made from the infrastructure's route lines and the handlers' annotations: what runs.

    python -m infra.openapi    prints it

What no type can say (what a route is for, why it refuses, an example) stands in examples/<stem>.json, and
what does not depend on any route in reference/.
"""

import json
import shutil
import tomllib
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from importlib import import_module
from pathlib import Path

from pydantic import BaseModel

from core.idempotency import Once
from core.request import Cookies, IdempotencyKey, IfMatch
from core.shapes import Paged
from infra import page_files
from infra.contexts import CONTEXTS, DOCUMENTED
from infra.docs_page import page
from infra.operations import Operation, operation
from infra.problems import PROBLEMS
from infra.schemas import Json, Use, components, only_what_is_sent, parameters

ROOT = Path(__file__).parents[1]
REFERENCE = Path(__file__).with_name("reference")
STATIC = Path(__file__).with_name("static")  # whole ones, which need nothing made

_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
_ASKED_IN_HEADERS = {
    Once: "IdempotencyKey",
    IdempotencyKey: "IdempotencyKey",
    IfMatch: "IfMatch",
    Cookies: "RefreshCookie",
}

# What API Gateway answers by itself: to no token or a bad one, to one without the scope, to too many
# requests at once; and where a function dies.
_AT_THE_GATE = {401: "Unauthorized", 403: "Forbidden", 429: "Too Many Requests", 500: "Internal Server Error"}
_CHECKED_TOKEN = (401, 403)

type References = dict[Use, Json]


def document() -> Json:
    operations = [operation(route) for route in DOCUMENTED]
    references, schemas = components(use for each in operations for use in each.uses())
    for each in operations:
        if each.body and each.route.method == "PATCH":
            schemas[each.body.__name__] = only_what_is_sent(schemas[each.body.__name__])

    base: Json = json.loads((REFERENCE / "base.json").read_text())
    base["info"] |= {"version": _version(), "description": (REFERENCE / "conventions.md").read_text()}
    parts = base.pop("components")
    parts["responses"] |= {_name(status): _refusal(status) for status in PROBLEMS}
    parts["schemas"] = dict(sorted((parts["schemas"] | schemas).items()))
    return base | {"tags": _tags(), "paths": _paths(operations, references), "components": parts}


def write_site(directory: Path) -> None:
    """The document and its page, which the edge serves at /v1/openapi.json and /docs; /unsubscribe, and what
    public pages are made with.
    """
    made = document()
    (directory / "docs").mkdir(parents=True, exist_ok=True)
    (directory / "openapi.json").write_text(_text(made))
    (directory / "docs/index.html").write_text(page(made))
    shutil.copytree(STATIC, directory, dirs_exist_ok=True)
    page_files.write(directory)
    (directory / "docs/style.css").write_text((REFERENCE / "page.css").read_text())


def document_text() -> str:
    return _text(document())


def main() -> None:
    print(document_text(), end="")


def _text(made: Json) -> str:
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


def _version() -> str:
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"])


def _tags() -> list[Json]:
    """A tag for each context, with what its module in infra/ says of it: `Name: what it is.`"""
    said = {
        each.name: import_module(f"infra.{each.name}").__doc__ or ""
        for each in CONTEXTS
        if any(route.documented for route in each.routes)
    }
    return [{"name": name, "description": _sentence(text.partition(":")[2])} for name, text in said.items()]


def _sentence(text: str) -> str:
    return text.strip()[:1].upper() + text.strip()[1:]


def _paths(operations: Iterable[Operation], references: References) -> Json:
    paths: Json = {}
    for each in sorted(operations, key=lambda each: _METHODS.index(each.route.method)):
        for path, is_open in each.route.addresses().items():
            paths.setdefault(path, {})[each.route.method.lower()] = _operation(each, is_open, references)
    return dict(sorted(paths.items()))


def _operation(of: Operation, is_open: bool, references: References) -> Json:
    twin = is_open and of.route.access == "both"
    name = of.stem.replace("_", "_public_", 1) if twin else of.stem
    made: Json = {
        "operationId": name,
        "tags": [of.route.function.context],
        "summary": name.replace("_", " ").capitalize(),
        "description": "\n\n".join(_description(of, twin)),
        "parameters": list(_parameters(of)),
    }
    if of.body:
        made["requestBody"] = _body(of.body, of.said["body"], references)
    made["responses"] = dict(_responses(of, is_open, references))
    return made | ({"security": []} if is_open else {})


def _description(of: Operation, twin: bool) -> Iterator[str]:
    yield of.said["description"]
    if of.query and of.query.__doc__:
        yield of.query.__doc__
    if twin:
        yield "For everybody, without a token: only what is public, for up to a minute as it was before."


def _parameters(of: Operation) -> Iterator[Json]:
    for name in of.path:
        schema = {"type": "string", "minLength": 1, "maxLength": 200}
        yield {
            "name": name,
            "in": "path",
            "required": True,
            "schema": schema,
            "example": of.said["path"][name],
        }
    for each in parameters(of.query) if of.query else []:
        example = of.said.get("query", {}).get(each["name"])
        yield each | ({} if example is None else {"example": example})
    for kind in of.asks:
        if kind in _ASKED_IN_HEADERS:
            yield _ref("parameters", _ASKED_IN_HEADERS[kind])
    if of.route.method == "GET":
        yield _ref("parameters", "IfNoneMatch")


def _body(model: type[BaseModel], example: Json, references: References) -> Json:
    required = any(each.is_required() for each in model.model_fields.values())
    media = {"schema": references[model, "validation"], "example": example}
    return {"required": required, "content": {"application/json": media}}


def _responses(of: Operation, is_open: bool, references: References) -> Iterator[tuple[str, Json]]:
    yield str(of.status), _success(of, references)
    if of.route.method == "GET":
        yield "304", _ref("responses", "NotModified")
    if "handle" in of.path:
        yield "308", _ref("responses", "Moved")
    said = {int(status): detail for status, detail in of.said.get("refusals", {}).items()}
    for status in sorted(_follows(of, is_open) | said.keys()):
        known = _ref("responses", _name(status))
        yield str(status), _refusal(status, said[status], is_open) if status in said else known


def _success(of: Operation, references: References) -> Json:
    made: Json = {"description": HTTPStatus(of.status).phrase}
    if of.answer:
        media = {"schema": references[of.answer, "serialization"], "example": of.said["answer"]}
        made |= {"headers": {"ETag": _ref("headers", "ETag")}, "content": {"application/json": media}}
    return made


def _follows(of: Operation, is_open: bool) -> set[int]:
    """The refusals that follow from what it asks for. The others are said by hand, each with its reason."""
    follow = {
        401: not is_open,
        403: not is_open,
        400: of.body or Once in of.asks or (of.query and issubclass(of.query, Paged)),
        404: of.path,
        412: IfMatch in of.asks,
        413: of.body,
        415: of.body,
        422: of.body or of.query or Once in of.asks,
        429: True,
        500: True,
    }
    return {status for status, holds in follow.items() if holds}


def _refusal(status: int, detail: str | None = None, is_open: bool = False) -> Json:
    """`detail`: this route's own reason; without it, what every route of this sort can answer."""
    problem = PROBLEMS[status]
    example = problem.document(detail or problem.means)
    content = {"application/problem+json": {"schema": _ref("schemas", "Problem"), "example": example}}
    if status in _AT_THE_GATE and not (is_open and status in _CHECKED_TOKEN):
        message = {"message": _AT_THE_GATE[status]}
        content["application/json"] = {"schema": _ref("schemas", "GatewayRefusal"), "example": message}
    headers = {"headers": {"Retry-After": _ref("headers", "RetryAfter")}} if status == 429 else {}
    return {"description": detail or problem.means} | headers | {"content": content}


def _name(status: int) -> str:
    return PROBLEMS[status].refusal.__name__


def _ref(kind: str, name: str) -> Json:
    return {"$ref": f"#/components/{kind}/{name}"}


if __name__ == "__main__":
    main()
