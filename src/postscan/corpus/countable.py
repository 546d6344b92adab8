"""What can be counted: for each thing, the query whose rows are its uses."""

from __future__ import annotations

from dataclasses import dataclass

ROLES = ("own", "embedded", "brand", "other")
"""Where a use stands; every use has exactly one."""
MATCHES = {role: f"role = '{role}'" for role in ROLES} | {"all": "true"}
"""The values of `count`, and which uses each takes."""


@dataclass(frozen=True, slots=True)
class Countable:
    """A thing that is counted."""

    column: str
    """The column of the shown form."""
    uses: str
    """A query with a row a use: post, n, key, shown, written, role, story, glued, start, end, and what `more` needs."""
    count: str = "own"
    """The `count` that is meant where none is given."""
    group: str = ""
    """A column that keeps rows with one key apart."""
    more: tuple[tuple[str, str], ...] = ()
    """Further columns, each with the expression that makes it from the uses of a key."""
    noted: bool = False
    """Whether its sentence says more of it (`counts.note` in the words)."""
    merged: bool = False
    """Whether several spellings have one key, so that `merge` can keep them apart."""
    placed: bool = True
    """Whether a use has a place in the words, so that `count` can choose it by its role."""
    whole: bool = False
    """Whether a use is the whole post, all its stories with it."""


def _entities(kinds: str, key: str, shown: str, more: str = "") -> str:
    return f"""SELECT post, n, {key} AS key, {shown} AS shown, {shown} AS written, role, story,
        kind = 'glued_hashtag' AS glued, "start", "end"{more} FROM entities WHERE kind IN ({kinds})"""  # noqa: S608


def _posts(key: str, more: str = "") -> str:
    return f"""SELECT post, 0 AS n, {key} AS key, {key} AS shown, {key} AS written, 'own' AS role,
        NULL::INTEGER AS story, false AS glued, NULL::INTEGER AS "start", NULL::INTEGER AS "end"{more}
        FROM posts WHERE {key} IS NOT NULL"""  # noqa: S608


_TAGS = "'hashtag', 'glued_hashtag'"
_GROUP = """CASE kind WHEN 'official' THEN 'official' WHEN 'unnamed' THEN 'unnamed' WHEN 'brand' THEN 'brand'
    WHEN 'photo' THEN 'photo' WHEN 'staff' THEN 'staff' ELSE 'named' END"""

COUNTABLES = {
    "hashtags": Countable(
        "hashtag",
        _entities(_TAGS, "value", "substr(written, 2)", ", suspicious"),
        more=(("suspicious", "min(suspicious)"),),
        noted=True,
        merged=True,
    ),
    "suspicious_tags": Countable(
        "hashtag",
        _entities(_TAGS, "value", "substr(written, 2)", ", suspicious") + " AND suspicious IS NOT NULL",
        count="all",
        group="suspicious",
        noted=True,
        merged=True,
    ),
    "handles": Countable("handle", _entities("'handle'", "value", "substr(written, 2)"), merged=True),
    "links": Countable(
        "link",
        _entities("'url'", "coalesce(expanded, value)", "written", ", domain"),
        more=(("domain", "min(domain)"),),
        noted=True,
    ),
    "written_links": Countable(
        "link", _entities("'url'", "value", "written", ", domain"), more=(("domain", "min(domain)"),), noted=True
    ),
    "domains": Countable("domain", _entities("'url'", "domain", "domain") + " AND domain IS NOT NULL", noted=True),
    "emoji": Countable("emoji", _entities("'emoji'", "value", "written")),
    "embedded_accounts": Countable(
        "account",
        """SELECT post, n, platform || '/' || account AS key, coalesce(handle, name) AS shown,
            coalesce(handle, name) AS written, 'embedded' AS role, story, false AS glued, "start", "end", platform, name
            FROM embeds WHERE account IS NOT NULL""",
        count="all",
        more=(("platform", "min(platform)"), ("name", "mode(name ORDER BY name)")),
        noted=True,
        placed=False,
    ),
    "source_counts": Countable(
        "name",
        f"""SELECT post, n, key, coalesce(name, written) AS shown, written, role, story, false AS glued,
            "start", "end", kind, {_GROUP} AS "group" FROM sources""",  # noqa: S608
        count="all",
        group="group",
        more=(("kind", "mode(kind ORDER BY kind)"),),
        noted=True,
        merged=True,
    ),
    "posters": Countable(
        "poster",
        _posts("poster", ", poster_from"),
        count="all",
        group="poster_from",
        noted=True,
        placed=False,
        whole=True,
    ),
    "platforms": Countable("platform", _posts("platform"), count="all", noted=True, placed=False, whole=True),
    "language_shares": Countable(
        "code",
        """SELECT post, n, code AS key, code AS shown, code AS written, role, story, false AS glued,
            "start", "end", letters FROM languages WHERE NOT entity""",
        more=(("letters", "coalesce(sum(letters) FILTER (taken), 0)::BIGINT"),),
        noted=True,
    ),
    "rules": Countable(
        "rule",
        " UNION ALL ".join(
            f"""SELECT post, n, rule AS key, rule AS shown, rule AS written, {role} AS role, story, false AS glued,
            "start", "end", '{layer}' AS layer FROM {layer}"""  # noqa: S608
            for layer, role in (("blocks", "role"), ("embeds", "'embedded'"), ("sources", "role"))
        ),
        count="all",
        group="layer",
        more=(("guess", "bool_or(key LIKE '%?')"),),
        noted=True,
    ),
}
