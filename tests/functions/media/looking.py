"""Files opened as the worker opens them, with the bounds that hold for every one of them."""

import re
from pathlib import Path
from typing import NamedTuple

from media.made import Made
from media.opening import opened
from tests.functions.media.samples import PLACE, SECRET

MOST_MEGABYTES, MOST_SECONDS = 512, 10
TOLD = re.compile(
    rb"Exif\0\0|http://ns\.adobe\.com|xmpmeta|ICC_PROFILE|EXIF|XMP |ICCP|%s|%s|\xa9xyz|iTXt|tEXt|eXIf"
    % (re.escape(SECRET.encode()), re.escape(PLACE[:8].encode()))
)


class Looked(NamedTuple):
    made: Made | None
    refused: str | None
    megabytes: int
    pieces: dict[str, bytes]


class Look:
    def __init__(self, folder: Path) -> None:
        self._upload, self._folder = folder / "upload", folder / "made"
        self._folder.mkdir()

    def __call__(self, content: bytes, said: str) -> Looked:
        self._upload.write_bytes(content)
        outcome = opened(self._upload, said, self._folder)
        assert outcome.peak_megabytes <= MOST_MEGABYTES
        assert outcome.seconds <= MOST_SECONDS
        assert (outcome.made is None) != (outcome.refused is None)
        pieces = outcome.made.pieces() if outcome.made else []
        served = {each.name: (self._folder / each.name).read_bytes() for each in pieces}
        return Looked(outcome.made, outcome.refused, outcome.peak_megabytes, served)

    def made(self, content: bytes, said: str) -> tuple[Made, dict[str, bytes]]:
        looked = self(content, said)
        assert looked.made, looked.refused
        return looked.made, looked.pieces

    def refused(self, content: bytes, said: str) -> str:
        return self(content, said).refused or ""
