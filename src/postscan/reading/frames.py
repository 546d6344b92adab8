"""Embeds of which a page has the address alone: frames, what stands for frames, links that were to be drawn."""

from __future__ import annotations

import re
from itertools import islice
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote

from postscan.reading.lifted import Lifted, address_of, bare, linked, linked_plainly

_FACEBOOK_FRAME = re.compile(r"(?:/v\d+(?:\.\d+)?)?/plugins/(?:post|video|comment_embed)(?:\.php)?", re.ASCII)
"""A post, and no button or box of a page, whose frames have an address too."""
_BLUESKY_FRAME = re.compile(r"/embed/(?P<did>did:[a-z]+:[\w.:%-]+)/app\.bsky\.feed\.post/(?P<id>\w+)", re.ASCII)
_TIKTOK_FRAME = re.compile(r"/(?:embed(?:/v\d)?|player/v\d)/(?P<id>\d+)", re.ASCII)
_RENDERED = ("data-tweet-id", "https://twitter.com/i/status/{}")
"""What a frame still has when a browser saved it with the page that it had drawn."""
_VIDEO = "https://www.youtube.com/watch?v={}"
ATTRIBUTES: dict[str, tuple[tuple[str, str], ...]] = {
    "twitter-widget": (_RENDERED,),
    "twitterwidget": (_RENDERED,),
    "embetty-tweet": (("status", _RENDERED[1]),),
    "oembed": (("url", "{}"),),
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
_DRAWN = (_RENDERED, ("data-oembed-url", "{}"))
_TELEGRAM_FRAME = re.compile(r"telegram-post-(?P<handle>\w+)-(?P<id>\d+)", re.ASCII)
_CANONICAL = re.compile(
    r"<link\b[^<>]{0,99}?\brel=[\"']?canonical\b[^<>]{0,99}?\bhref=[\"']?(?P<url>https://[^\s\"'<>]+)"
)
_CARDS = frozenset(("embedly-card", "twitter-embed"))
"""Links that a service of cards was to draw."""
_SERVICES = frozenset(("embedly.com", "iframe.ly", "twitframe.com"))
_NOTICE = 500  # signs of what asks
_LABEL = 120  # of what need not ask


def find_address(element: Any) -> Lifted | None:
    """The embed that an element stands for, by an address in its attributes."""
    if element.tag == "script":
        post = element.get("data-telegram-post")
        return bare("telegram", f"https://t.me/{post}", post) if post else None
    if element.tag == "a":
        card = element.get("data-iframely-url") or _CARDS.intersection((element.get("class") or "").split())
        return linked_plainly(element.get("href") or "") if card else None
    for attribute, form in ATTRIBUTES.get(element.tag, _DRAWN):
        if (value := element.get(attribute)) and (lifted := linked_plainly(form.format(value))):
            return lifted if element.tag != "div" or _is_notice(element) else None
    if element.tag == "iframe" and (post := _TELEGRAM_FRAME.fullmatch(element.get("id") or "")):
        return bare("telegram", f"https://t.me/{post['handle']}/{post['id']}", post["handle"])
    return _framed(element) or _served(element) or _written_in(element) or _awaited(element)


def _served(element: Any) -> Lifted | None:
    """What a frame of a service of cards shows: it is asked for by the address of another frame, or of a post."""
    address = address_of(element.get("src") or "") if element.tag == "iframe" else address_of("")
    if (address.hostname or "").removeprefix("cdn.") not in _SERVICES:
        return None
    asked = parse_qs(address.query)
    return _shown(address_of(asked.get("src", [""])[0])) or linked_plainly(asked.get("url", [""])[0])


def _written_in(element: Any) -> Lifted | None:
    """What a frame shows that was saved with all of its page inside."""
    page = _CANONICAL.search(element.get("srcdoc") or "") if element.tag == "iframe" else None
    return linked(page["url"]) if page else None


def _awaited(element: Any) -> Lifted | None:
    """The post that an element without words waits to show, by an address that is an attribute's whole value."""
    values = (value for name, value in element.items() if name.startswith("data-") and "://" in value)
    lifted = next(filter(None, map(linked_plainly, values)), None) if element.tag == "div" else None
    return lifted if lifted is not None and not any(map(str.strip, element.itertext())) else None


def _framed(element: Any) -> Lifted | None:
    """What a frame shows, or what stands for it until it is wanted, by its address."""
    for name in sorted(element.keys(), reverse=True):  # "src", and what it is called until the frame is seen or allowed
        if name == "src" or name.startswith("data-"):
            address = address_of(element.get(name))
            if address.hostname and (lifted := _shown(address)):
                return lifted if element.tag == "iframe" or _is_notice(element) else None
    return None


def _is_notice(element: Any) -> bool:
    """Whether no more stands in it than what asks to let a frame be shown; a short article asks nothing."""
    size = sum(map(len, islice(element.itertext(), _NOTICE)))
    if size > _NOTICE or next(element.iter("h1", "article"), None) is not None:
        return False
    return size <= _LABEL or next(element.iter("button", "a", "input", "label"), None) is not None


def _shown(address: SplitResult) -> Lifted | None:
    """What a frame with this address shows."""
    host = (address.hostname or "").removeprefix("www.")
    if host in ("youtube.com", "youtube-nocookie.com") and address.path.startswith("/embed/"):
        video = address.path.split("/")[2]
        return bare("youtube", f"https://www.youtube.com/watch?v={video}", None) if video != "videoseries" else None
    if host in ("platform.twitter.com", "platform.x.com") and (number := parse_qs(address.query).get("id")):
        return bare("x", f"https://twitter.com/i/status/{number[0]}", None, number[0])
    shown = parse_qs(address.query).get("href")
    if host == "facebook.com" and shown and _FACEBOOK_FRAME.fullmatch(address.path):
        return bare("facebook", unquote(shown[0]), None)
    if host == "tiktok.com" and (video_id := _TIKTOK_FRAME.match(address.path)):
        return bare("tiktok", f"https://www.tiktok.com{address.path}", None, video_id["id"])
    if host == "instagram.com" and "/embed" in address.path:
        return linked(f"https://www.instagram.com{address.path.partition('/embed')[0]}/")
    if host == "t.me" and "embed" in parse_qs(address.query):
        return bare("telegram", f"https://{host}{address.path}", address.path.strip("/"))
    if host == "embed.bsky.app" and (post := _BLUESKY_FRAME.match(address.path)):
        return bare("bluesky", f"https://bsky.app/profile/{post['did']}/post/{post['id']}", None, post["id"])
    if host in ("embed.reddit.com", "redditmedia.com"):
        return linked(f"https://www.reddit.com{address.path}")
    if host in ("threads.net", "threads.com") and address.path.rstrip("/").endswith("/embed"):
        return linked(f"https://www.{host}{address.path.rpartition('/embed')[0]}")
    return None
