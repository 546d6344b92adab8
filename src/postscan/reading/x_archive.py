"""The archive of one's own posts that X gives: scripts that begin with `window.YTD.` and are JSON from there on.

Until 2018 they began with `Grailbird.data.tweets_2013_01`, one a month.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from postscan.model import Skipped
from postscan.reading.documents import Document, Value
from postscan.reading.marks import Claim
from postscan.reading.notes import Notes
from postscan.reading.opened import Items, Opened
from postscan.reading.records import Fields, Records, take_each, walk
from postscan.reading.rows import FieldError
from postscan.reading.streams import DamagedError, Stream
from postscan.reading.tweets import find_moment, is_cut, offset_in, say, tweet_fields
from postscan.reading.values import Row, object_in, objects_in, text_in, words_in

BEGINS = b"wG"
_READ_WITH = ("account", "note-tweet", "tweets", "tweet", "community-tweet")
"""The scripts of which others need something, each perhaps in parts."""
BESIDE = tuple(f"{name}.js" for name in _READ_WITH)

_PREFIX = re.compile(
    r"\s*(?:window\.(?:YTD\.(?P<part>\w{1,60}?)\.part[0-9]+|__THAR_CONFIG)"
    r"|Grailbird\.data\.(?P<month>tweets_[0-9]{4}_[0-9]{2}))\s*=\s*"
)
_HEAD = re.compile(_PREFIX.pattern.encode())
_TWEETS = ("tweets", "tweet", "community_tweet")
_WITH_TWEETS, _WITH_NOTES = _READ_WITH[:2], (_READ_WITH[0], *_READ_WITH[2:])
_LINK = re.compile(r"\s*https://t\.co/\w+\s*\Z")
_MOST_PARTS = 1000
_Key = tuple[str, str]


class _Long(NamedTuple):
    """A post of more than 280 signs, which the tweets have only the beginning of."""

    identifier: str
    text: str
    created: str
    claims: list[Claim]


def matches(head: bytes, name: str) -> bool:  # noqa: ARG001
    """Whether it is a script of an archive."""
    return _HEAD.match(head) is not None


def read(opened: Opened) -> Items:
    """A post a tweet; long ones in full, where note-tweet.js lies beside them, and their author from account.js."""
    records = Records(opened.path, opened.notes)
    part = _part(opened.stream)
    fields: Callable[[Any, Records], Fields | str]
    if part == "note_tweet":
        fields = functools.partial(_note_fields, person=_find_person(opened.stream), cut=set(_read_cut(opened.stream)))
    elif part in _TWEETS or not part:
        long = {key: each for each in _read_long(opened.stream) for key in _keys(each.text, each.created)}
        fields = functools.partial(_tweet_fields, person=_find_person(opened.stream), long=long)
    else:
        yield Skipped(opened.path, None, f"X archive without posts: {part.replace('_', ' ')}")
        return
    document = walk(Document(opened.stream, opened.encoding).walk(_is_list, after=_PREFIX), records)
    yield from take_each(document, records, fields, whole=True)


def beside(stream: Stream) -> Iterator[str]:
    """The names of the files beside a script of an archive that are read with it, those that are there."""
    part = _part(stream)
    names = _WITH_NOTES if part == "note_tweet" else _WITH_TWEETS if part in _TWEETS or not part else ()
    for name in names:
        for file in (_script_name(name, number) for number in range(_MOST_PARTS)):
            found = stream.neighbour(file)
            if found is None:
                break
            found.close()
            yield file


def _script_name(name: str, number: int) -> str:
    """The name of a script, or of a further part of it."""
    return f"{name}-part{number}.js" if number else f"{name}.js"


def _part(stream: Stream) -> str:
    """What a script holds; "" where it does not say, and where it has the tweets of a month."""
    found = _HEAD.match(stream.head)
    if found is None or found["month"]:
        return ""
    return (found["part"] or b"manifest").decode()


def _is_list(keys: tuple[str, ...], sign: str) -> bool:
    return keys == () and sign == "["


def _tweet_fields(value: Any, records: Records, *, person: Row, long: Mapping[_Key, _Long]) -> Fields | str:
    if not isinstance(value, dict):
        raise FieldError("not an object")
    row = dict(object_in(value, "tweet") or value)
    row.setdefault("user", person)
    fields = tweet_fields(row, records)
    if isinstance(fields, str) or not fields["truncated"] or fields["repost_of"]:
        return fields
    full = next((long[key] for key in _keys(fields["text"], fields["created"] or "") if key in long), None)
    if full is None:
        return fields
    return {**fields, **say(full.text, full.claims, records, cut=False, quote_of=fields["quote_of"], quoted_name=None)}


def _note_fields(value: Any, records: Records, *, person: Row, cut: set[_Key]) -> Fields | str:
    note = _note_of(value)
    if any(key in cut for key in _keys(note.text, note.created)):
        return "long post: read with its tweet"
    return {
        "id": note.identifier or None,
        "platform": "x",
        "author": text_in(person, "screen_name"),
        "author_id": text_in(person, "id_str"),
        "created": find_moment(note.created or None, records),
        **say(note.text, note.claims, records, cut=False, quote_of=None, quoted_name=None),
    }


def _note_of(value: Any) -> _Long:
    note = object_in(value if isinstance(value, dict) else {}, "noteTweet")
    core = object_in(note, "core")
    return _Long(
        text_in(note, "noteTweetId") or "",
        words_in(core, "text") or "",
        text_in(note, "createdAt") or "",
        [
            *(_claim("hashtag", text_in(each, "text"), each) for each in objects_in(core, "hashtags")),
            *(_claim("cashtag", text_in(each, "text"), each) for each in objects_in(core, "cashtags")),
            *(_claim("handle", text_in(each, "screenName"), each) for each in objects_in(core, "mentions")),
            *(
                _claim("url", text_in(each, "shortUrl"), each, text_in(each, "expandedUrl"))
                for each in objects_in(core, "urls")
            ),
        ],
    )


def _claim(kind: str, name: str | None, row: Row, target: str | None = None) -> Claim:
    return Claim(kind, name or "", offset_in(row.get("fromIndex")), offset_in(row.get("toIndex")), target)


def _keys(text: str, created: str) -> list[_Key]:
    """By what a long post and its tweet are known to be one: the day and the first words. No field says it."""
    words = _LINK.sub("", text).rstrip("… ")
    return [(created[:10], words[:size]) for size in (200, 100) if len(words) >= size]


def _find_person(stream: Stream) -> Row:
    for value in _values_beside(stream, "account"):
        account = object_in(value, "account")
        return {"screen_name": text_in(account, "username"), "id_str": text_in(account, "accountId")}
    return {}


def _read_long(stream: Stream) -> Iterator[_Long]:
    for value in _values_beside(stream, "note-tweet"):
        yield _note_of(value)


def _read_cut(stream: Stream) -> Iterator[_Key]:
    """The keys of the tweets beside a file that have the beginning of a long post."""
    for name in _READ_WITH[2:]:
        for value in _values_beside(stream, name):
            tweet = object_in(value, "tweet") or value
            text = words_in(tweet, "full_text") or ""
            if is_cut(text):
                fields = tweet_fields(tweet, Records("", Notes()))
                if not isinstance(fields, str) and not fields["repost_of"]:
                    yield from _keys(fields["text"], fields["created"] or "")


def _values_beside(stream: Stream, name: str) -> Iterator[Row]:
    """The objects of a file of the archive beside this one, and of its further parts; what is broken is left."""
    for number in range(_MOST_PARTS):
        script = stream.neighbour(_script_name(name, number))
        if script is None:
            return
        try:
            for each in Document(script, None).walk(_is_list, after=_PREFIX):
                if isinstance(each, Value) and isinstance(each.value, dict):
                    yield each.value
        except (DamagedError, OSError, FieldError):  # told where that file itself is read
            return
        finally:
            script.close()
