"""What is made of a text once and then remembered: a dictionary that fills itself and never grows beyond a bound."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

_Value = TypeVar("_Value")


class Remembered(dict[str, _Value]):
    """The value that a function makes of each text, made at its first sight; when too many are kept, all are forgotten.

    Where it is known, a text costs a dictionary's look-up and no call: for words that come again and again a fraction
    of `functools.lru_cache`, which also keeps an order. `most` is how many are kept, `longest` how many characters the
    text of one may have, `never` how those begin that hardly come again; these and longer ones are made every time, so
    that neither links nor hostile texts fill the memory.

    >>> sizes = Remembered(len, most=2, longest=3)
    >>> [sizes[text] for text in ("a", "bb", "long", "ccc")]
    [1, 2, 4, 3]
    >>> list(sizes)
    ['ccc']
    """

    __slots__ = ("_longest", "_make", "_most", "_never")

    def __init__(self, make: Callable[[str], _Value], *, most: int, longest: int, never: tuple[str, ...] = ()) -> None:
        super().__init__()
        self._make = make
        self._most = most
        self._longest = longest
        self._never = never

    def __missing__(self, text: str) -> _Value:
        value = self._make(text)
        if len(text) <= self._longest and not text.startswith(self._never):
            if len(self) >= self._most:
                self.clear()
            self[text] = value
        return value
