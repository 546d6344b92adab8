"""What belongs to no clause is taken out before the words are read: leading tags and accounts, short forms in brackets.

Every character keeps its place: what is taken out becomes NUL, as links are, or spaces.
"""

from __future__ import annotations

import functools
import re
from typing import Final

from postscan.sources.bits import CAPITALS, NAME, NOUN, VERB, WHO
from postscan.sources.outlets import outlet_of_handle
from postscan.sources.signs import pieces, signs
from postscan.sources.words import role
from postscan.wordlists import attribution

_LEADING = re.compile(
    r"""[ \t.|\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]*+        # signs and emoji
    ((?:[#@][^\s#@,:;!?()\[\]/|'"\0]++[ \t]++|\0++[ \t]++)++)   # tags, accounts, links
    ([^\s#@:|/()\[\]\-\N{EN DASH}\N{EM DASH}\0]++)              # the first word of the clause""",
    re.VERBOSE,
)
_SHORT_FORM = re.compile(r"\(([A-Z]{2,7})\)")
_NAME_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]++")
_KNOWN: Final = NOUN | WHO | NAME
_REACH: Final = 90
"""Characters of a name at most that brackets shorten."""
_SMALL = frozenset(("of", "the", "and", "for", "in", "on", "to", "de", "la", "du", "des"))


def without_leading(raw: str) -> str:
    """The text without the tags and accounts that stand before a line's clause and are no part of it.

    "@reader Police: three held" is the police's label, "#Quay police said" is said by "#Quay police".
    """
    if "\n" in raw:
        return "\n".join([_clause_alone(line) for line in raw.split("\n")])
    return raw if raw[:1] < "\u2190" and raw[:1].isalnum() else _clause_alone(raw)  # a letter leads nothing


def _clause_alone(line: str) -> str:
    """A line without its leading tags and accounts; the last one stays where the clause begins with it."""
    found = _LEADING.match(line)
    if found is None:
        return line
    start, end = found.span(1)
    last = max(line.rfind("#", start, end), line.rfind("@", start, end))
    if last < 0:
        return line
    if not _belongs(line[last:end].split(None, 1)[0], found[2]):
        last = end
    cleared = " ".join(["\0" * len(word) for word in line[start:last].split(" ")])
    return line[:start] + cleared + line[last:]


def _belongs(written: str, following: str) -> bool:
    """Whether the tag or account is a word of the clause that begins after it: its subject, or part of that."""
    after = pieces()[following]
    if after.sign & VERB or after.word in role("en", "between"):
        return True
    if written[0] == "@":
        return signs().get(written[1:].lower(), 0) & _KNOWN != 0 or outlet_of_handle(written[1:]) is not None
    tag = pieces()[written]
    if tag.word in _calls():
        return False
    known = bool(tag.signs and tag.sign & _KNOWN)
    if not tag.word:
        return known and written > "#\u0600"
    return known or not (tag.sign & CAPITALS and following[0].isupper())


@functools.cache
def _calls() -> frozenset[str]:
    """What tags only call for attention: "#breaking", "#عاجل"."""
    return frozenset().union(*(role(language, "call") for language in attribution()))


def without_short_forms(raw: str) -> str:
    """The text without brackets that give the short form of the name before them: "Harbour Workers Union (HWU)"."""
    return _SHORT_FORM.sub(_spelled, raw)


def _spelled(match: re.Match[str]) -> str:
    """Spaces for brackets whose letters are the first ones of the words before them; else the brackets."""
    words = _NAME_WORD.findall(match.string[max(0, match.start() - _REACH) : match.start()])
    letters = match[1].lower()
    while words and letters:
        word = words.pop()
        if word[0].lower() == letters[-1] and (word[0].isupper() or word in _SMALL):
            letters = letters[:-1]
        elif word not in _SMALL:
            break
    return match[0] if letters else " " * len(match[0])
