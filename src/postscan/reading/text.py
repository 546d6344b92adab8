"""Plain text and Markdown: a file is one post, and its text is what stands in it."""

from __future__ import annotations

from postscan.model import Problem, Skipped
from postscan.reading.encodings import decode, find_encoding
from postscan.reading.opened import Items, Opened
from postscan.reading.posts import make_post
from postscan.reading.unread import NO_TEXT, ending_of, kind_by_content

ENDINGS = frozenset(("", "txt", "text", "md", "markdown"))


def matches(head: bytes, name: str) -> bool:
    """Whether an input looks like one post of text."""
    return ending_of(name) in ENDINGS and kind_by_content(head) is None


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
