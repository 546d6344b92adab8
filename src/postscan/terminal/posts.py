"""Posts on the terminal: one with its layers and the rules that decided, and the uses behind a figure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from postscan.model import Block, Embed, Entity, Scan, Source
from postscan.terminal.text import ISOLATES, cell, clean, in_order, is_rtl, several

if TYPE_CHECKING:
    from pandas import DataFrame
    from rich.console import Console
    from rich.text import Text

_WORD = re.compile(r"\S+")
_COLOURS = {
    "headline": "bold blue", "dateline": "cyan", "body": "", "embed": "yellow", "caption": "green",
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
        colour = _COLOURS.get(block.kind, "bold")
        heading = Text(clean(block.kind), style=f"{colour} reverse")
        yield heading.append(clean(f"   story {block.story}   rule {block.rule}"), style="not reverse dim")
        for start, end in _wrapped(scan.post.text, block.start, block.end, width):
            yield Text("    ").append_text(_line(scan, start, end, mode, colour))
        for found in sorted(_found(scan, block), key=lambda span: (span.start, span.end)):
            words = "" if isinstance(found, Embed) else f"  {cell(scan.surface(found), mode)}"
            yield Text.assemble(("      " + clean(_kind(found)), "dim"), words)


def _wrapped(text: str, start: int, end: int, width: int) -> Iterator[tuple[int, int]]:
    """Where each line of a block stands when its own lines are wrapped at white space; empty lines are left out."""
    from rich.cells import cell_len

    first = last = start
    used = 0
    for word in _WORD.finditer(text, start, end):
        size = cell_len(clean(word[0]))
        if last > first and (used + size >= width or "\n" in text[last : word.start()]):
            yield first, last
            used = 0
        first = first if used else word.start()
        used, last = used + size + 1, word.end()
    if last > first:
        yield first, last


def _line(scan: Scan, start: int, end: int, mode: str, colour: str) -> Text:
    """A line in the colour of its block, entities underlined, but for letters that are put into visual order."""
    from rich.text import Text

    surface = scan.post.text[start:end]
    if mode == "visual":
        return Text(cell(surface, mode), style=colour)
    edges = {start, end}
    inside = [e for e in scan.entities if e.start < end and start < e.end]
    edges |= {edge for e in inside for edge in (e.start, e.end) if start < edge < end}
    line = Text(style=colour)
    for a, b in pairwise(sorted(edges)):
        marked = any(e.start <= a and b <= e.end for e in inside)
        line.append(clean(scan.post.text[a:b]), style="underline" if marked else "")
    opening, closing = ISOLATES if mode == "isolate" and is_rtl(surface) else ("", "")
    return Text(opening, style=colour).append_text(line).append(closing)


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
