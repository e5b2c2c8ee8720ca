"""The sample events of events/ are such as the functions take."""

import json
from pathlib import Path
from typing import Any

import pytest

from accounts import check_admission
from core import invited, keys, table
from tests.functions.conftest import Person
from timeline import count_years, create_highlight, list_highlights

EVENTS = Path(__file__).parents[2] / "events"


def sample(name: str) -> Any:
    return json.loads((EVENTS / f"{name}.json").read_text())


def test_a_post_reaches_its_handler(alice: Person) -> None:
    event = sample("http_post")
    event["requestContext"]["authorizer"]["jwt"]["claims"]["username"] = alice.id

    assert create_highlight.handler(event, None)["statusCode"] == 201


def test_a_public_get_reaches_its_handler() -> None:
    assert list_highlights.handler(sample("http_get_public"), None)["statusCode"] == 404


def test_a_queue_reaches_its_effect() -> None:
    assert count_years.handler(sample("queue"), None) == {"batchItemFailures": []}


def test_a_sign_up_without_an_admission_is_refused() -> None:
    event = sample("pre_sign_up")

    with pytest.raises(PermissionError, match="no admission"):
        check_admission.handler(event, None)


def test_a_sign_up_that_was_begun_with_an_admission_is_confirmed() -> None:
    event = sample("pre_sign_up")
    begun = {"address_digest": invited.digest("nobody@example.org"), "held_until": "9999", "proven": True}
    table.write(table.put(keys.sign_up(event["userName"])._asdict() | begun))

    assert check_admission.handler(event, None)["response"]["autoConfirmUser"]
