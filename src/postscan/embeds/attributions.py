"""Attributions: a dash, a name, "(@handle)" and mostly a date, as X, Bluesky and others print them under a post."""

from __future__ import annotations

import re
from collections.abc import Iterator

from postscan.dates import match_date, skip_time
from postscan.dates.grammar import BIDI
from postscan.embeds.bodies import Closing
from postscan.embeds.finders import Finder
from postscan.postlinks import PostLink, match_post_link

NAME = 90  # characters before "(@" in which the dash must stand
_HANDLE = re.compile(
    rf"[(（][{BIDI}]?@(?P<handle>(?:[A-Za-z0-9_\-]|\\_|\.(?=[A-Za-z0-9_])){{1,80}}(?:@[A-Za-z0-9.\-]{{3,80}})?)[{BIDI}]?[)）]"
)
_STRONG_DASH = re.compile(r"[—―]|&mdash;|(?:^|(?<=[\s>]))--(?=\s)")
_WEAK_DASH = re.compile(rf"(?:^|(?<=[\s{BIDI}>]))[–-](?=\s)|(?<=[A-Za-z0-9])–(?=\s)")
_DASH_LINE = re.compile(r"[ \t>]*([—―]|--(?=\s))")
_LABEL = re.compile(r"[^\W\d_]+(?:\s[^\W\d_]+)?\s?:")  # "Photo: Name"
_AROUND = re.compile(rf"\A[\s>\[{BIDI}]+|[\s>{BIDI}]+\Z")
_DOMAIN = re.compile(r"(?:[A-Za-z0-9\-]+\.)+[A-Za-z]{2,}")
_GAP = re.compile(rf"[\s>{BIDI}]{{0,80}}")
_LINKED = re.compile(r"\]\(<?")
_LINK_END = re.compile(r"[^\s)]{0,600}>?\)?")
_LINK_GAP = re.compile(r"[ \t\N{NO-BREAK SPACE}]{0,4}\n?[<(]?")
_AGAIN = re.compile(r"\s{0,3}[(（]@")
_FORBIDDEN = re.compile(r"https?:|pic\.|\n\s*\n|[(（]@")


def find_attributions(text: str) -> Iterator[Closing]:
    """Attributions with a dash before the name, in order; those without a day have the rule "undated"."""
    for handle in _HANDLE.finditer(text):
        if _AGAIN.match(text, handle.end()):
            continue  # of several, the last one is the handle
        dash = _find_dash(text, handle.start())
        if dash is None:
            continue
        start, begin, strong = dash
        name = _clean_name(text[begin : handle.start()])
        written = handle["handle"].replace("\\_", "_")
        platform = _platform(written)
        if platform is None:
            continue
        date, url, end = _read_date(text, handle.end(), written)
        if date or (strong and name and not _LABEL.match(name)):
            rule = "attribution" if date else "undated"
            yield Closing(platform, start, end, name or None, written, date, url, rule)


def _find_dash(text: str, at: int) -> tuple[int, int, bool] | None:
    """Where the dash begins and ends that opens the name before `at`, and whether it is one that nothing else uses.

    It stands on the line of the handle, or opens the line before (a converter breaks long lines).
    """
    low = max(text.rfind("\n", 0, at) + 1, at - NAME)
    for pattern in (_STRONG_DASH, _WEAK_DASH):
        if dashes := [dash.span() for dash in pattern.finditer(text, low, at)]:
            start, end = dashes[-1]
            return None if _FORBIDDEN.search(text, end, at) else (start, end, pattern is _STRONG_DASH)
    if low == 0 or text[low - 1] != "\n":
        return None
    opening = _DASH_LINE.match(text, max(text.rfind("\n", 0, low - 1) + 1, at - NAME), low)
    return (*opening.span(1), True) if opening and not _FORBIDDEN.search(text, opening.end(), at) else None


def _clean_name(raw: str) -> str:
    """The name as printed, without link brackets and bidi marks around it."""
    return _AROUND.sub("", raw.replace("\\_", "_"))


def _platform(handle: str) -> str | None:
    """Whose handles look like this, or null where nobody's do."""
    if "@" in handle:
        return "mastodon"
    if "." in handle:
        return "bluesky" if _DOMAIN.fullmatch(handle) else "other"
    return "x" if len(handle) <= 20 and "-" not in handle else None


def _read_date(text: str, end: int, handle: str) -> tuple[str | None, str | None, int]:
    """The day and the link that follow a handle, and where they end; an id's day is better than a printed one."""
    link = None
    if linked := _LINKED.match(text, end):  # "[Name (@handle)](link) day"
        link, end = _end_of_link(text, linked.end())
    gap = _GAP.match(text, end)
    at = gap.end() if gap else end
    bracket = text.startswith("[", at)
    date, day = match_date(text, at + bracket), None
    if date and date.iso and _belongs(text, end, at, date.end):
        end, day = skip_time(text, date.end), date.iso
        if bracket and (linked := _LINKED.match(text, end)):
            link, end = _end_of_link(text, linked.end())
        elif bracket and text.startswith("]", end):
            end += 1
    if link is None and (after := _link_after(text, end, handle)):
        link, end = after, after.end
    return (link.day if link and link.day else day), link.url if link else None, end


def _belongs(text: str, end: int, at: int, date_end: int) -> bool:
    """Whether a day on a later line is the attribution's: it stands there alone."""
    lines = text[end:at].count("\n")
    if not lines:
        return True
    after = skip_time(text, date_end)
    stop = text.find("\n", after, after + 400)
    rest = text[after : stop if stop >= 0 else after + 400].strip()
    return lines <= 3 and (not rest or rest.startswith(("](", "http")))


def _end_of_link(text: str, at: int) -> tuple[PostLink | None, int]:
    """The link in Markdown's brackets, where it is one to a post, and where the brackets end."""
    link = match_post_link(text, at)
    stop = _LINK_END.match(text, at)
    return link, stop.end() if stop else at


def _link_after(text: str, end: int, handle: str) -> PostLink | None:
    """The link to the post itself that follows, on the line or alone on the next, or null."""
    gap = _LINK_GAP.match(text, end)
    link = match_post_link(text, gap.end()) if gap and text.startswith("http", gap.end()) else None
    return link if link and link.handle and link.handle.casefold() == handle.casefold() else None


ATTRIBUTIONS = Finder(find_attributions, parts=("(", "\N{FULLWIDTH LEFT PARENTHESIS}"))
"""A bracket stands before the "@", perhaps with a mark between them."""
