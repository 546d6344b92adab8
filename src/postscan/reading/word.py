"""Word documents (docx): a file is one post, its paragraphs and tables in their order. Needs the extra `docs`."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from postscan.model import Problem, Skipped
from postscan.reading.opened import Items, Opened
from postscan.reading.posts import make_post
from postscan.reading.unread import NO_TEXT, is_word

_INSTALL = 'Word documents need python-docx: python -m pip install "postscan[docs]"'


def matches(head: bytes, name: str) -> bool:  # noqa: ARG001
    """Whether it is a zip archive whose first parts are those of a Word document."""
    return is_word(head)


def read(opened: Opened) -> Items:
    """The one post of the document; Skipped with advice where the library is not installed."""
    try:
        import docx
    except ImportError:
        yield Skipped(opened.path, None, _INSTALL)
        return
    data = opened.stream.whole()
    bounds = opened.stream.bounds
    if data is None or _unpacked(data) > bounds.record:
        message = bounds.too_large("document", "save its text as .txt")
        yield Problem(opened.path, None, f"{opened.path}: {message}")
        return
    try:
        document: Any = docx.Document(io.BytesIO(data))
        text = "\n\n".join(filter(None, map(_words, document.iter_inner_content())))
        about = document.core_properties
        created = about.created.strftime("%Y-%m-%dT%H:%M:%SZ") if about.created else None
        values = {"text": text, "title": about.title or None, "author": about.author or None, "created": created}
    except Exception as error:  # noqa: BLE001  whatever the library says of a damaged document
        yield Problem(
            opened.path, None, f"{opened.path}: not a Word document that can be read ({error}); save its text as .txt"
        )
        return
    yield make_post(opened.path, None, values) if text.strip() else Skipped(opened.path, None, NO_TEXT)


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
