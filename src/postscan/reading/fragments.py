"""Text of HTML in which other people's posts are embedded: their places are kept while the text is found.

Every embed is exchanged for a word that stands nowhere else; its own lines come back where that word is in the text,
and an embed whose place was left out follows the one before it.
"""

from __future__ import annotations

import hashlib
import re
from typing import Any

from postscan.model import Embed
from postscan.reading.embedded import find_embedded
from postscan.reading.lifted import Lifted
from postscan.reading.markup import accepted, flatten, parse_html


def fragment_text(source: str) -> tuple[str, tuple[Embed, ...]]:
    r"""The text of a piece of HTML, such as the content of a feed's item, and the embeds in it.

    >>> source = '<p>Rain.</p><blockquote class="twitter-tweet"><p>Wet.</p>&mdash; A (@a)</blockquote>'
    >>> text, (embed,) = fragment_text(source)
    >>> text[embed.start : embed.end], text[embed.body_start : embed.body_end], embed.handle
    ('Wet.\n\n— A (@a)', 'Wet.', 'a')
    """
    tree = parse_html(source)
    if tree is None:
        return "", ()
    mark = make_mark(source)
    lifted = lift_all(tree, mark)
    return put_back(flatten(tree)[0], lifted, mark)


def make_mark(seed: str) -> str:
    """A word that stands nowhere in what the seed is the text of."""
    return "q" + hashlib.blake2b(seed.encode("utf-8", "replace"), digest_size=6).hexdigest() + "q"


def lift_all(tree: Any, mark: str) -> list[Lifted]:
    """Exchange every embed of the tree for a paragraph with its number between two marks, or none for a second copy."""
    from lxml import html

    kept: list[Lifted] = []
    for element, lifted in list(find_embedded(tree)):
        place = html.Element("p")
        if lifted is not None:
            place.text = f"{mark}{len(kept)}{mark}"
            kept.append(lifted)
        place.tail = accepted(element.tail or "")
        element.getparent().replace(element, place)
    return kept


def put_back(text: str, lifted: list[Lifted], mark: str) -> tuple[str, tuple[Embed, ...]]:
    """The text with each embed's lines in a paragraph of their own, where its number stands."""
    placed = {int(number) for number in re.findall(f"{mark}(\\d+){mark}", text)}
    pieces: list[str] = []
    embeds: list[Embed] = []
    size = 0

    def add(words: str) -> None:
        nonlocal size
        pieces.append(words)
        size += len(words)

    def put(number: int) -> None:
        if size:
            add("\n\n")
        embeds.append(lifted[number].placed(size))
        add(lifted[number].text)

    waiting = iter(range(len(lifted)))
    parts = re.split(f"\\s*{mark}(\\d+){mark}\\s*", text)
    for at, part in enumerate(parts):
        if at % 2:
            for number in waiting:
                put(number)
                if number == int(part):
                    break
        elif part.strip():
            if size:
                add("\n\n")
            add(part)
    for number in waiting:
        if number not in placed:
            put(number)
    return "".join(pieces), tuple(embeds)
