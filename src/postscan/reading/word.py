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
from postscan.reading.xml import local_name

_INSTALL = 'Word documents need python-docx: python -m pip install "postscan[docs]"'
_LEFT = frozenset(("del", "moveFrom", "pPr", "rPr", "tblPr", "tcPr", "sdtPr", "sectPr"))
_LEFT |= {"drawing", "pict", "object", "rt", "AlternateContent"}
"""What is deleted, formatted, drawn, or a reading above signs."""
_AROUND = frozenset(("sdt", "sdtContent", "customXml", "ins"))
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


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
    """The text of every paragraph and table below an element, also of those in controls, in their order."""
    for child in parent.iterchildren("*"):
        name = local_name(child)
        if name == "p":
            yield "".join(_inline(child))
        elif name == "tbl":
            rows = ("\t".join(map(_cell, _below(row, "tc"))) for row in _below(child, "tr"))
            yield "\n".join(rows)
        elif name not in _LEFT:
            yield from _blocks(child)


def _below(element: Any, name: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, which may lie in controls."""
    for child in element.iterchildren("*"):
        if local_name(child) == name:
            yield child
        elif local_name(child) in _AROUND:
            yield from _below(child, name)


def _cell(cell: Any) -> str:
    return "\n".join(filter(None, _blocks(cell)))


def _inline(element: Any) -> Iterator[str]:
    """The words of a paragraph as they stand once its changes are accepted; those of pictures are left out."""
    for child in element.iterchildren("*"):
        name = local_name(child)
        if name == "t":
            yield child.text or ""
        elif name in _SIGNS and _kind(child) not in ("page", "column"):
            yield _SIGNS[name]
        elif name not in _LEFT:
            yield from _inline(child)


def _kind(element: Any) -> str | None:
    return next((value for name, value in element.items() if name.endswith("}type")), None)
