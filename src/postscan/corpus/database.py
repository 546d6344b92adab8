"""DuckDB over exactly the files that a run names: the engine that answers, never the truth."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from postscan.limits import memory, processors
from postscan.model import PostscanError
from postscan.tables import COLUMNS

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

PLAUSIBLE = ("1990-01-01", "2099-12-31")
"""Days of posts that are taken for true; a post of another day counts as one with an implausible date."""
_INTEGERS = ("int32", "int64")
_OFF = ("autoinstall_known_extensions", "autoload_known_extensions")
_LEAST_MEMORY = 256 << 20
_PATTERN = re.compile(r"[\[*?]")
MOST_ROWS = 1_000_000
"""Of a table that is asked for whole."""


def connect(files: Mapping[str, Sequence[Path]], scratch: Path) -> duckdb.DuckDBPyConnection:
    """A connection to a database in memory with a view a table, and `placed` and `repeated`, which counts use.

    `placed` has a row for each post that counts (one a platform and id) with `seq`, its place in the input; `repeated`
    has the others and who counts for them. `files` are resolved paths. What does not fit into memory goes to the folder
    `scratch`. Nothing is loaded from the network.
    """
    import duckdb

    settings: dict[str, str | bool | int | float | list[str]] = {
        **dict.fromkeys(_OFF, False),
        "memory_limit": f"{max(_LEAST_MEMORY, memory() // 2) >> 20}MB",
        "temp_directory": str(scratch),
        "threads": processors(),
    }
    database = duckdb.connect(":memory:", config=settings)
    for name, paths in files.items():
        columns = ", ".join(_named(column) for column, _ in COLUMNS[name])
        database.execute(f"CREATE VIEW {name} AS SELECT {columns} FROM {_parquet(paths)}")  # noqa: S608
    _mark_repeats(database, files["posts"])
    return database


def _parquet(paths: Sequence[Path], options: str = "") -> str:
    return f"read_parquet([{', '.join(_quoted(path) for path in paths)}]{options})"


def _quoted(path: Path) -> str:
    """A path as an SQL string that DuckDB takes literally: signs of its patterns in brackets, quotes doubled."""
    literal = _PATTERN.sub(r"[\g<0>]", path.as_posix())
    return "'" + literal.replace("'", "''") + "'"


def _mark_repeats(database: duckdb.DuckDBPyConnection, paths: Sequence[Path]) -> None:
    """Make `placed` and `repeated`: the later of two records with one platform and id counts, in input order."""
    database.execute(
        "CREATE TEMP TABLE read (post BIGINT, seq BIGINT, repost BOOLEAN, words_key BIGINT, stories INTEGER)"
    )
    import pyarrow as pa

    names = [path.as_posix() for path in paths]
    database.register("files", pa.table({"file": names, "number": range(len(names))}))
    source = _parquet(paths, ", file_row_number = true, filename = true")
    database.execute(
        "INSERT INTO read SELECT post, (number << 40) + file_row_number, repost_of IS NOT NULL, words_key, stories"  # noqa: S608
        f" FROM {source} LEFT JOIN files ON replace(filename, '\\', '/') = file"
    )
    database.unregister("files")
    if database.execute("SELECT count(*) FROM read WHERE seq IS NULL").fetchall() != [(0,)]:
        raise PostscanError(f"{names[0]}: DuckDB names the files of the store otherwise; report it with your system")
    database.execute("""
        CREATE TABLE repeated AS
        WITH known AS (SELECT post, seq, platform, id FROM posts JOIN read USING (post) WHERE platform IS NOT NULL),
        lasts AS (
            SELECT platform, id, max(seq) AS last, arg_max(post, seq) AS later
            FROM known GROUP BY platform, id HAVING count(*) > 1
        )
        SELECT post, later FROM known JOIN lasts USING (platform, id) WHERE seq < last
    """)
    database.execute("CREATE TABLE placed AS SELECT * FROM read WHERE post NOT IN (SELECT post FROM repeated)")
    database.execute("DROP TABLE read")


def query(database: duckdb.DuckDBPyConnection, sql: str, values: Sequence[Any] = ()) -> pd.DataFrame:
    """The rows of a query as a DataFrame; raises PostscanError, with DuckDB's own first line, for a wrong one."""
    import duckdb

    try:
        return database.execute(sql, list(values)).df()
    except duckdb.Error as error:
        raise wrong_query(error) from None


def check_where(condition: str) -> None:
    """Raise PostscanError for a condition over the columns of `posts` that DuckDB refuses, before there are posts."""
    import duckdb

    kinds = {"bool": "BOOLEAN", "date32": "DATE", "float64": "DOUBLE", "int32": "INTEGER", "int64": "BIGINT"}
    columns = ", ".join(f"{_named(name)} {kinds.get(kind, 'VARCHAR')}" for name, kind in COLUMNS["posts"])
    with duckdb.connect(":memory:", config=dict.fromkeys(_OFF, False)) as database:
        database.execute(f"CREATE TABLE posts ({columns})")
        query(database, f"SELECT post FROM posts WHERE (\n{condition}\n)")  # noqa: S608


def wrong_query(error: Exception) -> PostscanError:
    """What to tell a user whose SQL DuckDB refused."""
    first = str(error).partition("\n")[0]
    return PostscanError(f"{first}; the tables are {', '.join(COLUMNS)}, their columns are in docs/store.md")


def table(database: duckdb.DuckDBPyConnection, name: str, limit: int | None, *, counted: str = "") -> pd.DataFrame:
    """A table as a DataFrame, in input order; whole numbers that may be missing are Int64.

    With a table of posts that count (`counted`), what belongs to them alone. Raises PostscanError for more than a
    million rows without a limit, and for a name that no table has.
    """
    if name not in COLUMNS:
        raise PostscanError(f"there is no table {name!r}: they are {', '.join(COLUMNS)}")
    columns = [column for column, _ in COLUMNS[name]]
    source, order = name, ""
    if counted and "post" in columns:
        source = f"{name} JOIN (SELECT post, seq FROM {counted}) USING (post)"  # noqa: S608
        order = f" ORDER BY {'seq, n' if 'n' in columns else 'seq'}"
    if limit is None:
        rows = int(query(database, f"SELECT count(*) AS n FROM {source}")["n"].iloc[0])  # noqa: S608
        if rows > MOST_ROWS:
            raise PostscanError(
                f"{name} has {rows:,} rows: name a limit, corpus.table({name!r}, limit=...), or use corpus.sql"
            )
    cut = "" if limit is None else f" LIMIT {int(limit)}"
    frame = query(database, f"SELECT {', '.join(map(_named, columns))} FROM {source}{order}{cut}")  # noqa: S608
    return frame.astype({column: "Int64" for column, kind in COLUMNS[name] if kind in _INTEGERS})


def _named(column: str) -> str:
    return f'"{column}"'


def scratch_folder() -> Path:
    """A new empty folder for what does not fit into memory; whoever asks for it deletes it."""
    return Path(tempfile.mkdtemp(prefix="postscan-"))
