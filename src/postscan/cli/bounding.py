"""The options that say where reading stops: what a record may take, what may unpack, how deep archives may lie."""

from __future__ import annotations

import re
from typing import Any

import click

_BOUNDS = "postscan.bounds"
_SIZE = re.compile(r"([0-9]{1,15}) ?(?:([KMGT])(i?)B?|B?)", re.IGNORECASE)


def _keep(ctx: click.Context, param: click.Parameter, value: int | None) -> None:
    if value is not None:
        ctx.meta.setdefault(_BOUNDS, {})[param.name] = value


def _keep_size(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    """Keep a number of bytes, as it is written: 4096, 512MB (millions of them), 64MiB (of 1,048,576)."""
    if value is None:
        return
    found = _SIZE.fullmatch(value)
    if found is None or not int(found[1]):
        raise click.BadParameter(f"{value!r}: write a number of bytes, for example 512MB")
    base = 1024 if found[3] else 1000
    _keep(ctx, param, int(found[1]) * base ** (" KMGT".index(found[2].upper()) if found[2] else 0))


_OPTIONS = (
    click.option("--max-record", metavar="SIZE", callback=_keep_size, expose_value=False,
                 help="What one record may take, e.g. 512MB.  [default: 64MiB]"),
    click.option("--max-expansion", type=click.IntRange(1), metavar="N", callback=_keep, expose_value=False,
                 help="Times its size that a packed file may become, beyond 256 MiB.  [default: 200]"),
    click.option("--max-depth", type=click.IntRange(1), metavar="N", callback=_keep, expose_value=False,
                 help="Archives that may lie in one another.  [default: 3]"),
)  # fmt: skip


def bounding(command: Any) -> Any:
    """The command with the options that say where reading stops."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def chosen_bounds() -> dict[str, int]:
    """The arguments of `read` that were given."""
    return dict(click.get_current_context().meta.get(_BOUNDS, {}))
