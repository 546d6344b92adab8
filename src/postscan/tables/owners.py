"""Whose a link, a tag, a handle and a post are: registered domains, brands and posters."""

from __future__ import annotations

import functools
import re

from postscan.folding import hashtag_key
from postscan.model import Scan
from postscan.scripts import is_letter
from postscan.wordlists import link_hosts

SHORT_LINK = "short link, target unknown"
_HOST = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//(?:[^/?#@]*@)?(\[[^\]/?#]*\]|[^/?#:]*)", re.IGNORECASE)
_SIGN = {"hashtag": "#", "glued_hashtag": "#", "handle": "@"}
_DIGITS = frozenset("0123456789")


@functools.lru_cache(maxsize=8192)
def link_domain(url: str) -> str | None:
    """The registered domain of a link; `SHORT_LINK` for a shortener's; a media link or an address keeps its host.

    Null where the text is no link. The public suffixes are those that tldextract ships; nothing is fetched.

    >>> link_domain("https://www.bbc.co.uk/news"), link_domain("https://t.co/abcdefghij"), link_domain("a note")
    ('bbc.co.uk', 'short link, target unknown', None)
    """
    match = _HOST.match(url)
    host = match[1].casefold().removeprefix("www.").rstrip(".") if match else ""
    hosts = link_hosts()
    if host in hosts["short"]:
        return SHORT_LINK
    if host in hosts["media"]:
        return host
    parts = _suffixes()(host)
    return f"{parts.domain}.{parts.suffix}" if parts.domain and parts.suffix else host or None


@functools.cache
def _suffixes():  # type: ignore[no-untyped-def]  # noqa: ANN202  # tldextract is imported when it is needed
    import tldextract

    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


def find_poster(scan: Scan) -> tuple[str | None, str | None]:
    """Who posted, and from what that is known: author, else channel, else domain of the url, else first folder."""
    post = scan.post
    folder, slash, _ = post.path.partition("/")
    chain = (
        (post.author or post.author_id, "author"),
        (post.channel, "channel"),
        (link_domain(post.url) if post.url else None, "domain"),
        (folder if slash else None, "folder"),
    )
    return next(((name, by) for name, by in chain if name), (None, None))


def find_brands(scan: Scan) -> set[tuple[str, str]]:
    """Tags and handles, as (sign, value), that are the poster's own by name or stand where a signature stands.

    Frequency makes none, and a tag that signs one post is no brand in another that it does not sign.
    """
    signed = {(s.start, s.end) for s in scan.sources if s.kind == "brand"}
    own = _own_names(scan)
    return {
        (_SIGN[e.kind], e.value)
        for e in scan.entities
        if e.kind in _SIGN and ((e.start, e.end) in signed or (own and _squeezed(e.value) in own))
    }


def is_brand(kind: str, value: str, brands: set[tuple[str, str]]) -> bool:
    """Whether an entity of this kind is one of `find_brands`'."""
    return (_SIGN.get(kind, ""), value) in brands


def _own_names(scan: Scan) -> set[str]:
    post = scan.post
    names = {_squeezed(name) for name in (post.author, post.author_id, post.channel) if name}
    domain = link_domain(post.url) if post.url and not post.platform else None
    if domain and domain != SHORT_LINK and domain not in link_hosts()["platforms"]:
        names |= {_squeezed(domain), _squeezed(domain.partition(".")[0])}
    return names - {""}


@functools.lru_cache(maxsize=8192)
def _squeezed(name: str) -> str:
    """Letters and digits of a folded name: "Ace News-Desk", "AceNewsDesk" and "ace_news_desk" are one."""
    return "".join(ch for ch in hashtag_key(name) if ch in _DIGITS or is_letter(ch))
