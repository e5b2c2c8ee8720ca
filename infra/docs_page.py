"""The page at /docs: the OpenAPI document for people, as static HTML and CSS without any script."""

import json
import re
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from shlex import quote
from typing import NamedTuple
from urllib.parse import quote as quoted
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from infra.fields import Field, fields, parameter_fields, resolved
from infra.problems import PROBLEMS
from infra.schemas import Json

REFERENCE = Path(__file__).with_name("reference")
_PUBLIC = "/v1/public/"
_WIDTH = 64  # of an example, in characters
_KEY = re.compile(r"(&#34;\w+&#34;)(?=: )")  # a field's name in escaped JSON

_markdown = MarkdownIt("commonmark", {"html": False})
_pages = Environment(
    loader=FileSystemLoader(REFERENCE),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_pages.filters["keyed"] = lambda text: Markup(_KEY.sub(r'<span class="key">\1</span>', escape(text)))  # noqa: S704
_pages.filters["inline"] = lambda text: Markup(_markdown.renderInline(text))  # noqa: S704 - escapes all HTML
_pages.filters["prose"] = lambda text: Markup(_markdown.render(text))  # noqa: S704


class Refused(NamedTuple):
    status: str
    code: str
    reason: str  # of this operation; empty where it is as everywhere


class Entry(NamedTuple):
    """An operation as the page shows it: at both its addresses, if it has two."""

    id: str
    tag: str
    method: str
    path: str
    public_path: str
    summary: str
    description: str
    callers: str
    parameters: list[Field]
    body: list[Field]
    request: str
    status: str
    answer: str
    answer_fields: list[Field]
    refusals: list[Refused]


def page(made: Json) -> str:
    entries = list(_entries(made))
    tags = [(tag, [each for each in entries if each.tag == tag["name"]]) for tag in made["tags"]]
    return _pages.get_template("page.html").render(info=made["info"], tags=tags, problems=PROBLEMS.values())


def _entries(made: Json) -> Iterator[Entry]:
    paths = made["paths"]
    for path, method, operation in [(p, m, o) for p, methods in paths.items() for m, o in methods.items()]:
        if path.startswith(_PUBLIC) and path.replace(_PUBLIC, "/v1/", 1) in paths:
            continue  # told with its twin
        twin = path.replace("/v1/", _PUBLIC, 1)
        yield _entry(made, method.upper(), path, twin if method in paths.get(twin, {}) else "", operation)


def _entry(made: Json, method: str, path: str, public_path: str, operation: Json) -> Entry:
    parameters = [resolved(made, each) for each in operation["parameters"]]
    status, success = next(iter(operation["responses"].items()))
    media = success.get("content", {}).get("application/json", {})
    return Entry(
        id=operation["operationId"],
        tag=operation["tags"][0],
        method=method,
        path=path,
        public_path=public_path,
        summary=operation["summary"],
        description=operation["description"],
        callers=_callers(operation, public_path),
        parameters=parameter_fields(parameters),
        body=list(fields(made, _media(operation.get("requestBody", {})).get("schema", {}))),
        request=_curl(method, public_path or path, parameters, operation),
        status=f"{status} {HTTPStatus(int(status)).phrase}",
        answer=compact(media["example"]) if media else "",
        answer_fields=list(fields(made, media.get("schema", {}))),
        refusals=list(_refusals(operation)),
    )


def _callers(operation: Json, public_path: str) -> str:
    if operation.get("security") == []:
        return "For anybody"
    return "For members; for anybody at its second address" if public_path else "For members"


def _refusals(operation: Json) -> Iterator[Refused]:
    for status, response in operation["responses"].items():
        if problem := PROBLEMS.get(int(status)):
            reason = "" if "$ref" in response else response["description"]
            yield Refused(status, problem.refusal.code, reason)


def _media(part: Json) -> Json:
    media: Json = part.get("content", {}).get("application/json", {})
    return media


def _curl(method: str, path: str, parameters: list[Json], operation: Json) -> str:
    """A command that can be pasted, once BASE and TOKEN are set."""
    examples = {kind: _examples(parameters, kind) for kind in ("path", "query", "header")}
    address = path.format(**{name: quoted(str(value), safe="") for name, value in examples["path"].items()})
    query = f"?{urlencode(examples['query'])}" if examples["query"] else ""
    lines = [f'curl "$BASE{address}{query}"'] + ([f"-X {method}"] if method != "GET" else [])
    if operation.get("security") != [] and not path.startswith(_PUBLIC):
        lines.append('-H "Authorization: Bearer $TOKEN"')
    lines += [f"-H {quote(f'{name}: {value}')}" for name, value in examples["header"].items()]
    if example := _media(operation.get("requestBody", {})).get("example"):
        lines += ["-H 'Content-Type: application/json'", f"-d {quote(compact(example))}"]
    return " \\\n  ".join(lines)


def _examples(parameters: list[Json], kind: str) -> dict[str, object]:
    """If-None-Match is left out: an example that answers nothing shows nothing."""
    found = [each for each in parameters if each["in"] == kind and each["name"] != "If-None-Match"]
    return {each["name"]: each["example"] for each in found if "example" in each}


def compact(value: object, indent: str = "") -> str:
    """JSON with everything on one line that fits there."""
    line = json.dumps(value, ensure_ascii=False)
    if len(indent) + len(line) <= _WIDTH or not isinstance(value, dict | list):
        return line
    deeper = indent + "  "
    if isinstance(value, dict):
        parts = [f"{json.dumps(key)}: {compact(each, deeper)}" for key, each in value.items()]
        return "{\n" + ",\n".join(deeper + part for part in parts) + f"\n{indent}}}"
    return "[\n" + ",\n".join(deeper + compact(each, deeper) for each in value) + f"\n{indent}]"
