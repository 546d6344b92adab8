"""JSON documents of any size, a value at a time: what is inside a big array or object is read as it comes.

A value is parsed by the standard parser from where it begins, which says where it ends; so memory holds one value and
a piece of the input, whatever the size of the document. A value that is broken is a `Fault`; the next one is looked
for behind its brackets, or at the indentation at which the last one began, or where another begins with the same name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any, NamedTuple

from postscan.reading.exact import mend_all, parse_exactly
from postscan.reading.streams import DamagedError, Stream

Keys = tuple[str, ...]
"""Where a value stands: the names of objects, and ITEM for what is in an array."""
ITEM = "[]"
Opens = Callable[[Keys, str], bool]
"""Whether the array ("[") or object ("{") at these keys is gone into."""

_SPACE = re.compile(r"[ \t\r\n\ufeff]*")
_NAME = re.compile(r'"((?:[^"\\]|\\.)*)"\s*:', re.DOTALL)
_TOKEN = re.compile(r'"[^"\\\n]*(?:\\.[^"\\\n]*)*(?:"|\\?(?P<open>\Z))|[\[\]{}]')
_MARK = re.compile(r'["\[\]{}]|\\.', re.DOTALL)
_FIRST = re.compile(r'\{\s{0,99}"[^"\\\n]{1,99}"')
_END = re.compile(r"[,\]}\n]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LONE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F]"
)
_SEAM = 400
"""Characters in which what stands between two values, and the first name of the next, are found."""
_VAIN = 1 << 22
"""Characters that are looked through in vain for the ends of broken values, so that many of them take linear time."""
_AGAIN = 1 << 14
"""Characters that are taken in at a time when they were looked through before."""
_CUT = "the JSON is cut off here; what stands before is read, fetch the file again for the rest"


class Value(NamedTuple):
    """A value of the document."""

    keys: Keys
    value: Any
    mended: int
    """How many lone surrogates were replaced."""


class Fault(NamedTuple):
    """A value that cannot be read, and why."""

    keys: Keys
    message: str
    large: bool = False
    """Whether it is only larger than a record may be."""


class Document:
    """A text of JSON that is read from front to back, once."""

    def __init__(self, stream: Stream, encoding: str | None) -> None:
        self._pieces: Iterator[str] = stream.texts(encoding)
        self._bounds = stream.bounds
        self._text = ""
        self._at = 0
        self._ended = False
        self._vain = 0
        self._damage: DamagedError | OSError | None = None
        self._decoder = json.JSONDecoder(strict=False, parse_constant=lambda _: None)

    def walk(self, opens: Opens, *, after: re.Pattern[str] | None = None) -> Iterator[Value | Fault]:
        """Every value, in order; what `opens` is true of is gone into, and not given whole.

        `after` matches what stands before the JSON. Several documents may follow one another. Raises DamagedError or
        OSError, after what can be read, where the rest cannot.
        """
        self._fill()
        if after is not None and (before := after.match(self._text)):
            self._at = before.end()
        while self._sign():
            if self._text[self._at] in ";,":
                self._at += 1
                continue
            for found in self._read((), opens):
                yield found
                if isinstance(found, Fault) and found.keys == ():
                    if self._text[self._at] not in "[{":
                        raise DamagedError("what follows is no JSON; repair the file")
                    self._pass_over(found, None)
        if self._damage is not None:
            raise self._damage

    def _read(self, keys: Keys, opens: Opens) -> Iterator[Value | Fault]:
        sign = self._sign()
        if sign == "[" and opens(keys, sign):
            yield from self._read_array(keys, opens)
        elif sign == "{" and opens(keys, sign):
            yield from self._read_object(keys, opens)
        else:
            yield self._take(keys)

    def _read_array(self, keys: Keys, opens: Opens) -> Iterator[Value | Fault]:
        self._at += 1
        inside = (*keys, ITEM)
        self._sign()
        line = self._text.rfind("\n", 0, self._at)
        indent = self._text[line : self._at] if line >= 0 else ""
        while (sign := self._sign()) != "]":
            if not sign:
                raise self._damage or DamagedError(_CUT)
            if sign == ",":
                self._at += 1
            elif sign in "[{" and opens(inside, sign):
                yield from self._read(inside, opens)
            else:
                found = self._take(inside)
                yield found
                if isinstance(found, Fault):
                    self._pass_over(found, indent if indent.isspace() else None)
        self._at += 1

    def _read_object(self, keys: Keys, opens: Opens) -> Iterator[Value | Fault]:
        self._at += 1
        while (sign := self._sign()) != "}":
            if sign == ",":
                self._at += 1
                continue
            name = self._name()
            self._sign()
            found = self._read((*keys, name), opens)
            for each in found:
                yield each
                if isinstance(each, Fault) and each.keys == (*keys, name):
                    self._pass_over(each, None)
        self._at += 1

    def _name(self) -> str:
        while not (found := _NAME.match(self._text, self._at)):
            if self._at < len(self._text) and self._text[self._at] != '"':
                raise DamagedError("the JSON is broken: a name in quotation marks is missing; repair the file")
            if len(self._text) - self._at > self._bounds.record or not self._fill():
                raise self._damage or DamagedError(_CUT)
        self._at = found.end()
        return found[1]

    def _take(self, keys: Keys) -> Value | Fault:
        """The value that begins here; after a fault, the place stays where it began."""
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if self._ended or not (error.msg.startswith("Untermin") or error.pos > len(self._text) - 16):
                    if self._ended and self._damage is not None:
                        raise self._damage from None
                    cut = error.pos >= len(self._text) or (self._ended and error.msg.startswith("Untermin"))
                    if self._ended and cut:
                        raise DamagedError(_CUT) from None
                    near = self._text[max(self._at, error.pos - 20) : error.pos + 10]
                    return Fault(keys, f"broken JSON ({error.msg}) near {near!r}; repair the record")
            except RecursionError:
                return Fault(keys, "JSON nested too deep; shorten it")
            except ValueError:
                return Fault(keys, "a number in the JSON is too long; shorten it")
            else:
                if end - self._at > self._bounds.record:
                    return Fault(keys, self._bounds.too_large("record"), large=True)
                if end < len(self._text) or self._ended:
                    return self._checked(keys, value, end)
            if len(self._text) - self._at > self._bounds.record:
                return Fault(keys, self._bounds.too_large("record"), large=True)
            self._fill()

    def _checked(self, keys: Keys, value: Any, end: int) -> Value | Fault:
        """The value, its lone surrogates mended; a fault where it holds bytes that are no text."""
        raw = self._text[self._at : end]
        self._at = end
        if not raw.isascii() and _SURROGATE.search(raw):
            try:
                value, mended = parse_exactly(raw.encode("utf-8", "surrogateescape"))
            except UnicodeError:
                self._at -= len(raw)
                return Fault(keys, "bytes that are not in its encoding; repair it, or name it with --encoding NAME")
            return Value(keys, value, mended)
        if "\\u" in raw and _LONE.search(raw):
            return Value(keys, *mend_all(value))
        return Value(keys, value, 0)

    def _pass_over(self, fault: Fault, indent: str | None) -> None:
        """Go behind a broken value; raises DamagedError where that is nowhere."""
        if fault.large and indent is None:
            self._pass_large()
            return
        if (end := self._find_end()) is not None:
            self._at = end
            if self._sign() in (",", "]", "}"):
                return
        if (begins := self._next_value(indent)) is not None:
            self._at += 1
            while True:
                if found := begins.search(self._text, self._at):
                    self._at = found.end()
                    return
                self._at = max(self._at, len(self._text) - len(indent or "") - _SEAM)
                if not self._fill():
                    break
        raise self._damage or DamagedError("the JSON after a broken record cannot be read; repair the record")

    def _next_value(self, indent: str | None) -> re.Pattern[str] | None:
        """What stands before the next value: its indentation, else an object's end, if it begins as the broken one."""
        if indent is not None:
            less = f"[ \\t]{{0,{len(indent) - 2}}}(?=[\\]}}])" if len(indent) > 1 else "(?!)"
            return re.compile(f"{re.escape(indent)}(?=[^\\s\\]}}])|\n{less}")
        first = _FIRST.match(self._text, self._at)
        return re.compile(rf"\}}\s{{0,99}},\s{{0,99}}(?={re.escape(first[0])})") if first else None

    def _pass_large(self) -> None:
        """Go behind a value by its brackets and quotation marks, and keep nothing of it."""
        depth, inside = 0, False
        while True:
            for mark in _MARK.finditer(self._text, self._at):
                sign = mark[0]
                if sign == '"':
                    inside = not inside
                elif inside or len(sign) > 1:
                    continue
                else:
                    depth += 1 if sign in "[{" else -1
                if not inside and depth <= 0:
                    self._at = mark.end()
                    return
            self._at = len(self._text) - self._text.endswith("\\")
            if not self._fill():
                raise self._damage or DamagedError(_CUT)

    def _find_end(self) -> int | None:
        """Where the brackets that begin here are closed, or where a plain value ends."""
        if self._text[self._at] not in "[{":
            found = _END.search(self._text, self._at + 1)
            return found.start() if found else None
        if self._vain > _VAIN:
            return None
        depth, at, start = 0, self._at, self._at
        while True:
            for token in _TOKEN.finditer(self._text, at):
                if token["open"] is not None:  # it may be closed in what follows
                    at = token.start()
                    break
                at = token.end()
                if token[0] in "[{":
                    depth += 1
                elif token[0] in "]}":
                    depth -= 1
                    if not depth:
                        return at
            before = at - start
            if len(self._text) - start > self._bounds.record or not self._fill():
                self._vain += len(self._text) - start
                self._give_back()
                return None
            start = self._at
            at = start + before

    def _give_back(self) -> None:
        """Have what was looked through be taken in again, since a parser counts the lines before every fault."""
        end = self._at + _AGAIN
        if self._damage is None and (rest := self._text[end:]):
            again = (rest[at : at + _AGAIN] for at in range(0, len(rest), _AGAIN))
            self._pieces = chain(again, () if self._ended else self._pieces)
            self._text, self._ended = self._text[:end], False

    def _sign(self) -> str:
        """The next character that is no space, or "" at the end."""
        while True:
            found = _SPACE.match(self._text, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._fill():
                return ""

    def _fill(self) -> bool:
        """Take in more text, as much as there is still unread or a piece; False at the end."""
        keep = max(0, self._at - 200)  # what stands before shows the indentation
        pieces, size, wanted = [self._text[keep:]], 0, len(self._text) - self._at
        try:
            while size <= wanted and not self._ended:
                piece = next(self._pieces, None)
                self._ended = piece is None
                pieces.append(piece or "")
                size += len(piece or "")
        except (DamagedError, OSError) as error:
            self._ended, self._damage = True, error
        self._text = "".join(pieces)
        self._at -= keep
        return size > 0
