"""Tweets as X's interface 2 gives them: pages with what they refer to beside them, or one tweet flattened a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from postscan.reading.marks import Claim
from postscan.reading.records import Fields, Records
from postscan.reading.tweets import find_moment, find_repost, is_cut, is_withheld, offset_in, say, status_link
from postscan.reading.values import Row, counts_in, object_in, objects_in, text_in, words_in

_SIGNS = frozenset(("edit_history_tweet_ids", "public_metrics", "conversation_id", "referenced_tweets", "__twarc"))
_MARKED = (
    ("hashtags", "hashtag", "tag"),
    ("cashtags", "cashtag", "tag"),
    ("mentions", "handle", "username"),
    ("urls", "url", "url"),
)
"""The lists of entities, what is in each, and under which name it has it."""
_NOTHING: Row = {}
_EDGES = ("includes", "meta", "__twarc", "errors")
_OTHERS = {
    "user": frozenset(("id", "username", "name")),
    "list": frozenset(("id", "name", "owner_id")),
    "count of tweets": frozenset(("start", "end", "tweet_count")),
}
"""What else a page may hold, by the fields that it has."""
GONE = "tombstone: compliance"
"""A notice by which a collection is kept free of what was deleted."""
_NOTICE = frozenset(("id", "action", "reason"))
_WHEN = frozenset(("created_at", "redacted_at"))


class Tweet(NamedTuple):
    """A tweet, and what its page has of the tweets and people that it refers to, by id."""

    row: Row
    tweets: dict[str, Row]
    people: dict[str, Row]


def is_tweet_v2(row: Row) -> bool:
    """Whether an object is a tweet of interface 2."""
    if not (isinstance(row.get("text"), str) and isinstance(row.get("id"), str)):
        return False
    return not _SIGNS.isdisjoint(row) or ("author_id" in row and "created_at" in row and "user" not in row)


def is_page(row: Row) -> bool:
    """Whether an object is a page of tweets, or of what was asked for and is not there."""
    data = row.get("data")
    first = data[0] if isinstance(data, list) and data else data
    if isinstance(first, dict):
        if is_tweet_v2(first):
            return True
        told = isinstance(first.get("text"), str) or find_other(first) is not None
        return told and any(edge in row for edge in _EDGES)
    return not first and ("__twarc" in row or "result_count" in object_in(_only_objects(row), "meta"))


def find_other(row: Row) -> str | None:
    """What an object of interface 2 is that is no tweet: a user, a list, a count, or the notice that one is gone."""
    if "text" in row:
        return None
    if _NOTICE <= row.keys() <= _NOTICE | _WHEN:
        return GONE
    return next((f"no tweet: {name}" for name, fields in _OTHERS.items() if fields <= row.keys()), None)


def tweets_of(page: Row) -> Iterator[Tweet]:
    """The tweets of a page; those beside them were not asked for."""
    beside = object_in(page, "includes")
    tweets = {text_in(each, "id") or "": each for each in objects_in(beside, "tweets")}
    people = {text_in(each, "id") or "": each for each in objects_in(beside, "users")}
    data = page.get("data")
    for row in [data] if isinstance(data, dict) else objects_in(page, "data"):
        yield Tweet(row, tweets, people)


def tweet_fields_v2(tweet: Tweet, records: Records) -> Fields | str:
    """The fields of a tweet; a retweet has the words of the tweet that it repeats, where they are beside it."""
    row, tweets, people = tweet
    if other := find_other(row):
        return other
    references = _references(row)
    ids = {kind: text_in(each, "id") for kind, each in references.items()}
    repeated = references.get("retweeted", _NOTHING)
    original = repeated if "text" in repeated else tweets.get(ids.get("retweeted") or "", _NOTHING)
    said = original or row
    text, claims, cut = _find_words(said)
    if is_withheld(text):
        return "tombstone: withheld"
    quoted = (references if said is row else _references(said)).get("quoted", _NOTHING)
    quote_of = text_in(quoted, "id")
    quoted = quoted if "text" in quoted else tweets.get(quote_of or "", _NOTHING)
    author = _find_author(row, people)
    handle = text_in(author, "username")
    identifier = text_in(row, "id")
    return {
        "id": identifier,
        "platform": "x",
        "author": handle,
        "author_id": text_in(row, "author_id") or text_in(author, "id"),
        "created": find_moment(text_in(row, "created_at"), records),
        "url": status_link(handle, identifier),
        "reply_to": ids.get("replied_to"),
        "repost_of": ids.get("retweeted") or find_repost(text, row),
        "quote_of": quote_of,
        "counts": counts_in(
            object_in(row, "public_metrics"),
            likes="like_count",
            shares="retweet_count",
            replies="reply_count",
            views="impression_count",
        ),
        **say(
            text,
            claims,
            records,
            cut=cut,
            quote_of=quote_of,
            quoted_name=text_in(_find_author(quoted, people), "name") if quoted or people else None,
        ),
    }


def _references(row: Row) -> dict[str, Row]:
    """What a tweet refers to, by the way in which it does."""
    return {text_in(each, "type") or "": each for each in objects_in(row, "referenced_tweets")}


def _find_author(row: Row, people: dict[str, Row]) -> Row:
    return object_in(row, "author") or object_in(row, "author_user") or people.get(text_in(row, "author_id") or "", {})


def _find_words(row: Row) -> tuple[str, list[Claim], bool]:
    note = object_in(row, "note_tweet")
    if note and (text := words_in(note, "text")):
        return text, list(_claims_in(object_in(note, "entities"))), False
    text = words_in(row, "text") or ""
    return text, list(_claims_in(object_in(row, "entities"))), bool(note) or is_cut(text)


def _claims_in(entities: Row) -> Iterator[Claim]:
    for name, kind, field in _MARKED:
        for each in objects_in(entities, name) if name in entities else ():
            target = text_in(each, "unwound_url", "expanded_url") if kind == "url" else None
            start, end = offset_in(each.get("start")), offset_in(each.get("end"))
            yield Claim(kind, text_in(each, field) or "", start, end, target)


def _only_objects(row: Row) -> dict[str, Any]:
    return {name: value for name, value in row.items() if isinstance(value, dict)}
