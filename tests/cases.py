"""Reads the case files in `tests/cases/<group>/<name>.txt`; adding a case needs no Python.

    # why: what the case shows (one or more lines that begin with "#")
    # xfail: reason                        a known failure; it must fail
    # escapes                              \\N{...}, \\uXXXX and \\n in the file are read as Python reads them
    ======== text
    The post, verbatim, without its last newline.
    ======== embeds
    x | The gate [...] August 6, 2021 | body=The gate [...] last word. | handle=someone | name=null
    ======== blocks
    headline 1 | Title words               the number is the story; 0 where none is given
    ======== entities
    hashtag | #Kabul | value=kabul
    ======== languages
    ar Arab | العربية [...] هنا
    ======== sources
    outlet | Reuters | name=Reuters | key=reuters
    ======== post
    created=2021-08-06 | created_from=embed | language=en | main=en

A section that is there must match whole: the same spans in the same order, and every field that is given. `[...]`
stands for whatever lies between two pieces, up to the nearest second piece. Surfaces are looked for from the end of
the span before (entities and sources may share characters: from its start); `@2` after a surface takes the second one.
A section with no lines says that nothing may be found.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent / "cases"
_ESCAPE = re.compile(r"\\N\{[^}]+\}|\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}|\\n|\\r|\\t")


@dataclass(frozen=True)
class Wanted:
    kind: str
    start: int
    end: int
    fields: dict[str, object]
    line: str


@dataclass(frozen=True)
class Case:
    name: str
    text: str
    layers: dict[str, list[Wanted]]
    post: dict[str, object] = field(default_factory=dict)
    xfail: str | None = None


def find_surface(text: str, surface: str, start: int) -> tuple[int, int]:
    """Where a surface, perhaps with `[...]` and `@n`, stands in the text from start on."""
    if match := re.fullmatch(r"(.*)@(\d+)", surface, re.DOTALL):
        surface, times = match[1], int(match[2])
    else:
        times = 1
    pieces = surface.split("[...]")
    first = start - 1
    for _ in range(times):
        first = text.find(pieces[0].lstrip() if len(pieces) > 1 else surface, first + 1)
        if first < 0:
            raise ValueError(f"not in the text: {surface!r}")
    end = first + len(pieces[0].strip() if len(pieces) > 1 else surface)
    for piece in pieces[1:]:
        at = text.find(piece.strip(), end)
        if at < 0:
            raise ValueError(f"not in the text: {piece!r}")
        end = at + len(piece.strip())
    return first, end


def _value(key: str, raw: str, text: str, span: tuple[int, int]) -> object:
    if raw == "null":
        return None
    if key == "body":
        return find_surface(text, raw, span[0])
    if key == "media":
        return tuple(filter(None, raw.split(",")))
    return raw


def read_case(path: Path) -> Case:
    """The case in a file; raises ValueError where a surface is not in the text."""
    raw = path.read_bytes().decode("utf-8")
    head, *sections = re.split(r"^======== (\w+)\n", raw, flags=re.MULTILINE)
    xfail = next((line[8:].strip() for line in head.split("\n") if line.startswith("# xfail:")), None)
    parts = dict(zip(sections[::2], sections[1::2], strict=True))
    if "# escapes" in head:
        parts = {
            name: _ESCAPE.sub(lambda m: m[0].encode("ascii").decode("unicode_escape"), part)
            for name, part in parts.items()
        }
    text = parts.pop("text").removesuffix("\n")
    layers: dict[str, list[Wanted]] = {}
    post: dict[str, object] = {}
    for layer, part in parts.items():
        lines = [line for line in part.split("\n") if line.strip()]
        if layer == "post":
            for item in " | ".join(lines).split(" | "):
                key, _, value = item.partition("=")
                post[key.strip()] = None if value.strip() == "null" else value.strip()
            continue
        wanted: list[Wanted] = []
        at = 0
        for line in lines:
            kind, surface, *pairs = line.split(" | ")
            span = find_surface(text, surface, at)
            at = span[0] if layer in ("entities", "sources") else span[1]
            fields = {
                key.strip(): _value(key.strip(), value, text, span)
                for key, _, value in (p.partition("=") for p in pairs)
            }
            wanted.append(Wanted(kind.strip(), *span, fields, line))
        layers[layer] = wanted
    return Case(f"{path.parent.name}/{path.stem}", text, layers, post, xfail)


def read_cases() -> list[Case]:
    """All cases, sorted by name."""
    return [read_case(path) for path in sorted(FOLDER.glob("*/*.txt"))]
