"""Video and sound: packets go into a new file as they are, and nothing else of the old file does."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import av.logging

from media import pictures
from media.made import Made, Piece, Refused, piece

# How each is read (the reader is never FFmpeg's own guess, which could be a list of other addresses) and
# what it is written as.
_READERS = {
    "video/mp4": "mov",
    "video/quicktime": "mov",
    "audio/mp4": "mov",
    "video/webm": "matroska",
    "audio/mpeg": "mp3",
    "audio/ogg": "ogg",
    "audio/flac": "flac",
    "audio/wav": "wav",
}
_WRITERS = {
    "video/mp4": ("mp4", ".mp4"),
    "video/webm": ("webm", ".webm"),
    "audio/mp4": ("ipod", ".m4a"),
    "audio/mpeg": ("mp3", ".mp3"),
    "audio/ogg": ("ogg", ".ogg"),
    "audio/flac": ("flac", ".flac"),
    "audio/wav": ("wav", ".wav"),
}
_CODECS = {"h264", "hevc", "vp8", "vp9", "av1", "aac", "mp3", "opus", "vorbis", "flac", "alac"}
_MOST_SIDE = 8192
_MOST_STREAMS = 16
_OPTIONS = {  # by extension; bitexact: without the name of who wrote it
    ".mp4": {"movflags": "+faststart"},
    ".m4a": {"movflags": "+faststart"},
    ".mp3": {"id3v2_version": "0", "write_id3v1": "0"},
}

av.logging.set_level(None)


def make(path: Path, content_type: str, folder: Path) -> Made:
    try:
        return _made(path, content_type, folder)
    except (av.FFmpegError, EOFError, StopIteration, ValueError) as error:
        if isinstance(error, MemoryError):
            raise
        raise Refused("The recording is damaged, or not what it says it is.") from None


def _made(path: Path, content_type: str, folder: Path) -> Made:
    with _opened(path, content_type) as source:
        picture, sound = _streams(source)
        if picture is None and sound is None:
            raise Refused("The file holds neither pictures nor sound.")
        facts = {} if picture is None else _poster(path, content_type, folder)
        written = _copied(
            source, [each for each in (picture, sound) if each], _kind(content_type, picture), folder
        )
        return Made(milliseconds=_duration(source), file=written, **facts)


def _opened(path: Path, content_type: str) -> Any:
    allowed = {"protocol_whitelist": "file"}
    return av.open(str(path), format=_READERS[content_type], options=allowed)


def _streams(source: Any) -> tuple[Any, Any]:
    """The first of pictures and the first of sound; a cover is a picture of a file, not in it."""
    if len(source.streams) > _MOST_STREAMS:
        raise Refused("The file holds too many streams.")
    cover = av.stream.Disposition.attached_pic
    pictures_, sounds = (
        [each for each in source.streams if each.type == sort and not each.disposition & cover]
        for sort in ("video", "audio")
    )
    chosen = [next(iter(pictures_), None), next(iter(sounds), None)]
    for each in chosen:
        name = each.codec_context.codec.canonical_name if each and each.codec_context else ""
        if each and not (name in _CODECS or name.startswith("pcm_")):
            raise Refused("The recording is in a format that browsers do not play.")
    return chosen[0], chosen[1]


def _kind(content_type: str, picture: Any) -> str:
    if content_type in ("video/mp4", "video/quicktime", "audio/mp4"):
        return "video/mp4" if picture is not None else "audio/mp4"
    return content_type


def _copied(source: Any, streams: list[Any], kind: str, folder: Path) -> Piece:
    writer, extension = _WRITERS[kind]
    target_path = folder / f"copy{extension}"
    options = {"fflags": "+bitexact"} | _OPTIONS.get(extension, {})
    with av.open(str(target_path), "w", format=writer, container_options=options) as target:
        copies = {each.index: target.add_stream_from_template(each) for each in streams}
        for copy in copies.values():
            copy.metadata.clear()
        for packet in source.demux(*streams):
            if packet.dts is not None:
                packet.stream = copies[packet.stream.index]
                target.mux(packet)
    content = target_path.read_bytes()
    target_path.unlink()
    return piece(folder, extension, content, kind)


def _duration(source: Any) -> int | None:
    return round(source.duration / 1000) if source.duration and source.duration > 0 else None


def _poster(path: Path, content_type: str, folder: Path) -> dict[str, Any]:
    """Its first frame, the right way up."""
    with _opened(path, content_type) as source:
        stream = source.streams.video[0]
        if not (0 < stream.width <= _MOST_SIDE and 0 < stream.height <= _MOST_SIDE):
            raise Refused(f"The video's sides may have {_MOST_SIDE} pixels at most.")
        stream.thread_count = 1  # each thread would hold frames of its own
        frame = next(_frames(source, stream))
        drawn = frame.to_image()
        if turned := frame.rotation % 360:
            drawn = drawn.rotate(turned, expand=True)
    facts = {"width": drawn.width, "height": drawn.height, "placeholder": pictures.placeholder(drawn)}
    return facts | {"renditions": pictures.renditions(drawn, folder)}


def _frames(source: Any, stream: Any) -> Iterator[Any]:
    yield from source.decode(stream)
