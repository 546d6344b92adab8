"""The words of page, charts, sheets and sentences in each language of the interface, from `postscan/data/words`.

Each file there has a table a language with the same keys and the same fields in braces; that is checked when they are
read. Nouns with a number have a form for each plural category of CLDR.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator, Mapping
from importlib import resources
from typing import Any

LANGUAGES = ("en", "ar")
"""Of the interface; the first is the one that is spoken where none is asked for."""
RIGHT_TO_LEFT = frozenset({"ar"})
_FIELD = re.compile(r"\{(\w*)[^{}]*\}")
_NOUNS = "nouns"
_CATEGORIES = {"en": ("one", "other"), "ar": ("zero", "one", "two", "few", "many", "other")}


def say(ui: str, key: str, **values: object) -> str:
    """The phrase of a key in a language of the interface, its fields filled in.

    Raises KeyError for a language or key that there is not, and for a field without a value.

    >>> say("en", "run", run="0123456789")
    'run 0123456789'
    """
    return words(ui)[key].format_map(values)


def count_of(ui: str, noun: str, n: int) -> str:
    """A number and its noun, in the form that the number asks for.

    >>> count_of("en", "post", 1), count_of("en", "post", 1200), count_of("ar", "post", 2), count_of("ar", "post", 11)
    ('1 post', '1,200 posts', 'منشوران', '11 منشورا')
    """
    forms = words(ui)
    return forms[f"{_NOUNS}.{noun}.{plural_category(ui, n)}"].format(n=f"{n:,}")


def plural_category(ui: str, n: int) -> str:
    """The plural category of a whole number of at least 0 (CLDR 45, cardinal rules).

    >>> [plural_category("ar", n) for n in (0, 1, 2, 3, 11, 100, 103)], plural_category("en", 0)
    (['zero', 'one', 'two', 'few', 'many', 'other', 'few'], 'other')
    """
    if ui == "ar":
        if n < 3:
            return ("zero", "one", "two")[n]
        return "few" if 3 <= n % 100 <= 10 else "many" if n % 100 >= 11 else "other"
    return "one" if n == 1 else "other"


@functools.cache
def words(ui: str) -> Mapping[str, str]:
    """All phrases of a language by their key; raises KeyError for a language that there is not."""
    return _read()[ui]


@functools.cache
def _read() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    folder = resources.files("postscan.data").joinpath("words")
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        flat = {language: dict(_flat(part, "")) for language, part in table.items()}
        check_words(flat, file.name)
        for language, phrases in flat.items():
            if twice := found[language].keys() & phrases.keys():
                raise ValueError(f"{file.name}: {min(twice)} stands in another file too")
            found[language] |= phrases
    return found


def _flat(table: Mapping[str, Any], before: str) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{key}.")
        else:
            yield before + key, value


def check_words(table: Mapping[str, Mapping[str, str]], name: str) -> None:
    """Raise ValueError, naming the place, where a language lacks a key that another has, or a field differs."""
    if set(table) != set(LANGUAGES):
        raise ValueError(f"{name}: it needs the tables {', '.join(LANGUAGES)}")
    plain = {
        language: {k: v for k, v in part.items() if not k.startswith(f"{_NOUNS}.")} for language, part in table.items()
    }
    first, *others = LANGUAGES
    for language in others:
        if differing := plain[first].keys() ^ plain[language].keys():
            raise ValueError(f"{name}: {min(differing)} is not in every language")
        for key, phrase in plain[first].items():
            if set(_FIELD.findall(phrase)) != set(_FIELD.findall(plain[language][key])):
                raise ValueError(f"{name}: the fields of {key} differ between {first} and {language}")
    nouns = {
        language: {key.split(".")[1] for key in part if key.startswith(f"{_NOUNS}.")}
        for language, part in table.items()
    }
    for language, categories in _CATEGORIES.items():
        for noun in set().union(*nouns.values()):
            for category in categories:
                if f"{_NOUNS}.{noun}.{category}" not in table[language]:
                    raise ValueError(f"{name}: {noun} lacks its form {category} in {language}")
