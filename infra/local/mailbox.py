"""The page at the local edge's `/_mail`: all mails that the local cloud took in, newest first.

Only the local edge has it. Nothing leaves this machine: the cloud keeps what it would have sent.
"""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple
from urllib.request import urlopen

from jinja2 import Environment, FileSystemLoader, StrictUndefined

# A mail's HTML stands in a frame without scripts, and its links open beside the page.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src https: data:; base-uri 'self'"
_FOR_FRAMES = '<base target="_blank">'
_ADDRESS = re.compile(r"(https?://[^\s<>\"]+)")

_pages = Environment(
    loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined
)


class Mail(NamedTuple):
    to: str
    subject: str
    at: str
    text: list[str]  # every second part is an address
    html: str


def page(cloud_port: int) -> bytes:
    with urlopen(f"http://127.0.0.1:{cloud_port}/_ministack/ses/messages", timeout=10) as answer:
        boxes = json.load(answer)["messages"]
    kept = sorted((each for box in boxes.values() for each in box), key=_when, reverse=True)
    return _pages.get_template("mailbox.html").render(mails=[_mail(each) for each in kept]).encode()


def _mail(kept: dict[str, Any]) -> Mail:
    html = kept.get("BodyHtml") or ""
    return Mail(
        to=", ".join(kept.get("To") or []),
        subject=kept.get("Subject") or "",
        at=datetime.fromtimestamp(_when(kept), UTC).astimezone().strftime("%d %B, %H:%M:%S"),
        text=_ADDRESS.split((kept.get("BodyText") or "").strip()),
        html=html.replace("<head>", f"<head>{_FOR_FRAMES}", 1) if html else "",
    )


def _when(kept: dict[str, Any]) -> float:
    return float(kept.get("Timestamp") or 0)
