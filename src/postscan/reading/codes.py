"""Embed codes that have the words of the post: a function each platform, by the class that its code has."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from postscan.dates import match_date
from postscan.postlinks import match_post_link
from postscan.reading.lifted import Lifted, address_of, bare, day_of, link_below, linked, linked_plainly, made
from postscan.reading.markup import flatten, parse_html

_DASHES = "-\N{EN DASH}\N{EM DASH}\N{HORIZONTAL BAR}"
_SIGNED = re.compile(rf"[{_DASHES}]+\s*(?P<name>[^\n]*?)\s*\(\s*@(?P<handle>[\w.\-]+)\s*\)[ \t]*(?P<when>[^\n]*)\s*\Z")
_STATUS = re.compile(r"/(?:[^/]+)/status(?:es)?/(\d+)", re.ASCII)
_MARKS = "\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}\u2066-\u2069"
"""Instagram puts them around every name in a page that is written from right to left."""
_SHARED = re.compile(
    rf"(?P<name>[^\n(\uff08]*?)\s*[(\uff08][\s{_MARKS}]*@[{_MARKS}]*(?P<handle>[\w.]+)[\s{_MARKS}]*[)\uff09]"
    rf"(?:[\s{_MARKS}]+(?:on|am|le|el|il|\u0641\u064a)\s+(?P<when>[^\n]+)|(?P<rest>[^\n]*))\Z"
)
_SHARED_BY = re.compile(
    r"\A.*?\b(?:by|von|par|de|da|por|door|przez|av|af|od|\u043e\u0442|\u0628\u0648\u0627\u0633\u0637\u0629)\s+",
    re.IGNORECASE,
)
"""What stands before a name; languages that say it behind the name have it in the rest."""
_HANDLED = re.compile(r"\s*\(@?\w+\).*\Z", re.ASCII | re.DOTALL)
_LONGEST = 1000  # signs of a quotation that may be a tweet: an article stands in one too
_VIEW = re.compile(r"[^\n]*Instagram[^\n]*\n+|\A[^\n]*Instagram[^\n]*\Z")
_POSTED_BY = re.compile(r"\n\s*Posted by\s+(?P<name>[^\n]+?)\s+on\s+(?P<when>[^\n]+)\s*\Z")
_BLUESKY_URI = re.compile(r"at://(?P<did>did:[a-z]+:[\w.:%-]+)/app\.bsky\.feed\.post/(?P<id>\w+)", re.ASCII)
_BY_IN = re.compile(r"\s*\bby\s*/?u/(?P<handle>[\w-]+)\s*in\s*/?r?/?(?P<where>[\w-]+)\s*\Z")


def _lift_x(element: Any) -> Lifted | None:
    text, _ = flatten(element)
    url = link_below(element, "/status")
    number = found[1] if url and (found := _STATUS.search(url)) else None
    signed = _SIGNED.search(text)
    if signed is None:
        if url is None:
            return None
        handle = next((part for part in address_of(url).path.split("/") if part), None)
        return made("x", text or url, None, name=None, handle=handle if handle != "i" else None,
                    date=day_of(None, "x", number), url=url)  # fmt: skip
    body = (0, len(text[: signed.start()].rstrip()))
    return made("x", text, body, name=signed["name"], handle=signed["handle"],
                date=day_of(signed["when"], "x", number), url=url)  # fmt: skip


def _lift_bluesky(element: Any) -> Lifted | None:
    text, _ = flatten(element)
    uri = _BLUESKY_URI.fullmatch(element.get("data-bluesky-uri") or "")
    key = uri["id"] if uri else None
    signed = _SIGNED.search(text)
    if signed is None:  # not yet drawn, or gone
        shown = linked(link_below(element, "/post/") or "")
        if shown is None and uri is not None:
            shown = bare("bluesky", f"https://bsky.app/profile/{uri['did']}/post/{key}", None, uri["id"])
        return shown and replace(
            shown, text=text or shown.text, embed=replace(shown.embed, end=len(text or shown.text))
        )
    end = len(text[: signed.start()].rstrip())
    end = len(text[:end].removesuffix("[image or embed]").rstrip())
    who = signed["handle"]
    url = f"https://bsky.app/profile/{who}/post/{key}" if key else None
    return made("bluesky", text, (0, end), name=signed["name"], handle=who,
                date=day_of(signed["when"], "bluesky", key), url=url)  # fmt: skip


def _lift_instagram(element: Any) -> Lifted | None:
    text, _ = flatten(element)
    url = (element.get("data-instgrm-permalink") or link_below(element, "/p/") or "").partition("?")[0] or None
    shared = _SHARED.search(text)
    if shared is None:
        return made("instagram", text or url or "", None, name=None, handle=None, date=None, url=url)
    line = text.rfind("\n", 0, shared.start("handle")) + 1
    name = text[line : shared.end("name")]
    if not (shared["rest"] or "").strip(f"{_MARKS} "):
        name = _SHARED_BY.sub("", name)
    name = name.strip(f"{_MARKS} ")
    view = _VIEW.search(text, 0, line)
    start = view.end() if view else 0
    end = len(text[:line].rstrip())
    return made("instagram", text, (start, end) if end > start else None, name=name, handle=shared["handle"],
                date=day_of(shared["when"], "instagram", None), url=url)  # fmt: skip


def _lift_tiktok(element: Any) -> Lifted | None:
    text, _ = flatten(element)
    url = element.get("cite") or link_below(element, "/video/")
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
    return made("tiktok", text or url or "", body, name=None, handle=handle,
                date=day_of(None, "tiktok", number), url=url)  # fmt: skip


def _lift_facebook(element: Any) -> Lifted | None:
    text, _ = flatten(element)
    url = element.get("data-href") or next(
        (str(q.get("cite")) for q in element.iter("blockquote") if q.get("cite")), None
    )
    posted = _POSTED_BY.search(text)
    if posted is None and (signature := _signature(element)):
        end = len(text[: text.rfind(signature[0])].rpartition("\n")[0].rstrip())
        return made("facebook", text, (0, end), name=signature[0], handle=None,
                    date=day_of(signature[1], "facebook", None), url=url)  # fmt: skip
    if posted is None:
        return made("facebook", text or url or "", None, name=None, handle=None, date=None, url=url)
    when = posted["when"].replace("\N{NO-BREAK SPACE}", " ").strip()
    return made("facebook", text, (0, len(text[: posted.start()].rstrip())), name=posted["name"].strip(), handle=None,
                date=day_of(when, "facebook", None), url=url)  # fmt: skip


def _signature(element: Any) -> tuple[str, str] | None:
    """The name and the day that stand as links behind the paragraphs of Facebook's code, in whatever language."""
    for quote in element.iter("blockquote"):
        parts = list(quote)
        last = max((at for at, part in enumerate(parts) if part.tag == "p"), default=-1)
        links = [flatten(part)[0] for part in parts[last + 1 :]]
        if last >= 0 and len(links) == 2 and all(links) and all(part.tag == "a" for part in parts[last + 1 :]):
            return (links[0], links[1]) if match_date(links[1], 0) else None
    return None


def _lift_reddit(element: Any) -> Lifted | None:
    text, _ = flatten(element)
    url = link_below(element, "/comments/")
    found = _BY_IN.search(text)
    body = (0, len(text[: found.start()].rstrip())) if found else None
    return made("reddit", text or url or "", body, name=None, handle=found["handle"] if found else None, date=None,
                url=url)  # fmt: skip


def _lift_mastodon(element: Any) -> Lifted | None:
    framed = element.get("data-embed-url") or element.get("src") or element.get("data-src") or ""
    url = framed.removesuffix("/embed") or link_below(element, "/@")
    address = address_of(url or "")
    if url is None or address.scheme not in ("http", "https"):  # a frame that a browser saved as a file
        return None
    name = next((part[1:] for part in address.path.split("/") if part.startswith("@")), None)
    handle = f"{name}@{address.hostname}" if name and "@" not in name else name
    text, _ = flatten(element)
    return made("mastodon", text or url, None, name=None, handle=handle, date=None, url=url)


def _lift_threads(element: Any) -> Lifted | None:
    url = (element.get("data-text-post-permalink") or link_below(element, "/post/") or "").partition("?")[0]
    if not url:
        return None
    text, _ = flatten(element)
    handle = next((part[1:] for part in address_of(url).path.split("/") if part.startswith("@")), None)
    return made("threads", text or url, None, name=None, handle=handle, date=None, url=url)


def _lift_written(element: Any) -> Lifted | None:
    """An address that the page's own software was to make an embed of."""
    return linked(flatten(element)[0].strip())


def _lift_substack(element: Any) -> Lifted | None:
    """A tweet as Substack writes it: whole in an attribute, whatever of it is drawn."""
    try:
        value = json.loads(element.get("data-attrs") or "null", strict=False)
    except (ValueError, RecursionError):  # then its words are words of the page
        return None
    said = {name: word for name, word in value.items() if isinstance(word, str)} if isinstance(value, dict) else {}
    lifted = linked_plainly(said.get("url", ""))
    words = flatten(parse_html(said.get("full_text", "")))[0]
    if lifted is None or not words:
        return lifted
    post = lifted.embed
    text = f"{words}\n\n{post.url}"
    return made(post.platform, text, (0, len(words)), name=said.get("name"), handle=post.handle, date=post.date,
                url=post.url)  # fmt: skip


def _lift_onebox(element: Any) -> Lifted | None:
    """A tweet as Discourse writes it: name, handle, words and day, each in an element of its own."""
    lifted = linked_plainly(element.get("data-onebox-src") or "")
    if lifted is None or lifted.embed.platform != "x":
        return None
    post, (text, _) = lifted.embed, flatten(element)
    heading = next((flatten(each)[0] for each in element.iter("h4")), "")
    words = next((flatten(each)[0] for each in element.iter("div") if each.get("class") == "tweet"), "")
    start = text.find(words) if words else -1
    body = (start, start + len(words)) if start >= 0 else None
    return made("x", text or lifted.text, body, name=_HANDLED.sub("", heading), handle=post.handle, date=post.date,
                url=post.url)  # fmt: skip


def _lift_unnamed(element: Any) -> Lifted | None:
    """A quotation that lost its class, as reading views and feeds write it, but ends as a tweet's embed code does."""
    if element.tag != "blockquote" or sum(map(len, element.itertext())) > _LONGEST:
        return None
    signed, url = _SIGNED.search(flatten(element)[0]), link_below(element, "/status")
    link = match_post_link(url, 0) if signed and url else None
    same = link is not None and link.handle and signed and link.handle.casefold() == signed["handle"].casefold()
    return _lift_x(element) if same else None


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
    "twitterstatus": _lift_onebox,
    "tweet": _lift_substack,
}
"""By the class that the platform's embed code has."""
_MARKED: dict[str, Callable[[Any], Lifted | None]] = {
    "data-bluesky-uri": _lift_bluesky,
    "data-instgrm-permalink": _lift_instagram,
    "data-text-post-permalink": _lift_threads,
    "data-embed-url": _lift_mastodon,
}
"""By the attribute that it has, where its class was taken away."""


def lift_code(element: Any) -> Lifted | None:
    """The embed that an element is by its platform's embed code; None for any other element."""
    classes = frozenset((element.get("class") or "").split())
    for name in _FORMS.keys() & classes:
        if (lifted := _FORMS[name](element)) is not None and lifted.text:
            return lifted
    if element.tag != "blockquote":
        return None
    for name in _MARKED.keys() & set(element.keys()):
        if (lifted := _MARKED[name](element)) is not None and lifted.text:
            return lifted
    return _lift_unnamed(element)
