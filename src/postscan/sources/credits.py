"""Credits with a label: pictures, staff, source lines and hat tips."""

from __future__ import annotations

import functools

from postscan.sources.gate import CAMERAS, CREDIT, LABEL, NAME, PHOTO, SOURCE, STAFF, TIP
from postscan.sources.mentions import Found
from postscan.sources.names import Handles, credited, handle_at, person_end
from postscan.sources.outlets import mention_at
from postscan.sources.wires import DASHES, agencies
from postscan.sources.words import Words, fold_words, label_end, phrases, role
from postscan.wordlists import outlet_rows


@functools.cache
def _platforms() -> frozenset[tuple[str, ...]]:
    return frozenset(fold_words(name) for name in outlet_rows().platforms)


def find_credits(words: Words, kind: str, handles: Handles) -> list[Found]:
    """Pictures, staff, hat tips and source lines of a block of this kind."""
    found: list[Found] = []
    free = 0
    for at, sign in enumerate(words.signs):
        camera = words.gaps[at] != " " and not CAMERAS.isdisjoint(words.gaps[at])
        if at < free or not (sign & (LABEL | TIP | NAME) or camera):
            continue
        some: list[Found] = []
        if camera:
            some = credited(words, at, "photo", "photo-credit", handles, strict=True)
        if not some and sign & (PHOTO | CREDIT | NAME):
            some = _picture(words, at, kind, handles)
        if not some and sign & SOURCE:
            some = _source_line(words, at, handles)
        if not some and sign & STAFF:
            some = _staff(words, at, kind)
        if not some and sign & TIP:
            some = _hat_tip(words, at, handles)
        if some:
            found += some
            free = max(one.last for one in some)
    return found


def _picture(words: Words, at: int, kind: str, handles: Handles) -> list[Found]:
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
        if (bare and bare < len(words) and colon) or (
            bare and kind == "caption" and bare < len(words) and words.gaps[bare].endswith("@")
        ):
            end = bare
    if end and end < len(words) and (colon or end > at) and "\n" not in words.gaps[end]:
        if not (words.line_start(at) or words.gaps[at].strip() or kind == "caption" or words.gaps[end].endswith("@")):
            return []
        return credited(words, end, "photo", "photo-credit", handles, strict=not colon)
    return _agency_picture(words, at, kind, handles)


def _agency_picture(words: Words, at: int, kind: str, handles: Handles) -> list[Found]:
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
    via = words.word(last) == "via" and mention_at(words, last + 1) is not None if last + 1 < len(words) else False
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


def _slash_wire(words: Words, last: int) -> bool:
    """Whether agencies alone share a credit: "(AFP/Reuters)"."""
    return last < len(words) and mention_at(words, last) is not None and words.gaps[last].strip() == "/"


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


def _source_line(words: Words, at: int, handles: Handles) -> list[Found]:
    """What a line "Source: X + Y" names."""
    end = label_end(words, at, "source_label")
    if (
        not end
        or end >= len(words)
        or not (words.line_start(at) or words.gaps[at].strip()[-1:] in ("(", "[", "|", "-", "\N{EN DASH}"))
    ):
        return []
    gap = words.gaps[end].strip()
    if gap[:1] not in (":", "|", "/", "\N{EM DASH}", "-") or not gap:
        return []
    found: list[Found] = []
    at = end
    while at < len(words) and "\n" not in (words.gaps[at] if found else words.gaps[at].strip(" ")[1:2]):
        while at < len(words) and (
            words.words[at] in role("ar", "press")
            or words.words[at] in role("fa", "press")
            or words.words[at] in ("the", "و", "and")
        ):
            if words.words[at] in agencies() or mention_at(words, at):
                break
            at += 1
        if at >= len(words):
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
            while last < len(words) and (last == at or words.soft(last)) and last - at < 5:
                last += 1
            if not words.line_end(last) or found or last - at > 4:
                break
            found.append(Found("outlet", at, last, 0, words.surface(at, last), "source-line?"))
        at = last
        while at < len(words) and words.soft(at) and words.words[at] not in ("و", "and"):
            at += 1
        if at >= len(words) or words.gaps[at].strip(" @#") not in (
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


def _staff(words: Words, at: int, kind: str) -> list[Found]:
    """Who wrote, edited or translated: in bylines, and where a credit stands in brackets or fills a line."""
    end = label_end(words, at, "staff_label")
    if end and end < len(words):
        return _byline(words, at, end, kind)
    for phrase in phrases("en", "staff_credit"):
        if words.phrase(at, phrase):
            return _contributors(words, at)
    return []


def _byline(words: Words, at: int, end: int, kind: str) -> list[Found]:
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
    return any(words.line_end(i) for i in range(at + 1, min(at + 8, len(words) + 1)))


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
    if not end or end >= len(words) or "\n" in words.gaps[end]:
        return []
    if words.words[end] in ("the", "to", "ل") and words.soft(end) and end + 1 < len(words):
        end += 1
    tip = words.words[at:end]
    named = tip[0] in ("h", "ht", "hat", "hattip") or (
        tip == ["بشكريه"] and (words.line_start(at) or words.gaps[at].strip() != "")
    )
    found: list[Found] = []
    while end < len(words):
        handle = handle_at(words, end, handles)
        mention = None if handle else mention_at(words, end)
        platform = next(
            (n for n in (3, 2, 1) if tuple(words.words[end : end + n]) in _platforms() and words.capital(end)), 0
        )
        if handle:
            last, name = handle[0], words.surface(end, handle[0])
            found.append(Found("via", end, last, 0, name, "hat-tip"))
        elif mention:
            if mention.name.common and mention.name.latin and tip == ["via"]:
                break
            last = mention.last
            found.append(Found("via", end, last, mention.skip, mention.canonical, "hat-tip"))
        elif platform:
            last = end + platform
            found.append(Found("via", end, last, 0, words.surface(end, last), "hat-tip"))
        elif named and not found:
            last = person_end(words, end, strict=False)
            if last == end:
                break
            found.append(Found("via", end, last, 0, words.surface(end, last), "hat-tip"))
        else:
            break
        if last >= len(words) or "\n" in words.gaps[last]:
            break
        gap = words.gaps[last].strip(" @\"'")
        if words.words[last] in ("and", "و", "اور") and not gap:
            last += 1
        elif gap not in (",", "/", "&", "+", "\N{ARABIC COMMA}"):
            break
        end = last
    return found
