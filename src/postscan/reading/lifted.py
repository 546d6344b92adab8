"""Embedded posts of a web page, by the embed codes of the platforms: what a page marks need not be found in its words.

Each embed becomes the lines that a reader sees, with the spans of its words and what its attributes say exactly: the
link to the post, its id, and so its day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from postscan.dates import id_day, match_date
from postscan.model import Embed
from postscan.postlinks import match_post_link
from postscan.reading.markup import flatten

_DASHES = "-\N{EN DASH}\N{EM DASH}\N{HORIZONTAL BAR}"
_SIGNED = re.compile(rf"[{_DASHES}]+\s*(?P<name>[^\n]*?)\s*\(\s*@(?P<handle>[\w.\-]+)\s*\)[ \t]*(?P<when>[^\n]*)\s*\Z")
_MEDIA = re.compile(r"(?:https?://)?pic\.(?:twitter|x)\.com/\w+\s*\Z", re.ASCII)
_FACEBOOK_FRAME = re.compile(r"(?:/v\d+(?:\.\d+)?)?/plugins/(?:post|video|comment_embed)(?:\.php)?", re.ASCII)
"""A post, and no button or box of a page, whose frames have an address too."""
_BLUESKY_FRAME = re.compile(r"/embed/(?P<did>did:[a-z]+:[\w.:%-]+)/app\.bsky\.feed\.post/(?P<id>\w+)", re.ASCII)
_TIKTOK_FRAME = re.compile(r"/(?:embed(?:/v\d)?|player/v\d)/(?P<id>\d+)", re.ASCII)
_STATUS = re.compile(r"/(?:[^/]+)/status(?:es)?/(\d+)", re.ASCII)
_SHARED = re.compile(
    r"(?P<name>[^\n(]*?)\s*\(\s*@(?P<handle>[\w.]+)\s*\)(?:\s+(?:on|am|le|el|il)\s+(?P<when>[^\n]+))?\s*\Z"
)
_SHARED_BY = re.compile(r"\A.*?\bby\s+|\A.*?\bvon\s+", re.IGNORECASE)
_VIEW = re.compile(r"[^\n]*Instagram[^\n]*\n+|\A[^\n]*Instagram[^\n]*\Z")
_POSTED_BY = re.compile(r"\n\s*Posted by\s+(?P<name>[^\n]+?)\s+on\s+(?P<when>[^\n]+)\s*\Z")
_RENDERED = ("data-tweet-id", "https://twitter.com/i/status/{}")
"""What a frame still has when a browser saved it with the page that it had drawn."""
_VIDEO = "https://www.youtube.com/watch?v={}"
_ATTRIBUTES: dict[str, tuple[tuple[str, str], ...]] = {
    "twitter-widget": (_RENDERED,),
    "lite-youtube": (("videoid", _VIDEO),),
    "amp-youtube": (("data-videoid", _VIDEO),),
    "amp-twitter": (("data-tweetid", _RENDERED[1]),),
    "amp-instagram": (("data-shortcode", "https://www.instagram.com/p/{}/"),),
    "amp-facebook": (("data-href", "{}"),),
    "amp-tiktok": (("data-src", "{}"),),
    "amp-reddit": (("data-src", "{}"),),
    "amp-iframe": (),
    "fb:post": (("href", "{}"),),
    "fb:video": (("href", "{}"),),
}
"""Elements that are embeds by their names: the attribute that says of which post, and the post's address."""
_NOTICE = 500  # signs
_BY_IN = re.compile(r"\s*\bby\s*/?u/(?P<handle>[\w-]+)\s*in\s*/?r?/?(?P<where>[\w-]+)\s*\Z")


@dataclass(frozen=True, slots=True)
class Lifted:
    """An embed outside its page: its text, and an Embed whose offsets are those of this text."""

    text: str
    embed: Embed

    def placed(self, at: int) -> Embed:
        """The embed where its text begins at an offset."""
        e = self.embed
        body = (None, None) if e.body_start is None or e.body_end is None else (e.body_start + at, e.body_end + at)
        return replace(e, start=at, end=at + len(self.text), body_start=body[0], body_end=body[1])


def find_embedded(tree: Any) -> Iterator[tuple[Any, Lifted | None]]:
    """Every element of a page that is an embedded post, in the order of the page, with what it holds.

    What lies inside another one is a part of it. With what a page has once more for browsers without scripts comes
    None. The tree is not changed.
    """
    taken: set[Any] = set()
    before: tuple[str | None, bool] = None, False
    for element in tree.iter("blockquote", "div", "script", "iframe", *_ATTRIBUTES):
        if any(above in taken for above in element.iterancestors()):
            continue
        lifted = _lift(element)
        if lifted is not None and lifted.text:
            taken.add(element)
            now = lifted.embed.url, any(above.tag == "noscript" for above in element.iterancestors())
            yield element, None if now[0] is not None and now[0] == before[0] and now[1] != before[1] else lifted
            before = now


def _lift(element: Any) -> Lifted | None:
    classes = frozenset((element.get("class") or "").split())
    for name, lift in _FORMS.items():
        if name in classes and (lifted := lift(element)) is not None and lifted.text:
            return lifted
    if element.tag == "script" and element.get("data-telegram-post"):
        return _bare("telegram", f"https://t.me/{element.get('data-telegram-post')}", element.get("data-telegram-post"))
    for attribute, form in _ATTRIBUTES.get(element.tag, (_RENDERED,)):
        if (value := element.get(attribute)) and (lifted := _linked(form.format(value))):
            return lifted
    return _framed(element) if element.tag != "script" else None


def _framed(element: Any) -> Lifted | None:
    """What a frame shows, or what stands for it until it is wanted, by its address."""
    for name in sorted(element.keys(), reverse=True):  # "src", and what it is called until the frame is seen or allowed
        if name == "src" or name.startswith("data-"):
            address = _address(element.get(name))
            if address.hostname and (lifted := _shown(address)):
                return lifted if element.tag == "iframe" or _is_short(element) else None
    return None


def _is_short(element: Any) -> bool:
    """Whether no more words stand in it than what asks to let a frame be shown."""
    return sum(map(len, islice(element.itertext(), _NOTICE))) <= _NOTICE


def _shown(address: SplitResult) -> Lifted | None:
    """What a frame with this address shows."""
    host = (address.hostname or "").removeprefix("www.")
    if host in ("youtube.com", "youtube-nocookie.com") and address.path.startswith("/embed/"):
        video = address.path.split("/")[2]
        return _bare("youtube", f"https://www.youtube.com/watch?v={video}", None) if video != "videoseries" else None
    if host == "platform.twitter.com" and (number := parse_qs(address.query).get("id")):
        return _bare("x", f"https://twitter.com/i/status/{number[0]}", None, number[0])
    shown = parse_qs(address.query).get("href")
    if host == "facebook.com" and shown and _FACEBOOK_FRAME.fullmatch(address.path):
        return _bare("facebook", unquote(shown[0]), None)
    if host == "tiktok.com" and (video_id := _TIKTOK_FRAME.match(address.path)):
        return _bare("tiktok", f"https://www.tiktok.com{address.path}", None, video_id["id"])
    if host == "instagram.com" and "/embed" in address.path:
        return _linked(f"https://www.instagram.com{address.path.partition('/embed')[0]}/")
    if host == "t.me" and "embed" in parse_qs(address.query):
        return _bare("telegram", f"https://{host}{address.path}", address.path.strip("/"))
    if host == "embed.bsky.app" and (post := _BLUESKY_FRAME.match(address.path)):
        return _bare("bluesky", f"https://bsky.app/profile/{post['did']}/post/{post['id']}", None, post["id"])
    if host in ("embed.reddit.com", "redditmedia.com"):
        return _linked(f"https://www.reddit.com{address.path}")
    if host in ("threads.net", "threads.com") and address.path.rstrip("/").endswith("/embed"):
        return _linked(f"https://www.{host}{address.path.rpartition('/embed')[0]}")
    return None


def _address(url: str) -> SplitResult:
    """The parts of an address; empty ones where a page has none that is one."""
    try:
        address = urlsplit(url)
        _ = address.hostname
    except ValueError:
        return urlsplit("")
    return address


def _bare(platform: str, url: str, place: str | None, number: str = "") -> Lifted:
    """An embed of which the page has the link alone."""
    handle = place.partition("/")[0] if place else None
    day = id_day(platform, number) if number else None
    return Lifted(url, Embed(platform, 0, len(url), None, None, None, handle, day, url, (), "page-link"))


def _linked(address: str) -> Lifted | None:
    """The same by an address that may be that of a post; nothing where it is none."""
    link = match_post_link(address, 0)
    if link is None or link.end < len(address) or not address.startswith("https://"):
        return None
    return Lifted(
        link.url,
        Embed(link.platform, 0, len(link.url), None, None, None, link.handle, link.day, link.url, (), "page-link"),
    )


def _link(element: Any, part: str) -> str | None:
    """The last link below an element whose address has this in it, without what counts clicks."""
    for a in reversed(list(element.iter("a"))):
        href = str(a.get("href") or "")
        if part in href:
            return href.partition("?")[0].partition("#")[0]
    return None


def _day(printed: str | None, platform: str, number: str | None) -> str | None:
    """The day that the id carries, else the printed one."""
    if number and (day := id_day(platform, number)):
        return day
    span = match_date(printed, 0) if printed else None
    return f"{span.year:04}-{span.month:02}-{span.day:02}" if span and span.year else None


def _made(
    platform: str,
    text: str,
    body: tuple[int, int] | None,
    *,
    name: str | None,
    handle: str | None,
    date: str | None,
    url: str | None,
) -> Lifted:
    """The lifted embed, its own trailing picture link left out of its words."""
    media: tuple[str, ...] = ()
    if body is not None:
        first, last = body
        while found := _MEDIA.search(text, first, last):
            media = (found[0].strip(), *media)
            last = found.start()
        last = first + len(text[first:last].rstrip())
        body = (first, last) if last > first else None
    start, end = body or (None, None)
    return Lifted(text, Embed(platform, 0, len(text), start, end, name or None, handle, date, url, media, "page"))


def _lift_x(element: Any) -> Lifted | None:
    text, _ = flatten(element)
    url = _link(element, "/status")
    number = found[1] if url and (found := _STATUS.search(url)) else None
    signed = _SIGNED.search(text)
    if signed is None:
        if url is None:
            return None
        handle = next((part for part in _address(url).path.split("/") if part), None)
        return _made("x", text or url, None, name=None, handle=handle if handle != "i" else None,
                     date=_day(None, "x", number), url=url)  # fmt: skip
    body = (0, len(text[: signed.start()].rstrip()))
    return _made("x", text, body, name=signed["name"], handle=signed["handle"],
                 date=_day(signed["when"], "x", number), url=url)  # fmt: skip


def _lift_bluesky(element: Any) -> Lifted | None:
    text, _ = flatten(element)
    uri = element.get("data-bluesky-uri") or ""
    key = uri.rpartition("/")[2] or None
    signed = _SIGNED.search(text)
    if signed is None:
        return None
    end = len(text[: signed.start()].rstrip())
    end = len(text[:end].removesuffix("[image or embed]").rstrip())
    who = signed["handle"]
    url = f"https://bsky.app/profile/{who}/post/{key}" if key else None
    return _made("bluesky", text, (0, end), name=signed["name"], handle=who,
                 date=_day(signed["when"], "bluesky", key), url=url)  # fmt: skip


def _lift_instagram(element: Any) -> Lifted | None:
    text, _ = flatten(element)
    url = (element.get("data-instgrm-permalink") or _link(element, "/p/") or "").partition("?")[0] or None
    shared = _SHARED.search(text)
    if shared is None:
        return _made("instagram", text or url or "", None, name=None, handle=None, date=None, url=url)
    line = text.rfind("\n", 0, shared.start("handle")) + 1
    name = _SHARED_BY.sub("", text[line : shared.end("name")])
    view = _VIEW.search(text, 0, line)
    start = view.end() if view else 0
    end = len(text[:line].rstrip())
    return _made("instagram", text, (start, end) if end > start else None, name=name, handle=shared["handle"],
                 date=_day(shared["when"], "instagram", None), url=url)  # fmt: skip


def _lift_tiktok(element: Any) -> Lifted | None:
    text, _ = flatten(element)
    url = element.get("cite") or _link(element, "/video/")
    number = element.get("data-video-id")
    handle = next(
        (str(a.get("title"))[1:] for a in element.iter("a") if str(a.get("title") or "").startswith("@")), None
    )
    body = None
    if handle and text.startswith("@" + handle):
        start = len(handle) + 1
        start += len(text[start:]) - len(text[start:].lstrip())
        note = text.rfind("\N{BEAMED EIGHTH NOTES}")
        note = note if note >= 0 else text.rfind("\N{MUSIC SHARP SIGN}")
        sound = max(note, text.rfind("\u266c"))
        body = (start, len(text[: sound if sound >= start else len(text)].rstrip()))
    return _made("tiktok", text or url or "", body, name=None, handle=handle,
                 date=_day(None, "tiktok", number), url=url)  # fmt: skip


def _lift_facebook(element: Any) -> Lifted | None:
    text, _ = flatten(element)
    url = element.get("data-href") or next(
        (str(q.get("cite")) for q in element.iter("blockquote") if q.get("cite")), None
    )
    posted = _POSTED_BY.search(text)
    if posted is None:
        return _made("facebook", text or url or "", None, name=None, handle=None, date=None, url=url)
    when = posted["when"].replace("\N{NO-BREAK SPACE}", " ").strip()
    return _made("facebook", text, (0, len(text[: posted.start()].rstrip())), name=posted["name"].strip(), handle=None,
                 date=_day(when, "facebook", None), url=url)  # fmt: skip


def _lift_reddit(element: Any) -> Lifted | None:
    text, _ = flatten(element)
    url = _link(element, "/comments/")
    found = _BY_IN.search(text)
    body = (0, len(text[: found.start()].rstrip())) if found else None
    return _made("reddit", text or url or "", body, name=None, handle=found["handle"] if found else None, date=None,
                 url=url)  # fmt: skip


def _lift_mastodon(element: Any) -> Lifted | None:
    framed = element.get("data-embed-url") or element.get("src") or element.get("data-src") or ""
    url = framed.removesuffix("/embed") or _link(element, "/@")
    if not url:
        return None
    address = _address(url)
    name = next((part[1:] for part in address.path.split("/") if part.startswith("@")), None)
    handle = f"{name}@{address.hostname}" if name and "@" not in name else name
    text, _ = flatten(element)
    return _made("mastodon", text or url, None, name=None, handle=handle, date=None, url=url)


def _lift_threads(element: Any) -> Lifted | None:
    url = (element.get("data-text-post-permalink") or _link(element, "/post/") or "").partition("?")[0]
    if not url:
        return None
    text, _ = flatten(element)
    handle = next((part[1:] for part in _address(url).path.split("/") if part.startswith("@")), None)
    return _made("threads", text or url, None, name=None, handle=handle, date=None, url=url)


def _lift_written(element: Any) -> Lifted | None:
    """An address that the page's own software was to make an embed of."""
    return _linked(flatten(element)[0].strip())


_FORMS: dict[str, Callable[[Any], Lifted | None]] = {
    "twitter-tweet": _lift_x,
    "twitter-video": _lift_x,
    "bluesky-embed": _lift_bluesky,
    "instagram-media": _lift_instagram,
    "tiktok-embed": _lift_tiktok,
    "fb-post": _lift_facebook,
    "fb-video": _lift_facebook,
    "reddit-embed-bq": _lift_reddit,
    "reddit-card": _lift_reddit,
    "mastodon-embed": _lift_mastodon,
    "text-post-media": _lift_threads,
    "wp-block-embed__wrapper": _lift_written,
}
"""By the class that the platform's embed code has."""
