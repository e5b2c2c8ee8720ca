"""Players of the providers that we know, from a member's question to what the deployed app says of them."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest

from infra.local.deploy import client as aws_client
from tests.api.conftest import Client, Deployed
from tests.api.test_first_steps import soon
from tests.api.test_previews import ask, settled
from tests.certificates import Authority
from tests.functions.media.samples import picture
from tests.functions.previews.oembed import PROVIDERS
from tests.web import Web, page

_FETCHER, _PICTURES = "polyfolio-local-fetch_preview", "i.ytimg.com"


@pytest.fixture(scope="module")
def internet(
    deployed: Deployed,
    web: Web,  # noqa: ARG001 - it changes the same function, and must have done so
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[dict[str, Web]]:
    """By their hosts: servers of this machine that the deployed fetcher takes for the six."""
    authority = Authority(tmp_path_factory.mktemp("authority"))
    hosts = [*(each.host for each in PROVIDERS.values()), _PICTURES]
    with ExitStack() as stack:
        servers = {each: stack.enter_context(Web(authority.server(each))) for each in hosts}
        for provided in PROVIDERS.values():
            path = provided.endpoint.partition(provided.host)[2]
            servers[provided.host].answers[path] = page(
                json.dumps(provided.said), content_type="application/json; charset=utf-8"
            )
        thumbnail = PROVIDERS["YouTube"].said["thumbnail_url"].partition(_PICTURES)[2]
        servers[_PICTURES].answers[thumbnail] = page(picture("JPEG", (480, 360)), content_type="image/jpeg")
        stack.enter_context(_connected(deployed, servers, authority.roots))
        yield servers


def _connected(deployed: Deployed, servers: dict[str, Web], roots: Path) -> ExitStack:
    """Until it is closed the function's process begins in the small internet, and trusts its authority."""
    functions, undo = aws_client(deployed.cloud, "lambda"), ExitStack()
    before = functions.get_function_configuration(FunctionName=_FETCHER)["Environment"]["Variables"]

    def become(variables: dict[str, str]) -> None:
        functions.update_function_configuration(FunctionName=_FETCHER, Environment={"Variables": variables})

    undo.callback(become, before)
    ports = json.dumps({host: server.port for host, server in servers.items()})
    here = str(Path(__file__).parent / "stand_in")
    become(before | {"PYTHONPATH": here, "SSL_CERT_FILE": str(roots), "STAND_INS": ports})
    return undo


@pytest.mark.parametrize("name", PROVIDERS)
def test_a_player_is_an_address_of_our_making_and_all_else_is_text(
    name: str, join: Callable[[str], Client], internet: dict[str, Web]
) -> None:
    provided = PROVIDERS[name]

    found = settled(join("pia"), provided.url)

    assert (found["state"], found["reason"]) == ("ready", None)
    assert (found["title"], found["site_name"]) == (provided.said["title"], name)
    assert (found["description"], found["embed"]) == (provided.description, provided.embed)
    assert "<" not in json.dumps(found)
    [asked] = internet[provided.host].asked
    assert httpx.URL(asked.path).params["url"] == provided.url
    assert asked.headers["host"] == provided.host


def test_the_picture_of_a_film_is_served_by_us(
    join: Callable[[str], Client], visitor: httpx.Client, internet: dict[str, Web]
) -> None:
    mia, film = join("mia"), PROVIDERS["YouTube"]

    def seen() -> Any:
        return ask(mia, film.url).json()["picture"]

    shown = soon(seen, lambda picture: picture is not None, within=180)

    assert (shown["width"], shown["height"]) == (480, 360)
    assert visitor.get(shown["renditions"][0]["url"]).headers["content-type"] == "image/webp"
    assert len(internet[_PICTURES].asked) == 1
