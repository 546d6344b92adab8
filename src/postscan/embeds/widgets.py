"""The lines that widgets leave in plain text: Instagram, Facebook, TikTok, Reddit, Mastodon, Threads, Telegram."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from postscan.dates import match_date, skip_time
from postscan.dates.grammar import DIGIT, is_weekday
from postscan.embeds.bodies import Closing, trim
from postscan.embeds.links import match_post_link
from postscan.model import Embed
from postscan.wordlists import embed_words

MARKS = " \t\N{NO-BREAK SPACE}\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}"  # around a name
_GONE = ("x", "instagram", "bluesky")
TIKTOK_BODY = 2300  # characters of a caption
TIKTOK_LINES = 12
ONE_LINE = 90  # characters after "♬" beyond which the line goes on with the page's words
_SOUND = re.compile(r"♬[ \N{NO-BREAK SPACE}]?[^\n♬]{0,200}")
_ONE_NAME = re.compile(r"♬[ \N{NO-BREAK SPACE}]?[^\n♬]{0,80}? - \S{1,60}")
_TIKTOK_HANDLE = re.compile(r"(?:(?:\A|\n)[ \t]*|(?<=[.!?؟…]) )@(?P<handle>[\w.]{2,24})(?=\s)")
_REDDIT = re.compile(
    r"^[ \t]*by[ ]?/?u/(?P<handle>[\w-]{3,20})[ ]?(?:from[ ]discussion\s{0,2})?in[ ]?(?:r/)?\w{2,21}[ \t]*$",
    re.MULTILINE,
)
_COPIED = re.compile(r"^(?P<all>(?P<name>[^\n\[\]]{1,80}), \[(?P<date>[^\]\n]{6,40})\]:?)[ \t]*$", re.MULTILINE)
_TELEGRAM_NAME = re.compile(r"@\w{4,32}", re.ASCII)
_YEAR = re.compile(f"[{DIGIT}]{{4}}")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_FIRST_WORD = re.compile(r"[^\W\d_]+")


def _any(phrases: Iterable[str]) -> str:
    """A pattern for any of the phrases, with straight or curly apostrophes and any white space."""
    longest_first = sorted(phrases, key=len, reverse=True)
    return "|".join(re.escape(phrase).replace("'", "['’]").replace(r"\ ", r"\s{1,2}") for phrase in longest_first)


@functools.cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """The patterns whose words are in the table."""
    words = embed_words()
    gone, remarks = _any(phrase for key in _GONE for phrase in words["gone"][key]), _any(words["gone"]["remarks"])
    shared, shared_on = _any(words["instagram"]["shared"]), _any(words["instagram"]["on"])
    shared_after = _any(words["instagram"]["shared_after"])
    posted, posted_on = _any(words["facebook"]["posted"]), _any(words["facebook"]["on"])
    by, forwarded = _any(words["widgets"]["by"]), _any(words["telegram"]["forwarded"])
    mastodon, threads = _any(words["widgets"]["mastodon"]), _any(words["widgets"]["threads"])
    patterns = {
        "head": _any(words["instagram"]["head"]),
        "shared": rf"""
            (?<!\w)(?:{shared})\s{{1,4}}(?P<name>[^\n]{{0,100}}?)\s{{0,3}}[(（]@(?P<handle>[\w.]{{1,40}})[)）]
            (?:\s(?:geteilter\sBeitrag|gepostetes\sFoto))?""",
        "shared_after": rf"""
            ^[ \t]*(?P<name>[^\n(@]{{0,100}})[(（]@(?P<handle>[\w.]{{1,40}})[)）]['’]?\w{{0,4}}\s(?:{shared_after})""",
        "shared_on": rf"\s{{1,4}}(?:{shared_on})\s{{1,3}}",
        "posted": rf"""
            (?:^[ \t>]*|(?<=[.!?…؟۔"”»)])\s{{0,2}})  # on a line of its own, or after a sentence
            (?P<all>(?:{posted})\s(?P<name>[^\n]{{1,100}}?)(?P<on>\s(?:{posted_on})(?:\s|(?=[^\W\d]))))""",
        "gone": rf"""
            ^[ \t>]*(?P<all>\[?(?P<phrase>{gone})\.?
            (?:\]\((?P<link>[^\s)]{{1,300}})\))?(?:\s{{0,3}}(?:{remarks})\.?)?)[ \t]*$""",
        "by": rf"""
            ^[ \t>]*(?P<all>(?:(?:{by})\s{{1,3}}@(?P<handle>[\w.]{{1,64}}(?:@[\w.\-]{{3,99}})?)\s{{1,6}})?
            (?:(?P<mastodon>{mastodon})|{threads}))[ \t]*$""",
        "forwarded": rf"^[ \t]*(?P<all>\[?[ ]?(?:{forwarded}):?\s(?P<name>[^\n\]]{{1,100}})\]?)[ \t]*$",
    }
    flags = re.IGNORECASE | re.MULTILINE | re.VERBOSE
    return {name: re.compile(pattern, flags) for name, pattern in patterns.items()}


def find_closings(text: str) -> Iterator[Closing]:
    """The widgets' lines that end a body: Instagram's without a head, Facebook's, Reddit's."""
    for posted in _patterns()["posted"].finditer(text) if _YEAR.search(text) else ():
        date = match_date(text, posted.end())
        word = _FIRST_WORD.match(text, posted.end())
        if date and date.iso and word and is_weekday(word[0]):
            rule = "facebook" if "\N{NO-BREAK SPACE}" in posted["on"] else "facebook-plain"
            name = posted["name"].strip(MARKS)
            yield Closing("facebook", posted.start("all"), skip_time(text, date.end), name, None, date.iso, None, rule)
    in_brackets = "(@" in text or "\N{FULLWIDTH LEFT PARENTHESIS}@" in text
    for shared in _patterns()["shared"].finditer(text) if in_brackets else ():
        end, day = shared.end(), None
        if (on := _patterns()["shared_on"].match(text, end)) and (date := match_date(text, on.end())):
            end, day = skip_time(text, date.end), date.iso
        name = shared["name"].strip(MARKS) or None
        yield Closing("instagram", shared.start(), end, name, shared["handle"], day, None, "instagram")
    for shared in _match_lines(_patterns()["shared_after"], text) if in_brackets else ():
        name = shared["name"].strip(MARKS) or None
        yield Closing("instagram", shared.start(), shared.end(), name, shared["handle"], None, None, "instagram")
    for by in _match_lines(_REDDIT, text) if "u/" in text else ():
        yield Closing("reddit", by.start(), by.end(), None, by["handle"], None, None, "reddit")


def _match_lines(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """What `finditer` finds with a pattern that only fits at the head of a line, and looks nowhere else."""
    at = 0
    while True:
        if match := pattern.match(text, at):
            yield match
            at = match.end() - 1
        at = text.find("\n", at) + 1
        if not at:
            return


def find_heads(text: str) -> list[tuple[int, int]]:
    """Where Instagram's line above a caption stands."""
    return [head.span() for head in _patterns()["head"].finditer(text)]


def find_whole(text: str) -> Iterator[Embed]:
    """Embeds that show where they begin and end: placeholders, sounds, widgets without words, forwards."""
    gone = embed_words()["gone"]
    for line in _match_lines(_patterns()["gone"], text):
        phrase = " ".join(line["phrase"].casefold().replace("’", "'").split())
        platform = next(key for key in _GONE if phrase in gone[key])
        link = match_post_link(line["link"], 0) if line["link"] else None
        handle, day, url = (link.handle, link.day, link.url) if link else (None, None, None)
        start, end = line.span("all")
        yield Embed(platform, start, end, None, None, None, handle, day, url, (), "gone")
    for line in _match_lines(_patterns()["by"], text):
        platform = "mastodon" if line["mastodon"] else "threads"
        start, end = line.span("all")
        yield Embed(platform, start, end, None, None, None, line["handle"], None, None, (), "widget")
    yield from _find_sounds(text)
    yield from _find_forwards(text)


def _find_sounds(text: str) -> Iterator[Embed]:
    """TikTok: "@handle caption ♬ sound"; the handle comes first, and who owns the sound is not the author."""
    if "♬" not in text:
        return
    handles = list(_TIKTOK_HANDLE.finditer(text))
    starts = [handle.start() for handle in handles]
    low = 0
    for sound in _SOUND.finditer(text):
        first = bisect_left(starts, max(low, sound.start() - TIKTOK_BODY))
        handle = handles[first] if first < len(handles) and handles[first].end() <= sound.start() else None
        low = sound.end()
        if handle is None:
            continue
        begin, stop = trim(text, handle.end(), sound.start())
        if text.count("\n", begin, stop) > TIKTOK_LINES:
            continue
        end, rule = sound.end(), "tiktok"
        if end - sound.start() > ONE_LINE and (one := _ONE_NAME.match(text, sound.start())):
            end, rule = one.end(), "tiktok?"
        body_start, body_end = (begin, stop) if begin < stop else (None, None)
        start = handle.start("handle") - 1
        end = trim(text, start, end)[1]
        name = handle["handle"].rstrip(".")
        yield Embed("tiktok", start, end, body_start, body_end, None, name, None, None, (), rule)


def _find_forwards(text: str) -> Iterator[Embed]:
    """Telegram: a forwarded or copied message inside a text, to the end of its paragraph.

    A text that is a forward as a whole is a repost, not an embed.
    """
    lines = list(_match_lines(_patterns()["forwarded"], text))
    if ", [" in text:
        lines += _match_lines(_COPIED, text)
    if not lines:
        return
    opening = len(text) - len(text.lstrip())
    stops = [blank.start() for blank in _BLANK_LINE.finditer(text)] + [len(text)]
    for line in lines:
        date = match_date(text, line.start("date")) if line.re is _COPIED else None
        if line.start("all") <= opening or (line.re is _COPIED and date is None):
            continue
        begin, stop = trim(text, line.end(), stops[bisect_left(stops, min(line.end() + 1, len(text)))])
        name = line["name"].strip(MARKS)
        handle = name[1:] if _TELEGRAM_NAME.fullmatch(name) else None
        body_start, body_end = (begin, stop) if begin < stop else (None, None)
        start, end = trim(text, line.start("all"), line.end("all") if body_end is None else body_end)
        day = date.iso if date else None
        shown = None if handle else name
        yield Embed("telegram", start, end, body_start, body_end, shown, handle, day, None, (), "forward?")
