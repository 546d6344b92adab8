"""Posts and comments in the form that only collections of Zeeschuimer have them: as a platform's pages ask for them.

Each is known by fields that no other platform has together. What a page does not say (the moment of a post on LinkedIn,
the name of an author on Douyin) is taken from what it has: the id that carries it, the name that is shown.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

from postscan.reading.feeds import find_time
from postscan.reading.records import Fields, Records
from postscan.reading.values import Row, counts_in, from_epoch, text_in, words_in

_ACTIVITY = re.compile(r"urn:li:activity:([0-9]{1,20})")
_PERSON = re.compile(r"linkedin\.com/((?:in|company|school|showcase)/[^/?#]+)")
_NOTHING: Row = {}


def join_title(title: str | None, words: str | None) -> str:
    r"""The words of a post that has a title of its own, as on the page: before the others, unless they begin with it.

    >>> join_title("Rain", "It fell."), join_title("Rain", "Rain fell."), join_title("Rain", " ")
    ('Rain\n\nIt fell.', 'Rain fell.', 'Rain')
    """
    title, words = title or "", words or ""
    if not words.strip():
        return title
    return words if not title.strip() or words.startswith(title) else f"{title}\n\n{words}"


def linkedin_moment(identifier: str | None) -> str | None:
    """The moment that an id of LinkedIn carries: its pages only say "3w".

    >>> linkedin_moment("6829352760320000000"), linkedin_moment("7")
    ('2021-08-06T10:09:41.298Z', None)
    """
    if identifier is None or not re.fullmatch("[0-9]{18,19}", identifier):
        return None
    return from_epoch(int(identifier) >> 22)


def _in(row: Row, *names: str) -> Row:
    """The object under these names; empty where there is anything else, such as the address of one that is missing."""
    for name in names:
        value = row.get(name)
        if not isinstance(value, dict):
            return _NOTHING
        row = value
    return row


def _is_linkedin(row: Row) -> bool:
    return "actor" in row and "commentary" in row


def _linkedin(row: Row, records: Records) -> Fields:  # noqa: ARG001
    names = (_in(row, "updateMetadata").get("urn"), row.get("preDashEntityUrn"), row.get("id"))
    found = next((found for name in names if (found := _ACTIVITY.search(str(name)))), None)
    number = found[1] if found else None
    person = _in(row, "actor")
    place = _PERSON.search(text_in(_in(person, "navigationContext"), "actionTarget") or "")
    social = _in(row, "*socialDetail")
    counts = counts_in(
        _in(social, "*totalSocialActivityCounts"), likes="numLikes", shares="numShares", replies="numComments"
    ) or {
        **counts_in(_in(social, "likes", "paging"), likes="total"),
        **counts_in(social, shares="totalShares"),
        **counts_in(_in(social, "comments", "paging"), replies="total"),
    }
    return {
        "id": number,
        "text": words_in(_in(row, "commentary", "text"), "text") or "",
        "platform": "linkedin",
        "author": place[1] if place else text_in(_in(person, "name"), "text"),
        "created": linkedin_moment(number),
        "url": f"https://www.linkedin.com/feed/update/urn:li:activity:{number}" if number else None,
        "counts": counts,
    }


def _is_douyin(row: Row) -> bool:
    return "desc" in row and ("aweme_id" in row or "awemeId" in row)


def _douyin(row: Row, records: Records) -> Fields:  # noqa: ARG001
    person = _in(row, "author") or _in(row, "authorInfo")
    number = text_in(row, "aweme_id", "awemeId")
    counts = counts_in(
        _in(row, "statistics"), likes="digg_count", shares="share_count", replies="comment_count", views="play_count"
    ) or counts_in(_in(row, "stats"), likes="diggCount", shares="shareCount", replies="commentCount", views="playCount")
    return {
        "id": number,
        "text": words_in(row, "desc") or "",
        "platform": "douyin",
        "author": text_in(person, "nickname"),
        "author_id": text_in(person, "uid") or text_in(row, "author_user_id", "authorUserId"),
        "created": from_epoch(row.get("create_time", row.get("createTime"))),
        "url": f"https://www.douyin.com/video/{number}" if number else None,
        "counts": counts,
    }


def _is_ninegag(row: Row) -> bool:
    return "creationTs" in row and "upVoteCount" in row


def _ninegag(row: Row, records: Records) -> Fields:  # noqa: ARG001
    title, words = (html.unescape(words_in(row, name) or "") for name in ("title", "description"))
    return {
        "id": text_in(row, "id"),
        "text": join_title(title, words),
        "platform": "9gag",
        "author": text_in(_in(row, "creator"), "username"),
        "author_id": text_in(_in(row, "creator"), "userId"),
        "created": from_epoch(row.get("creationTs")),
        "url": text_in(row, "url"),
        "title": title or None,
        "counts": counts_in(row, likes="upVoteCount", replies="commentsCount"),
    }


def _is_imgur(row: Row) -> bool:
    return "upvote_count" in row and "account_id" in row and "title" in row


def _imgur(row: Row, records: Records) -> Fields:
    title = words_in(row, "title")
    return {
        "id": text_in(row, "id"),
        "text": join_title(title, words_in(row, "description")),
        "platform": "imgur",
        "author_id": text_in(row, "account_id"),
        "created": _moment(row, records, "created_at"),
        "url": text_in(row, "url"),
        "title": title or None,
        "counts": counts_in(row, likes="upvote_count", replies="comment_count", views="view_count"),
    }


def _is_gab(row: Row) -> bool:
    return isinstance(row.get("c"), str) and "ca" in row and "ai" in row


def _gab(row: Row, records: Records) -> Fields:
    """A status of Gab, whose pages have short names for all fields."""
    return {
        "id": text_in(row, "i", "id"),
        "text": words_in(row, "c") or "",
        "platform": "gab",
        "author": text_in(_in(row, "author_info"), "un"),
        "author_id": text_in(row, "ai"),
        "channel": text_in(_in(row, "g"), "title"),
        "created": _moment(row, records, "ca"),
        "url": text_in(row, "ul"),
        "quote_of": text_in(row, "qoi"),
        "counts": counts_in(row, likes="fc", shares="rbc", replies="rc"),
    }


def _is_note(row: Row) -> bool:
    return (
        "note_card" in row
        or ("note_id" in row and "display_title" in row)
        or "interactInfo" in _in(row, "note")
        or (row.get("_zs-origin") == "html" and "author_name" in row)
    )


def _note(row: Row, records: Records) -> Fields:  # noqa: ARG001
    """A note of RedNote (Xiaohongshu): from a search, a page of its own, or what a page shows of it."""
    said = _in(row, "note_card") or _in(row, "note") or row
    person = _in(said, "user")
    title, number = text_in(said, "title", "display_title"), text_in(row, "id", "note_id")
    counts = counts_in(
        _in(said, "interact_info"), likes="liked_count", shares="share_count", replies="comment_count"
    ) or counts_in(_in(said, "interactInfo"), likes="likedCount", shares="shareCount", replies="commentCount")
    return {
        "id": number,
        "text": join_title(title, words_in(said, "desc")),
        "platform": "xiaohongshu",
        "author": text_in(person, "nickname") or text_in(row, "author_name"),
        "author_id": text_in(person, "user_id", "userId"),
        "created": from_epoch(said.get("time")),
        "url": f"https://www.xiaohongshu.com/explore/{number}" if number else None,
        "title": title,
        "counts": counts,
    }


def _is_pin(row: Row) -> bool:
    return ("pinner" in row and "board" in row) or (row.get("_zs-origin") == "html" and "body" in row)


def _pin(row: Row, records: Records) -> Fields:
    title, number = words_in(row, "title"), text_in(row, "entityId", "id")
    return {
        "id": number,
        "text": join_title(title, words_in(row, "description" if "pinner" in row else "body")),
        "platform": "pinterest",
        "author": text_in(_in(row, "pinner"), "username"),
        "author_id": text_in(_in(row, "pinner"), "id", "entityId"),
        "channel": text_in(_in(row, "board"), "name"),
        "created": _moment(row, records, "created_at", "createdAt"),
        "url": f"https://www.pinterest.com/pin/{number}/" if number else None,
        "title": title or None,
    }


def _is_facebook(row: Row) -> bool:
    return bool(_in(row, "comet_sections", "content", "story"))


def _facebook(row: Row, records: Records) -> Fields:  # noqa: ARG001
    story = _in(row, "comet_sections", "content", "story")
    actors = story.get("actors")
    actor = (
        next((each for each in actors if isinstance(each, dict)), _NOTHING) if isinstance(actors, list) else _NOTHING
    )
    about = _in(row, "comet_sections", "context_layout", "story", "comet_sections").get("metadata")
    parts = [_in(each, "story") for each in about if isinstance(each, dict)] if isinstance(about, list) else []
    address = (text_in(actor, "url") or "").rstrip("/").rpartition("/")[2]
    return {
        "id": text_in(story, "post_id") or text_in(row, "post_id"),
        "text": words_in(_in(story, "message"), "text") or "",
        "platform": "facebook",
        "author": address if address and "?" not in address else text_in(actor, "name"),
        "author_id": text_in(actor, "id"),
        "created": next((when for part in parts if (when := from_epoch(part.get("creation_time")))), None),
        "url": text_in(story, "wwwURL"),
    }


def _is_tiktok_comment(row: Row) -> bool:
    return "cid" in row and "aweme_id" in row and "text" in row


def _tiktok_comment(row: Row, records: Records) -> Fields:  # noqa: ARG001
    person, above = _in(row, "user"), text_in(row, "reply_id")
    return {
        "id": text_in(row, "cid"),
        "text": words_in(row, "text") or "",
        "platform": "tiktok",
        "author": text_in(person, "unique_id"),
        "author_id": text_in(person, "uid"),
        "created": from_epoch(row.get("create_time")),
        "url": text_in(_in(row, "share_info"), "url"),
        "reply_to": above if above and above != "0" else text_in(row, "aweme_id"),
        "counts": counts_in(row, likes="digg_count", replies="reply_comment_total"),
    }


def _is_instagram_comment(row: Row) -> bool:
    return "comment_id" in row and "post_id" in row and "text" in row


def _instagram_comment(row: Row, records: Records) -> Fields:  # noqa: ARG001
    person = _in(row, "user")
    return {
        "id": text_in(row, "comment_id"),
        "text": words_in(row, "text") or "",
        "platform": "instagram",
        "author": text_in(person, "unique_id", "username"),
        "author_id": text_in(person, "id", "pk"),
        "created": from_epoch(row.get("created_at")),
        "url": text_in(row, "post_url"),
        "reply_to": text_in(row, "parent_comment_id", "post_id"),
        "counts": counts_in(row, likes="comment_like_count", replies="child_comment_count"),
    }


def _moment(row: Row, records: Records, *names: str) -> str | None:
    """The moment under one of these names, in digits or as mails have it; noted where it is neither."""
    written = text_in(row, *names)
    when = find_time(written)
    if written is not None and when is None:
        records.note("created", example=repr(written[:40]))
    return when


SHAPES: tuple[tuple[Callable[[Row], bool], Callable[[Row, Records], dict[str, Any]]], ...] = (
    (_is_linkedin, _linkedin),
    (_is_douyin, _douyin),
    (_is_ninegag, _ninegag),
    (_is_imgur, _imgur),
    (_is_gab, _gab),
    (_is_note, _note),
    (_is_pin, _pin),
    (_is_facebook, _facebook),
    (_is_tiktok_comment, _tiktok_comment),
    (_is_instagram_comment, _instagram_comment),
)
"""By what an object of a platform is known, and its fields."""
