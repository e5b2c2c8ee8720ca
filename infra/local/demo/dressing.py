"""What the demo's members show: faces, banners, a few photographs, and links that can be looked at."""

from typing import Any

from infra.local.demo import pictures
from infra.local.demo.api import Caller
from infra.local.demo.elsewhere import LINKED

type Shown = dict[str, Any]

# The highlights that have pictures, and how many.
PHOTOGRAPHS = {
    "opening": 2,
    "labels": 1,
    "river-voices": 3,
    "zine": 1,
    "alentejo": 2,
    "exhibition": 1,
    "studio-of-one": 2,
}
_BANNERS = ("ana", "ben")
_ALT = "Hills under a low sun"


def profile(caller: Caller, handle: str) -> Shown:
    """Everybody has a face."""
    banner = {"banner": _upload(caller, f"{handle}-banner", pictures.BANNER)} if handle in _BANNERS else {}
    return {"avatar": _upload(caller, f"{handle}-avatar", pictures.AVATAR)} | banner


def dressed(caller: Caller, highlight: Shown, elsewhere: str) -> Shown:
    """`elsewhere`: where the pages are that can be looked at; "" where there are none."""
    ref, links = highlight["ref"], highlight["links"]
    if elsewhere and ref in LINKED:
        links = [links[0] | {"url": elsewhere + LINKED[ref]}, *links[1:]]
    names = [f"{ref}-{number}" for number in range(PHOTOGRAPHS.get(ref, 0))]
    media = [{"id": _upload(caller, each, pictures.PHOTOGRAPH), "alt": _ALT} for each in names]
    return highlight | {"media": media, "links": links}


def _upload(caller: Caller, name: str, size: tuple[int, int]) -> str:
    """As a browser does. What is made of it comes while the demo goes on."""
    content = pictures.draw(name, size)
    about = {"file_name": f"{name}.jpg", "content_type": "image/jpeg", "size": len(content)}
    made = caller.call("POST", "/v1/media", about, about=name, Idempotency_Key=f"demo-picture-{name}").json()
    caller.post(made["upload"], content, about=name)
    return str(made["id"])
