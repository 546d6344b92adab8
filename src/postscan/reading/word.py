"""Word documents (docx): a file is one post, its paragraphs and tables in their order. Needs the extra `docs`."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from postscan.model import Post, Problem, Skipped
from postscan.reading.notes import Notes
from postscan.reading.posts import make_post
from postscan.reading.streams import LARGEST_RECORD, Stream
from postscan.reading.unread import NO_TEXT, is_word

_INSTALL = 'Word documents need python-docx: python -m pip install "postscan[docs]"'


def matches(head: bytes, name: str) -> bool:  # noqa: ARG001
    """Whether it is a zip archive whose first parts are those of a Word document."""
    return is_word(head)


def read(
    stream: Stream,
    path: str,
    *,
    encoding: str | None,  # noqa: ARG001
    columns: Mapping[str, str],  # noqa: ARG001
    notes: Notes,  # noqa: ARG001
) -> Iterator[Post | Skipped | Problem]:
    """The one post of the document; Skipped with advice where the library is not installed."""
    try:
        import docx
    except ImportError:
        yield Skipped(path, None, _INSTALL)
        return
    data = stream.whole()
    if data is None or _unpacked(data) > LARGEST_RECORD:
        message = f"more than {LARGEST_RECORD >> 20} MiB in one document; save its text as .txt"
        yield Problem(path, None, f"{path}: {message}")
        return
    try:
        document: Any = docx.Document(io.BytesIO(data))
        text = "\n\n".join(filter(None, map(_words, document.iter_inner_content())))
        about = document.core_properties
        created = about.created.strftime("%Y-%m-%dT%H:%M:%SZ") if about.created else None
        values = {"text": text, "title": about.title or None, "author": about.author or None, "created": created}
    except Exception as error:  # noqa: BLE001  whatever the library says of a damaged document
        yield Problem(path, None, f"{path}: not a Word document that can be read ({error}); save its text as .txt")
        return
    yield make_post(path, None, values) if text.strip() else Skipped(path, None, NO_TEXT)


def _unpacked(data: bytes) -> int:
    """The bytes that its parts unpack to, by the archive's own list."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return sum(member.file_size for member in archive.infolist())
    except zipfile.BadZipFile:
        return 0  # what follows says that it is damaged


def _words(part: Any) -> str:
    """The text of a paragraph, or of a table row by row."""
    if hasattr(part, "rows"):
        return "\n".join("\t".join(cell.text for cell in row.cells) for row in part.rows)
    return str(part.text)
