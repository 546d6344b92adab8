"""The posts of the page as HTML, together no larger than a page may be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from postscan.annotate import annotated_html
from postscan.charts.labels import elide
from postscan.report.behind import Behind
from postscan.report.sample import Shown, cut

BYTES = 9_000_000
"""Of all posts together; where they would take more, the longest are cut."""
_MOST = 200_000
"""Of one post."""
_LEAST = 120
"""Characters of a post that is cut again and again."""
_LONG = 300


@dataclass(frozen=True, slots=True)
class Written:
    """A post as the page has it."""

    html: str
    numbers: str
    """Of what it stands behind."""
    id: str
    where: str
    shown: int
    """Characters that are shown, of `length`."""
    length: int
    command: str
    """What gives the whole post."""


def write_posts(posts: Sequence[Shown], numbers: Mapping[Behind, int], ui: str, folder: str) -> list[Written]:
    """The posts, each cut where it is longer than its part of the page allows."""
    written = [_fitting(post, _MOST, ui) for post in posts]
    most = _fair([_size(html) for html, _ in written], BYTES)
    found = []
    for post, (html, size) in zip(posts, written, strict=True):
        if _size(html) > most:
            html, size = _fitting(post, most, ui)  # noqa: PLW2901  # what is too long is written again
        own = sorted(numbers[each] for each in post.behind if each in numbers)
        record = post.scan.post.record
        where = post.scan.post.path if record is None else f"{post.scan.post.path}#{record}"
        command = f'postscan sql {folder} "SELECT text FROM posts WHERE post = {post.key}"'  # noqa: S608
        found.append(
            Written(html, " ".join(map(str, own)), post.scan.post.id, elide(where, _LONG), size, post.length, command)
        )
    return found


def _size(html: str) -> int:
    return len(html.encode("utf-8"))


def _fitting(post: Shown, most: int, ui: str) -> tuple[str, int]:
    """The post's HTML of at most `most` bytes, and how many of its characters that is; a short one may have more."""
    scan, end = post.scan, len(post.scan.post.text)
    html = annotated_html(scan, style=False, ui=ui)
    while (size := _size(html)) > most and end > _LEAST:
        end = max(_LEAST, min(end * most * 9 // (size * 10), end * 9 // 10))
        html = annotated_html(cut(scan, end), style=False, ui=ui)
    return html, end


def _fair(sizes: Sequence[int], whole: int) -> int:
    """What each may have so that all have at most `whole`: those that want less leave the rest to the others.

    >>> _fair([10, 20, 300], 100), _fair([10, 20, 30], 100)
    (70, 100)
    """
    left = whole
    for done, size in enumerate(sorted(sizes)):
        part = left // (len(sizes) - done)
        if size > part:
            return part
        left -= size
    return whole
