"""Read posts from files, folders, globs and standard input.

`find_inputs` says what there is, `read_input` reads files, `read` does both. A family of formats is one module
with `matches(head, name)` and `read(stream, path, ...)` and a line in `FAMILIES`; nothing else knows of it.
`docs/reading.md` has the formats and the rules.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

from postscan.dates.zones import check_input_zone, place
from postscan.model import Post, PostscanError, Problem, Skipped
from postscan.reading import (
    bluesky,
    containers,
    crowdtangle,
    delimited,
    facebook,
    feeds,
    fourcat,
    instagram,
    json_rows,
    jsonl,
    mail,
    mastodon,
    pages,
    parquet,
    reddit,
    reddit_api,
    sheets,
    telegram,
    telegram_page,
    telethon,
    text,
    tiktok,
    twarc_csv,
    video_info,
    whatsapp,
    word,
    wordpress,
    x_api,
    x_archive,
    youtube_api,
    zeeschuimer,
)
from postscan.reading.bounds import MAX_DEPTH, MAX_EXPANSION, MAX_RECORD, Bounds, check_bounds
from postscan.reading.encodings import as_utf8, check_encoding, is_wide, marked_encoding
from postscan.reading.inputs import Found, InputFile, Part, find_inputs, say_reason, shown_path, walk_inputs
from postscan.reading.notes import Notes
from postscan.reading.opened import Items, Opened
from postscan.reading.rows import check_columns
from postscan.reading.streams import HEAD, DamagedError, Stream, is_there, place_beside
from postscan.reading.unread import NO_RECORDS, is_known_ending, kind_by_content, kind_by_ending, kind_by_magic

__all__ = [
    "FAMILIES", "Family", "InputFile", "Notes", "Part", "check_options", "files_beside", "find_inputs",
    "may_be_read_with_others", "read", "read_input", "rows_are_lines",
]  # fmt: skip


class Family(Protocol):
    """What a module of formats offers.

    A module may also have `BEGINS`, the bytes one of which its inputs begin with, white space aside, so that others
    are not asked; `ROWS_ARE_LINES`, where a stretch of whole lines of its inputs can be read alone; and, where an input
    is read with others that lie beside it, `BESIDE`, names of which one is among those, and `beside(stream)`, which
    gives those that are there.
    """

    def matches(self, head: bytes, name: str) -> bool:
        """Whether an input is of this family, by its first bytes, else by its name ("-" is standard input).

        The bytes are unpacked; text is in UTF-8, whatever it is in the file, and without its mark.
        """

    def read(self, opened: Opened) -> Items:
        """The records, in order; raises DamagedError or OSError where the input ends before its end."""


FAMILIES: dict[str, Family] = {
    "x-archive": x_archive,
    "telegram-html": telegram_page,
    "4cat": zeeschuimer,
    "x-api": x_api,
    "bluesky": bluesky,
    "mastodon": mastodon,
    "telegram": telegram,
    "telethon": telethon,
    "reddit": reddit,
    "reddit-api": reddit_api,
    "tiktok": tiktok,
    "youtube-api": youtube_api,
    "video-info": video_info,
    "facebook": facebook,
    "instagram": instagram,
    "wordpress": wordpress,
    "feed": feeds,
    "html": pages,
    "mail": mail,
    "docx": word,
    "json": json_rows,
    "jsonl": jsonl,
    "parquet": parquet,
    "xlsx": sheets,
    "whatsapp": whatsapp,
    "twarc-csv": twarc_csv,
    "4cat-csv": fourcat,
    "crowdtangle": crowdtangle,
    "csv": delimited,
    "text": text,
}
"""By the name that `--format` has; asked in this order: platforms first, then what has our own fields, then text."""


class _Said(NamedTuple):
    """What the user says of all inputs."""

    encoding: str | None
    columns: dict[str, str]
    input_format: str | None
    zone: dt.tzinfo | None
    bounds: Bounds


def read(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    encoding: str | None = None,
    columns: Mapping[str, str] | None = None,
    input_format: str | None = None,
    input_tz: str | None = None,
    max_record: int = MAX_RECORD,
    max_expansion: int = MAX_EXPANSION,
    max_depth: int = MAX_DEPTH,
    notes: Notes | None = None,
) -> Items:
    """Every post of files, folders, globs or standard input ("-"), and each input and record that is none.

    `encoding` overrides what is found, for all; `columns` maps fields of Post (and likes, shares, replies, views) to
    the input's names; `input_format` is a key of `FAMILIES`; `input_tz` is the zone (IANA, or +HH:MM) of times that
    have none. `max_record` is how many bytes a record, or a file that is one post, may take, `max_expansion` how many
    times as many packed bytes may become (beyond 256 MiB), `max_depth` how many archives may lie in one another; what
    is more is a Problem. `notes` is filled with what the summary should say. Raises PostscanError at once for an
    encoding, field, format or zone that there is not.
    """
    said = check_options(encoding, columns, input_format, input_tz, max_record, max_expansion, max_depth)
    return _read_all(walk_inputs(paths, sizes=False), said, Notes() if notes is None else notes)


def read_input(
    found: InputFile | Sequence[Found],
    *,
    encoding: str | None = None,
    columns: Mapping[str, str] | None = None,
    input_format: str | None = None,
    input_tz: str | None = None,
    max_record: int = MAX_RECORD,
    max_expansion: int = MAX_EXPANSION,
    max_depth: int = MAX_DEPTH,
    notes: Notes | None = None,
    report: Callable[[int], None] | None = None,
) -> Items:
    """What a file holds, or each of several, in order; arguments and errors as in `read`.

    What `find_inputs` found that is no file comes back as it is. `report` is called with the number of bytes of a file,
    packed where it is packed, whenever some were read.
    """
    said = check_options(encoding, columns, input_format, input_tz, max_record, max_expansion, max_depth)
    run = [found] if isinstance(found, InputFile) else found
    return _read_all([run], said, Notes() if notes is None else notes, report)


def check_options(
    encoding: str | None = None,
    columns: Mapping[str, str] | None = None,
    input_format: str | None = None,
    input_tz: str | None = None,
    max_record: int = MAX_RECORD,
    max_expansion: int = MAX_EXPANSION,
    max_depth: int = MAX_DEPTH,
) -> _Said:
    """The options of `read` in the form that reading takes; raises PostscanError for what there is not."""
    if input_format is not None and input_format not in FAMILIES:
        raise PostscanError(f"unknown format {input_format!r}; formats are {', '.join(FAMILIES)}")
    return _Said(
        None if encoding is None else check_encoding(encoding),
        check_columns(columns),
        input_format,
        None if input_tz is None else check_input_zone(input_tz),
        check_bounds(max_record, max_expansion, max_depth),
    )


def rows_are_lines(file: InputFile, *, encoding: str | None, input_format: str | None) -> bool:
    """Whether every line of a file is a record of its own, so that parts of it can be read alone.

    Never of a packed file, nor of one in UTF-16. Raises OSError.
    """
    stream = Stream(file.disk)
    try:
        family = _find_family(stream.head, file, input_format)
        wide = is_wide(encoding or marked_encoding(stream.head) or "utf-8")
        return not stream.packed and not wide and getattr(family, "ROWS_ARE_LINES", False)
    finally:
        stream.close()


def files_beside(file: InputFile, *, input_format: str | None) -> list[str]:
    """Where the files lie that are read together with one, though they are inputs of their own. Raises OSError."""
    stream = Stream(file.disk)
    try:
        beside = getattr(_find_family(stream.head, file, input_format), "beside", None)
        return [place_beside(file.disk, name) for name in beside(stream)] if beside else []
    finally:
        stream.close()


def may_be_read_with_others(file: InputFile) -> bool:
    """Whether a file that others are read with lies in its folder: a cheap question, before each is looked into."""
    names = (name for family in FAMILIES.values() for name in getattr(family, "BESIDE", ()))
    return any(is_there(place_beside(file.disk, name)) for name in names)


def _read_all(
    runs: Iterable[Sequence[Found]], said: _Said, notes: Notes, report: Callable[[int], None] | None = None
) -> Items:
    def look_into(item: Found) -> Items:
        return _read_file(item, said, notes, report) if isinstance(item, InputFile) else iter([item])

    told = said.encoding or said.input_format or said.bounds.record < HEAD
    for run in runs:
        if told:
            for item in run:
                yield from look_into(item)
        else:
            yield from text.read_words(run, look_into, report)


def _read_file(file: InputFile, said: _Said, notes: Notes, report: Callable[[int], None] | None) -> Items:
    stream = None
    try:
        stream = Stream(file.disk, report, said.bounds)
        items = _read_opened(Opened(stream, file.path, said.encoding, said.columns, notes), file, said, 0)
        yield from items if said.zone is None else _placed(items, said.zone)
    except OSError as error:
        yield Problem(file.path, None, f"{file.path}: {say_reason(error)}")
    finally:
        if stream is not None:
            stream.close()


def _placed(items: Items, zone: dt.tzinfo) -> Items:
    """The same with the zone's offset behind times that have none."""
    for item in items:
        if isinstance(item, Post) and item.created and (when := place(item.created, zone)) != item.created:
            yield dataclasses.replace(item, created=when)
        else:
            yield item


def _read_opened(opened: Opened, file: InputFile, said: _Said, depth: int) -> Items:
    """What an input holds that lies in so many archives."""
    try:
        if container := containers.kind_of(opened.stream.head):
            yield from _read_members(opened, container, said, depth)
            return
        family = _find_family(opened.stream.head, file, said.input_format)
        if isinstance(family, str):
            yield Skipped(opened.path, None, family)
            return
        if file.part is not None:
            opened.stream.narrow(file.part)
        yield from family.read(opened)
    except DamagedError as error:
        yield Problem(opened.path, None, f"{opened.path}: {error}")


def _read_members(opened: Opened, container: str, said: _Said, depth: int) -> Items:
    """What the members of an archive hold; their paths are below that of the archive."""
    if depth >= said.bounds.depth:
        yield Problem(opened.path, None, f"{opened.path}: {said.bounds.too_deep()}")
        return
    seen: dict[str, int] = {}
    for inside in containers.members(opened.stream, container):
        path = _path_of_its_own(f"{opened.path}/{shown_path(inside.name)}", seen)
        if inside.stream is None:
            yield Problem(path, None, f"{path}: {inside.reason}")
        else:
            member = dataclasses.replace(opened, stream=inside.stream, path=path)
            yield from _read_opened(member, InputFile("", path), said, depth + 1)
    if not seen:
        yield Skipped(opened.path, None, NO_RECORDS)


def _path_of_its_own(path: str, seen: dict[str, int]) -> str:
    """The path, with a number behind it where an archive has members of one name: each is a file of its own."""
    own = path
    while own in seen:
        seen[path] += 1
        own = f"{path} ({seen[path]})"
    seen[own] = 1
    return own


def _find_family(head: bytes, file: InputFile, input_format: str | None) -> Family | str:
    """The family that reads a file, or the kind under which it is skipped."""
    if kind := kind_by_magic(head):
        return kind
    if input_format is not None:
        return FAMILIES[input_format]
    head = as_utf8(head)
    name = file.path[file.path.rfind("/") + 1 :]
    if name.lower().endswith((".gz", ".zst")):
        name = name[: name.rindex(".")]
    begin = head[:64].lstrip()[:1]
    for family in _families_for(begin):
        if family.matches(head, name):
            return family
    if kind := kind_by_content(head):
        return kind
    # A file that the user named, and that nobody knows, is the post that its name does not say it is.
    return text if file.named and not is_known_ending(name) else kind_by_ending(name)


@functools.cache
def _families_for(begin: bytes) -> tuple[Family, ...]:
    """The families that may begin with this byte, white space aside; all where nothing but white space was seen."""
    return tuple(family for family in FAMILIES.values() if begin in getattr(family, "BEGINS", begin))
