"""Whose voice a line or a sentence is in: a page's, or that of somebody who posts.

Nothing here is sure; what rests on it has a rule name that ends in "?".
"""

from __future__ import annotations

import functools
import re

from postscan.scripts import script_runs
from postscan.wordlists import embed_words

CRY = 3  # words of a line such as "Absolutely not."
ASKED = 12  # words of a question, or of a line about oneself
VERSE = 60  # characters of a line that ends without a stop
LABEL = 3  # words of "Long answer:", which introduces nobody
PIC_SIGN = "pic."
PIC = re.compile(r"pic\.(?:twitter|x)\.com/(?:[A-Za-z0-9]{10}|[A-Za-z0-9]+)")
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
FINAL = re.compile(r"[.!?؟۔。！？…]['\"”’»)\]]*\Z")
_URL = re.compile(r"https?://\S+|pic\.(?:twitter|x)\.com/[A-Za-z0-9]+")
_TAG = re.compile(r"[#＃@][^\s#＃@]+")
_SOCIAL = re.compile(
    r"""
    [\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff] | !! | \bt\.co/   # emoji, shouting, X's own short links
    | \A[\s.]{0,3}@\w                                                # ".@name we heard you"
    | [#＃][^\s#＃]{1,99}\s{0,3}\Z                                     # tags last
    """,
    re.VERBOSE,
)
_SENTENCE_END = re.compile(r"(?:[.!?؟۔…]+['\"”’»)\]]*\s+|[。！？]+[」』）]*\s*)(?=\S)")
_ABBREVIATION = re.compile(
    r"\b(?:[^\W\d_]|Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gen|Gov|Lt|Col|Capt|Sgt|St|No|vs|Jr|Sr|Inc)\.\s+\Z"
)
_INTRODUCTION = re.compile(r"[:：]\s+")
_NUMBERED = re.compile(r"\(?[0-9]{1,2}[/.)]|[-*•–]\s")
_LABEL = re.compile(r"\w+(?:\s\w+)?\s[a-z]+:\s")  # "Short answer: rust", but not "BBC News: A blow"


def has_words(piece: str) -> bool:
    """Whether a piece has words beside tags, handles and links."""
    return bool(WORD.search(_TAG.sub(" ", _URL.sub(" ", piece))))


def script_of_most(piece: str) -> str | None:
    """The script of most letters that are in no tag, handle or link."""
    counts: dict[str, int] = {}
    for start, end, code in script_runs(_TAG.sub(" ", _URL.sub(" ", piece))):
        script = "Jpan" if code in ("Hani", "Hira", "Kana") else code
        counts[script] = counts.get(script, 0) + end - start
    return max(counts, key=lambda script: counts[script], default=None)


def sentences(text: str, start: int, end: int) -> list[int]:
    """The starts of the sentences of `text[start:end]`."""
    starts = [start]
    for stop in _SENTENCE_END.finditer(text, start, end):
        at = stop.end()
        if text[at].islower() and text[at].isascii():
            continue
        if not _ABBREVIATION.search(text, max(start, at - 12), at):
            starts.append(at)
    return starts


def find_introduction(text: str, start: int, end: int) -> int | None:
    """Where the words begin after "... wrote: ", or null."""
    for colon in _INTRODUCTION.finditer(text, start, end):
        lead = text[start : colon.start()]
        if len(WORD.findall(lead)) > LABEL and not is_social(lead) and has_words(text[colon.end() : end]):
            return colon.end()
    return None


def is_same_voice(above: str, below: str, gap: int, *, wider: bool) -> bool:
    """Whether a line sounds like the post whose later lines are below it, `gap` line ends further on.

    A gap wider than the page's own was made by somebody who wrote into a text field.
    """
    if PIC.search(above) or above.rstrip().endswith((":", "：")):
        return gap == 1 and _hangs(below, above) and not PIC.search(above)
    if wider or _NUMBERED.match(above.lstrip()):
        return True
    if is_report(above):
        return False
    if gap == 1 and _hangs(below, above):
        return True
    if is_social(above) or _LABEL.match(above.lstrip()):
        return True
    words = len(WORD.findall(above))
    stopped = bool(FINAL.search(above))
    if not stopped:
        return len(above) <= VERSE and not FINAL.search(below.rstrip())
    asked = above.rstrip().endswith(("?", "؟")) and words <= ASKED
    return words <= CRY or asked or (is_first_person(above) and (gap == 1 or words <= ASKED))


def _hangs(below: str, above: str) -> bool:
    """Whether lines are set further in than the line above them."""
    below, above = below.lstrip("\n"), above.lstrip("\n")
    return len(below) - len(below.lstrip()) > len(above) - len(above.lstrip())


def is_social(piece: str) -> bool:
    """Whether a piece has what newsrooms seldom print: emoji, "!!", a t.co link, a handle first, tags last."""
    return bool(_SOCIAL.search(piece))


@functools.cache
def _voices() -> dict[str, frozenset[str]]:
    return {role: frozenset(words) for role, words in embed_words()["voices"].items()}


def _words(piece: str) -> set[str]:
    return {word.replace("’", "'").casefold() for word in WORD.findall(piece)}


def is_report(piece: str) -> bool:
    quoted = any(mark in piece for mark in '"“”«»„')
    return not _voices()["reporting"].isdisjoint(_words(piece)) and (quoted or not is_first_person(piece))


def is_first_person(piece: str) -> bool:
    words = _words(piece)
    return not _voices()["first_person"].isdisjoint(words) and _voices()["newsroom"].isdisjoint(words)


def length(piece: str) -> int:
    """Characters as X counts them, roughly: a link is 23."""
    return len(_URL.sub("x" * 23, piece.strip()))
