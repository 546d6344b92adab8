"""Archives (zip, tar): their members one after the other, streamed, each as if it were a file in a folder.

A member that leads out of the archive, needs a password, is a link, or unpacks to more than any export does is listed
and left out; the others are read.
"""

from __future__ import annotations

import functools
import tarfile
import zipfile
import zlib
from collections import deque
from collections.abc import Callable, Iterator
from typing import IO, NamedTuple

from postscan.reading.bounds import Bounds
from postscan.reading.spool import spool
from postscan.reading.streams import CHUNK, DamagedError, Stream
from postscan.reading.unread import OFFICE, is_word, is_workbook, kind_by_magic

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_BLOCK = 512
_AT_ONCE = 1 << 16
_VAIN = 9
"""How often may be read at the end before it is an error."""
_TAR_MARKS, _MARKED_AT = (b"ustar\0", b"ustar  \0"), 257
"""POSIX writes the first, GNU the second; both end in a byte that no text has."""
_NOT_READ = "leads out of the archive; unpack it yourself if you trust it"


class Inside(NamedTuple):
    """A member of an archive: its name there, and a stream of it, or why it is not read."""

    name: str
    stream: Stream | None
    reason: str = ""


def kind_of(head: bytes) -> str:
    """What archive the unpacked bytes are, "zip" or "tar"; nothing for office documents and all else."""
    if head.startswith(_ZIP):
        return "" if kind_by_magic(head) == OFFICE or is_workbook(head) or is_word(head) else "zip"
    return "tar" if head.startswith(_TAR_MARKS, _MARKED_AT) else ""


def members(stream: Stream, kind: str) -> Iterator[Inside]:
    """The members of an archive of this kind; raises DamagedError where it breaks."""
    if kind == "tar":
        yield from untar(stream)
        return
    with spool(stream) as file:  # a zip's list is at its end
        yield from unzip(file, stream.bounds)


def unzip(file: IO[bytes], bounds: Bounds) -> Iterator[Inside]:
    """The members of a zip archive, in its order; raises DamagedError where its list cannot be read."""
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, UnicodeDecodeError) as error:
        raise DamagedError(f"the archive is damaged ({error}); fetch it again") from None
    within = _Within(bounds)
    with archive:
        for member in archive.infolist():
            if member.filename.endswith("/") or _is_hidden(member.filename):
                continue
            if reason := _refused(member.filename) or (
                "has a password; unpack it first" if member.flag_bits & 1 else ""
            ):
                yield Inside(member.filename, None, reason)
                continue
            try:
                opened = archive.open(member)
            except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
                yield Inside(member.filename, None, f"cannot be unpacked ({error}); unpack it first")
                continue
            with opened:
                beside = functools.partial(_neighbour, archive, member.filename, within)
                packed = member.compress_size
                reader = within.reader(opened, packed)
                yield Inside(member.filename, Stream.of(reader, packed=packed, bounds=bounds, beside=beside))


def _neighbour(archive: zipfile.ZipFile, name: str, within: _Within, wanted: str) -> Stream | None:
    """The member of this name in the folder of another one, or None."""
    try:
        member = archive.getinfo(name[: name.rfind("/") + 1] + wanted)
        reader = within.reader(archive.open(member), member.compress_size)
        return Stream.of(reader, packed=member.compress_size, bounds=within.bounds)
    except (KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError):
        return None


class _Within:
    """What the members of an archive may unpack to: each by its own packed bytes, and all together what is free.

    Else a thousand members, each as large as is always allowed, were a bomb. After one that is, others are read.
    """

    def __init__(self, bounds: Bounds) -> None:
        self.bounds = bounds
        self._free = bounds.most_unpacked(0)

    def reader(self, opened: IO[bytes], packed: int) -> Callable[[int], bytes]:
        """What reads a member of so many packed bytes; raises DamagedError where it unpacks to too much."""
        read = _reader(opened)
        own = self.bounds.expansion * packed

        def bounded(size: int) -> bytes:
            nonlocal own
            data = read(size)
            own -= len(data)
            if own < 0:
                self._free, own = self._free + own, 0
                if self._free < 0:
                    raise DamagedError(self.bounds.bomb())
            return data

        return bounded


def untar(stream: Stream) -> Iterator[Inside]:
    """The members of a tar archive, in its order; raises DamagedError where it breaks.

    tarfile ends without a word at a damaged header and at zeros, behind which another archive may stand (`cat a.tar
    b.tar`): reading goes on at the next whole header.
    """
    chunks = _Chunks(stream)
    broken = ""
    while (begin := chunks.find_header()) is not None:
        end = begin + _BLOCK
        try:
            with tarfile.open(fileobj=chunks, mode="r|", bufsize=_AT_ONCE) as archive:  # type: ignore[call-overload]
                for member in archive:
                    end = begin + archive.offset
                    yield from _inside(archive, member, chunks, begin, stream.bounds)
                end = max(end, begin + archive.offset)
        except (tarfile.TarError, EOFError, ValueError) as error:
            broken = broken or str(error)
        except RecursionError:
            raise DamagedError("the archive is damaged (headers of headers); what stands before is read") from None
        chunks.back_to(end)
    if chunks.damage is not None:
        raise chunks.damage
    if broken or chunks.skipped:
        said = broken or "a header is broken"
        raise DamagedError(f"the archive is damaged ({said}); what stands around it is read, fetch it again")
    if chunks.last.strip(b"\0"):  # a whole archive ends in zeros, and tarfile says nothing of one that does not
        raise DamagedError("the archive is cut off; what stands before is read, fetch it again")


def _inside(
    archive: tarfile.TarFile, member: tarfile.TarInfo, chunks: _Chunks, begin: int, bounds: Bounds
) -> Iterator[Inside]:
    """A member of a tar archive that begins there; nothing for a folder."""
    if member.isdir() or _is_hidden(member.name):
        return
    reason = _refused(member.name)
    opened = archive.extractfile(member) if member.isfile() and not reason else None
    if opened is None:
        yield Inside(member.name, None, reason or "is a link or device; name its target")
        return
    place = None if member.issparse() else begin + member.offset_data
    packed = _without_holes(member)
    yield Inside(member.name, Stream.of(_tar_reader(opened, chunks, place), packed=packed, bounds=bounds))


def _without_holes(member: tarfile.TarInfo) -> int:
    """How many bytes a member has in the archive, where its size may be a terabyte of holes."""
    parts: list[tuple[int, int]] | None = getattr(member, "sparse", None)
    return member.size if parts is None else sum(part[1] for part in parts)


class _Chunks:
    """What tarfile reads from: the unpacked bytes of a stream, as many as are asked for, up to damage."""

    def __init__(self, stream: Stream) -> None:
        self._chunks = stream.chunks()
        self._rest = b""
        self._given: deque[bytes] = deque(maxlen=2 + CHUNK // _AT_ONCE)
        """What was given last, as much as tarfile may have read and not used."""
        self._place = 0
        self._vain = 0
        self.last = b""
        """The last bytes that were asked for."""
        self.damage: DamagedError | OSError | None = None
        """Why there are no more."""
        self.skipped = False
        """Whether there were blocks, not of zeros alone, that belong to no member."""

    def read(self, size: int) -> bytes:
        """What tarfile asks for, which seeks to the end of a member by reading, also one said to have 1e30 bytes."""
        data = self.take(size)
        self._vain = 0 if data else self._vain + 1
        if self._vain > _VAIN:
            raise tarfile.ReadError("unexpected end of data")
        return data

    def take(self, size: int) -> bytes:
        """The next bytes, so many where there are."""
        try:
            while len(self._rest) < size and (chunk := next(self._chunks, b"")):
                self._rest += chunk
        except (DamagedError, OSError) as error:
            self.damage = error
        data, self._rest = self._rest[:size], self._rest[size:]
        self.last = data[-_BLOCK:] or self.last
        if data:
            self._given.append(data)
            self._place += len(data)
        return data

    def since(self, place: int) -> bytes:
        """What was given from there on."""
        given = b"".join(self._given)
        return given[max(0, len(given) - (self._place - place)) :] if place < self._place else b""

    def back_to(self, place: int) -> None:
        """Give again what stands there, or pass over what does not come before it."""
        if again := self.since(place):
            self._rest, self._place = again + self._rest, self._place - len(again)
        self._given.clear()
        while self._place < place and self.take(min(CHUNK, place - self._place)):
            pass

    def find_header(self) -> int | None:
        """Where the next block is that a member can begin with, and that is given next; None at the end."""
        while block := self.take(_BLOCK):
            if block.strip(b"\0"):
                if _is_header(block):
                    self.back_to(self._place - len(block))
                    return self._place
                self.skipped = self.skipped or len(block) == _BLOCK
        return None


def _is_header(block: bytes) -> bool:
    try:
        tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except tarfile.TarError:
        return False
    return True


def _tar_reader(opened: IO[bytes], chunks: _Chunks, place: int | None) -> Callable[[int], bytes]:
    """What reads a member whose bytes begin at that place of the archive, to the last one that is there."""
    plain = _reader(opened)
    done = 0
    damage: DamagedError | None = None

    def read(size: int) -> bytes:
        nonlocal done, damage
        if damage is not None:
            raise damage
        try:
            data = plain(size)
        except DamagedError as error:
            damage = error
            data = b"" if place is None else chunks.since(place + done)[:size]
            if not data:
                raise
        done += len(data)
        return data

    return read


def _reader(opened: IO[bytes]) -> Callable[[int], bytes]:
    def read(size: int) -> bytes:
        try:
            return opened.read(size)
        except (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, NotImplementedError) as error:
            raise DamagedError(f"damaged in its archive ({error}); fetch the archive again") from None

    return read


def _refused(name: str) -> str:
    """Why a member is not read, by its name alone; nothing where it may be."""
    path = name.replace("\\", "/")
    outside = path.startswith("/") or path[1:2] == ":" or ".." in path.split("/") or "\0" in path
    return _NOT_READ if outside else "" if path else "has no name; unpack it first"


def _is_hidden(name: str) -> bool:
    """Whether a folder walk would leave it out: hidden names, and what macOS puts beside files."""
    parts = name.replace("\\", "/").split("/")
    return any(part.startswith(".") and part not in (".", "..") for part in parts) or parts[0] == "__MACOSX"
