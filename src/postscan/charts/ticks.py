"""Names of periods: under a timeline, where only some of them fit, and in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from postscan.wording import say

if TYPE_CHECKING:
    from pandas import DatetimeIndex, Timestamp

STEPS: Mapping[str, str] = {"hour": "h", "day": "D", "week": "7D", "month": "MS"}
"""From one period to the next, as pandas calls it."""
_MOST = 9  # ticks that fit below a timeline
_Choice = Callable[["Timestamp", int], bool]


def _every(number: int) -> _Choice:
    return lambda _, at: at % number == 0


def _hours(number: int) -> _Choice:
    return lambda period, _: period.hour % number == 0


def _months(number: int, days: int) -> _Choice:
    """The first period of each such month, which begins within so many days of it."""
    return lambda period, _: period.day <= days and (period.month - 1) % number == 0


def _years(number: int, days: int) -> _Choice:
    return lambda period, _: period.day <= days and period.month == 1 and period.year % number == 0


def _midnight(choice: _Choice) -> _Choice:
    return lambda period, at: period.hour == 0 and choice(period, at)


_CALENDAR: Sequence[_Choice] = [
    lambda period, _: period.weekday() == 0,
    lambda period, _: period.day in (1, 15),
    *(_months(n, 1) for n in (1, 3, 6)),
    *(_years(n, 1) for n in (1, 2, 5, 10, 20, 50)),
]
# From dense to sparse; the first choice with few enough ticks is taken.
_CHOICES: Mapping[str, Sequence[_Choice]] = {
    "hour": [
        *(_hours(n) for n in (1, 2, 3, 6, 12, 24)),
        lambda period, _: period.hour == 0 and period.toordinal() % 2 == 0,
        *map(_midnight, _CALENDAR),
    ],
    "day": [*(_every(n) for n in (1, 2, 3)), *_CALENDAR],
    "week": [*(_every(1), _every(2)), *(_months(n, 7) for n in (1, 3, 6)), *(_years(n, 7) for n in (1, 2, 5, 10, 20))],
    "month": [*(_months(n, 1) for n in (1, 3, 6)), *(_years(n, 1) for n in (1, 2, 5, 10, 20, 50))],
}


def tick_names(every: DatetimeIndex, by: str, ui: str) -> dict[int, list[str]]:
    """The places of the periods that are named, and their names in lines; what changes seldom is the second.

    >>> import pandas
    >>> tick_names(pandas.date_range("2025-11-01", periods=4, freq="MS"), "month", "en")
    {0: ['Nov', '2025'], 1: ['Dec'], 2: ['Jan', '2026'], 3: ['Feb']}
    """
    chosen: list[int] = []
    for choice in _CHOICES[by]:
        chosen = [at for at, period in enumerate(every) if choice(period, at)]
        if len(chosen) <= _MOST:
            break
    named = {}
    before = ""
    for at in chosen:
        first, second = _names(every[at], by, ui)
        named[at] = [first] if second == before else [first, second]
        before = second
    return named


def _names(period: Timestamp, by: str, ui: str) -> tuple[str, str]:
    if by == "hour":
        return f"{period:%H:%M}", _day(period, ui)
    return (_month(period, ui) if by == "month" else _day(period, ui)), str(period.year)


def _day(period: Timestamp, ui: str) -> str:
    return say(ui, "chart.day", day=period.day, month=_month(period, ui))


def _month(period: Timestamp, ui: str) -> str:
    return say(ui, "chart.month_names").split()[period.month - 1]


def when(period: Timestamp, by: str, ui: str) -> str:
    """The period in a sentence.

    >>> import pandas
    >>> when(pandas.Timestamp("2026-08-02 14:00"), "hour", "en"), when(pandas.Timestamp("2026-08-01"), "month", "en")
    ('at 14:00 on 2 Aug 2026', 'in Aug 2026')
    """
    fields: dict[str, object] = {"month": _month(period, ui), "year": period.year}
    if by != "month":
        fields["day"] = period.day
    if by == "hour":
        fields["time"] = f"{period:%H:%M}"
    return say(ui, f"chart.at_{by}s", **fields)
