"""Mail: mbox files and single messages; the text part, else that of the HTML part. Attachments are left out."""

from __future__ import annotations

import email.message
import email.policy
import email.utils
import html
import re
from collections.abc import Iterator
from typing import Any

from postscan.reading.encodings import decode, find_encoding
from postscan.reading.feeds import find_time
from postscan.reading.fragments import fragment_text
from postscan.reading.opened import Items, Opened
from postscan.reading.records import Fields, Records
from postscan.reading.streams import Stream

_FROM = re.compile(rb"From [^\n]{0,200}\d{4}\s*\n[!-9;-~]+:[ \t]")
_BEGINS = re.compile(rb"From (?:\S*|.*\d:\d\d.*|.*\d{4})\s*")
"""A message: whom it is from, and when. Not every program writes ">" before words that begin a line so."""
_HEADERS = re.compile(
    rb"(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:From|Received|Return-Path|Message-ID):[^\n]*\n", re.IGNORECASE
)
_HIDDEN = re.compile(r"(?P<address>[!-~]+ at [!-~]+) \((?P<name>[^()]+)\)")
_HEADER = re.compile(
    rb"^(?:from|subject|date|list-[a-z]+|content-[a-z-]+)[ \t]*+:[^\n]*+(?:\n[ \t][^\n]*+)*+",
    re.IGNORECASE | re.MULTILINE,
)
_MOST_IN_HEADER = 1 << 14  # bytes; a parser of headers takes 0.3 s for so many, and time by their square
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)


def matches(head: bytes, name: str) -> bool:
    """Whether it begins as an mbox does, or is named as a message and begins with headers."""
    head = head.replace(b"\r\n", b"\n")
    return _FROM.match(head) is not None or (name.lower().endswith(".eml") and _HEADERS.match(head) is not None)


def read(opened: Opened) -> Items:
    """A post a message, in the order of the file."""
    records = Records(opened.path, opened.notes)
    for data in _messages(opened.stream):
        if data is None:
            yield records.problem(opened.stream.bounds.too_large("message"))
            continue
        if _has_long_header(data):
            yield records.problem(f"a header of more than {_MOST_IN_HEADER:,} bytes; save the message as text")
            continue
        try:
            message = email.message_from_bytes(data, policy=email.policy.default)
            yield records.take(lambda each, records: _fields(each, records, opened.encoding), message)
        except RecursionError:
            yield records.problem("parts nested too deep; save the message as text")
    yield from records.ended()


def _has_long_header(data: bytes) -> bool:
    """Whether a header that is looked at is longer than any that was meant."""
    if len(data) <= _MOST_IN_HEADER:
        return False
    return any(found.end() - found.start() > _MOST_IN_HEADER for found in _HEADER.finditer(data))


def _messages(stream: Stream) -> Iterator[bytes | None]:
    """The bytes of each message; None for one that is too long."""
    most = stream.bounds.record
    single = not stream.head.startswith(b"From ")
    lines: list[bytes] = []
    size, blank, begun = 0, True, single
    for line in stream.lines():
        if line is None:
            size = most + 1
            continue
        if not single and blank and _BEGINS.fullmatch(line):
            if begun:
                yield _joined(lines, quoted=True) if size <= most else None
            lines, size, begun = [], 0, True
            continue
        blank = line in (b"", b"\r")
        size += len(line) + 1
        if size <= most:
            lines.append(line)
    if begun and lines:
        yield _joined(lines, quoted=not single) if size <= most else None


def _joined(lines: list[bytes], *, quoted: bool) -> bytes:
    data = b"\n".join(lines) + b"\n"
    return _QUOTED.sub(rb"\1", data) if quoted else data


def _fields(message: Any, records: Records, encoding: str | None) -> Fields | str:
    part = _find_part(message)
    if part is None:
        return "mail without text"
    text = _decoded(part, records, encoding)
    embeds: tuple[Any, ...] = ()
    if part.get_content_type() == "text/html":
        text, embeds = fragment_text(text)
    name, address = _sender(message)
    return {
        "id": _identifier(message, "Message-ID"),
        "text": text.replace("\r\n", "\n").strip("\n"),
        "embeds": embeds,
        "title": _header(message, "Subject"),
        "author": name or address or None,
        "author_id": address or None,
        "channel": html.unescape(_header(message, "List-Id") or "") or None,
        "created": find_time(_header(message, "Date")),
        "reply_to": _identifier(message, "In-Reply-To"),
    }


def _sender(message: Any) -> tuple[str, str]:
    """Name and address, also where a list's archive writes " at " in it, which the standard parser does not know."""
    written = next((str(value) for name, value in message.raw_items() if name.lower() == "from"), "")
    if found := _HIDDEN.fullmatch(written.strip()):
        return _header(message, "Subject", found["name"]) or "", found["address"]
    return email.utils.parseaddr(_header(message, "From") or "")


def _find_part(message: Any) -> Any | None:
    """The first text part, else the first HTML part, that is no attachment; parts without words are none."""
    found: dict[str, Any] = {}
    parts = [
        part
        for part in message.walk()
        if part.get_content_maintype() == "text" and part.get_content_disposition() != "attachment"
    ]
    told = [part for part in parts if (part.get_payload(decode=True) or b"").strip()]
    for part in told or parts:
        found.setdefault(part.get_content_type(), part)
    return found.get("text/plain") or found.get("text/html") or next(iter(found.values()), None)


def _decoded(part: Any, records: Records, encoding: str | None) -> str:
    """The words of a part: in the encoding that it says, unless its bytes are not in it."""
    data = part.get_payload(decode=True) or b""
    said = encoding or part.get_content_charset() or "utf-8"
    try:
        return str(data.decode(said))
    except (UnicodeError, LookupError):
        name, _ = find_encoding(data)
    if name != "utf-8":
        records.note("encoding", name)
    try:
        text, mended = decode(data, name)
    except UnicodeError:  # in no encoding: what is wrong is left out and counted
        text = data.decode("utf-8", "replace")
        mended = text.count("\N{REPLACEMENT CHARACTER}")
    if mended:
        records.note("surrogate", times=mended)
    return text


def _header(message: Any, name: str, written: str | None = None) -> str | None:
    """A header's words, or what is written as in one, decoded; None where it is missing or cannot be read."""
    try:
        value = message[name] if written is None else message.policy.header_factory(name, written)
    except (ValueError, IndexError, AttributeError, TypeError):  # the standard parser fails on some broken headers
        return None
    return " ".join(str(value).split()) or None if value is not None else None


def _identifier(message: Any, name: str) -> str | None:
    found = re.search(r"<([^<>\s]+)>", _header(message, name) or "")
    return found[1] if found else None
