"""The options that say who scans, and how much of the input: processes, a Dask cluster, a shard of a batch job."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from postscan.store import ScanSlices

_SCALE = "postscan.scale"


def _keep(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    if value is not None:
        ctx.meta.setdefault(_SCALE, {})[param.name] = value


_OPTIONS = (
    click.option("--jobs", type=click.IntRange(1), metavar="N", callback=_keep, expose_value=False,
                 help="Processes that scan.  [default: as many as are allowed, for 16 MB of input and more]"),
    click.option("--dask", metavar="ADDRESS", callback=_keep, expose_value=False,
                 help="Scan on a Dask cluster, e.g. tcp://host:8786; its workers must see the same folders."),
    click.option("--shard", metavar="I/N", callback=_keep, expose_value=False,
                 help="Scan every N-th slice from the I-th on and write data only; `report` joins the shards."),
    click.option("--slice-size", type=click.IntRange(1), metavar="BYTES", callback=_keep, expose_value=False,
                 help="Input that is scanned and committed as one.  [default: 2 to 8 MB, of more than 1 GB 64 MB]"),
)  # fmt: skip


def scaling(command: Any) -> Any:
    """The command with the options that say who scans."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def chosen_slices() -> dict[str, Any]:
    """The arguments of `write_run` that were given: slice size and shard; which shards there are, it knows."""
    given = click.get_current_context().meta.get(_SCALE, {})
    chosen = {"slice_size": given["slice_size"]} if "slice_size" in given else {}
    return {**chosen, "shard": _shard(given["shard"])} if "shard" in given else chosen


def _shard(text: str) -> tuple[int, int]:
    number, _, of = text.partition("/")
    if not (number.isdecimal() and of.isdecimal()):
        raise click.BadParameter(f"{text!r}: write I/N, for example 3/64", param_hint="--shard")
    return int(number), int(of)


@contextlib.contextmanager
def chosen_engine() -> Iterator[ScanSlices]:
    """Who scans, by the options that were given; raises PostscanError where no cluster answers."""
    from postscan.engines import choose_engine, on_dask

    given = click.get_current_context().meta.get(_SCALE, {})
    if "dask" not in given:
        yield choose_engine(given.get("jobs"))
        return
    with on_dask(given["dask"]) as engine:
        yield engine
