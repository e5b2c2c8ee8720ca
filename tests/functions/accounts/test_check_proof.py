from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from accounts import check_proof, cognito
from core import tokens
from tests.functions.accounts.pool import challenge

ADA, EVE = "01ARZ3NDEKTSV4RRFFQ69G5FAV", "01ARZ3NDEKTSV4RRFFQ69G5FAW"


def asked(moment: str, **request: Any) -> dict[str, Any]:
    answer: dict[str, Any] = check_proof.handler(challenge(moment, ADA, **request), None)["response"]
    return answer


def until(seconds: int) -> int:
    return int((datetime.now(UTC) + timedelta(seconds=seconds)).timestamp())


@pytest.mark.parametrize(
    ("answer", "right"),
    [
        (lambda: cognito._proof(ADA, until(60)), True),
        (lambda: cognito._proof(ADA, until(-2)), False),
        (lambda: cognito._proof(EVE, until(60)), False),
        (lambda: tokens.sign("waitlist", f"{ADA} {until(60)}"), False),
        (lambda: f"{ADA} {until(60)}", False),
        (lambda: "", False),
        (lambda: None, False),
    ],
    ids=["ours", "old", "another's", "for something else", "not signed", "empty", "none"],
)
def test_the_answer_is_what_we_alone_can_make(answer: Any, right: bool) -> None:
    assert asked("VerifyAuthChallengeResponse", challengeAnswer=answer())["answerCorrect"] is right


def test_there_is_one_question() -> None:
    first = asked("DefineAuthChallenge", session=[])

    assert (first["challengeName"], first["issueTokens"]) == ("CUSTOM_CHALLENGE", False)
    assert asked("CreateAuthChallenge", session=[])["publicChallengeParameters"] == {}


@pytest.mark.parametrize(
    "rounds",
    [
        [("CUSTOM_CHALLENGE", False)],
        [("SRP_A", True)],
        [("PASSWORD_VERIFIER", True)],
        [("SRP_A", True), ("CUSTOM_CHALLENGE", True)],
        [("CUSTOM_CHALLENGE", False), ("CUSTOM_CHALLENGE", True)],
        [("CUSTOM_CHALLENGE", None)],
    ],
)
def test_all_but_one_right_answer_is_the_end(rounds: list[tuple[str, bool]]) -> None:
    """The pool tells of its own steps as rounds that were passed: SRP_A is one, and proves nothing."""
    session = [{"challengeName": name, "challengeResult": passed} for name, passed in rounds]

    answer = asked("DefineAuthChallenge", session=session)

    assert (answer["issueTokens"], answer["failAuthentication"]) == (False, True)


def test_one_right_answer_gives_tokens() -> None:
    session = [{"challengeName": "CUSTOM_CHALLENGE", "challengeResult": True}]

    assert asked("DefineAuthChallenge", session=session)["issueTokens"] is True
