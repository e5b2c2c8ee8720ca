"""JSON schemas of the models that bodies, queries and answers are made of."""

import re
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, models_json_schema

type Json = dict[str, Any]
type Use = tuple[type[BaseModel], JsonSchemaMode]

_REF = "#/components/schemas/{model}"


class _Schemas(GenerateJsonSchema):
    """Pydantic's, without the titles that repeat each name, and with answers as they are: complete."""

    def normalize_name(self, name: str) -> str:
        """A `Page[Card]` is a CardPage."""
        return super().normalize_name(re.sub(r"^(\w+)\[(\w+)]$", r"\2\1", name))

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 - pydantic's signature
        return False

    def field_is_required(self, field: Any, total: bool) -> bool:
        return self.mode == "serialization" or super().field_is_required(field, total)

    def default_schema(self, schema: Any) -> Json:
        if self.mode == "serialization":
            return self.generate_inner(schema["schema"])
        return super().default_schema(schema)

    def model_schema(self, schema: Any) -> Json:
        return _without(super().model_schema(schema), "title")


def components(uses: Iterable[Use]) -> tuple[dict[Use, Json], Json]:
    """A reference for each use of a model, and the schemas that all of them refer to, by name."""
    ordered = sorted(set(uses), key=lambda use: (use[0].__name__, use[1]))
    references, definitions = models_json_schema(ordered, ref_template=_REF, schema_generator=_Schemas)
    named = {_name(name): _renamed(schema) for name, schema in definitions["$defs"].items()}
    return {use: _renamed(references[use]) for use in ordered}, named


def parameters(query: type[BaseModel]) -> list[Json]:
    """A parameter for each field of a query."""
    schema = query.model_json_schema(schema_generator=_Schemas)
    required = schema.get("required", ())
    return [_parameter(name, each, name in required) for name, each in schema.get("properties", {}).items()]


def only_what_is_sent(schema: Json) -> Json:
    """A PATCH's body: what is left out stays as it is, whatever default the model needs to say so."""
    fields = {name: _without(each, "default") for name, each in schema["properties"].items()}
    return _without(schema, "required") | {"properties": fields}


def _parameter(name: str, field: Json, required: bool) -> Json:
    schema = _sendable(field)
    parameter = {"name": name, "in": "query", "required": required, "schema": _without(schema, "description")}
    return parameter | ({"description": schema["description"]} if "description" in schema else {})


def _sendable(field: Json) -> Json:
    """Null cannot stand in an address: what may be null is what may be left out."""
    kinds = [kind for kind in field.pop("anyOf", []) if kind != {"type": "null"}]
    if field.get("default", ...) is None:
        del field["default"]
    return kinds[0] | field if len(kinds) == 1 else field | ({"anyOf": kinds} if kinds else {})


def _renamed(schema: Any) -> Any:
    if isinstance(schema, dict):
        return {key: _name(each) if key == "$ref" else _renamed(each) for key, each in schema.items()}
    return [_renamed(each) for each in schema] if isinstance(schema, list) else schema


def _name(name: str) -> str:
    """A model that reads otherwise than it is written stands here twice: `LinkInput` is what may be sent."""
    return name.removesuffix("-Output").replace("-Input", "Input")


def _without(schema: Json, *names: str) -> Json:
    return {name: each for name, each in schema.items() if name not in names}
