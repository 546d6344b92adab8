"""What counts as the same entity, made once per written form."""

from __future__ import annotations

from collections.abc import Callable

from postscan.entities.links import has_scheme
from postscan.folding import hashtag_key

_MAX_FORMS = 1 << 16


class _Values(dict[str, str]):
    """The value of each written form of a kind; forgotten when there are too many."""

    def __init__(self, make: Callable[[str], str]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, surface: str) -> str:
        if len(self) >= _MAX_FORMS:
            self.clear()
        self[surface] = value = self._make(surface)
        return value


def _url_value(surface: str) -> str:
    return surface if has_scheme(surface) else f"https://{surface}"


VALUES = {
    "hashtag": _Values(hashtag_key),
    "handle": _Values(lambda surface: surface[1:].lower()),
    "url": _Values(_url_value),
    "email": _Values(str),
    "cashtag": _Values(lambda surface: surface[1:].upper()),
    "emoji": _Values(str),
}
"""The value of a written form, by kind."""
VALUES["glued_hashtag"] = VALUES["hashtag"]


def entity_value(kind: str, surface: str) -> str:
    """What counts as the same entity: see `docs/entities.md`; surface is the entity as written, with its sign.

    >>> entity_value("handle", "@Dana_K"), entity_value("url", "TOLOnews.com/x"), entity_value("cashtag", "$aapl")
    ('dana_k', 'https://TOLOnews.com/x', 'AAPL')
    """
    return VALUES[kind][surface]
