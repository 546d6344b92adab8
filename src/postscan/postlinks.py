"""Links to one post of a platform: whose it is, and its day where the id carries one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from postscan.dates import id_day

ID = r"(?P<id>[0-9]{1,20})"
NAME = r"(?P<handle>[A-Za-z0-9_.\-]{1,64})"
# The first pattern that matches decides. Profiles, channels, searches and tags are no posts.
PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (platform, re.compile(pattern, re.ASCII | re.IGNORECASE))
    for platform, pattern in (
        ("x", rf"(?:www\.|m\.|mobile\.)?(?:twitter|x)\.com/i/(?:web/)?status/{ID}"),
        ("x", rf"(?:www\.|m\.|mobile\.)?(?:twitter|x)\.com/(?:\#!/)?(?P<handle>\w{{1,20}})/status(?:es)?/{ID}"),
        ("bluesky", rf"bsky\.app/profile/{NAME}/post/(?P<id>[a-z0-9]{{10,16}})"),
        ("tiktok", rf"(?:www\.|m\.)?tiktok\.com/@{NAME}/(?:video|photo)/{ID}"),
        ("instagram", rf"(?:www\.|m\.)?instagram\.com/(?:{NAME}/)?(?:p|reels?|tv)/(?P<id>[\w\-]{{5,40}})"),
        (
            "facebook",
            r"(?:www\.|m\.|web\.|mbasic\.)?facebook\.com/(?:watch/?\?v=|permalink\.php\?|story\.php\?|reel/|photo(?:\.php|/)?\?fbid=)\w",
        ),
        ("facebook", rf"(?:www\.|m\.|web\.)?facebook\.com/groups/{NAME}/(?:posts|permalink)/(?P<id>\w+)"),
        (
            "facebook",
            rf"(?:www\.|m\.|web\.|mbasic\.)?facebook\.com/{NAME}/(?:posts|videos|photos)/(?:[^/\s]{{1,99}}/)?(?P<id>\w+)",
        ),
        ("telegram", rf"(?:www\.)?(?:t|telegram)\.me/(?:c/[0-9]+/|(?:s/)?(?P<handle>[A-Za-z]\w{{3,31}})/){ID}"),
        ("youtube", r"(?:www\.|m\.)?youtube\.com/(?:watch\?(?:[\w=&\-]{0,60}&)?v=|shorts/|live/)(?P<id>[\w\-]{6,20})"),
        ("youtube", r"youtu\.be/(?P<id>[\w\-]{6,20})"),
        ("reddit", r"(?:www\.|old\.|new\.)?reddit\.com/(?:r|user)/\w{1,32}/comments/(?P<id>\w+)"),
        ("threads", rf"(?:www\.)?threads\.(?:net|com)/@{NAME}/post/(?P<id>[\w\-]+)"),
        (
            "mastodon",
            r"(?P<host>[a-z0-9\-]+(?:\.[a-z0-9\-]+){1,4})/@(?P<handle>\w{1,64}(?:@[\w.\-]{3,99})?)/(?P<id>[0-9]{15,20})",
        ),
    )
)
_SHORT = "t.co/"
_SHORT_LINK = f"://{_SHORT}"
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_REST = re.compile(r"[^\s<>\[\]()\"'«»،؛|]{0,600}")
_CLOSE = re.compile(r"[.,:;!?…]+\Z")


@dataclass(frozen=True, slots=True)
class PostLink:
    """A link to one post."""

    start: int
    end: int
    platform: str
    handle: str | None
    day: str | None
    url: str
    """As written."""


def has_path(text: str) -> bool:
    """Whether a slash stands anywhere but in "://t.co/": without one there is no link to a post, and no "u/name".

    In every pattern a slash follows the host, and only Mastodon's fits t.co as a host: it has a second slash.
    """
    slashes = text.count("/")
    return slashes > 0 and slashes > 3 * text.count(_SHORT_LINK)


def match_post_link(text: str, at: int) -> PostLink | None:
    """The link to one post that begins at `at`, or null.

    >>> link = match_post_link("https://x.com/bystander/status/1715314866287825572?s=20", 0)
    >>> link.handle, link.day
    ('bystander', '2023-10-20')
    >>> match_post_link("https://twitter.com/bystander", 0) is None
    True
    """
    scheme = _SCHEME.match(text, at)
    start = scheme.end() if scheme else at
    if text.startswith(_SHORT, start) and not text.startswith("@", start + len(_SHORT)):
        return None  # most links
    for platform, pattern in PATTERNS:
        if found := pattern.match(text, start):
            rest = _REST.match(text, found.end())
            end = rest.end() if rest else found.end()
            if closing := _CLOSE.search(text, max(found.end(), end - 5), end):
                end = closing.start()
            named = found.groupdict()
            handle = named.get("handle")
            if platform == "mastodon" and handle and "@" not in handle:
                handle = f"{handle}@{named['host']}"
            if platform == "facebook" and handle and handle.isdigit():
                handle = None
            return PostLink(at, end, platform, handle, id_day(platform, named.get("id") or ""), text[at:end])
    return None
