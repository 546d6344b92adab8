"""The table of outlets, asked by name, host and handle."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from postscan.sources.bits import NAME, NEXT, WHOLE
from postscan.sources.words import ARABIC_SCRIPT, Words, fold_words, roles
from postscan.wordlists import Outlet, outlet_rows

CLITICS = ("و", "ف", "ل", "ب", "ول", "وب", "فل", "فب")
"""Arabic conjunctions and prepositions that are written on to the word after them."""
_ARTICLE = "ال"
_VOWELS = frozenset("aeiouy")


@dataclass(frozen=True, slots=True)
class Name:
    """One of the names of an outlet."""

    words: tuple[str, ...]
    outlet: Outlet | None
    """None where several outlets have the name."""
    common: bool
    """Whether it is a common word too, which needs a stronger sign."""
    acronym: bool
    """Whether it must be written in capitals."""
    latin: bool


@dataclass(slots=True)
class Mention:
    """An outlet's name in the words of a block; not frozen, for many are made."""

    first: int
    last: int
    skip: int
    """Letters of clitics before the name in its first word."""
    clitic: str
    name: Name

    @property
    def canonical(self) -> str | None:
        return self.name.outlet.name if self.name.outlet else None


def _name(written: str, outlet: Outlet | None, *, common: bool) -> Name:
    words = fold_words(written)
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    bare = written.removeprefix("The ").replace(".", "")
    acronym = (
        bare.isascii()
        and bare.isupper()
        and len(bare) <= 5
        and (common or len(bare) < 3 or not _VOWELS.isdisjoint(words[0]))
    )
    return Name(words, outlet, common, acronym, words[0][0] < "\u0530")


def needs_capital(name: Name) -> bool:
    """Whether a name in Latin letters is one with a capital alone; digits count as one."""
    return name.acronym or ((name.common or len(name.words[0]) < 3) and not name.words[0].isdigit())


@functools.cache
def names() -> dict[str, tuple[Name, ...]]:
    """The names of outlets by their first word, the longest first."""
    rows = outlet_rows()
    every: dict[str, dict[tuple[str, ...], Name]] = {}

    def add(name: Name) -> None:
        every.setdefault(name.words[0], {}).setdefault(name.words, name)

    for ambiguous in rows.ambiguous:
        add(_name(ambiguous, None, common=True))
    for outlet in rows.outlets:
        for written in outlet.common:
            add(_name(written, outlet, common=True))
        for written in (outlet.name, *outlet.aliases):
            if "(" not in written:
                add(_name(written, outlet, common=False))
    return {first: tuple(sorted(some.values(), key=lambda n: -len(n.words))) for first, some in every.items()}


@functools.cache
def forms() -> dict[str, tuple[str, int, str]]:
    """First words of names as they may be written: the word itself, letters of clitics before it, and the clitic."""
    found: dict[str, tuple[str, int, str]] = {}
    for first in names():
        found[first] = (first, 0, "")
    for first in names():
        if _takes_clitics(first):
            for form, skip, clitic in clitic_forms(first):
                found.setdefault(form, (first, skip, clitic))
    return found


def _takes_clitics(first: str) -> bool:
    """Whether clitics may stand before a name's first word: one of three letters, or of two that a name spells out."""
    if first[0] < ARABIC_SCRIPT:
        return False
    if len(first) > 2:
        return True
    return len(first) == 2 and any(map(_spelled_out, names()[first])) and first not in roles("ar", "stop", "that")


def _spelled_out(name: Name) -> bool:
    """Whether a name is the names of its letters, as "بي بي سي" is."""
    return len(name.words) > 2 and max(map(len, name.words[:3])) < 4


@dataclass(frozen=True, slots=True)
class _Form:
    """The names that begin with a word as it may be written."""

    skip: int
    clitic: str
    longer: Mapping[str, tuple[Name, ...]]
    """The names of several words, by their second, before the one of one word."""
    alone: tuple[Name, ...]


@functools.cache
def _table() -> dict[str, _Form]:
    """The names by their first word as it may be written."""
    found = {}
    for form, (first, skip, clitic) in forms().items():
        some = [name for name in names()[first] if not skip or len(first) > 2 or _spelled_out(name)]
        alone = tuple(name for name in some if len(name.words) == 1)
        longer: dict[str, tuple[Name, ...]] = {}
        for name in some:
            if len(name.words) > 1:
                longer[name.words[1]] = (*longer.get(name.words[1], ()), name)
        found[form] = _Form(skip, clitic, {second: more + alone for second, more in longer.items()}, alone)
    return found


def clitic_forms(word: str) -> list[tuple[str, int, str]]:
    """An Arabic word with each clitic before it: what is written, the clitic's length, and the clitic.

    >>> [form for form, _, clitic in clitic_forms("الجزيره") if clitic.endswith("ل")][:2]
    ['لالجزيره', 'للجزيره']
    """
    found = []
    for clitic in CLITICS:
        found.append((clitic + word, len(clitic), clitic))
        if clitic.endswith("ل") and word.startswith(_ARTICLE):
            found.append((clitic + word[1:], len(clitic), clitic))
    return found


@functools.cache
def _hosts() -> dict[str, Outlet]:
    return {domain: outlet for outlet in outlet_rows().outlets for domain in outlet.domains}


@functools.cache
def accounts() -> dict[str, Outlet]:
    """The outlets by their accounts on X, in lower case."""
    return {handle.lower(): outlet for outlet in outlet_rows().outlets for handle in outlet.handles}


def outlet_of_host(host: str) -> Outlet | None:
    """The outlet that publishes at a host or above it.

    >>> outlet_of_host("arabic.rt.com").name
    'RT'
    """
    known = _hosts()
    while host:
        if host in known:
            return known[host]
        host = host.partition(".")[2]
    return None


def outlet_of_handle(handle: str) -> Outlet | None:
    """The outlet whose account on X it is; a domain for a handle is looked up as a host."""
    handle = handle.lower()
    return accounts().get(handle) or (outlet_of_host(handle) if "." in handle else None)


def mention_at(words: Words, at: int) -> Mention | None:
    """The longest name of an outlet that begins with the word there, in the letter case that it needs."""
    signs = words.signs
    sign = signs[at]
    if not sign & WHOLE and not (sign & NAME and at + 1 < words.size and signs[at + 1] & NEXT):
        return None
    form = _table().get(words.words[at])
    if form is None:
        return _account_at(words, at) if words.gaps[at][-1:] == "@" else None
    some = form.alone
    if form.longer and at + 1 < words.size:
        some = form.longer.get(words.words[at + 1], some)
    for name in some:
        last = at + len(name.words)
        if last > at + 1 and not words.phrase(at, (words.words[at], *name.words[1:])):
            continue
        if (
            words.gaps[at] == "_"
            or words.gaps[last][:1] == "_"
            or (name.latin and not _case_fits(words, at, last, name))
        ):
            continue
        return Mention(at, last, form.skip, form.clitic, name)
    return _account_at(words, at) if words.gaps[at][-1:] == "@" else None


def _account_at(words: Words, at: int) -> Mention | None:
    """The outlet whose account's name begins with the word there."""
    start = words.span(at, at + 1)[0] - words.base
    written = _ACCOUNT.match(words.raw, start)
    outlet = accounts().get(written[0].lower()) if written else None
    if written is None or outlet is None:
        return None
    last = at + 1
    while last < words.size and words.span(last, last + 1)[0] - words.base < written.end():
        last += 1
    return Mention(at, last, 0, "", _account_name(outlet.name))


_ACCOUNT = re.compile("[A-Za-z0-9_]+")


@functools.cache
def _account_name(name: str) -> Name:
    """What an account is as a name: never a common word."""
    outlet = next(outlet for outlet in outlet_rows().outlets if outlet.name == name)
    return Name((name,), outlet, common=False, acronym=False, latin=True)


def _case_fits(words: Words, first: int, last: int, name: Name) -> bool:
    """Whether the letter case is a name's: "Tasnim news agency" is a name and a class noun."""
    if (
        name.words[-1] in ("agency", "news")
        and len(name.words) > 1
        and not words.capital(last - 1)
        and words.capital(first)
    ):
        return False
    if words.gaps[first][-1:] in ("#", "@"):
        return True
    if name.acronym:
        return words.surface(first, last).replace(".", "").isupper()
    if name.common or len(name.words[0]) < 3:
        return words.capital(first) or words.words[first].isdigit()
    return True
