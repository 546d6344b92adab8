"""One scan as HTML: blocks coloured, entities underlined, each in its own direction, with the reasons.

The page and the notebook show posts with this. Every character of the post is escaped; class names come from closed
lists; nothing is a link, so nothing that a post holds can be followed by accident. A reason is the description of its
element, and the style sheet shows it under the pointer and where the keyboard is: no script is needed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from importlib import resources
from itertools import pairwise
from typing import TypeVar

from postscan.charts.strip import language_name
from postscan.model import Block, Embed, Entity, Language, Scan, Source
from postscan.wording import LANGUAGES, say

_Span = TypeVar("_Span", Entity | Source, Embed, Language)

BLOCK_KINDS = ("headline", "dateline", "body", "embed", "caption", "teaser", "byline", "boilerplate", "tags")
_ENTITY_KINDS = frozenset(("hashtag", "glued_hashtag", "handle", "url", "email", "cashtag", "emoji"))
_SOURCE_KINDS = frozenset(
    ("outlet", "wire", "domain", "embed", "brand", "photo", "staff", "official", "unnamed", "via")
)
_DATED_BY = frozenset(("metadata", "id", "byline", "dateline", "embed", "name", "file"))
_SIGNED = {"hashtag": "#", "glued_hashtag": "#", "handle": "@", "cashtag": "$"}
# Control characters are no HTML; U+FFFD shows that something stood there.
_CONTROLS = {**dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000)), "\N{REPLACEMENT CHARACTER}")}
del _CONTROLS[0x0A], _CONTROLS[0x09]
_CONTROLS[0x0D] = ""


def annotated_html(scan: Scan, *, style: bool = True, ui: str = LANGUAGES[0]) -> str:
    """The post as a fragment of HTML; with its style sheet, unless the page has that already.

    `ui` is the language of what stands around the post's own words.

    >>> from postscan.model import Post
    >>> scan = Scan(Post("1", "Hi <b>"), None, None, "en", "en", (Block("body", 0, 6, 0, "last?"),), (), (), (), ())
    >>> "Hi &lt;b&gt;" in annotated_html(scan)
    True
    """
    sheet = f"<style>{style_sheet()}</style>" if style else ""
    rows = "".join(_rows(scan, ui))
    return f'{sheet}<article class="ps-post">{_head(scan, ui)}{rows or _empty(scan, ui)}</article>'


def style_sheet() -> str:
    """The style sheet of `annotated_html`, for a page that holds many."""
    return resources.files("postscan.data").joinpath("annotate.css").read_text(encoding="utf-8")


def direction(text: str) -> str:
    """Which way the text runs: "rtl" when most letters are of a script that is written so, else "ltr".

    The majority decides, not the first letter: an Arabic line may begin with a Latin tag.

    >>> direction("#AceNews \N{EM DASH} معارك في المدينة"), direction("12")
    ('rtl', 'ltr')
    """
    kinds = [unicodedata.bidirectional(char) for char in text]
    right = kinds.count("R") + kinds.count("AL")
    return "rtl" if right > kinds.count("L") else "ltr"


def without_controls(text: object) -> str:
    """The text with U+FFFD for every control character but tab and line feed, which HTML knows."""
    return str(text).translate(_CONTROLS)


def is_guess(rule: str) -> bool:
    """Whether a rule's name says that it guessed.

    >>> is_guess("attribution/seam?"), is_guess("link")
    (True, False)
    """
    return rule.endswith("?")


def clean_html(text: object) -> str:
    """The text escaped for HTML, also inside quotes, without control characters."""
    return escape(without_controls(text))


def _head(scan: Scan, ui: str) -> str:
    facts = [f"<bdi>{clean_html(scan.post.id)}</bdi>"] if scan.post.id else []
    if who := scan.post.author or scan.post.channel:
        facts.append(f"<bdi>{clean_html(who)}</bdi>")
    if scan.created:
        made = scan.created_from if scan.created_from in _DATED_BY else "metadata"
        facts.append(f"<bdi>{clean_html(scan.created)}</bdi> {clean_html(say(ui, f'post.from.{made}'))}")
    names = {code: language_name(code, ui=ui) for code in (scan.language, scan.main or "und")}
    mainly = say(ui, "post.mainly", language=names[scan.main]) if scan.language == "mul" and scan.main else ""
    facts.append(clean_html(names[scan.language] + mainly))
    return f'<p class="ps-head">{" · ".join(facts)}</p>'


def _empty(scan: Scan, ui: str) -> str:
    return f'<p class="ps-text">{clean_html(scan.post.text or say(ui, "post.empty"))}</p>'


def _rows(scan: Scan, ui: str) -> Iterator[str]:
    """One row a block: its kind in the margin, its text beside it; a space where the next story begins."""
    marked: tuple[Entity | Source, ...] = (*scan.entities, *scan.sources)
    spans = _by_block(marked, scan.blocks)
    embeds = _by_block(scan.embeds, scan.blocks)
    languages = _by_block(scan.languages, scan.blocks)
    story = scan.blocks[0].story if scan.blocks else 0
    for block, found, inner, segments in zip(scan.blocks, spans, embeds, languages, strict=True):
        kind = block.kind if block.kind in BLOCK_KINDS else "body"
        begins = " ps-story" if block.story != story else ""
        begins += " ps-guess" if is_guess(block.rule) else ""
        story = block.story
        spoken = _spoken(segments)
        why = _why(_reason(block, inner, spoken, ui))
        yield (
            f'<div class="ps-row ps-{kind}{begins}">'
            f'<span class="ps-kind"{why}>{clean_html(say(ui, f"post.{kind}"))}</span>'
            f'<div class="ps-text" dir="{direction(_prose(scan, block, found))}"{_lang(spoken)}>'
            f"{''.join(_pieces(scan.post.text, block, found, inner, ui))}</div></div>"
        )


def _why(reason: str) -> str:
    """The attributes that give an element its reason, and the keyboard a way to it."""
    return f' tabindex="0" aria-description="{clean_html(reason)}"'


def _by_block(layer: Iterable[_Span], blocks: Iterable[Block]) -> Iterator[list[_Span]]:
    """For each block the spans that share characters with it, by start."""
    ordered = sorted(layer, key=lambda span: span.start)
    at = 0
    near: list[_Span] = []
    for block in blocks:
        while at < len(ordered) and ordered[at].start < block.end:
            near.append(ordered[at])
            at += 1
        near = [span for span in near if span.end > block.start]
        yield near


def _prose(scan: Scan, block: Block, spans: Iterable[Entity | Source]) -> str:
    """The block's words without handles and links, which are Latin in every language."""
    text, at = "", block.start
    for span in spans:
        if isinstance(span, Entity) and span.kind in ("handle", "url", "email"):
            text += scan.post.text[at : max(at, span.start)]
            at = min(max(at, span.end), block.end)
    return text + scan.post.text[at : block.end]


def _reason(block: Block, embeds: Iterable[Embed], spoken: Iterable[str], ui: str) -> str:
    said = ", ".join(language_name(code, ui=ui) for code in spoken)
    for embed in embeds:
        if (embed.start, embed.end) == (block.start, block.end):
            who = embed.name or say(ui, "post.nobody")
            who += f" (@{embed.handle})" if embed.handle else ""
            date = embed.date or say(ui, "post.undated")
            why = say(ui, "post.why_embed", who=who, platform=embed.platform, date=date, rule=embed.rule)
            break
    else:
        kind = say(ui, f"post.{block.kind if block.kind in BLOCK_KINDS else 'body'}")
        why = say(ui, "post.why_block", kind=kind, story=block.story, rule=block.rule)
    return why + (say(ui, "post.why_language", languages=said) if said else "")


def _spoken(segments: Iterable[Language]) -> list[str]:
    """The decided languages of a block, that of most characters first."""
    letters: dict[str, int] = {}
    for segment in segments:
        if segment.code != "und":
            letters[segment.code] = letters.get(segment.code, 0) + segment.end - segment.start
    return sorted(letters, key=lambda code: (-letters[code], code))


def _lang(spoken: Sequence[str]) -> str:
    """The language of most of the block, as an attribute."""
    return f' lang="{clean_html(spoken[0])}"' if spoken else ""


def _pieces(
    text: str, block: Block, spans: Iterable[Entity | Source], embeds: Iterable[Embed], ui: str
) -> Iterator[str]:
    """The block's text, cut where an entity, a source or the embedded words begin and end."""
    begins: dict[int, list[Entity | Source]] = {}
    edges = {block.start, block.end}
    for span in spans:
        start = max(span.start, block.start)
        begins.setdefault(start, []).append(span)
        edges |= {start, min(span.end, block.end)}
    bodies = [(e.body_start, e.body_end) for e in embeds if e.body_start is not None and e.body_end is not None]
    edges |= {edge for body in bodies for edge in body if block.start < edge < block.end}
    near: list[Entity | Source] = []
    for start, end in pairwise(sorted(edges)):
        near = [span for span in (*near, *begins.get(start, ())) if span.end > start]
        own = any(first <= start and end <= last for first, last in bodies)
        yield _piece(text[start:end], (start, end), near, ui, own=own)


def _piece(text: str, place: tuple[int, int], spans: Iterable[Entity | Source], ui: str, *, own: bool) -> str:
    classes: list[str] = []
    reasons: list[str] = []
    whole = False
    for span in spans:
        if isinstance(span, Entity):
            kind = span.kind if span.kind in _ENTITY_KINDS else "other"
            classes += ["ps-entity", f"ps-{kind}"]
            value = f"{_SIGNED.get(kind, '')}{span.value}"
            reasons.append(say(ui, "post.why_entity", kind=say(ui, f"post.entity.{kind}"), value=value))
            whole = (span.start, span.end) == place
        else:
            kind = span.kind if span.kind in _SOURCE_KINDS else "other"
            classes += ["ps-source", "ps-guess"] if is_guess(span.rule) else ["ps-source"]
            name = span.name or span.key
            reasons.append(say(ui, "post.why_source", kind=say(ui, f"post.source.{kind}"), name=name, rule=span.rule))
    if own:
        classes.append("ps-own")
    if not classes:
        return clean_html(text)
    tag = "bdi" if whole else "span"
    why = _why("; ".join(reasons)) if reasons else ""
    return f'<{tag} class="{" ".join(dict.fromkeys(classes))}"{why}>{clean_html(text)}</{tag}>'
