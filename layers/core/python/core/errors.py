"""Refusals: each is an exception with the status it is answered with (RFC 9457 problem details)."""

from typing import Any, ClassVar


class AppError(Exception):
    """A refusal that a caller may read: `detail` is a sentence, `errors` name the fields."""

    status: ClassVar[int]
    code: ClassVar[str]
    title: ClassVar[str]

    def __init__(self, detail: str, *errors: dict[str, str], headers: dict[str, str] | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = errors
        self.headers = headers or {}

    def problem(self) -> dict[str, Any]:
        """The problem document. `type` resolves to the sentence about this code on the /docs page."""
        document = {
            "type": f"/docs#{self.code}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
        }
        return document | ({"errors": list(self.errors)} if self.errors else {})


class Malformed(AppError):
    status, code, title = 400, "malformed", "The request cannot be read"


class Unauthenticated(AppError):
    status, code, title = 401, "unauthenticated", "Who are you?"


class Forbidden(AppError):
    status, code, title = 403, "forbidden", "Not yours to do"


class NotFound(AppError):
    status, code, title = 404, "not-found", "Not there, or not for you to know of"


class Conflict(AppError):
    status, code, title = 409, "conflict", "In conflict with what is there"


class Changed(AppError):
    status, code, title = 412, "changed", "Changed meanwhile"


class TooLarge(AppError):
    status, code, title = 413, "too-large", "Too large"


class NotJson(AppError):
    status, code, title = 415, "not-json", "Send JSON"


class Invalid(AppError):
    status, code, title = 422, "invalid", "Some fields are not right"


class TooMany(AppError):
    status, code, title = 429, "too-many", "Too many requests"


class Unexpected(AppError):
    """Our fault. Says nothing of the cause: that stands in the log, under the request's id."""

    status, code, title = 500, "unexpected", "Something went wrong on our side"


class Unavailable(AppError):
    """Somebody else's fault, and passing."""

    status, code, title = 503, "unavailable", "Not to be had just now"


def field(name: str, detail: str) -> Invalid:
    """The refusal of one field of the body, for rules that no type can hold."""
    return Invalid("One field is not right.", {"pointer": f"/{name}", "detail": detail})


class Moved(Exception):
    """308: what was asked for stands at the same route with these path parameters now."""

    def __init__(self, **path: str) -> None:
        super().__init__(path)
        self.path = path


class Answered(Exception):
    """This request was carried out before; `body` is what it was answered."""

    def __init__(self, status: int, body: str) -> None:
        super().__init__(status)
        self.status, self.body = status, body
