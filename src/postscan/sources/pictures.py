"""Credits of pictures: who took one and who gives it, after a label or around an agency's name."""

from __future__ import annotations

from postscan.sources.mentions import Found
from postscan.sources.names import Handles, credited
from postscan.sources.outlets import mention_at
from postscan.sources.wires import DASHES
from postscan.sources.words import Words, label_end, role


def find_picture(words: Words, at: int, kind: str, handles: Handles) -> list[Found]:
    """Who took a picture and who gives it: "Photo: A B/AFP via Getty Images"."""
    end = label_end(words, at, "photo_by")
    colon = False
    if not end or not (words.soft(end) or words.gaps[end].endswith("@")):
        end = 0
        bare = label_end(words, at, "photo_label")
        gap = words.gaps[bare].strip(" )") if bare else ""
        colon = (
            bool(gap)
            and (gap[0] in ":|\N{ARABIC COMMA}/\N{COPYRIGHT SIGN}" or (gap[0] in DASHES + "," and kind == "caption"))
            and "\n" not in words.gaps[bare]
        )
        if (bare and bare < words.size and colon) or (
            bare and kind == "caption" and bare < words.size and words.gaps[bare].endswith("@")
        ):
            end = bare
    if end and end < words.size and (colon or end > at) and "\n" not in words.gaps[end]:
        placed = words.line_start(at) or words.gaps[at].strip() or kind == "caption" or words.gaps[end].endswith("@")
        if not placed and not (words.words[at] in role("ar", "and_pictures") and _closes(words, end)):
            return []
        return credited(words, end, "photo", "photo-credit", handles, strict=not colon)
    return find_agency_picture(words, at, kind, handles)


def _closes(words: Words, at: int) -> bool:
    """Whether a name of two or three words ends the line there."""
    return any(words.line_end(last) and all(words.soft(i) for i in range(at, last)) for last in (at + 2, at + 3))


def find_agency_picture(words: Words, at: int, kind: str, handles: Handles) -> list[Found]:
    """Credits around an agency: "REUTERS/Name/File Photo", "(AP Photo/Name, File)", "Name/AFP via Getty Images"."""
    if kind == "caption" or words.gaps[at].rstrip()[-1:] == "(":
        credit = words.words[at] in ("credit", "credits", "courtesy") and words.gaps[at + 1].strip() == ":"
        if credit:
            return credited(words, at + 1, "photo", "photo-credit", handles, strict=False)
    mention = mention_at(words, at)
    if mention is None or not (mention.name.latin or kind == "caption"):
        return []
    last = mention.last
    marked = words.word(last) in ("photo", "photos", "images", "image", "pool") and words.soft(last)
    slash = words.gaps[last].strip() == "/" or (marked and words.gaps[last + 1].strip() == "/")
    bracket = words.gaps[at].rstrip()[-1:] == "("
    before = words.gaps[at].strip() == "/" and _name_before(words, at) < at
    via = words.word(last) == "via" and mention_at(words, last + 1) is not None if last + 1 < words.size else False
    if before and not (at > 1 and _name_before(words, at) == 0 and kind != "caption" and not words.line_end(last)):
        return credited(words, _name_before(words, at), "photo", "photo-credit", handles, strict=True)
    closes = words.gaps[last].strip()[:1] == ")" or words.line_end(last)
    in_caption = (
        kind == "caption"
        and closes
        and (
            bracket
            or words.sentence_start(at)
            or words.gaps[at].strip()[-1:] in tuple("/|,\N{COPYRIGHT SIGN}" + DASHES)
        )
    )
    if (
        (slash and not _slash_wire(words, last))
        or (marked and bracket)
        or in_caption
        or via
        or (words.gaps[at].rstrip()[-1:] == "\N{COPYRIGHT SIGN}" and kind == "caption")
    ):
        return credited(words, at, "photo", "photo-credit", handles, strict=True)
    return []


def may_show(words: Words, kind: str) -> bool:
    """Whether an agency's name alone may credit a picture: what that needs stands somewhere in the block."""
    raw = words.raw
    return kind == "caption" or "/" in raw or "(" in raw or "\N{COPYRIGHT SIGN}" in raw or "via" in words.words


def _slash_wire(words: Words, last: int) -> bool:
    """Whether agencies alone share a credit: "(AFP/Reuters)"."""
    return last < words.size and mention_at(words, last) is not None and words.gaps[last].strip() == "/"


def _name_before(words: Words, at: int) -> int:
    """Where the person's name begins that ends before `at`."""
    first = at
    while (
        first > 0
        and at - first < 4
        and words.capital(first - 1)
        and (first == at or words.soft(first))
        and words.word(first - 1) not in role("en", "stop")
    ):
        first -= 1
    return first if at - first > 1 else at
