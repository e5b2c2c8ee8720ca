"""Lambda's Runtime API, as far as one cold start goes: starts a process, gives it an event, takes the answer.

(docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html)
"""

import json
import os
import select
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

_PATIENCE = 20  # seconds
_JIFFIES = os.sysconf("SC_CLK_TCK")


class Start(NamedTuple):
    """Seconds: `init` until it asks for an event, `first` until it has answered. `busy`: cores of others."""

    init: float
    first: float
    init_cpu: float
    first_cpu: float
    memory: int
    busy: float
    answer: Any

    @property
    def cold(self) -> float:
        return self.init + self.first


class Broken(Exception):
    """The process did not answer, or answered with an error."""


class _Api:
    """One listener; the runtime client may come with a connection for each request."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self.address = f"127.0.0.1:{self._listener.getsockname()[1]}"

    def request(self, process: subprocess.Popen[bytes]) -> tuple[str, bytes, socket.socket]:
        """The next one: its path, its body, and where to answer it."""
        deadline = time.monotonic() + _PATIENCE
        while process.poll() is None and time.monotonic() < deadline:
            ready, _, _ = select.select([self._listener, *self._open], [], [], 0.2)
            if not ready:
                continue
            if self._listener in ready:
                self._open.append(self._listener.accept()[0])
            elif request := _received(ready[0]):
                return *request, ready[0]
            else:
                self._open.remove(ready[0])
                ready[0].close()
        raise Broken("it has ended" if process.poll() else "it is silent")

    def close(self) -> None:
        for each in (self._listener, *self._open):
            each.close()


def cold_start(command: list[str], folder: Path, environment: dict[str, str], event: Any) -> Start:
    api, before = _Api(), _busy()
    with tempfile.TemporaryFile() as said:
        began = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment | {"AWS_LAMBDA_RUNTIME_API": api.address},
            stdout=said,
            stderr=said,
        )
        try:
            return _observed(api, process, event, began, before)
        except (Broken, OSError) as error:
            said.seek(0)
            raise Broken(f"{command[-1]}: {error}\n{said.read().decode()}") from None
        finally:
            process.kill()
            process.wait()
            api.close()


def _observed(api: _Api, process: subprocess.Popen[bytes], event: Any, began: float, before: float) -> Start:
    path, body, connection = api.request(process)
    ready, ready_cpu = time.perf_counter(), _cpu(process.pid)
    if not path.endswith("/invocation/next"):
        raise Broken(body.decode())
    encoded = json.dumps(event).encode()
    asked = time.perf_counter()
    connection.sendall(_invocation(encoded))
    path, body, _ = api.request(process)
    done, done_cpu = time.perf_counter(), _cpu(process.pid)
    if not path.endswith("/response"):
        raise Broken(body.decode())
    others = (_busy() - before - done_cpu) / (done - began)
    memory = _memory(process.pid)
    cpu = (ready_cpu, done_cpu - ready_cpu)
    return Start(ready - began, done - asked, *cpu, memory, max(0.0, others), json.loads(body))


def _received(connection: socket.socket) -> tuple[str, bytes] | None:
    data = b""
    while b"\r\n\r\n" not in data:
        some = connection.recv(65536)
        if not some:
            return None
        data += some
    head, _, body = data.partition(b"\r\n\r\n")
    first, *headers = head.decode().split("\r\n")
    length = next((int(each[15:]) for each in headers if each.lower().startswith("content-length:")), 0)
    chunked = any(each.lower().startswith("transfer-encoding: chunked") for each in headers)
    while len(body) < length or (chunked and not body.endswith(b"0\r\n\r\n")):
        body += connection.recv(65536)
    return first.split()[1], _joined(body) if chunked else body


def _joined(chunks: bytes) -> bytes:
    body = b""
    while chunks:
        length, _, chunks = chunks.partition(b"\r\n")
        body, chunks = body + chunks[: int(length, 16)], chunks[int(length, 16) + 2 :]
    return body


def _invocation(event: bytes) -> bytes:
    arn = "arn:aws:lambda:us-east-1:000000000000:function:benchmark"
    deadline = int(time.time() * 1000) + 30_000
    head = (
        "HTTP/1.1 200 OK",
        "Content-Type: application/json",
        f"Content-Length: {len(event)}",
        "Lambda-Runtime-Aws-Request-Id: 8476a536-e9f4-11e8-9739-2dfe598c3fcd",
        f"Lambda-Runtime-Deadline-Ms: {deadline}",
        f"Lambda-Runtime-Invoked-Function-Arn: {arn}",
        "Lambda-Runtime-Trace-Id: Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=0",
    )
    return "\r\n".join(head).encode() + b"\r\n\r\n" + event


def _cpu(pid: int) -> float:
    """Of the whole process, to the nanosecond: Linux has a clock for each (clock_getcpuclockid(3))."""
    return time.clock_gettime((~pid << 3) | 2)


def _busy() -> float:
    """Seconds that the machine's cores have worked so far, all together."""
    fields = [int(each) for each in Path("/proc/stat").read_text().splitlines()[0].split()[1:]]
    idle = fields[3] + fields[4]
    return (sum(fields[:8]) - idle) / _JIFFIES


def _memory(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return 1024 * next(int(each.split()[1]) for each in lines if each.startswith("VmRSS"))
