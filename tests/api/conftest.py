"""The deployed app, with IAM enforced: one local cloud for the session, and members made by its API."""

import os
import secrets
import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import httpx
import pytest

from infra import operate
from infra.local.__main__ import serving
from infra.local.cloud import Cloud, cloud, free_port
from infra.local.deploy import Outputs, deploy
from infra.local.deploy import client as aws_client
from tests.api.recorder import Recorder
from tests.web import Web, let_functions_read

# The same each time where it can be: the assembly holds it, and need not be made again.
# They make all that is derived anew, or wait until nothing is left to be done: before there is much.
_FIRST = ("test_effects", "test_pages", "test_space_station")
_PORT = int(os.environ.get("POLYFOLIO_TESTS_PORT", "4711"))
_RENEW_AFTER_SECONDS = 10 * 60  # of the quarter of an hour that an access token is good for


class Deployed(NamedTuple):
    base_url: str
    cloud: Cloud
    outputs: Outputs
    recorder: Recorder


class Client(httpx.Client):
    """Signed in as a member, through the edge as a browser or a phone would be."""

    id: str = ""
    handle: str = ""
    password: str = ""
    session: dict[str, Any]
    renewed: float = 0

    def signed_in(self, session: dict[str, Any]) -> None:
        self.session, self.renewed = session, time.monotonic()
        self.headers["authorization"] = f"Bearer {session['access_token']}"

    def send(self, request: httpx.Request, **options: Any) -> httpx.Response:
        """Some members live as long as the whole suite, and their access tokens do not."""
        is_own = self.renewed and request.headers.get("authorization") == self._own
        if is_own and time.monotonic() - self.renewed > _RENEW_AFTER_SECONDS:
            self.renewed = time.monotonic()
            token = {"refresh_token": self.session["refresh_token"]}
            self.signed_in(self.post("/v1/sessions/refresh", json=token).raise_for_status().json())
            request.headers["authorization"] = self._own
        return super().send(request, **options)

    @property
    def _own(self) -> str:
        return f"Bearer {self.session['access_token']}"

    def create(self, **highlight: Any) -> dict[str, Any]:
        new = {"kind": "code", "title": "A thing", "start": "2020"} | highlight
        return dict(self.post("/v1/highlights", json=new).raise_for_status().json())


@pytest.fixture(scope="session")
def deployed() -> Iterator[Deployed]:
    port = free_port(_PORT)
    with cloud(f"tests-{port}", port) as here, pytest.MonkeyPatch.context() as patch:
        for name, value in here.environment().items():
            patch.setenv(name, value)
        outputs = deploy(here)
        with Recorder(here) as recorder, serving(here, outputs, 0) as address:
            yield Deployed(address, here, outputs, recorder)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What functions were seen to do is judged when all else has been done."""
    items.sort(key=lambda item: (item.path.stem == "test_rights", item.path.stem not in _FIRST))


@pytest.fixture(scope="session")
def visitor(deployed: Deployed) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=deployed.base_url, timeout=35) as client:
        yield client


@pytest.fixture(scope="session")
def web(deployed: Deployed) -> Iterator[Web]:
    """What those that read addresses take for the web, beside the true one: a server of this machine."""
    with Web() as web:
        let_functions_read(web, aws_client(deployed.cloud, "lambda"))
        yield web


@pytest.fixture(scope="session")
def join(deployed: Deployed) -> Iterator[Callable[[str], Client]]:
    """A new member of this name, signed in; each call makes another one."""
    clients: list[Client] = []

    def joined(name: str) -> Client:
        handle = f"{name}-{secrets.token_hex(4)}"
        client = Client(base_url=deployed.base_url, timeout=35)
        clients.append(client)
        address, password = f"{handle}@example.org", secrets.token_urlsafe(16)
        account = {"email": address, "password": password, "handle": handle, "name": name.title()}
        code = operate.admit("local", address)
        made = client.post("/v1/accounts", json=account | {"code": code}).raise_for_status().json()
        signed_in = client.post(
            "/v1/sessions", json={"email": address, "password": password}
        ).raise_for_status()
        client.id, client.handle, client.password = made["id"], made["handle"], password
        client.signed_in(signed_in.json())
        return client

    yield joined
    for client in clients:
        client.close()


@pytest.fixture(scope="session")
def alice(join: Callable[[str], Client]) -> Client:
    return join("alice")


@pytest.fixture(scope="session")
def bob(join: Callable[[str], Client]) -> Client:
    return join("bob")


def is_user(deployed: Deployed, name: str) -> bool:
    users = aws_client(deployed.cloud, "cognito-idp")
    try:
        users.admin_get_user(UserPoolId=deployed.outputs["UserPoolId"], Username=name)
    except users.exceptions.UserNotFoundException:
        return False
    return True
