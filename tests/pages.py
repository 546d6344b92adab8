"""What the tests of the page share: a page's elements, and posts that would do harm if they could."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path

EVIL = (
    "</style><script>alert(1)</script> \"'><img src=x onerror=alert(1)> <a href='javascript:alert(1)'>x</a> {{ 7*7 }}"
)
TAGS = ("Port", "ميناء", "بندر", "calm")
_VOID = {"meta", "input", "br", "img", "path", "use", "rect"}


class Page(HTMLParser):
    """The elements of a page, and what stands open where the page ends."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.words: dict[str, list[str]] = {}
        self.data: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            assert self.open.pop() == tag, self.getpos()

    def handle_data(self, data: str) -> None:
        self.data.append(data)
        if self.open:
            self.words.setdefault(self.open[-1], []).append(data)

    @property
    def text(self) -> str:
        """Everything that can be read."""
        return "".join(self.data)

    def all(self, tag: str, **wanted: str) -> list[dict[str, str]]:
        """The attributes of the elements of a name that have these, among others."""
        return [each for name, each in self.elements if name == tag and wanted.items() <= each.items()]


def harmful_rows() -> Iterator[Mapping[str, str]]:
    """Forty quiet posts in four languages, and one that holds what must never be run."""
    words = [
        "#Port calm today, the Harbour Office said 🚢",
        "ميناء هادئ اليوم #ميناء",
        "بندر آرام است #بندر #Port",
        "Reuters says the port is calm, and witnesses said so too #calm #Port 🌊 ☕",
    ]
    for n in range(40):
        yield {
            "id": f"{n}",
            "text": f"{words[n % 4]} {n} #n{n % 3}",
            "created": f"2026-07-{1 + n % 9:02}",
            "author": f"=desk{n % 2}",
        }
    yield {"id": EVIL, "text": f"{EVIL}\n\n#Port \x00\x1b[31m \u202eend, Reuters said.", "author": EVIL}


def write_harmful(folder: Path) -> Path:
    """A folder with these posts, a line that is none, and a picture."""
    folder.mkdir()
    lines = [*map(json.dumps, harmful_rows()), "{no json"]
    (folder / "posts.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "+cat.jpg").write_bytes(b"\xff\xd8\xff\xe0cat")
    return folder
