"""The records of one file of a platform: numbered, made into posts, and listed where they are none.

What a platform's module brings is a function from a record, as parsed, to the fields of its post by name, or to the
reason why it is none.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any, TypeVar

import orjson

from postscan.model import Post, Problem, Skipped
from postscan.reading.documents import ITEM, Document, Fault, Value
from postscan.reading.encodings import as_utf8, is_wide, marked_encoding
from postscan.reading.exact import parse_exactly
from postscan.reading.notes import Notes
from postscan.reading.opened import Items, Opened
from postscan.reading.peek import peek
from postscan.reading.posts import make_post
from postscan.reading.rows import FieldError
from postscan.reading.streams import Stream
from postscan.reading.unread import NO_RECORDS, NO_TEXT

Fields = dict[str, Any]
"""Fields of Post by name, the right types in them; "id" and all but "text" may be missing."""
Item = TypeVar("Item")


class Records:
    """Numbers what a file holds, and makes it a Post, Skipped or Problem."""

    __slots__ = ("_notes", "number", "path")

    def __init__(self, path: str, notes: Notes) -> None:
        self.path = path
        self.number = 0
        """Of the next record."""
        self._notes = notes

    def note(self, kind: str, detail: str = "", *, times: int = 1, example: str | None = None) -> None:
        """Note something about the file; `kind` is a key of `notes.SENTENCES`."""
        self._notes.add(kind, detail, self.path, times=times, example=example)

    def take(self, fields: Callable[[Item, Records], Fields | str], item: Item) -> Post | Skipped | Problem:
        """What a record is: the post of its fields, skipped under the reason given, or a problem with a field."""
        try:
            found = fields(item, self)
        except FieldError as error:
            return self.problem(f"{error}; repair the record")
        if isinstance(found, str):
            return self.skip(found)
        if not found["text"] or found["text"].isspace():
            return self.skip(NO_TEXT)
        if found.get("truncated"):
            self.note("cut")
        post = make_post(self.path, self.number, found)
        self.number += 1
        return post

    def skip(self, reason: str) -> Skipped:
        """A record that is no post."""
        self.number += 1
        return Skipped(self.path, self.number - 1, reason)

    def problem(self, message: str, *, line: int | None = None) -> Problem:
        """A record that cannot be read; `line` is where it stands, if a line is."""
        self.number += 1
        where = f"record {self.number - 1}" if line is None else f"line {line}"
        return Problem(self.path, self.number - 1, f"{self.path}, {where}: {message}")

    def ended(self) -> Iterator[Skipped]:
        """What is said of a file in which there was nothing."""
        if not self.number:
            yield Skipped(self.path, None, NO_RECORDS)


def alone(row: dict[str, Any], records: Records) -> Iterator[dict[str, Any]]:  # noqa: ARG001
    """What is in an object that is one record."""
    yield row


def read_each(
    opened: Opened,
    fields: Callable[[Item, Records], Fields | str],
    unfold: Callable[[dict[str, Any], Records], Iterable[Item]],
) -> Items:
    """The records of JSON Lines, of arrays, or of objects one after another.

    `unfold` gives what is in one object: itself (`alone`), or such as the posts of a page.
    """
    records = Records(opened.path, opened.notes)
    shape = peek(as_utf8(opened.stream.head))
    if shape is not None and shape.form == "lines":
        found = _from_lines(opened.stream, records, opened.encoding)
    else:
        found = _from_document(opened.stream, records, opened.encoding)
    for row in found:
        if isinstance(row, Problem):
            yield row
        elif isinstance(row, dict):
            try:
                for item in unfold(row, records):
                    yield records.take(fields, item)
            except FieldError as error:
                yield records.problem(f"{error}; repair the record")
        else:
            yield records.problem("not a JSON object")
    if opened.stream.part is None:
        yield from records.ended()


def take_each(
    values: Iterable[Value | Problem], records: Records, fields: Callable[[Any, Records], Fields | str], *, whole: bool
) -> Items:
    """The records of a document's values: of all that are `whole` in themselves, else of those that stand in a list."""
    for each in values:
        if isinstance(each, Problem):
            yield each
        elif whole or each.keys[-1:] == (ITEM,):
            yield records.take(fields, each.value)
    yield from records.ended()


def walk(found: Iterable[Value | Fault], records: Records) -> Iterator[Value | Problem]:
    """The values of a document, faults as problems, and what was mended noted."""
    for each in found:
        if isinstance(each, Fault):
            yield records.problem(each.message)
        else:
            if each.mended:
                records.note("surrogate", times=each.mended)
            yield each


def _from_document(stream: Stream, records: Records, encoding: str | None) -> Iterator[Any]:
    """The values in arrays, and those that stand alone; or a Problem for one that is broken."""
    found = Document(stream, encoding).walk(lambda keys, sign: keys == () and sign == "[")
    for each in walk(found, records):
        yield each if isinstance(each, Problem) else each.value


def _from_lines(stream: Stream, records: Records, encoding: str | None) -> Iterator[Any]:
    """The value of each line, or a Problem."""
    name = encoding or marked_encoding(stream.head) or "utf-8"
    lines = chain.from_iterable(stream.line_blocks(name))
    plain = name == "utf-8" or is_wide(name)
    before = 0
    if stream.part is not None:
        records.number, before = stream.part.record, stream.part.line
    loads = orjson.loads
    for number, line in enumerate(lines, before + 1):
        if line is None:
            yield records.problem(stream.bounds.too_large("row"), line=number)
            continue
        try:
            value = loads(line if plain else line.decode(name).encode("utf-8", "surrogatepass"))
        except (orjson.JSONDecodeError, UnicodeError):
            if line.isspace():
                continue
            value = _exactly(line.removesuffix(b"\n"), "utf-8" if plain else name, records, number)
        yield value


def _exactly(line: bytes, name: str, records: Records, number: int) -> Any:
    try:
        if name != "utf-8":
            line = line.decode(name).encode("utf-8", "surrogatepass")
        value, mended = parse_exactly(line.removeprefix(b"\xef\xbb\xbf"))
    except UnicodeDecodeError as error:
        return records.problem(f"not {name} at byte {error.start + 1} of the line; repair it", line=number)
    except json.JSONDecodeError as error:
        return records.problem(f"broken JSON at character {error.pos + 1} ({error.msg}); repair it", line=number)
    except (ValueError, RecursionError):
        return records.problem("JSON nested too deep, or a number too long; shorten it", line=number)
    if mended:
        records.note("surrogate", times=mended)
    return value
