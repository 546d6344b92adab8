"""Telegram Desktop's export as JSON: one chat, or all of an account."""

from __future__ import annotations

import re
from typing import Any

from postscan.model import Entity, Problem
from postscan.reading.documents import ITEM, Document, Keys
from postscan.reading.marks import mark
from postscan.reading.opened import Items, Opened
from postscan.reading.peek import peek
from postscan.reading.records import Fields, Records, walk
from postscan.reading.rows import FieldError, find_when, say_kind
from postscan.reading.values import Row, from_epoch, object_in, objects_in, text_in

BEGINS = b"{"

_CHATS = ("chats", "left_chats")
_KINDS = {"hashtag": "hashtag", "cashtag": "cashtag", "mention": "handle", "link": "url", "text_link": "url"}
_ABOUT = ("name", "type", "id")
_BEFORE = ("personal_information", "contacts", "frequent_contacts")
"""What an account's export has before its chats, which may lie far behind."""
_INSIDE = frozenset(("list", "phone_number"))
_PEER = re.compile("(?:user|chat|channel)([0-9]+)")


def matches(head: bytes, name: str) -> bool:  # noqa: ARG001
    """Whether it is an object that holds the messages of a chat, or a list of chats."""
    found = peek(head)
    if found is None or found.form == "array":
        return False
    row = found.rows[0]
    chats = [row.get(name) for name in _CHATS]
    if any(isinstance(each, dict) and "list" in each for each in chats):
        return True
    before = (row.get(name) for name in _BEFORE)
    if isinstance(row.get("about"), str) and any(
        isinstance(each, dict) and not _INSIDE.isdisjoint(each) for each in before
    ):
        return True
    messages = row.get("messages")
    if not isinstance(messages, list) or "type" not in row:
        return False
    first = messages[0] if messages else {}
    return isinstance(first, dict) and ("date" in first or not first)


def read(opened: Opened) -> Items:
    """A post a message; service messages are skipped by name."""
    records = Records(opened.path, opened.notes)
    chat: dict[str, Any] = {}
    ended = False
    for found in walk(Document(opened.stream, opened.encoding).walk(_opens), records):
        if isinstance(found, Problem):
            yield found
        elif found.keys[-2:] == ("messages", ITEM):
            ended = True
            yield records.take(_fields, (found.value, chat))
        elif found.keys and found.keys[-1] in _ABOUT and type(found.value) in (str, int, type(None)):
            if ended or found.keys[-1] in chat:  # the one before had no messages
                chat = {}
            ended = False
            chat[found.keys[-1]] = found.value
    yield from records.ended()


def _opens(keys: Keys, sign: str) -> bool:  # noqa: ARG001
    if keys[:1] and keys[0] in _CHATS:
        return keys[1:] in ((), ("list",), ("list", ITEM), ("list", ITEM, "messages"))
    return keys in ((), ("messages",))


def _fields(item: tuple[Any, Row], records: Records) -> Fields | str:
    message, chat = item
    if not isinstance(message, dict):
        raise FieldError("not an object")
    if message.get("type") not in ("message", None):
        return f"{text_in(message, 'type')} message"
    text, marked = _read_text(message, records)
    epoch, local = text_in(message, "date_unixtime"), text_in(message, "date")
    when = from_epoch(epoch) or (find_when(local) if local else None)
    if when is None and (epoch or local):
        records.note("created", example=repr((epoch or local or "")[:40]))
    forwarded = "forwarded_from" in message or "forwarded_from_id" in message
    group = text_in(chat, "id", "name")
    number, answered = text_in(message, "id"), text_in(message, "reply_to_message_id")
    elsewhere = _PEER.fullmatch(text_in(message, "reply_to_peer_id") or "")
    place = elsewhere[1] if elsewhere else group
    return {
        "id": f"{group}/{number}" if group and number else number,
        "text": text or _read_poll(message, records),
        "platform": "telegram",
        "author": text_in(message, "from"),
        "author_id": text_in(message, "from_id"),
        "channel": text_in(chat, "name"),
        "created": when,
        "reply_to": f"{place}/{answered}" if place and answered else answered,
        "repost_of": text_in(message, "forwarded_from", "forwarded_from_id") or ("unknown" if forwarded else None),
        "marked": marked,
    }


def _read_text(message: Row, records: Records) -> tuple[str, tuple[Entity, ...]]:
    """The text, which may be in pieces, and what the pieces are."""
    text = message.get("text")
    whole = text if isinstance(text, str) else None
    pieces = objects_in(message, "text_entities") or (text if isinstance(text, list) else [])
    if text is not None and not isinstance(text, (str, list)):
        raise FieldError(f'"text" is {say_kind(text)}, not text')
    out: list[str] = []
    marked: list[Entity] = []
    at = 0
    for piece in pieces:
        if isinstance(piece, str):
            out.append(piece)
            at += len(piece)
            continue
        words = text_in(piece, "text") if isinstance(piece, dict) else None
        if words is None:
            continue
        kind = _KINDS.get(text_in(piece, "type") or "")
        if kind:
            marked.append(mark(kind, words, at, at + len(words), text_in(piece, "href")))
        out.append(words)
        at += len(words)
    joined = "".join(out)
    if whole is None or whole == joined:
        return joined, tuple(marked)
    for each in marked:  # of a text that somebody has changed
        records.note("mark-lost", each.kind, example=repr(each.value))
    return whole, ()


def _read_poll(message: Row, records: Records) -> str:
    """What a poll or a list of things to do says, a line each; either may be in pieces, as texts are."""
    poll, tasks = object_in(message, "poll"), object_in(message, "todo_list")
    said = [poll.get("question"), tasks.get("title")]
    said += [each.get("text") for each in (*objects_in(poll, "answers"), *objects_in(tasks, "answers"))]
    lines = [_read_text({"text": each}, records)[0] for each in said]
    return "\n".join(line for line in lines if line)
