"""How input is cut into slices: parts of big files whose rows are lines, other big files whole, small files in packs.

Where a cut falls depends on the slice size, on the sizes of the files and on their paths, never on the number of jobs;
a file that is added or changed changes its own pack, for a pack also ends where a path's digest says so.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from postscan.model import Problem, Skipped
from postscan.reading import InputFile, Part, files_beside, may_be_read_with_others, rows_are_lines
from postscan.reading.inputs import say_reason
from postscan.reading.streams import open_input, place_beside
from postscan.store.slices import Member, Slice

SMALL, LARGE = (2 << 20, 4 << 20, 8 << 20), 64 << 20
"""Bytes of input of a slice, where the whole input is up to `_MUCH`, and beyond."""
_MUCH = 1 << 30
_SHARES = 32
"""So many slices can be shared out among a few processes with little waiting for the last one."""
_PACK = 512
"""One path in so many ends its pack."""
_CHUNK = 1 << 20
_MARK = b"\xef\xbb\xbf"
_SPACE_BEGINS = re.compile(rb"\n\s")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run reads, cut into slices."""

    slices: tuple[Slice, ...]
    """In input order."""
    inputs: tuple[Mapping[str, Any], ...]
    """Path, bytes and digest of every file, in input order."""
    slice_size: int


def choose_size(inputs: Iterable[InputFile | Skipped | Problem]) -> int:
    """The bytes of a slice for this input: so few files are written for much input, and a little is still shared out.

    >>> choose_size([]) >> 20
    2
    """
    total = sum(item.size for item in inputs if isinstance(item, InputFile))
    if total > _MUCH:
        return LARGE
    return next((size for size in SMALL if total <= _SHARES * size), SMALL[-1])


def make_plan(
    inputs: Sequence[InputFile | Skipped | Problem],
    size: int,
    *,
    reading: Mapping[str, Any],
    scanning: Mapping[str, Any],
) -> Plan:
    """The plan for these inputs in slices of about `size` bytes; every file is read once, for its digests.

    A file that cannot be read is a Problem of its slice.
    """
    files: list[Mapping[str, Any]] = []
    beside = _Beside(reading["input_format"])
    slices = [Slice(tuple(items), reading, scanning) for items in _packs(inputs, size, reading, files, beside)]
    return Plan(tuple(slices), tuple(files), size)


_Item = Member | Skipped | Problem


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class _Beside:
    """The digests of the files that are read with another one; each is looked at once."""

    def __init__(self, input_format: str | None) -> None:
        self._format = input_format
        self._folders: dict[str, bool] = {}
        self._digests: dict[str, str] = {}

    def digests(self, file: InputFile) -> tuple[str, ...]:
        """Of those that are read with this one; most files lie in folders where there are none. Raises OSError."""
        folder = place_beside(file.disk, "")
        if folder not in self._folders:
            self._folders[folder] = may_be_read_with_others(file)
        if not self._folders[folder]:
            return ()
        return tuple(map(self._digest, files_beside(file, input_format=self._format)))

    def _digest(self, disk: str) -> str:
        if disk not in self._digests:
            with open_input(disk) as stream:
                self._digests[disk] = _cut(stream, 0)[2]
        return self._digests[disk]


def _packs(
    inputs: Sequence[InputFile | Skipped | Problem],
    size: int,
    reading: Mapping[str, Any],
    files: list[Mapping[str, Any]],
    beside: _Beside,
) -> Iterator[list[_Item]]:
    pack: list[_Item] = []
    filled = 0
    for item in inputs:
        members = _members(item, size, reading, files, beside) if isinstance(item, InputFile) else [item]
        for member in members:
            large = isinstance(member, Member) and (member.size >= size or len(members) > 1)
            if large and pack:
                yield pack
                pack, filled = [], 0
            pack.append(member)
            filled += member.size if isinstance(member, Member) else 0
            if large or filled >= size or _ends_pack(member.path):
                yield pack
                pack, filled = [], 0
    if pack:
        yield pack


def _ends_pack(path: str) -> bool:
    digest = hashlib.blake2b(path.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") % _PACK == 0


def _members(
    file: InputFile, size: int, reading: Mapping[str, Any], files: list[Mapping[str, Any]], beside: _Beside
) -> Sequence[_Item]:
    """The file as one member, or as its parts; a file that cannot be read as a Problem."""
    try:
        with open_input(file.disk) as stream:
            lines = file.size > size and rows_are_lines(
                file, encoding=reading["encoding"], input_format=reading["input_format"]
            )
            parts, length, digest = _cut(stream, size if lines else 0)
        others = beside.digests(file)
    except OSError as error:
        return [Problem(file.path, None, f"{file.path}: {say_reason(error)}")]
    known = {"beside": list(others)} if others else {}
    files.append({"path": file.path, "bytes": length, "digest": digest, **known})
    if len(parts) < 2:
        return [Member(file, file.path, length, digest, others)]
    return [Member(dataclasses.replace(file, part=part), file.path, part.end - part.start, own) for part, own in parts]


def _cut(stream: _Readable, size: int) -> tuple[list[tuple[Part, str]], int, str]:
    """The parts of a file, each with its digest; the file's length and digest.

    A part ends after the first line end at or beyond a multiple of `size`, so that what is appended changes no part
    but the last; with 0 the file is one part.
    """
    whole, part = hashlib.blake2b(digest_size=16), hashlib.blake2b(digest_size=16)
    parts: list[tuple[Part, str]] = []
    start = line = record = at = lines = records = 0
    open_line = b""  # what the last chunks had after their last line end: its content decides whether it is a record

    def close(end: int) -> None:
        nonlocal start, line, record, part
        parts.append((Part(start, end, line, record), part.hexdigest()))
        start, line, record, part = end, lines, records, hashlib.blake2b(digest_size=16)

    while chunk := stream.read(_CHUNK):
        whole.update(chunk)
        if not size:
            at += len(chunk)
            continue
        rest = chunk
        while rest:
            due = (start // size + 1) * size - at  # bytes until the part may end; none where it is overdue
            cut = rest.find(b"\n", max(0, due - 1)) + 1 if due <= len(rest) else 0
            piece, rest = (rest[:cut], rest[cut:]) if cut else (rest, b"")
            part.update(piece)
            at += len(piece)
            found, filled, open_line = _count(open_line, piece.removeprefix(_MARK) if at == len(piece) else piece)
            lines += found
            records += filled
            if cut:
                close(at)
    if at > start and size:
        close(at)
    return parts, at, whole.hexdigest()


def _count(before: bytes, piece: bytes) -> tuple[int, int, bytes]:
    """Lines that end in a piece, those of them that are not blank, and a sign of what the last, open one holds."""
    lines = piece.count(b"\n")
    if not lines:
        return 0, 0, before or piece.strip()[:1]
    first, last = piece.find(b"\n"), piece.rfind(b"\n") + 1
    opened = bool(before) or not _blank(piece[:first])
    rest = piece[first + 1 : last]
    blank = sum(map(_blank, rest.split(b"\n")[:-1])) if _may_be_blank(rest) else 0
    return lines, lines - blank - (not opened), piece[last:].strip()[:1]


def _blank(line: bytes) -> bool:
    return not line or line.isspace()


def _may_be_blank(lines: bytes) -> bool:
    """Whether one of the lines might be blank: it begins with white space or with its end."""
    return lines[:1].isspace() or _SPACE_BEGINS.search(lines) is not None
