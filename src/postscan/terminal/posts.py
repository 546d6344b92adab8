"""Posts on the terminal: one with its layers and the rules that decided, and the uses behind a figure."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

from postscan.model import Block, Embed, Entity, Scan, Source
from postscan.terminal.text import cell, clean, in_order, several

if TYPE_CHECKING:
    from pandas import DataFrame
    from rich.console import Console
    from rich.text import Text

_COLOURS = {
    "headline": "bold blue", "dateline": "cyan", "body": "bold", "embed": "yellow", "caption": "green",
    "teaser": "magenta", "byline": "magenta", "boilerplate": "dim", "tags": "cyan",
}  # fmt: skip


def print_scan(scan: Scan, console: Console, *, bidi: str = "auto") -> None:
    """Print one post: block by block its words, then what was found in them, with the rules that decided."""
    with in_order(console, bidi) as mode:
        for line in _scan_lines(scan, mode, max(24, console.width - 6)):
            console.print(line, soft_wrap=True)


def print_evidence(found: DataFrame, console: Console, *, bidi: str = "auto") -> None:
    """Print the uses behind a figure (`Corpus.evidence`): where each stands, and the words around it."""
    from rich.text import Text

    with in_order(console, bidi) as mode:
        console.print(
            Text(f"{several(len(found), 'use')} in {several(found['post'].nunique(), 'post')}"), soft_wrap=True
        )
        for row in found.to_dict("records"):
            place = clean(row["path"]) + (f"#{row['record']}" if str(row["record"]).isdigit() else "")
            facts = [str(row[name]) for name in ("created", "role") if isinstance(row[name], str)]
            console.print(Text.assemble((place, "bold"), "  ", (clean("  ".join(facts)), "dim")), soft_wrap=True)
            console.print(Text(f"    {cell(row['around'], mode)}"), soft_wrap=True)


def _scan_lines(scan: Scan, mode: str, width: int) -> Iterator[Text]:
    from rich.text import Text

    created = f"{scan.created} (from {scan.created_from})" if scan.created else "no date"
    yield Text(clean(f"{scan.post.id or 'post'}   {created}   language {scan.language}, mainly {scan.main}"))
    for block in scan.blocks:
        yield Text()
        heading = Text(clean(block.kind), style=_COLOURS.get(block.kind, "bold"))
        yield heading.append(clean(f"   story {block.story}   rule {block.rule}"), style="dim")
        yield from (Text(f"    {cell(line, mode)}") for line in _wrapped(scan.surface(block), width))
        for found in sorted(_found(scan, block), key=lambda span: (span.start, span.end)):
            words = "" if isinstance(found, Embed) else f"  {cell(scan.surface(found), mode)}"
            yield Text.assemble(("      " + clean(_kind(found)), "dim"), words)


def _wrapped(text: str, width: int) -> Iterator[str]:
    for line in text.split("\n"):
        yield from textwrap.wrap(clean(line), width)


def _found(scan: Scan, block: Block) -> Iterator[Embed | Entity | Source]:
    for layer in (scan.embeds, scan.entities, scan.sources):
        yield from (span for span in layer if block.start <= span.start < block.end)


def _kind(span: Embed | Entity | Source) -> str:
    if isinstance(span, Embed):
        who = " ".join(filter(None, (span.name, span.handle and f"@{span.handle}")))
        return f"post of {who or 'nobody named'}, {span.platform}, {span.date or 'no date'}, rule {span.rule}"
    if isinstance(span, Source):
        return f"credited, {span.kind}, {span.name or span.key}, rule {span.rule}:"
    return f"{span.kind} {span.value}:"
