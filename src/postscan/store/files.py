"""Files that are there whole or not at all: written under a temporary name, synced, renamed, named by their content."""

from __future__ import annotations

import contextlib
import hashlib
import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from postscan.model import PostscanError

TEMPORARY = ".tmp-"
"""How names of unfinished files begin; nothing reads them, and those of killed writers may be deleted."""


def digest_bytes(data: bytes) -> str:
    """BLAKE2b, 128 bits, as hexadecimal digits."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def digest_stream(stream: BinaryIO) -> str:
    """`digest_bytes` of all that is left in a stream, read in pieces."""
    found = hashlib.blake2b(digest_size=16)
    while piece := stream.read(1 << 20):
        found.update(piece)
    return found.hexdigest()


def digest_file(path: Path) -> str:
    """`digest_bytes` of a file."""
    with path.open("rb") as stream:
        return digest_stream(stream)


def dump(value: Any) -> bytes:
    """The one JSON text of a value: sorted keys, two spaces, a newline at the end."""
    import orjson

    return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)


def seal(value: dict[str, Any]) -> dict[str, Any]:
    """The value with the digest of its JSON text as "digest", by which `parse` knows it again."""
    return {**value, "digest": digest_bytes(dump(value))}


def parse(path: Path) -> dict[str, Any]:
    """The sealed value of a JSON file of the store.

    Raises PostscanError where the file is missing or is not byte for byte what was written.
    """
    import orjson

    try:
        data = path.read_bytes()
        value = orjson.loads(data)
    except (OSError, orjson.JSONDecodeError) as error:
        raise PostscanError(f"{path}: cannot be read ({error}); scan the input again") from None
    if not isinstance(value, dict) or dump(value) != data or seal(_unsealed(value)) != value:
        raise PostscanError(f"{path}: was changed after it was written; scan the input again")
    return value


def _unsealed(value: dict[str, Any]) -> dict[str, Any]:
    return {name: part for name, part in value.items() if name != "digest"}


@contextlib.contextmanager
def temporary_file(folder: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """A new file under a temporary name in a folder; it is removed unless the block renamed it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{TEMPORARY}{uuid.uuid4().hex}"
    try:
        with path.open("xb") as stream:
            yield path, stream
    finally:
        path.unlink(missing_ok=True)


def commit_file(path: Path, stream: BinaryIO, final: Path) -> None:
    """Give a written temporary file its name; after a power cut it is there whole or not at all."""
    stream.flush()
    os.fsync(stream.fileno())
    stream.close()
    path.replace(final)
    sync_folder(final.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder last; a system whose folders cannot be synced (Windows) does that by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_file(final: Path, data: bytes) -> None:
    """Write a small file whole or not at all."""
    with temporary_file(final.parent) as (path, stream):
        stream.write(data)
        commit_file(path, stream, final)
