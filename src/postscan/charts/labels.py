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
from collections.abc import Iterator
from pathlib import Path

from postscan.scripts import script_of

_LOG = logging.getLogger("postscan")

FIRST_STRONG = "\N{FIRST STRONG ISOLATE}"
POP = "\N{POP DIRECTIONAL ISOLATE}"
LEFT_TO_RIGHT = "\N{LEFT-TO-RIGHT MARK}"
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"

# Control characters (glyph 9 is missing from every font), bidi controls (a stray PDI in a post would close our
# isolate), line and paragraph separators, and lone surrogates (matplotlib raises TypeError).
_DROP = dict.fromkeys(
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
# Arabic presentation forms, but for the word and currency signs U+FDF0-FDFF that people type.
_PRESENTATION = re.compile("[\N{ARABIC LETTER ALEF WASLA ISOLATED FORM}-\ufdef\ufe70-\ufefc]")
_MARKS = frozenset(("Mn", "Mc", "Me"))
_ZERO_WIDTH_JOINER = "\N{ZERO WIDTH JOINER}"

# The font that matplotlib brings comes first: it has every letter of Latin, Cyrillic, Greek, Hebrew and most of
# Arabic. Behind it stand the fonts that may be installed for the rest, no colour font among them (matplotlib draws
# nothing with those, and does not say so).
_BASE = "DejaVu Sans"
_ARABIC = ("Noto Sans Arabic", "Noto Naskh Arabic", "Vazirmatn", "Amiri", "Segoe UI", "Geeza Pro", "Tahoma")
_FALLBACKS = (
    *_ARABIC,
    *("Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans SC", "Noto Sans JP", "Source Han Sans SC", "Microsoft YaHei"),
    *("PingFang SC", "Hiragino Sans", "WenQuanYi Zen Hei", "Droid Sans Fallback"),
    *("Noto Sans CJK KR", "Noto Sans KR", "Malgun Gothic", "Apple SD Gothic Neo"),
    *("Noto Sans Devanagari", "Nirmala UI", "Kohinoor Devanagari", "Lohit Devanagari"),
    *("Noto Sans Bengali", "Lohit Bengali", "Noto Sans Thai", "Leelawadee UI", "Thonburi"),
    *("Noto Sans Ethiopic", "Noto Sans Tamil", "Noto Sans Telugu", "Noto Sans Georgian", "Noto Sans Armenian"),
    *("Noto Emoji", "Symbola", "Arial Unicode MS"),
)


def isolate(text: object) -> str:
    """The text between FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE, without what could close them.

    Joiners and variation selectors stay: Persian words and emoji are made with them.
    """
    return FIRST_STRONG + str(text).translate(_DROP) + POP


def label(*parts: object, sep: str = "  ") -> str:
    r"""The parts of a label, each in its own direction and all from left to right.

    Every hashtag, handle, name and number is a part of its own; a line break goes into `sep`. The result is for
    matplotlib (3.11 or later) or any other renderer that knows UAX #9; draw it with `parse_math=False`.
    A part that holds Arabic presentation forms is named in a warning: it went through a reshaper, which this
    matplotlib does not need, and will be drawn reversed.

    >>> label("#kabul", 12) == "\u200e\u2068#kabul\u2069  \u206812\u2069"
    True
    """
    for part in parts:
        if _PRESENTATION.search(str(part)):
            _LOG.warning(
                "label %r holds Arabic presentation forms: matplotlib 3.11 joins and orders Arabic itself, and text "
                "that went through arabic_reshaper and get_display is drawn reversed; pass it as it was written",
                str(part),
            )
    return LEFT_TO_RIGHT + sep.join(isolate(part) for part in parts)


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


@functools.cache
def _add_arabic_font() -> None:
    """Makes the Arabic font that comes with the package known to matplotlib; once, for each call adds a duplicate."""
    from fontpkg_noto_sans_arabic import ROOT
    from matplotlib.font_manager import fontManager

    for path in sorted(Path(ROOT).glob("files/*.ttf")):
        fontManager.addfont(path)


@functools.lru_cache(4096)
def _font_of(char: str, installed: frozenset[str]) -> str | None:
    """The first family that has the letter; None when no installed one has."""
    from matplotlib.font_manager import FontProperties, findfont, get_font

    for name in (_BASE, *(name for name in _FALLBACKS if name in installed)):
        if get_font(findfont(FontProperties(family=name))).get_char_index(ord(char)):
            return name
    return None


def _fonts_of(text: str) -> dict[str, str | None]:
    from matplotlib.font_manager import fontManager

    _add_arabic_font()
    installed = frozenset(font.name for font in fontManager.ttflist)
    return {char: _font_of(char, installed) for char in dict.fromkeys(text.translate(_DROP)) if not char.isspace()}


def drawable(text: str) -> bool:
    """Whether the installed fonts have every letter of the text.

    >>> drawable("پښتو"), drawable("\U0010fffd")
    (True, False)
    """
    return None not in _fonts_of(text).values()


def families(text: str = "") -> list[str]:
    """The font families that a text needs: the base font, and installed ones for the letters that it lacks.

    An Arabic font goes first where the base font lacks one of the text's Arabic letters (Pashto ۍ, Urdu ے and ہ), so
    that a word is of one style.

    >>> families("#Kabul #کابل"), families("#نړۍ")
    (['DejaVu Sans'], ['Noto Sans Arabic', 'DejaVu Sans'])
    """
    needed = dict.fromkeys(font for font in _fonts_of(text).values() if font and font != _BASE)
    arabic = [font for font in needed if font in _ARABIC]
    return [*arabic, _BASE, *(font for font in needed if font not in _ARABIC)]
