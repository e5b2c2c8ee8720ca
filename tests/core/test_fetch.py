import gzip
import socket
import time
import tracemalloc
import zlib
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

from core import fetch as fetcher
from core import outside
from core.fetch import FetchFailed, fetch, post_form, post_json
from tests.certificates import Authority
from tests.web import Web, drip, page, redirect, reset

OK = "HTTP/1.1 200 Fine\r\n"
PUBLIC = ip_address("93.184.215.14")


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    monkeypatch.setenv("FETCH_CONTACT", "https://polyfolio.example/")
    with Web() as web:
        monkeypatch.setenv("FETCH_ALLOWED", web.place)
        yield web


@pytest.fixture
def canary() -> Iterator[Web]:
    """A server inside, such as a database or Lambda's runtime API: nobody may even connect to it."""
    with Web() as canary:
        yield canary
        assert canary.connections == 0


def failure(url: str, **how: Any) -> FetchFailed:
    with pytest.raises(FetchFailed) as failed:
        fetch(url, **how)
    assert failed.value.reason.endswith(".")
    return failed.value


def test_it_gets_what_is_there(web: Web) -> None:
    web.answers["/a"] = page(
        "Grüße", content_type="Text/HTML; charset=utf-8", etag='"1"', last_modified="then"
    )

    got = fetch(web.url("/a?b=%20c#d"))

    assert (got.status, got.body.decode(), got.is_whole) == (200, "Grüße", True)
    assert (got.content_type, got.etag, got.modified) == ("text/html", '"1"', "then")
    assert got.url == web.url("/a?b=%20c")
    assert web.asked[0].path == "/a?b=%20c"


def test_it_says_who_it_is_and_no_more(web: Web) -> None:
    fetch(web.url(), accept="text/html")

    assert web.asked[0].headers == {
        "host": web.place,
        "user-agent": "Polyfolio/1.0 (+https://polyfolio.example/)",
        "accept": "text/html",
        "accept-encoding": "gzip, deflate",
        "connection": "close",
    }


def test_any_status_is_an_answer(web: Web) -> None:
    web.answers["/gone"] = page("no more", status=410)

    assert fetch(web.url("/gone")).status == 410
    assert fetch(web.url("/missing")).status == 404


def test_it_asks_whether_it_has_changed(web: Web) -> None:
    web.answers["/"] = page(status=304)

    assert fetch(web.url(), etag='"1"', modified="then").status == 304
    assert web.asked[0].headers["if-none-match"] == '"1"'
    assert web.asked[0].headers["if-modified-since"] == "then"


def test_validators_without_end_are_not_kept(web: Web) -> None:
    web.answers["/"] = page(etag="e" * 5000, last_modified="m" * 5000)

    got = fetch(web.url())

    assert (got.etag, got.modified) == ("", "")


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        ("1000000000", 86_400),
        ("9" * 400, 86_400),
        ("-1", None),
        ("soon", None),
        ("", None),
        ("²", None),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0),
        ("Wed, 21 Oct 2999 07:28:00 GMT", 86_400),
    ],
)
def test_retry_after_is_passed_on_where_it_makes_sense(said: str, seconds: int | None, web: Web) -> None:
    got = fetcher.Fetched(429, web.url(), {"retry-after": said}, b"", True, ())

    assert got.retry_after == seconds


def test_it_posts_forms(web: Web) -> None:
    web.answers["/hub"] = page(status=202)

    assert post_form(web.url("/hub"), {"hub.mode": "subscribe", "hub.topic": "a b"}).status == 202
    assert web.asked[0].body == b"hub.mode=subscribe&hub.topic=a+b"
    assert web.asked[0].headers["content-type"] == "application/x-www-form-urlencoded"


def test_posts_json_with_its_own_headers(web: Web) -> None:
    web.answers["/api"] = page(status=201)

    assert post_json(web.url("/api"), {"a": 1}, headers={"Authorization": "Bearer x"}).status == 201
    [asked] = web.asked
    assert (asked.method, asked.body) == ("POST", b'{"a": 1}')
    assert asked.headers["content-type"] == "application/json"
    assert asked.headers["authorization"] == "Bearer x"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_it_does_not_carry_a_form_elsewhere(status: int, web: Web, canary: Web) -> None:
    web.answers["/hub"] = redirect(canary.url(), status)

    answer = post_form(web.url("/hub"), {"a": "b"})

    assert (answer.status, answer.headers["location"]) == (status, canary.url())
    assert len(web.asked) == 1


class TestRedirects:
    def test_are_followed_and_told(self, web: Web) -> None:
        web.answers |= {"/a": redirect("/b", 301), "/b": redirect(web.url("/c"), 308), "/c": page("here")}

        got = fetch(web.url("/a"))

        assert (got.body, got.url, got.moved_to) == (b"here", web.url("/c"), web.url("/c"))
        assert got.redirects == ((301, web.url("/b")), (308, web.url("/c")))

    def test_for_now_are_no_move(self, web: Web) -> None:
        web.answers |= {"/a": redirect("/b", 301), "/b": redirect("/c", 302), "/c": page("here")}

        assert fetch(web.url("/a")).moved_to is None
        assert fetch(web.url("/c")).moved_to is None

    def test_end_after_three(self, web: Web) -> None:
        web.answers |= {f"/{n}": redirect(f"/{n + 1}") for n in range(4)} | {"/4": page("here")}

        assert fetch(web.url("/1")).body == b"here"
        assert failure(web.url("/0")).code == "redirects"

    def test_in_a_circle_end(self, web: Web) -> None:
        web.answers["/a"] = redirect("/a", 301)

        assert failure(web.url("/a")).code == "redirects"
        assert len(web.asked) == 4

    @pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
    def test_do_not_lead_inside(self, status: int, web: Web, canary: Web) -> None:
        web.answers["/"] = redirect(canary.url("/2018-06-01/runtime/invocation/next"), status)

        assert failure(web.url()).code == "port"

    @pytest.mark.parametrize(
        "inside",
        [
            *(
                "http://169.254.169.254/latest/meta-data/",
                "//127.0.0.1/",
                "http://[::1]/",
                "http://2130706433/",
            ),
            *("http://0.0.0.0", "http://localhost/", "http:\\\\127.0.0.1\\", "http://[::ffff:7f00:1]/"),
            *(
                "file:///etc/passwd",
                "gopher://127.0.0.1/",
                "javascript:alert(1)",
                "http://a@127.0.0.1/",
                "http://",
            ),
        ],
    )
    def test_do_not_lead_to_what_would_be_refused(
        self, inside: str, web: Web, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        connected = spied(monkeypatch)
        web.answers["/"] = redirect(inside)

        assert failure(web.url()).code in ("private", "address")
        assert connected == [web.place]

    def test_inside_are_refused_after_a_public_one(self, web: Web, canary: Web) -> None:
        web.answers |= {"/a": redirect("/b"), "/b": redirect("/c"), "/c": redirect(canary.url())}

        assert failure(web.url("/a")).code == "port"

    def test_without_an_address_lead_nowhere(self, web: Web) -> None:
        web.answers["/"] = page(status=302)

        assert failure(web.url()).code == "redirects"

    def test_may_be_written_in_utf_8(self, web: Web) -> None:
        web.answers |= {"/": redirect("/größe"), "/gr%C3%B6%C3%9Fe": page("here")}

        assert fetch(web.url()).body == b"here"

    def test_carry_neither_cookies_nor_secrets_to_others(
        self, web: Web, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with Web() as other:
            monkeypatch.setenv("FETCH_ALLOWED", f"{web.place} {other.place}")
            web.answers["/a"] = page(status=302, location="/b", set_cookie="sid=1")
            web.answers["/b"] = redirect(other.url())

            got = fetch(web.url("/a"), headers={"Authorization": "Bearer x"})

            assert [each.headers.get("authorization") for each in web.asked] == ["Bearer x", "Bearer x"]
            assert "authorization" not in other.asked[0].headers
            assert not [each for each in [*web.asked, *other.asked] if "cookie" in each.headers]
            assert "set-cookie" not in got.headers


class TestNames:
    def test_that_change_their_mind_are_not_asked_again(
        self, web: Web, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Rebinding: public for whoever checks, inside for whoever connects."""
        answers = [[PUBLIC], [ip_address("127.0.0.1")]]
        monkeypatch.setattr(outside, "look_up", lambda *_: answers.pop(0))
        connected = spied(monkeypatch, leads_to=web)
        web.answers["/"] = page("public")

        assert fetch("http://rebinding.example/").body == b"public"
        assert connected == [f"{PUBLIC}:80"]
        assert web.asked[0].headers["host"] == "rebinding.example"
        assert failure("http://rebinding.example/").code == "private"
        assert len(connected) == 1

    def test_are_vetted_anew_at_each_redirect(self, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
        answers = [[PUBLIC], [PUBLIC, ip_address("10.0.0.1")]]
        monkeypatch.setattr(outside, "look_up", lambda *_: answers.pop(0))
        connected = spied(monkeypatch, leads_to=web)
        web.answers["/"] = redirect("/again")

        assert failure("http://rebinding.example/").code == "private"
        assert connected == [f"{PUBLIC}:80"]

    def test_with_a_dead_address_are_tried_at_the_next(
        self, web: Web, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        both = [ip_address("2606:2800:220:1:248:1893:25c8:1946"), PUBLIC]
        monkeypatch.setattr(outside, "look_up", lambda *_: both)
        connected = spied(monkeypatch, leads_to=web, dead=str(both[0]))
        web.answers["/"] = page("there")

        assert fetch("http://example.com/").body == b"there"
        assert connected == [f"{both[0]}:80", f"{PUBLIC}:80"]

    def test_that_nobody_answers_at_are_told(self, monkeypatch: pytest.MonkeyPatch, web: Web) -> None:
        monkeypatch.setattr(outside, "look_up", lambda *_: [PUBLIC])
        spied(monkeypatch, leads_to=web, dead=str(PUBLIC))

        unreachable = failure("https://example.com/")

        assert (unreachable.code, unreachable.is_passing) == ("unreachable", True)
        assert unreachable.reason == "example.com could not be reached."

    def test_are_not_asked_of_a_proxy(self, web: Web, canary: Web, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
            monkeypatch.setenv(name, canary.url())
        web.answers["/"] = page("direct")

        assert fetch(web.url()).body == b"direct"


def spied(monkeypatch: pytest.MonkeyPatch, leads_to: Web | None = None, dead: str = "") -> list[str]:
    """Every address that is connected to; all of them lead to one server."""
    real, connected = socket.create_connection, list[str]()

    def connect(address: tuple[str, int], timeout: float) -> socket.socket:
        connected.append(f"{address[0]}:{address[1]}")
        if address[0] == dead:
            raise OSError("Network is unreachable")
        return real(("127.0.0.1", leads_to.port) if leads_to else address, timeout)

    monkeypatch.setattr(socket, "create_connection", connect)
    return connected


@pytest.mark.usefixtures("web", "authority")
class TestCertificates:
    @pytest.fixture
    def authority(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Authority]:
        made = Authority(tmp_path)
        monkeypatch.setenv("SSL_CERT_FILE", str(made.roots))
        monkeypatch.setattr(outside, "look_up", lambda *_: [PUBLIC])
        fetcher._trust.cache_clear()
        yield made
        fetcher._trust.cache_clear()

    def test_are_of_the_name(self, authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
        asked: list[str | None] = []
        context = authority.server("example.com")
        context.set_servername_callback(lambda _, name, __: asked.append(name))
        with Web(tls=context) as web:
            web.answers["/"] = page("proved")
            connected = spied(monkeypatch, leads_to=web)

            assert fetch("https://example.com/").body == b"proved"
            assert connected == [f"{PUBLIC}:443"]
            assert asked == ["example.com"]

    def test_of_another_name_are_refused(self, authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
        with Web(tls=authority.server("example.org")) as web:
            spied(monkeypatch, leads_to=web)

            unproved = failure("https://example.com/")

            assert (unproved.code, unproved.is_passing) == ("certificate", False)
            assert not web.asked

    def test_of_unknown_authorities_are_refused(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "other").mkdir()
        with Web(tls=Authority(tmp_path / "other").server("example.com")) as web:
            spied(monkeypatch, leads_to=web)

            assert failure("https://example.com/").code == "certificate"

    def test_are_wanted_all_along(self, authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
        with Web(tls=authority.server("example.com")) as web:
            web.answers["/"] = redirect("http://example.com/")
            connected = spied(monkeypatch, leads_to=web)

            assert failure("https://example.com/").code == "downgrade"
            assert connected == [f"{PUBLIC}:443"]

    def test_that_never_come_are_not_waited_for(self, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
        """The other side accepts, and then says nothing, or one byte now and then."""
        monkeypatch.setattr(Web, "finish_request", lambda self, *_: self.over.wait(5))
        spied(monkeypatch, leads_to=web)

        assert timed(lambda: failure("https://example.com/", seconds=0.3).code) == "timeout"


def timed(work: Any, most: float = 1.5) -> Any:
    began = time.monotonic()
    result = work()
    assert time.monotonic() - began < most
    return result


class TestHostileServers:
    @pytest.mark.parametrize(
        ("before", "piece", "every"),
        [
            ("", "", 0.05),  # accepts and says nothing
            (OK, "x", 0.02),  # a header that never ends, byte by byte
            (OK, "x-more: y\r\n", 0.02),
            ("", "HTTP/1.1 100 Continue\r\n\r\n", 0.001),
            (OK + "content-length: 10000000\r\n\r\n", "x", 0.02),
            (OK + "content-length: 10000000\r\n\r\n", "", 0.05),
            (OK + "\r\n", "x", 0.02),
            (OK + "transfer-encoding: chunked\r\n\r\n", "1\r\nx\r\n", 0.02),
        ],
    )
    def test_end_by_the_deadline(self, before: str, piece: str, every: float, web: Web) -> None:
        web.answers["/"] = drip(before, piece, every)

        late = timed(lambda: failure(web.url(), seconds=0.3, max_bytes=20_000_000))

        assert (late.code, late.is_passing) == ("timeout", True)
        assert late.reason == "The server did not answer in 0.3 seconds."

    def test_have_one_deadline_over_all_redirects(self, web: Web) -> None:
        def slow(visit: Any) -> None:
            time.sleep(0.2)
            redirect("/")(visit)

        web.answers["/"] = slow

        assert timed(lambda: failure(web.url(), seconds=0.5).code) == "timeout"

    def test_cannot_send_without_end(self, web: Web) -> None:
        web.answers |= {
            "/length": page("x" * 100, length=10_000_000_000),
            "/chunked": drip(OK + "transfer-encoding: chunked\r\n\r\n", "ffff\r\n" + "x" * 65535 + "\r\n", 0),
            "/unending": drip(OK + "\r\n", "x" * 65536, 0),
        }

        assert failure(web.url("/chunked"), max_bytes=100_000, seconds=5).code == "too-large"
        assert failure(web.url("/unending"), max_bytes=100_000, seconds=5).code == "too-large"
        assert timed(lambda: failure(web.url("/length"), seconds=0.3).code) in ("timeout", "broken")

    def test_can_be_read_to_the_cap_only(self, web: Web) -> None:
        web.answers["/"] = drip(OK + "\r\n", "x" * 65536, 0)

        got = fetch(web.url(), max_bytes=100_000, cut=True)

        assert (len(got.body), got.is_whole) == (100_000, False)
        web.answers["/"] = page("x" * 100_000)
        assert fetch(web.url(), max_bytes=100_000).is_whole

    @pytest.mark.parametrize("encoding", ["gzip", "deflate", "gzip, gzip"])
    def test_cannot_unpack_beyond_the_cap(self, encoding: str, web: Web) -> None:
        packed = (
            zlib.compress(b"0" * 50_000_000, 9) if encoding == "deflate" else gzip.compress(b"0" * 50_000_000)
        )
        web.answers["/"] = page(
            gzip.compress(packed) if "," in encoding else packed, content_encoding=encoding
        )

        tracemalloc.start()
        assert failure(web.url(), max_bytes=1_000_000).code == "too-large"
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()

        assert peak < 6_000_000

    @pytest.mark.parametrize(
        ("encoding", "packed"),
        [
            ("gzip", gzip.compress(b"hello", mtime=0)),
            ("deflate", zlib.compress(b"hello")),
            ("identity", b"hello"),
        ],
        ids=["gzip", "deflate", "as it is"],
    )
    def test_may_pack_what_they_send(self, encoding: str, packed: bytes, web: Web) -> None:
        web.answers["/"] = page(packed, content_encoding=encoding)

        assert fetch(web.url()).body == b"hello"

    @pytest.mark.parametrize(
        "answer",
        [
            page(b"garbage", content_encoding="gzip"),
            page(b"hello", content_encoding="br"),
            page(b"hello", content_encoding=", ".join(["gzip"] * 50)),
            page(b"short", length=100),
            reset,
            lambda visit: visit.say("garbage\r\n\r\n"),
            lambda visit: visit.say("HTTP/1.1 999999999999 x\r\n\r\n"),
            lambda visit: visit.say("HTTP/1.1 103 Early\r\n\r\n"),
            lambda visit: visit.say(OK + "transfer-encoding: chunked\r\n\r\nzz\r\n"),
            lambda visit: visit.say(OK, "a: b\r\n" * 10_000, "\r\n"),
            lambda visit: visit.say(OK, "a: " + "b" * 1_000_000, "\r\n\r\n"),
            lambda visit: visit.say(""),
        ],
    )
    def test_that_talk_nonsense_are_not_understood(self, answer: Any, web: Web) -> None:
        web.answers["/"] = answer

        assert failure(web.url(), seconds=3).code == "broken"

    def test_cannot_fill_the_memory_with_headers(self, web: Web) -> None:
        web.answers["/"] = lambda visit: visit.say(
            OK, *[f"h{n}: {'x' * 60_000}\r\n" for n in range(99)], "\r\n"
        )

        assert failure(web.url(), seconds=3).code == "too-large"

    def test_that_send_more_than_they_say_are_read_as_they_say(self, web: Web) -> None:
        web.answers["/"] = page("hello and more", length=5)

        assert fetch(web.url()).body == b"hello"

    @pytest.mark.usefixtures("web")
    def test_that_stop_listening_are_unreachable(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with socket.create_server(("127.0.0.1", 0)) as unused:
            port = unused.getsockname()[1]
        monkeypatch.setenv("FETCH_ALLOWED", f"127.0.0.1:{port}")

        assert failure(f"http://127.0.0.1:{port}/").code == "unreachable"


def test_nothing_of_ours_can_be_slipped_into_a_request(web: Web) -> None:
    web.answers["/"] = page("fine")

    for name, value in [("x", "a\r\nhost: evil"), ("x\r\nhost", "evil")]:
        assert failure(web.url(), headers={name: value}).code == "broken"
    assert not web.asked
