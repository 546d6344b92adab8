r"""Tables that twarc-csv makes of X's interface 2: a tweet a row, its objects' fields in columns with dots.

A row is put together again as the object that it was, and read as such. What the tool does on the way is undone: line
ends written as "\n", texts written as JSON, tags and links of which only the names are left.
"""

from __future__ import annotations

import functools
import re
from typing import Any

from postscan.reading.cells import Cells, first_rows
from postscan.reading.delimited import CellsByName, read_export
from postscan.reading.exact import parse_exactly
from postscan.reading.opened import Items, Opened
from postscan.reading.records import Fields, Records
from postscan.reading.tweets_v2 import Tweet, tweet_fields_v2

_PARTS = ("author", "public_metrics", "entities", "referenced_tweets", "__twarc")
_REFERENCES = ("replied_to", "retweeted", "quoted")
_NEEDS = ("id", "text")
_IDS = ("id", "author_id", "author.id", *(f"referenced_tweets.{kind}.id" for kind in _REFERENCES))
_MOST_MARKS, _LONGEST = 500, 50_000
"""Each mark is looked for in the text; no tweet has as many, or is as long."""
_HEADER = re.compile(rb'(?:"?[A-Za-z_][\w.]*+"?[,;\t|]){2}')
_SHORT = re.compile(r"https?://t\.co/\w+")
_NAMES = {"hashtags": ("tag", "#\N{FULLWIDTH NUMBER SIGN}"), "cashtags": ("tag", "$"), "mentions": ("username", "@")}
"""What the name of a mark is called, and the signs that may stand before it."""


def matches(head: bytes, name: str) -> bool:
    """Whether the first row has `id`, `text`, and dotted names of at least two parts of a tweet."""
    if _HEADER.match(head) is None:
        return False
    header = next(iter(first_rows(head, name, 1)), [])
    parts = {column.partition(".")[0] for column in header if "." in column or column == "referenced_tweets"}
    return set(_NEEDS) <= set(header) and len(parts.intersection(_PARTS)) >= 2


def read(opened: Opened) -> Items:
    """A post a row; of a retweet, the tool has put the words of the tweet that it repeats."""
    yield from read_export(opened, prepare=_prepare, needs=_NEEDS, ids=_IDS)


def _prepare(cells: Cells) -> functools.partial[Fields | str]:
    at = cells.header.index("text")
    texts = [row[at] for row in cells.sample if row[at]]
    return functools.partial(_fields, as_json=bool(texts) and all(_from_json(text) is not None for text in texts))


def _fields(row: CellsByName, records: Records, *, as_json: bool) -> Fields | str:
    long = "note_tweet." if row.get("note_tweet.text") else ""
    text = row[f"{long}text"]
    if as_json:
        text = _from_json(text) or text
    elif "\\" in text and "\n" not in text:
        text = text.replace("\\n", "\n")
    tweet: dict[str, Any] = {name: row.get(name) for name in ("id", "author_id", "created_at")}
    entities = {**_marks(row, f"{long}entities.", text), "urls": _links(row.get(f"{long}entities.urls"), text)}
    tweet |= {
        "text": text,
        "author": {"username": row.get("author.username"), "name": row.get("author.name"), "id": row.get("author.id")},
        "public_metrics": {
            name.partition(".")[2]: cell.removesuffix(".0")
            for name, cell in row.items()
            if name.startswith("public_metrics.")
        },
        "referenced_tweets": _references(row),
        "entities": entities,
    }
    if long:
        tweet["note_tweet"] = {"text": text, "entities": entities}
    return tweet_fields_v2(Tweet(tweet, {}, {}), records)


def _references(row: CellsByName) -> list[dict[str, str]]:
    found = [
        {"type": kind, "id": identifier}
        for kind in _REFERENCES
        if (identifier := row.get(f"referenced_tweets.{kind}.id"))
    ]
    return found or [each for each in _load(row.get("referenced_tweets")) if isinstance(each, dict)]


def _marks(row: CellsByName, prefix: str, text: str) -> dict[str, list[Any]]:
    """Tags and handles, with the place of each where the tool has left only the names."""
    marks: dict[str, list[Any]] = {}
    for kind, (called, signs) in _NAMES.items():
        marks[kind] = []
        after = 0
        for each in _load(row.get(f"{prefix}{kind}")) if len(text) <= _LONGEST else ():
            if isinstance(each, str):
                name = each.lstrip(signs)
                found = re.compile(rf"[{re.escape(signs)}]{re.escape(name)}(?!\w)", re.IGNORECASE).search(text, after)
                after = found.end() if found else after
                place = {"start": found.start(), "end": found.end()} if found else {}
                marks[kind].append({called: name, **place})
            else:
                marks[kind].append(each)
    return marks


def _links(cell: str | None, text: str) -> list[Any]:
    """Links; where only their targets are left, in the order of the short ones in the text, if they are as many."""
    urls = _load(cell)
    if not all(isinstance(each, str) for each in urls):
        return urls
    targets = list(dict.fromkeys(urls))  # a post with several pictures has the link to them several times
    short = list(_SHORT.finditer(text))
    if len({found[0] for found in short}) != len(targets):
        return []
    order = dict(zip(dict.fromkeys(found[0] for found in short), targets, strict=True))
    return [
        {"start": found.start(), "end": found.end(), "url": found[0], "expanded_url": _absolute(order[found[0]])}
        for found in short
    ]


def _absolute(target: str) -> str:
    return target if "://" in target else f"https://{target}"


def _from_json(cell: str) -> str | None:
    """The text of a cell that is a string of JSON; None for any other cell."""
    if len(cell) < 2 or not (cell.startswith('"') and cell.endswith('"')):
        return None
    try:
        text, _ = parse_exactly(cell.encode())
    except (ValueError, RecursionError):
        return None
    return text if isinstance(text, str) else None


def _load(cell: str | None) -> list[Any]:
    """The list of JSON in a cell; empty where there is none."""
    try:
        found, _ = parse_exactly(cell.encode()) if cell else ([], 0)
    except (ValueError, RecursionError):
        return []
    return found[:_MOST_MARKS] if isinstance(found, list) else []
