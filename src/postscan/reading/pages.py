"""Saved web pages: embedded posts are lifted out of the tree first, then trafilatura finds the main text.

trafilatura alone loses embeds (they look like quotations of others, which they are). Each is exchanged for a word that
stands nowhere else, and its own lines come back where that word is in the text; an embed whose place was left out of
the main text follows the one before it. The text that comes out is what all offsets refer to.
"""

from __future__ import annotations

import copy
import logging
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from postscan.model import Embed, Problem, Skipped
from postscan.reading.about import find_about
from postscan.reading.encodings import decode, find_encoding, marked_encoding
from postscan.reading.fragments import lift_all, make_mark, put_back
from postscan.reading.markup import flatten, is_too_deep
from postscan.reading.opened import Items, Opened
from postscan.reading.posts import make_post
from postscan.reading.replayed import restore_addresses, saved_from
from postscan.reading.text import what_failed
from postscan.reading.unread import DOWNLOAD, NO_TEXT, ending_of
from postscan.reading.unseen import exchange_unseen, restore_unseen

_PAGE = re.compile(rb"\s*(?:<!--.*?-->\s*)*(?:<!doctype\s+html|<html[\s>])", re.IGNORECASE | re.DOTALL)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_TAG = re.compile(r"""<[A-Za-z](?:[^"'<>]++|"[^"]*+"|'[^']*+')*+""")
_VALUE = re.compile(r"""=\s*+(?:"[^"]*+"|'[^']*+')""")
_CROWD = 10_000  # attributes, which take a parser half a second
_AGAIN = "save its text as .txt"
_ENDINGS = frozenset(("html", "htm", "xhtml"))
_DOWNLOAD = (b"_a6-g", b"_a6-o")
"""Classes of the entries, and of their ends, in the downloads of Facebook and Instagram."""
_FEW = 500  # one sign in so many may be in no encoding
_SAME = 0.93  # of the letters in long lines: a strict text that has so many of the usual one is the same article
_LONG = 80  # letters of such a line
_LEAST = 40  # letters of a standfirst
_PARTS = 8  # elements in it
_LINKED = 0.3  # of it may be links
_LEAD = re.compile(
    r"(?:^|[\s_-])(?:chapo|chapeau|standfirst|dek|entradilla|bajada|copete|vorspann|ingress|sommario)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""What designers of news pages call a lead, in seven languages."""
_CUT = ("\N{HORIZONTAL ELLIPSIS}", "...", "[\N{HORIZONTAL ELLIPSIS}]")
_LINES = ("p", "div", "h2", "h3", "h4", "h5", "h6")
_NO_PAGES = ("#", "mailto:", "tel:", "javascript:")
_LABEL = re.compile(r"(?:[^\W\d_]+(?: [^\W\d_]+){0,2}\s*:)?[\W_]*")


def matches(head: bytes, name: str) -> bool:
    """Whether it begins as a page does, or is named as one and has tags."""
    return bool(_PAGE.match(head)) or (ending_of(name) in _ENDINGS and b"<" in head[:1024])


def read(opened: Opened) -> Items:
    """The one post of a page; Skipped where it has no text."""
    if all(sign in opened.stream.head for sign in _DOWNLOAD):
        yield Skipped(opened.path, None, DOWNLOAD)
        return
    data = opened.stream.whole()
    if data is None:
        message = opened.stream.bounds.too_large("page", "save it without its media")
        yield Problem(opened.path, None, f"{opened.path}: {message}")
        return
    try:
        source, name, mended = _decoded(data, opened.encoding)
    except UnicodeError as error:
        yield Problem(opened.path, None, f"{opened.path}: {what_failed(error, opened.encoding or 'utf-8')}")
        return
    if name:
        opened.notes.add("encoding", name, opened.path)
    if mended:
        opened.notes.add("surrogate", "", opened.path, times=mended)
    if _has_crowded_tag(source):
        yield Problem(opened.path, None, f"{opened.path}: a tag of more than {_CROWD:,} attributes; {_AGAIN}")
        return
    tree, deep = _parse(source)
    values: dict[str, Any] = {}
    text, embeds = "", tuple[Embed, ...]()
    if tree is not None:
        restore_addresses(tree)
        values = find_about(tree, saved_from(source))
        text, embeds = main_text(tree, f"{len(source)}{opened.path}")
    if text.strip():
        yield make_post(opened.path, None, {**values, "text": text, "embeds": embeds})
    elif not deep:
        yield Skipped(opened.path, None, NO_TEXT)
    if deep:
        yield Problem(opened.path, None, f"{opened.path}: elements in so many others that some are not read; {_AGAIN}")


def _decoded(data: bytes, encoding: str | None) -> tuple[str, str, int]:
    """The source, the encoding where that was a guess, and how many signs are U+FFFD because they are in none.

    A page says its encoding itself, and is mostly right: where few of its bytes are wrong in it, these are left out.
    """
    if encoding:
        text, mended = decode(data, encoding)
        return text, "", mended
    said = _CHARSET.search(data[:4096])
    names = [marked_encoding(data), said[1].decode("ascii").lower() if said else None, "utf-8"]
    for strict in (True, False):
        for name in filter(None, names):
            try:
                text = data.decode(name, "strict" if strict else "replace")
            except (UnicodeError, LookupError):
                continue
            mended = 0 if strict else text.count("\N{REPLACEMENT CHARACTER}")
            if mended <= len(text) // _FEW:
                return text, "", mended
    name, _ = find_encoding(data)
    text, mended = decode(data, name)
    return text, name, mended


def _parse(source: str) -> tuple[Any | None, bool]:
    """The tree of a page, if there is anything in it, and whether the parser left out what lies too deep in it."""
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True)
    data = source.replace("\0", "").encode("utf-8", "replace")
    try:
        tree = html.document_fromstring(data, parser) if data.strip() else None
    except etree.ParserError:  # nothing but what HTML leaves out
        return None, False
    return tree, is_too_deep(parser)


def _has_crowded_tag(source: str) -> bool:
    """Whether a tag has so many attributes that a parser, which compares each with all others, takes minutes."""
    if len(source) < 4 * _CROWD:
        return False
    tags = (tag for tag in _TAG.finditer(source) if tag.end() - tag.start() > 2 * _CROWD)
    return any(len(_VALUE.sub("", tag[0]).split()) > _CROWD for tag in tags)


def main_text(tree: Any, seed: str) -> tuple[str, tuple[Embed, ...]]:
    """The main text of a page, and the embeds in it; `seed` makes words that stand nowhere else in it."""
    mark = make_mark(seed)
    lifted = lift_all(tree, mark)
    signs = exchange_unseen(tree)
    text = _extract(tree)
    if not text.strip():
        body = tree.find("body")
        text = flatten(tree if body is None else body)[0]
    return put_back(restore_unseen(text, signs), lifted, mark)


def _extract(tree: Any) -> str:
    """The main text with its standfirst, without the lines that are links to other stories.

    Such a line is left out where the strict reading, which has nearly all long lines of the usual one, lacks it too.
    All else that this lacks stays: it takes the questions of an interview for headings of nothing.
    """
    import trafilatura

    logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # what it discards is said by us, if at all
    for figure in list(tree.iter("figure")):
        if figure.find(".//h1") is not None:  # the page's own head, and no picture's
            figure.tag = "div"
    usual, strict = (
        trafilatura.extract(copy.deepcopy(tree), include_comments=False, favor_precision=precise) or ""
        for precise in (False, True)
    )
    lines, kept = usual.split("\n"), frozenset(strict.split("\n"))
    long = [line for line in lines if len(line) >= _LONG]
    if sum(len(line) for line in long if line in kept) >= _SAME * sum(map(len, long)):
        teasers = _linked_lines(tree).difference(kept)
        lines = [line for line in lines if line not in teasers]
    text = "\n".join(lines)
    standfirst = _standfirst(tree, text) if text else ""
    return f"{standfirst}\n{text}" if standfirst else text


def _linked_lines(tree: Any) -> set[str]:
    """The words of every paragraph that is links to pages alone, and of every heading that is a label and links."""
    lines = set()
    for element in tree.iter(*_LINES):
        if len(element) >= _PARTS or any(part.tag in _LINES for part in element):
            continue
        if links := [a for a in element.iter("a") if not (a.get("href") or "#").startswith(_NO_PAGES)]:
            words, linked = (" ".join("".join(each).split()) for each in (element.itertext(), _texts(links)))
            label = words.removesuffix(linked).rstrip()
            alone = words.endswith(linked) and _LABEL.fullmatch(label) and "://" not in linked
            if linked and alone and (label or element.tag in ("p", "div")):
                lines.add(words)
    return lines


def _texts(elements: list[Any]) -> Iterator[str]:
    return (text for element in elements for text in element.itertext())


def _standfirst(tree: Any, text: str) -> str:
    """The lead that stands above an article, where the main text lacks it: what the page describes or names as such.

    It must be there to be seen, as a whole element of its own, and not be cut.
    """
    wanted = {
        " ".join(content.split())
        for element in tree.iter("meta")
        if (element.get("property") or element.get("name") or "").lower() in ("description", "og:description")
        and (content := element.get("content"))
    }
    wanted = {words for words in wanted if len(words) >= _LEAST and not words.endswith(_CUT)}
    known = " ".join(text.split())
    for element in tree.iter("p", "h2", "h3", "div"):
        words = " ".join("".join(element.itertext()).split()) if len(element) < _PARTS else ""
        if words in wanted and words not in known:
            return words
    named = [words for words in _named_leads(tree) if len(words) >= _LEAST]
    return named[0] if len(set(named)) == 1 and named[0] not in known else ""


def _named_leads(tree: Any) -> Iterator[str]:
    """The words of what is named a lead by its class, above the article beside its heading or one step away."""
    heading = next(tree.iter("h1"), None)
    scopes = [] if heading is None else islice(heading.iterancestors("div", "header", "section", "article"), 2)
    for scope in scopes:
        leads = (each for each in scope.iter("p", "h2", "h3", "div") if _LEAD.search(each.get("class") or ""))
        for element in islice(leads, _PARTS):
            if next(element.iter("script", "style", "h1"), None) is None:
                words, linked = ("".join(each) for each in (element.itertext(), _texts(list(element.iter("a")))))
                if len(linked) <= _LINKED * len(words):
                    yield " ".join(words.split())
