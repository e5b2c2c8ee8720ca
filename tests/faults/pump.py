"""A queue and its function, by the rules of SQS and Lambda: in batches, in any order, more than once.

What a batch reports as failed comes again; when the function dies, the whole batch does.
"""

import json
import random
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any, NamedTuple

from tests.cloud import Handler
from tests.functions.timeline.acting import EFFECTS


class Killed(BaseException):
    """The process is gone: at its timeout, or with its machine."""


class Message(NamedTuple):
    id: str
    body: str

    def record(self) -> dict[str, str]:
        return {"messageId": self.id, "body": self.body}


def message(number: int, highlight_id: str) -> Message:
    detail = {"highlight_id": highlight_id, "version": 1 + number % 3}
    return Message(f"m{number}", json.dumps({"detail-type": "HighlightChanged", "detail": detail}))


type Trouble = Callable[[], AbstractContextManager[None]]


class Pump:
    """In `trouble` the function runs: faults can come in there."""

    def __init__(self, effect: Handler, dice: random.Random, trouble: Trouble = nullcontext) -> None:
        self._effect, self._dice, self._trouble = effect, dice, trouble
        self._waiting: list[Message] = []
        self._number = 0

    def tell(self, highlight_id: str, copies: int = 1) -> None:
        self._number += 1
        self._waiting += [message(self._number, highlight_id)] * copies

    def deliver_some(self) -> None:
        self._dice.shuffle(self._waiting)
        for _ in range(self._dice.randint(0, 3)):
            self._deliver()

    def deliver_all(self) -> None:
        self._dice.shuffle(self._waiting)
        while self._waiting:
            self._deliver()

    def _deliver(self) -> None:
        size = self._dice.randint(1, 10)
        batch, self._waiting = self._waiting[:size], self._waiting[size:]
        try:
            with self._trouble():
                failed = deliver(self._effect, batch)
        except Killed:
            self._waiting += batch
            return
        self._waiting += [each for each in batch if each.id in failed]


def pumps(dice: random.Random, trouble: Trouble = nullcontext) -> list[Pump]:
    """One for each effect, since each has its own queue."""
    return [Pump(effect, dice, trouble) for effect in EFFECTS]


def deliver(effect: Handler, batch: list[Message]) -> list[str]:
    """The messages that it says have failed."""
    answer: dict[str, Any] = effect({"Records": [each.record() for each in batch]}, None)
    return [each["itemIdentifier"] for each in answer["batchItemFailures"]]
