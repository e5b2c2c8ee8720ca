"""What the functions write to standard output: a line for each outcome and one of metrics."""

import io
import json
from typing import Any

import pytest

from core import http


class Output:
    """What went to standard output, line by line, each of which must be JSON."""

    def __init__(self, patch: pytest.MonkeyPatch, capture: pytest.CaptureFixture[str]) -> None:
        self._log, self._capture, self._printed = io.StringIO(), capture, ""
        for handler in http.logger.handlers:
            patch.setattr(handler, "stream", self._log)

    @property
    def text(self) -> str:
        self._printed += self._capture.readouterr().out
        return self._log.getvalue() + self._printed

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.removesuffix("\n").split("\n")]

    @property
    def logged(self) -> list[dict[str, Any]]:
        return [line for line in self.lines if "_aws" not in line]

    @property
    def counted(self) -> list[dict[str, Any]]:
        return [line for line in self.lines if "_aws" in line]
