r"""JSON Lines: a row is a post; it needs only `text`.

Lines end at "\n" alone: U+2028, U+2029 and U+0085 may stand inside strings.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

import orjson

from postscan.model import Post, Problem, Skipped
from postscan.reading.encodings import is_wide, marked_encoding
from postscan.reading.exact import parse_exactly
from postscan.reading.opened import Items, Opened
from postscan.reading.rows import InexactError, RowReader
from postscan.reading.shapes import plain_parser, take_plain
from postscan.reading.unread import NO_RECORDS, ending_of

_BLANK = (b"\n", b"\r\n")
ROWS_ARE_LINES = True
"""A stretch of whole lines can be read alone."""

_MARK = b"\xef\xbb\xbf"
_FIRST_FIELD = re.compile(rb'\{\s*"(?:[^"\\]|\\.)*"\s*:')
_DOCUMENT = re.compile(rb"\s*(?:\[|\{\s*\n)")


def matches(head: bytes, name: str) -> bool:
    """Whether an input has a JSON object a line: by its ending, or by its first rows having a `text` field.

    What looks like one JSON document over many lines is none, whatever its ending.
    """
    if ending_of(name) in ("jsonl", "ndjson"):
        return not _DOCUMENT.match(head)
    if head[:1] not in b"{ \t\r\n" or not (head := head.lstrip()).startswith(b"{"):
        return False
    first, ended, rest = head.partition(b"\n")
    row = _object(first)
    if row is None:  # a first row longer than the head, or none
        return not ended and _FIRST_FIELD.match(first) is not None and (b'"text"' in first or name == "-")
    return "text" in row or name == "-" or _object(rest.lstrip().partition(b"\n")[0]) is not None


def read(opened: Opened) -> Items:
    """A post a row, numbered from 0, blank lines left out. UTF-8, unless a mark, the pattern or the user says else."""
    return chain.from_iterable(_read_blocks(opened))


def _read_blocks(opened: Opened) -> Iterator[list[Post | Skipped | Problem]]:
    """What the lines of a piece of the input are: plain rows in one go, every other by itself."""
    name = opened.encoding or marked_encoding(opened.stream.head) or "utf-8"
    blocks = opened.stream.line_blocks(name)
    name = "utf-8" if is_wide(name) else name
    rows = RowReader(opened.path, opened.columns, opened.notes)
    part = opened.stream.part
    record, number = (part.record, part.line) if part else (0, 0)
    parse = plain_parser() if name == "utf-8" and not opened.columns else None
    refused = 0
    for lines in blocks:
        if not number and lines[0]:
            lines[0] = lines[0].removeprefix(_MARK)
        items: list[Post | Skipped | Problem] = []
        rest, at = iter(lines), 0
        while at < len(lines):
            if parse is not None:
                before = len(items)
                ended = take_plain(map(parse, rest), opened.path, record, items)
                at, record = at + len(items) - before, record + len(items) - before
                if ended:
                    break
            line = lines[at]
            at += 1
            if line is None:
                items.append(rows.problem(record, number + at, opened.stream.bounds.too_large("row")))
            elif line and not line.isspace():
                items.append(_read_row(rows, line.removesuffix(b"\n"), name, record, number + at))
                refused += 1
                if parse is not None and not refused & (refused - 1):  # for the names met since, ever more seldom
                    parse = plain_parser(rows.known) or parse
            else:
                while at < len(lines) and lines[at] in _BLANK:  # raising an error for each would take 20 times as long
                    next(rest)
                    at += 1
                continue
            record += 1
        number += len(lines)
        yield items
    if not record and part is None:
        yield [Skipped(opened.path, None, NO_RECORDS)]


def _read_row(rows: RowReader, line: bytes, name: str, record: int, number: int) -> Post | Skipped | Problem:
    try:
        if name != "utf-8":
            line = line.decode(name).encode("utf-8", "surrogatepass")
        try:
            return _make(rows, orjson.loads(line), record, number)
        except (orjson.JSONDecodeError, InexactError):
            row, mended = parse_exactly(line.removeprefix(_MARK))  # in the midst of files that were joined
        if mended:
            rows.notes.add("surrogate", "", rows.path, times=mended)
        return _make(rows, row, record, number)
    except UnicodeDecodeError as error:
        what = f"not {name} at byte {error.start + 1} of the line"
        return rows.problem(record, number, f"{what}; repair it, or name the encoding with --encoding NAME")
    except json.JSONDecodeError as error:
        what = f"broken JSON at character {error.pos + 1} ({error.msg})"
        return rows.problem(record, number, f"{what}; write a row as one JSON object a line")
    except InexactError as error:
        return rows.problem(record, number, str(error))
    except (ValueError, RecursionError):
        return rows.problem(record, number, "JSON nested too deep, or a number too long; shorten it")


def _make(rows: RowReader, row: object, record: int, number: int) -> Post | Skipped | Problem:
    if not isinstance(row, dict):
        return rows.problem(record, number, 'not a JSON object; write a row as {"text": "..."}')
    return rows.post(rows.mapped(row) if rows.columns else row, record, number, names=row)


def _object(line: bytes) -> dict[str, Any] | None:
    try:
        row = json.loads(line.decode("utf-8", "replace"), strict=False)
    except (ValueError, RecursionError):
        return None
    return row if isinstance(row, dict) else None
