import pytest

from accounts.agents import family

_MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/"
_WEBKIT = "537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"


@pytest.mark.parametrize(
    ("agent", "known"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        (f"{_MAC}{_WEBKIT}", "Chrome on macOS"),
        (f"{_MAC}{_WEBKIT} Edg/140.0.0.0", "Edge on macOS"),
        (f"{_MAC}605.1.15 (KHTML, like Gecko) Version/19.0 Safari/605.1.15", "Safari on macOS"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
            " CriOS/140.0 Mobile/15E148 Safari/604.1",
            "Chrome on iPhone",
        ),
        ("Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 Chrome/140.0", "Chrome on Android"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64)", "A browser on Windows"),
        ("Mozilla/5.0", "A browser"),
        ("curl/8.9.1", "curl"),
        ("python-httpx/0.28.1", "python-httpx"),
        ("Polyfolio", "Polyfolio"),
        ("<script>alert(1)</script>", "Unknown"),
        ("x" * 500, "Unknown"),
        ("", "Unknown"),
    ],
)
def test_tells_the_family_and_no_version(agent: str, known: str) -> None:
    assert family(agent) == known
