"""Style and script of the public pages: one of each, named by its content and so kept for good. Their icon
stands in them: a request of its own would be one in five.
"""

import hashlib
from functools import cache
from pathlib import Path
from urllib.parse import quote

FOLDER = "site"
_SOURCES = Path(__file__).with_name("site")
_CLIENT = Path(__file__).parents[1] / "web"  # both look alike
_TOKENS, _ICON = _CLIENT / "src/styles/tokens.css", _CLIENT / "public/icon.svg"


@cache
def files() -> dict[str, bytes]:
    """By their paths on the site. Pages that were rendered with former ones still find them."""
    style = _TOKENS.read_bytes() + (_SOURCES / "page.css").read_bytes()
    script = (_SOURCES / "page.js").read_bytes()
    return {_named(style, "css"): style, _named(script, "js"): script}


def environment() -> dict[str, str]:
    """How the renderer knows them."""
    style, script = files()
    return {"PAGE_STYLE": f"/{style}", "PAGE_SCRIPT": f"/{script}", "PAGE_ICON": _icon()}


def _icon() -> str:
    """As an address for HTML."""
    drawing = _ICON.read_text().strip().replace('"', "'")
    return f"data:image/svg+xml,{quote(drawing, safe=" /:='.-")}"


def write(directory: Path) -> None:
    for path, content in files().items():
        (directory / path).parent.mkdir(parents=True, exist_ok=True)
        (directory / path).write_bytes(content)


def _named(content: bytes, kind: str) -> str:
    return f"{FOLDER}/page-{hashlib.sha256(content).hexdigest()[:12]}.{kind}"
