"""What each route takes and gives, read from its handler's annotations."""

import json
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel

from core.http import Reply
from core.request import BODY, PATH, QUERY, parameters
from infra.context import Route
from infra.schemas import Json, Use

EXAMPLES = Path(__file__).with_name("examples")

type Model = type[BaseModel]


@dataclass(frozen=True)
class Operation:
    route: Route
    body: Model | None
    query: Model | None
    path: list[str]
    asks: list[Any]  # the other annotations: Caller, Once, IfMatch …
    status: int
    answer: Model | None
    said: Json  # what no type can say: examples/<stem>.json

    @property
    def stem(self) -> str:
        return self.route.function.stem

    def uses(self) -> list[Use]:
        read: list[Use] = [(self.body, "validation")] if self.body else []
        return read + ([(self.answer, "serialization")] if self.answer else [])


def operation(route: Route) -> Operation:
    stem = route.function.stem
    handler = import_module(f"{route.function.context}.{stem}").handler
    taken = [(name, *_source(kind)) for name, kind in parameters(handler.__wrapped__)]
    given = handler.__wrapped__.__annotations__["return"]
    return Operation(
        route,
        body=next((kind for _, kind, source in taken if source == BODY), None),
        query=next((kind for _, kind, source in taken if source == QUERY), None),
        path=[name for name, _, source in taken if source == PATH],
        asks=[kind for _, kind, source in taken if source is None],
        status=handler.status,
        answer=handler.answer if given is Reply else given,
        said=json.loads((EXAMPLES / f"{stem}.json").read_text()),
    )


def _source(kind: Any) -> tuple[Any, str | None]:
    """The type of a parameter, and where in the request it is read, if that is its body, query or path."""
    return get_args(kind) if get_origin(kind) is Annotated else (kind, None)
