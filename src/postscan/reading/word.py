"""Word documents (docx): a file is one post, its paragraphs and tables in their order. Needs the extra `docs`."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from postscan.model import Problem, Skipped
from postscan.reading.opened import Items, Opened
from postscan.reading.posts import make_post
from postscan.reading.unread import NO_TEXT, is_word

_INSTALL = 'Word documents need python-docx: python -m pip install "postscan[docs]"'
_SPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_AROUND = frozenset(("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))
"""What stands around paragraphs and tables, and shows them."""
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_LEFT = frozenset(("pPr", "rPr", "sdtPr", "del", "moveFrom", "rt", "drawing", "pict", "object",
                   "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"))  # fmt: skip
"""Properties, what was deleted or moved away, readings above signs, pictures and what lies in them."""


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
        text = "\n\n".join(filter(None, _blocks(document.element.body)))
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


def _blocks(parent: Any) -> Iterator[str]:
    """The text of each paragraph and table, those in content controls and tracked insertions too."""
    for child in parent:
        name = _name(child)
        if name == "p":
            yield "".join(_words(child))
        elif name == "tbl":
            yield "\n".join(map(_row, child.iterchildren(f"{_SPACE}tr")))
        elif name in _AROUND:
            yield from _blocks(child)


def _row(row: Any) -> str:
    """The cells of a row, each once however wide it is."""
    cells = (cell for cell in row.iter(f"{_SPACE}tc") if next(cell.iterancestors(f"{_SPACE}tr")) is row)
    return "\t".join("\n".join(filter(None, _blocks(cell))) for cell in cells)


def _words(parent: Any) -> Iterator[str]:
    """The words below an element as the document shows them: with what was inserted, without what was deleted."""
    for child in parent:
        name = _name(child)
        if name == "t":
            yield child.text or ""
        elif name in _SIGNS:
            yield _SIGNS[name] if child.get(f"{_SPACE}type", "textWrapping") == "textWrapping" else ""
        elif name not in _LEFT:
            yield from _words(child)


def _name(element: Any) -> str:
    return element.tag.removeprefix(_SPACE) if isinstance(element.tag, str) else ""
