"""The bytes of one input, unpacked, from front to back and once, in bounded memory."""

from __future__ import annotations

import codecs
import errno
import itertools
import os
import sys
import zlib
from collections.abc import Callable, Iterator

from postscan.reading.encodings import is_wide

HEAD = 1 << 16
CHUNK = 1 << 18
LARGEST_RECORD = 1 << 26
"""64 MiB: what one record, or a file that is one post, may take."""
_GZIP = b"\x1f\x8b\x08"
_AGAIN = "what stands before is read; fetch the file again for the rest"
_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


class DamagedError(Exception):
    """The rest of an input cannot be read; the message says why and what to do. Stays inside `reading`."""


class Stream:
    """The unpacked bytes of an input: `head` can be looked at; `chunks`, `lines` and `whole` read it all, once."""

    __slots__ = ("_fd", "_report", "_rest", "head")

    def __init__(self, disk: str, report: Callable[[int], None] | None = None) -> None:
        """Open a file, or standard input for "-"; raises OSError.

        `report` is called with the number of bytes, as they are in the file, whenever some were read.
        """
        self._report = report
        self._fd = -1 if disk == "-" else os.open(disk, _FLAGS)
        try:
            self.head, self._rest = _begin(self._raw())
            if self.head.startswith(_GZIP):
                self.head, self._rest = _begin(_gunzip(self.head, self._rest))
        except OSError:
            self.close()
            raise

    def close(self) -> None:
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def chunks(self) -> Iterator[bytes]:
        """All bytes in pieces; raises DamagedError or OSError after the last one that could be read."""
        yield self.head
        yield from self._rest

    def whole(self) -> bytes | None:
        """All bytes, or None where they are more than `LARGEST_RECORD`."""
        pieces, size = [], 0
        for chunk in self.chunks():
            pieces.append(chunk)
            size += len(chunk)
            if size > LARGEST_RECORD:
                return None
        return b"".join(pieces)

    def lines(self, encoding: str = "utf-8", end: bytes = b"\n") -> Iterator[bytes | None]:
        """Each line without its end; None for one of more than `LARGEST_RECORD`, which is passed over.

        Lines of UTF-16 and other wide encodings are given in UTF-8. A mark at the beginning stays. A last line that
        damage cuts is not given.
        """
        pieces: list[bytes] = []
        size = 0
        for chunk in _in_utf8(self.chunks(), encoding) if is_wide(encoding) else self.chunks():
            first, *more = chunk.split(end)
            size += len(first)
            if size <= LARGEST_RECORD:
                pieces.append(first)
            else:
                pieces.clear()
            if not more:
                continue
            yield b"".join(pieces) if size <= LARGEST_RECORD else None
            last = more.pop()
            yield from more
            pieces, size = [last], len(last)
        if size:
            yield b"".join(pieces) if size <= LARGEST_RECORD else None

    def _raw(self) -> Iterator[bytes]:
        size = HEAD
        read = self._reader()
        while chunk := read(size):
            if self._report is not None:
                self._report(len(chunk))
            yield chunk
            size = CHUNK

    def _reader(self) -> Callable[[int], bytes]:
        if self._fd >= 0:
            fd = self._fd
            return lambda size: os.read(fd, size)
        if sys.stdin is None:
            raise OSError(errno.EBADF, "there is no standard input")
        return sys.stdin.buffer.read


def _begin(chunks: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """The first HEAD bytes or more, and what follows; damage on the way is raised by what follows."""
    head = b""
    try:
        for chunk in chunks:
            head += chunk
            if len(head) >= HEAD:
                break
    except DamagedError as error:
        return head, _raising(error)
    return head, chunks


def _raising(error: DamagedError) -> Iterator[bytes]:
    raise error
    yield b""


def _gunzip(head: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    """The contents of all members, in pieces of at most CHUNK bytes; zeros after the last member are padding."""
    members, member = 0, None
    for chunk in itertools.chain([head], rest):
        data = chunk
        while data:
            if member is None:
                data = data.lstrip(b"\0") if members else data
                if not data:
                    break
                members, member = members + 1, zlib.decompressobj(wbits=31)
            try:
                out = member.decompress(data, CHUNK)
            except zlib.error as error:
                raise DamagedError(f"the compressed data is damaged ({error}); {_AGAIN}") from None
            data, member = (member.unused_data, None) if member.eof else (member.unconsumed_tail, member)
            if out:
                yield out
    if member is not None:
        raise DamagedError(f"the compressed data is cut off; {_AGAIN}")


def _in_utf8(chunks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)("surrogatepass")
    try:
        for chunk in chunks:
            yield decoder.decode(chunk).encode("utf-8", "surrogatepass")
        yield decoder.decode(b"", final=True).encode("utf-8", "surrogatepass")
    except UnicodeError as error:
        raise DamagedError(f"not {encoding} ({error}); name its encoding with --encoding NAME") from None
