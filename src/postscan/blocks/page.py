"""The page that rules read: the pieces of a post, and what is decided so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from postscan.blocks.phrases import Cue, find_cues
from postscan.blocks.pieces import PARAGRAPH, Piece


class Mark(NamedTuple):
    """What a piece is, and by which rule."""

    kind: str
    rule: str
    joins: bool = False
    """Whether it belongs to the block before it, although blocks of its kind stand alone."""


@dataclass(slots=True)
class Page:
    """Pieces in order, and a mark for each that is decided; a mark is set once."""

    text: str
    pieces: list[Piece]
    marks: list[Mark | None]
    cues: dict[int, list[Cue]] = field(default_factory=dict)

    def mark(self, at: int, kind: str, rule: str, *, joins: bool = False) -> None:
        """Decides a piece, where nothing has decided it before."""
        if self.marks[at] is None:
            self.marks[at] = Mark(kind, rule, joins)

    def kind(self, at: int) -> str | None:
        """The kind of a piece; null where it is undecided or there is none."""
        mark = self.marks[at] if 0 <= at < len(self.marks) else None
        return mark.kind if mark else None

    def cues_of(self, at: int) -> list[Cue]:
        """The phrases in a piece."""
        if at not in self.cues:
            self.cues[at] = find_cues(self.pieces[at].words)
        return self.cues[at]

    def whole_words(self, at: int) -> list[str]:
        """The words of a piece in the search fold."""
        return [word.text for word in self.pieces[at].words]

    def opens(self, at: int) -> bool:
        """Whether a paragraph begins with this piece."""
        return self.pieces[at].before == PARAGRAPH

    def closes(self, at: int) -> bool:
        """Whether a paragraph ends with this piece."""
        return at + 1 == len(self.pieces) or self.pieces[at + 1].before == PARAGRAPH


Rule = Callable[[Page, int], tuple[str, str] | None]
"""Looks at one undecided piece and its phrases; answers its kind and the rule that says so, or nothing."""
