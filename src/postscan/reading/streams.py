"""The bytes of one input, unpacked, from front to back and once, in bounded memory."""

from __future__ import annotations

import codecs
import contextlib
import errno
import io
import itertools
import os
import re
import sys
import zlib
from collections.abc import Callable, Iterator
from io import FileIO
from typing import Any

from postscan.reading.bounds import Bounds
from postscan.reading.encodings import is_wide, marked_encoding
from postscan.reading.inputs import Part
from postscan.reading.remote import RemoteFile, beside, exists, is_remote

HEAD = 1 << 16
LONG_HEAD = 1 << 19
"""How far the head may go on to the end of its line where it is one object of JSON: 4CAT says last what it is."""
CHUNK = 1 << 18
_OBJECT = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"')
_GZIP = b"\x1f\x8b\x08"
_ZSTD = re.compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18.{4}", re.DOTALL)
"""A frame, or one to be passed over: pzstd begins its files with such."""
_ZSTD_WINDOW = 1 << 31
"""What dumps of Reddit need: their frames look 2 GiB back."""
_ZSTD_STEP = 1 << 10
"""Bytes unpacked at once: as zeros they are 32 MiB, and what can be no more."""
_AGAIN = "what stands before is read; fetch the file again for the rest"
OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


class DamagedError(Exception):
    """The rest of an input cannot be read; the message says why and what to do. Stays inside `reading`."""


class Stream:
    """The unpacked bytes of an input: `head` can be looked at; `chunks`, `lines` and `whole` read it all, once."""

    __slots__ = (
        "_beside", "_disk", "_fd", "_file", "_left", "_read", "_report", "_rest", "_taken", "bounds", "head", "packed",
        "part",
    )  # fmt: skip

    def __init__(self, disk: str, report: Callable[[int], None] | None = None, bounds: Bounds | None = None) -> None:
        """Open a file of this or another machine, or standard input for "-"; raises OSError.

        `report` is called with the number of bytes, as they are in the file, whenever some were read.
        """
        self.bounds = bounds or Bounds()
        """What may be read of it."""
        self._beside: Callable[[str], Stream | None] | None = None
        self._file = RemoteFile(disk) if is_remote(disk) else None
        if self._file is not None:
            self._open(-1, disk, self._file.read, report)
        else:
            self._open(-1 if disk == "-" else os.open(disk, OPEN_FLAGS), disk, None, report)

    @classmethod
    def of(
        cls,
        read: Callable[[int], bytes],
        *,
        packed: int,
        bounds: Bounds,
        beside: Callable[[str], Stream | None] | None = None,
    ) -> Stream:
        """The stream of what a function gives, such as a member of an archive in which it takes so many bytes.

        `beside` opens what lies beside it there.
        """
        stream = cls.__new__(cls)
        stream.bounds, stream._file = bounds, None  # noqa: SLF001  its own class
        stream._beside = beside  # noqa: SLF001  its own class
        stream._open(-1, "", _within(read, packed, bounds), None)  # noqa: SLF001  its own class
        return stream

    def _open(
        self, fd: int, disk: str, read: Callable[[int], bytes] | None, report: Callable[[int], None] | None
    ) -> None:
        self.part: Part | None = None
        """What of the file is read, once it was narrowed."""
        self._disk, self._fd, self._read, self._report = disk, fd, read, report
        self._left = sys.maxsize
        self._taken = 0
        try:
            self.head, self._rest = _begin(self._raw())
            self.packed = self.head.startswith(_GZIP) or _ZSTD.match(self.head) is not None
            """Whether the file's bytes are not those that are read."""
            if self.packed:
                unpack = _gunzip if self.head.startswith(_GZIP) else _unzstd
                self.head, self._rest = _begin(self._bounded(unpack(self.head, self._rest)))
        except OSError:
            self.close()
            raise

    def _bounded(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """The unpacked pieces, up to what the packed bytes may hold; raises DamagedError beyond."""
        size = 0
        for chunk in chunks:
            size += len(chunk)
            if size > self.bounds.most_unpacked(self._taken):
                raise DamagedError(self.bounds.bomb())
            yield chunk

    def close(self) -> None:
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1
        if self._file is not None:
            self._file.close()

    def narrow(self, part: Part) -> None:
        """Read this part of a plain file and nothing else; to be called before anything was read."""
        if self._file is not None:
            self._file.seek(part.start)
        else:
            os.lseek(self._fd, part.start, os.SEEK_SET)
        self.part, self._left = part, part.end - part.start
        if self._report is not None:
            self._report(-len(self.head))  # it was looked at, and is read with the part that it belongs to
        self.head, self._rest = _begin(self._raw())

    def chunks(self) -> Iterator[bytes]:
        """All bytes in pieces; raises DamagedError or OSError after the last one that could be read."""
        yield self.head
        yield from self._rest

    def texts(self, encoding: str | None = None) -> Iterator[str]:
        r"""All text in pieces, without the mark: in the given encoding, else the marked one, else UTF-8.

        A byte XX that is not in the encoding is the lone surrogate \udcXX. Raises as `chunks` does.
        """
        name = encoding or marked_encoding(self.head) or "utf-8"
        chunks = self.chunks()
        if is_wide(name):
            chunks, name = _in_utf8(chunks, name), "utf-8"
        decoder = codecs.getincrementaldecoder(name)("surrogateescape")
        try:
            mark = "\N{ZERO WIDTH NO-BREAK SPACE}"
            for chunk in chunks:
                yield decoder.decode(chunk).removeprefix(mark)
                mark = ""
            yield decoder.decode(b"", final=True)
        except UnicodeError as error:  # of encodings that cannot go on behind a wrong byte
            raise DamagedError(f"not {name} ({error}); name its encoding with --encoding NAME") from None

    def neighbour(self, name: str) -> Stream | None:
        """The file of this name beside the input, or None where there is none; the caller closes it."""
        if self._beside is not None:
            return self._beside(name)
        if self._fd < 0 and self._file is None:
            return None
        try:
            return Stream(place_beside(self._disk, name), bounds=self.bounds)
        except OSError:
            return None

    def whole(self) -> bytes | None:
        """All bytes, or None where they are more than a record may take."""
        pieces, size, most = [], 0, self.bounds.record
        for chunk in self.chunks():
            pieces.append(chunk)
            size += len(chunk)
            if size > most:
                return None
        return b"".join(pieces)

    def lines(self, encoding: str = "utf-8", end: bytes = b"\n") -> Iterator[bytes | None]:
        """Each line without its end; None for one that is longer than a record may be, which is passed over.

        Lines of UTF-16 and other wide encodings are given in UTF-8. A mark at the beginning stays. A last line that
        damage cuts is not given.
        """
        for block in self.line_blocks(encoding, end):
            for line in block:
                yield line and line.removesuffix(end)

    def line_blocks(self, encoding: str = "utf-8", end: bytes = b"\n") -> Iterator[list[bytes | None]]:
        """The lines that `lines` gives, those of a piece of the input at a time, each with its end."""
        pieces: list[bytes] = []
        size, most = 0, self.bounds.record
        for chunk in _in_utf8(self.chunks(), encoding) if is_wide(encoding) else self.chunks():
            lines, rest = _cut(chunk, end)
            if lines:
                size += len(lines[0] or b"") - len(end)
                lines[0] = b"".join((*pieces, lines[0] or b"")) if size <= most else None
                if most < len(chunk):
                    lines[1:] = [line if line and len(line) <= most + len(end) else None for line in lines[1:]]
                yield lines
                pieces, size = [], 0
            size += len(rest)
            if size <= most:
                pieces.append(rest)
            else:
                pieces.clear()
        if size:
            yield [b"".join(pieces) if size <= most else None]

    def _raw(self) -> Iterator[bytes]:
        size = HEAD
        read = self._reader()
        while chunk := read(min(size, self._left)):
            self._left -= len(chunk)
            self._taken += len(chunk)
            if self._report is not None:
                self._report(len(chunk))
            yield chunk
            size = CHUNK

    def _reader(self) -> Callable[[int], bytes]:
        if self._read is not None:
            return self._read
        if self._fd >= 0:
            fd = self._fd
            return lambda size: os.read(fd, size)
        if sys.stdin is None:
            raise OSError(errno.EBADF, "there is no standard input")
        return sys.stdin.buffer.read


def place_beside(disk: str, name: str) -> str:
    """Where the file of this name lies that is in the same folder."""
    return beside(disk, name) if is_remote(disk) else os.path.join(os.path.dirname(disk), name)  # noqa: PTH118, PTH120


def is_there(disk: str) -> bool:
    """Whether a file lies there, on this or another machine."""
    return exists(disk) if is_remote(disk) else os.path.isfile(disk)  # noqa: PTH113  asked of every folder


def open_input(disk: str) -> FileIO | RemoteFile:
    """The bytes of a file, of this or another machine, as they are; raises OSError."""
    if is_remote(disk):
        return RemoteFile(disk)
    return open(disk, "rb", buffering=0)  # noqa: PTH123  a Path costs more than the reading


def _within(read: Callable[[int], bytes], packed: int, bounds: Bounds) -> Callable[[int], bytes]:
    """The function, up to what a member of an archive may hold; raises DamagedError beyond."""
    size = 0

    def bounded(wanted: int) -> bytes:
        nonlocal size
        data = read(wanted)
        size += len(data)
        if size > bounds.most_unpacked(packed):
            raise DamagedError(bounds.bomb())
        return data

    return bounded


def _cut(chunk: bytes, end: bytes) -> tuple[list[bytes | None], bytes]:
    """The lines that end in a piece of the input, and what follows."""
    if end != b"\n":
        *ended, rest = chunk.split(end)
        return [line + end for line in ended], rest
    lines: list[bytes | None] = [*io.BytesIO(chunk)]  # a quarter of the time of `split`, which looks at every byte
    return lines, (lines.pop() or b"") if lines and not chunk.endswith(end) else b""


def _begin(chunks: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """The first HEAD bytes or more, and what follows; damage on the way is raised by what follows."""
    head = b""
    try:
        for chunk in chunks:
            head += chunk
            if len(head) >= HEAD and not (len(head) < LONG_HEAD and _OBJECT.match(head) and b"\n" not in head):
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
            before = member.copy()
            try:
                out = member.decompress(data, CHUNK)
            except zlib.error as error:
                yield from _up_to_damage(before, data)
                raise DamagedError(f"the compressed data is damaged ({error}); {_AGAIN}") from None
            data, member = (member.unused_data, None) if member.eof else (member.unconsumed_tail, member)
            if out:
                yield out
    if member is not None:
        raise DamagedError(f"the compressed data is cut off; {_AGAIN}")


def _up_to_damage(member: Any, data: bytes) -> Iterator[bytes]:
    """What was packed before the byte that is wrong, such as all of it where only the check sum at the end is."""
    out = bytearray()
    with contextlib.suppress(zlib.error):  # it was met before
        for at in range(len(data)):
            out += member.decompress(data[at : at + 1])
            if len(out) > CHUNK:
                yield bytes(out)
                out.clear()
    yield bytes(out)


def _unzstd(head: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    """The contents of all frames, a little of the packed bytes at a time: the library bounds its output by nothing."""
    import zstandard

    unpacker = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
    frame = None
    for chunk in itertools.chain([head], rest):
        for start in range(0, len(chunk), _ZSTD_STEP):
            data = chunk[start : start + _ZSTD_STEP]
            while data:
                frame = frame or unpacker.decompressobj()
                try:
                    out = frame.decompress(data)
                except zstandard.ZstdError as error:
                    raise DamagedError(f"the compressed data is damaged ({error}); {_AGAIN}") from None
                data, frame = (frame.unused_data, None) if frame.eof else (b"", frame)
                for at in range(0, len(out), CHUNK):
                    yield out[at : at + CHUNK]
    if frame is not None:
        raise DamagedError(f"the compressed data is cut off; {_AGAIN}")


def _in_utf8(chunks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)("surrogatepass")
    try:
        for chunk in chunks:
            yield decoder.decode(chunk).encode("utf-8", "surrogatepass")
        yield decoder.decode(b"", final=True).encode("utf-8", "surrogatepass")
    except UnicodeError as error:
        raise DamagedError(f"not {encoding} ({error}); name its encoding with --encoding NAME") from None
