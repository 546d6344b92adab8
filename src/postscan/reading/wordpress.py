"""WordPress's export (WXR): a published post is a post; pages, attachments, drafts and menus are skipped by name.

The content is what an editor wrote: paragraphs are blank lines, shortcodes stand in brackets, a link to a post on a
line of its own is shown as that post.
"""

from __future__ import annotations

import codecs
import functools
import re
from collections.abc import Mapping
from typing import Any

from postscan.reading.feeds import find_time, plain
from postscan.reading.fragments import fragment_text
from postscan.reading.opened import Items, Opened
from postscan.reading.records import Fields, Records
from postscan.reading.xml import elements, local_name, title_above, words_of

_SIGN = b"wordpress.org/export/"
_CAPTION = re.compile(r"\[(caption|wp_caption)\b([^\]]*)\](.*?)\[/\1\]", re.DOTALL)
_EMBED = re.compile(r"\[(embed|embedyt|youtube|tweet|instagram|facebook)(?: [^\]\n]*)?\]\s*([^\s\[\]]+)\s*\[/\1\]")
_LINKED = re.compile(
    r"\[(?:tweet|twitter|youtube|instagram|facebook|tiktok)[\s=][^\]\n]*?"
    r"(https?://[^\s\[\]\"']+?)(?:&(?:amp;|\#0?38;)?[wh]=\d+)*(?=[\s\]\"'])[^\]\n]*\]",
    re.ASCII,
)
_NUMBERED = re.compile(r"\[tweet\s+(?:id=)?[\"']?(\d{6,20})\b[^\]\n]*\]", re.ASCII)
_BUILT = re.compile(r"\[/?(?:vc|et_pb|fusion|av)_\w+(?:\s[^\]]*)?\]", re.ASCII)
"""What builders of pages put around words."""
_OLD_CAPTION = re.compile(r"\bcaption=\"([^\"]*)\"")
_MEDIA = re.compile(r"\[(?:gallery|audio|video|playlist|sharing|subscribe2)\b[^\]]*\](?:\[/\w+\])?")
_IMAGE = re.compile(r"<a\b[^>]*>\s*<img\b[^>]*>\s*</a>|<img\b[^>]*>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_OPENING = re.compile(r"\s*</?(?:p|div|ul|ol|li|blockquote|h[1-6]|pre|table|figure|script)\b", re.IGNORECASE)
_BLANK = re.compile(r"\n\s*\n")


def matches(head: bytes, name: str) -> bool:  # noqa: ARG001
    """Whether it is XML that names the export's own namespace; a post may be about it."""
    return _SIGN in head and head.removeprefix(codecs.BOM_UTF8).lstrip()[:1] == b"<"


def read(opened: Opened) -> Items:
    """A post a published item, in the order of the export."""
    records = Records(opened.path, opened.notes)
    authors: dict[str, str] = {}
    for element in elements(opened.stream, frozenset(("item", "author"))):
        if local_name(element) == "item":
            yield records.take(functools.partial(_fields, authors=authors), element)
        elif login := words_of(element, "author_login"):
            authors[login] = words_of(element, "author_display_name") or login
    yield from records.ended()


def _fields(item: Any, records: Records, *, authors: Mapping[str, str]) -> Fields | str:  # noqa: ARG001
    kind, status = words_of(item, "post_type") or "post", words_of(item, "status") or "publish"
    if kind != "post":
        return {"page": "page", "attachment": "attachment"}.get(kind, f"WordPress {kind}")
    if status != "publish":
        return "draft" if status in ("draft", "auto-draft", "pending", "future") else f"{status} post"
    text, embeds = content_text(words_of(item, "encoded", space="content") or "")
    login = words_of(item, "creator")
    utc = words_of(item, "post_date_gmt") or ""
    local = words_of(item, "post_date") or ""
    unknown = utc.startswith("0000")  # and then pubDate is in 1970 or the year 0
    created = find_time(local) if unknown else find_time(f"{utc}Z")
    return {
        "id": words_of(item, "guid") or words_of(item, "link"),
        "text": text,
        "embeds": embeds,
        "title": plain(words_of(item, "title")),
        "url": words_of(item, "link"),
        "author": authors.get(login or "", login),
        "author_id": login,
        "channel": title_above(item),
        "created": created or (None if unknown else find_time(words_of(item, "pubDate")) or find_time(local)),
    }


def content_text(source: str) -> tuple[str, Any]:
    r"""The text of an editor's source, and the embeds in it.

    >>> content_text('One\ntwo.\n\n[caption id="a"]<img src="a.jpg" /> A gate[/caption]\n\n[embed]https://a.example/1[/embed]')
    ('One\ntwo.\n\nA gate\n\nhttps://a.example/1', ())
    """
    source = source.replace("\r\n", "\n")
    source = _COMMENT.sub("", source)
    source = _CAPTION.sub(_caption, source)
    source = _EMBED.sub(r"\n\n\2\n\n", source)
    source = _LINKED.sub(r"\n\n\1\n\n", source)
    source = _NUMBERED.sub(r"\n\nhttps://twitter.com/i/status/\1\n\n", source)
    source = _MEDIA.sub("", _BUILT.sub("\n\n", source))
    return fragment_text("".join(map(_paragraph, _BLANK.split(source))))


def _caption(found: re.Match[str]) -> str:
    """The words under a picture, which stood in an attribute until 2012."""
    words = _IMAGE.sub("", found[3]).strip()
    old = _OLD_CAPTION.search(found[2])
    return f"\n\n{words or (old[1] if old else '')}\n\n"


def _paragraph(piece: str) -> str:
    """A stretch between blank lines as a paragraph, unless it is one already."""
    piece = piece.strip()
    if not piece:
        return ""
    return piece + "\n" if _OPENING.match(piece) else f"<p>{piece.replace(chr(10), '<br>')}</p>"
