"""Events as the queue brings them."""

import json
from collections.abc import Callable
from typing import Any


def told(handler: Callable[..., dict[str, Any]], *details: dict[str, Any]) -> list[str]:
    """Which of them failed."""
    records = [
        {"messageId": str(n), "body": json.dumps({"detail": detail})} for n, detail in enumerate(details)
    ]
    return [each["itemIdentifier"] for each in handler({"Records": records}, None)["batchItemFailures"]]
