"""The items that writes of the functions' own code put into the table."""

from collections.abc import Iterator

from core import table
from core.table import Item, Write


def put(*writes: Write) -> Iterator[Item]:
    """What they only update or take away is left out."""
    return (table._unpacked(each["Put"]["Item"]) for each in writes if "Put" in each)
