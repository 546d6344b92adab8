"""Plain text and Markdown: a file is one post, and its text is what stands in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from postscan.model import Post, Problem, Skipped
from postscan.reading.encodings import decode, find_encoding
from postscan.reading.notes import Notes
from postscan.reading.posts import make_post
from postscan.reading.streams import LARGEST_RECORD, Stream
from postscan.reading.unread import NO_TEXT, ending_of, kind_by_content

ENDINGS = frozenset(("", "txt", "text", "md", "markdown"))


def matches(head: bytes, name: str) -> bool:
    """Whether an input looks like one post of text."""
    return ending_of(name) in ENDINGS and kind_by_content(head) is None


def read(
    stream: Stream,
    path: str,
    *,
    encoding: str | None,
    columns: Mapping[str, str],  # noqa: ARG001  text has no columns
    notes: Notes,
) -> Iterator[Post | Skipped | Problem]:
    """The one post of the file; a Problem where its bytes are not text in the given or found encoding."""
    data = stream.whole()
    if data is None:
        advice = "if it holds many posts, write them as JSON Lines, one a line"
        yield Problem(path, None, f"{path}: more than {LARGEST_RECORD >> 20} MiB in one post; {advice}")
        return
    name, guessed = (encoding, False) if encoding else find_encoding(data)
    try:
        text, mended = decode(data, name)
    except UnicodeError as error:
        yield Problem(path, None, f"{path}: {what_failed(error, name)}")
        return
    if guessed:
        notes.add("encoding", name, path)
    if mended:
        notes.add("surrogate", "", path, times=mended)
    text = text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    yield make_post(path, None, {"text": text}) if text and not text.isspace() else Skipped(path, None, NO_TEXT)


def what_failed(error: UnicodeError, encoding: str) -> str:
    """Where bytes are not in an encoding, and what to do."""
    where = f" at byte {error.start}" if isinstance(error, UnicodeDecodeError) else ""
    return f"not {encoding}{where}; repair it, or name its encoding with --encoding NAME"
