"""The local cloud: MiniStack, an AWS emulator, with IAM enforced. Disposable: it starts with nothing."""

import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parents[2]
LOCAL = ROOT / ".local"
ACCOUNT, REGION = "000000000000", "us-east-1"
_PATIENCE_SECONDS = 30


class CloudFailed(Exception):
    """In words that a newcomer can act on."""


@dataclass(frozen=True)
class Cloud:
    port: int
    folder: Path
    ended: threading.Event = field(default_factory=threading.Event, compare=False)  # also when it crashed

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def last_words(self) -> str:
        """The end of its log."""
        return "\n".join((self.folder / "cloud.log").read_text(errors="replace").splitlines()[-15:])

    def environment(self) -> dict[str, str]:
        """For boto3, the CDK and our own code, as the account's root."""
        keys = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
        regions = {"AWS_REGION": REGION, "AWS_DEFAULT_REGION": REGION}
        return keys | regions | {"AWS_ENDPOINT_URL": self.address, "POLYFOLIO_CLOUD_PORT": str(self.port)}


@contextmanager
def cloud(name: str, port: int) -> Iterator[Cloud]:
    """Runs it for as long as the block; its log is `.local/<name>-<port>/cloud.log`."""
    refuse_taken(port)
    here = Cloud(port, LOCAL / f"{name}-{port}")
    _set_aside(here.folder)
    (here.folder / "tmp").mkdir(parents=True)
    with (here.folder / "cloud.log").open("wb") as log:
        process = subprocess.Popen(
            [LOCAL / "cloud" / "bin" / "ministack"],
            env=_environment(here),
            stdout=log,
            stderr=log,
            start_new_session=True,  # so that Ctrl-C reaches us alone, and we stop it with all its children
        )
    threading.Thread(target=_tell_the_end, args=(process, here.ended), daemon=True).start()
    try:
        _wait(here)
        yield here
    finally:
        _stop(process)


def free_port(preferred: int) -> int:
    """The preferred one, or whatever is free where that is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # free, though old connections linger
        probe.bind(("127.0.0.1", 0 if _is_taken(preferred) else preferred))
        return int(probe.getsockname()[1])


def _environment(here: Cloud) -> dict[str, str]:
    """Nothing of the caller's: functions inherit it, and must not find there what AWS would not give them."""
    path = os.pathsep.join([str(LOCAL / "cloud" / "bin"), str(ROOT / ".venv" / "bin"), "/usr/bin", "/bin"])
    base = {"HOME": os.environ.get("HOME", "/"), "PATH": path, "TMPDIR": str(here.folder / "tmp")}
    only_what_we_use = {"IOT_MTLS_ENABLED": "0", "SFTP_ENABLED": "0"}
    gateway = {"BIND_HOST": "127.0.0.1", "GATEWAY_PORT": str(here.port), "AUTH": "true"}
    return base | only_what_we_use | gateway | {"POWERTOOLS_TRACE_DISABLED": "1"}


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def refuse_taken(port: int) -> None:
    if _is_taken(port):
        raise CloudFailed(
            f"Port {port} is taken{_by_whom(port)}. Stop that, or choose others: "
            f"POLYFOLIO_PORT={port + 10} POLYFOLIO_CLOUD_PORT={port + 11} make run"
        )


def _by_whom(port: int) -> str:
    """The local cloud writes down its process."""
    for written in LOCAL.glob(f"*/tmp/ministack-{port}.pid"):
        return f" by this folder's local cloud {written.parents[1].name!r}, process {written.read_text()}"
    return ", perhaps by another `make run`"


def _set_aside(folder: Path) -> None:
    """It leaves a copy of all layers behind for each process of a function: a gigabyte, in 50,000 files."""
    if folder.exists():
        folder.rename(folder.with_name(f"{folder.name}.{time.time_ns()}.old"))
    for old in folder.parent.glob(f"{folder.name}.*.old"):
        threading.Thread(target=shutil.rmtree, args=(old, True), daemon=True).start()  # True: ignore errors


def _tell_the_end(process: subprocess.Popen[bytes], ended: threading.Event) -> None:
    process.wait()
    ended.set()


def _wait(here: Cloud) -> None:
    until = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < until and not here.ended.wait(0.1):
        try:
            with urlopen(f"{here.address}/_ministack/health", timeout=1):  # noqa: S310 - our own address
                return
        except (URLError, OSError):
            continue
    raise CloudFailed(f"The local cloud did not start. The end of its log:\n{here.last_words()}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=2)
    with suppress(ProcessLookupError, PermissionError):  # nobody left, as Linux and macOS say it
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
