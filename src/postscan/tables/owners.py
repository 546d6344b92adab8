"""Whose a link, a tag, a handle and a post are: registered domains, brands and posters."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from postscan.folding import hashtag_key
from postscan.model import Post, Scan
from postscan.remembered import Remembered
from postscan.scripts import is_letter
from postscan.wordlists import link_hosts

SHORT_LINK = "short link, target unknown"
_HOST = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//(?:[^/?#@]*@)?(\[[^\]/?#]*\]|[^/?#:]*)", re.IGNORECASE)
_WEB = ("https://", "http://")
_WEB_LENGTH = len(_WEB[0])
_SIGN = {"hashtag": "#", "glued_hashtag": "#", "handle": "@"}
_DIGITS = frozenset("0123456789")
_NO_ALNUM = re.compile("[^a-z0-9]+")


def link_domain(url: str) -> str | None:
    """The registered domain of a link; `SHORT_LINK` for a shortener's; a media link or an address keeps its host.

    Null where the text is no link. The public suffixes are those that tldextract ships; nothing is fetched.

    >>> link_domain("https://www.bbc.co.uk/news"), link_domain("https://t.co/abcdefghij"), link_domain("a note")
    ('bbc.co.uk', 'short link, target unknown', None)
    """
    if url.startswith(_WEB) and (end := url.find("/", _WEB_LENGTH)) > 0:
        return _BEGUN[url[:end]]
    return _begun_domain(url)


def _begun_domain(url: str) -> str | None:
    """What `link_domain` says of a link, or of what stands of it before the path."""
    match = _HOST.match(url)
    return _DOMAINS[match[1]] if match else None


def _host_domain(written: str) -> str | None:
    """What `link_domain` says of a host."""
    host = written.casefold().removeprefix("www.").rstrip(".")
    hosts = link_hosts()
    if host in hosts["short"]:
        return SHORT_LINK
    if host in hosts["media"]:
        return host
    parts = _suffixes()(host)
    return f"{parts.domain}.{parts.suffix}" if parts.domain and parts.suffix else host or None


_DOMAINS = Remembered(_host_domain, most=1 << 13, longest=60)
_BEGUN = Remembered(_begun_domain, most=1 << 13, longest=60)


@functools.cache
def _suffixes():  # type: ignore[no-untyped-def]  # noqa: ANN202  # tldextract is imported when it is needed
    import tldextract

    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


def find_poster(post: Post) -> tuple[str | None, str | None]:
    """Who posted, and from what that is known: author, else channel, else domain of the url, else first folder."""
    if author := post.author or post.author_id:
        return author, "author"
    if post.channel:
        return post.channel, "channel"
    if post.url and (domain := link_domain(post.url)):
        return domain, "domain"
    folder, slash, _ = post.path.partition("/")
    return (folder, "folder") if slash and folder else (None, None)


def find_branded(scans: Sequence[Scan]) -> list[int]:
    """The numbers of the posts in which `mark_brands` may mark something; in all others it marks nothing."""
    values = {e.value for scan in scans for e in scan.entities if e.kind in _SIGN}
    tags = set(map(_SQUEEZED.__getitem__, values))
    signed = {n for n, scan in enumerate(scans) for s in scan.sources if s.kind == "brand"}
    named = [
        n
        for n, post in enumerate([scan.post for scan in scans])
        if (post.author and _SQUEEZED[post.author] in tags)
        or (post.author_id and _SQUEEZED[post.author_id] in tags)
        or (post.channel and _SQUEEZED[post.channel] in tags)
        or (post.url and not post.platform)
    ]
    return sorted(signed.union(named))


def mark_brands(scan: Scan) -> list[bool]:
    """Whether each entity of a post is a tag or handle that is the poster's own by name, or signs the post anywhere.

    Frequency makes none, and a tag that signs one post is no brand in another that it does not sign.
    """
    own = _own_names(scan.post)
    signed = {(s.start, s.end) for s in scan.sources if s.kind == "brand"}
    brands = {
        (_SIGN[e.kind], e.value)
        for e in scan.entities
        if e.kind in _SIGN and (_SQUEEZED[e.value] in own or (e.start, e.end) in signed)
    }
    return [(_SIGN.get(e.kind), e.value) in brands for e in scan.entities]


def _own_names(post: Post) -> set[str]:
    """The names of a poster, without what is neither letter nor digit."""
    names = {_SQUEEZED[name] for name in (post.author, post.author_id, post.channel) if name}
    domain = link_domain(post.url) if post.url and not post.platform else None
    if domain and domain != SHORT_LINK and domain not in link_hosts()["platforms"]:
        names |= {_SQUEEZED[domain], _SQUEEZED[domain.partition(".")[0]]}
    names.discard("")
    return names


def _squeeze(name: str) -> str:
    """Letters and digits of a folded name: "Ace News-Desk", "AceNewsDesk" and "ace_news_desk" are one."""
    key = hashtag_key(name)
    if key.isascii():
        return _NO_ALNUM.sub("", key)
    return "".join([ch for ch in key if ch in _DIGITS or is_letter(ch)])


_SQUEEZED = Remembered(_squeeze, most=1 << 14, longest=60)
