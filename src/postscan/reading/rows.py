"""From a row of JSON or CSV to a post: which fields there are, what they may hold, and what is said otherwise."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from postscan.model import Embed, Entity, Post, PostscanError, Problem, Skipped
from postscan.reading.notes import Notes
from postscan.reading.posts import make_post
from postscan.reading.unread import NO_TEXT

COUNTS = ("likes", "shares", "replies", "views")
TEXTS = ("id", "platform", "author", "author_id", "channel", "url", "title", "reply_to", "repost_of", "quote_of")
FIELDS = ("text", *TEXTS, "created", "counts", *COUNTS, "truncated", "embeds", "marked")
"""What a row may have, and `--column` may name."""
RECORD_FIELDS = frozenset(
    ("schema", "path", "record", "created_from", "language", "main", "blocks", "entities", "languages", "sources")
)
"""Fields of our own records that are made anew; where a row stands is no field of it."""
PLAIN_FIELDS = frozenset(("text", *TEXTS, "created", "counts"))
"""What a plain row has (`shapes`)."""

_WHEN = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[Tt ](\d\d:\d\d(?::\d\d)?)(?:[.,](\d+))?\ ?([Zz]|[+-]\d\d(?::?\d\d)?)?)?", re.ASCII
)
_UTC, _LENGTHS = ("--T::Z", "--T::."), (20, 24)
"""What moments in UTC have at every third place, and how long they are, in seconds and in thousandths of them."""
_GROUP = "[,'\N{RIGHT SINGLE QUOTATION MARK} \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]"
_WHOLE = re.compile(rf"\s*([0-9]{{1,18}}|[0-9]{{1,3}}(?:{_GROUP}[0-9]{{3}}){{1,5}})(?:\.0+)?\s*")
"""A whole number, the thousands of which may be apart; a dot between them could as well stand before a fraction."""
_CUT_ID = re.compile(r"[0-9](?:[.,][0-9]+)?[Ee]\+[0-9]+")
_YES_NO = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


class FieldError(ValueError):
    """A field holds what it must not; the message names it. Stays inside `reading`."""


class InexactError(FieldError):
    """A number that may have lost digits on the way here; a parser that keeps them is asked again."""


def check_columns(columns: Mapping[str, str] | None) -> dict[str, str]:
    """The mapping from field to the input's name for it; raises PostscanError for a field that there is not."""
    for field in columns or {}:
        if field not in FIELDS:
            near = difflib.get_close_matches(field, FIELDS, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"fields are {', '.join(FIELDS)}"
            raise PostscanError(f"no field {field!r} that a column can fill; {hint}")
    return dict(columns or {})


def list_names(names: Iterable[str]) -> str:
    """Names for a message of one line, the first twenty of them."""
    shown = [repr(name)[1:-1] if name else '""' for name in names]
    return ", ".join(shown[:20]) + (f" and {len(shown) - 20} more" if len(shown) > 20 else "")


def find_when(written: str) -> str | None:
    """The ISO 8601 day or date-time as given, with "T" and UTC as "Z"; None for anything else.

    >>> find_when("2021-08-06 10:30:00+00:00")
    '2021-08-06T10:30:00Z'
    >>> find_when("06/08/2021")
    """
    quick = written[4:20:3] in _UTC and len(written) in _LENGTHS and written[-1] == "Z" and written.isascii()
    if quick and is_moment(written):
        return written
    found = _WHEN.fullmatch(written.strip())
    if not found:
        return None
    day, time, fraction, zone = found.groups()
    when = day
    if time:
        when += f"T{time}" + (f".{fraction}" if fraction else "")
        digits = (zone or "").replace(":", "")
        if zone:
            when += "Z" if zone in "Zz" or not digits.strip("+-0") else f"{digits[:3]}:{digits[3:] or '00'}"
    return when if is_moment(when) else None


def is_moment(when: str) -> bool:
    """Whether there is such a day, and time of it."""
    try:
        dt.datetime.fromisoformat(when)
    except ValueError:
        return False
    return True


class RowReader:
    """Makes posts of the rows of one file, and notes what it could not use."""

    __slots__ = ("_names", "_unit", "columns", "known", "notes", "path")

    def __init__(self, path: str, columns: Mapping[str, str], notes: Notes, *, unit: str = "line") -> None:
        self._unit = unit
        self.path = path
        self.columns = columns
        self.notes = notes
        self._names = frozenset(columns.values())
        self.known = dict.fromkeys((*PLAIN_FIELDS, *RECORD_FIELDS))
        """Names of fields of which nothing is left to say, as they were met."""

    def post(self, row: Mapping[str, Any], record: int, line: int, *, names: Iterable[str]) -> Post | Skipped | Problem:
        """The post of a row by field name; None in a row is as good as nothing; `names` are the input's own.

        Raises InexactError where a number should be read again by a parser that keeps its digits.
        """
        values: dict[str, Any] = {}
        text = row.get("text")
        if text is None and "text" in row:
            return Skipped(self.path, record, NO_TEXT)
        try:
            if type(text) is not str:
                raise FieldError(self._no_text(row, names))  # noqa: TRY301
            if not text or text.isspace():
                return Skipped(self.path, record, NO_TEXT)
            for name, value in row.items():
                if value is None:
                    continue
                take = _TAKE.get(name)
                if take is not None:
                    take(self, values, name, value)
                elif name not in self.known:
                    self.unused(name)
            if "embeds" in values or "marked" in values:
                check_spans(values, len(text))
        except InexactError:
            raise
        except FieldError as error:
            return self.problem(record, line, str(error))
        return make_post(self.path, record, values)

    def mapped(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """The row with the user's names exchanged for fields; a field that is mapped is taken from nowhere else."""
        out = {
            name: value
            for name, value in row.items()
            if name not in self.columns and (name not in self._names or name == "text")
        }
        out.update((field, row[name]) for field, name in self.columns.items() if name in row)
        return out

    def problem(self, record: int, line: int, message: str) -> Problem:
        """What is wrong with a record, with its place, in one line."""
        return Problem(self.path, record, f"{self.path}, {self._unit} {line}: {message}")

    def unused(self, name: str) -> None:
        """Note once a file that a column is not used."""
        if len(self.known) < 1000:
            self.known[name] = None
            self.notes.add("column", name, self.path)

    def _no_text(self, row: Mapping[str, Any], names: Iterable[str]) -> str:
        if "text" in row:
            return f'"text" is {say_kind(row["text"])}, not text; write it as a string'
        has = f"the row has {list_names(names) or 'none'}"
        if wanted := self.columns.get("text"):
            return f'no field "{wanted}"; {has}; name the one to read: --column text=NAME'
        return f'no field "text"; {has}; name the one to read: --column text=NAME'

    def take_text(self, values: dict[str, Any], name: str, value: object) -> None:
        if type(value) is str:
            if not value:
                return
            if name == "id" and _CUT_ID.fullmatch(value):
                self.notes.add("id", "", self.path, example=value)
                return
            values[name] = value
        elif type(value) is int:
            values[name] = str(value)
        elif type(value) is float:
            raise InexactError(f'"{name}" is the number {value!r}, which may have lost digits; write it as a string')
        else:
            raise FieldError(f'"{name}" is {say_kind(value)}, not text; {_elsewhere(name, "a string")}')

    def take_post(self, values: dict[str, Any], name: str, value: object) -> None:
        values[name] = value

    def take_created(self, values: dict[str, Any], name: str, value: object) -> None:
        if type(value) not in (str, int, float):
            raise FieldError(f'"{name}" is {say_kind(value)}, not a date; write it as 2021-08-06T10:30:00Z')
        written = str(value)
        when = find_when(written)
        if when:
            values[name] = when
        elif written.strip():
            self.notes.add("created", "", self.path, example=repr(written[:40]))

    def take_count(self, values: dict[str, Any], name: str, value: object) -> None:
        if isinstance(value, bool) or not isinstance(value, (str, int, float)):
            raise FieldError(f'"{name}" is {say_kind(value)}, not a number; {_elsewhere(name, "a whole number")}')
        found = _WHOLE.fullmatch(value if isinstance(value, str) else f"{value}")
        if found:
            digits = found[1] if found[1].isdecimal() else re.sub(_GROUP, "", found[1])
            values.setdefault("counts", {})[name] = int(digits)
        elif str(value).strip():
            self.notes.add("count", name, self.path, example=repr(str(value)[:40]))

    def take_counts(self, values: dict[str, Any], name: str, value: object) -> None:
        if not isinstance(value, dict):
            raise FieldError(f'"{name}" is {say_kind(value)}, not an object such as {{"likes": 3}}')
        for each, count in value.items():
            if each in COUNTS and count is not None:
                self.take_count(values, each, count)
            elif each not in COUNTS and f"{name}.{each}" not in self.known:
                self.unused(f"{name}.{each}")

    def take_flag(self, values: dict[str, Any], name: str, value: object) -> None:
        flag = value if isinstance(value, bool) else _YES_NO.get(str(value).strip().casefold())
        if flag is None:
            raise FieldError(f'"{name}" is {str(value)[:40]!r}, not true or false')
        values[name] = flag

    def take_spans(self, values: dict[str, Any], name: str, value: object) -> None:
        make = _make_embed if name == "embeds" else _make_entity
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise FieldError(f'"{name}" is {say_kind(value)}, not a list of objects; leave it out')
        try:
            values[name] = tuple(make(each) for each in value)
        except (KeyError, TypeError, ValueError) as error:
            raise FieldError(f'"{name}" has an entry without a right {error}; leave the field out') from None


def _elsewhere(name: str, kind: str) -> str:
    """What to do where a field of ours is another thing in the data of others."""
    return f"write it as {kind}, leave it out, or say which field it is: --column {name}=NAME"


def check_spans(values: Mapping[str, Any], end: int) -> None:
    """Raise FieldError for a marked span that does not lie in the text."""
    for name in ("embeds", "marked"):
        for span in values.get(name, ()):
            body = (span.body_start, span.body_end) if isinstance(span, Embed) else (None, None)
            at = [span.start, *(place for place in body if place is not None), span.end]
            if at != sorted(at) or at[0] < 0 or at[-1] > end or span.start == span.end or body.count(None) == 1:
                raise FieldError(f'"{name}" has a span {at} that is not in the text of {end} code points')


def _make_embed(row: Mapping[str, Any]) -> Embed:
    return Embed(
        platform=_typed(row, "platform", str),
        start=_typed(row, "start", int),
        end=_typed(row, "end", int),
        body_start=_typed_or_none(row, "body_start", int),
        body_end=_typed_or_none(row, "body_end", int),
        name=_typed_or_none(row, "name", str),
        handle=_typed_or_none(row, "handle", str),
        date=_typed_or_none(row, "date", str),
        url=_typed_or_none(row, "url", str),
        media=tuple(str(each) for each in row.get("media") or ()),
        rule=_typed_or_none(row, "rule", str) or "marked",
    )


def _make_entity(row: Mapping[str, Any]) -> Entity:
    return Entity(
        kind=_typed(row, "kind", str),
        start=_typed(row, "start", int),
        end=_typed(row, "end", int),
        value=_typed(row, "value", str),
        expanded=_typed_or_none(row, "expanded", str),
    )


def _typed(row: Mapping[str, Any], name: str, kind: type[Any]) -> Any:
    value = row[name]
    if type(value) is not kind:
        raise TypeError(name)
    return value


def _typed_or_none(row: Mapping[str, Any], name: str, kind: type[Any]) -> Any:
    return None if row.get(name) is None else _typed(row, name, kind)


def say_kind(value: object) -> str:
    """What a value of JSON is, for a message."""
    names: Sequence[tuple[type[object] | tuple[type[object], ...], str]] = (
        ((bool,), "true or false"),
        ((int, float), "a number"),
        ((str,), "text"),
        ((list,), "a list"),
        ((dict,), "an object"),
    )
    return next(name for kinds, name in names if isinstance(value, kinds))


_TAKE: dict[str, Callable[[RowReader, dict[str, Any], str, object], None]] = {
    "text": RowReader.take_post,
    **dict.fromkeys(TEXTS, RowReader.take_text),
    "created": RowReader.take_created,
    "counts": RowReader.take_counts,
    **dict.fromkeys(COUNTS, RowReader.take_count),
    "truncated": RowReader.take_flag,
    "embeds": RowReader.take_spans,
    "marked": RowReader.take_spans,
}
