"""POST /v1/things/{thing}

An imaginary route, to ask for all that a handler can ask for.
"""

import base64
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import pytest
from pydantic import Field, RootModel

from core import standing, table
from core.clock import new_id
from core.errors import (
    AppError,
    Changed,
    Forbidden,
    Invalid,
    Malformed,
    NotFound,
    NotJson,
    TooLarge,
    Unauthenticated,
)
from core.request import (
    MAX_BODY_BYTES,
    Bearer,
    Body,
    Caller,
    Cookies,
    IfMatch,
    InPerson,
    Now,
    Path,
    Query,
    Viewer,
    arguments,
)
from core.shapes import Paged, Shape
from tests import cloud
from tests.attacks import corpus

type Function = Callable[..., None]

pytestmark = pytest.mark.usefixtures("empty_table")


class Anything(RootModel[Any]):
    """What was parsed, as it is."""


class Part(Shape):
    size: int


class Thing(Shape):
    name: str
    parts: list[Part] = []


class Filter(Paged):
    name: str = ""
    tag: Annotated[list[str], Field(max_length=2)] = []


def takes_anything(body: Body[Anything]) -> None: ...
def takes_a_thing(body: Body[Thing]) -> None: ...
def takes_a_query(query: Query[Filter]) -> None: ...
def takes_a_path(thing: Path) -> None: ...
def takes_a_caller(me: Caller) -> None: ...
def takes_a_viewer(viewer: Viewer) -> None: ...
def takes_a_version(seen: IfMatch) -> None: ...
def takes_cookies(cookies: Cookies) -> None: ...
def takes_the_time(now: Now) -> None: ...
def takes_nothing() -> None: ...


def event_for(function: Function, **changes: Any) -> dict[str, Any]:
    """A request to it; `changes` of what tests/cloud.py makes of one, or of the event itself."""
    vars(function)["__wrapped__"] = function
    usual = {
        "user": None,
        "body": None,
        "query": None,
        "headers": None,
        "public": False,
        "path": {"thing": "1"},
    }
    asked_for = usual | {name: value for name, value in changes.items() if name in usual}
    made = cloud.event(function, **asked_for)  # type: ignore[arg-type]
    return made | {name: value for name, value in changes.items() if name not in usual}


def asked(function: Function, **changes: Any) -> Any:
    """What the function gets of this request."""
    return next(iter(arguments(function, event_for(function, **changes), 200).values()), None)


def refusal(function: Function, **changes: Any) -> AppError:
    with pytest.raises(AppError) as refused:
        asked(function, **changes)
    return refused.value


def pointers(function: Function, **changes: Any) -> list[str]:
    refused = refusal(function, **changes)
    assert isinstance(refused, Invalid)
    return [each["pointer"] for each in refused.errors]


def parsed(document: str) -> Any:
    return asked(takes_anything, body=document).root


def documents() -> list[tuple[str, str]]:
    lines = corpus("json/*.jsonl").read_text().splitlines()
    entries = map(json.loads, lines)
    return [(each["name"], base64.b64decode(each["b64"]).decode(errors="replace")) for each in entries]


def test_a_body_is_what_was_sent() -> None:
    assert asked(takes_a_thing, body={"name": " x ", "parts": [{"size": 1}]}) == Thing(
        name="x", parts=[Part(size=1)]
    )


def test_all_good_json_of_the_corpus_is_parsed() -> None:
    good = [each for each in documents() if each[0].startswith("y_")]

    assert good
    for name, document in good:
        assert parsed(document) == json.loads(document), name


def test_all_bad_json_of_the_corpus_is_malformed() -> None:
    bad = [each for each in documents() if each[0].startswith("n_") and each[1]]

    assert bad
    for name, document in bad:
        assert isinstance(refusal(takes_anything, body=document), Malformed), name


def test_the_json_on_which_parsers_differ_is_parsed_or_malformed() -> None:
    for name, document in documents():
        try:
            parsed(document)
        except AppError as refused:
            assert isinstance(refused, Malformed), name  # noqa: PT017 - it may as well be parsed


@pytest.mark.parametrize(
    "document",
    [
        *("{", "NaN", "[Infinity]", "-Infinity", "[1,]", "{'a':1}", "\ufeff{}", "\x00", " ", "nul"),
        *("[" * 100_000, '{"a":' * 50_000, "[" * 300 + "]" * 300, "9" * 5000),
        *('"\\ud800"', '"\\udc00\\ud800"', '"\ud800"', '"a\nb"', '"\\x41"'),
    ],
    ids=lambda document: ascii(document[:12]),
)
def test_what_is_no_json_is_malformed(document: str) -> None:
    refused = refusal(takes_anything, body=document)

    assert isinstance(refused, Malformed)
    assert len(refused.detail) < 200


def test_of_two_equal_names_the_last_counts() -> None:
    assert parsed('{"a": 1, "a": 2}') == {"a": 2}


def test_an_escaped_pair_of_surrogates_is_one_character() -> None:
    assert parsed('"\\ud83d\\ude00"') == "😀"


@pytest.mark.parametrize(
    "kind",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "application/jsonp",
        "",
        "*/*",
    ],
)
def test_only_json_is_taken(kind: str) -> None:
    assert isinstance(refusal(takes_a_thing, body={"name": "x"}, headers={"Content-Type": kind}), NotJson)


@pytest.mark.parametrize(
    "kind", ["application/json; charset=utf-8", "APPLICATION/JSON", " application/json "]
)
def test_json_is_json_however_it_is_called(kind: str) -> None:
    assert asked(takes_a_thing, body={"name": "x"}, headers={"Content-Type": kind}).name == "x"


def test_a_body_without_a_type_is_not_taken() -> None:
    event = event_for(takes_a_thing, body={"name": "x"})
    del event["headers"]["content-type"]

    with pytest.raises(NotJson):
        arguments(takes_a_thing, event, 200)


def test_bytes_are_not_taken_for_text() -> None:
    encoded = base64.b64encode(b'{"name": "x"}').decode()

    assert isinstance(refusal(takes_a_thing, body=encoded, isBase64Encoded=True), NotJson)


@pytest.mark.parametrize("char", ["x", "ü", "😀"])
def test_a_body_has_a_cap_in_bytes(char: str) -> None:
    most = (MAX_BODY_BYTES - 2) // len(char.encode())
    document = '"' + char * most + '"'
    document += " " * (MAX_BODY_BYTES - len(document.encode()))

    assert len(parsed(document)) == most
    assert isinstance(refusal(takes_anything, body=document + " "), TooLarge)


def test_no_body_is_an_empty_one() -> None:
    assert pointers(takes_a_thing) == ["/name"]
    assert pointers(takes_a_thing, body="") == ["/name"]


@pytest.mark.parametrize("document", ["null", "[]", "1", '"name"', "true", '[{"name":"x"}]'])
def test_a_body_that_is_no_object_is_refused_as_a_whole(document: str) -> None:
    assert pointers(takes_a_thing, body=document) == [""]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"name": "x", "owner": "eve"}, "/owner"),
        ({"name": "x", "parts": [{"size": 1}, {"size": "big"}]}, "/parts/1/size"),
        ({"name": "x", "parts": [{"size": 1, "a/b~c": 0}]}, "/parts/0/a~1b~0c"),
        ({"name": "x", "~1": 0}, "/~01"),
        ({"name": "x", "": 0}, "/"),
        ({"name": "x", "__proto__": {}}, "/__proto__"),
        ({"name": ["x"]}, "/name"),
        ({"name": {"x": 1}}, "/name"),
        ({"name": None}, "/name"),
    ],
)
def test_a_pointer_leads_to_the_fault(body: object, pointer: str) -> None:
    assert pointers(takes_a_thing, body=body) == [pointer]


def test_all_faults_are_named_without_what_was_sent() -> None:
    refused = refusal(takes_a_thing, body={"parts": [{"size": "hunter2"}, {"seize": 1}]})

    named = [each["pointer"] for each in refused.errors]
    assert named == ["/name", "/parts/0/size", "/parts/1/size", "/parts/1/seize"]
    assert "hunter2" not in json.dumps(refused.problem())


def test_as_many_unknown_fields_as_fit_make_an_answer_that_lambda_can_give() -> None:
    body = {f"{number:x}": 0 for number in range(25_000)}

    refused = refusal(takes_a_thing, body=body)

    assert len(json.dumps(refused.problem())) < 6_000_000


def test_a_query_is_read_by_its_types() -> None:
    query = asked(takes_a_query, query={"limit": "5", "name": "a+b c&d", "tag": ["x", "y"]})

    assert query == Filter(limit=5, name="a+b c&d", tag=["x", "y"])
    assert asked(takes_a_query, query={"tag": "x"}).tag == ["x"]
    assert asked(takes_a_query) == Filter()


@pytest.mark.parametrize(
    ("raw", "pointer"),
    [
        ("limit=1&limit=2", "/limit"),
        ("name=a&name=b", "/name"),
        ("limit=0", "/limit"),
        ("limit=101", "/limit"),
        ("limit=-1", "/limit"),
        ("limit=1e9", "/limit"),
        ("limit=" + "9" * 5000, "/limit"),
        ("limit=", "/limit"),
        ("limit", "/limit"),
        ("limit=5%00", "/limit"),
        ("after=" + "x" * 1025, "/after"),
        ("tag=a&tag=b&tag=c", "/tag"),
        ("page=2", "/page"),
        ("LIMIT=2", "/LIMIT"),
        ("a%2Fb=", "/a~1b"),
        ("=1", "/"),
        ("limit=1;name=x", "/limit"),
    ],
)
def test_a_bad_query_names_the_parameter(raw: str, pointer: str) -> None:
    assert pointers(takes_a_query, rawQueryString=raw) == [pointer]


def test_a_query_in_a_broken_encoding_is_text_all_the_same() -> None:
    assert asked(takes_a_query, rawQueryString="name=%ff%zz").name == "\ufffd%zz"


@pytest.mark.parametrize("function", [takes_nothing, takes_a_path, takes_a_caller])
def test_a_route_without_a_query_takes_none(function: Function) -> None:
    assert pointers(function, user="me", rawQueryString="x=1&y=2") == ["/x", "/y"]
    assert pointers(function, user="me", rawQueryString="x") == ["/x"]


def test_a_step_of_the_path_has_a_cap() -> None:
    assert asked(takes_a_path, path={"thing": "x" * 200}) == "x" * 200
    assert isinstance(refusal(takes_a_path, path={"thing": "x" * 201}), NotFound)


def test_the_caller_is_whose_access_token_it_is() -> None:
    assert asked(takes_a_caller, user="me") == Caller("me")
    assert asked(takes_a_viewer, user="me") == Caller("me")
    assert asked(takes_a_viewer) is None


@pytest.mark.parametrize("function", [takes_a_caller, takes_a_viewer])
@pytest.mark.parametrize("use", ["id", "refresh", "", None])
def test_only_an_access_token_says_who_is_calling(function: Function, use: str | None) -> None:
    claims = {"sub": "me", "username": "me", "cognito:username": "me", "token_use": use}
    context = {"authorizer": {"jwt": {"claims": claims}}}

    assert isinstance(refusal(function, requestContext=context), Forbidden)


def test_a_route_that_should_have_an_authorizer_fails_closed() -> None:
    with pytest.raises(RuntimeError):
        asked(takes_a_caller)


@pytest.mark.parametrize(
    ("header", "version"),
    [
        ('"3-abc"', 3),
        ('W/"3-abc"', 3),
        (' "3-abc" ', 3),
        ('"3"', 3),
        ("3-abc", 3),
        ("*", None),
        (None, None),
        *(
            (junk, -1)
            for junk in ("", '""', '"abc"', '"-3"', '"+3-a"', '" 3"', '"3 -a"', "W/", '"3.0-a"', '"0x3"')
        ),
        *((junk, -1) for junk in ('"٣-abc"', '"³-abc"', '"' + "9" * 5000 + '"', '"1_000-a"', "null")),
    ],
)
def test_the_version_that_was_seen_is_read_from_its_etag(header: str | None, version: int | None) -> None:
    headers = {} if header is None else {"If-Match": header}

    assert asked(takes_a_version, headers=headers) == IfMatch(version)


def test_a_version_that_is_not_the_current_one_has_changed() -> None:
    IfMatch(3).check(3)
    IfMatch(None).check(3)

    for seen in (2, 4, -1):
        with pytest.raises(Changed):
            IfMatch(seen).check(3)


@pytest.mark.parametrize(
    "sent",
    [
        {"cookies": ["theme=dark", "__Secure-refresh=a=b"]},
        {"headers": {"cookie": "theme=dark; __Secure-refresh=a=b"}},
        {"headers": {"cookie": "theme=dark;;__Secure-refresh=a=b ; junk"}},
    ],
)
def test_cookies_are_read_wherever_the_gateway_puts_them(sent: dict[str, Any]) -> None:
    cookies = asked(takes_cookies, **sent)

    assert (cookies["theme"], cookies["__Secure-refresh"]) == ("dark", "a=b")


def test_no_cookies_are_none() -> None:
    assert asked(takes_cookies).get("__Secure-refresh") is None


def test_the_time_is_now_in_utc() -> None:
    now = asked(takes_the_time)

    assert now.tzinfo is UTC
    assert abs(now - datetime.now(UTC)) < timedelta(seconds=5)


def test_a_token_that_ended_before_its_time_is_refused_whatever_the_handler_asks_for() -> None:
    member = new_id()
    table.write(standing.ended(member, datetime.now(UTC) + timedelta(seconds=2)))

    for function in (takes_a_caller, takes_a_viewer, takes_nothing):
        assert isinstance(refusal(function, user=member), Unauthenticated)
    assert asked(takes_a_caller, user="somebody-else") == Caller("somebody-else")


@pytest.mark.parametrize(
    ("method", "scopes", "allowed"),
    [
        ("GET", "read", True),
        ("GET", "write", False),
        ("POST", "read", False),
        ("DELETE", "read", False),
        ("PATCH", "write", True),
        ("PUT", "read+write", True),
        ("GET", "read+write", True),
        ("GET", "", False),
        ("GET", "reads", False),
    ],
)
def test_the_scopes_of_a_personal_access_token_allow_methods(method: str, scopes: str, allowed: bool) -> None:
    event = event_for(takes_a_caller, user=f"me:01TOKEN:{scopes}")
    event["requestContext"]["http"]["method"] = method

    if allowed:
        assert arguments(takes_a_caller, event, 200)["me"] == Caller("me")
    else:
        with pytest.raises(Forbidden):
            arguments(takes_a_caller, event, 200)


def takes_somebody_in_person(me: InPerson) -> None: ...
def takes_a_bearer(bearer: Bearer) -> None: ...


def test_what_is_done_in_person_takes_no_personal_access_token() -> None:
    assert asked(takes_somebody_in_person, user="me") == InPerson("me")
    assert isinstance(refusal(takes_somebody_in_person, user="me:01TOKEN:read+write"), Forbidden)


def test_a_personal_access_token_ends_for_itself() -> None:
    member = new_id()
    table.write(standing.ended(member, datetime.now(UTC) + timedelta(seconds=2), session="01TOKEN"))

    ended = refusal(takes_a_caller, user=f"{member}:01TOKEN:read+write")

    assert isinstance(ended, Unauthenticated)
    assert asked(takes_a_caller, user=f"{member}:01OTHER:read+write") == Caller(member)
    assert asked(takes_a_caller, user=member) == Caller(member)


def test_the_bearer_says_which_session_and_since_when() -> None:
    claims = {"username": "me", "token_use": "access", "origin_jti": "s-1", "auth_time": "1795550000"}
    event = event_for(takes_a_bearer, user="me")
    event["requestContext"]["authorizer"]["jwt"]["claims"] = claims

    found = arguments(takes_a_bearer, event, 200)["bearer"]

    assert (found.member_id, found.session, found.signed_in_at) == ("me", "s-1", 1795550000)
    assert (found.token, found.scopes) == (None, None)
    with pytest.raises(RuntimeError):
        asked(takes_a_bearer)
