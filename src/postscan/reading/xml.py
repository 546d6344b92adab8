"""XML read an element at a time, in bounded memory, with nothing of it carried out: no entities, no other files.

What XML forbids and exports hold all the same is mended before it is parsed: control characters and blank lines above
the declaration are left out, and characters by the names that HTML has for them (`&nbsp;`) are written as numbers.
"""

from __future__ import annotations

import functools
import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from html.entities import html5
from typing import Any

from postscan.reading.encodings import as_utf8, is_wide, marked_encoding
from postscan.reading.streams import DamagedError, Stream

_FORBIDDEN = bytes([*range(9), 11, 12, *range(14, 32)])
_NAME = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z][A-Za-z0-9]{1,31};")
"""Of a character, but for the five that XML has itself."""
_LONGEST = 34  # bytes of such a name
_ENTITY = re.compile(rb"<!ENTITY\s", re.IGNORECASE)


def elements(stream: Stream, names: frozenset[str]) -> Iterator[Any]:
    """Every element of these local names, once it is whole; it is emptied afterwards, and what stands above it stays.

    Raises DamagedError where the XML breaks, after all elements before that place, and where it declares entities of
    its own: those can grow without bound or name other files.
    """
    from lxml import etree

    if _ENTITY.search(as_utf8(stream.head)):
        message = "it declares XML entities of its own, which are not carried out; export it again without a DOCTYPE"
        raise DamagedError(message)
    parser: Any = etree.XMLPullParser(
        events=("end",), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    most, size = stream.bounds.record, 0
    wide = is_wide(marked_encoding(stream.head) or "utf-8")
    try:
        for chunk in stream.chunks() if wide else _mended(stream.chunks()):
            parser.feed(chunk)
            size += len(chunk)
            for element in _ended(parser, names):
                size = 0
                yield element
            if size > most + len(chunk):
                raise DamagedError(stream.bounds.too_large("element", "what stands before is read"))
        parser.close()
        yield from _ended(parser, names)
    except etree.XMLSyntaxError as error:
        yield from _ended(parser, names)
        raise DamagedError(
            f"broken XML ({error.msg}); what stands before is read, export it again for the rest"
        ) from None


def _mended(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The chunks as XML allows them; a name that a border parts waits for its end."""
    rest, begun = b"", False
    for chunk in chunks:
        data = rest + chunk.translate(None, _FORBIDDEN)
        if not begun:
            data = data.removeprefix(BOM_UTF8).lstrip()
            begun = bool(data)
        cut = data.rfind(b"&", max(0, len(data) - _LONGEST))
        cut = len(data) if cut < 0 or b";" in data[cut:] else cut
        rest = data[cut:]
        yield _NAME.sub(lambda found: _numbered(found[0]), data[:cut])
    yield rest


@functools.lru_cache(maxsize=4096)
def _numbered(name: bytes) -> bytes:
    """The characters that HTML has a name for as numbers; any other name as it is."""
    signs = html5.get(name[1:].decode("ascii"), "")
    return b"".join(b"&#%d;" % ord(sign) for sign in signs) or name


def _ended(parser: Any, names: frozenset[str]) -> Iterator[Any]:
    for _, element in parser.read_events():
        if isinstance(element.tag, str) and local_name(element) in names:
            yield element
            element.clear(keep_tail=False)
            before = element.getprevious()
            if before is not None and isinstance(before.tag, str) and local_name(before) in names:
                element.getparent().remove(before)


def local_name(element: Any) -> str:
    """The name without its namespace, and without a prefix that nothing declares."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2]


def children(element: Any, *names: str) -> Iterator[Any]:
    """Its children of these local names, those of the first name first."""
    for name in names:
        yield from (child for child in element if isinstance(child.tag, str) and local_name(child) == name)


def words_of(element: Any, name: str, *, space: str | None = None) -> str | None:
    """The text of its first child of this local name (and of a namespace that holds `space`) that has any, or None.

    Those of its own namespace come first: the title of an item is not that of its picture.
    """
    found = [child for child in children(element, name) if space is None or space in child.tag]
    own = str(element.tag).rpartition("}")[0]
    found.sort(key=lambda child: str(child.tag).rpartition("}")[0] != own)
    texts = ("".join(child.itertext()).strip() for child in found)
    return next(filter(None, texts), None)


def title_above(element: Any) -> str | None:
    """The title of what holds the element, or of the channel beside it, as RSS 1.0 has it."""
    parent = element.getparent()
    if parent is None:
        return None
    return words_of(parent, "title") or next((words_of(each, "title") for each in children(parent, "channel")), None)
