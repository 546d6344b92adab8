"""Tables of words, read from `postscan/data` once and checked when they are read.

Words live in TOML files, a table a subject, each naming its sources; rules live in code. What a stage needs is read
at its first use, so that `--help` reads none.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any


@functools.cache
def read_toml(name: str) -> dict[str, Any]:
    """The parsed table `postscan/data/<name>.toml`; the caller must not change it.

    Raises FileNotFoundError for a name that is not shipped.
    """
    return tomllib.loads(resources.files("postscan.data").joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases that make a line a block of one kind, where the line has the shape that they need."""

    rule: str
    """The group's name in the table, and the name of the rule that decides."""
    kind: str
    """The kind of block."""
    at: str
    """"start": the phrase opens the line; "any": it may stand anywhere in it."""
    rest: int
    """How many other words the line may have; entities and numbers are not counted."""
    sentence: int
    """The same for a line that ends in a full stop; -1: such a line is none."""
    colon: bool
    """Whether a colon (or a sign like it) must follow the phrase, or the line must end there."""
    needs: str
    """What the line needs besides: "" nothing; "link" a link or handle; "time" a day, a clock time, "... ago"; "names"
    after the phrase; "end" the phrase near the line's end; "number" a number before the phrase; "near" a notice beside
    it: words too common to decide alone."""
    phrases: tuple[str, ...]
    """Words, `|` between alternatives, `*` for any ending, `?` for what may be missing, `...` for up to six words."""


_PHRASE_FIELDS = {"rule": str, "kind": str, "at": str, "rest": int, "sentence": int, "colon": bool, "needs": str}
_PHRASE_CHOICES = {"at": ("start", "any"), "needs": ("", "link", "time", "names", "end", "number", "near")}
_PHRASE_LANGUAGE = re.compile(r"[a-z]{2,3}")


def read_phrases(table: Mapping[str, Any]) -> tuple[Phrases, ...]:
    """The groups of a table of phrases, in the order of the table, which is the order in which they decide.

    Raises ValueError, naming the group, where a field is unknown or of another type, or a group has no phrases.

    >>> read_phrases({"group": [{"rule": "rights", "kind": "boilerplate", "en": ["all rights reserved"]}]})[0].phrases
    ('all rights reserved',)
    """
    return tuple(_phrase_group(row) for row in table["group"])


def _phrase_group(row: Mapping[str, Any]) -> Phrases:
    name = row.get("rule", "?")
    phrases: list[str] = []
    for key, value in row.items():
        if key in _PHRASE_FIELDS:
            good = type(value) is _PHRASE_FIELDS[key]
        else:
            good = (
                bool(_PHRASE_LANGUAGE.fullmatch(key))
                and isinstance(value, list)
                and all(isinstance(phrase, str) and phrase and phrase == " ".join(phrase.split()) for phrase in value)
            )
            phrases += value if good else ()
        if not good:
            raise ValueError(f"phrase group {name!r}: {key} = {value!r} is not what a table of phrases has there")
    if not phrases or not row.get("kind") or name == "?":
        raise ValueError(f"phrase group {name!r}: it needs a rule, a kind and phrases")
    choices = {key: row.get(key, allowed[0]) for key, allowed in _PHRASE_CHOICES.items()}
    for key, value in choices.items():
        if value not in _PHRASE_CHOICES[key]:
            raise ValueError(f"phrase group {name!r}: {key} = {value!r} is none of {', '.join(_PHRASE_CHOICES[key])}")
    return Phrases(
        rule=name,
        kind=row["kind"],
        rest=row.get("rest", 0),
        sentence=row.get("sentence", -1),
        colon=row.get("colon", False),
        phrases=tuple(phrases),
        **choices,
    )


@functools.cache
def months() -> dict[str, dict[str, tuple[tuple[str, ...], ...]]]:
    """The names of each month, by calendar ("gregorian", "solar") and language.

    >>> months()["gregorian"]["tr"][7]
    ('ağustos', 'ağu')
    """
    return check_months(read_toml("months"))


def check_months(table: Mapping[str, Any]) -> dict[str, dict[str, tuple[tuple[str, ...], ...]]]:
    """The names of each month; raises ValueError, naming calendar and language, where it is not twelve times names."""
    found: dict[str, dict[str, tuple[tuple[str, ...], ...]]] = {}
    for calendar in ("gregorian", "solar"):
        found[calendar] = {}
        for language, rows in table[calendar].items():
            names = tuple(tuple(row) for row in rows)
            if len(names) != 12 or not all(row and all(isinstance(n, str) and n for n in row) for row in names):
                raise ValueError(f"months, {calendar}.{language}: twelve lists of names are wanted")
            found[calendar][language] = names
    return found


@functools.cache
def weekdays() -> frozenset[str]:
    """The names of weekdays in every language of the table of months."""
    return frozenset(name for names in read_toml("months")["weekdays"].values() for name in names)


@functools.cache
def embed_words() -> dict[str, dict[str, tuple[str, ...]]]:
    """What widgets print, and words that show a voice, by subject and role.

    >>> embed_words()["widgets"]["threads"]
    ('view on threads',)
    """
    return check_embed_words(read_toml("embeds"))


def check_embed_words(table: Mapping[str, Any]) -> dict[str, dict[str, tuple[str, ...]]]:
    """The phrases of each subject and role; raises ValueError, naming them, for what is no case-folded phrase."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for subject, roles in table.items():
        found[subject] = {}
        for role, phrases in roles.items():
            if not phrases or any(phrase != " ".join(phrase.casefold().split()) or not phrase for phrase in phrases):
                raise ValueError(f"words of embeds, {subject}.{role}: a list of case-folded phrases is wanted")
            found[subject][role] = tuple(phrases)
    return found


@functools.cache
def link_hosts() -> dict[str, frozenset[str]]:
    """Hosts by what a link to them says: "short" (leads anywhere), "media" (the post's own pictures), "platforms".

    >>> "bit.ly" in link_hosts()["short"]
    True
    """
    return check_hosts(read_toml("link_hosts"))


def check_hosts(table: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """The three lists of a table of hosts; raises ValueError for another list, or for a host that is not a bare one."""
    if set(table) != {"short", "media", "platforms"}:
        raise ValueError(f"table of hosts: it has {sorted(table)}, not short, media and platforms")
    for name, hosts in table.items():
        for host in hosts:
            if not re.fullmatch(r"(?!www\.)[a-z0-9-]+(\.[a-z0-9-]+)+", host):
                raise ValueError(f"table of hosts, {name}: {host!r} is no lower-case host without www.")
    return {name: frozenset(hosts) for name, hosts in table.items()}


@dataclass(frozen=True, slots=True)
class Outlet:
    """A news outlet or agency, as a row of the table has it."""

    name: str
    """The canonical name."""
    country: str
    """ISO 3166-1 alpha-2 code of the head office."""
    kind: str
    """agency, broadcaster, paper, site or channel: what it is, never whose side it takes."""
    aliases: tuple[str, ...]
    """Names that count wherever somebody is credited."""
    common: tuple[str, ...]
    """Names that are common words: they need a class noun, quotation marks, an attribution verb or a link."""
    domains: tuple[str, ...]
    handles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutletRows:
    """The outlets, and the names around them that are no outlet's own."""

    outlets: tuple[Outlet, ...]
    ambiguous: tuple[str, ...]
    """Names that several outlets have."""
    platforms: tuple[str, ...]
    """Where people post; thanked in hat tips, no outlets."""


_OUTLET_KINDS = ("agency", "broadcaster", "paper", "site", "channel")
_OUTLET_LISTS = ("aliases", "common", "domains", "handles")


def check_outlets(table: Mapping[str, Any]) -> OutletRows:
    """The rows of a table of outlets; raises ValueError, naming the row, where a field is missing or of another kind.

    >>> row = {"name": "Quay Post", "country": "GB", "kind": "paper", "domains": ["quaypost.example"]}
    >>> check_outlets({"outlets": [row]}).outlets[0].domains
    ('quaypost.example',)
    """
    outlets = tuple(_outlet(row) for row in table.get("outlets", ()))
    return OutletRows(outlets, tuple(table.get("ambiguous", ())), tuple(table.get("platforms", ())))


def _outlet(row: Mapping[str, Any]) -> Outlet:
    name = row.get("name")
    unknown = sorted(set(row) - {"name", "country", "kind", *_OUTLET_LISTS})
    if unknown or not isinstance(name, str) or not name:
        raise ValueError(f"outlet {name!r}: it needs a name, and knows no {', '.join(unknown) or 'other fields'}")
    if not re.fullmatch("[A-Z]{2}", str(row.get("country"))) or row.get("kind") not in _OUTLET_KINDS:
        raise ValueError(f"outlet {name!r}: country is two capitals, kind is one of {', '.join(_OUTLET_KINDS)}")
    lists: dict[str, tuple[str, ...]] = {}
    for key in _OUTLET_LISTS:
        values = row.get(key, [])
        if not isinstance(values, list) or not all(isinstance(v, str) and v == v.strip() and v for v in values):
            raise ValueError(f"outlet {name!r}: {key} is a list of texts")
        lists[key] = tuple(values)
    if any(domain != domain.lower() or "/" in domain for domain in lists["domains"]):
        raise ValueError(f"outlet {name!r}: domains are bare lower-case hosts")
    if not all(re.fullmatch(r"\w{1,15}", handle, re.ASCII) for handle in lists["handles"]):
        raise ValueError(f"outlet {name!r}: handles are X's, without '@'")
    return Outlet(name=name, country=row["country"], kind=row["kind"], **lists)


@functools.cache
def outlet_rows() -> OutletRows:
    """The table of outlets that is shipped.

    >>> [row.name for row in outlet_rows().outlets if "رويترز" in row.aliases]
    ['Reuters']
    """
    return check_outlets(read_toml("outlets"))


@functools.cache
def attribution() -> dict[str, dict[str, tuple[str, ...]]]:
    """Words of attribution by language and role, as written in the table (not folded).

    >>> "according" in attribution()["en"]["according"]
    True
    """
    return check_attribution(read_toml("attribution"))


def check_attribution(table: Mapping[str, Any]) -> dict[str, dict[str, tuple[str, ...]]]:
    """Words, or phrases where "|" stands between them, of each role of each language.

    Raises ValueError, naming language and role, for what is no text or is empty.
    """
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for language, roles in table.items():
        found[language] = {}
        for role, value in roles.items():
            parts = [] if not isinstance(value, str) else value.split("|") if "|" in value else value.split()
            words = tuple(part.strip().replace("_", " ") for part in parts)
            if not all(words) or not words:
                raise ValueError(f"attribution words, {language}.{role}: a text of words is wanted, not {value!r}")
            found[language][role] = words
    return found


@functools.cache
def lead_words() -> dict[str, tuple[str, ...]]:
    """Words of datelines: "wires" and "speech" (case-folded), "outlets", "staff" and "labels".

    >>> "reuters" in lead_words()["wires"]
    True
    """
    return check_lead_words(read_toml("leads"))


def check_lead_words(table: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The lists of a table of datelines; raises ValueError for another list, or for an empty one or word."""
    if set(table) != {"wires", "outlets", "staff", "labels", "speech"}:
        raise ValueError(
            f"words of datelines: the table has {sorted(table)}, not wires, outlets, staff, labels, speech"
        )
    for name, words in table.items():
        if not words or not all(isinstance(word, str) and word.strip() == word != "" for word in words):
            raise ValueError(f"words of datelines, {name}: a list of words is wanted")
    return {name: tuple(words) for name, words in table.items()}
