"""GET /v1/things/{thing}

An imaginary route, to see all that can become of a request.
"""

import json
from collections.abc import Callable
from typing import Any

import pytest

from core.errors import Answered, AppError, Moved, NotFound, TooMany, Unexpected
from core.http import Reply, endpoint
from core.request import Body, Query, Viewer
from core.shapes import Shape
from tests.cloud import Answer, call
from tests.output import Output

REFUSALS = [each for each in AppError.__subclasses__() if each is not Unexpected]
SECRET = "hunter2"

pytestmark = pytest.mark.usefixtures("empty_table")


class Thing(Shape):
    name: str


class Versioned(Thing):
    version: int


def answer(does: Callable[[], Any], **request: Any) -> Answer:
    """What a route answers whose handler does this."""

    @endpoint()
    def handler(viewer: Viewer) -> Any:  # noqa: ARG001
        return does()

    return call(handler, **({"thing": "1"} | request))


def failing(error: Exception) -> Callable[[], Any]:
    def fail() -> None:
        raise error

    return fail


def a_thing() -> Thing:
    return Thing(name="x")


def test_an_answer_is_json_with_an_etag() -> None:
    answered = answer(a_thing)

    assert (answered.status, answered.json) == (200, {"name": "x"})
    assert answered.headers["content-type"] == "application/json"
    assert len(answered.headers["etag"]) == 18


def test_an_etag_begins_with_the_version_where_there_is_one() -> None:
    assert answer(lambda: Versioned(name="x", version=12)).headers["etag"].startswith('"12-')


def test_visitors_answers_are_cached_and_members_are_not() -> None:
    assert answer(a_thing, public=True).headers["cache-control"] == "public, max-age=60"
    assert answer(a_thing, user="me").headers["cache-control"] == "private, no-store"
    assert answer(a_thing).headers["cache-control"] == "private, no-store"


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', '{}, "other"'])
def test_what_the_caller_has_is_not_sent_again(form: str) -> None:
    etag = answer(a_thing, public=True).headers["etag"]

    again = answer(a_thing, public=True, headers={"If-None-Match": form.format(etag)})

    assert (again.status, again.json) == (304, None)
    assert (again.headers["etag"], again.headers["cache-control"]) == (etag, "public, max-age=60")


def test_another_thing_is_sent() -> None:
    etag = answer(a_thing).headers["etag"]

    assert answer(lambda: Thing(name="y"), headers={"If-None-Match": etag}).status == 200
    assert answer(a_thing, headers={"If-None-Match": etag.strip('"')[:8]}).status == 200


def test_nothing_to_say_is_204() -> None:
    answered = answer(lambda: None)

    assert (answered.status, answered.json, answered.headers) == (204, None, {"cache-control": "no-store"})


def test_a_reply_can_have_more_than_a_body() -> None:
    answered = answer(lambda: Reply(a_thing(), 202, {"x-more": "1"}, ("a=b; Secure",)))

    assert (answered.status, answered.headers["x-more"], answered.cookies) == (202, "1", ["a=b; Secure"])


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda each: each.__name__)
def test_every_refusal_is_a_problem_document_that_nobody_keeps(refusal: type[AppError]) -> None:
    answered = answer(failing(refusal("Not so.", {"pointer": "/a", "detail": "b"})), public=True)

    assert answered.status == refusal.status
    assert answered.headers == {"content-type": "application/problem+json", "cache-control": "no-store"}
    assert answered.json == {
        "type": f"/docs#{refusal.code}",
        "title": refusal.title,
        "status": refusal.status,
        "detail": "Not so.",
        "errors": [{"pointer": "/a", "detail": "b"}],
    }


def test_a_refusal_can_say_when_to_come_again() -> None:
    answered = answer(failing(TooMany("Wait.", headers={"retry-after": "60"})))

    assert (answered.status, answered.headers["retry-after"]) == (429, "60")


@pytest.mark.parametrize("public", [False, True])
def test_what_has_moved_is_at_the_same_door_with_the_same_question(public: bool) -> None:
    @endpoint()
    def handler(question: Query[Thing]) -> None:  # noqa: ARG001
        raise Moved(thing="2")

    moved = call(handler, query={"name": "a/b c"}, public=public, thing="1")

    door = "/v1/public/things/2" if public else "/v1/things/2"
    assert (moved.status, moved.headers["cache-control"]) == (308, "no-store")
    assert moved.headers["location"] == f"{door}?name=a%2Fb+c"


def test_what_has_moved_without_a_question_has_no_question_mark() -> None:
    assert answer(failing(Moved(thing="2"))).headers["location"] == "/v1/things/2"


def test_a_repeat_is_answered_as_the_first_was() -> None:
    first = answer(lambda: Versioned(name="x", version=12))

    again = answer(failing(Answered(200, '{"name":"x","version":12}')))

    assert again == first


@pytest.mark.parametrize("error", [RuntimeError(SECRET), KeyError(SECRET), RecursionError(SECRET)])
def test_what_we_did_not_foresee_is_answered_without_its_text(error: Exception, output: Output) -> None:
    answered = answer(failing(error), public=True)

    assert (answered.status, answered.json["type"]) == (500, "/docs#unexpected")
    assert "test" in answered.json["detail"]  # the request's id
    assert SECRET not in json.dumps(answered)
    assert "Traceback" not in json.dumps(answered)
    assert answered.headers["cache-control"] == "no-store"
    assert output.logged


def test_what_we_did_not_foresee_is_logged_once_with_its_trace(output: Output) -> None:
    answer(failing(RuntimeError("why")))

    failed, outcome = output.logged
    assert (failed["level"], failed["message"]) == ("ERROR", "failed")
    assert failed["exception"].startswith("Traceback")
    assert failed["exception"].endswith("RuntimeError: why")
    assert (outcome["message"], outcome["status"]) == ("GET /v1/things/{thing} 500", 500)


def test_a_body_that_cannot_be_written_is_our_fault_too() -> None:
    assert answer(lambda: Thing.model_construct(name=object())).status == 500  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("does", "status"), [(a_thing, 200), (failing(NotFound("no")), 404), (failing(Moved(thing="2")), 308)]
)
def test_each_request_is_one_line(does: Callable[[], Any], status: int, output: Output) -> None:
    answer(does, user="me")

    [line] = output.logged
    assert line["message"] == f"GET /v1/things/{{thing}} {status}"
    assert (line["level"], line["status"], line["member"], line["request"]) == ("INFO", status, "me", "test")
    assert line["milliseconds"] >= 0


@pytest.mark.parametrize(
    ("does", "refusals", "failures"),
    [(a_thing, 0, 0), (failing(NotFound("no")), 1, 0), (failing(RuntimeError("why")), 0, 1)],
)
def test_each_request_is_counted(
    does: Callable[[], Any], refusals: int, failures: int, output: Output
) -> None:
    answer(does)

    [metrics] = output.counted
    assert (metrics["Requests"], metrics["Refusals"], metrics["Failures"]) == ([1.0], [refusals], [failures])
    [declared] = metrics["_aws"]["CloudWatchMetrics"]
    assert declared["Namespace"] == "Polyfolio"
    assert {each["Name"] for each in declared["Metrics"]} == {"Requests", "Refusals", "Failures"}


def test_no_line_has_anything_of_a_body_a_header_a_question_or_a_path(output: Output) -> None:
    @endpoint(status=201)
    def handler(new: Body[Thing]) -> Thing:
        return new

    for body in (
        {"name": SECRET},
        {"name": 1, SECRET: SECRET},
        f'{{"{SECRET}',
        {"email": f"{SECRET}@example.org"},
    ):
        headers = {"authorization": f"Bearer {SECRET}", "cookie": SECRET, "idempotency-key": SECRET}
        for query in (None, {SECRET: SECRET}):
            call(handler, user="me", body=body, headers=headers, query=query, thing=SECRET)

    assert len(output.logged) == 8
    assert len(output.counted) == 8
    assert SECRET not in output.text


INJECTIONS = [
    '\r\n{"level":"INFO","message":"forged"}',
    '"}\n{"_aws":{"CloudWatchMetrics":[{"Namespace":"Polyfolio"}]},"Failures":0',
    "\x1b[2K\x1b[31mred",
    "\u2028\u2029\x85forged",
]


@pytest.mark.parametrize("injected", INJECTIONS)
def test_nothing_that_is_sent_makes_a_line_of_its_own(injected: str, output: Output) -> None:
    @endpoint()
    def handler(new: Body[Thing]) -> None:
        raise RuntimeError(new.name)

    user = injected.replace(":", "=")  # a colon would make a personal access token of it

    call(handler, user=user, body={"name": injected}, headers={"user-agent": injected}, thing=injected)

    assert (len(output.logged), len(output.counted)) == (2, 1)
    assert not set(output.text) & {"\r", "\x1b"}
    assert output.logged[1]["member"] == user
