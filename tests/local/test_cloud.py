"""The local cloud starts clean, ends with all its children, and says why when it cannot."""

import json
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from infra.local import cloud as module
from infra.local.cloud import Cloud, CloudFailed, cloud, free_port, refuse_taken

# Stands for MiniStack: answers, has a child, and writes down what it was started with.
STAND_IN = f"""#!{sys.executable}
import json, os, subprocess, sys
from http.server import BaseHTTPRequestHandler, HTTPServer

class Health(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()

port, folder = os.environ["GATEWAY_PORT"], os.environ["TMPDIR"]
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
with open(folder + "/started.json", "w") as started:
    json.dump({{"environment": dict(os.environ), "process": os.getpid(), "child": child.pid}}, started)
with open(folder + f"/ministack-{{port}}.pid", "w") as pid:
    pid.write(str(os.getpid()))
HTTPServer(("127.0.0.1", int(port)), Health).serve_forever()
"""
BROKEN = "#!/bin/sh\necho 'no such planet' >&2\nexit 1\n"


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    monkeypatch.setattr(module, "LOCAL", tmp_path)

    def installed(script: str) -> None:
        program = tmp_path / "cloud/bin/ministack"
        program.parent.mkdir(parents=True)
        program.write_text(script)
        program.chmod(0o755)

    return installed


@pytest.fixture
def running(install: Callable[[str], None]) -> Iterator[Cloud]:
    install(STAND_IN)
    with cloud("run", free_port(0)) as here:
        yield here


def started(here: Cloud) -> Any:
    return json.loads((here.folder / "tmp/started.json").read_text())


def within_two_seconds(holds: Callable[[], bool]) -> bool:
    until = time.monotonic() + 2
    while not holds() and time.monotonic() < until:
        time.sleep(0.02)
    return holds()


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    # One whose parent has gone waits to be collected where nobody does it at once, as in containers.
    status = Path(f"/proc/{process}/stat")
    return not (status.exists() and ") Z " in status.read_text())


def test_gives_the_functions_nothing_of_the_callers(
    install: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    install(STAND_IN)
    monkeypatch.setenv("AWS_SESSION_TOKEN", "the caller's own")
    with cloud("run", free_port(0)) as here:
        environment = started(here)["environment"]

    assert "AWS_SESSION_TOKEN" not in environment
    assert environment["AUTH"] == "true"
    assert environment["BIND_HOST"] == "127.0.0.1"


def test_begins_with_an_empty_folder(install: Callable[[str], None], tmp_path: Path) -> None:
    install(STAND_IN)
    port = free_port(0)
    left_behind = tmp_path / f"run-{port}" / "left-by-a-function"
    left_behind.mkdir(parents=True)

    with cloud("run", port):
        assert not left_behind.exists()

    assert within_two_seconds(lambda: not list(tmp_path.glob("*.old")))


def test_ends_with_its_children(install: Callable[[str], None]) -> None:
    install(STAND_IN)
    with cloud("run", free_port(0)) as here:
        child = started(here)["child"]
        assert is_alive(child)

    assert within_two_seconds(lambda: not is_alive(child))


def test_tells_the_end_of_its_log_when_it_does_not_start(install: Callable[[str], None]) -> None:
    install(BROKEN)

    with pytest.raises(CloudFailed, match=r"did not start.*\n.*no such planet"), cloud("run", free_port(0)):
        pass


def test_notices_when_it_crashes(running: Cloud) -> None:
    assert not running.ended.is_set()

    os.kill(started(running)["process"], signal.SIGKILL)

    assert running.ended.wait(2)


def test_refuses_a_taken_port() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(CloudFailed, match=f"Port {port} is taken, perhaps by another `make run`"):
            refuse_taken(port)


def test_names_the_cloud_that_has_the_port(running: Cloud) -> None:
    with pytest.raises(CloudFailed, match=rf"'run-\d+', process {started(running)['process']}\."):
        refuse_taken(running.port)
