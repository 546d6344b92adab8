"""Text of HTML that platforms make: paragraphs, line breaks and links, and nothing of a page around them.

The characters are those of the source: what styles hide (Mastodon's beginning and end of a link) is in the text, as it
is in what a reader copies.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from postscan.reading.rows import FieldError

_APART = dict.fromkeys(("p", "blockquote", "ul", "ol", "dl", "pre", "h1", "h2", "h3", "h4", "h5", "h6"), "\n\n")
_APART |= dict.fromkeys(("figure", "figcaption", "table", "section", "article", "header", "footer", "aside"), "\n\n")
_APART |= dict.fromkeys(("li", "div", "tr", "dt", "dd", "summary", "caption", "legend"), "\n") | {
    "td": "\t",
    "th": "\t",
}
"""What stands between an element and what is before and behind it."""
_BREAKS = ("", "\t", "\n", "\n\n")
_LEFT = frozenset(("script", "style", "head", "title"))
_SPACE = re.compile("[ \t\r\n\f]+")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Link(NamedTuple):
    """A link in the text."""

    start: int
    end: int
    href: str
    classes: str
    onclick: str


def parse_html(source: str) -> Any | None:
    """The body of HTML as a tree of lxml, or None where there is nothing in it.

    Raises FieldError where elements lie in so many others (some 2,000) that the parser would leave out what follows.
    """
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True)
    data = source.replace("\0", "").encode("utf-8", "replace")
    if not data.strip():
        return None
    try:
        tree = etree.fromstring(b"<html><body>" + data + b"</body></html>", parser)
    except etree.XMLSyntaxError:  # nothing but what HTML leaves out
        tree = None
    if is_too_deep(parser):
        raise FieldError("elements of HTML in so many others that no parser reads them")
    return tree


def is_too_deep(parser: Any) -> bool:
    """Whether a parser left out what lies in too many elements."""
    from lxml import etree

    return any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log)


def accepted(text: str) -> str:
    """The text without what a parser lets through and a tree refuses to be given."""
    return _CONTROL.sub("", text)


def flatten(tree: Any | None) -> tuple[str, list[Link]]:
    r"""The text below an element, and the links in it, by start.

    White space is one blank, as HTML has it, but in `<pre>`, where it stays.

    >>> flatten(parse_html('<p>See <a href="https://a.example/x">it</a><br>now</p><p>Rain</p>'))
    ('See it\nnow\n\nRain', [Link(start=4, end=6, href='https://a.example/x', classes='', onclick='')])
    """
    out = _Text()
    links: list[Link] = []
    if tree is not None:
        _walk(tree, out, links)
    text = out.done().rstrip(" \n")
    cut = (link._replace(end=min(link.end, len(text))) for link in links)
    return text, [link for link in cut if link.start < link.end]


class _Text:
    """Text that grows, with the breaks that are due before the next word."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self.size = 0
        self._due = ""

    def add(self, text: str | None) -> None:
        if not text:
            return
        text = _SPACE.sub(" ", text)
        if text[0] == " " and (self._due or not self.size or self._last() in " \n"):
            text = text[1:]
        if text:
            self._put(text)

    def add_exactly(self, text: str | None) -> None:
        """Add what stands in `<pre>`, without line ends at its beginning."""
        text = (text or "").lstrip("\n") if self._due or not self.size else text
        if text:
            self._put(text)

    def end_lines(self) -> None:
        """Leave out the line ends behind what stood in `<pre>`: a break follows it anyway."""
        while self._pieces and (self._pieces[-1] == "" or self._pieces[-1][-1] == "\n"):
            left = self._pieces[-1].rstrip("\n")
            self.size -= len(self._pieces[-1]) - len(left)
            self._pieces[-1] = left
            if left:
                return
            self._pieces.pop()

    def break_line(self) -> None:
        self._trim()
        self._put("\n")

    def part(self, breaks: str) -> None:
        """Have the next words begin a cell, a line or a paragraph."""
        self._trim()
        if self.size and _BREAKS.index(breaks) > _BREAKS.index(self._due):
            self._due = breaks

    def _last(self) -> str:
        return next((piece[-1] for piece in reversed(self._pieces) if piece), "\n")

    def place(self) -> int:
        """Where the next words will begin."""
        return self.size + len(self._due)

    def done(self) -> str:
        return "".join(self._pieces)

    def _put(self, text: str) -> None:
        self._pieces += [self._due, text] if self._due else [text]
        self.size += len(self._due) + len(text)
        self._due = ""

    def _trim(self) -> None:
        """Leave out the blank before a break, which nobody sees."""
        if self._pieces and self._pieces[-1].endswith(" "):
            self._pieces[-1] = self._pieces[-1][:-1]
            self.size -= 1


def _walk(tree: Any, out: _Text, links: list[Link]) -> None:
    from lxml import etree

    opened: list[int] = []
    exact = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        name = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if name in _APART:
                out.part(_APART[name])
            if name == "a":
                opened.append(out.place())
            if name == "br":
                out.break_line()
            if name == "pre":
                exact += 1
            if name not in _LEFT:
                (out.add_exactly if exact else out.add)(element.text)
            continue
        if name == "a":
            href, onclick = element.get("href") or "", element.get("onclick") or ""
            links.append(Link(opened.pop(), out.size, href, element.get("class") or "", onclick))
        if name == "pre":
            out.end_lines()
            exact -= 1
        if name in _APART:
            out.part(_APART[name])
        if element is not tree:
            (out.add_exactly if exact else out.add)(element.tail)
