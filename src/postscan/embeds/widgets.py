"""The lines that widgets leave in plain text: Instagram, Facebook, TikTok, Reddit, Mastodon, Threads, Telegram.

`WIDGETS`, at the end, lists the finders with the sign of each.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from postscan.dates import match_date, skip_time
from postscan.dates.grammar import DIGIT, is_weekday
from postscan.embeds.bodies import Closing, trim
from postscan.embeds.finders import Finder
from postscan.model import Embed
from postscan.postlinks import has_path, match_post_link
from postscan.remembered import Remembered
from postscan.wordlists import embed_words

MARKS = " \t\N{NO-BREAK SPACE}\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}"  # around a name
_STOPS = '.!?…؟۔"”»)'  # a sentence's end, for a character class
_LINE_MARKS = " \t>["  # before the first word of a widget's line
_HEAD = 4  # characters of a line's first word that are remembered
_DAY_IN_BRACKETS = ", ["
_INSTAGRAM = ("nsta", "NSTA", "نستغرام")  # as a head has the name
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
_ONE_TWO = "12\N{ARABIC-INDIC DIGIT ONE}\N{ARABIC-INDIC DIGIT TWO}"
_ONE_TWO += "\N{EXTENDED ARABIC-INDIC DIGIT ONE}\N{EXTENDED ARABIC-INDIC DIGIT TWO}"
# What may be the year of a day, 1300 to 2100: nothing that can be read is glued to an account's name or to digits.
_YEAR = re.compile(f"[{_ONE_TWO}]{f'[{DIGIT}]' * 3}(?![{DIGIT}])(?<![{DIGIT}_].{{4}})")
_STOP = re.compile(f"[\n{_STOPS}]")
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
    gone = "|".join(f"(?P<{platform}>{_any(words['gone'][platform])})" for platform in _GONE)
    remarks = _any(words["gone"]["remarks"])
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
            (?:^[ \t>]*|(?<=[{_STOPS}])\s{{0,2}})  # on a line of its own, or after a sentence
            (?P<all>(?:{posted})\s(?P<name>[^\n]{{1,100}}?)(?P<on>\s(?:{posted_on})(?:\s|(?=[^\W\d]))))""",
        "gone": rf"""
            ^[ \t>]*(?P<all>\[?(?:{gone})\.?
            (?:\]\((?P<link>[^\s)]{{1,300}})\))?(?:\s{{0,3}}(?:{remarks})\.?)?)[ \t]*$""",
        "by": rf"""
            ^[ \t>]*(?P<all>(?:(?:{by})\s{{1,3}}@(?P<handle>[\w.]{{1,64}}(?:@[\w.\-]{{3,99}})?)\s{{1,6}})?
            (?:(?P<mastodon>{mastodon})|{threads}))[ \t]*$""",
        "forwarded": rf"^[ \t]*(?P<all>\[?[ ]?(?:{forwarded}):?\s(?P<name>[^\n\]]{{1,100}})\]?)[ \t]*$",
    }
    flags = re.IGNORECASE | re.MULTILINE | re.VERBOSE
    return {name: re.compile(pattern, flags) for name, pattern in patterns.items()}


def find_posted(text: str) -> Iterator[Closing]:
    """Facebook's lines, which end a body."""
    for posted in _match_after_stops(_patterns()["posted"], text):
        date = match_date(text, posted.end())
        word = _FIRST_WORD.match(text, posted.end())
        if date and date.iso and word and is_weekday(word[0]):
            rule = "facebook" if "\N{NO-BREAK SPACE}" in posted["on"] else "facebook-plain"
            name = posted["name"].strip(MARKS)
            yield Closing("facebook", posted.start("all"), skip_time(text, date.end), name, None, date.iso, None, rule)


def find_shared(text: str) -> Iterator[Closing]:
    """Instagram's lines without a head, which end a body."""
    for shared in _patterns()["shared"].finditer(text):
        end, day = shared.end(), None
        if (on := _patterns()["shared_on"].match(text, end)) and (date := match_date(text, on.end())):
            end, day = skip_time(text, date.end), date.iso
        name = shared["name"].strip(MARKS) or None
        yield Closing("instagram", shared.start(), end, name, shared["handle"], day, None, "instagram")
    for shared in _match_lines(_patterns()["shared_after"], text):
        name = shared["name"].strip(MARKS) or None
        yield Closing("instagram", shared.start(), shared.end(), name, shared["handle"], None, None, "instagram")


def find_reddit(text: str) -> Iterator[Closing]:
    """Reddit's lines, which end a body."""
    for by in _match_lines(_REDDIT, text):
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


def _match_after_stops(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """What `finditer` finds with a pattern that fits at the head of a line or after a sentence, looking there alone."""
    done = 0
    for at in (0, *[stop.end() for stop in _STOP.finditer(text)]):
        if at >= done and (match := pattern.match(text, at)):
            yield match
            done = match.end()


def find_heads(text: str) -> Iterator[Embed]:
    """Instagram's lines above a caption, as embeds without one."""
    for head in _patterns()["head"].finditer(text):
        if any(name in head[0] for name in _INSTAGRAM):
            yield Embed("instagram", *head.span(), None, None, None, None, None, None, (), "instagram-empty")


def find_lines(text: str) -> Iterator[Embed]:
    """What fills its line and shows no words: placeholders of posts that are gone, Mastodon's and Threads' codes."""
    for line in _match_lines(_patterns()["gone"], text):
        platform = next(platform for platform in _GONE if line[platform])
        link = match_post_link(line["link"], 0) if line["link"] else None
        handle, day, url = (link.handle, link.day, link.url) if link else (None, None, None)
        start, end = line.span("all")
        yield Embed(platform, start, end, None, None, None, handle, day, url, (), "gone")
    for line in _match_lines(_patterns()["by"], text):
        platform = "mastodon" if line["mastodon"] else "threads"
        start, end = line.span("all")
        yield Embed(platform, start, end, None, None, None, line["handle"], None, None, (), "widget")


def find_sounds(text: str) -> Iterator[Embed]:
    """TikTok: "@handle caption ♬ sound"; the handle comes first, and who owns the sound is not the author."""
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


def find_forwards(text: str) -> Iterator[Embed]:
    """Telegram: a forwarded or copied message inside a text, to the end of its paragraph.

    A text that is a forward as a whole is a repost, not an embed.
    """
    lines = list(_match_lines(_patterns()["forwarded"], text))
    if _DAY_IN_BRACKETS in text:
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


@functools.cache
def _phrases() -> tuple[str, ...]:
    """The phrases that open what `find_lines` and `find_forwards` find."""
    words = embed_words()
    gone = [phrase for key in _GONE for phrase in words["gone"][key]]
    widgets = [*words["widgets"]["by"], *words["widgets"]["mastodon"], *words["widgets"]["threads"]]
    return (*gone, *widgets, *words["telegram"]["forwarded"])


@functools.cache
def _beginnings() -> re.Pattern[str]:
    """Their first letters."""
    firsts = {phrase.split()[0] for phrase in _phrases()}
    pattern = "|".join(_any([word[:_HEAD]]) + (r"(?:\s|\Z)" if len(word) < _HEAD else "") for word in sorted(firsts))
    return re.compile(pattern, re.IGNORECASE)


_BEGINS = Remembered(lambda head: _beginnings().match(head) is not None, most=1 << 12, longest=_HEAD)
"""Whether a phrase may begin with these characters."""


@functools.cache
def _opening() -> re.Pattern[str]:
    """The whole of a phrase at the head of a line."""
    return re.compile(rf"^[{re.escape(_LINE_MARKS)}]*+(?:{_any(_phrases())})", re.IGNORECASE | re.MULTILINE)


def _has_phrase(text: str) -> bool:
    """Whether a line begins with a phrase of `find_lines` or `find_forwards`."""
    if "\n" not in text:
        begins = _BEGINS[text.lstrip(_LINE_MARKS)[:_HEAD]]
    else:
        begins = True in [_BEGINS[line.lstrip(_LINE_MARKS)[:_HEAD]] for line in text.split("\n")]
    return begins and _opening().search(text) is not None


WIDGETS = (
    Finder(find_posted, test=_YEAR.search),
    Finder(find_shared, parts=("(@", "\N{FULLWIDTH LEFT PARENTHESIS}@")),
    Finder(find_reddit, test=has_path),
    Finder(find_lines, test=_has_phrase),
    Finder(find_sounds, parts=("♬",)),
    Finder(find_forwards, parts=("[",), test=_has_phrase),
    Finder(find_heads, parts=_INSTAGRAM),
)
"""All that find widgets' lines; a year is of the day that Facebook prints."""
