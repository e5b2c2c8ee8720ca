"""The picture of a profile for who shows a link to it: its name tells what it shows, so it is made once."""

import hashlib
import json

from core.table import Item

_FORMAT = 1  # to draw all of them anew
WIDTH, HEIGHT = 1200, 630


def path(profile: Item) -> str:
    said = [_FORMAT, profile["handle"], profile["name"], profile.get("headline", ""), profile["badges"]]
    digest = hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:12]
    return f"@{profile['handle']}/picture-{digest}.png"


def is_picture(key: str) -> bool:
    return key.rpartition("/")[2].startswith("picture-")
