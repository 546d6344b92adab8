"""From bytes to text: the mark, else UTF-16 by its pattern, else UTF-8, else a guess among four code pages.

UTF-16 is looked for before UTF-8: Arabic letters of UTF-16 without a mark are bytes like 27 06, which are valid UTF-8.
"""

from __future__ import annotations

import codecs
import re

from postscan.model import PostscanError

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MARK = re.compile(b"|".join(re.escape(mark) for mark, _ in MARKS))
_ENCODING = dict(MARKS)
CODE_PAGES = ("cp1256", "cp1252", "cp1251", "iso8859_6")

_WRITTEN_OUT = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SAMPLE = 512
_REPLACED = "\N{REPLACEMENT CHARACTER}".encode()

_LATIN_LOW, _LATIN_UP = "a-zß-öø-ÿœšžƒ", "A-ZÀ-ÖØ-ÞŒŠŽŸ"
_CYRILLIC_LOW, _CYRILLIC_UP = "а-џґ", "Ѐ-ЯҐ"
_LATIN = _LATIN_LOW + _LATIN_UP
_CYRILLIC = _CYRILLIC_LOW + _CYRILLIC_UP
_ARABIC = "\u0621-\u0652\u067e-\u06d2"
_WORD = re.compile(f"[{_LATIN}{_CYRILLIC}{_ARABIC}]+")
# A word as no language writes it, which tells the wrong code page.
_ODD = re.compile(
    f"""
      [{_LATIN}][{_CYRILLIC}{_ARABIC}] | [{_CYRILLIC}][{_LATIN}{_ARABIC}] | [{_ARABIC}][{_LATIN}{_CYRILLIC}]
    | [{_LATIN_LOW}][{_LATIN_UP}] | [{_LATIN_UP}]{{2}}[{_LATIN_LOW}]
    | [{_CYRILLIC_LOW}][{_CYRILLIC_UP}] | [{_CYRILLIC_UP}]{{2}}[{_CYRILLIC_LOW}]
    | [\u064b-\u064d][\u0628-\u064a]    # a case ending in the middle of a word
    | ^[\u064b-\u0652]
    """,
    re.VERBOSE,
)
_C1 = re.compile("[\x80-\x9f]")


def check_encoding(name: str) -> str:
    """Python's name of the encoding; raises PostscanError for a name that no text encoding of Python has."""
    try:
        b"a\xff ".decode(name, "replace")
        known = codecs.lookup(name).name
    except (LookupError, UnicodeError):  # the latter from codecs for host names, which are no encoding of a text
        message = f"unknown encoding {name!r}; usual ones are utf-8, utf-16, cp1256, cp1252, cp1251, iso-8859-6"
        raise PostscanError(message) from None
    return "utf-8" if known == "utf-8-sig" else known


def marked_encoding(data: bytes) -> str | None:
    """The encoding that a byte order mark or the pattern of UTF-16 shows, else None.

    >>> marked_encoding("سلام".encode("utf-16-le"))
    'utf-16-le'
    """
    if found := _MARK.match(data):
        return _ENCODING[found[0]]
    sample = data[:_SAMPLE]
    if len(sample) < 2 or (b"\0" not in sample and min(sample[:4]) > 8):  # a space's high byte, else a letter's
        return None
    even, odd = (sum(byte < 9 for byte in sample[at::2]) / len(sample) * 2 for at in (0, 1))
    # In UTF-16 of most scripts the high byte is 0 to 8 nearly always, and the low byte hardly ever.
    if odd >= 0.6 and even <= 0.2:
        return "utf-16-le"
    return "utf-16-be" if even >= 0.6 and odd <= 0.2 else None


def find_encoding(data: bytes, *, whole: bool = True) -> tuple[str, bool]:
    """The encoding of text, and whether it is a guess; `whole` is False for the beginning of a longer text.

    Text of which most is UTF-8 is UTF-8 with damage, never a code page: what fails then fails openly. Surrogates that
    are written out are UTF-8 too.

    >>> find_encoding("Où est passé le café ?".encode("cp1252"))
    ('cp1252', True)
    """
    if marked := marked_encoding(data):
        return marked, False
    try:
        codecs.utf_8_decode(data, "strict", whole)  # what was replaced before it was written out is no damage
    except UnicodeDecodeError:
        pass  # how much of it is not, is counted
    else:
        return "utf-8", False
    text = codecs.utf_8_decode(data, "replace", whole)[0]
    broken = text.count("\N{REPLACEMENT CHARACTER}") - data.count(_REPLACED)
    if broken == 3 * len(_WRITTEN_OUT.findall(data)) or sum(ch > "\x7f" for ch in text) - broken > 2 * broken:
        return "utf-8", False
    return _guess_code_page(data), True


def decode(data: bytes, encoding: str) -> tuple[str, int]:
    """The text, a byte order mark included, and how many lone surrogates were replaced by U+FFFD.

    Raises UnicodeDecodeError where the bytes are not in that encoding.
    """
    try:
        return data.decode(encoding), 0
    except UnicodeDecodeError:
        return mend(data.decode(encoding, "surrogatepass"))


def mend(text: str) -> tuple[str, int]:
    """The text with surrogate pairs joined and lone surrogates replaced by U+FFFD, and the number of the latter."""
    if not _SURROGATE.search(text):
        return text, 0
    before = text.count("\N{REPLACEMENT CHARACTER}")
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text, text.count("\N{REPLACEMENT CHARACTER}") - before


def is_wide(encoding: str) -> bool:
    """Whether a line end of this encoding is something else than the byte 0A (UTF-16, UTF-32, EBCDIC)."""
    return "a\n".encode(encoding)[-2:] != b"a\n"


def as_utf8(head: bytes) -> bytes:
    """The beginning of an input in UTF-8 where a mark or pattern shows another encoding; without the mark."""
    marked = marked_encoding(head)
    if marked is None:
        return head
    if marked == "utf-8":
        return head.removeprefix(codecs.BOM_UTF8)
    text = head.decode(marked, "ignore")
    return text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}").encode("utf-8", "replace")


def _guess_code_page(data: bytes) -> str:
    """The code page in which the words are words; charset-normalizer decides among those that are left.

    charset-normalizer alone reads a short French or mixed English and Arabic text as Cyrillic (tried with 3.5.2).
    """
    data = data[: 1 << 16]
    odd = {page: share for page in CODE_PAGES if (share := _odd_share(data, page)) is not None}
    least = min(odd.values())
    left = [page for page in CODE_PAGES if odd.get(page, 2.0) <= least + 0.02]
    left = [page for page in left if not _words(data.decode(page, "ignore"))] or left  # "£5" has no letter "Ј"
    texts = {data.decode(page, "ignore") for page in left}
    if len(texts) == 1:
        return "cp1252" if "cp1252" in left else left[0]
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=left).best()
    return best.encoding if best is not None and best.encoding in left else left[0]


def _words(text: str) -> list[str]:
    """The words with letters beyond ASCII."""
    return [word for word in _WORD.findall(text) if not word.isascii()]


def _odd_share(data: bytes, page: str) -> float | None:
    """The share of words beyond ASCII that no language writes so; None where the bytes are not in the code page."""
    try:
        text = data.decode(page)
    except UnicodeDecodeError:
        return None
    words = _words(text)
    share = sum(_ODD.search(word) is not None for word in words) / (len(words) or 1)
    return share + len(_C1.findall(text)) / (len(words) or 1)
