"""What the emulator took in to be mailed, and where links in it lead."""

import re
import time
from typing import Any

import httpx

from infra.local.cloud import Cloud

_PATIENCE_SECONDS = 60


def mailed(cloud: Cloud, address: str, number: int = 1) -> dict[str, Any]:
    """The mail of this number to the address, once it is there."""
    until = time.monotonic() + _PATIENCE_SECONDS
    while len(found := all_mailed(cloud, address)) < number and time.monotonic() < until:
        time.sleep(0.2)
    assert len(found) >= number, f"{len(found)} mails to {address}"
    return found[number - 1]


def all_mailed(cloud: Cloud, address: str) -> list[dict[str, Any]]:
    boxes = httpx.get(f"{cloud.address}/_ministack/ses/messages").json()["messages"]
    return [each for box in boxes.values() for each in box if each["To"] == [address]]


def link(message: dict[str, Any], page: str) -> str:
    """What stands behind the # of the link to this page."""
    [found] = set(re.findall(rf"{re.escape(page)}#([\w-]+)", message["BodyText"]))
    return str(found)
