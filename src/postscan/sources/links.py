"""Sources that other layers have found: links in the story, embeds' authors, and the poster's own signature."""

from __future__ import annotations

import functools
import operator
import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from typing import Any, Final

from postscan.folding import hashtag_key
from postscan.model import Block, Embed, Entity, Post, Source
from postscan.remembered import Remembered
from postscan.sources.outlets import outlet_of_handle, outlet_of_host
from postscan.wordlists import link_hosts

LINKED = frozenset(("headline", "dateline", "body", "caption", "byline"))
_WHOLE_HOSTS = frozenset(("t.me", "t.co"))
_HOST = re.compile(r"(?:[a-z][a-z0-9+.-]*+://)?(?:[^/?#@\s]*@)?([^/?#:\s]+)", re.IGNORECASE)
_PLAIN = re.compile(r"(?:[a-z0-9-]++\.)*+[a-z0-9-]++")
_NEWS_WORDS = ("news", "report", "desk", "daily", "press", "media", "times", "post", "update", "live", "watch", "world")
_SIGNED = re.compile(r"[ \t]{0,3}(?:report(?:s|ing|ed)?|says?|desk|[-:\N{EN DASH}\N{EM DASH}]|\|)", re.IGNORECASE)
_SIGNATURE = re.compile(
    r"""
    \|[ \t]*+(?P<name>[^\s|@\#][^\n|@\#]{1,39}?)  # "🌍 | Name" on a line
    [ \t]*+\n[ \t]*+(?:[^\s@]{1,3}[ \t]*+)?@        # and "@handle" on the next, perhaps after a sign
    (?P<handle>[0-9A-Za-z_.]+)
    """,
    re.VERBOSE,
)
_DESK_SAYS = re.compile(
    r"""
    [ \t]{1,3}(?:report\b|reports?:|says\b)  # "... report", "... says"
    | [ \t]{0,3}[-\N{EN DASH}\N{EM DASH}][ \t]{0,3}[A-Z][a-z]{2,8}[.\ ]?[ \t]?[0-9]  # "- Sept.14"
    """,
    re.IGNORECASE | re.VERBOSE,
)
_DATED = re.compile(r"[0-9A-Za-z.,: \t]{4,24}")


@functools.cache
def _extract() -> Any:
    import tldextract

    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


def site_name(host: str) -> str:
    """What a link to the host counts as: the outlet's name, else the registered domain.

    >>> site_name("www.bbc.co.uk"), site_name("shop.example.org"), site_name("t.me")
    ('BBC News', 'example.org', 't.me')
    """
    outlet = outlet_of_host(host)
    if outlet:
        return outlet.name
    if host in _WHOLE_HOSTS:
        return host
    return str(_extract()(host).top_domain_under_public_suffix or host)


def host_of(url: str) -> str:
    """The host of a url or bare address, in lower case, without "www."."""
    if url.startswith("https://"):
        end = url.find("/", 8)
        host = url[8:end] if end >= 0 else url[8:]
        if _PLAIN.fullmatch(host) and "@" not in url:
            return host.removeprefix("www.")
    found = _HOST.match(url)
    return found[1].lower().removeprefix("www.").rstrip(".") if found else ""


def _read_site(url: str) -> tuple[str, str] | None:
    """The name and the key that a link counts by; none where it shows the post's own media or leads nowhere."""
    host = host_of(url)
    if not host or host in link_hosts()["media"]:
        return None
    name = site_name(host)
    return name, name.casefold()


_sites = Remembered(_read_site, most=20_000, longest=80)
"""What links count by, as far as the slash after their host: all that decides stands before it."""


def _read_tag(value: str) -> tuple[str, bool]:
    """What counts as the same tag or handle, and whether it is built of a desk's words."""
    lower = value.lower()
    return hashtag_key(value), any(word in lower for word in _NEWS_WORDS)


_tags = Remembered(_read_tag, most=100_000, longest=60)


def block_of(blocks: Sequence[Block], start: int) -> Block | None:
    """The block that lies at an offset; blocks are sorted and disjoint."""
    if not blocks:
        return None
    block = blocks[0] if len(blocks) == 1 else blocks[bisect_right(blocks, start, key=_start) - 1]
    return block if block.start <= start < block.end else None


def entities_of(block: Block, entities: Sequence[Entity]) -> list[Entity]:
    """The entities that lie in a block; entities are sorted by their start."""
    if not entities:
        return []
    first = 0 if entities[0].start >= block.start else bisect_left(entities, block.start, key=_start)
    last = len(entities) if entities[-1].start < block.end else bisect_left(entities, block.end, first, key=_start)
    return [entity for entity in entities[first:last] if entity.end <= block.end]


_start = operator.attrgetter("start")


def find_authors(text: str, embeds: Sequence[Embed]) -> list[Source]:
    """Who wrote each embed: its handle where the embed prints it or its link holds it, else its printed name."""
    found = []
    for embed in embeds:
        if not embed.handle and not embed.name:
            continue
        where = text[embed.start : embed.end]
        start = end = -1
        if embed.handle:
            for wanted in ("@" + embed.handle, embed.handle):
                start = (
                    where.casefold().rfind(wanted.casefold())
                    if len(where.casefold()) == len(where)
                    else where.rfind(wanted)
                )
                if start >= 0:
                    end = start + len(wanted)
                    break
        elif embed.name:
            start = where.rfind(embed.name)
            end = start + len(embed.name)
        if start < 0:
            continue
        outlet = outlet_of_handle(embed.handle) if embed.handle else None
        name = outlet.name if outlet else embed.handle or embed.name or ""
        found.append(Source("embed", embed.start + start, embed.start + end, name, name.casefold(), "attribution"))
    return found


def _own_names(post: Post) -> frozenset[str]:
    """What the poster is called, folded as a tag is."""
    author, channel, author_id, url = post.author, post.channel, post.author_id, post.url
    return _fold_names(author, channel, author_id, url) if author or channel or author_id or url else _NOBODY


_NOBODY: Final[frozenset[str]] = frozenset()


@functools.lru_cache(maxsize=4096)
def _fold_names(author: str | None, channel: str | None, author_id: str | None, url: str | None) -> frozenset[str]:
    own = {hashtag_key(name.replace(" ", "").lstrip("@")) for name in (author, channel, author_id) if name}
    if url:
        own.add(hashtag_key(host_of(url).split(".")[0]))
    return frozenset(filter(None, own))


def find_linked(post: Post, blocks: Sequence[Block], entities: Sequence[Entity]) -> list[Source]:
    """Links in headline, dateline, body, caption and byline, and the poster's own tags, handles and name that sign.

    No link that shows the post's own media counts; a tag or handle is a brand by its place, or as the poster's.
    """
    text = post.text
    own: frozenset[str] | None = None
    found: list[Source] = []
    signed: dict[int, Source] | None = None
    brands: set[str] | None = None
    for block in blocks:
        if block.kind == "dateline" or block.kind == "byline":  # noqa: PLR1714 - a tuple costs more
            signed, brands = signed or {}, brands or set()
            _find_in_lead(text, block, entities, signed, brands)
    for entity in entities:
        kind = entity.kind
        if kind == "hashtag" or kind == "handle":  # noqa: PLR1714
            if own is None:
                own = _own_names(post)
            key, newsy = _tags[entity.value]
            owned = key in own
            if kind == "handle" and text[entity.start - 2 : entity.start].strip() == _ID and _closes(text, entity):
                signed = signed or {}
                _add_brand(signed, text, entity.start, entity.end, "signature")
                continue
            desk = (newsy or brands) and kind == "hashtag" and _DESK_SAYS.match(text, entity.end) is not None
            if owned or desk:
                where = block_of(blocks, entity.start)
                if where is None or where.kind not in LINKED:
                    continue
                if signed is None:
                    signed = {}
                if owned and _signs(text, entity, where):
                    _add_brand(signed, text, entity.start, entity.end, "own-account")
                elif desk and _speaks_as_desk(text, entity, where, brands or (), newsy=newsy):
                    _add_brand(signed, text, entity.start, entity.end, "brand-tag")
        elif kind == "url":
            url = entity.expanded or entity.value
            end = url.find("/", 8) if url.startswith(("https://", "http://")) else -1
            site = _sites[url[:end] if end > 0 else url]
            if site is not None:
                start = entity.start
                where = block_of(blocks, start)
                if where is not None and where.kind in LINKED:
                    found.append(Source("domain", start, entity.end, site[0], site[1], "link"))
    return found + list(signed.values()) if signed else found


_ID = "\N{SQUARED ID}"


def _closes(text: str, entity: Entity) -> bool:
    """Whether the account is the post's last line, after the sign of an identity alone."""
    line = text[text.rfind("\n", 0, entity.start) + 1 : entity.start]
    return line.strip() == _ID and entity.start > len(line) and not text[entity.end :].strip()


def _find_in_lead(
    text: str, block: Block, entities: Sequence[Entity], found: dict[int, Source], brands: set[str]
) -> None:
    """Adds the signature of a dateline or byline, and the tags and handles that sign it, to what is found."""
    signature = _SIGNATURE.search(text, block.start, block.end) if block.kind == "byline" else None
    if signature:
        _add_brand(found, text, signature.start("name"), signature.end("name"), "signature")
        _add_brand(found, text, signature.start("handle") - 1, signature.end("handle"), "signature")
    for entity in entities_of(block, entities):
        if entity.kind not in ("hashtag", "glued_hashtag", "handle"):
            continue
        before = text[max(block.start, entity.start - 30) : entity.start]
        opens = not before.strip(" \t\"'([") or "\n" in before[-4:]
        dated = _DATED.fullmatch(before)
        if opens or dated or _SIGNED.match(text, entity.end):
            if entity.kind == "handle" and outlet_of_handle(entity.value):
                continue
            _add_brand(found, text, entity.start, entity.end, "brand-tag")
            brands.add(entity.value.lower())


def _add_brand(found: dict[int, Source], text: str, start: int, end: int, rule: str) -> None:
    name = text[start:end].lstrip("#@\N{FULLWIDTH NUMBER SIGN}\N{FULLWIDTH COMMERCIAL AT}")
    found.setdefault(start, Source("brand", start, end, name, name.casefold(), rule))


def _signs(text: str, entity: Entity, block: Block) -> bool:
    """Whether the poster's own tag or handle opens or closes the block, or speaks."""
    before, after = (
        text[max(block.start, entity.start - 9) : entity.start],
        text[entity.end : min(block.end, entity.end + 9)],
    )
    return not before.strip() or not after.strip(" .!\n") or bool(_SIGNED.match(text, entity.end))


def _speaks_as_desk(text: str, entity: Entity, block: Block, brands: Collection[str], *, newsy: bool) -> bool:
    """Whether a tag that says or reports opens its block, and is built as another brand is, or of news words."""
    before = text[max(block.start, entity.start - 2) : entity.start]
    named = newsy or any(entity.value.lower()[:4] == brand[:4] for brand in brands)
    return named and (not before.strip() or "report" in text[entity.end : entity.end + 8].lower())
