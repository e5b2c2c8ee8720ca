"""From HTML that others wrote to the Markdown that members edit; it is rendered and cleaned once more."""

import re
from html.parser import HTMLParser

from core.html import clean, text_of

_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "del": "~~", "s": "~~"}
_CONTAINERS = {"blockquote", "ul", "ol", "li"}
_CELLS = {"td", "th"}
_INLINE = {*_MARKS, "code", "a", "sub", "sup", *_CELLS}
_DEEPEST = 5  # lists in quotations in lists: what stands deeper stands there flat

_ESCAPED = re.compile(r"[\\`*\[\]~|]|<(?=[a-zA-Z/!?])|&(?=#?\w{1,30};)|(?<![^\W_])_|_(?![^\W_])")
_AT_START = re.compile(r"^(\s*)([#+>-]|=+$|\d{1,9}(?=[.)]))", re.MULTILINE)


def markdown(html: str, longest: int = 10_000) -> str:
    """Of the cleaned HTML, as much as fits: whole paragraphs, and an ellipsis where there is more."""
    writer = _Writer()
    writer.feed(clean(html))
    writer.close()
    blocks = writer.blocks()
    text = "\n\n".join(blocks)
    return text if len(text) <= longest else _shortened(blocks, longest)


def plain(text: str, longest: int) -> str:
    """One line of text, cut at a word where it is longer."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    cut = line[: longest - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip() + "…"


def escaped(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _AT_START.sub(_guarded, _ESCAPED.sub(r"\\\g<0>", text))


def _guarded(found: re.Match[str]) -> str:
    mark = found[2]
    return f"{found[1]}{mark}\\" if mark.isdigit() else f"{found[1]}\\{mark}"


def _shortened(blocks: list[str], longest: int) -> str:
    kept: list[str] = []
    room = longest - len("\n\n…")
    for block in blocks:
        if len(block) > room:
            break
        kept.append(block)
        room -= len(block) + 2
    if kept:
        return "\n\n".join([*kept, "…"])
    return plain(escaped(text_of(re.sub(r"[\\`*\[\]~|]", "", blocks[0]))), longest)


class _Writer(HTMLParser):
    """A stack of containers, each a list of finished blocks; and one of the marks that are open in a line."""

    def __init__(self) -> None:
        super().__init__()
        self._containers: list[tuple[str, list[str]]] = [("", [])]
        self._line: list[tuple[str, str, list[str]]] = [("", "", [])]
        self._pre: list[str] | None = None

    def blocks(self) -> list[str]:
        self._flush()
        while len(self._containers) > 1:
            self._shut(self._containers[-1][0])
        return self._containers[0][1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._pre is not None:
            return
        if tag == "br":
            self._line[-1][2].append("\n")
        elif tag in _INLINE:
            self._line.append((tag, dict(attrs).get("href") or "", []))
        else:
            self._flush()
            self._open(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._pre is not None:
            self._end_pre(tag)
        elif tag in _INLINE:
            self._end_inline(tag)
        else:
            self._flush("### " if re.fullmatch("h[1-6]", tag) else "")
            if tag in _CONTAINERS:
                self._shut(tag)

    def handle_data(self, data: str) -> None:
        if self._pre is not None:
            self._pre.append(data)
        elif any(tag == "code" for tag, _, _ in self._line):
            self._line[-1][2].append(data)
        else:
            self._line[-1][2].append(_ESCAPED.sub(r"\\\g<0>", re.sub(r"\s+", " ", data)))

    def _open(self, tag: str) -> None:
        if tag == "pre":
            self._pre = []
        elif tag == "hr":
            self._containers[-1][1].append("---")
        elif tag in _CONTAINERS:
            self._containers.append((tag, []))

    def _end_pre(self, tag: str) -> None:
        if tag != "pre":
            return
        code = "".join(self._pre or []).strip("\n")
        self._pre = None
        ticks = max((len(run) for run in re.findall("`+", code)), default=0)
        fence = "`" * max(3, ticks + 1)
        if code.strip():
            self._containers[-1][1].append(f"{fence}\n{code}\n{fence}")

    def _end_inline(self, tag: str) -> None:
        if len(self._line) > 1 and self._line[-1][0] == tag:
            _, href, parts = self._line.pop()
            self._line[-1][2].append(_marked(tag, href, "".join(parts)))

    def _flush(self, mark: str = "") -> None:
        while len(self._line) > 1:
            self._end_inline(self._line[-1][0])
        lines = "".join(self._line[0][2]).split("\n")
        self._line[0][2].clear()
        text = "\\\n".join(line for each in lines if (line := re.sub(" +", " ", each).strip()))
        if text:
            self._containers[-1][1].append(mark + (text if mark else _AT_START.sub(_guarded, text)))

    def _shut(self, tag: str) -> None:
        if len(self._containers) == 1 or self._containers[-1][0] != tag:
            return
        _, blocks = self._containers.pop()
        around, outer = self._containers[-1]
        if len(self._containers) > _DEEPEST:
            outer += blocks
        elif blocks:
            outer.append(_contained(tag, around, blocks, len(outer)))


def _marked(tag: str, href: str, text: str) -> str:
    """Marks stand at the letters: `** bold**` would be none."""
    inner = text.strip()
    if not inner:
        return text
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    if tag in _CELLS:
        return f"{inner} "
    if tag == "code":
        ticks = "`" * (max((len(run) for run in re.findall("`+", inner)), default=0) + 1)
        pad = " " if inner.startswith("`") or inner.endswith("`") else ""
        return f"{before}{ticks}{pad}{inner}{pad}{ticks}{after}"
    if tag == "a":
        inner = f"[{inner}](<{href}>)" if href and not set("<>\n\\") & set(href) else inner
    mark = _MARKS.get(tag, "")
    return f"{before}{mark}{inner}{mark}{after}"


def _contained(tag: str, around: str, blocks: list[str], place: int) -> str:
    if tag == "blockquote":
        return "\n".join(f"> {line}".rstrip() for line in "\n\n".join(blocks).split("\n"))
    if tag == "li":
        mark = f"{place + 1}. " if around == "ol" else "- "
        return mark + "\n\n".join(blocks).replace("\n", "\n" + " " * len(mark))
    return "\n".join(blocks)
