"""Plain text and Markdown: a file is one post, and its text is what stands in it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable

from postscan.model import Post, Problem, Skipped
from postscan.reading.encodings import decode, find_encoding
from postscan.reading.guesses import is_name
from postscan.reading.opened import Items, Opened
from postscan.reading.posts import make_post
from postscan.reading.streams import HEAD, OPEN_FLAGS
from postscan.reading.unread import CONTROL, NO_TEXT, ending_of, kind_by_content

ENDINGS = frozenset(("", "txt", "text", "md", "markdown"))
_SURE = tuple(f".{ending}" for ending in ENDINGS if ending)
_WORDS = re.compile(
    r"""
    (?! From\  | window\. | [Ss][Ee][Pp]= | GIF8 | RIFF | BZh | PAR1 )
    (?P<cell> (?: [^\W\d_] | [#@] )     # no bracket, digit, mark or space, with which most formats begin
      [^,;\t|"\n#@!?]*+ )               # as far as the first cell of a table may go, if this is one
    (?P<end> "?[ ]?[,;\t|] )?
    """,
    re.VERBOSE,
)


def matches(head: bytes, name: str) -> bool:
    """Whether an input looks like one post of text."""
    return ending_of(name) in ENDINGS and kind_by_content(head) is None


def read_words(disk: str, path: str, report: Callable[[int], None] | None) -> Post | None:
    """The post of a small file that can be nothing but words in UTF-8; None for every other, which `read` looks into.

    Most files of a folder of posts are such, and asking all families costs ten times what opening one does. Whatever
    any family, archive or encoding is known by is refused here: in what has no control characters, and begins with a
    letter, "#" or "@", that is little. Raises OSError.
    """
    if not path.endswith(_SURE):
        return None
    fd = os.open(disk, OPEN_FLAGS)
    try:
        data = os.read(fd, HEAD)
        if len(data) == HEAD or os.read(fd, 1):
            return None
    finally:
        os.close(fd)
    if len(data.translate(None, CONTROL)) != len(data) or data[4:8] == b"ftyp" or data[257:262] == b"ustar":
        return None
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    begin = _WORDS.match(text)
    if begin is None or "\N{REPLACEMENT CHARACTER}" in text:  # with which it may be in a code page
        return None
    if "thread_id" in text or "Post Created" in text or "wordpress.org/export/" in text:
        return None
    if begin["end"] and (" " not in begin["cell"] or is_name(begin["cell"])):
        return None
    if report is not None:
        report(len(data))
    return Post(path, text, path)


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
