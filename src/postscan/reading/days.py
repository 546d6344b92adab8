"""Dates as tables and chats write them: in digits, in an order that only all dates of a column can tell.

"06/08/2021" is June in one column and August in another. What decides is a date whose day is above 12; where none is,
or where dates contradict each other, no date of the column is read. Days with dots ("06.08.2021") stand first where
nothing contradicts it: no region writes the month first with dots. Times stay without a zone where none is written.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import NamedTuple

from postscan.dates.grammar import BIDI, DIGIT, match_date
from postscan.reading.rows import find_when, is_moment
from postscan.reading.values import from_epoch, from_x_time
from postscan.wordlists import read_toml

DAY, MONTH = "the day", "the month"
"""What stands first."""
UNTOLD = "no date tells whether the day or the month stands first"
CONTRADICTED = "the day stands first in some, the month in others"

_MARKS = re.compile(f"[{BIDI}]")
_TWO = f"[{DIGIT}]{{1,2}}"
_DATE = rf"(?P<a>[{DIGIT}]{{1,4}})[ ]?(?P<sign>[./-])[ ]?(?P<b>{_TWO})[ ]?(?P=sign)[ ]?(?P<c>[{DIGIT}]{{1,4}})"
_CLOCK = rf"(?P<hour>{_TWO})[:.](?P<minute>[{DIGIT}]{{2}})(?:[:.](?P<second>[{DIGIT}]{{2}})(?:[.,][{DIGIT}]{{1,9}})?)?"
_AFTER = r"(?:\s?(?P<half>(?!Z)[^\W\d_](?:\.?\s?[^\W\d_])?\.?))?(?:\s?(?P<zone>UTC|GMT|Z|[+-]\d\d:?\d\d))?"
_WRITTEN = re.compile(
    rf"\s*{_DATE}\.?(?:[,،T]?\s*(?P<before>[^\W\d_]{{2}}(?=[{DIGIT}])|오전|오후)?\s?{_CLOCK}{_AFTER})?\s*"
)
_BEHIND = re.compile(rf"(?:[,،]?\s*(?:at\s)?{_CLOCK}{_AFTER})?\s*")
"""What may stand behind a day whose month is a word."""
_DIGITS = re.compile(r"\d[./-]\d")
_LONGEST = 60
_QUICK = re.compile(r"(\d\d?)([/.-])(\d\d?)\2(\d{4})(?:,? (\d\d):(\d\d)(?::(\d\d))?)?", re.ASCII)
"""What most dates are, at a third of the time."""
_EPOCH = re.compile(r"\s*([0-9]{10}(?:[0-9]{3})?)(?:\.[0-9]+)?\s*")
_HIGHEST_MONTH = 12
_YEARS = range(1970, 2101)  # others are of another calendar, or no dates


class Order(NamedTuple):
    """What stands first in the dates of a column."""

    first: str | None
    """DAY or MONTH; None where it cannot be told."""
    reason: str
    """Why not."""
    example: str | None
    """The date that told it; without one, the first that could be both."""


class Written(NamedTuple):
    """A date in digits, its parts in the order in which they are written."""

    a: int
    b: int
    c: int
    sign: str
    clock: str
    """"T10:30:15", with its zone; "" without a time; "?" where it is no time."""
    year_first: bool


def find_written(text: str) -> Written | None:
    """The parts of a date in digits, with its time where there is one; None for anything else.

    >>> find_written("6/8/21, 10:30 PM")
    Written(a=6, b=8, c=21, sign='/', clock='T22:30', year_first=False)
    """
    if quick := _QUICK.fullmatch(text):
        a, sign, b, c, hour, minute, second = quick.groups()
        clock = f"T{hour}:{minute}" + (f":{second}" if second else "") if hour else ""
        return Written(int(a), int(b), int(c), sign, clock, year_first=False)
    if len(text) > _LONGEST:
        return None
    if not text.isascii():
        text = _MARKS.sub("", text)
    found = _WRITTEN.fullmatch(text)
    if found is None:
        return None
    year_first = len(found["a"]) == 4
    if len(found["a"]) == 3 or (len(found["c"]) in (1, 3) and not year_first) or (year_first and len(found["c"]) > 2):
        return None
    clock = make_clock(found["hour"], found["minute"], found["second"], found["before"] or found["half"])
    return Written(
        int(found["a"]), int(found["b"]), int(found["c"]), found["sign"], clock + _zone(found["zone"]), year_first
    )


def make_clock(hour: str | None, minute: str | None, second: str | None, half: str | None) -> str:
    """The time as ISO 8601 writes it, of a day in 24 hours; "?" where it is none.

    >>> make_clock("12", "05", None, "a. m."), make_clock("١٠", "٣٠", "١٥", "م")
    ('T00:05', 'T22:30:15')
    """
    if hour is None or minute is None:
        return ""
    number = int(hour)
    if half:
        after = _halves().get(re.sub(r"[\s.]", "", half).casefold())
        if after is None or not 0 <= number <= 12:
            return "?"
        number = number % 12 + 12 * after
    return f"T{number:02}:{int(minute):02}" + (f":{int(second):02}" if second else "")


def find_order(texts: Iterable[str]) -> Order:
    """What stands first in these dates; what is no date in digits is passed over."""
    told: dict[str, str] = {}
    open_one: str | None = None
    dotted: str | None = None
    for text in texts:
        written = find_written(text)
        if written is None or written.year_first:
            continue
        if written.a > _HIGHEST_MONTH >= written.b:
            told.setdefault(DAY, text)
        elif written.b > _HIGHEST_MONTH >= written.a:
            told.setdefault(MONTH, text)
        elif written.sign == ".":
            dotted = dotted or text
        open_one = open_one or text
    if len(told) == 2:
        return Order(None, CONTRADICTED, open_one)
    if told:
        ((first, example),) = told.items()
        return Order(first, "", example.strip())
    return Order(DAY, "", dotted) if dotted and dotted == open_one else Order(None, UNTOLD, open_one)


def is_ordered(text: str) -> bool:
    """Whether a date is one whose order must be known."""
    written = find_written(text)
    return written is not None and not written.year_first


def to_iso(written: Written, first: str | None) -> str | None:
    """The day or moment as ISO 8601 writes it; None where there is no such day or time, or its order is not known."""
    if written.year_first:
        year, month, day = written.a, written.b, written.c
    elif first is None:
        return None
    else:
        day, month = (written.a, written.b) if first == DAY else (written.b, written.a)
        year = written.c if written.c > 99 else 2000 + written.c
    if year not in _YEARS:
        return None
    when = f"{year:04}-{month:02}-{day:02}{written.clock}"
    return when if is_moment(when) else None


def read_when(text: str, first: str | None) -> str | None:
    """The day or moment of any way to write it that has one meaning; None for anything else.

    Seconds and thousandths of seconds since 1970, X's own way, digits with the year first, months in words, and, where
    it is known what stands first, digits with the year last.

    >>> read_when("1628245800", None), read_when("06/08/2021 10:30", DAY), read_when("06/08/2021", None)
    ('2021-08-06T10:30:00Z', '2021-08-06T10:30', None)
    """
    if when := find_when(text):
        return when
    if epoch := _EPOCH.fullmatch(text):
        return from_epoch(epoch[1])
    if written := find_written(text):
        return to_iso(written, first)
    return from_x_time(text.strip()) or _read_words(text.strip())


def _read_words(text: str) -> str | None:
    """The day or moment of a date whose month is a word, in the languages in which dates are found in posts.

    >>> _read_words("06-Aug-2021 10:30AM"), _read_words("Fri, 06 Aug 2021 10:30:00 +0000"), _read_words("٦ أغسطس ٢٠٢١")
    ('2021-08-06T10:30', '2021-08-06T10:30:00Z', '2021-08-06')
    """
    span = match_date(text, 0) if len(text) <= _LONGEST and text[:1].isalnum() else None
    if span is None or span.iso is None or _DIGITS.search(text, 0, span.end):
        return None
    found = _BEHIND.fullmatch(text, span.end)
    if found is None:
        return None
    when = span.iso + make_clock(found["hour"], found["minute"], found["second"], found["half"]) + _zone(found["zone"])
    return when if span.year in _YEARS and is_moment(when) else None


def _zone(written: str | None) -> str:
    if not written:
        return ""
    digits = written.replace(":", "")
    if written in ("UTC", "GMT", "Z") or not digits.strip("+-0"):
        return "Z"
    return f"{digits[:3]}:{digits[3:]}"


@functools.cache
def _halves() -> dict[str, bool]:
    """The words for the halves of a day: whether it is the second."""
    table = read_toml("whatsapp")["half"]
    return {word: after for after, name in ((False, "before"), (True, "after")) for word in table[name]}
