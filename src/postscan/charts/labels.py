"""Labels that read right: Arabic joined and in order, counts beside the tag, long tags cut where it hurts least.

matplotlib 3.11 shapes and orders text itself, so a label is the text as it was written. What is left to do here is to
keep each piece of data in an isolate of its own, so that a count, a bracket or a second name is never drawn inside it
(Unicode Bidirectional Algorithm, UAX #9, section 2.4), and to drop what would break out of that isolate.
"""

from __future__ import annotations

import functools
import logging
import re
import unicodedata
from collections.abc import Iterable, Iterator

from postscan.scripts import script_of

_LOG = logging.getLogger("postscan")

FIRST_STRONG = "\N{FIRST STRONG ISOLATE}"
POP = "\N{POP DIRECTIONAL ISOLATE}"
LEFT_TO_RIGHT = "\N{LEFT-TO-RIGHT MARK}"
LEFT_TO_RIGHT_ISOLATE = "\N{LEFT-TO-RIGHT ISOLATE}"
RIGHT_TO_LEFT_ISOLATE = "\N{RIGHT-TO-LEFT ISOLATE}"
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"

# Control characters (glyph 9 is missing from every font), bidi controls (a stray PDI in a post would close our
# isolate), line and paragraph separators, and lone surrogates (matplotlib raises TypeError).
DROP = dict.fromkeys(
    [
        *range(0x20),
        *range(0x7F, 0xA0),
        0x061C,
        0x200E,
        0x200F,
        *range(0x2028, 0x202F),
        *range(0x2066, 0x206A),
        *range(0xD800, 0xE000),
        0xFEFF,
    ]
)
_DROP_BUT_ISOLATES = {code: None for code in DROP if chr(code) not in (FIRST_STRONG, POP)}
# Arabic presentation forms, but for the word and currency signs U+FDF0-FDFF that people type.
_PRESENTATION = re.compile("[\N{ARABIC LETTER ALEF WASLA ISOLATED FORM}-\ufdef\ufe70-\ufefc]")
_DATE = re.compile(r"[0-9]+(?:[-/:.][0-9]+)+")
_MARKS = frozenset(("Mn", "Mc", "Me"))
_ZERO_WIDTH_JOINER = "\N{ZERO WIDTH JOINER}"


def isolate(text: object) -> str:
    """The text between FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE, without what could close them.

    Joiners and variation selectors stay: Persian words and emoji are made with them.
    """
    return FIRST_STRONG + str(text).translate(DROP) + POP


def label(*parts: object, sep: str = "  ") -> str:
    r"""The parts of a label, each in its own direction and all from left to right.

    Every hashtag, handle, name and number is a part of its own; a line break goes into `sep`. The result is for
    matplotlib (3.11 or later) or any other renderer that knows UAX #9; draw it with `parse_math=False`.
    Arabic presentation forms, which a reshaper has left, become letters again, and a warning says so. Whether the
    text was also turned round cannot be known, so its order stays.

    >>> label("#kabul", 12) == "\u200e\u2068#kabul\u2069  \u206812\u2069"
    True
    """
    return LEFT_TO_RIGHT + sep.join(isolate(_unshaped(str(part))) for part in parts)


def paragraph(lines: Iterable[str], *, right_to_left: bool = False) -> str:
    """Lines of one paragraph, all in its direction, whichever script a line begins with.

    What was isolated before stays so, and dates and times keep their order among Arabic words, where
    rule W2 of UAX #9 would turn 2026-08-02 round.
    """
    start = RIGHT_TO_LEFT_ISOLATE if right_to_left else LEFT_TO_RIGHT_ISOLATE
    plain = (_unshaped(line).translate(_DROP_BUT_ISOLATES) for line in lines)
    return "\n".join(start + _DATE.sub(rf"{LEFT_TO_RIGHT_ISOLATE}\g<0>{POP}", line) + POP for line in plain)


def unshaped(text: str) -> str:
    """The text with letters in place of Arabic presentation forms (Unicode Standard Annex #15, NFKC)."""
    return _PRESENTATION.sub(lambda form: unicodedata.normalize("NFKC", form[0]), text)


def _unshaped(text: str) -> str:
    if _PRESENTATION.search(text):
        _warn_of_shaping(text)
    return unshaped(text)


@functools.lru_cache(1024)  # once for a text, though it is drawn for several files
def _warn_of_shaping(text: str) -> None:
    _LOG.warning(
        "label %r holds Arabic presentation forms; it is drawn with the letters that they stand for. matplotlib 3.11 "
        "joins and orders Arabic itself: pass the text as it was written, without arabic_reshaper. If it went through "
        "get_display of python-bidi too, it is now drawn reversed, which cannot be told from the text: leave that out",
        text,
    )


def clusters(text: str) -> Iterator[str]:
    r"""The user-perceived characters: a base with its marks, a joined emoji, a flag, each whole.

    A short form of UAX #29: enough to never part a letter from its vowel signs or a family of emoji.

    >>> [len(cluster) for cluster in clusters("e\u0301🇦🇫👩\u200d👧")]
    [2, 2, 3]
    """
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or not _continues(text, start, end):
            yield text[start:end]
            start = end


def _continues(text: str, start: int, at: int) -> bool:
    char, before = text[at], text[at - 1]
    if char == _ZERO_WIDTH_JOINER or unicodedata.category(char) in _MARKS or "\U0001f3fb" <= char <= "\U0001f3ff":
        return True
    if before == _ZERO_WIDTH_JOINER and unicodedata.category(char) == "So":
        return True
    return at - start == 1 and "\U0001f1e6" <= before <= "\U0001f1ff" and "\U0001f1e6" <= char <= "\U0001f1ff"


def elide(text: str, width: int = 26) -> str:
    """The text, with its middle replaced by an ellipsis when it has more than `width` user-perceived characters.

    The cut moves by up to a third of the width to a "_" or to where a word in camel case begins.

    >>> elide("#SanctionsOnPakistanForever2021", 24)
    '#SanctionsOn…Forever2021'
    """
    pieces = list(clusters(text))
    if len(pieces) <= width:
        return text
    head, reach = width // 2, width // 3
    tail = len(pieces) - (width - 1 - head)
    head = next((at for at in range(head, max(head - reach, 1), -1) if _word_begins(pieces, at)), head)
    tail = next((at for at in range(tail, min(tail + reach, len(pieces) - 1)) if _word_begins(pieces, at)), tail)
    return "".join(pieces[:head]).rstrip() + ELLIPSIS + "".join(pieces[tail:]).lstrip()


def _word_begins(pieces: list[str], at: int) -> bool:
    before, here = pieces[at - 1], pieces[at]
    return "_" in (before, here) or " " in (before, here) or (here.isupper() and not before.isupper())


def script_kind(text: str) -> str:
    """Which colour the text gets: "Latn", "Arab", "both" (these two), or "other".

    >>> [script_kind(tag) for tag in ("#Kabul", "#کابل", "#Kabul_کابل", "#Кабул", "#2021")]
    ['Latn', 'Arab', 'both', 'other', 'Latn']
    """
    scripts = {script_of(char) for char in text if char.isalpha()}
    if scripts <= {"Latn"}:
        return "Latn"
    if scripts <= {"Arab"}:
        return "Arab"
    return "both" if scripts <= {"Latn", "Arab"} else "other"
