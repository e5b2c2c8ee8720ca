"""`make run`: the local cloud, the app in it, the demo, and one address for all of it."""

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit

from infra import operate
from infra.local import demo, reload
from infra.local.cloud import ROOT, Cloud, CloudFailed, cloud, free_port, refuse_taken
from infra.local.demo.elsewhere import elsewhere
from infra.local.deploy import Outputs, deploy, upload_client
from infra.local.edge import edge
from infra.local.tenants import Tenants
from infra.local.welcome import welcome
from infra.web import WebFailed, web_client

_UNTIL_SHUTDOWN_SECONDS = 0.1


def main() -> None:
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        with ExitStack() as stack:
            run(stack, _port("POLYFOLIO_CLOUD_PORT", 4701), _port("POLYFOLIO_PORT", 4700))
    except (CloudFailed, WebFailed) as failure:
        sys.exit(str(failure))
    except KeyboardInterrupt:
        print("\nStopped.")


def run(stack: ExitStack, cloud_port: int, edge_port: int) -> None:
    """Until Ctrl-C; what was started is stopped with the stack."""
    began = time.monotonic()
    refuse_taken(edge_port)
    _say("Starting the local cloud …")
    here = stack.enter_context(cloud("run", cloud_port))
    os.environ |= here.environment()
    pages = stack.enter_context(elsewhere(free_port(edge_port + 2)))
    allowed = [os.environ.get("POLYFOLIO_FETCH_ALLOWED", ""), urlsplit(pages).netloc]
    os.environ["POLYFOLIO_FETCH_ALLOWED"] = " ".join(filter(None, allowed))
    seen = reload.stamps(ROOT)  # what is saved from now on is newer than what will be deployed
    outputs = deploy(here)
    _say("  building the web client, where it has changed …")
    upload_client(here, outputs, web_client())
    address = stack.enter_context(serving(here, outputs, edge_port))
    _say("  loading the demo: fifteen members and what they do, by the API; it takes some minutes …")
    demo.load(address, lambda email: operate.admit("local", email), _say, pages)
    _say(f"Ready after {time.monotonic() - began:.0f} s.")
    ana = demo.member("ana")
    _say(welcome(address, ana["email"], ana["password"]))
    reload.watch(here, here.ended, seen, _say)
    raise CloudFailed(f"The local cloud has ended. The end of its log:\n{here.last_words()}")


@contextmanager
def serving(here: Cloud, outputs: Outputs, port: int) -> Iterator[str]:
    """The edge, for as long as the block; gives the address of the app."""
    server = edge(port, here.port, outputs["DistributionDomain"], Tenants(here))
    threading.Thread(target=server.serve_forever, args=(_UNTIL_SHUTDOWN_SECONDS,), daemon=True).start()
    try:
        yield f"http://localhost:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def _port(variable: str, default: int) -> int:
    return int(os.environ.get(variable, default))


def _say(line: str) -> None:
    print(line, flush=True)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
