"""Credits with a label: staff, source lines and hat tips; pictures have a module of their own."""

from __future__ import annotations

import functools

from postscan.sources import arabic_phrases, nouns
from postscan.sources.bits import CREDIT, LABEL, NAME, PHOTO, SOURCE, STAFF, TIP
from postscan.sources.gate import CAMERAS
from postscan.sources.mentions import Found
from postscan.sources.names import Handles, credited, handle_at, person_end
from postscan.sources.outlets import mention_at, outlet_of_handle
from postscan.sources.pictures import find_agency_picture, find_picture, may_show
from postscan.sources.wires import agencies
from postscan.sources.words import Words, fold_words, label_end, labels, role
from postscan.wordlists import outlet_rows


@functools.cache
def _platforms() -> frozenset[tuple[str, ...]]:
    return frozenset(fold_words(name) for name in outlet_rows().platforms)


def find_credits(words: Words, places: list[int], kind: str, handles: Handles, *, cameras: bool) -> list[Found]:
    """Pictures, staff, hat tips and source lines of a block of this kind; `cameras` says whether it shows one."""
    found: list[Found] = []
    free = 0
    pictured = may_show(words, kind)
    signs = words.signs
    wanted = LABEL | TIP | NAME if pictured else LABEL | TIP
    for at in range(len(signs)) if cameras else places:
        sign = signs[at]
        if at < free or not (cameras or sign & wanted):
            continue
        camera = cameras and not CAMERAS.isdisjoint(words.gaps[at])
        if not (sign & wanted or camera):
            continue
        some: list[Found] = []
        if camera:
            some = credited(words, at, "photo", "photo-credit", handles, strict=True)
        if not some and sign & PHOTO:
            some = find_picture(words, at, kind, handles)
        elif pictured and not some and sign & (CREDIT | NAME):
            some = find_agency_picture(words, at, kind, handles)
        if not some and sign & SOURCE and (not at or words.gaps[at] != " "):
            some = _source_line(words, at, handles)
        if not some and sign & STAFF and (not at or words.gaps[at] != " " or words.words[at] in labels("staff_credit")):
            some = _staff(words, at, kind)
        if not some and sign & TIP:
            some = _hat_tip(words, at, handles)
        if some:
            found += some
            free = max(one.last for one in some)
    return found


def _source_line(words: Words, at: int, handles: Handles) -> list[Found]:
    """What a line "Source: X + Y" names."""
    end = label_end(words, at, "source_label")
    if (
        not end
        or end >= words.size
        or not (words.line_start(at) or words.gaps[at].strip()[-1:] in ("(", "[", "|", "-", "\N{EN DASH}"))
    ):
        return []
    gap = words.gaps[end].strip()
    if gap[:1] not in (":", "|", "/", "\N{EM DASH}", "-") or not gap:
        return []
    found: list[Found] = []
    at = end
    while at < words.size and "\n" not in (words.gaps[at] if found else words.gaps[at].strip(" ")[1:2]):
        while at < words.size and (
            words.words[at] in role("ar", "press")
            or words.words[at] in role("fa", "press")
            or words.words[at] in ("the", "و", "and")
        ):
            if words.words[at] in agencies() or mention_at(words, at):
                break
            at += 1
        if at >= words.size:
            break
        mention = mention_at(words, at)
        handle = handle_at(words, at, handles)
        if words.words[at] in agencies():
            found.append(Found("wire", at, at + 1, 0, None, "source-line"))
            last = at + 1
        elif mention:
            last = mention.last
            found.append(Found("outlet", at, last, mention.skip, mention.canonical, "source-line"))
        elif handle:
            last = handle[0]
            found.append(Found("outlet", at, last, 0, words.surface(at, last), "source-line"))
        else:
            last = at
            while last < words.size and (last == at or words.soft(last)) and last - at < 5:
                last += 1
            if not words.line_end(last) or found or last - at > 4:
                break
            found.append(_unknown_source(words, at, last))
        at = last
        while at < words.size and words.soft(at) and words.words[at] not in ("و", "and"):
            at += 1
        if at >= words.size or words.gaps[at].strip(" @#") not in (
            "",
            "+",
            "/",
            ",",
            "-",
            "\N{ARABIC COMMA}",
            "&",
            "\N{EN DASH}",
            "|",
        ):
            break
    return found


def _unknown_source(words: Words, first: int, last: int) -> Found:
    """An institution where the words are one's; else what is taken for an outlet that no table has."""
    if nouns.kind_of(words, first, last) == "official" or arabic_phrases.kind_of(words, first)[0] == "official":
        return Found("official", first, last, 0, None, "source-line")
    return Found("outlet", first, last, 0, words.surface(first, last), "source-line?")


def _staff(words: Words, at: int, kind: str) -> list[Found]:
    """Who wrote, edited or translated: in bylines, and where a credit stands in brackets or fills a line."""
    end = label_end(words, at, "staff_label")
    if end and end < words.size:
        return _byline(words, at, end, kind)
    return _contributors(words, at) if label_end(words, at, "staff_credit") else []


def _byline(words: Words, at: int, end: int, kind: str) -> list[Found]:
    if at and words.gaps[at] == " ":
        return []
    gap = words.gaps[end].strip()
    marked = gap[:1] in (":", "|", "/", "\N{EM DASH}", "-") and gap != "" and "\n" not in words.gaps[end]
    opens = words.line_start(at) or words.gaps[at].strip(" ")[-1:] in (
        "(",
        "[",
        "|",
        "-",
        ";",
        "\N{EN DASH}",
        "\N{EM DASH}",
        ".",
        "/",
        "\N{ARABIC SEMICOLON}",
    )
    latin = words.words[at][0] < "\u0530"
    if not opens or not (
        marked
        or kind == "byline"
        or words.gaps[at].strip(" ")[-1:] in ("(", "[")
        or (latin and words.words[at:end] != ["by"] and end - at > 1)
    ):
        return []
    if not gap and latin and not words.soft(end):
        return []
    if not marked and not latin and kind != "byline" and words.gaps[at].strip()[-1:] not in ("(", "-", "["):
        return []
    if (
        not latin
        and kind != "byline"
        and marked
        and not _short_line(words, at)
        and words.gaps[at].strip()[-1:] not in ("(", "-", "[")
    ):
        return []
    if latin and words.words[end - 1] in ("by", "von", "par", "por") and not words.capital(end) and not marked:
        return []
    return credited(words, end, "staff", "byline", {}, strict=not latin)


def _short_line(words: Words, at: int) -> bool:
    """Whether the line that opens there ends within seven words."""
    return any(words.line_end(i) for i in range(at + 1, min(at + 8, words.size + 1)))


def _contributors(words: Words, at: int) -> list[Found]:
    """Whose name stands before "contributed to this report"."""
    found = []
    last = at
    while last > 0:
        first = last
        while (
            first > 0
            and last - first < 4
            and words.capital(first - 1)
            and (first == last or words.soft(first))
            and words.words[first - 1] not in role("en", "staff_role")
        ):
            first -= 1
        if first == last:
            break
        found.append(Found("staff", first, last, 0, words.surface(first, last), "byline"))
        last = first
        if last > 0 and (words.words[last - 1] == "and" or words.gaps[last].strip() == ","):
            last -= words.words[last - 1] == "and"
            continue
        break
    return found[::-1]


def _hat_tip(words: Words, at: int, handles: Handles) -> list[Found]:
    """Who is thanked for a picture or a lead: a handle, an outlet or a platform, after "via", "h/t", "شكرا لـ"."""
    end = label_end(words, at, "hat_tip")
    if not end or end >= words.size or "\n" in words.gaps[end]:
        return []
    if words.words[end] in ("the", "to", "ل") and words.soft(end) and end + 1 < words.size:
        end += 1
    tip = words.words[at:end]
    named = tip[0] in ("h", "ht", "hat", "hattip") or (
        tip == ["بشكريه"] and (words.line_start(at) or words.gaps[at].strip() != "")
    )
    found: list[Found] = []
    while end < words.size:
        handle = handle_at(words, end, handles)
        mention = None if handle else mention_at(words, end)
        platform = _platform_end(words, end)
        if handle:
            outlet = outlet_of_handle(handle[1].value)
            last, name = handle[0], outlet.name if outlet else words.surface(end, handle[0])
            found.append(Found("via", end, last, 0, name, "hat-tip"))
        elif mention:
            if mention.name.common and mention.name.latin and tip == ["via"]:
                break
            last = mention.last
            found.append(Found("via", end, last, mention.skip, mention.canonical, "hat-tip"))
        elif platform:
            last = platform
            found.append(Found("via", end, last, 0, words.surface(end, last), "hat-tip"))
        elif named and not found:
            last = person_end(words, end, strict=False)
            if last == end:
                break
            found.append(Found("via", end, last, 0, words.surface(end, last), "hat-tip"))
        else:
            break
        if last >= words.size or "\n" in words.gaps[last]:
            break
        gap = words.gaps[last].strip(" @\"'")
        if words.words[last] in ("and", "و", "اور") and not gap:
            last += 1
        elif gap not in (",", "/", "&", "+", "\N{ARABIC COMMA}"):
            break
        end = last
    return found


def _platform_end(words: Words, at: int) -> int:
    """Where a platform's name ends that begins there; 0 where none does."""
    if words.capital(at):
        for end in range(min(at + 3, words.size), at, -1):
            if tuple(words.words[at:end]) in _platforms():
                return end
    return 0
