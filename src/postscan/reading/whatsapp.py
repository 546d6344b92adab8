"""WhatsApp's text files of chats: a message a post, with its sender and time; the app's own words are skipped.

The phone's region decides how dates are written; which way a file has it, all its dates together tell. Times are local
and stay without a zone. A line that does not begin as a message belongs to the message before it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from postscan.dates.grammar import BIDI, DIGIT
from postscan.reading.bounds import Bounds
from postscan.reading.days import Order, find_order, find_written, to_iso
from postscan.reading.encodings import decode, find_encoding, is_wide
from postscan.reading.opened import Items, Opened
from postscan.reading.records import Fields, Records
from postscan.reading.spool import NumberedLines
from postscan.reading.table import note_order
from postscan.reading.unread import MEDIA
from postscan.wordlists import read_toml

BEGINS = b"[0123456789\xd9\xdb\xe2\xef"
"""A bracket, digits of three scripts, and marks of direction."""

SERVICE = "service message"
DELETED = "tombstone: deleted"

_MARK = f"[{BIDI}\N{ZERO WIDTH NO-BREAK SPACE}]"
_SPACE = "[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]"
_SIGN = rf"{_MARK}?(?:[/-]|\.{_SPACE}?){_MARK}?"
_CLOCK = (
    rf"(?:[^\W\d_]{{2}}|(?:오전|오후){_SPACE})?[{DIGIT}]{{1,2}}[:.][{DIGIT}]{{2}}(?:[:.][{DIGIT}]{{2}})?"
    rf"(?:{_SPACE}?[^\W\d_](?:\.?{_SPACE}?[^\W\d_])?\.?)?"
)
_WHEN = (  # Vietnamese phones write the time first
    rf"(?:(?P<early>{_CLOCK}),{_SPACE})?"
    rf"(?P<date>[{DIGIT}]{{1,4}}{_SIGN}[{DIGIT}]{{1,2}}{_SIGN}[{DIGIT}]{{1,4}}\.?){_MARK}?(?:{_SPACE}г\.)?"
    rf"(?(early)|[,،]?{_MARK}?{_SPACE}?(?:(?:à|às|at|um|a\ las|klo|kl\.){_SPACE})?{_MARK}?(?P<clock>{_CLOCK}))"
)
_BEGIN = re.compile(rf"{_MARK}*(?P<open>\[)?{_WHEN}{_MARK}*(?(open)\]|{_SPACE}[-–—]){_SPACE}(?P<rest>.*)", re.DOTALL)
_MARKS = re.compile(_MARK)
_PLACEHOLDER = re.compile(rf"{_MARK}*<[^<>\n]{{2,80}}>{_MARK}*")
_EDITED = re.compile(rf"<([^<>\n]{{3,80}})>{_MARK}*\Z")
_END = re.compile(rf"(?<![\s{BIDI}])[\s{BIDI}]+\Z")
_FILE = re.compile(rf"{_MARK}*[^\n/\\]{{1,200}}\.[A-Za-z0-9]{{2,5}} \((?P<said>[^()\n]{{3,40}})\){_MARK}*(?:\n|\Z)")
_ATTACHED = re.compile(rf"\N{{LEFT-TO-RIGHT MARK}}<[^<>\n:]{{2,40}}: ?(?P<file>[^<>\n]{{1,200}}?)[ ]?>{_MARK}*\Z")
_TITLED = re.compile(rf"{_MARK}*(?P<name>[^\n/\\•]{{1,200}}?)(?:{_SPACE}•[^\n•]{{1,40}}){{0,3}}{_MARK}*\Z")
"""The name that iPhones write before a document, and how many pages it has."""
_OMITTED = re.compile(r"\N{LEFT-TO-RIGHT MARK}([^\n\N{LEFT-TO-RIGHT MARK}]{4,40})\Z")
_QUOTE = re.compile('["“”«»„]')
_LONGEST_NAME = 100
_LONGEST_SERVICE = 200
"""Characters that the app's own words have at most."""
_LEADING = 50


class Message(NamedTuple):
    """One message as it stands in the file."""

    when: str
    bracketed: bool
    """As iPhones write it, who put their own words behind a mark."""
    words: str
    """All after the time: the sender and the text, or what the app says."""
    line: int
    fault: str | None


def matches(head: bytes, name: str) -> bool:  # noqa: ARG001
    """Whether the first line begins as a message does, another one too, and one of them has a sender."""
    if _BEGIN.match(head[:400].decode("utf-8", "replace").lstrip("\r\n")) is None:
        return False
    lines = head[: 1 << 16].decode("utf-8", "replace").lstrip("\r\n").split("\n", _LEADING)[:_LEADING]
    found = [begun["rest"] for line in lines if (begun := _BEGIN.match(line))]
    return len(found) > 1 and any(_split(rest)[0] for rest in found)


def read(opened: Opened) -> Items:
    """A post a message; media, deleted messages and what the app says itself are skipped by name."""
    name, guessed = (opened.encoding, False) if opened.encoding else find_encoding(opened.stream.head, whole=False)
    if guessed:
        opened.notes.add("encoding", name, opened.path)
    lines = NumberedLines(enumerate(opened.stream.lines(name), 1))
    name = "utf-8" if is_wide(name) else name
    lines.keep()
    order = find_order(message.when for message in _messages(lines, name, opened.stream.bounds))
    note_order(order, opened.path, opened.notes)
    lines.again()
    records = Records(opened.path, opened.notes)
    fields = functools.partial(_fields, order=order)
    for message in _messages(lines, name, opened.stream.bounds):
        if message.fault is None:
            yield records.take(fields, message)
        else:
            yield records.problem(message.fault, line=message.line)
    yield from records.ended()


def _messages(lines: Iterable[tuple[int, bytes | None]], encoding: str, bounds: Bounds) -> Iterator[Message]:
    """The messages of a file, each with all its lines; what stands before the first one is a message with a fault."""
    when, bracketed, words, size, first = "", False, [""], 0, 0
    fault: str | None = None
    for number, data in lines:
        text, wrong = _text_of(number, data, encoding) if data is not None else ("", bounds.too_large("line"))
        begun = _BEGIN.match(text)
        if begun is not None:
            if first:
                yield _message(when, bracketed, words, first, fault)
            when, bracketed = (
                f"{begun['date'].rstrip('.')} {begun['clock'] or begun['early']}",
                begun["open"] is not None,
            )
            words, first, size, fault = [begun["rest"]], number, len(text), wrong
        elif first:
            fault = fault or wrong
            size += len(text)
            if size <= bounds.signs:
                words.append(text)
            else:
                fault = bounds.too_long("message")
        elif wrong or (text and not text.isspace()):
            yield Message("", False, "", number, wrong or "no message begins here; export the chat again")
    if first:
        yield _message(when, bracketed, words, first, fault)


def _message(when: str, bracketed: bool, words: list[str], line: int, fault: str | None) -> Message:
    return Message(when, bracketed, "\n".join(words).removesuffix("\r"), line, fault)


def _text_of(number: int, data: bytes, encoding: str) -> tuple[str, str | None]:
    """The text of a line, and what is wrong with it."""
    try:
        text, mended = decode(data, encoding)
    except UnicodeError:
        return data.decode(encoding, "replace"), f"not {encoding}; repair it, or name its encoding with --encoding NAME"
    if mended:
        return text, "broken characters (lone surrogates); export the chat again"
    return text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}") if number == 1 else text, None


def _fields(message: Message, records: Records, *, order: Order) -> Fields | str:
    sender, text = _split(message.words)
    if sender is None:
        return SERVICE
    if reason := _not_words(text, message.bracketed):
        return reason
    return {
        "text": _own_words(text),
        "platform": "whatsapp",
        "author": sender,
        "created": _moment(message.when, records, order),
    }


def _split(words: str) -> tuple[str | None, str]:
    """The sender and what was sent; no sender where the app speaks itself."""
    line = words.partition("\n")[0]
    name, colon, _ = line.partition(": ")
    if not colon:
        name = line.rstrip("\r").removesuffix(":") if line.rstrip("\r").endswith(":") else ""
    if not name or len(name) > _LONGEST_NAME or _QUOTE.search(name):
        return None, words
    plain = _MARKS.sub("", name).strip()
    return plain.removeprefix("~").strip() or None, words[len(name) + 1 :].removeprefix(" ")


def _not_words(text: str, bracketed: bool) -> str | None:
    """The reason why what was sent is no text: a file, what was deleted, or what an iPhone says behind its mark."""
    plain = _MARKS.sub("", text).strip().rstrip(".").casefold()
    if plain.removeprefix("<").removesuffix(">") in _words("left_out"):
        return MEDIA
    if plain in _words("deleted"):
        return DELETED
    if _PLACEHOLDER.fullmatch(text.strip()) and plain[1:-1] not in _words("edited"):
        return MEDIA
    if not _own_words(text).strip():
        return MEDIA
    by_app = bracketed and text.startswith("\N{LEFT-TO-RIGHT MARK}")
    return SERVICE if by_app and "\n" not in text and len(text) < _LONGEST_SERVICE else None


def _own_words(text: str) -> str:
    """What was written: without the name of a file that was sent with it, and without the note that it was changed."""
    found = _FILE.match(text)
    if found and found["said"].casefold() in _words("attached"):
        text = text[found.end() :]
    if "<" in text:
        if found := _ATTACHED.search(text):
            text = _END.sub("", text[: found.start()])
            title = _TITLED.match(text)
            if title and found["file"].endswith(title["name"]):
                return ""
        found = _EDITED.search(text)
        if found and found[1].rstrip(".").casefold() in _words("edited"):
            text = _END.sub("", text[: found.start()])
    found = _OMITTED.search(text.rstrip()) if "\N{LEFT-TO-RIGHT MARK}" in text else None
    if found and found[1].casefold() in _words("left_out"):
        text = _END.sub("", text[: found.start()])
    return text


def _moment(when: str, records: Records, order: Order) -> str | None:
    """The time of a message; what cannot be told is noted."""
    written = find_written(when)
    found = None if written is None else to_iso(written, order.first)
    if found is None:
        if written is not None and not written.year_first and order.first is None:
            records.note("undated", order.reason, example=repr(when))
        else:
            records.note("created", example=repr(when))
    return found


@functools.cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(read_toml("whatsapp")[kind]["words"])
