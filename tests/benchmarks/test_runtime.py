"""Cold starts are those of processes that speak Lambda's Runtime API."""

import sys
from pathlib import Path

import pytest

from benchmarks.cold.runtime import Broken, cold_start

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="takes the times from Linux")

CLIENT = """
import json, os
from http.client import HTTPConnection
api = HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
api.request("GET", "/2018-06-01/runtime/invocation/next")
event = json.loads(api.getresponse().read())
api.request("POST", "/2018-06-01/runtime/invocation/1/{path}", json.dumps({{"saw": event}}))
api.getresponse()
"""


def start(script: str, folder: Path) -> object:
    return cold_start([sys.executable, "-c", script], folder, {}, {"a": 1}).answer


def test_gives_the_event_and_takes_the_answer(tmp_path: Path) -> None:
    assert start(CLIENT.format(path="response"), tmp_path) == {"saw": {"a": 1}}


def test_measures_time_and_memory(tmp_path: Path) -> None:
    found = cold_start([sys.executable, "-c", CLIENT.format(path="response")], tmp_path, {}, {})
    assert found.init_cpu > 0
    assert 0 < found.first < found.cold
    assert found.memory > 1_000_000


def test_tells_an_error_that_the_function_reports(tmp_path: Path) -> None:
    with pytest.raises(Broken, match="saw"):
        start(CLIENT.format(path="error"), tmp_path)


def test_tells_what_a_process_said_that_ended(tmp_path: Path) -> None:
    with pytest.raises(Broken, match="no such thing"):
        start("raise SystemExit('no such thing')", tmp_path)
