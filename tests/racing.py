"""Races: requests carried out at the same time, as Lambda does it, each in its own process."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, cast
from unittest.mock import patch

from moto.moto_server.werkzeug_app import DomainDispatcherApplication

from core import http


def at_once[T](*calls: Callable[[], T]) -> list[T]:
    """What each call gave. They begin together; the cloud takes their single requests one by one."""
    start = threading.Barrier(len(calls))

    def run(each: Callable[[], T]) -> T:
        start.wait()
        return each()

    with _one_request_at_a_time(), ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))


@contextmanager
def _one_request_at_a_time() -> Iterator[None]:
    """Moto's conditional writes are not atomic between threads, and Powertools counts for one thread."""
    lock, serve = threading.Lock(), cast(Callable[..., Any], DomainDispatcherApplication.__call__)

    def serve_alone(*request: Any) -> Any:
        with lock:
            return serve(*request)

    with patch.object(DomainDispatcherApplication, "__call__", serve_alone), patch.object(http, "_record"):
        yield
