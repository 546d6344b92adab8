"""The store: Parquet files and commit records in `<output>/data`, the only truth about a finished run.

A slice of input becomes one file a table, named by its content, and then a commit record; `run.json`, written last,
names the commits that are the corpus. Whoever reads looks at what it names and at nothing else.
"""

from __future__ import annotations

from postscan.store.partition import run_partition
from postscan.store.records import copy_run, join_shards, open_run, read_run
from postscan.store.rerun import rerun
from postscan.store.run import ScanSlices, one_after_the_other, write_run
from postscan.store.slices import Member, Slice
from postscan.store.verify import clean, find_leftovers, verify

__all__ = [
    "Member", "ScanSlices", "Slice", "clean", "copy_run", "find_leftovers", "join_shards",
    "one_after_the_other", "open_run", "read_run", "rerun", "run_partition", "verify", "write_run",
]  # fmt: skip
