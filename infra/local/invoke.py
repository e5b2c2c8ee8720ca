"""`make invoke`: calls one function of the running local cloud with a sample event."""

import base64
import json
import os
import sys
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError

from infra.local.cloud import LOCAL, Cloud
from infra.local.deploy import client


def main() -> None:
    if len(sys.argv) != 3 or not all(sys.argv[1:]):
        sys.exit("make invoke FUNCTION=count_years EVENT=events/queue.json")
    function, event = sys.argv[1:]
    port = os.environ.get("POLYFOLIO_CLOUD_PORT", "4701")
    cloud = Cloud(int(port), LOCAL / f"run-{port}")
    try:
        print(invoke(cloud, function, Path(event).read_bytes()))
    except (BotoCoreError, ClientError, OSError) as error:
        sys.exit(f"{error}\nIs `make run` running?")


def invoke(cloud: Cloud, function: str, event: bytes) -> str:
    """The answer, and the end of the log."""
    name = f"polyfolio-local-{function}"
    answer = client(cloud, "lambda").invoke(FunctionName=name, Payload=event, LogType="Tail")
    log = base64.b64decode(answer.get("LogResult", "")).decode(errors="replace")
    return f"{json.dumps(json.load(answer['Payload']), indent=2, ensure_ascii=False)}\n\n{log}".rstrip()


if __name__ == "__main__":
    main()
