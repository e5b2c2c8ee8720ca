"""Every refusal there is: its class in core/errors.py, and what reference/problems.json says of it."""

import json
from pathlib import Path
from typing import Any, NamedTuple

from core.errors import AppError


class Problem(NamedTuple):
    refusal: type[AppError]
    means: str
    do: str  # what a caller can do about it

    def document(self, detail: str) -> dict[str, Any]:
        return self.refusal(detail).problem()


def _problems() -> dict[int, Problem]:
    said = json.loads(Path(__file__).with_name("reference").joinpath("problems.json").read_text())
    refusals = sorted(AppError.__subclasses__(), key=lambda each: each.status)
    return {each.status: Problem(each, **said[each.code]) for each in refusals}


PROBLEMS = _problems()  # by status
