"""Telegram Desktop's export as pages: messages.html, messages2.html and so on."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from postscan.model import Entity, Problem
from postscan.reading.encodings import mend
from postscan.reading.marks import mark
from postscan.reading.markup import Link, flatten, parse_html
from postscan.reading.opened import Items, Opened
from postscan.reading.records import Fields, Records
from postscan.reading.rows import FieldError, find_when

BEGINS = b"<"

_SIGNS = (b'class="page_wrap', b'class="history"')
_TIME = re.compile(r"(\d\d)\.(\d\d)\.(\d{4}) (\d\d:\d\d:\d\d)(?: UTC([+-]\d\d:\d\d))?", re.ASCII)
_VIA = re.compile(r" +via @\w+\Z", re.ASCII)
_NUMBER = re.compile(r"(?:go_to_)?message-?(\d+)\Z", re.ASCII)
_SHOWS = {"ShowHashtag": "hashtag", "ShowCashtag": "cashtag"}


def matches(head: bytes, name: str) -> bool:  # noqa: ARG001
    """Whether it is a page of messages, by the two frames that all of them have."""
    return all(sign in head for sign in _SIGNS)


def read(opened: Opened) -> Items:
    """A post a message; "joined" ones have the author of the message above them."""
    records = Records(opened.path, opened.notes)
    pieces, size = [], 0
    for piece in opened.stream.texts(opened.encoding):
        pieces.append(piece)
        size += len(piece)
        if size > opened.stream.bounds.record:
            message = opened.stream.bounds.too_large("page", "export the chat as JSON")
            yield Problem(opened.path, None, f"{opened.path}: {message}")
            return
    source, mended = mend("".join(pieces))
    if mended:
        records.note("surrogate", times=mended)
    try:
        tree = parse_html(source)
    except FieldError as error:
        yield Problem(opened.path, None, f"{opened.path}: {error}; export the chat as JSON")
        return
    if tree is not None:
        header = next(iter(tree.iter("div")), None)
        for each in tree.iter("div"):
            if "page_header" in _classes(each):
                header = _child(each, "text")
                break
        channel = flatten(header)[0] if header is not None else None
        author: str | None = None
        origin: str | None = None
        for message in tree.iter("div"):
            if "message" in _classes(message) and (message.get("id") or "").startswith("message"):
                if "joined" not in _classes(message):
                    author, origin = _read_name(message), None
                forwarded = _child(message, "forwarded", "body")
                origin = (_read_name(forwarded) or origin) if forwarded is not None else None
                about = _About(author, channel, (origin or "unknown") if forwarded is not None else None)
                yield records.take(_fields, (message, about))
    yield from records.ended()


class _About(NamedTuple):
    """What stands above a message, or above those that it is joined to."""

    author: str | None
    channel: str | None
    origin: str | None
    """Whose words were forwarded."""


def _fields(item: tuple[Any, _About], records: Records) -> Fields | str:
    message, (author, channel, origin) = item
    if "service" in _classes(message):
        return "service message"
    words = _child(message, "text")
    text, links = flatten(words) if words is not None else (_read_poll(message), [])
    number = _NUMBER.match(message.get("id") or "")
    date = _child(message, "date")
    written = (date.get("title") or "") if date is not None else ""
    when = _find_moment(written)
    if written and when is None:
        records.note("created", example=repr(written[:40]))
    reply = _child(message, "reply_to")
    answered = next((_NUMBER.search(a.get("href") or "") for a in reply.iter("a")), None) if reply is not None else None
    return {
        "id": f"{channel}/{number[1]}" if number and channel else None,
        "text": text,
        "platform": "telegram",
        "author": author,
        "channel": channel,
        "created": when,
        "reply_to": f"{channel}/{answered[1]}" if answered else None,
        "repost_of": origin,
        "marked": tuple(made for link in links if (made := _mark(text, link))),
    }


def _mark(text: str, link: Link) -> Entity | None:
    surface = text[link.start : link.end]
    shown = next((kind for name, kind in _SHOWS.items() if name in link.onclick), None)
    if shown:
        return mark(shown, surface, link.start, link.end)
    if surface.startswith("@"):
        return mark("handle", surface, link.start, link.end)
    return mark("url", surface, link.start, link.end, link.href) if re.match("https?:", link.href) else None


def _read_name(element: Any) -> str | None:
    """The name above a message, without the bot that it went through and the date that may stand beside it."""
    name = _child(element, "from_name")
    return _VIA.sub("", " ".join((name.text or "").split())) or None if name is not None else None


def _read_poll(message: Any) -> str:
    """The question and the answers of a poll, a line each, without the votes beside them."""
    poll = _child(message, "media_poll")
    if poll is None:
        return ""
    said = [" ".join((each.text or "").split()) for each in poll.iterdescendants("div") if _says(each)]
    return "\n".join(line.removeprefix("- ") for line in said if line)


def _says(element: Any) -> bool:
    return not {"question", "answer"}.isdisjoint(_classes(element))


def _find_moment(written: str) -> str | None:
    found = _TIME.fullmatch(written.strip())
    return find_when(f"{found[3]}-{found[2]}-{found[1]}T{found[4]}{found[5] or ''}") if found else None


def _classes(element: Any) -> list[str]:
    return (element.get("class") or "").split()


def _child(element: Any, *names: str) -> Any | None:
    """The first element inside, in the order of the page, that has these classes."""
    wanted = frozenset(names)
    return next((each for each in element.iterdescendants("div") if wanted.issubset(_classes(each))), None)
