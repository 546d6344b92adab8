"""DuckDB over exactly the files that a run names: the engine that answers, never the truth."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from postscan.model import PostscanError
from postscan.tables import COLUMNS

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

PLAUSIBLE = ("1990-01-01", "2099-12-31")
"""Days of posts that are taken for true; a post of another day counts as one with an implausible date."""
_INTEGERS = ("int32", "int64")
_CGROUP = Path("/sys/fs/cgroup")


def connect(files: Mapping[str, Sequence[Path]], scratch: Path) -> duckdb.DuckDBPyConnection:
    """A connection to a database in memory with a view a table, and `counted` and `repeated`, which counts use.

    `counted` has a row for each post that counts (one a platform and id) with `seq` (its place in the input), `day`
    (null where it is `implausible`), `repost` and `duplicate` (an earlier post has the same words); `repeated` has the
    others and who counts for them. What does not fit into memory goes to the folder `scratch`. Nothing is loaded from
    the network.
    """
    import duckdb

    settings: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "memory_limit": f"{_memory() >> 20}MB",
        "temp_directory": str(scratch),
        "threads": _threads(),
    }
    database = duckdb.connect(":memory:", config=settings)
    for name, paths in files.items():
        columns = ", ".join(f'"{column}"' for column, _ in COLUMNS[name])
        database.execute(f"CREATE VIEW {name} AS SELECT {columns} FROM {_parquet(paths)}")  # noqa: S608
    _mark_repeats(database, files["posts"])
    return database


def _parquet(paths: Sequence[Path], options: str = "") -> str:
    return f"read_parquet([{', '.join(_quoted(path) for path in paths)}]{options})"


def _quoted(path: Path) -> str:
    """A path as an SQL string that DuckDB takes literally: signs of its patterns in brackets, quotes doubled."""
    literal = "".join(f"[{ch}]" if ch in "[*?" else ch for ch in path.resolve().as_posix())
    return "'" + literal.replace("'", "''") + "'"


def _mark_repeats(database: duckdb.DuckDBPyConnection, paths: Sequence[Path]) -> None:
    """Make `counted` and `repeated`: the later of two records with one platform and id counts, in input order."""
    database.execute("CREATE TEMP TABLE placed (post BIGINT, seq BIGINT, day DATE, repost BOOLEAN, words_key BIGINT)")
    for number, path in enumerate(paths):
        source = _parquet([path], ", file_row_number = true")
        database.execute(
            f"INSERT INTO placed SELECT post, {number << 40} + file_row_number, day, repost_of IS NOT NULL, words_key"  # noqa: S608
            f" FROM {source}"
        )
    database.execute("""
        CREATE TEMP TABLE repeated AS
        WITH known AS (SELECT post, seq, platform, id FROM posts JOIN placed USING (post) WHERE platform IS NOT NULL),
        lasts AS (
            SELECT platform, id, max(seq) AS last, arg_max(post, seq) AS later
            FROM known GROUP BY platform, id HAVING count(*) > 1
        )
        SELECT post, later FROM known JOIN lasts USING (platform, id) WHERE seq < last
    """)
    database.execute(
        """
        CREATE TEMP TABLE counted AS
        WITH once AS (SELECT * FROM placed WHERE post NOT IN (SELECT post FROM repeated)),
        firsts AS (
            SELECT words_key, min(seq) AS first FROM once WHERE words_key IS NOT NULL
            GROUP BY words_key HAVING count(*) > 1
        )
        SELECT post, seq, CASE WHEN day BETWEEN ?::DATE AND ?::DATE THEN day END AS day,
            coalesce(day NOT BETWEEN ?::DATE AND ?::DATE, false) AS implausible,
            repost, coalesce(seq > first, false) AS duplicate
        FROM once LEFT JOIN firsts USING (words_key)
    """,
        [*PLAUSIBLE, *PLAUSIBLE],
    )
    database.execute("DROP TABLE placed")


def query(database: duckdb.DuckDBPyConnection, sql: str, values: Sequence[Any] = ()) -> pd.DataFrame:
    """The rows of a query as a DataFrame; raises PostscanError, with DuckDB's own first line, for a wrong one."""
    import duckdb

    try:
        return database.execute(sql, list(values)).df()
    except duckdb.Error as error:
        raise wrong_query(error) from None


def wrong_query(error: Exception) -> PostscanError:
    """What to tell a user whose SQL DuckDB refused."""
    first = str(error).partition("\n")[0]
    return PostscanError(f"{first}; the tables are {', '.join(COLUMNS)}, their columns are in docs/store.md")


def table(database: duckdb.DuckDBPyConnection, name: str, limit: int | None) -> pd.DataFrame:
    """A table as a DataFrame, in input order; whole numbers that may be missing are Int64."""
    rows = "" if limit is None else f" LIMIT {int(limit)}"
    frame = query(database, f"SELECT * FROM {name}{rows}")  # noqa: S608
    return frame.astype({column: "Int64" for column, kind in COLUMNS[name] if kind in _INTEGERS})


def _threads() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _memory() -> int:
    """Half of the bytes that this process may use, at least 256 MB."""
    bounds = []
    limit = _CGROUP / "memory.max"
    if limit.is_file() and (text := limit.read_text().strip()).isdecimal():
        bounds.append(int(text))
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        bounds.append(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
    return max(256 << 20, min(bounds, default=2 << 30) // 2)


def scratch_folder() -> Path:
    """A new empty folder for what does not fit into memory; whoever asks for it deletes it."""
    return Path(tempfile.mkdtemp(prefix="postscan-"))
