"""Messages of Telegram as Telethon gives them (`to_dict`, `to_json`), which scrapers of channels write down."""

from __future__ import annotations

from postscan.reading.opened import Items, Opened
from postscan.reading.peek import peek
from postscan.reading.records import Fields, Records, alone, read_each
from postscan.reading.rows import find_when
from postscan.reading.values import Row, counts_in, from_epoch, object_in, text_in, words_in

BEGINS = b"[{"

_KINDS = ("Message", "MessageService", "MessageEmpty")
_PEERS = ("channel_id", "chat_id", "user_id")


def matches(head: bytes, name: str) -> bool:  # noqa: ARG001
    """Whether the first object is a message that says so, and where it was sent to."""
    found = peek(head)
    row: Row = found.rows[0] if found is not None else {}
    return row.get("_") in _KINDS and ("peer_id" in row or "to_id" in row) and "id" in row


def read(opened: Opened) -> Items:
    """A post a message; what the app says itself is skipped by name."""
    yield from read_each(opened, _fields, alone)


def _fields(row: Row, records: Records) -> Fields | str:
    if row.get("_") != _KINDS[0]:
        return "service message" if row.get("_") == _KINDS[1] else "no message"
    written = row.get("date")
    when = find_when(written) if isinstance(written, str) else from_epoch(written)
    if when is None and written is not None:
        records.note("created", example=repr(str(written)[:40]))
    chat = text_in(object_in(row, "peer_id") or object_in(row, "to_id"), *_PEERS)
    number, answered = text_in(row, "id"), text_in(object_in(row, "reply_to"), "reply_to_msg_id")
    answered = answered or text_in(row, "reply_to_msg_id")
    elsewhere = text_in(object_in(row, "reply_to", "reply_to_peer_id"), *_PEERS) or chat
    source = object_in(row, "fwd_from")
    from_whom = text_in(source, "from_name") or text_in(object_in(source, "from_id"), *_PEERS)
    return {
        "id": f"{chat}/{number}" if chat and number else number,
        "text": words_in(row, "message") or "",
        "platform": "telegram",
        "author": text_in(row, "post_author"),
        "author_id": text_in(object_in(row, "from_id"), *_PEERS),
        "channel": chat,
        "created": when,
        "reply_to": f"{elsewhere}/{answered}" if elsewhere and answered else answered,
        "repost_of": (from_whom or "unknown") if source else None,
        "counts": counts_in(row, views="views", shares="forwards") | counts_in(_replies(row), replies="replies"),
    }


def _replies(row: Row) -> Row:
    found = row.get("replies")
    return found if isinstance(found, dict) else {}
