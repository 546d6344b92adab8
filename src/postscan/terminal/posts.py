"""Posts on the terminal: one with its layers and the rules that decided, and the uses behind a figure."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from postscan.annotate import direction
from postscan.model import Block, Embed, Entity, Scan, Source
from postscan.terminal.console import print_lines
from postscan.terminal.text import cell, clean, is_rtl, isolate, several, visual, wrapped

if TYPE_CHECKING:
    from pandas import DataFrame
    from rich.console import Console
    from rich.text import Text

_COLOURS = {
    "headline": "bold blue", "dateline": "cyan", "body": "", "embed": "yellow", "caption": "green",
    "teaser": "magenta", "byline": "magenta", "boilerplate": "dim", "tags": "cyan",
}  # fmt: skip


def print_scan(scan: Scan, console: Console, *, bidi: str = "auto") -> None:
    """Print one post: block by block its words, then what was found in them, with the rules that decided."""
    print_lines(console, bidi, lambda mode: _scan_lines(scan, mode, max(24, console.width - 6)))


def print_evidence(found: DataFrame, console: Console, *, bidi: str = "auto") -> None:
    """Print the uses behind a figure (`Corpus.evidence`): where each stands, and the words around it."""
    print_lines(console, bidi, lambda mode: _evidence_lines(found, mode, max(24, console.width - 6)))


def _evidence_lines(found: DataFrame, mode: str, width: int) -> Iterator[Text]:
    from rich.text import Text

    yield Text(f"{several(len(found), 'use')} in {several(found['post'].nunique(), 'post')}")
    for row in found.to_dict("records"):
        place = clean(row["path"]) + (f"#{row['record']}" if str(row["record"]).isdigit() else "")
        facts = [str(row[name]) for name in ("created", "role") if isinstance(row[name], str)]
        yield Text.assemble((cell(place, mode, "ltr"), "bold"), "  ", (clean("  ".join(facts)), "dim"))
        around = str(row["around"])
        for start, end in wrapped(around, 0, len(around), width):
            yield Text(f"    {cell(around[start:end], mode, direction(around))}")


def _scan_lines(scan: Scan, mode: str, width: int) -> Iterator[Text]:
    from rich.text import Text

    created = f"{scan.created} (from {scan.created_from})" if scan.created else "no date"
    facts = clean(f"   {created}   language {scan.language}, mainly {scan.main}")
    yield Text(cell(scan.post.id or "post", mode, "ltr") + facts)
    for block in scan.blocks:
        yield Text()
        colour = _COLOURS.get(block.kind, "bold")
        heading = Text(clean(block.kind), style=f"{colour} reverse")
        yield heading.append(clean(f"   story {block.story}   rule {block.rule}"), style="not reverse dim")
        runs = direction(scan.post.text[block.start : block.end])
        for start, end in wrapped(scan.post.text, block.start, block.end, width):
            yield Text("    ").append_text(_line(scan, (start, end), mode, runs, colour))
        for found in sorted(_found(scan, block), key=lambda span: (span.start, span.end)):
            words = "" if isinstance(found, Embed) else f"  {cell(scan.surface(found), mode)}"
            yield Text.assemble((f"      {_kind(found, mode)}", "dim"), words)


def _line(scan: Scan, place: tuple[int, int], mode: str, runs: str, colour: str) -> Text:
    """A line in the colour of its block, entities underlined, but for letters that are put into visual order.

    `runs` is the direction of the block, which its lines share whatever letter each begins with. An entity is isolated,
    so that the sign of a Latin handle stays at its left within Arabic.
    """
    from rich.text import Text

    start, end = place
    turned = mode != "logical" and is_rtl(scan.post.text[start:end])
    edges = {start, end}
    inside = [e for e in scan.entities if e.start < end and start < e.end]
    edges |= {edge for e in inside for edge in (e.start, e.end) if start < edge < end}
    line = Text(style=colour)
    for a, b in pairwise(sorted(edges)):
        marked = any(e.start <= a and b <= e.end for e in inside)
        words = clean(scan.post.text[a:b])
        line.append(isolate(words) if turned and marked else words, style="underline" if marked else "")
    if not turned:
        return line
    return Text(visual(line.plain, runs), style=colour) if mode == "visual" else _isolated(line, runs)


def _isolated(line: Text, runs: str) -> Text:
    from rich.text import Text

    opening, closing = isolate("\0", runs).split("\0")
    return Text(opening, style=line.style).append_text(line).append(closing)


def _found(scan: Scan, block: Block) -> Iterator[Embed | Entity | Source]:
    for layer in (scan.embeds, scan.entities, scan.sources):
        yield from (span for span in layer if block.start <= span.start < block.end)


def _kind(span: Embed | Entity | Source, mode: str) -> str:
    if isinstance(span, Embed):
        who = " ".join(cell(part, mode) for part in (span.name, span.handle and f"@{span.handle}") if part)
        facts = clean(f"{span.platform}, {span.date or 'no date'}, rule {span.rule}")
        return f"post of {who or 'nobody named'}, {facts}"
    if isinstance(span, Source):
        return f"credited, {clean(span.kind)}, {cell(span.name or span.key, mode)}, {clean(f'rule {span.rule}')}:"
    return f"{clean(span.kind)} {cell(span.value, mode)}:"
