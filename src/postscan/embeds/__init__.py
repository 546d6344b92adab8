"""Embeds: other people's posts inside this one, with their words, their author and their day.

What the format marked is taken as it is. The rest is found by a grammar of what widgets leave once they are plain text.
Precision comes first: a quotation with a dash and a name, a byline with a handle, a list of accounts are no embeds.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from postscan.embeds.attributions import ATTRIBUTIONS
from postscan.embeds.bodies import BLANK, Body, Closing, find_body, opens, trim
from postscan.embeds.voices import FINAL, PIC, PIC_SIGN, has_words, is_first_person, is_social
from postscan.embeds.widgets import WIDGETS
from postscan.model import Embed, Entity
from postscan.postlinks import has_path, match_post_link

_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_NEXT_LINE = re.compile(r"[ \t]*\n[ \t]*")
_LIST_LINE = re.compile(r"\s{1,9}[-–—•*][^\n@]{0,90}\(@")
TITLE = 60  # characters of what may be a title
LABEL = 3  # words of what may be a place
CAPTION = 2300  # characters between Instagram's head and its attribution
FINDERS = (ATTRIBUTIONS, *WIDGETS)
_ANY = {*(part for finder in FINDERS for part in finder.parts), PIC_SIGN}
_PARTS = tuple(sorted(part for part in _ANY if not any(other in part for other in _ANY - {part})))
"""The signs of all finders, and of pictures: without one of them, or a test that holds, there is no embed."""
_TESTS = tuple(dict.fromkeys([has_path, *(finder.test for finder in FINDERS if finder.test)]))


def find_embeds(text: str, entities: Sequence[Entity], marked: Sequence[Embed] = ()) -> tuple[Embed, ...]:
    r"""The embeds of a text, sorted and disjoint: those that the format marked, and those that the grammar finds.

    >>> text = "Bang.\nCups off the shelf! pic.x.com/a1b2c3d4e5\n— Aneurin (@aneurin) May 9, 2023\nIt was small."
    >>> [embed] = find_embeds(text, ())
    >>> text[embed.body_start : embed.body_end], embed.name, embed.handle, embed.date, embed.media
    ('Cups off the shelf!', 'Aneurin', 'aneurin', '2023-05-09', ('pic.x.com/a1b2c3d4e5',))
    """
    if not marked:  # most posts leave here; functions and any() would take twice as long
        for part in _PARTS:
            if part in text:
                break
        else:
            for test in _TESTS:
                if test(text):
                    break
            else:
                return ()
    fixed = sorted(marked, key=lambda embed: (embed.start, embed.end))
    found = list(_sweep(text, entities, fixed))
    embeds = sorted([*fixed, *found], key=lambda embed: embed.start)
    return tuple(_add_pictures(text, embeds) if PIC_SIGN in text else embeds)


def _sweep(text: str, entities: Sequence[Entity], fixed: Sequence[Embed]) -> Iterator[Embed]:
    """What the grammar finds outside the marked embeds, from left to right."""
    items: list[Closing | Embed] = []
    for finder in FINDERS:
        if finder.may_find(text):
            items += finder.find(text)
    if has_path(text):
        items += _find_bare_links(text, entities)
    heads = [(item.start, item.end) for item in items if item.rule == "instagram-empty"]
    items.sort(key=lambda item: (item.start, isinstance(item, Embed), item.end))
    if heads:
        items = _without_used_heads(items, heads)
    starts = [embed.start for embed in fixed]
    low = 0
    for item in items:
        at = bisect_right(starts, item.start)
        barrier = max(low, fixed[at - 1].end if at else 0)
        ceiling = fixed[at].start if at < len(fixed) else len(text)
        if item.start < barrier or item.end > ceiling:
            continue
        embed = item if isinstance(item, Embed) else _embed(text, barrier, item, heads)
        if embed:
            yield embed
            low = embed.end


def _without_used_heads(items: list[Closing | Embed], heads: list[tuple[int, int]]) -> list[Closing | Embed]:
    """The items without Instagram's heads that a later line of the same widget completes."""
    used = {
        _head_before(heads, item.start) for item in items if isinstance(item, Closing) and item.platform == "instagram"
    }
    return [item for item in items if not (item.rule == "instagram-empty" and (item.start, item.end) in used)]


def _head_before(heads: list[tuple[int, int]], at: int) -> tuple[int, int] | None:
    """Instagram's head that belongs to the attribution at `at`, or null."""
    number = bisect_right(heads, (at, at)) - 1
    return heads[number] if number >= 0 and at - heads[number][1] <= CAPTION else None


def _embed(text: str, low: int, closing: Closing, heads: list[tuple[int, int]]) -> Embed | None:
    """The embed that a closing ends, or null where nothing that could be a post stands before it."""
    head = _head_before(heads, closing.start) if closing.platform == "instagram" else None
    if head and head[0] >= low:
        body = find_body(text, head[1], closing)
        begin = trim(text, head[1], closing.start)[0]
        span = (begin, body.end) if body and begin < body.end else (None, None)
        return _make(closing, head[0], span, body.media if body else (), "instagram")
    if closing.rule == "undated" and (not _ends_line(text, closing) or _is_listed(text, low, closing)):
        return None
    body = find_body(text, low, closing)
    if not _is_embed(text, closing, body):
        return None
    if body is None or _is_page_above(text, closing, body):
        return _make(closing, closing.start, (None, None), (), f"{closing.rule}/lost?")
    rule = closing.rule.removesuffix("-plain")
    span = (body.start, body.end) if body.start < body.end else (None, None)
    return _make(closing, _with_quote_marks(text, low, body), span, body.media, f"{rule}/{body.rule}")


def _is_page_above(text: str, closing: Closing, body: Body) -> bool:
    """Whether the paragraph above Instagram's line, without its head, is the page's first and reports."""
    words = text[body.start : body.end]
    first = closing.rule == "instagram" and opens(text, body.start) and "\n" in text[body.end : closing.start]
    return first and not is_social(words) and not is_first_person(words)


def _make(
    closing: Closing, start: int, span: tuple[int | None, int | None], media: tuple[str, ...], rule: str
) -> Embed:
    return Embed(
        closing.platform,
        start,
        closing.end,
        *span,
        closing.name,
        closing.handle,
        closing.date,
        closing.url,
        media,
        rule,
    )


def _with_quote_marks(text: str, low: int, body: Body) -> int:
    """The start with the quote marks of converted HTML before it."""
    start = body.start
    while start > low and text[start - 1] in "> \t" and ">" in text[max(low, start - 8) : start]:
        start -= 1
    while text[start].isspace():
        start += 1
    return start


def _is_embed(text: str, closing: Closing, body: Body | None) -> bool:
    """Whether a closing ends a post: what is credited in bylines, lists, programmes and pictures does not."""
    own_line = not text[max(0, closing.start - 200) : closing.start].rpartition("\n")[2].strip(f"{BLANK}>")
    if body is None:
        return closing.rule in ("attribution", "instagram") and own_line
    words = text[body.start : body.end]
    said = bool(body.media or is_social(words) or FINAL.search(words))
    if closing.rule == "undated":
        return _is_undated_embed(text, closing, body, own_line=own_line, said=said)
    if closing.rule == "facebook-plain":
        return bool(FINAL.search(words)) and not (opens(text, body.start) and len(words) < TITLE)
    if closing.rule == "attribution" and not said:
        return not (_is_title(text, closing, body) or (not own_line and _is_label(text, closing, body)))
    return True


def _is_title(text: str, closing: Closing, body: Body) -> bool:
    """Whether the words open the post, and the attribution's day, on a line below it, is the byline's."""
    return opens(text, body.start) and "\n" in text[closing.start : closing.end] and _goes_on(text, closing.end)


def _is_label(text: str, closing: Closing, body: Body) -> bool:
    """Whether the words are a place or a class before a byline's dash ("KABUL — A (@a) August 6, 2021")."""
    words = text[body.start : body.end]
    if not text[closing.start - 1].isspace() or len(words.split()) > LABEL:
        return False
    return words.isupper() or "\n" not in text[max(0, body.start - 300) : body.start].strip()


def _goes_on(text: str, at: int) -> bool:
    return bool(text[at : at + 400].strip())


def _ends_line(text: str, closing: Closing) -> bool:
    return not text[closing.end : closing.end + 200].partition("\n")[0].strip()


def _is_listed(text: str, low: int, closing: Closing) -> bool:
    """Whether an account stands on the line above, so that there is a list and no post; a quick look."""
    line = text.rfind("\n", max(low, closing.start - 200), closing.start) + 1
    above = text.rfind("\n", max(low, line - 200), max(line - 1, 0)) + 1
    return line > above >= low and not text[line : closing.start].strip() and "(@" in text[above:line]


def _is_undated_embed(text: str, closing: Closing, body: Body, *, own_line: bool, said: bool) -> bool:
    """Whether an attribution without a day stands under a post: alone at the end of its line, after a post's words."""
    words = text[body.start : body.end]
    glued = not text[closing.start - 1].isspace()
    if not (own_line or glued or body.media) or "(@" in words or words.endswith((":", "：")):
        return False
    if _LIST_LINE.match(text, closing.end):
        return False
    more = _goes_on(text, closing.end)
    gap = text[body.end : closing.start].count("\n")
    sign_off = own_line and gap > 1 and not more and not (body.media or is_social(words))
    return not sign_off and (said or not (more and opens(text, body.start)))


def _find_bare_links(text: str, entities: Iterable[Entity]) -> Iterator[Embed]:
    """Links to one post that fill a line, or end it after a colon."""
    starts = {scheme.start() for scheme in _SCHEME.finditer(text)} if "://" in text else set()
    starts.update(entity.start for entity in entities if entity.kind == "url")
    for start in sorted(starts):
        link = match_post_link(text, start)
        if not link or text[link.end : link.end + 200].partition("\n")[0].strip(BLANK):
            continue
        lead = text[max(0, start - 200) : start].rpartition("\n")[2].strip(BLANK)
        if not lead or lead.endswith((":", "：")):
            rule = "link" if not lead else "link-after-colon"
            yield Embed(link.platform, start, link.end, None, None, None, link.handle, link.day, link.url, (), rule)


def _add_pictures(text: str, embeds: list[Embed]) -> list[Embed]:
    """The embeds, with the pictures that stand at line ends between them.

    A picture on the line after an attribution belongs to that post; a paragraph in the middle that ends in one is a
    post whose author is lost. The last thing of a post is its own picture.
    """
    out: list[Embed] = []
    rest = iter([*embeds, None])
    following = next(rest)
    for pic in PIC.finditer(text):
        while following and following.end <= pic.start():
            out.append(following)
            following = next(rest)
        if following and following.start <= pic.start():
            continue
        last = out[-1] if out else None
        low = last.end if last else 0
        if pic.start() < low or text[pic.end() : pic.end() + 99].partition("\n")[0].strip():
            continue
        gap = _NEXT_LINE.match(text, low)
        if (
            last
            and last.platform == "x"
            and last.handle
            and not last.media
            and gap
            and "\n" not in text[gap.end() : pic.start()]
        ):
            out[-1] = replace(last, end=pic.end(), media=(pic[0],))
            continue
        body = find_body(text, low, Closing("x", pic.end(), pic.end(), None, None, None, None, "picture"))
        if not body or body.start == body.end or opens(text, low or body.start):
            continue
        if has_words(text[pic.end() : pic.end() + 400]):
            span = (body.start, body.end)
            out.append(Embed("x", body.start, pic.end(), *span, None, None, None, None, body.media, "picture?"))
    return [*out, *([following] if following else []), *(embed for embed in rest if embed)]
