"""The grammar of printed days: words of a table of months, digits of three scripts, and few orders of them.

Orders: "August 6, 2021", "Aug.08: 2021", "6 August 2021", "6. August 2021", "6 de agosto de 2021", "16 мая 2018 г.",
"٦ أغسطس، ٢٠٢١", "28 آب/أغسطس 2013", "۱۵ مرداد ۱۴۰۰", "2021年8月6日", "2021-08-06", "06.08.2021". Day and month with
slashes count only where they cannot be read two ways.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from dataclasses import dataclass
from typing import NamedTuple

from postscan.folding import hashtag_key
from postscan.wordlists import months, weekdays

DIGIT = "0-9\N{ARABIC-INDIC DIGIT ZERO}-\N{ARABIC-INDIC DIGIT NINE}"
DIGIT += "\N{EXTENDED ARABIC-INDIC DIGIT ZERO}-\N{EXTENDED ARABIC-INDIC DIGIT NINE}"
MARK = "\N{ARABIC FATHATAN}-\N{ARABIC SUKUN}\N{ARABIC HAMZA ABOVE}\N{ARABIC TATWEEL}"
LETTER = f"A-Za-z\u00c0-\u024f\u0400-\u052f\u0620-\u065f\u0670-\u06d5\u06fa-\u06ff{MARK}\N{ZERO WIDTH NON-JOINER}"
BIDI = (  # for character classes
    "\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}\N{ARABIC LETTER MARK}"
    "\N{LEFT-TO-RIGHT EMBEDDING}-\N{RIGHT-TO-LEFT OVERRIDE}\N{LEFT-TO-RIGHT ISOLATE}-\N{POP DIRECTIONAL ISOLATE}"
)
GREGORIAN_YEARS = range(1900, 2101)
SOLAR_YEARS = range(1300, 1500)
SOLAR_NUMERIC_YEARS = range(1370, 1421)  # in digits alone, later years could be of the lunar calendar

_DIGITS = re.compile(f"[{DIGIT}]+")
_WORD = re.compile(f"[{LETTER}]{{2,16}}(?![{LETTER}])")
_WORD_BEFORE = re.compile(f"[{LETTER}]+")
_COMMA = re.compile(r"[.,،]{0,2}\s{0,3}")
_GAP = re.compile(rf"[\s{BIDI}]{{0,4}}")
_DAY = re.compile(
    rf"""(?P<day>[{DIGIT}]{{1,2}})(?![{DIGIT}])
    (?: (?:st|nd|rd|th|er|\.|º|°|ی|(?<=[{DIGIT}])\s?-(?=[A-Za-z]))(?![{DIGIT}]) )?
    [\s{BIDI}]{{0,3}} (?:(?:de|of|من|د)\s|d['’])?""",
    re.VERBOSE | re.IGNORECASE,
)
_AFTER_MONTH = re.compile(rf"\.?[\s{BIDI}]{{0,3}}")
_DAY_AFTER = re.compile(
    rf"(?P<day>[{DIGIT}]{{1,2}})(?:st|nd|rd|th)?(?![{DIGIT}{LETTER}])(?![:.][{DIGIT}]{{2}}(?![{DIGIT}]))"
)
_SECOND_NAME = re.compile(r"\s?[/(\-]\s?")
_YEAR = re.compile(
    rf"""(?:[,،:.]|-(?=[{DIGIT}]))?[\s>{BIDI}]{{0,12}} (?:(?:de|del|د|عام|سنة)\s)?
    (?P<year>[{DIGIT}]{{4}})(?![{DIGIT}]) (?:\s?г\.|\s?م(?![{LETTER}]))?""",
    re.VERBOSE,
)
_YEAR_FIRST = re.compile(rf"(?P<year>[{DIGIT}]{{4}})[\s{BIDI}]{{1,2}}(?:د\s)?")
_CJK = re.compile(
    rf"(?P<year>[{DIGIT}]{{4}})\s?[年년]\s?(?P<month>[{DIGIT}]{{1,2}})\s?[月월]\s?(?P<day>[{DIGIT}]{{1,2}})\s?[日일]"
)
_ISO = re.compile(
    rf"(?P<year>[{DIGIT}]{{4}})[{BIDI}]?(?P<sep>[-/.])(?P<month>[{DIGIT}]{{1,2}})[{BIDI}]?(?P=sep)(?P<day>[{DIGIT}]{{1,2}})"
    rf"(?![{DIGIT}])"
)
_NUMERIC = re.compile(
    rf"(?P<day>[{DIGIT}]{{1,2}})(?P<bidi>[{BIDI}]?)(?P<sep>[-/.])(?P<month>[{DIGIT}]{{1,2}})[{BIDI}]?(?P=sep)"
    rf"(?P<year>[{DIGIT}]{{4}})(?![{DIGIT}])"
)
_LUNAR = re.compile(r"\s?(?:هـ|ه|ق)(?!\s?\.?\s?ش)")
_TIME = re.compile(
    rf"""[,،]?[\s{BIDI}>·|–-]{{0,4}} (?:(?:at|um|à|a\ las|om|saat|в|ساعت|الساعة|T)[\s{BIDI}]{{0,3}})?
    [{DIGIT}]{{1,2}}:[{DIGIT}]{{2}}(?::[{DIGIT}]{{2}}(?:\.[{DIGIT}]{{1,9}})?)?(?![{DIGIT}])
    (?:\s?(?:[ap]\.m\.|[ap]m(?![a-z])|[صم](?![{LETTER}])|Uhr(?![a-z])))?
    (?:\s?(?:P[SD]T|E[SD]T|C[SD]T|M[SD]T|CES?T|EES?T|WES?T|BST|IST|JST|MSK|UTC|GMT|Z|[+-][{DIGIT}]{{2}}:?[{DIGIT}]{{2}})
    (?![{LETTER}{DIGIT}]))?""",
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A printed day, in the Gregorian calendar, and where it stands."""

    start: int
    end: int
    year: int | None
    """Null where none is printed."""
    month: int
    day: int

    @property
    def iso(self) -> str | None:
        """YYYY-MM-DD, or null for a day without a year."""
        return None if self.year is None else f"{self.year:04}-{self.month:02}-{self.day:02}"


class Month(NamedTuple):
    """What a name stands for; a name that is also a common word needs a year beside it."""

    number: int
    solar: bool
    needs_year: bool
    english: bool


def find_dates(text: str, start: int = 0, end: int | None = None) -> list[DateSpan]:
    """The printed days of `text[start:end]`, in order, disjoint.

    >>> find_dates("Published: Aug.08: 2021:")[0].iso
    '2021-08-08'
    >>> [date.iso for date in find_dates("تاریخ انتشار: ۱۵ مرداد ۱۴۰۰ - ۰۹:۴۰")]
    ['2021-08-06']
    >>> find_dates("7/3/1429 هـ")
    []
    """
    found: list[DateSpan] = []
    done, end = start, len(text) if end is None else end
    for digits in _DIGITS.finditer(text, start, end):
        if digits.start() < done:
            continue
        first = _month_start(text, digits.start(), done)
        span = _month_first(text, first) if first is not None else None
        span = span or _digits_first(text, digits.start())
        if span and span.end <= end:
            found.append(span)
            done = span.end
    return found


def match_date(text: str, at: int) -> DateSpan | None:
    """The printed day that begins at `at`, with or without its weekday before it, or null.

    >>> match_date("August 3, 2023لن أنسى", 0)
    DateSpan(start=0, end=14, year=2023, month=8, day=3)
    """
    span = _plain_date(text, at)
    if span is None and (word := _WORD.match(text, at)) and is_weekday(word[0]):
        comma = _COMMA.match(text, word.end())
        span = _plain_date(text, comma.end() if comma else word.end())
    return DateSpan(at, span.end, span.year, span.month, span.day) if span else None


def _plain_date(text: str, at: int) -> DateSpan | None:
    """The printed day that begins at `at` with a digit or a month; some months are weekdays elsewhere ("Mar.")."""
    return _digits_first(text, at) if _DIGITS.match(text, at) else _month_first(text, at)


def skip_time(text: str, at: int) -> int:
    """Where the time of day ends that follows a date ending at `at`; `at` where there is none.

    >>> skip_time("November 28, 2025 at 3:22 PM", 17)
    28
    """
    time = _TIME.match(text, at)
    return time.end() if time else at


def _month_start(text: str, at: int, low: int) -> int | None:
    """Where the name of a month begins that ends shortly before `at`, or null."""
    low, end = max(low, at - 24), at
    while end > low and (text[end - 1].isspace() or text[end - 1] == "." or text[end - 1] in BIDI[:2]):
        end -= 1
    begin = end
    while begin > low and _WORD_BEFORE.match(text, begin - 1, begin):
        begin -= 1
    if begin == end or end < at - 4 or (begin == low and begin and _WORD_BEFORE.match(text, begin - 1, begin)):
        return None
    return begin if _month(text, begin) else None


def _month(text: str, at: int) -> tuple[Month, int] | None:
    """The month whose name, of one word or two, begins at `at`, and where the name ends."""
    first = _WORD.match(text, at)
    if not first:
        return None
    gap = _GAP.match(text, first.end())
    second = _WORD.match(text, gap.end()) if gap and gap.end() > first.end() else None
    if second and (month := _months().get(f"{_fold(first[0])} {_fold(second[0])}")):
        return month, second.end()
    if month := _months().get(_fold(first[0])):
        return month, first.end()
    return None


def _month_first(text: str, at: int) -> DateSpan | None:
    named = _month(text, at)
    if not named:
        return None
    month, end = named
    gap = _AFTER_MONTH.match(text, end)
    day = _DAY_AFTER.match(text, gap.end()) if gap else None
    if not day:
        return None
    year = _year(text, day.end(), month)
    if year is None and (not month.english or month.needs_year or not text[at].isupper()):
        return None
    return _span(at, year.end() if year else day.end("day"), year["year"] if year else None, month, day["day"])


def _digits_first(text: str, at: int) -> DateSpan | None:
    before = text[at - 1] if at else ""
    if before and _DIGITS.match(before):
        return None
    for pattern in (_CJK, _ISO, _NUMERIC):
        if numbers := pattern.match(text, at):
            return _numbers(text, numbers)
    if year := _YEAR_FIRST.match(text, at):
        named = _month(text, year.end())
        gap = _AFTER_MONTH.match(text, named[1]) if named else None
        day = _DAY_AFTER.match(text, gap.end()) if gap else None
        return _span(at, day.end(), year["year"], named[0], day["day"]) if named and day else None
    day = _DAY.match(text, at)
    named = _month(text, day.end()) if day else None
    if not day or not named:
        return None
    month, end = named
    if (link := _SECOND_NAME.match(text, end)) and (again := _month(text, link.end())):  # "آب/أغسطس", "أغسطس (آب)"
        closing = "(" in link[0] and text.startswith(")", again[1])
        end = again[1] + closing if again[0].number == month.number else end
    if year := _year(text, end + text.startswith(".", end), month) or _year(text, end, month):
        return _span(at, year.end(), year["year"], month, day["day"])
    plain = not month.english or text[day.end()].isupper()
    return _span(at, end, None, month, day["day"]) if plain and not month.needs_year else None


def _year(text: str, at: int, month: Month) -> re.Match[str] | None:
    """The year of this month's calendar that follows at `at`, or null."""
    year = _YEAR.match(text, at)
    return year if year and int(year["year"]) in (SOLAR_YEARS if month.solar else GREGORIAN_YEARS) else None


def _numbers(text: str, numbers: re.Match[str]) -> DateSpan | None:
    """A day written in digits alone; null where it could be two days, or another calendar's."""
    year, month, day = int(numbers["year"]), int(numbers["month"]), int(numbers["day"])
    solar = year in SOLAR_NUMERIC_YEARS
    if not solar and year not in GREGORIAN_YEARS:
        return None
    if solar and _LUNAR.match(text, numbers.end()):
        return None
    if numbers.re is _NUMERIC and numbers["sep"] != "." and day <= 12 and day != month:
        eastern = not numbers["day"].isascii() or numbers["bidi"]
        if month > 12 or not eastern:
            return None
    return _span(numbers.start(), numbers.end(), numbers["year"], Month(month, solar, False, False), numbers["day"])


def _span(start: int, end: int, year: str | None, month: Month, day: str) -> DateSpan | None:
    """The span of a day that exists, converted where the calendar is solar; else null."""
    number = int(day)
    if year is None:
        return DateSpan(start, end, None, month.number, number) if 1 <= number <= 31 else None
    try:
        date = (solar_day if month.solar else dt.date)(int(year), month.number, number)
    except ValueError:
        return None
    return DateSpan(start, end, date.year, date.month, date.day)


def solar_day(year: int, month: int, day: int) -> dt.date:
    """The Gregorian day of a Solar Hijri one, for the years 1244 to 1472; raises ValueError for a day that is none.

    Leap years follow the cycle of 33 years, which agrees with the observed calendar of Iran over these years.

    >>> solar_day(1400, 5, 15)
    datetime.date(2021, 8, 6)
    """
    leap = year % 33 in _SOLAR_LEAP
    length = 31 if month <= 6 else 30 if month < 12 or leap else 29
    if not (1 <= month <= 12 and 1 <= day <= length):
        raise ValueError(f"no such day in the Solar Hijri calendar: {year}-{month}-{day}")
    leaps = sum(y % 33 in _SOLAR_LEAP for y in range(1244, year)) - sum(
        y % 33 in _SOLAR_LEAP for y in range(1244, 1400)
    )
    before = 31 * min(month - 1, 6) + 30 * max(month - 7, 0)
    return dt.date(2021, 3, 21) + dt.timedelta(365 * (year - 1400) + leaps + before + day - 1)


_SOLAR_LEAP = frozenset({1, 5, 9, 13, 17, 22, 26, 30})


@functools.lru_cache(4096)
def _fold(word: str) -> str:
    """What the press spells in more than one way counts as one."""
    return hashtag_key(word)


@functools.cache
def _months() -> dict[str, Month]:
    """What each folded name of the table stands for."""
    table: dict[str, Month] = {}
    for calendar, languages in months().items():
        solar = calendar == "solar"
        for language, rows in languages.items():
            for number, names in enumerate(rows, 1):
                for name in names:
                    short = len(name) <= 3 and language != "en"
                    table.setdefault(_fold(name), Month(number, solar, solar or short, language == "en"))
    return table


@functools.cache
def month_words() -> frozenset[str]:
    """The words that a month's name begins with, folded as a tag's key: without one, and digits, no month is named."""
    return frozenset(name.partition(" ")[0] for name in _months())


@functools.cache
def _weekdays() -> frozenset[str]:
    return frozenset(map(_fold, weekdays()))


def is_weekday(word: str) -> bool:
    """Whether a word is the name of a weekday in a language of the table.

    >>> is_weekday("Monday"), is_weekday("الأربعاء"), is_weekday("someday")
    (True, True, False)
    """
    return _fold(word) in _weekdays()
