import json
import socket
import time
from ipaddress import ip_address
from typing import Any

import pytest

from core import outside
from core.outside import FetchFailed, addresses, is_outside, target
from tests.attacks import corpus

PUBLIC = [ip_address("93.184.215.14")]


def attacks(verdict: str) -> list[str]:
    listed = json.loads(corpus("ssrf/ssrf-urls.json").read_text())["static"]
    return [each["url"] for each in listed if each["verdict"] == verdict]


def refusal(address: str) -> str | None:
    """The code of the refusal; None: it would be connected to."""
    try:
        addresses(target(address), seconds=2)
    except FetchFailed as failed:
        return failed.code
    return None


def test_every_attack_is_refused_for_what_it_leads_to() -> None:
    """As the system resolves them: decimal, octal, circled, mapped and translated inner addresses."""
    codes = {address: refusal(address) for address in attacks("block")}

    assert len(codes) > 60
    assert [address for address, code in codes.items() if code is None] == []
    assert [address for address, code in codes.items() if code == "name"] in ([], ["http://foo.localhost/"])


def test_the_public_web_is_not_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside, "look_up", lambda *_: PUBLIC)

    controls = attacks("allow") + attacks("allow-encoded")

    assert len(controls) > 5
    assert [refusal(address) for address in controls] == [None] * len(controls)


def test_an_encoded_line_end_stays_encoded() -> None:
    assert target("http://example.com/%0d%0aX-Evil:1").path == "/%0d%0aX-Evil:1"


@pytest.mark.parametrize(
    "inner",
    [
        "0.0.0.0",  # noqa: S104
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1", "169.254.169.254"),
        *("192.88.99.1", "198.18.0.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255"),
        *("::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::a9fe:a9fe"),
        *("64:ff9b:1::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "3fff::1", "fc00::1", "fd00:ec2::254"),
        *("fe80::1", "fe80::1%2", "fec0::1", "ff02::1", "100::1", "2606:2800:220::1%1"),
    ],
)
def test_inner_addresses_are_not_outside(inner: str) -> None:
    assert not is_outside(ip_address(inner))


@pytest.mark.parametrize("outer", ["1.1.1.1", "93.184.215.14", "2606:2800:220:1:248:1893:25c8:1946"])
def test_public_addresses_are_outside(outer: str) -> None:
    assert is_outside(ip_address(outer))


@pytest.mark.parametrize(
    "answer",
    [
        ["93.184.215.14", "10.0.0.1"],
        ["10.0.0.1", "93.184.215.14"],
        ["93.184.215.14", "::1"],
        ["2606:2800:220:1:248:1893:25c8:1946", "127.0.0.1"],
        ["127.0.0.1"],  # a CNAME to localhost looks so
        [],
    ],
)
def test_one_inner_address_among_public_ones_is_enough_to_refuse(
    answer: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outside, "look_up", lambda *_: [ip_address(each) for each in answer])

    assert refusal("https://example.com/") == "private"


def test_names_that_are_not_found_may_be_later(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any) -> None:
        raise socket.gaierror

    monkeypatch.setattr(outside, "look_up", fails)

    with pytest.raises(FetchFailed, match="There is no server by the name") as failed:
        addresses(target("https://example.com/"), 1)

    assert failed.value.is_passing


def test_a_label_that_no_name_can_have_is_not_found() -> None:
    assert refusal(f"https://{'a' * 70}.example.com/") in ("name", "address")


def test_a_slow_resolver_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside, "look_up", lambda *_: time.sleep(2))
    began = time.monotonic()

    with pytest.raises(FetchFailed) as failed:
        addresses(target("https://example.com/"), 0.1)

    assert failed.value.code == "timeout"
    assert time.monotonic() - began < 1


def test_only_named_ports_of_loopback_are_open_to_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FETCH_ALLOWED", "127.0.0.1:4841 evil.example:8080")

    assert refusal("http://127.0.0.1:4841/") is None
    assert refusal("http://127.0.0.1:4842/") == "port"
    assert refusal("http://127.0.0.1/") == "private"
    assert refusal("http://localhost:4841/") == "port"
    monkeypatch.setattr(outside, "look_up", lambda *_: PUBLIC)
    assert refusal("http://evil.example:8080/") == "private"


def test_too_long_an_address_is_refused() -> None:
    assert target("https://example.com/".ljust(outside.LONGEST, "a")).path.endswith("a")
    assert refusal("https://example.com/".ljust(outside.LONGEST + 1, "a")) == "address"


def test_addresses_are_read_as_browsers_read_them() -> None:
    """The whole corpus of the URL standard: the host and path that it says, or a refusal."""
    cases = [
        case for case in json.loads(corpus("url/urltestdata.json").read_text()) if isinstance(case, dict)
    ]
    absolute = [case for case in cases if case["base"] is None or case.get("failure")]
    read = {case["input"]: _read(case["input"]) for case in absolute}

    assert [case["input"] for case in absolute if case.get("failure") and case["base"] is None
            and read[case["input"]]] == []  # fmt: skip
    fit = [(found, case) for case in absolute if (found := read[case["input"]]) and "href" in case]
    assert len(fit) > 50
    for found, case in fit:
        path = case["pathname"] + (case["search"] or _empty_query(case["href"]))
        assert (found.host, found.path) == (case["hostname"].strip("[]"), path)


def _read(address: str) -> outside.Target | None:
    try:
        return target(address)
    except FetchFailed:
        return None


def _empty_query(href: str) -> str:
    return "?" if href.partition("#")[0].endswith("?") else ""
