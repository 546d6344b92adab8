"""What the downloads of Facebook and Instagram have in common: text whose UTF-8 bytes are written as characters.

The bytes of every letter beyond ASCII stand in these files as characters of Latin-1. Which way a file is written is
decided by the file: one that has a character above U+00FF is written as it should be.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from postscan.reading.records import Records

_ABOVE = re.compile(rb"\\u(?!00)[0-9a-fA-F]{4}|[\x80-\xff]")


def mender(head: bytes, records: Records) -> Callable[[str | None], str | None]:
    r"""A function that gives a string of the file as it was; what is not to be mended stays, and is noted.

    `head` is the file's beginning.
    """
    if _ABOVE.search(head):
        return lambda text: text

    def mend(text: str | None) -> str | None:
        if text is None or text.isascii():
            return text
        try:
            return text.encode("latin-1").decode("utf-8")
        except UnicodeError:
            records.note("mojibake", example=repr(text[:40]))
            return text

    return mend
