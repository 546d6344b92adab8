"""Collections from X's interfaces: 1.1 (twarc 1, streams), 2 (pages, twarc 2, flattened lines), and its web pages.

Of the latter also what snscrape and twscrape make.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from postscan.reading.opened import Items, Opened
from postscan.reading.peek import peek
from postscan.reading.records import Fields, Records, read_each
from postscan.reading.tweets import find_tombstone, is_tweet, tweet_fields
from postscan.reading.tweets_scraped import is_scraped, scraped_fields
from postscan.reading.tweets_v2 import GONE, Tweet, find_other, is_page, is_tweet_v2, tweet_fields_v2, tweets_of
from postscan.reading.values import Row, objects_in

BEGINS = b"[{"


def matches(head: bytes, name: str) -> bool:  # noqa: ARG001
    """Whether one of the first objects is a tweet, or a page of them."""
    found = peek(head)
    return found is not None and any(is_known(row) for row in found.rows)


def is_known(row: Row) -> bool:
    """Whether an object is a tweet or a page of one of the interfaces, or a notice that a tweet is gone."""
    one = is_tweet(row) or is_tweet_v2(row) or is_scraped(row)
    return one or is_page(row) or _is_search(row) or _is_notice(row)


def read(opened: Opened) -> Items:
    """A post a tweet, numbered through all pages."""
    yield from read_each(opened, fields_of, unfold)


def unfold(row: dict[str, Any], records: Records) -> Iterable[Row | Tweet]:  # noqa: ARG001
    """The tweets in one object."""
    if _is_search(row):
        return objects_in(row, "statuses")
    if is_tweet_v2(row) and not is_tweet(row):
        return (Tweet(row, {}, {}),)
    if is_page(row) and not is_tweet(row):
        return tweets_of(row)
    return (row,)


def fields_of(tweet: Row | Tweet, records: Records) -> Fields | str:
    """The fields of a tweet of either interface."""
    if isinstance(tweet, Tweet):
        return tweet_fields_v2(tweet, records)
    if is_tweet(tweet) or find_tombstone(tweet):
        return tweet_fields(tweet, records)
    if is_tweet_v2(tweet):
        return tweet_fields_v2(Tweet(tweet, {}, {}), records)
    if is_scraped(tweet):
        return scraped_fields(tweet, records)
    return find_other(tweet) or "no tweet"


def _is_notice(row: Row) -> bool:
    return "action" in row and find_other(row) == GONE


def _is_search(row: Row) -> bool:
    found = row.get("statuses")
    if not isinstance(found, list):
        return False
    return isinstance(found[0], dict) and is_tweet(found[0]) if found else "search_metadata" in row
