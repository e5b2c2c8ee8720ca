"""JSON schemas as people read them: a line for each field, with its type and its limits in words."""

from collections.abc import Iterator
from typing import NamedTuple

from core.clock import ID_PATTERN
from infra.schemas import Json


class Field(NamedTuple):
    name: str
    place: str  # of a parameter: path, query, header or cookie
    kind: str
    required: bool
    limits: list[str]
    description: str


def parameter_fields(parameters: list[Json]) -> list[Field]:
    return [
        Field(
            each["name"],
            each["in"],
            _kind(each["schema"]),
            each.get("required", False),
            list(_limits(each["schema"] | {"description": each.get("description", "")})),
            each.get("description", ""),
        )
        for each in parameters
    ]


def fields(document: Json, schema: Json, within: str = "") -> Iterator[Field]:
    """The fields of an object and of all objects in it: `links[].url`."""
    of = resolved(document, schema)
    for name, each in of.get("properties", {}).items():
        field = _alternative(each)
        limits = [*_limits(field), *(["or null"] if _may_be_null(each) else [])]
        required = name in of.get("required", ())
        yield Field(within + name, "", _kind(field), required, limits, _description(document, field))
        many = field.get("type") == "array"
        inside = field["items"] if many else field
        yield from fields(document, inside, f"{within}{name}{'[]' if many else ''}.")


def resolved(document: Json, node: Json) -> Json:
    """What a `$ref` leads to."""
    found = node
    if "$ref" in node:
        found = document
        for step in node["$ref"].removeprefix("#/").split("/"):
            found = found[step]
    return found


def _alternative(schema: Json) -> Json:
    """A field that can be null, as what it is if it is not."""
    other: Json = next((each for each in schema.get("anyOf", []) if each != {"type": "null"}), {})
    return {name: each for name, each in schema.items() if name != "anyOf"} | other


def _may_be_null(schema: Json) -> bool:
    return {"type": "null"} in schema.get("anyOf", [])


def _description(document: Json, field: Json) -> str:
    """The field's own, or that of the objects that it holds."""
    held = resolved(document, field.get("items", field))
    return str(field.get("description") or held.get("description", ""))


def _kind(schema: Json) -> str:
    if schema.get("type") == "array":
        return f"list of {_kind(schema['items'])}s"
    if schema.get("pattern") == ID_PATTERN:
        return "id"
    return str(schema.get("type", "object"))


def _limits(schema: Json) -> Iterator[str]:
    yield from _choice(schema)
    yield from _range(schema, "minLength", "maxLength", " characters")
    yield from _range(schema, "minItems", "maxItems", " items")
    yield from _range(schema, "minimum", "maximum", "")
    if schema.get("pattern", ID_PATTERN) != ID_PATTERN and not schema.get("description"):
        yield f"`{schema['pattern']}`"
    if schema.get("type") == "array":
        yield from (f"each {limit}" for limit in _limits(schema["items"]))
    if schema.get("default") not in (None, "", []):
        yield f"default `{_plain(schema['default'])}`"


def _choice(schema: Json) -> Iterator[str]:
    if "enum" in schema:
        yield "one of " + ", ".join(f"`{each}`" for each in schema["enum"])
    if "const" in schema:
        yield f"only `{schema['const']}`"


def _range(schema: Json, least: str, most: str, of: str) -> Iterator[str]:
    low, high = schema.get(least), schema.get(most)
    if low is not None and high is not None:
        yield f"{low} to {high}{of}"
    elif high is not None:
        yield f"at most {high}{of}"
    elif low is not None:
        yield f"at least {low}{of}"


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
