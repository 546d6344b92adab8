"""Which font has a letter: the one that matplotlib brings, the Arabic one that comes with us, then what is installed.

No colour font is among them: matplotlib draws nothing with those, and does not say so.
"""

from __future__ import annotations

import functools
import logging
import os
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from postscan.charts.labels import DROP, clusters, unshaped
from postscan.model import PostscanError
from postscan.scripts import script_of

_LOG = logging.getLogger("postscan")

# It has every letter of Latin, Cyrillic, Greek, Hebrew and most of Arabic.
_BASE = "DejaVu Sans"
_ARABIC = ("Noto Sans Arabic", "Noto Naskh Arabic", "Vazirmatn", "Amiri", "Segoe UI", "Geeza Pro", "Tahoma")
_FALLBACKS = (
    *_ARABIC,
    *("Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans SC", "Noto Sans JP", "Source Han Sans SC", "Microsoft YaHei"),
    *("PingFang SC", "Hiragino Sans", "WenQuanYi Zen Hei", "Droid Sans Fallback"),
    *("Noto Sans CJK KR", "Noto Sans KR", "Malgun Gothic", "Apple SD Gothic Neo"),
    *("Noto Sans Devanagari", "Nirmala UI", "Kohinoor Devanagari", "Lohit Devanagari"),
    *("Noto Sans Bengali", "Lohit Bengali", "Noto Sans Thai", "Leelawadee UI", "Thonburi"),
    *("Noto Emoji", "Symbola", "Arial Unicode MS"),
)
_EMOJI = ("Noto Emoji", "Symbola")
_FAMILY = "Noto Sans "  # has a font for nearly every script, each called after it
_CJK = {"Hani": "SC", "Hira": "JP", "Kana": "JP", "Hang": "KR"}
_JOINERS = frozenset("\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}\N{VARIATION SELECTOR-15}\N{VARIATION SELECTOR-16}")
_BOX = "\N{WHITE SQUARE}"
_added: list[str] = []


def add_fonts(*paths: str | os.PathLike[str]) -> list[str]:
    """The families of font files, which charts take from now on for letters that DejaVu Sans lacks.

    They come before all installed ones. Raises PostscanError for a file that is no font, and for a colour or bitmap
    font, with which matplotlib draws nothing.
    """
    from matplotlib.font_manager import fontManager, get_font
    from matplotlib.ft2font import FaceFlags

    for path in map(Path, paths):
        try:
            font = get_font(path)
        except (OSError, RuntimeError) as error:
            raise PostscanError(f"{path}: cannot be read as a font ({error}); name a .ttf, .otf or .ttc file") from None
        if FaceFlags.COLOR in font.face_flags or FaceFlags.SCALABLE not in font.face_flags:
            raise PostscanError(f"{path}: charts cannot draw with a colour or bitmap font; take Noto Emoji")
        if (name := str(font.family_name)) not in _added:
            fontManager.addfont(path)
            _added.append(name)
    return list(_added)


def families(text: str = "") -> list[str]:
    """The font families that a text needs: the base font, and others for the letters that it lacks.

    An Arabic font goes first where the base font lacks one of the text's Arabic letters (Pashto ۍ, Urdu ے and ہ), so
    that a word is of one style.

    >>> families("#Kabul #کابل"), families("#نړۍ")
    (['DejaVu Sans'], ['Noto Sans Arabic', 'DejaVu Sans'])
    """
    needed = dict.fromkeys(font for font in _fonts_of(text).values() if font and font != _BASE)
    arabic = [font for font in needed if font in _ARABIC]
    return [*arabic, _BASE, *(font for font in needed if font not in _ARABIC)]


def drawable(text: str) -> bool:
    """Whether there are fonts for every letter of the text.

    >>> drawable("پښتو"), drawable("\U0010fffd")
    (True, False)
    """
    return None not in _fonts_of(text).values()


def emoji_family(emoji: str) -> str | None:
    """The font that draws an emoji whole, a flag and a family too; None where there is none.

    The base font has some of the simple ones.
    """
    letters = [char for char in emoji if char not in _JOINERS]
    simple = (_BASE,) if len(letters) == 1 else ()
    likely = (*(name for name in _known() if name in (*_added, *_EMOJI)), *simple)
    return next((name for name in likely if all(_has(name, char) for char in letters)), None)


def written(texts: Iterable[str], chart: str) -> list[str]:
    """The texts with a box for whatever no font can write; one line of the log names those letters for the chart."""
    fonts: dict[str, str | None] = {}
    made = []
    for text in texts:
        fonts |= (found := _fonts_of(text))
        made.append(text if None not in found.values() else "".join(_boxed(each, found) for each in clusters(text)))
    if missing := sorted(char for char, font in fonts.items() if font is None):
        say_missing(chart, "".join(missing))
    return made


def _boxed(cluster: str, fonts: dict[str, str | None]) -> str:
    if fonts.get(cluster[0], _BASE) is None:
        return _BOX
    return "".join(char for char in cluster if fonts.get(char, _BASE))


@functools.lru_cache(1024)  # once for a chart, though it is drawn for several files
def say_missing(chart: str, letters: str) -> None:
    """Name the letters of a chart that no font has, and a font that has them, in the log."""
    wanted = sorted({font for char in letters if (font := _font_with(char))})
    advice = f"install {', '.join(wanted)}, or " if wanted else ""
    _LOG.warning(
        'chart %s: no font here has %s; %sname a font file that has them: postscan.charts.add_fonts("….ttf")',
        chart, " ".join(letters), advice,
    )  # fmt: skip


def _font_with(char: str) -> str:
    """A free font that has the letter, by its script; empty for letters that are in none."""
    script, name = script_of(char), unicodedata.name(char, "")
    if script in _CJK:
        return f"Noto Sans CJK {_CJK[script]}"
    if char.isalpha():
        return _FAMILY + name.split(" ")[0].title() if name else ""
    return "Noto Emoji" if unicodedata.category(char) in ("So", "Sk") else ""


def _fonts_of(text: str) -> dict[str, str | None]:
    """The first family that has each letter of the text; None where no installed one has."""
    letters = [char for char in dict.fromkeys(unshaped(text).translate(DROP)) if not char.isspace()]
    found = {char: _font_of(char, _known()) for char in letters}
    if None in found.values() and _add_new_fonts():
        found = {char: _font_of(char, _known()) for char in letters}
    return found


def _known() -> tuple[str, ...]:
    """The families that charts draw with, in their order."""
    from matplotlib.font_manager import fontManager

    _add_arabic_font()
    installed = {font.name for font in fontManager.ttflist}
    others = sorted(name for name in installed if name.startswith(_FAMILY))
    return tuple(dict.fromkeys((_BASE, *_added, *(name for name in (*_FALLBACKS, *others) if name in installed))))


@functools.lru_cache(4096)
def _font_of(char: str, known: tuple[str, ...]) -> str | None:
    return next((name for name in known if _has(name, char)), None)


@functools.lru_cache(4096)
def _has(family: str, char: str) -> bool:
    from matplotlib.font_manager import FontProperties, findfont, get_font

    return bool(get_font(findfont(FontProperties(family=family))).get_char_index(ord(char)))


@functools.cache
def _add_arabic_font() -> None:
    """Makes the Arabic font that comes with the package known to matplotlib; once, for each call adds a duplicate."""
    from fontpkg_noto_sans_arabic import ROOT
    from matplotlib.font_manager import fontManager

    for path in sorted(Path(ROOT).glob("files/*.ttf")):
        fontManager.addfont(path)


@functools.cache
def _add_new_fonts() -> bool:
    """Whether fonts were found that were installed after matplotlib wrote its list, which it never renews."""
    from matplotlib.font_manager import findSystemFonts, fontManager

    before = len(fontManager.ttflist)
    for path in sorted(set(findSystemFonts()) - {font.fname for font in fontManager.ttflist}):
        try:
            fontManager.addfont(path)
        except (OSError, RuntimeError, NotImplementedError) as error:
            _LOG.info("%s: no font that charts can draw with (%s)", path, error)
    return len(fontManager.ttflist) > before
