"""`make run`: the local cloud, the app in it, the demo, and one address for all of it."""

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from infra import operate
from infra.local import demo, reload
from infra.local.cloud import Cloud, CloudFailed, cloud
from infra.local.deploy import Outputs, deploy
from infra.local.edge import edge
from infra.local.welcome import welcome

_EDGE_PORT, _CLOUD_PORT = 4700, 4701


def main() -> None:
    signal.signal(signal.SIGTERM, _interrupt)
    began = time.monotonic()
    try:
        with ExitStack() as stack:
            print("Starting the local cloud …", flush=True)
            here = stack.enter_context(cloud("run", int(os.environ.get("POLYFOLIO_CLOUD_PORT", _CLOUD_PORT))))
            os.environ |= here.environment()
            outputs = deploy(here)
            address = stack.enter_context(
                serving(here, outputs, int(os.environ.get("POLYFOLIO_PORT", _EDGE_PORT)))
            )
            demo.load(
                address,
                lambda email: operate.admit("local", email),
                lambda line: print(f"  {line}", flush=True),
            )
            print(f"Ready after {time.monotonic() - began:.0f} s.", flush=True)
            ana = demo.member("ana")
            print(welcome(address, ana["email"], ana["password"]), flush=True)
            stopped = threading.Event()
            stack.callback(stopped.set)
            reload.watch(here, stopped)
    except CloudFailed as failure:
        sys.exit(str(failure))
    except KeyboardInterrupt:
        print("\nStopped.")


@contextmanager
def serving(here: Cloud, outputs: Outputs, port: int) -> Iterator[str]:
    """The edge, for as long as the block; gives the address of the app."""
    server = edge(port, here.port, outputs["DistributionDomain"])
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
