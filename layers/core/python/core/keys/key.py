"""What a key is, and the indexes of the one table."""

from typing import NamedTuple

PK, SK, TTL = "pk", "sk", "ttl"
INDEXES = {"gsi1": ("gsi1pk", "gsi1sk"), "gsi2": ("gsi2pk", "gsi2sk")}


class Key(NamedTuple):
    pk: str
    sk: str
