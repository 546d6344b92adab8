"""Tweets as snscrape and twscrape write them: one object a line, in names of their own, what it refers to inside."""

from __future__ import annotations

import re
from collections.abc import Iterator

from postscan.reading.marks import Claim
from postscan.reading.records import Fields, Records
from postscan.reading.tweets import find_moment, find_repost, is_cut, is_withheld, offset_in, say, status_link
from postscan.reading.values import Row, counts_in, object_in, objects_in, text_in, words_in

_TYPE = "snscrape.modules.twitter.Tweet"
_MOST = 100
"""Names of tags and handles are looked for in the text; no tweet has as many."""


def is_scraped(row: Row) -> bool:
    """Whether an object is a tweet of one of them; before 2022 it did not say so."""
    user = row.get("user")
    if not isinstance(user, dict) or "username" not in user:
        return False
    return row.get("_type") == _TYPE or ("renderedContent" in row and isinstance(row.get("content"), str))


def scraped_fields(row: Row, records: Records) -> Fields | str:
    """The fields of a tweet; a retweet has the words of the tweet that it repeats, where they are inside."""
    original = object_in(row, "retweetedTweet")
    said = original if is_scraped(original) else row
    text = words_in(said, "rawContent") or words_in(said, "content") or ""
    if is_withheld(text):
        return "tombstone: withheld"
    quoted = object_in(said, "quotedTweet")
    quote_of = text_in(quoted, "id_str", "id")
    author, identifier = text_in(object_in(row, "user"), "username"), text_in(row, "id_str", "id")
    return {
        "id": identifier,
        "platform": "x",
        "author": author,
        "author_id": text_in(object_in(row, "user"), "id_str", "id"),
        "created": find_moment(text_in(row, "date"), records),
        "url": status_link(author, identifier),
        "reply_to": text_in(row, "inReplyToTweetIdStr", "inReplyToTweetId"),
        "repost_of": text_in(original, "id_str", "id") or (None if original else find_repost(text, {})),
        "quote_of": quote_of,
        "counts": counts_in(
            row, likes="likeCount", shares="retweetCount", replies="replyCount", views="viewCount"
        ),
        **say(
            text,
            _claims_in(said, text),
            records,
            cut=is_cut(text),
            quote_of=quote_of,
            quoted_name=text_in(object_in(quoted, "user"), "displayname"),
        ),
    }  # fmt: skip


def _claims_in(row: Row, text: str) -> Iterator[Claim]:
    """What is marked: links with their place, tags and handles by name alone, which are found one after the other."""
    for each in objects_in(row, "links"):
        short = text_in(each, "tcourl") or ""
        at = each.get("indices")
        start = offset_in(at[0]) if isinstance(at, list) and at else text.find(short) if short else -1
        yield Claim("url", short, start, start + len(short), text_in(each, "url"))
    people = [text_in(each, "username") or "" for each in objects_in(row, "mentionedUsers")[:_MOST]]
    for kind, signs, names in (
        ("hashtag", "[#\N{FULLWIDTH NUMBER SIGN}]", _names_in(row, "hashtags")),
        ("cashtag", "[$]", _names_in(row, "cashtags")),
        ("handle", "[@\N{FULLWIDTH COMMERCIAL AT}]", people),
    ):
        after = 0
        for name in names:
            found = re.compile(rf"{signs}{re.escape(name)}(?!\w)", re.IGNORECASE).search(text, after)
            if found:
                after = found.end()
                yield Claim(kind, name, found.start(), found.end())


def _names_in(row: Row, name: str) -> list[str]:
    value = row.get(name)
    return [each for each in value[:_MOST] if isinstance(each, str)] if isinstance(value, list) else []
