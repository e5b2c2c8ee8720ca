"""What the reader makes of feeds in the wild, which stand beside the project and not in it.

python -m tests.functions.sources.corpora FOLDER    prints the table of docs/imports.md
"""

import csv
import io
import resource
import sys
import tarfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from sources.child import answer

PAGE = "https://feeds.example/x/"
FOLDERS = ("feeds_wild", "medium", "json_feed", "feeds_conformance", "not_feeds", "html_discovery")


class Figures(NamedTuple):
    files: int
    feeds: int
    entries: int
    refused: int
    named: int
    slowest: float


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.iterdir()):
        if path.suffixes[-2:] == [".tar", ".xz"]:
            with tarfile.open(path) as archive:
                for member in archive:
                    content = archive.extractfile(member)
                    if content and member.name.endswith(".xml"):
                        yield member.name, content.read()
        else:
            yield path.name, path.read_bytes()


def read(body: bytes) -> tuple[dict[str, Any], float]:
    """What the child answers, and how much of a processor's time it took."""
    began = time.process_time()
    found = answer(body, "", PAGE)
    return found, time.process_time() - began


def figures(folder: Path) -> Figures:
    found = [read(body) for _, body in files(folder)]
    feeds = [each["feed"] for each, _ in found if "feed" in each]
    return Figures(
        files=len(found),
        feeds=len(feeds),
        entries=sum(each["count"] for each in feeds),
        refused=len(found) - len(feeds),
        named=len([each for each, _ in found if each.get("named")]),
        slowest=max(seconds for _, seconds in found),
    )


def counted(data: Path) -> dict[str, int]:
    """How many entries others count in each."""
    text = (data / "ORACLE_entry_counts.tsv").read_text()
    return {
        row["file"]: int(row["raw_item_or_entry_tags"])
        for row in csv.DictReader(io.StringIO(text), delimiter="\t")
    }


def main() -> None:
    print("| corpus | files | feeds | entries | no feed | of these name one | slowest |")
    print("|---|---|---|---|---|---|---|")
    for name in FOLDERS:
        made = figures(Path(sys.argv[1]) / name)
        print(f"| {name} | " + " | ".join(map(str, made[:-1])) + f" | {made.slowest:.2f} s |")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"\nAll of them in one process: {peak} MB at its peak.")


if __name__ == "__main__":
    main()
