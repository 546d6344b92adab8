"""Where the words of an embedded post begin and end, once all layout but lines is gone.

The attribution is easy to see, the first word is not. What is tried, in this order: quote marks of converted HTML; a
seam in the line ("...all night.First word"); on a page of one line another script, words that introduce, and sentences
that sound like one voice; the end of the embed before; else the line, with the lines and paragraphs above it that sound
like the same voice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from postscan.embeds.voices import (
    FINAL,
    PIC,
    WORD,
    find_introduction,
    has_words,
    is_first_person,
    is_report,
    is_same_voice,
    is_social,
    length,
    script_of_most,
    sentences,
)

WINDOW = 3000  # a body is looked for in so many characters before its attribution
MARKS = "\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}"
BLANK = f" \t\r\N{NO-BREAK SPACE}{MARKS}"  # what a line may have and still be empty
SHORT = 7  # words of a sentence that may stand in a post beside others
SPOKEN = 4  # words before a colon that a quotation is glued to
LIMITS = {"x": 285, "bluesky": 305, "threads": 505, "mastodon": 505, "instagram": 2205}

_PIC_LINK = re.compile(r"\[(pic\.(?:twitter|x)\.com/[A-Za-z0-9]+)\]\(https?://t\.co/[A-Za-z0-9]+\)")
_PLACEHOLDER = re.compile(r"\[(?:image or embed|contains quote post or other embedded content)\]", re.IGNORECASE)
_SEAM = re.compile(
    r"""
    # a small or Arabic letter or a digit, a stop, and without a space
    (?<=[0-9a-z\u00df-\u00f6\u00f8-\u00ff\u0101-\u024f\u0430-\u045f\u0620-\u064a\u066e-\u06d5])["”’»)]?[.؟۔!?]["”’»)]?
    (?! (?i:com|org|net|info|news|tv|co|io|js|gov|edu)\b )
    # a capital and a small letter, an Arabic letter or emoji
    (?= ["“„«(]?[A-Z\u00c0-\u00d6\u00d8-\u00deĆČĞİŁŚŞŠŹŻŽ\u0410-\u042f][^\W\d_A-Z] | [A-Z]\s | [A-Z]{4}[A-Z]*[:\s]
      | [@#＃][^\W\d] | [\u0620-\u064a\u066e-\u06d5\u2600-\u27bf\U0001f300-\U0001faff] )
    """,
    re.VERBOSE,
)
_QUOTE_AFTER_COLON = re.compile(r"[^\W\d_][:：](?P<quote>[\"“«])")
_QUOTED = re.compile(r"[ \t]*>[> \t]*")


@dataclass(frozen=True, slots=True)
class Closing:
    """What ends an embedded post's words: an attribution or a widget's line."""

    platform: str
    start: int
    """Where the words must have ended."""
    end: int
    name: str | None
    handle: str | None
    date: str | None
    url: str | None
    rule: str


@dataclass(frozen=True, slots=True)
class Body:
    """The words of an embedded post, trimmed, and the rule that found their start; empty where it is a picture."""

    start: int
    end: int
    media: tuple[str, ...]
    rule: str


def find_body(text: str, low: int, closing: Closing) -> Body | None:
    """The words that end at a closing and begin at `low` or later; null where none are left."""
    low = max(low, closing.start - WINDOW)
    stop, media = trim_end(text, low, closing.start)
    while low < stop and text[low].isspace():
        low += 1
    if media and (low >= stop or _is_picture_alone(text, low, stop, closing)):
        at = trim(text, stop, closing.start)[0]
        return Body(at, at, tuple(dict.fromkeys(media)), "picture")
    if low >= stop:
        return None
    start, rule = _find_start(text, low, stop, closing)
    while start < stop and (text[start].isspace() or text[start] in f">{MARKS}"):
        start += 1
    if start >= stop:
        return None
    inside = [pic[0] for pic in PIC.finditer(text, start, stop)]
    return Body(start, stop, tuple(dict.fromkeys([*inside, *media])), rule)


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends; empty where there is nothing else."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def opens(text: str, at: int) -> bool:
    """Whether nothing but white space and quote marks stands before `at`."""
    return not text[max(0, at - WINDOW) : at].strip(f"{BLANK}\n>")


def trim_end(text: str, low: int, stop: int) -> tuple[int, list[str]]:
    """Where the words end that stand before `stop`, and the media links after them.

    >>> trim_end("Dark.pic.twitter.com/abcdefghij", 0, 31)
    (5, ['pic.twitter.com/abcdefghij'])
    """
    media: list[str] = []
    while True:
        while stop > low and (text[stop - 1].isspace() or text[stop - 1] in MARKS or _is_quote_mark(text, stop - 1)):
            stop -= 1
        tail = max(low, stop - 120)
        at = text.rfind("[", tail, stop) if text.endswith((")", "]"), tail, stop) else -1
        if at >= 0 and _PLACEHOLDER.fullmatch(text, at, stop):
            stop = at
        elif at >= 0 and (link := _PIC_LINK.fullmatch(text, at, stop)):
            media.insert(0, link[1])
            stop = at
        elif (at := text.rfind("pic.", max(low, stop - 60), stop)) >= 0 and PIC.fullmatch(text, at, stop):
            media.insert(0, text[at:stop])
            stop = at
        else:
            return stop, media


def _is_picture_alone(text: str, low: int, stop: int, closing: Closing) -> bool:
    """Whether a post is its picture: a blank line above it, its attribution closer, and the page speaking before."""
    at, end = trim(text, stop, closing.start)
    gap = text[stop:at].count("\n")
    if closing.rule not in ("attribution", "undated") or gap < 2 or text[end : closing.start].count("\n") >= gap:
        return False
    line = max(text.rfind("\n", low, stop) + 1, low)
    above = text[line:stop]
    return not is_social(above) and (opens(text, line) or is_report(above) or above.endswith((":", "：")))


def _is_quote_mark(text: str, at: int) -> bool:
    """Whether a ">" stands at the head of a line, as in a quotation of converted HTML."""
    return text[at] == ">" and (at == 0 or text[at - 1] in "\n> ")


def _find_start(text: str, low: int, stop: int, closing: Closing) -> tuple[int, str]:
    if _QUOTED.match(text, text.rfind("\n", 0, closing.start) + 1, closing.start):
        return _quoted_start(text, low, stop), "quoted"
    line = _last_prose_line(text, low, stop)
    own_line = "\n" in text[stop : closing.start]
    mixed = not own_line and _rest_of_line(text, closing.end)
    if start := _inline_start(text, low, line, stop, closing, mixed=mixed):
        return start
    if line == low and low > 0 and text[low - 1] != "\n" and not text[low - 1].isspace():
        return line, "previous"
    top = _extend_up(text, low, line, stop, closing) if closing.platform != "reddit" else line
    return (top, "paragraphs?") if top < line else (line, "line")


def _rest_of_line(text: str, at: int) -> bool:
    """Whether something but white space follows on the line."""
    end = text.find("\n", at, at + 200)
    return bool(text[at : end if end >= 0 else at + 200].strip())


def _quoted_start(text: str, low: int, stop: int) -> int:
    """The first of the lines with quote marks that lead to `stop`."""
    line = max(text.rfind("\n", low, stop) + 1, low)
    while line > low:
        above = max(text.rfind("\n", low, line - 1) + 1, low)
        if not _QUOTED.match(text, above, line):
            break
        line = above
    return line


def _last_prose_line(text: str, low: int, stop: int) -> int:
    """The start of the last line with words of its own; tags, handles and links alone hang on the line above."""
    line = max(text.rfind("\n", low, stop) + 1, low)
    while line > low and not has_words(text[line:stop]):
        above = len(text[low:line].rstrip()) + low
        if above <= low or PIC.search(text, max(low, above - 30), above):
            break
        line = max(text.rfind("\n", low, above) + 1, low)
    return line


def _inline_start(
    text: str, low: int, line: int, stop: int, closing: Closing, *, mixed: bool
) -> tuple[int, str] | None:
    """Where the words begin inside their line, or null where they begin with it."""
    before = text[low:line].rstrip()
    other = before and script_of_most(before[-300:]) not in (None, script_of_most(text[line:stop]))
    shared = line == low and (mixed or (low > 0 and text[low - 1] != "\n"))
    shared = shared or (mixed and text[closing.end].isspace())
    if quote := _QUOTE_AFTER_COLON.search(text, line, stop):
        lead = text[line : quote.start()]
        if len(WORD.findall(lead)) >= SPOKEN and not is_social(lead) and text[stop - 1] in '"”»':
            return quote.start("quote"), "seam?"
    long = length(text[line:stop]) > LIMITS.get(closing.platform, WINDOW)
    if not other or mixed or long:
        seams = [seam.end() for seam in _SEAM.finditer(text, line, stop) if _is_seam(text, line, seam.end(), stop)]
        if seams:
            return seams[-1], "seam?"
    if not (shared or long):
        return None
    if (start := _script_start(text, line, stop)) > line:
        return start, "script?"
    start = _sentence_start(text, line, stop, closing)
    return (start, "sentences?") if start > line else None


def _is_seam(text: str, line: int, at: int, stop: int) -> bool:
    """Whether a missing space parts two voices: whole sentences before it, words after it."""
    before, after = text[line:at], text[at:stop]
    return has_words(after) and len(WORD.findall(before)) >= 4 and not is_social(before)


def _script_start(text: str, line: int, stop: int) -> int:
    """The first sentence of the last stretch of one script, or what is introduced in another one; else `line`."""
    starts = [*sentences(text, line, stop), stop]
    script = None
    for begin, end in zip(starts[-2::-1], starts[:0:-1], strict=True):
        colon = find_introduction(text, begin, end)
        if colon is not None:
            said = script_of_most(text[colon:end]) or script
            if script_of_most(text[begin:colon]) not in (None, said) and script in (None, said):
                return colon
        other = script_of_most(text[begin:end])
        if other and script and other != script:
            return end
        script = script or other
    return line


def _sentence_start(text: str, line: int, stop: int, closing: Closing) -> int:
    """The first sentence that sounds like the last one's voice; the first of all is the page's."""
    starts = [*sentences(text, line, stop), stop]
    while len(starts) > 2 and not has_words(text[starts[-2] : stop]):
        del starts[-2]  # tags that end the sentence before them
    if (colon := find_introduction(text, starts[-2], stop)) is not None:
        return colon
    if len(starts) == 2:
        return line
    first = len(starts) - 2
    if len(WORD.findall(text[starts[first] : stop])) <= 1 and first > 1 and "…" in text[starts[first] : stop]:
        first -= 1  # the last word of a text that was cut
    stopped = bool(FINAL.search(text[starts[first] : stop].rstrip()))
    for number in range(first - 1, -1, -1):
        piece = text[starts[number] : starts[number + 1]]
        if length(text[starts[number] : stop]) > LIMITS.get(closing.platform, WINDOW) or not piece.strip():
            break
        if (colon := find_introduction(text, starts[number], starts[number + 1])) is not None:
            return colon
        short = number > 0 and stopped and len(WORD.findall(piece)) <= SHORT and not is_report(piece)
        if not (short or is_social(piece) or (is_first_person(piece) and not is_report(piece))):
            break
        first = number
    return starts[first]


def _extend_up(text: str, low: int, line: int, stop: int, closing: Closing) -> int:
    """The first of the lines above that sound like the same post; `line` where none does."""
    top = line
    limit = LIMITS.get(closing.platform, LIMITS["x"])
    if closing.platform == "x" and closing.date and closing.date < "2017-11-08":
        limit = 145
    while top > low:
        end = low + len(text[low:top].rstrip())
        begin = max(text.rfind("\n", low, end) + 1, low)
        if end <= low or length(text[begin:stop]) > limit:
            break
        if begin == low and (opens(text, low) or not is_social(text[begin:end])):
            break  # the page speaks first, and after an embed
        gap = text[end:top].count("\n")
        wider = gap > 2 and gap > text[low + len(text[low:begin].rstrip()) : begin].count("\n")
        if not is_same_voice(text[begin:end], text[top:stop], gap, wider=wider):
            break
        top = begin
    return top
