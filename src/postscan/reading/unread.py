"""What no reader knows, by kind, with advice: told by its first bytes, else by its ending.

A family that comes to read one of these kinds takes its row out of the tables here.
"""

from __future__ import annotations

import codecs
import re

NO_TEXT = "no text"
NO_RECORDS = "no records"
MEDIA = "media file"
OFFICE = "office document: save it as plain text (.txt), a table as CSV"
PDF = "PDF: convert it to text first, for example with pdftotext"
ARCHIVE = "archive: unpack it and name the folder"
PAGE = "web page or feed: save its text as .txt first"
MAIL = "mail: save its text as .txt first"
JSON = 'JSON document: nothing at its beginning has a "text"; name the field to read with --column text=NAME'
TABLE = "database or binary table: export it as CSV or JSON Lines"
BINARY = "binary file"
DOWNLOAD = "page of a Facebook or Instagram download: ask there for the download as JSON, which is read post by post"

_MAGIC = re.compile(
    rb"""
      (?P<media> \x89PNG\r\n | \xff\xd8\xff | GIF8[79]a | RIFF....(?:WEBP|WAVE|AVI\ ) | ....ftyp | ID3[\x02-\x04]\x00
               | OggS\x00 | fLaC\x00 | \x1aE\xdf\xa3 | II\*\x00 | MM\x00\* )
    | (?P<pdf> %PDF- )
    | (?P<office> \xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 | \{\\rtf | PK\x03\x04.{26}(?:\[Content_Types|_rels/|word/|xl/|ppt/
               | mimetypeapplication/vnd\.) )
    | (?P<archive> PK\x03\x04 | PK\x05\x06 | \x1f\x8b\x08 | BZh[1-9]1AY | \xfd7zXZ\x00 | \x28\xb5\x2f\xfd
               | 7z\xbc\xaf\x27\x1c | Rar!\x1a\x07 | .{257}ustar(?:\ \ )?\x00 )
    | (?P<table> SQLite\ format\ 3\x00 | ARROW1\x00 | .{8}DUCK.\x00{7} )
    | (?P<binary> \x7fELF | MZ.\x00 | \xca\xfe\xba\xbe )
    """,
    re.VERBOSE | re.DOTALL,
)
_WORKBOOK = re.compile(
    rb"PK\x03\x04.{26}(?:\[Content_Types|_rels/|docProps/|xl/)(?!.*(?:word/document|ppt/presentation)\.xml)"
    rb".*xl/(?:workbook|sharedStrings|styles|worksheets/[^/]{1,60})\.xml",
    re.DOTALL,
)
_KINDS = {"media": MEDIA, "pdf": PDF, "office": OFFICE, "archive": ARCHIVE, "table": TABLE, "binary": BINARY}
_MARKUP = re.compile(rb"\s*(?:<!doctype\s+html|<html[\s>]|<\?xml\s|<rss[\s>])", re.IGNORECASE)
_DOCUMENT = re.compile(rb"\s*(?:\[\s*[\[{]\s*[\"\]}\[{]|\{\s*\"(?:[^\"\\\n]|\\.)*\"\s*:)")
_CONTROL = bytes([*range(9), *range(14, 27), *range(28, 32)])

_ENDINGS = {
    MEDIA: "jpg jpeg png gif webp heic heif avif bmp tif tiff svg ico mp4 mov m4v avi mkv webm 3gp mp3 m4a ogg oga opus"
    " wav flac aac wma wmv",
    OFFICE: "doc docx docm odt rtf pages xls xlsb ods numbers ppt pptx odp key",
    PDF: "pdf ps djvu epub mobi",
    ARCHIVE: "zip tar tgz 7z rar bz2 xz zst lz4 gz tbz2 txz",
    PAGE: "html htm xhtml mht mhtml xml rss atom wxr warc",
    MAIL: "mbox eml msg",
    JSON: "json jsonl ndjson",
    TABLE: "feather arrow sqlite sqlite3 db duckdb mdb accdb sav dta rds rdata",
    BINARY: "exe dll so dylib bin pickle pkl npy npz pyc class jar iso dmg",
}
_KIND_OF_ENDING = {ending: kind for kind, endings in _ENDINGS.items() for ending in endings.split()}
_ENDING = re.compile(r"\.([a-z][a-z0-9_]{0,11})$")


def ending_of(name: str) -> str:
    """The ending in lower case without its dot, or "" where there is none.

    >>> ending_of("Post.TXT"), ending_of("post.2021-08-06")
    ('txt', '')
    """
    found = _ENDING.search(name.lower())
    return found[1] if found else ""


def kind_by_magic(head: bytes) -> str | None:
    """The kind that the first bytes show, where they are no text."""
    found = None if is_workbook(head) or is_word(head) else _MAGIC.match(head)
    return _KINDS[found.lastgroup or ""] if found else None


def is_workbook(head: bytes) -> bool:
    """Whether the first bytes are those of an Excel workbook."""
    return head.startswith(b"PK") and _WORKBOOK.match(head) is not None


def is_word(head: bytes) -> bool:
    """Whether the first bytes are those of a Word document (docx)."""
    return head.startswith(b"PK\x03\x04") and b"[Content_Types].xml" in head and b"word/" in head


def kind_by_content(head: bytes) -> str | None:
    """The kind of text that is no post: a page, a JSON document, or no text at all; `head` in UTF-8."""
    if head[:1] in b"<[{ \t\r\n":
        if _MARKUP.match(head):
            return PAGE
        if _DOCUMENT.match(head):
            return JSON
    return BINARY if _is_binary(head[:4096]) else None


def _is_binary(sample: bytes) -> bool:
    """Whether a twentieth is control characters, and not all of it text: UTF-8 without a NUL, as logs of chats are."""
    if len(sample.translate(None, _CONTROL)) >= 0.95 * len(sample):
        return False
    try:
        codecs.utf_8_decode(sample, "strict", False)
    except UnicodeDecodeError:
        return True
    return b"\0" in sample


def kind_by_ending(name: str) -> str:
    """The kind that the ending shows; every name has one."""
    ending = ending_of(name)
    return _KIND_OF_ENDING.get(ending) or (
        f"unsupported type .{ending}: if it is a post, rename it to .txt or name it with --format text"
        if ending
        else BINARY
    )


def is_known_ending(name: str) -> bool:
    """Whether the ending says that this is no post."""
    return ending_of(name) in _KIND_OF_ENDING
