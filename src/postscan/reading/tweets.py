"""Tweets as X's interface 1.1 and its web pages give them: one object a tweet, with what it refers to inside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from postscan.dates import id_day
from postscan.model import Embed, Entity
from postscan.reading.marks import Claim, place
from postscan.reading.records import Fields, Records
from postscan.reading.rows import find_when
from postscan.reading.values import Row, count_in, counts_in, from_x_time, object_in, objects_in, text_in, words_in

TOMBSTONES = ("delete", "status_withheld", "user_withheld", "scrub_geo", "tombstone", "limit", "disconnect", "warning")
"""What stands alone in an object of a stream that is no tweet."""
_REPOST = re.compile(r"RT @([A-Za-z0-9_]{1,20}):? ")
_STATUS = re.compile(r"/status(?:es)?/([0-9]{1,20})")
_CUT = re.compile("…(?:\\s*https://t\\.co/\\w+)?\\s*\\Z")
_LONG = 270
"""Of the 280 that X counts, what a cut text has at least."""
_WITHHELD = re.compile(
    r"(?:This (?:Tweet|Post|post) from @\w+|@\w+['’]s account) (?:has been withheld|is temporarily unavailable)"
)


def is_tweet(row: Row) -> bool:
    """Whether an object is a tweet of interface 1.1, of a web page, or of an archive whose script was made JSON."""
    inside = _some_object(row, "tweet")
    if "rest_id" in row or "rest_id" in inside:
        return isinstance(row.get("legacy"), dict) or "tweet" in row
    if _is_of_archive(inside) or _is_of_archive(row):
        return True
    user = _some_object(row, "user")
    if isinstance(_some_object(row, "legacy").get("full_text"), str):
        return "screen_name" in user
    has_text = isinstance(row.get("full_text"), str) or isinstance(row.get("text"), str)
    known = "screen_name" in user or ("id_str" in user and "id_str" in row and "favorited" in row)
    return has_text and known and "created_at" in row


def _is_of_archive(row: Row) -> bool:
    return isinstance(row.get("full_text"), str) and {"id_str", "created_at", "favorite_count"} <= row.keys()


def tweet_fields(row: Row, records: Records) -> Fields | str:
    """The fields of a tweet; a retweet has the words of the tweet that it repeats, in full where they are there."""
    if reason := find_tombstone(row):
        return reason
    if "rest_id" in row or "rest_id" in object_in(row, "tweet"):
        row = _from_page(row)
        if "tombstone" in row:
            return "tombstone: withheld or deleted"
    elif "full_text" in object_in(row, "tweet"):
        row = object_in(row, "tweet")
    elif "legacy" in row:  # as the search of the web pages had them, their people beside them
        row = {**object_in(row, "legacy"), "user": object_in(row, "user")}
    original = object_in(row, "retweeted_status")
    said = original or row
    text, claims, cut = _find_words(said)
    if _WITHHELD.match(text):
        return "tombstone: withheld"
    quote_of = text_in(said, "quoted_status_id_str", "quoted_status_id")
    quoted = object_in(said, "quoted_status") or object_in(row, "quoted_status") or object_in(row, "quoted_tweet")
    user = object_in(row, "user")
    fields = {
        "id": text_in(row, "id_str", "id"),
        "platform": "x",
        "author": text_in(user, "screen_name"),
        "author_id": text_in(user, "id_str", "id") or text_in(row, "user_id_str"),
        "created": find_moment(text_in(row, "created_at"), records),
        "reply_to": text_in(row, "in_reply_to_status_id_str", "in_reply_to_status_id"),
        "repost_of": text_in(original, "id_str", "id") or (None if original else find_repost(text, row)),
        "quote_of": quote_of or text_in(quoted, "id_str", "id"),
        "counts": counts_in(
            row, likes="favorite_count", shares="retweet_count", replies="reply_count", views="view_count"
        ),
        **say(
            text, claims, records, cut=cut, quote_of=quote_of, quoted_name=text_in(object_in(quoted, "user"), "name")
        ),
    }
    fields["url"] = status_link(fields["author"], fields["id"])
    return fields


def say(
    text: str, claims: Iterable[Claim], records: Records, *, cut: bool, quote_of: str | None, quoted_name: str | None
) -> Fields:
    """The words of a tweet: its text as it is read, what the platform marks in it, and the post that it quotes."""
    text, marked, lost = place(text, claims)
    for claim in lost:
        records.note("mark-cut" if cut else "mark-lost", claim.kind, example=repr(claim.name))
    return {"text": text, "marked": marked, "truncated": cut, "embeds": _find_quote(marked, quote_of, quoted_name)}


def find_moment(written: str | None, records: Records) -> str | None:
    """The moment in either of X's ways to write it; noted where it is neither."""
    when = None if written is None else find_when(written) or from_x_time(written)
    if written is not None and when is None:
        records.note("created", example=repr(written[:40]))
    return when


def find_repost(text: str, row: Row) -> str | None:
    """What a tweet that begins "RT @name: " repeats: the id that its media name, else "@name"; else None."""
    found = _REPOST.match(text)
    if found is None:
        return None
    media = objects_in(row, "extended_entities", "media") or objects_in(row, "entities", "media")
    ids = (text_in(each, "source_status_id_str", "source_status_id") for each in media)
    return next((each for each in ids if each), f"@{found[1]}")


def find_tombstone(row: Row) -> str | None:
    """The reason why an object of a stream is no tweet."""
    if "text" in row or "full_text" in row or "legacy" in row:
        return None
    return next((f"tombstone: {name}" for name in TOMBSTONES if name in row), None)


def is_cut(text: str) -> bool:
    """Whether the words end in an ellipsis, or in one and a link, where X cuts them: as a retweet, or when long."""
    if "…" not in text or not _CUT.search(text, max(0, len(text) - 60)):
        return False
    weight = len(text) + sum(sign > "\u10ff" for sign in text)  # letters of Chinese, Japanese and Korean count twice
    return weight >= _LONG or _REPOST.match(text) is not None


def is_withheld(text: str) -> bool:
    """Whether the words are the platform's, in place of those that it withholds."""
    return _WITHHELD.match(text) is not None


def status_link(author: str | None, identifier: str | None) -> str | None:
    """The address of a tweet."""
    return None if identifier is None else f"https://x.com/{author or 'i/web'}/status/{identifier}"


def claims_in(entities: Row, media: Iterable[Row] = ()) -> Iterator[Claim]:
    """What interface 1.1 marks in a text."""
    for each in objects_in(entities, "hashtags"):
        yield _claim("hashtag", text_in(each, "text"), each)
    for each in objects_in(entities, "symbols"):
        yield _claim("cashtag", text_in(each, "text"), each)
    for each in objects_in(entities, "user_mentions"):
        yield _claim("handle", text_in(each, "screen_name"), each)
    for each in [*objects_in(entities, "urls"), *objects_in(entities, "media"), *media]:
        target = text_in(object_in(each, "unwound"), "url") or text_in(each, "expanded_url")
        yield _claim("url", text_in(each, "url"), each, target)


def offset_in(value: object) -> int:
    """An offset, which archives write as text; -1 for what is none."""
    if type(value) is int:
        return value
    return int(value) if type(value) is str and re.fullmatch("[0-9]{1,6}", value) else -1


def _claim(kind: str, name: str | None, row: Row, target: str | None = None) -> Claim:
    at = row.get("indices")
    start, end = at if isinstance(at, list) and len(at) == 2 else (-1, -1)
    return Claim(kind, name or "", offset_in(start), offset_in(end), target)


def _find_words(row: Row) -> tuple[str, list[Claim], bool]:
    """The longest form of a tweet's words, what is marked in it, and whether it is cut."""
    longer = object_in(row, "extended_tweet")
    media = objects_in(row, "extended_entities", "media")
    if whole := words_in(longer, "full_text"):
        return whole, list(claims_in(object_in(longer, "entities"), media)), False
    full = words_in(row, "full_text")
    text = full if full is not None else words_in(row, "text") or ""
    cut = (full is None and row.get("truncated") is True) or bool(object_in(row, "note_tweet"))
    return text, list(claims_in(object_in(row, "entities"), media)), cut or is_cut(text)


def _find_quote(marked: Iterable[Entity], quote_of: str | None, name: str | None) -> tuple[Embed, ...]:
    """The link to the quoted tweet, if the text has it, as an embed without words."""
    if quote_of is None:
        return ()
    for entity in marked:
        if entity.kind == "url" and entity.expanded:
            found = _STATUS.search(entity.expanded)
            if found and found[1] == quote_of:
                before = entity.expanded[: found.start()].rpartition("/")[2]
                handle = before if before not in ("i", "web", "") else None
                span, day = (entity.start, entity.end, None, None), id_day("x", quote_of)
                return (Embed("x", *span, name, handle, day, entity.expanded, (), "marked"),)
    return ()


def _from_page(row: Row, *, deep: bool = True) -> dict[str, Any]:
    """A tweet of X's web pages in the form of interface 1.1; of what it refers to, nothing that refers further."""
    row = object_in(row, "tweet") or row
    legacy = dict(object_in(row, "legacy"))
    if not legacy:
        return {"tombstone": {}}
    person = object_in(row, "core", "user_results", "result")
    legacy["id_str"] = text_in(row, "rest_id")
    legacy["user"] = {
        "screen_name": text_in(object_in(person, "legacy"), "screen_name")
        or text_in(object_in(person, "core"), "screen_name"),
        "name": text_in(object_in(person, "legacy"), "name") or text_in(object_in(person, "core"), "name"),
        "id_str": text_in(person, "rest_id") or text_in(legacy, "user_id_str"),
    }
    legacy["view_count"] = count_in(object_in(row, "views"), "count")
    long = object_in(row, "note_tweet", "note_tweet_results", "result")
    if words_in(long, "text"):
        legacy["extended_tweet"] = {"full_text": long["text"], "entities": object_in(long, "entity_set")}
    repeated = object_in(legacy, "retweeted_status_result", "result")
    quoted = object_in(row, "quoted_status_result", "result")
    legacy.pop("retweeted_status", None)
    legacy.pop("quoted_status", None)
    if deep and repeated:
        legacy["retweeted_status"] = _from_page(repeated, deep=False)
        if "tombstone" in legacy["retweeted_status"]:
            del legacy["retweeted_status"]
    if deep and quoted:
        legacy["quoted_status"] = _from_page(quoted, deep=False)
    return legacy


def _some_object(row: Row, name: str) -> Row:
    value = row.get(name)
    return value if isinstance(value, dict) else {}
