"""What counts as the same entity, made once per written form."""

from __future__ import annotations

from collections.abc import Callable

from postscan.entities.links import has_scheme
from postscan.folding import hashtag_key
from postscan.remembered import Remembered


def _values(make: Callable[[str], str]) -> Remembered[str]:
    return Remembered(make, most=1 << 16, longest=400)


def _url_value(surface: str) -> str:
    return surface if has_scheme(surface) else f"https://{surface}"


VALUES = {
    "hashtag": _values(hashtag_key),
    "handle": _values(lambda surface: surface[1:].lower()),
    "url": _values(_url_value),
    "email": _values(str),
    "cashtag": _values(lambda surface: surface[1:].upper()),
    "emoji": _values(str),
}
"""The value of a written form, by kind."""
VALUES["glued_hashtag"] = VALUES["hashtag"]


def entity_value(kind: str, surface: str) -> str:
    """What counts as the same entity: see `docs/entities.md`; surface is the entity as written, with its sign.

    >>> entity_value("handle", "@Dana_K"), entity_value("url", "TOLOnews.com/x"), entity_value("cashtag", "$aapl")
    ('dana_k', 'https://TOLOnews.com/x', 'AAPL')
    """
    return VALUES[kind][surface]
