"""Counts made again from the records alone, in plain Python, by the definitions of docs/counts.md; no query is read.

A record is a line of JSON Lines. What a stage decided (blocks, entities, sources, languages) is taken as it stands.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from postscan.dates import find_dates
from postscan.dates.created import id_time
from postscan.entities import suspicious
from postscan.folding import hashtag_key, search_fold
from postscan.scripts import is_letter

Record = Mapping[str, Any]
OWN = {"headline", "dateline", "body", "caption", "tags"}
ROLES = ("own", "embedded", "brand", "other")
DATES = ("metadata", "id", "byline", "dateline")
TAGS = ("hashtag", "glued_hashtag")
SIGNS = {"hashtag": "#", "glued_hashtag": "#", "handle": "@"}
ORDER = {"week": lambda day: day - dt.timedelta(days=day.weekday()), "day": lambda day: day,
         "month": lambda day: day.replace(day=1)}  # fmt: skip


@dataclass(slots=True)
class Use:
    """One use of a thing."""

    group: str
    key: str
    shown: str
    written: str
    role: str
    story: int = 0
    glued: bool = False
    letters: int = 0
    more: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Counted:
    """A post that counts, under one selection."""

    record: Record
    day: dt.date | None
    time: dt.datetime | None
    implausible: bool
    zoneless: bool
    duplicate: bool = False

    def period(self, by: str) -> dt.datetime | None:
        if by == "hour":
            return self.time.replace(minute=0, second=0, microsecond=0) if self.time else None
        return dt.datetime.combine(ORDER[by](self.day), dt.time()) if self.day else None


# -- what a post has


def block_at(record: Record, start: int) -> Mapping[str, Any]:
    for block in record["blocks"]:
        if block["start"] <= start < block["end"]:
            return dict(block)
    return {"kind": "", "story": 0}


def role_at(record: Record, start: int) -> str:
    kind = block_at(record, start)["kind"]
    return "own" if kind in OWN else "embedded" if kind == "embed" else "other"


def squeezed(name: str) -> str:
    return "".join(ch for ch in hashtag_key(name) if ch.isalnum())


def brands(record: Record) -> set[tuple[str, str]]:
    signed = {(s["start"], s["end"]) for s in record["sources"] if s["kind"] == "brand"}
    names = {squeezed(record[each]) for each in ("author", "author_id", "channel") if record[each]}
    return {
        (SIGNS[e["kind"]], e["value"])
        for e in record["entities"]
        if e["kind"] in SIGNS and ((e["start"], e["end"]) in signed or squeezed(e["value"]) in names)
    }


def domain(url: str) -> str:
    host = re.sub(r"^[a-z]+://(www\.)?", "", url.casefold()).partition("/")[0]
    if host == "t.co":
        return "short link, target unknown"
    labels = host.split(".")
    return ".".join(labels[-3:] if labels[-2:] == ["co", "uk"] else labels[-2:])


def entity_uses(record: Record, kinds: Sequence[str]) -> Iterator[tuple[Record, str, str, int]]:
    """Entities of these kinds with what is written, role and story."""
    own = brands(record)
    for e in record["entities"]:
        if e["kind"] in kinds:
            role = role_at(record, e["start"])
            if role != "embedded" and (SIGNS.get(e["kind"]), e["value"]) in own:
                role = "brand"
            yield e, record["text"][e["start"] : e["end"]], role, block_at(record, e["start"])["story"]


def hashtags(record: Record) -> Iterator[Use]:
    for e, text, role, story in entity_uses(record, TAGS):
        more = {"suspicious": suspicious(text)}
        yield Use("", e["value"], text[1:], text[1:], role, story, e["kind"] == "glued_hashtag", more=more)


def suspicious_tags(record: Record) -> Iterator[Use]:
    for use in hashtags(record):
        if use.more["suspicious"]:
            yield Use(use.more["suspicious"], use.key, use.shown, use.written, use.role, use.story, use.glued)


def handles(record: Record) -> Iterator[Use]:
    for e, text, role, story in entity_uses(record, ("handle",)):
        yield Use("", e["value"], text[1:], text[1:], role, story)


def links(record: Record) -> Iterator[Use]:
    for e, text, role, story in entity_uses(record, ("url",)):
        target = e["expanded"] or e["value"]
        yield Use("", target, text, text, role, story, more={"domain": domain(target)})


def written_links(record: Record) -> Iterator[Use]:
    for e, text, role, story in entity_uses(record, ("url",)):
        yield Use("", e["value"], text, text, role, story, more={"domain": domain(e["expanded"] or e["value"])})


def domains(record: Record) -> Iterator[Use]:
    for use in links(record):
        name = use.more["domain"]
        yield Use("", name, name, name, use.role, use.story)


def emoji(record: Record) -> Iterator[Use]:
    for e, text, role, story in entity_uses(record, ("emoji",)):
        yield Use("", e["value"], text, text, role, story)


def embedded_accounts(record: Record) -> Iterator[Use]:
    for m in record["embeds"]:
        name = m["handle"] or m["name"]
        if name:
            story = block_at(record, m["start"])["story"]
            yield Use("", f"{m['platform']}/{name.casefold()}", name, name, "embedded", story,
                      more={"platform": m["platform"], "name": m["name"]})  # fmt: skip


def source_counts(record: Record) -> Iterator[Use]:
    for s in record["sources"]:
        role = role_at(record, s["start"])
        if s["kind"] == "brand" and role != "embedded":
            role = "brand"
        group = s["kind"] if s["kind"] in ("official", "unnamed", "brand", "photo", "staff") else "named"
        written = record["text"][s["start"] : s["end"]]
        story = block_at(record, s["start"])["story"]
        yield Use(group, s["key"], s["name"] or written, written, role, story, more={"kind": s["kind"]})


def language_shares(record: Record) -> Iterator[Use]:
    marked = [(e["start"], e["end"]) for e in record["entities"] if e["kind"] != "emoji"]
    for s in record["languages"]:
        if not any(start <= s["start"] < end for start, end in marked):
            letters = sum(map(is_letter, record["text"][s["start"] : s["end"]]))
            place = block_at(record, s["start"])
            yield Use("", s["code"], s["code"], s["code"], role_at(record, s["start"]), place["story"], letters=letters)


def posters(record: Record) -> Iterator[Use]:
    folder, slash, _ = record["path"].partition("/")
    chain = (
        (record["author"] or record["author_id"], "author"),
        (record["channel"], "channel"),
        (domain(record["url"]) if record["url"] else None, "domain"),
        (folder if slash else None, "folder"),
    )
    for name, by in chain:
        if name:
            yield Use(by, name, name, name, "own")
            return


def platforms(record: Record) -> Iterator[Use]:
    if record["platform"] is not None:
        yield Use("", record["platform"], record["platform"], record["platform"], "own")


def rules(record: Record) -> Iterator[Use]:
    for layer in ("blocks", "embeds", "sources"):
        for span in record[layer]:
            role = "embedded" if layer == "embeds" else role_at(record, span["start"])
            if layer == "sources" and span["kind"] == "brand" and role != "embedded":
                role = "brand"
            story = block_at(record, span["start"])["story"]
            yield Use(layer, span["rule"], span["rule"], span["rule"], role, story,
                      more={"guess": span["rule"].endswith("?")})  # fmt: skip


THINGS: dict[str, tuple[Callable[[Record], Iterator[Use]], str, str]] = {
    "hashtags": (hashtags, "hashtag", "own"),
    "suspicious_tags": (suspicious_tags, "hashtag", "all"),
    "handles": (handles, "handle", "own"),
    "links": (links, "link", "own"),
    "written_links": (written_links, "link", "own"),
    "domains": (domains, "domain", "own"),
    "emoji": (emoji, "emoji", "own"),
    "embedded_accounts": (embedded_accounts, "account", "all"),
    "source_counts": (source_counts, "name", "all"),
    "language_shares": (language_shares, "code", "own"),
    "posters": (posters, "poster", "all"),
    "platforms": (platforms, "platform", "all"),
    "rules": (rules, "rule", "all"),
}
"""What can be counted: its uses, the column of its shown form, and the default of `count`."""
PLACELESS = {"embedded_accounts", "posters", "platforms"}
MERGED = {"hashtags", "suspicious_tags", "handles", "source_counts"}
GROUPS = {"source_counts": "group", "posters": "poster_from", "rules": "layer", "suspicious_tags": "suspicious"}


# -- which posts


def once_each(find: Callable[[Record], Any]) -> Callable[[Record], Any]:
    """The function, which finds what it finds of a record once; the record is kept, or its id may be another's."""
    known: dict[int, tuple[Record, Any]] = {}

    def found(record: Record) -> Any:
        if id(record) not in known:
            known[id(record)] = record, find(record)
        return known[id(record)][1]

    return found


def count_once(records: Sequence[Record]) -> list[Record]:
    last = {(r["platform"], r["id"]): at for at, r in enumerate(records) if r["platform"] is not None}
    return [r for at, r in enumerate(records) if r["platform"] is None or last[r["platform"], r["id"]] == at]


@once_each
def stories_of(record: Record) -> set[int]:
    return {block["story"] for block in record["blocks"]} or {0}


@once_each
def words_of(record: Record) -> str:
    body = [b for b in record["blocks"] if b["kind"] == "body"] or [b for b in record["blocks"] if b["kind"] in OWN]
    return " ".join(search_fold(" ".join(record["text"][b["start"] : b["end"]] for b in body)).text.split())


@once_each
def dates_of(record: Record) -> dict[str, str]:
    """Every link of the chain that a record has."""
    found = {}
    if record["created_from"] == "metadata":
        found["metadata"] = record["created"]
    if record["platform"] and (time := id_time(record["platform"], record["id"])):
        found["id"] = time.strftime("%Y-%m-%dT%H:%M:%SZ")
    for kind in ("byline", "dateline"):
        days = [d.iso for b in record["blocks"] if b["kind"] == kind
                for d in find_dates(record["text"], b["start"], b["end"]) if d.iso]  # fmt: skip
        if days:
            found[kind] = max(days)
    if days := [m["date"] for m in record["embeds"] if m["date"]]:
        found["embed"] = max(days)
    if day := re.search(r"2021-[0-9]{2}-[0-9]{2}", record["path"]):
        found["name"] = day[0]
    return found


def read_time(record: Record, dates: Sequence[str], tz: str | None) -> Counted:
    chain = dates_of(record)
    written = next((chain[link] for link in dates if link in chain), None)
    if written is None:
        return Counted(record, None, None, implausible=False, zoneless=False)
    try:
        time = dt.datetime.fromisoformat(written) if "T" in written else None
    except ValueError:
        time = None
    zoneless = time is not None and time.tzinfo is None
    day = dt.date.fromisoformat(written[:10])
    if time is not None and not zoneless and tz is not None and 1900 < time.year < 2200:
        time = time.astimezone(ZoneInfo(tz))
    if time is not None:
        time = time.replace(tzinfo=None)
        day = time.date()
    if not 1990 <= day.year <= 2099:
        return Counted(record, None, None, implausible=True, zoneless=False)
    return Counted(record, day, time, implausible=False, zoneless=zoneless)


def is_within(post: Counted, since: dt.datetime | None, until: dt.datetime | None) -> bool:
    """Whether a post is of the time from `since` up to, and without, `until`."""
    if since is None and until is None:
        return True
    if post.day is None:
        return False
    first = post.time or dt.datetime.combine(post.day, dt.time())
    last = post.time or first + dt.timedelta(days=1, microseconds=-1)
    return (since is None or first >= since) and (until is None or last < until)


def choose(
    once: Sequence[Record], *, since: dt.datetime | None = None, until: dt.datetime | None = None,
    reposts: str = "with", duplicates: str = "with", where: Callable[[Record], bool] | None = None,
    tz: str | None = None, dates: Sequence[str] = DATES,
) -> list[Counted]:  # fmt: skip
    """The posts of a selection; `until` is the moment before which they are."""
    chosen = []
    seen: set[str] = set()
    for record in once:
        post = read_time(record, dates, tz)
        if where is not None and not where(record):
            continue
        if reposts != "with" and (record["repost_of"] is not None) != (reposts == "only"):
            continue
        if not is_within(post, since, until):
            continue
        words = words_of(record)
        post.duplicate = bool(words) and words in seen
        seen.add(words)
        if duplicates == "with" or not post.duplicate:
            chosen.append(post)
    return chosen


# -- the figures


def merged(use: Use, merge: str) -> tuple[str, str]:
    """The key and the shown form of a use."""
    if merge == "spelling":
        return use.key, use.shown
    return (use.written.lower() if merge == "case" else use.written), use.written


def looks(written: str) -> str:
    """What a reader takes for one spelling."""
    plain = unicodedata.normalize("NFC", written)
    plain = "".join(
        ch for ch in plain
        if not (0x64B <= ord(ch) <= 0x65F or ch in "\N{ARABIC LETTER SUPERSCRIPT ALEF}\N{ARABIC TATWEEL}"
                or unicodedata.category(ch) == "Cf" or 0xFE00 <= ord(ch) <= 0xFE0F)
    ).lower()  # fmt: skip
    above, below = "\N{ARABIC LETTER ALEF WITH HAMZA ABOVE}", "\N{ARABIC LETTER ALEF WITH HAMZA BELOW}"
    madda, wasla = "\N{ARABIC LETTER ALEF WITH MADDA ABOVE}", "\N{ARABIC LETTER ALEF WASLA}"
    return plain.translate(dict.fromkeys(map(ord, (above, below, madda, wasla)), "\N{ARABIC LETTER ALEF}"))


class Row:
    """The figures of a key, while its uses come in."""

    def __init__(self) -> None:
        self.numbers: Counter[str] = Counter()
        self.posts: set[int] = set()
        self.stories: set[tuple[int, int]] = set()
        self.shown: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        self.written: Counter[str] = Counter()
        self.more: dict[str, Counter[Any]] = defaultdict(Counter)


def recount(
    posts: Sequence[Counted],
    uses: Callable[[Record], Sequence[Use]],
    *,
    count: str,
    whole: bool,
    merge: str = "spelling",
    by: str | None = None,
) -> dict[Any, Row]:
    """The rows of a table by group and key (with `by`: by period, group and key)."""
    rows: dict[Any, Row] = defaultdict(Row)
    for at, post in enumerate(posts):
        period = post.period(by) if by else None
        if by and period is None:
            continue
        for use in uses(post.record):
            key, shown = merged(use, merge)
            row = rows[(period, use.group, key) if by else (use.group, key)]
            taken = count in (use.role, "all")
            row.numbers[use.role] += 1
            row.shown[shown][0] += taken
            row.shown[shown][1] += 1
            for name, value in use.more.items():
                row.more[name][value] += 1
            if not taken:
                continue
            row.posts.add(at)
            if whole:
                row.stories |= {(at, story) for story in stories_of(post.record)}
            else:
                row.stories.add((at, use.story))
            numbers = row.numbers
            numbers["uses"] += 1
            numbers["glued"] += use.glued
            numbers["in_reposts"] += post.record["repost_of"] is not None
            numbers["in_duplicates"] += post.duplicate
            numbers["letters"] += use.letters
            row.written[use.written] += 1
    return rows


def variants(row: Row, shown: str) -> str:
    """The column `variants`."""
    forms = sorted(row.written.items(), key=lambda item: (-item[1], item[0]))
    if len(forms) < 2 and [form for form, _ in forms] in ([], [shown]):
        return ""
    return "; ".join(f"{form} ({n})" for form, n in forms)


def shown_form(row: Row) -> str:
    """The commonest form: most taken, then most at all, then the first by code points."""
    return min(row.shown.items(), key=lambda item: (-item[1][0], -item[1][1], item[0]))[0]
