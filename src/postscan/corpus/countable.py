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
    """A query with a row a use: post, n, key, shown, written, role, glued, start, end, and what `more` needs."""
    noun: str
    """What the sentence under a table calls it."""
    of: str = "of"
    """What joins the noun to the posts, where all uses are counted."""
    count: str = "own"
    """The `count` that is meant where none is given."""
    group: str = ""
    """A column that keeps rows with one key apart."""
    more: tuple[tuple[str, str], ...] = ()
    """Further columns, each with the expression that makes it from the uses of a key."""
    note: str = ""
    """What else the sentence must say."""


def _entities(kinds: str, key: str, shown: str, more: str = "") -> str:
    return f"""SELECT post, n, {key} AS key, {shown} AS shown, {shown} AS written, role,
        kind = 'glued_hashtag' AS glued, "start", "end"{more} FROM entities WHERE kind IN ({kinds})"""  # noqa: S608


_GROUP = """CASE kind WHEN 'official' THEN 'official' WHEN 'unnamed' THEN 'unnamed' WHEN 'brand' THEN 'brand'
    WHEN 'photo' THEN 'photo' WHEN 'staff' THEN 'staff' ELSE 'named' END"""

COUNTABLES = {
    "hashtags": Countable(
        "hashtag",
        _entities("'hashtag', 'glued_hashtag'", "value", "substr(written, 2)", ", suspicious"),
        "hashtags",
        more=(("suspicious", "min(suspicious)"),),
        note="tags glued to a word are included",
    ),
    "handles": Countable("handle", _entities("'handle'", "value", "substr(written, 2)"), "handles"),
    "links": Countable(
        "link",
        _entities("'url'", "coalesce(expanded, value)", "written", ", domain"),
        "links",
        more=(("domain", "min(domain)"),),
        note="short links by their target where the input gives it",
    ),
    "domains": Countable(
        "domain",
        _entities("'url'", "domain", "domain") + " AND domain IS NOT NULL",
        "domains of links",
        note="short links by their target where the input gives it",
    ),
    "emoji": Countable("emoji", _entities("'emoji'", "value", "written"), "emoji"),
    "embedded_accounts": Countable(
        "account",
        """SELECT post, n, platform || '/' || account AS key, coalesce(handle, name) AS shown,
            coalesce(handle, name) AS written, 'embedded' AS role, false AS glued, "start", "end", platform, name
            FROM embeds WHERE account IS NOT NULL""",
        "accounts whose posts are embedded",
        "in",
        count="all",
        more=(("platform", "min(platform)"), ("name", "mode(name ORDER BY name)")),
        note="embeds whose author is unknown are left out",
    ),
    "source_counts": Countable(
        "name",
        f"""SELECT post, n, key, coalesce(name, written) AS shown, written, role, false AS glued, "start", "end",
            kind, {_GROUP} AS "group" FROM sources""",  # noqa: S608
        "sources credited",
        "in",
        count="all",
        group="group",
        more=(("kind", "mode(kind ORDER BY kind)"),),
        note="one credited twice in a post counts once as a post",
    ),
    "posters": Countable(
        "poster",
        """SELECT post, 0 AS n, poster AS key, poster AS shown, poster AS written, 'own' AS role, false AS glued,
            NULL::INTEGER AS "start", NULL::INTEGER AS "end", poster_from FROM posts WHERE poster IS NOT NULL""",
        "posters",
        count="all",
        group="poster_from",
        note="by author, else channel, else domain of the post's url, else first folder",
    ),
    "platforms": Countable(
        "platform",
        """SELECT post, 0 AS n, platform AS key, platform AS shown, platform AS written, 'own' AS role, false AS glued,
            NULL::INTEGER AS "start", NULL::INTEGER AS "end" FROM posts WHERE platform IS NOT NULL""",
        "platforms",
        count="all",
        note="posts whose input names no platform are left out",
    ),
    "language_shares": Countable(
        "code",
        """SELECT post, n, code AS key, code AS shown, code AS written, role, false AS glued, "start", "end", letters
            FROM languages WHERE NOT entity""",
        "languages of stretches of text",
        more=(("letters", "coalesce(sum(letters) FILTER (taken), 0)::BIGINT"),),
        note="share is of letters; tags, handles and links are left out",
    ),
    "rules": Countable(
        "rule",
        " UNION ALL ".join(
            f"""SELECT post, n, rule AS key, rule AS shown, rule AS written, {role} AS role, false AS glued, "start",
            "end", '{layer}' AS layer FROM {layer}"""  # noqa: S608
            for layer, role in (("blocks", "role"), ("embeds", "'embedded'"), ("sources", "role"))
        ),
        "rules that decided",
        "in",
        count="all",
        group="layer",
        more=(("guess", "bool_or(key LIKE '%?')"),),
        note="a name that ends in ? was a guess",
    ),
}
