"""What a page says of itself for machines: title, address, author, time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from postscan.reading.lifted import address_of
from postscan.reading.markup import flatten
from postscan.reading.rows import find_when

_TIMES = ("article:published_time", "datepublished", "og:article:published_time", "dc.date.issued", "parsely-pub-date")
_DATED = frozenset(("datePublished", ".dt-published", ".published"))
_AUTHORED = frozenset(("author", ".p-author", "rel=author"))
_CARD = frozenset((".author", ".vcard"))
_TITLED = frozenset(("headline", ".entry-title"))
"""Of microdata; of microformats, which are classes; relations of links."""
_NAMED = _DATED | _AUTHORED | _CARD | _TITLED
_ADDRESSES = ("http://", "https://")
_MOST = 50  # elements in one that is a name, a title or a day, and no wrapper of all
_LONGEST_NAME = 60  # signs of an author's
_DEEPEST = 3  # levels of JSON-LD that are looked into


def find_about(tree: Any, address: str | None = None) -> dict[str, Any]:
    """Title, address, author and time of a page, by what it says of itself for machines.

    Where it does not say its own address, that is `address`, which it was saved from.
    """
    meta: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        if content := (element.get("content") or "").strip():
            meta.setdefault(name.lower(), content)
    linked, named = _linked_data(tree), _named(tree)
    headings = (words for e in tree.iter("h1") if (words := flatten(e)[0].strip()) and not _leads_home(e, words))
    title = next((words for e in tree.iter("title") if (words := " ".join((e.text or "").split()))), None)
    canonical = next((e.get("href") for e in tree.iter("link") if (e.get("rel") or "").lower() == "canonical"), None)
    authors = (linked.get("author"), meta.get("author"), meta.get("article:author"), named.get("author"))
    author = next((name for name in authors if name and not name.startswith(_ADDRESSES)), None)
    when = linked.get("datePublished") or next((meta[name] for name in _TIMES if name in meta), None)
    values = {
        "title": next(headings, None) or named.get("title") or meta.get("og:title") or title,
        "url": canonical or meta.get("og:url") or address,
        "author": author,
        "channel": meta.get("og:site_name"),
        "created": (find_when(when) if when else None) or named.get("created"),
    }
    return {name: value for name, value in values.items() if value}


def _leads_home(heading: Any, words: str) -> bool:
    """Whether a heading is the site's name: a link to its first page, as blogs have it above every post."""
    for a in heading.iter("a"):
        href = a.get("href") or ""
        address = address_of(href)
        home = address.path in ("", "/") and not address.query and not address.fragment and href not in ("", "#")
        if home and flatten(a)[0].strip() == words:
            return True
    return False


def _named(tree: Any) -> dict[str, str]:
    """Title, author and time by the names that microdata and microformats have for them, where all say one thing."""
    found: dict[str, list[tuple[Any, str]]] = {"title": [], "author": [], "created": []}
    for element in tree.iter("*"):
        names = _names(element)
        if names.isdisjoint(_NAMED) or next(islice(element.iter(), _MOST, None), None) is not None:
            continue
        if not names.isdisjoint(_DATED):
            stamp = element.get("datetime") or element.get("content") or element.get("title")
            if when := find_when(stamp) if stamp else None:
                found["created"].append((element, when))
        if not names.isdisjoint(_AUTHORED) or names >= _CARD:
            name = next((e for e in element.iter("*") if e.get("itemprop") == "name"), element)
            words = name.get("content") or " ".join(flatten(name)[0].split())
            if len(words) <= _LONGEST_NAME and any(map(str.isalpha, words)):
                found["author"].append((element, words))
        if not names.isdisjoint(_TITLED) and (words := " ".join(flatten(element)[0].split())):
            found["title"].append((element, words))
    found = {name: [each for each in places if not _in_comments(each[0])] for name, places in found.items()}
    article = next((each for e in tree.iter("h1") for each in e.iterancestors("article")), None)
    return {name: words for name, places in found.items() if (words := _only(places, article))}


def _names(element: Any) -> set[str]:
    names = {f".{name}" for name in (element.get("class") or "").split()}
    names.update((element.get("itemprop") or "").split())
    names.update(f"rel={name}" for name in (element.get("rel") or "").split())
    return names


def _in_comments(element: Any) -> bool:
    """Whether it stands among readers' comments, whose authors and times have the same names."""
    above = (each for each in element.iterancestors() if each.tag != "body")
    names = (name for each in above for name in f"{each.get('class') or ''} {each.get('id') or ''}".split())
    return any(name.startswith("comment") for name in names)


def _only(places: list[tuple[Any, str]], article: Any | None) -> str | None:
    """What is said in all places, or in all of the article: lists of other stories name theirs too."""
    if len({words for _, words in places}) > 1 and article is not None:
        places = [(e, words) for e, words in places if article in e.iterancestors("article")]
    return places[0][1] if len({words for _, words in places}) == 1 else None


def _linked_data(tree: Any) -> dict[str, str]:
    """The first author's name and the time of publishing in JSON-LD."""
    found: dict[str, str] = {}
    for element in tree.iter("script"):
        if (element.get("type") or "").lower() == "application/ld+json":
            try:
                value = json.loads(element.text or "null", strict=False)
            except (ValueError, RecursionError):  # a page may hold anything; its words are read all the same
                continue
            for item in _objects(value, _DEEPEST):
                if isinstance(when := item.get("datePublished"), str):
                    found.setdefault("datePublished", when)
                authors = item.get("author")
                for who in authors if isinstance(authors, list) else [authors]:
                    name = who.get("name") if isinstance(who, dict) else who
                    if isinstance(name, str) and name.strip() and not name.strip().startswith(_ADDRESSES):
                        found.setdefault("author", name.strip())
    return found


def _objects(value: object, depth: int) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        if depth and isinstance(value.get("@graph"), list):
            yield from _objects(value["@graph"], depth - 1)
    elif isinstance(value, list) and depth:
        for each in value:
            yield from _objects(each, depth - 1)
