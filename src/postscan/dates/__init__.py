"""Dates: a closed grammar of printed days, and when a post was made.

The grammar reads what it knows and nothing else. A free date parser takes "6 آب، 2021" for today and "7/3/1429 هـ" for
a day of the year 1429; here, what is not in the table of months, or could be two days, is no date.
"""

from postscan.dates.clock import Clock, clock, find_day
from postscan.dates.created import LINKS, find_chain, find_chains, find_created, id_day
from postscan.dates.grammar import DateSpan, find_dates, match_date, month_words, skip_time

__all__ = [
    "LINKS",
    "Clock",
    "DateSpan",
    "clock",
    "find_chain",
    "find_chains",
    "find_created",
    "find_dates",
    "find_day",
    "id_day",
    "match_date",
    "month_words",
    "skip_time",
]
