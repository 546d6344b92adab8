"""Where reading stops, so that what is made to harm, or is broken, takes neither all memory nor all time."""

from __future__ import annotations

from typing import NamedTuple

from postscan.model import PostscanError

MAX_RECORD = 1 << 26
MAX_EXPANSION = 200
MAX_DEPTH = 3
FREE = 256 << 20
"""What packed bytes may always become."""


class Bounds(NamedTuple):
    """What an input may hold; the user can say otherwise. Messages name what was met, and the option that raises it."""

    record: int = MAX_RECORD
    """Bytes that one record, or a file that is one post, may take: 64 MiB."""
    expansion: int = MAX_EXPANSION
    """How many times as many packed bytes may become, beside `FREE`."""
    depth: int = MAX_DEPTH
    """How many archives may lie in one another."""

    def most_unpacked(self, packed: int) -> int:
        """How many bytes so many packed ones may become: far more than any text does, less than what is made to harm.

        >>> Bounds().most_unpacked(1000) >> 20
        256
        """
        return FREE + self.expansion * packed

    def too_large(self, what: str, advice: str = "left out") -> str:
        """What is said of what is larger than a record may be.

        >>> Bounds().too_large("row")
        'more than 64 MiB in one row; left out, or raise --max-record'
        """
        return f"more than {say_size(self.record)} in one {what}; {advice}, or raise --max-record"

    @property
    def signs(self) -> int:
        """Characters that one record may have, where it is text already: such as take four bytes each."""
        return self.record >> 2

    def too_long(self, what: str) -> str:
        """What is said of what has more characters.

        >>> Bounds().too_long("cell")
        'more than 16,777,216 characters in one cell; left out, or raise --max-record, a quarter of which it may have'
        """
        much = f"more than {self.signs:,} characters in one {what}; left out"
        return f"{much}, or raise --max-record, a quarter of which it may have"

    def bomb(self) -> str:
        """What is said of what unpacks to more than it may."""
        much = f"unpacks to more than {self.expansion} times its size, as no text does"
        return f"{much}; if you trust it, unpack it yourself or raise --max-expansion"

    def too_deep(self) -> str:
        """What is said of an archive in too many others."""
        return f"an archive in {self.depth} others; unpack it and name the folder, or raise --max-depth"


def check_bounds(max_record: int, max_expansion: int, max_depth: int) -> Bounds:
    """The bounds for these numbers; raises PostscanError for one below 1."""
    for name, value in (("max_record", max_record), ("max_expansion", max_expansion), ("max_depth", max_depth)):
        if value < 1:
            raise PostscanError(f"{name}={value}: it is a whole number, at least 1")
    return Bounds(max_record, max_expansion, max_depth)


def say_size(size: int) -> str:
    """A number of bytes in the largest unit of which it is a whole number.

    >>> say_size(1 << 26), say_size(1000)
    ('64 MiB', '1,000 bytes')
    """
    for unit, name in ((1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")):
        if size and not size % unit:
            return f"{size // unit} {name}"
    return f"{size:,} bytes"
