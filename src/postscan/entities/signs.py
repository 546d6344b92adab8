"""Entities that begin with a sign: hashtags, handles and cashtags by twitter-text's rules, and email addresses."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from postscan.entities.characters import SPACES, class_of, members
from postscan.entities.links import LinkFinder
from postscan.scripts import is_letter

_WIDE_HASH = "\N{FULLWIDTH NUMBER SIGN}"
_WIDE_AT = "\N{FULLWIDTH COMMERCIAL AT}"
_SELECTORS = "\N{VARIATION SELECTOR-15}\N{VARIATION SELECTOR-16}"
_ASCII_WORD = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_")
_NO_HANDLE_AFTER = _ASCII_WORD | frozenset("!#$%&*@")
_NO_REPOST_AFTER = _ASCII_WORD | frozenset("+~.-")
_HANDLE = re.compile(r"[A-Za-z0-9_]{1,20}+(?:/[A-Za-z][A-Za-z0-9_\-]{0,24}+)?+")
_CASHTAG = re.compile(
    r"\$[A-Za-z]{1,6}(?:[._][A-Za-z]{1,2})?"
    r"(?=\Z|[\t\n\v\f\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
    r"!'#%&()*+,\\\-./:;<=>?@\[\]\^_{|}~$])"
)
_SPACES = members(SPACES)
# The local part of an address, as in HTML's input of type email.
_LOCAL = _ASCII_WORD | frozenset(".!#$%&'*+/=?^`{|}~-")
_ADDRESS = re.compile(r"@(?<=[A-Za-z0-9_]@)")
_QUOTING = frozenset("'*_`|~")
_PICTURE_TAIL = re.compile(r"\.(?:twitter|x)\.com/[A-Za-z0-9]")
_SHORT_TAIL = re.compile(r"\.co/[A-Za-z0-9]{10}(?![A-Za-z0-9])")


class _Patterns(NamedTuple):
    hashtag: re.Pattern[str]
    """"#" and what a hashtag is made of."""
    letter: re.Pattern[str]
    """A letter or mark of which a hashtag needs one."""
    touching: re.Pattern[str]
    """A character of hashtags."""
    undone: re.Pattern[str]
    """What makes a handle none when it follows."""


@functools.cache
def _patterns() -> _Patterns:
    from postscan.data._twitter import ACCENTS, TAG_CHARACTERS, TAG_LETTERS

    near, far = class_of(TAG_CHARACTERS), class_of(TAG_CHARACTERS, astral=True)
    # A class with far ranges is slow on every miss; the look-ahead keeps it from near text.
    astral = rf"(?=[\U00010000-\U0010FFFF])[{far}]"
    tag = rf"(?!\N{{VARIATION SELECTOR-16}}|\N{{COMBINING ENCLOSING KEYCAP}})((?:[{near}]++|{astral})++)"
    return _Patterns(
        hashtag=re.compile(f"#{tag}"),
        letter=re.compile(
            rf"[{class_of(TAG_LETTERS)}]|(?=[\U00010000-\U0010FFFF])[{class_of(TAG_LETTERS, astral=True)}]"
        ),
        touching=re.compile(rf"[{near}]|{astral}"),
        undone=re.compile(rf"@|[{class_of(ACCENTS)}]|://"),
    )


def find_hashtags(text: str, links: LinkFinder | None) -> list[tuple[int, int, str]]:
    """Hashtags and glued ones, without those that overlap others; adds the links that end them to the finder.

    twitter-text passes over a tag that is followed by another one, or that follows a character of tags: these are the
    glued ones.
    """
    patterns = _patterns()
    if _WIDE_HASH in text:
        text = text.replace(_WIDE_HASH, "#")
    found: list[tuple[int, int, str]] = []
    taken, next_at = 0, text.find("#")
    while (start := next_at) >= 0:
        match = patterns.hashtag.match(text, start)
        if match is None:
            next_at = text.find("#", start + 1)
            continue
        end = match.end()
        next_at = text.find("#", end)
        tag = match[1]
        if not (tag[0].isalpha() or patterns.letter.search(tag)):
            continue
        before = text[start - 1] if start else " "
        if before == "&":
            continue
        glued = start > 0 and patterns.touching.match(before) is not None
        if glued and before in _SELECTORS and start > taken:
            glued = False
        taken = end if not glued else taken
        after = text[end : end + 1]
        if links and after in (":", "."):
            link = _link_start(text, start + 1, end, after)
            if link is not None and any(map(is_letter, text[start + 1 : link])) and links.match_at(link):
                end = link
            elif text.startswith("://", end):
                continue
        elif after == ":":
            if text.startswith("://", end):
                continue
        elif after == "#":
            glued = True
            if before == "/":
                continue
        if not glued:
            found.append((start, end, "hashtag"))
        elif any(map(is_letter, text[start + 1 : end])):
            found.append((start, end, "glued_hashtag"))
    return found


def _link_start(text: str, start: int, end: int, after: str) -> int | None:
    """Where a link begins inside a tag that its host or scheme has been read into."""
    if after == ":":
        if text.startswith("://", end):
            for scheme in ("https", "http"):
                if text[max(start, end - len(scheme)) : end].lower() == scheme:
                    return end - len(scheme)
    elif text.endswith("pic", start, end) and _PICTURE_TAIL.match(text, end):
        return end - 3
    elif text.endswith("t", start, end) and _SHORT_TAIL.match(text, end):
        return end - 1
    return None


def find_handles(text: str) -> list[tuple[int, int, str]]:
    """Handles, and lists (`@user/list`) as one handle."""
    if _WIDE_AT in text:
        text = text.replace(_WIDE_AT, "@")
    undone = _patterns().undone
    found: list[tuple[int, int, str]] = []
    done, next_at = 0, text.find("@")
    while (start := next_at) >= 0:
        match = _HANDLE.match(text, start + 1)
        if match is None:
            next_at = text.find("@", start + 1)
            continue
        end = match.end()
        next_at = text.find("@", end)
        if start:
            if start == done:
                continue
            if text[start - 1] in _NO_HANDLE_AFTER and not _is_repost(text, start, done):
                continue
        done = end
        if not undone.match(text, end):
            found.append((start, end, "handle"))
    return found


def _is_repost(text: str, start: int, done: int) -> bool:
    """Whether "RT" that stands alone, and was not read as part of something, comes directly before."""
    if start - 2 < done or text[start - 2 : start].lower() != "rt":
        return False
    return start == 2 or (start - 3 >= done and text[start - 3] not in _NO_REPOST_AFTER)


def find_cashtags(text: str) -> list[tuple[int, int, str]]:
    """Cashtags; the sign follows white space."""
    return [
        (match.start(), match.end(), "cashtag")
        for match in _CASHTAG.finditer(text)
        if not match.start() or text[match.start() - 1] in _SPACES
    ]


def find_emails(text: str, links: LinkFinder) -> list[tuple[int, int, str]]:
    """Email addresses whose host could be a link, outside links.

    The local part is made of what HTML allows, but for marks of the sentence around it: it begins with none of "#$."
    and ends with a letter, a digit or an underscore; "RT" is none; a quoting mark that closes behind the host is
    outside.
    """
    found: list[tuple[int, int, str]] = []
    done = 0
    links.found.sort()
    for match in _ADDRESS.finditer(text):
        at = match.start()
        if at > done and (end := links.bare_end(at + 1)) and not links.covers(at):
            start = at - 1
            while start > done and text[start - 1] in _LOCAL:
                start -= 1
            if text[start] in _QUOTING and text[end : end + 1] == text[start]:
                start += 1
            while text[start] == ".":
                start += 1
            if (
                start < at
                and text[start] not in "#$"
                and text[start:at].lower() != "rt"
                and text[start - 1 : start] != "@"
            ):
                found.append((start, end, "email"))
        done = at + 1
    return found
