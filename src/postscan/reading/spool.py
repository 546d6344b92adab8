"""Inputs that are read more than once, though their bytes come once: kept in memory, beyond a limit in a file."""

from __future__ import annotations

import struct
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from postscan.reading.streams import DamagedError, Stream

_IN_MEMORY = 1 << 25
"""32 MiB stay in memory; what is longer lies in a temporary file."""
_SIZE = struct.Struct("<I")
_TOO_LONG = 0xFFFFFFFF


@contextmanager
def spool(stream: Stream) -> Iterator[IO[bytes]]:
    """A file with all bytes of a stream; raises as `Stream.chunks` does."""
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as file:
        for chunk in stream.chunks():
            file.write(chunk)
        file.seek(0)
        yield file


class NumberedLines:
    """Numbered lines, which can be kept while they are read, and read again."""

    __slots__ = ("_damage", "_file", "_lines")

    def __init__(self, lines: Iterator[tuple[int, bytes | None]]) -> None:
        self._lines = lines
        self._file: IO[bytes] | None = None
        self._damage: DamagedError | OSError | None = None

    def __iter__(self) -> NumberedLines:
        return self

    def __next__(self) -> tuple[int, bytes | None]:
        return next(self._lines)

    def keep(self) -> None:
        """Keep every line that is read from here on."""
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  closed with the source
        self._lines = self._keeping(self._lines, self._file)

    def again(self) -> None:
        """Read what was kept once more, and stop where that stopped."""
        assert self._file is not None
        self._file.seek(0)
        self._lines = self._kept(self._file)

    def _keeping(
        self, lines: Iterator[tuple[int, bytes | None]], file: IO[bytes]
    ) -> Iterator[tuple[int, bytes | None]]:
        first = True
        try:
            for number, line in lines:
                if first:
                    file.write(_SIZE.pack(number))
                    first = False
                file.write(_SIZE.pack(_TOO_LONG if line is None else len(line)))
                file.write(line or b"")
                yield number, line
        except (DamagedError, OSError) as error:
            self._damage = error  # what stands before it is read first

    def _kept(self, file: IO[bytes]) -> Iterator[tuple[int, bytes | None]]:
        with file:
            begin = file.read(_SIZE.size)
            number = _SIZE.unpack(begin)[0] if begin else 0
            while size := file.read(_SIZE.size):
                length = _SIZE.unpack(size)[0]
                yield number, None if length == _TOO_LONG else file.read(length)
                number += 1
        if self._damage is not None:
            raise self._damage
