"""Plain text and Markdown: a file is one post, and its text is what stands in it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence

from postscan.model import Post, Problem, Skipped
from postscan.reading.encodings import decode, find_encoding
from postscan.reading.guesses import is_name
from postscan.reading.inputs import Found, InputFile
from postscan.reading.opened import Items, Opened
from postscan.reading.posts import NO_COUNTS, OpenPost, make_post
from postscan.reading.streams import HEAD, OPEN_FLAGS
from postscan.reading.unread import NO_TEXT, ending_of, kind_by_content

ENDINGS = frozenset(("", "txt", "text", "md", "markdown"))
_SURE = (".txt", ".text", ".md", ".markdown")
_SURELY_ALL = 1 << 12
"""A file system may break off a reading behind a whole page, of this size or more; less is all that there is."""
_MOST_FILES, _MOST_BYTES = 1 << 6, 1 << 20
"""What is read before it is looked at; a file that goes beyond is the last."""
_ODD = re.compile(
    r"""
      (?! [a-zA-Z#@] ) (?! [^\W\d_] )    # a bracket, digit, mark or space, with which most formats begin, or nothing
    | From\  | window\. | [Ss][Ee][Pp]= | GIF8 | RIFF | BZh | PAR1 | Rar!
    | .{0,4} (?: ftyp | [\x00-\x08] )    # UTF-16 without a NUL has such a byte among the first four
    | (?P<cell> [#@]? [^,;\t|"\n#@!?]*+ ) (?: [,;\t|] | "[ ]?[,;\t|] )    # the first cell of a table, if this is one
    """,
    re.VERBOSE | re.DOTALL,
)


def matches(head: bytes, name: str) -> bool:
    """Whether an input looks like one post of text."""
    return ending_of(name) in ENDINGS and kind_by_content(head) is None


def read_words(
    items: Sequence[Found], look_into: Callable[[Found], Items], report: Callable[[int], None] | None
) -> Items:
    """The post of every small file that can be nothing but words in UTF-8, and what looking into each other item gives.

    Most files of a folder of posts are such, and asking all families costs ten times what opening one does. Whatever
    any family, archive or encoding is known by is looked into: in what has no NUL, and begins with a letter, "#" or
    "@", that is little.
    """
    match = _ODD.match
    at = 0
    while at < len(items):
        contents = _read_small(items[at : at + _MOST_FILES])
        some = items[at : at + len(contents)]
        at += len(contents)
        for item, text in zip(some, _decode_all(contents), strict=True):
            if (
                ((odd := match(text)) and not _is_clause(odd["cell"]))
                or ("_" in text and "thread_id" in text)  # one sign is looked for in a sixth of the time
                or ("U" in text and "Post Created" in text)  # beside "URL"
            ):
                yield from look_into(item)
                continue
            post = OpenPost()
            post.id = post.path = item.path
            post.text = text
            post.record = post.platform = post.author = post.author_id = post.channel = post.created = None
            post.url = post.title = post.reply_to = post.repost_of = post.quote_of = None
            post.counts = NO_COUNTS
            post.truncated = False
            post.embeds = post.marked = ()
            post.__class__ = Post
            if report is not None:
                report(len(text.encode()))
            yield post


def _read_small(items: Sequence[Found]) -> list[bytes]:
    """The bytes of each small file that is named as a text is, and of every other item none."""
    open_file, read_bytes, close = os.open, os.read, os.close  # looked up once for all
    contents: list[bytes] = []
    size = 0
    for item in items:
        data = b""
        if type(item) is InputFile and item.path.endswith(_SURE) and not item.named:  # an address is no file there
            try:
                fd = open_file(item.disk, OPEN_FLAGS)
                try:
                    data = read_bytes(fd, HEAD)
                    if len(data) >= _SURELY_ALL:
                        size += len(data)
                        if len(data) == HEAD or read_bytes(fd, 1):
                            data = b""
                finally:
                    close(fd)
            except OSError:
                data = b""  # it is opened again where it is looked into, and what is wrong is said there
        contents.append(data)
        if size > _MOST_BYTES:
            break
    return contents


def _decode_all(contents: list[bytes]) -> list[str]:
    """The text of each; none of one that is not UTF-8 or has a NUL.

    Looking through all at once takes a third of the time; where something is found, each half is looked through alone.
    """
    if b"\0" not in b"".join(contents):
        try:
            return list(map(bytes.decode, contents))
        except UnicodeDecodeError:
            pass  # one of them; which, the halves tell
    if len(contents) == 1:
        return [""]
    half = len(contents) // 2
    return _decode_all(contents[:half]) + _decode_all(contents[half:])


def _is_clause(cell: str | None) -> bool:
    """Whether what stands before a comma is no column of a table."""
    return cell is not None and " " in cell and not is_name(cell)


def read(opened: Opened) -> Items:
    """The one post of the file; a Problem where its bytes are not text in the given or found encoding."""
    data = opened.stream.whole()
    if data is None:
        advice = "if it holds many posts, write them as JSON Lines, one a line"
        yield Problem(opened.path, None, f"{opened.path}: {opened.stream.bounds.too_large('post', advice)}")
        return
    name, guessed = (opened.encoding, False) if opened.encoding else find_encoding(data)
    try:
        text, mended = decode(data, name)
    except UnicodeError as error:
        yield Problem(opened.path, None, f"{opened.path}: {what_failed(error, name)}")
        return
    if guessed:
        opened.notes.add("encoding", name, opened.path)
    if mended:
        opened.notes.add("surrogate", "", opened.path, times=mended)
    text = text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    yield (
        make_post(opened.path, None, {"text": text})
        if text and not text.isspace()
        else Skipped(opened.path, None, NO_TEXT)
    )


def what_failed(error: UnicodeError, encoding: str) -> str:
    """Where bytes are not in an encoding, and what to do."""
    where = f" at byte {error.start}" if isinstance(error, UnicodeDecodeError) else ""
    return f"not {encoding}{where}; repair it, or name its encoding with --encoding NAME"
