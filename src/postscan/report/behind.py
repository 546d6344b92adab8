"""What posts stand behind: for each table of the report, the query for the posts of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from postscan.corpus.periods import PERIODS
from postscan.corpus.selection import Selection
from postscan.corpus.uses import find_counting, uses_query

if TYPE_CHECKING:
    from postscan.corpus import Corpus

Behind = tuple[str, str, str]
"""What posts stand behind: the name of a table, a group of it ("" where it has none), and a key."""

COUNTS: Mapping[str, str] = {
    "hashtags": "hashtags",
    "sources": "source_counts",
    "languages": "language_shares",
    "handles": "handles",
    "embedded_accounts": "embedded_accounts",
    "domains": "domains",
    "links": "links",
    "emoji": "emoji",
    "posters": "posters",
    "platforms": "platforms",
    "suspicious_tags": "suspicious_tags",
    "rules": "rules",
}
"""The report's tables of counts, and the methods of a corpus that make them."""
# Periods as `postscan posts` takes them.
_WRITTEN = {"hour": "%Y-%m-%dT%H", "day": "%Y-%m-%d", "week": "%G-W%V", "month": "%Y-%m"}


def uses_of(corpus: Corpus, by: str, counting: Mapping[str, Any]) -> dict[str, str]:
    """For each table a query for `post`, `group` ("" where the table has none) and `key` of whatever it counts.

    `by` is what periods are; `counting` has the options of the counts.
    """
    found = {}
    for name, method in COUNTS.items():
        how = find_counting(method, **counting)
        group = f'"{how.thing.group}"' if how.thing.group else "''"
        uses = uses_query(corpus.view, how)
        found[name] = f'SELECT post, {group} AS "group", key FROM ({uses}) WHERE taken'  # noqa: S608
    tags = found["hashtags"]
    found["pairs"] = f"""SELECT one.post, '' AS "group", one.key || ' ' || other.key AS key
        FROM ({tags}) one JOIN ({tags}) other ON other.post = one.post AND other.key <> one.key"""  # noqa: S608
    found["periods"] = f"""SELECT post, '' AS "group", strftime({PERIODS[by]}, '{_WRITTEN[by]}') AS key
        FROM counted WHERE {PERIODS[by]} IS NOT NULL"""  # noqa: S608
    return found


def command_flags(corpus: Corpus, counting: Mapping[str, Any]) -> str:
    """The options with which `postscan posts` sees the posts and uses that the report counts, quoted for a shell."""
    import shlex

    chosen = corpus.view.selection
    flags = [("--since", each) for each in chosen.since] + [("--until", each) for each in chosen.until]
    if len(chosen.where) > 1:
        flags.append(("--where", " AND ".join(f"({each})" for each in chosen.where)))
    elif chosen.where:
        flags.append(("--where", chosen.where[0]))
    plain = Selection()
    flags += [
        (f"--{name}", getattr(chosen, name))
        for name in ("reposts", "duplicates", "tz")
        if getattr(chosen, name) != getattr(plain, name)
    ]
    if chosen.dates != plain.dates:
        flags.append(("--dates", ",".join(chosen.dates)))
    flags += [(f"--{name}", counting[name]) for name in ("count", "merge") if counting.get(name)]
    return shlex.join([part for flag in flags for part in flag])


def period_key(period: Any, by: str) -> str:
    """A period as `postscan posts` takes it.

    >>> import pandas
    >>> [period_key(pandas.Timestamp("2026-07-06"), by) for by in ("hour", "day", "week", "month")]
    ['2026-07-06T00', '2026-07-06', '2026-W28', '2026-07']
    """
    return str(period.strftime(_WRITTEN[by]))
