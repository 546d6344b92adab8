"""Pictures' captions, credits and alternative texts that are known by their shape."""

from __future__ import annotations

import re

from postscan.blocks.page import Page
from postscan.blocks.shape import WIRES, ends_sentence
from postscan.blocks.signs import BRACKET, FILE, PAGE, SLASH
from postscan.wordlists import lead_words

_LABEL = (
    r"(?:Photo|Foto|Credit|Picture|Image|Photograph|Courtesy|Bild|Cr\u00e9dit|Cr\u00e9dito|Foto\u011fraf|Video|Handout)"
)
_WORD = r"[A-Z][A-Za-z\u00c0-\u024f0-9&.'\u2019-]*"
_BRACKET = re.compile(
    rf"""[(\[] (?: {_LABEL}s?(?![a-z])[^()\[\]]{{1,80}}          # (Photo by A B), (Credit: A B/Agency)
    | {WIRES}(?![a-z])[^()\[\]]{{0,60}} | [^()\[\]]{{0,60}}{WIRES} ) [)\]]\.?$""",
    re.VERBOSE,
)
_BARE = re.compile(rf"[(\[]{WIRES}[)\]]\.?$")
_SLASH = re.compile(
    rf"""(?:^|[\s(\[.,:]) (?P<credit>(?:{_LABEL}s?:?[ ])? {_WORD}(?:[ ]{_WORD}){{0,3}})
    / {_WORD}(?:[ ]{_WORD}){{0,4}} (?:/{_WORD}(?:[ ]{_WORD}){{0,2}})?
    (?:[ ]via[ ]{_WORD}(?:[ ]{_WORD})?)? [)\]]?\.?$""",
    re.VERBOSE,
)
_KNOWN = re.compile(rf"{WIRES}$|[A-Z]{{4,}}$|{_LABEL}s?:? ?[A-Z]")
_NAMES_SLASH = re.compile(rf"[(\[]{_WORD}(?: {_WORD}){{1,3}} ?[/|] ?{_WORD}(?: {_WORD}){{0,3}}[)\]]$")
_ITEM = re.compile(
    r"""(?![\N{CAMERA}\N{CAMERA WITH FLASH}\N{FRAME WITH PICTURE}])   # these show a picture
    [-*+\N{BULLET}\N{EN DASH}\N{EM DASH}\N{MIDDLE DOT}\u2190-\u2bff\U0001f000-\U0001faff]\ufe0f?[ \u00a0]""",
    re.VERBOSE,
)
_ARABIC_CREDIT = re.compile(r"[(\[]([^()\[\]]{2,30})[)\]]$")
_FRONT_PAGE = re.compile(
    r"[^0-9:.!?|]{2,40} [-\u2013\u2014] [0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}$"
    rf"|(?:The )?(?:{_WORD} ){{1,5}}(?:front|back) page(?: .{{0,40}})?$"
)
_AGENCY_AFTER = re.compile("/[A-Z]")
_CLOSED = (")", "]", ").", "].")
_FILE = re.compile(r"(?:FILE|File)(?: PHOTO| Photo| photo)?[ \u00a0]?[-:\u2013\u2014][ \u00a0]?\S")


def file_photo(page: Page, at: int) -> tuple[str, str] | None:
    """A line that begins with "FILE -", as agencies write it."""
    surface = page.pieces[at].surface
    return ("caption", "file-photo") if len(surface) <= 400 and _FILE.match(surface) else None


def credit_end(page: Page, at: int) -> tuple[str, str] | None:
    """A line that ends in a credit: "(Credit: A B/Agency)", "REUTERS/A B", "Foto: Agency/A B"."""
    piece = page.pieces[at]
    if len(piece.surface) > 400 or not piece.whole or len(piece.words) < 2:
        return None
    tail = piece.surface[-160:]
    slash = _SLASH.search(tail) if _AGENCY_AFTER.search(tail) else None
    if slash and _KNOWN.search(slash["credit"]):
        return "caption", "credit-end"
    if tail.endswith(_CLOSED) and (_BRACKET.search(tail) or _NAMES_SLASH.search(tail)):
        return None if _tells_of_wire(page, at) else ("caption", "credit-end")
    return ("caption", "credit-end") if _ends_in_wire(page, at) else None


def _tells_of_wire(page: Page, at: int) -> bool:
    """Whether a line tells what its agency reports, "The budget passed. (AFP)", and shows no picture.

    An agency alone in brackets, without label, slash or name, is a picture's only below a line that is no sentence,
    is no item of a list, and has text after it.
    """
    surface = page.pieces[at].surface
    bare = _BARE.search(surface[-40:])
    if bare is None:
        return False
    last = at + 1 == len(page.pieces)
    return last or _is_listed(page, at) or ends_sentence(surface[: -len(bare[0])].rstrip())


def _is_listed(page: Page, at: int) -> bool:
    """Whether a line and one beside it open with the same sign and a space, as headlines of a digest do."""
    item = _ITEM.match(page.pieces[at].surface)
    return item is not None and any(
        page.pieces[near].surface.startswith(item[0]) for near in (at - 1, at + 1) if 0 <= near < len(page.pieces)
    )


def _ends_in_wire(page: Page, at: int) -> bool:
    """Whether a short line that is no sentence ends in an agency's name in brackets, with text below it."""
    piece = page.pieces[at]
    match = _ARABIC_CREDIT.search(piece.surface[-34:])
    if not match or len(piece.words) > 24 or at + 1 == len(page.pieces) or _is_listed(page, at):
        return False
    before = piece.surface[: -len(match[0])].rstrip()
    return bool(before) and match[1].strip() in lead_words()["wires"] and not ends_sentence(before)


def front_page(page: Page, at: int) -> tuple[str, str] | None:
    """The alternative text of a newspaper's front page: its name and a day in digits, or "front page"."""
    surface = page.pieces[at].surface
    return ("caption", "front-page") if len(surface) <= 80 and _FRONT_PAGE.match(surface) else None


RULES = (
    ("file-photo", FILE, file_photo),
    ("credit-end", BRACKET | SLASH, credit_end),
    ("front-page", PAGE, front_page),
)
