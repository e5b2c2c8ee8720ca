"""Cognito's custom authentication: whoever we have recognised ourselves needs no password.

One function for the three moments at which the pool asks, so that a sign-in waits for one start and not for
three. Events: docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-challenge.html
"""

from typing import Any

from accounts import cognito
from core import clock

_OURS = "CUSTOM_CHALLENGE"


def handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Anybody may begin it at the pool itself: all hangs on the answer, which we alone can make."""
    request, response = event["request"], event["response"]
    match event["triggerSource"].partition("_")[0]:
        case "DefineAuthChallenge":
            response |= _next(request.get("session") or [])
        case "CreateAuthChallenge":
            response |= {"publicChallengeParameters": {}, "privateChallengeParameters": {"by": "proof"}}
        case "VerifyAuthChallengeResponse":
            answer = str(request.get("challengeAnswer"))
            response["answerCorrect"] = cognito.is_proof(answer, event["userName"], clock.now())
    return event


def _next(rounds: list[dict[str, Any]]) -> dict[str, Any]:
    """One question and one answer. The pool counts its own steps as rounds too, and calls them passed."""
    if not rounds:
        return {"challengeName": _OURS, "issueTokens": False, "failAuthentication": False}
    [*before, last] = rounds
    passed = not before and last["challengeName"] == _OURS and last["challengeResult"] is True
    return {"issueTokens": passed, "failAuthentication": not passed}
