"""One slice to one commit: its posts are scanned, its tables written and committed.

The bytes depend on the slice and the versions alone, so that a slice scanned twice, anywhere, gives the same files.
"""

from __future__ import annotations

import contextlib
import errno
import gc
from collections.abc import Iterator
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from postscan.model import Post, PostscanError, Problem, Scan, Skipped
from postscan.progress import Progress
from postscan.reading import Notes, read_input
from postscan.store.files import commit_file, digest_file, dump, seal, temporary_file, write_file
from postscan.store.slices import Member, Slice, versions
from postscan.tables import batch_schemas, rows

if TYPE_CHECKING:
    import pyarrow as pa

COMMITS = "commits"
GROUP_POSTS = 1 << 13
GROUP_BYTES = 32 << 20
"""A row group of each table is written when so many items, or so many bytes of Arrow, have come together."""
WRITE_OPTIONS: dict[str, Any] = {
    "compression": "zstd",
    "compression_level": 3,
    "data_page_version": "1.0",
    "store_schema": False,
    "use_dictionary": True,
    "version": "2.6",
    "write_page_checksum": True,
    "write_statistics": True,
}
"""Pinned, so that equal rows are equal bytes; `write_options` has what the columns of a store want otherwise."""
_DIFFERENT = frozenset(
    (
        *("author", "author_id", "created", "id", "message", "path", "post", "poster", "quote_of", "record"),
        *("reply_to", "repost_of", "text", "time", "title", "url", "words_key"),
    )
)
"""Columns of which hardly two rows are the same: a dictionary of their values makes them longer, and takes time."""
_RANGED = frozenset(("day", "time"))
"""Columns by whose least and greatest value a reader can pass row groups over; of others each group has all values."""
_PROSE = frozenset(("text", "title"))
"""Columns that a higher level makes shorter by a third; the others come out the same."""


def write_options(schema: pa.Schema) -> dict[str, Any]:
    """How a table of the store is written, column by column."""
    names = schema.names
    return {
        **WRITE_OPTIONS,
        "compression_level": {name: 3 if name in _PROSE else 1 for name in names},
        "use_dictionary": [name for name in names if name not in _DIFFERENT],
        "write_statistics": [name for name in names if name in _RANGED],
    }


_MANY_VALUES = 100_000
"""So many new values are looked through for cycles at once: ours hold none, and looking every 700 costs a tenth.

Two batches of short posts hold fewer, so that most values are gone before anybody looks.
"""


def run_partition(part: Slice, out: Path, *, progress: Progress | None = None) -> dict[str, Any]:
    """The commit record of a slice, after its posts are scanned and its tables and the record are in `out`/data.

    Raises PostscanError where the files cannot be written; what was half written is gone then, or has a temporary
    name that nothing reads.
    """
    data = out / "data"
    try:
        with _collecting_seldom(), contextlib.ExitStack() as stack:
            tables = _Tables(data, stack)
            counts, notes = _fill(tables, part, progress or _quiet)
            files = tables.commit()
        record = seal(
            {
                "format": 2,
                "key": part.key,
                "members": [_member(m) for m in part.members],
                "options": part.options,
                "versions": versions(),
                "counts": counts,
                "notes": notes.rows(),
                "tables": files,
            }
        )
        write_file(data / COMMITS / f"{part.key}.json", dump(record))
    except OSError as error:
        raise unwritable(out, error) from error
    return record


@contextlib.contextmanager
def _collecting_seldom() -> Iterator[None]:
    """Lets Python look for cycles less often; what the caller had set holds again afterwards, and 0 is left alone."""
    young, *older = gc.get_threshold()
    if not 0 < young < _MANY_VALUES:
        yield
        return
    gc.set_threshold(_MANY_VALUES, *older)
    try:
        yield
    finally:
        gc.set_threshold(young, *older)


def _member(member: Member) -> dict[str, Any]:
    part = member.input.part
    return {"path": member.path, "bytes": member.size, "digest": member.digest, "part": asdict(part) if part else None}


def unwritable(out: Path, error: OSError) -> PostscanError:
    """What to tell a user whose output folder takes no files."""
    advice = how_to_write(error)
    advice = f"{advice} or choose" if advice else "choose"
    return PostscanError(f"{out}: cannot be written ({error.strerror or error}); {advice} another folder: -o DIR")


def how_to_write(error: OSError) -> str | None:
    """What would let a refused place be written, where it can be said."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return "free some space"
    return "make it writable" if error.errno in (errno.EACCES, errno.EPERM) else None


def _quiet(done: int, total: int, posts: int) -> None:
    pass


def _fill(tables: _Tables, part: Slice, progress: Progress) -> tuple[dict[str, int], Notes]:
    """Write every post, problem and skipped record of a slice into its tables; how many there were, and the notes."""
    from postscan.pipeline import BATCH, scan_many  # a run that re-uses all has no use for it

    notes = Notes()
    others: list[Problem | Skipped] = []
    total = part.size
    done = 0

    def posts() -> Iterator[Post]:
        found = [item.input if isinstance(item, Member) else item for item in part.items]
        for item in read_input(found, **part.reading, notes=notes, report=count):
            if isinstance(item, Post):
                yield item
                continue
            others.append(item)
            if len(others) >= BATCH:
                tables.add(others)
                others.clear()
                progress(min(done, total), total, tables.rows["posts"])

    def count(read: int) -> None:
        nonlocal done
        done += read

    progress(0, total, 0)
    scans = scan_many(posts(), **part.scanning, notes=notes)
    while some := list(islice(scans, BATCH)):
        tables.add([*some, *others])
        others.clear()
        progress(min(done, total), total, tables.rows["posts"])
    tables.add(others)
    tables.flush()
    progress(total, total, tables.rows["posts"])
    counts = {"kept": tables.rows["posts"], "skipped": tables.rows["skipped"], "problems": tables.rows["problems"]}
    return {"read": sum(counts.values()), **counts}, notes


class _Tables:
    """The Parquet files of a slice while they are written, each under a temporary name."""

    def __init__(self, data: Path, stack: contextlib.ExitStack) -> None:
        import pyarrow.parquet as pq

        self.rows = dict.fromkeys(batch_schemas(), 0)
        self._data = data
        self._waiting: dict[str, list[pa.RecordBatch]] = {name: [] for name in batch_schemas()}
        self._items = self._bytes = 0
        self._files: dict[str, tuple[Path, BinaryIO]] = {}
        self._writers: dict[str, pq.ParquetWriter] = {}
        for name, schema in batch_schemas().items():
            path, stream = stack.enter_context(temporary_file(data / name))
            self._files[name] = path, stream
            self._writers[name] = stack.enter_context(
                _closing(pq.ParquetWriter(stream, schema, **write_options(schema)))
            )

    def add(self, items: list[Scan | Problem | Skipped] | list[Problem | Skipped]) -> None:
        """Add the rows of these; they are written a row group at a time."""
        for name, batch in rows(items).items():
            if batch.num_rows:
                self._waiting[name].append(batch)
                self._bytes += batch.nbytes
                self.rows[name] += batch.num_rows
        self._items += len(items)
        if self._items >= GROUP_POSTS or self._bytes >= GROUP_BYTES:
            self.flush()

    def flush(self) -> None:
        """Write what waits as a row group of each table."""
        import pyarrow as pa

        for name, waiting in self._waiting.items():
            if waiting:
                table = pa.Table.from_batches(waiting).unify_dictionaries()
                self._writers[name].write_table(table, row_group_size=table.num_rows)
                waiting.clear()
        self._items = self._bytes = 0

    def commit(self) -> dict[str, dict[str, Any]]:
        """Close the files and name each by its content; name, rows, bytes and digest of each table's file."""
        found = {}
        for name, (path, stream) in self._files.items():
            self._writers[name].close()
            stream.flush()
            digest = digest_file(path)
            final = self._data / name / f"{digest}.parquet"
            size = path.stat().st_size
            if not (final.exists() and digest_file(final) == digest):
                commit_file(path, stream, final)
            found[name] = {"file": f"{name}/{final.name}", "rows": self.rows[name], "bytes": size, "digest": digest}
        return found


@contextlib.contextmanager
def _closing(writer: Any) -> Iterator[Any]:
    """The Parquet writer, closed; when something else failed already (a full disk), closing may fail too."""
    try:
        yield writer
    except BaseException:
        with contextlib.suppress(OSError):
            writer.close()
        raise
    writer.close()
