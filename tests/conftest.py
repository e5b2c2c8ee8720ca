"""The cloud of the unit tests: moto on a loopback port, and a table for each test that asks for one."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from core import standing, table
from tests.cloud import create_table

if TYPE_CHECKING:
    from tests.functions.accounts.pool import Pool
    from tests.output import Output

# Powertools reads these when it is imported, which no module above does.
os.environ |= {"POWERTOOLS_SERVICE_NAME": "tests", "POWERTOOLS_METRICS_NAMESPACE": "Polyfolio"}

TABLE = "unit"


@pytest.fixture(scope="session")
def cloud() -> Iterator[str]:
    """Its address, to which the environment points all our clients."""
    from moto.server import ThreadedMotoServer  # takes a second, which tests that need no cloud are spared

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    patch = pytest.MonkeyPatch()
    for name, value in _environment(f"http://{host}:{port}").items():
        patch.setenv(name, value)
    yield f"http://{host}:{port}"
    patch.undo()
    server.stop()


def _environment(endpoint: str) -> dict[str, str]:
    return {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "TABLE_NAME": TABLE,
        "SIGNING_SECRET": "unit tests",
        "EDGE_KEY": "of the unit tests",
        "NETWORK_SIGN_INS": "25",
        "NETWORK_RESETS": "30",
        "SITE_ADDRESS": "https://polyfolio.example",
        "MAIL_FROM": "hello@polyfolio.example",
        "CONFIGURATION_SET": "mail",
        "DOMAINS_TARGET": "d111111abcdef8.cloudfront.net",
        "OWN_HOST": "polyfolio.example",
    }


@pytest.fixture
def empty_table(cloud: str) -> Iterator[None]:  # noqa: ARG001 - the server must be there
    create_table(table.dynamodb, TABLE)
    standing.forget()
    yield
    table.dynamodb.call("DeleteTable", {"TableName": TABLE})


@pytest.fixture(scope="session")
def user_pool(cloud: str) -> Iterator["Pool"]:
    """One for all: its keys take a third of a second, and there is one address by which it is found."""
    from core.user_pool import pool  # imports Powertools, see above
    from tests.functions.accounts.pool import Pool

    made = Pool(cloud)
    with made.served() as address, pytest.MonkeyPatch.context() as patch:
        patch.setenv("USER_POOL_ID", made.id)
        patch.setenv("USER_POOL_CLIENT_ID", made.client_id)
        patch.setenv("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", address)
        yield made
        pool.close()


@pytest.fixture
def output(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> "Output":
    from tests.output import Output  # imports Powertools, see above

    return Output(monkeypatch, capsys)
