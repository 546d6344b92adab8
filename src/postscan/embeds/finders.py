"""What a finder of embeds is: a search, and the sign without which it finds nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from postscan.embeds.bodies import Closing
from postscan.model import Embed


@dataclass(frozen=True, slots=True)
class Finder:
    """A search for embeds, or for the lines that end one, and its sign, which is quick to look for.

    The sign is part of the rule's own pattern, so that leaving the search out changes no answer.
    """

    find: Callable[[str], Iterable[Closing | Embed]]
    parts: tuple[str, ...] = ()
    """One of these stands in every text in which something is found, ..."""
    test: Callable[[str], object] | None = None
    """... or else this is true of it."""

    def may_find(self, text: str) -> bool:
        """Whether the sign is there."""
        for part in self.parts:  # any() would take three times as long
            if part in text:
                return True
        return self.test is not None and bool(self.test(text))
