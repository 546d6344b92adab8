"""The verbs that look after a store: is it whole, what of it is not needed, and can its run be repeated."""

from __future__ import annotations

from pathlib import Path

import click

from postscan.cli.messages import remark, standard_output
from postscan.cli.scaling import chosen_engine, scaling

_DEBUG = click.option("--debug", is_flag=True, help="Show the traceback of an error.")
_FOLDER = click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")


@click.command(short_help="Whether every byte of the store is as it was written.")
@_FOLDER
@_DEBUG
def verify(folder: Path, debug: bool) -> int:  # noqa: ARG001
    """Read every file of DIR's store and compare it with its digest; 1 where one is missing or was changed."""
    from postscan.store import verify as verify_store
    from postscan.terminal import clean, make_console

    faults = verify_store(folder)
    for fault in faults:
        remark(fault)
    if not faults:
        with standard_output():
            make_console().print(f"{clean(folder)}: the store is whole", soft_wrap=True)
    return 1 if faults else 0


@click.command(short_help="Delete what no run needs: leftovers of killed runs, and scans of other options.")
@_FOLDER
@_DEBUG
def clean(folder: Path, debug: bool) -> int:  # noqa: ARG001
    """Delete from DIR's store what its run does not name, while nobody scans into it.

    These are the temporary files of killed runs, and what earlier runs with other options or other input scanned, which
    would be scanned again if it were asked for.
    """
    from postscan.store import clean as clean_store
    from postscan.terminal import clean as shown
    from postscan.terminal import make_console

    gone, size = clean_store(folder)
    with standard_output():
        make_console().print(f"{shown(folder)}: {gone:,} files deleted, {size / 1e6:,.1f} MB", soft_wrap=True)
    return 0


@click.command(short_help="Make a run again from its record, and say what differs.")
@click.argument("record", type=click.Path(path_type=Path), metavar="RUN.JSON")
@click.argument("paths", nargs=-1)
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, metavar="DIR", help="The new run.")
@scaling
@_DEBUG
def rerun(record: Path, paths: tuple[str, ...], output: Path, debug: bool) -> int:  # noqa: ARG001
    """Make the run of a RUN.JSON (or of the output folder that it lies in) again; 1 where anything differs.

    The options are those of the record. PATHS say where its input lies now; without them it is looked for under the
    same names in the current folder.

    \b
    postscan rerun postscan-report/data/run.json corpus/ -o again
    """
    from postscan.progress import show_progress
    from postscan.store import read_run
    from postscan.store import rerun as run_again
    from postscan.terminal import make_console

    with chosen_engine() as engine, show_progress() as progress:
        found = run_again(record, output, paths=paths or None, progress=progress, scan_slices=engine)
    with standard_output():
        console = make_console()
        for sentence in found:
            console.print(sentence, soft_wrap=True, markup=False)
        if not found:
            console.print(f"run {read_run(output)[0]['digest'][:10]} again: every byte is the same", soft_wrap=True)
    return 1 if found else 0
