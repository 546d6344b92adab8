"""How uses are counted: the options of a table, and the queries that every table and all evidence are made of."""

from __future__ import annotations

from dataclasses import dataclass

from postscan.corpus.countable import COUNTABLES, MATCHES, ROLES, Countable
from postscan.corpus.selection import check
from postscan.corpus.views import View

UNITS = ("post", "story")
MERGES = ("spelling", "case", "none")
FORMS = ("expanded", "written")
"""Of links."""
WEIGHTS = ("likes", "shares", "replies", "views")
NUMBERS = ("posts", "uses", *ROLES, "glued", "in_reposts", "in_duplicates")
"""The columns of figures that every table has."""
_KEYS = {"case": "lower(written)", "none": "written"}
_FIGURES = ", ".join(
    [
        "count(*) FILTER (taken) AS uses",
        *(f"count(*) FILTER (role = '{role}') AS {role}" for role in ROLES),
        "count(*) FILTER (taken AND glued) AS glued",
        "count(*) FILTER (taken AND repost) AS in_reposts",
        "count(*) FILTER (taken AND duplicate) AS in_duplicates",
    ]
)
_MOST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Counting:
    """How the uses of a thing are counted."""

    name: str
    thing: Countable
    count: str
    unit: str = "post"
    merge: str = "spelling"
    weight: str | None = None

    @property
    def measures(self) -> tuple[str, ...]:
        """The columns that these options put before `posts`; the first one sorts the rows."""
        return (*((self.weight,) if self.weight else ()), *(("stories",) if self.unit == "story" else ()))

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that tell two rows apart."""
        return (self.thing.group, "key") if self.thing.group else ("key",)

    @property
    def order(self) -> str:
        """What rows are sorted by."""
        figures = (f'"{each}" DESC' for each in (*self.measures, "posts", "uses"))
        return ", ".join([*figures, *(f'"{each}"' for each in reversed(self.keys))])


def find_counting(
    name: str, *, count: str | None = None, unit: str = "post", merge: str = "spelling", weight: str | None = None
) -> Counting:
    """The options of the table of a thing in `COUNTABLES`; what changes nothing there is as if it were not given.

    Raises PostscanError for a value that there is not, with those that there are.
    """
    thing = COUNTABLES[name]
    if count is not None:
        check("count", count, MATCHES)
    check("unit", unit, UNITS)
    check("merge", merge, MERGES)
    if weight is not None:
        check("weight", weight, WEIGHTS)
    role = "all" if not thing.placed else thing.count if count is None else count
    return Counting(name, thing, role, unit, merge if thing.merged else "spelling", weight)


def uses_query(view: View, how: Counting) -> str:
    """A query with a row for every use in a post of the view; `taken` says whether its `count` takes it."""
    uses = how.thing.uses
    if how.merge in _KEYS:
        uses = f"SELECT * REPLACE ({_KEYS[how.merge]} AS key, written AS shown) FROM ({uses})"  # noqa: S608
    return f"""SELECT u.*, c.seq, c.day, c.time, c.repost, c.duplicate, c.stories, ({MATCHES[how.count]}) AS taken
        FROM ({uses}) u JOIN {view.counted} c USING (post)"""  # noqa: S608


def figures_query(how: Counting, *, period: str = "") -> str:
    """A query for the figures of each key among `chosen` uses, those of each period apart where one is named."""
    columns = [*(("period",) if period else ()), *(f'"{each}"' for each in how.keys)]
    keys = ", ".join(columns)
    source = f"(SELECT *, {period} AS period FROM chosen WHERE {period} IS NOT NULL)" if period else "chosen"  # noqa: S608
    extra = [f'{expression} AS "{name}"' for name, expression in how.thing.more]
    if how.unit == "story" and how.thing.whole:
        extra.append("coalesce(sum(stories) FILTER (taken), 0)::BIGINT AS stories")
    # Distinct rows and then their number: that takes less memory than count(DISTINCT), and can go to the disk.
    once = f"SELECT DISTINCT {keys}, post FROM {source} WHERE taken"  # noqa: S608
    posts = f"SELECT {keys}, count(*) AS posts FROM ({once}) GROUP BY {keys}"  # noqa: S608
    if how.weight:
        posts = f"""SELECT {keys}, count(*) AS posts, {weighed(how.weight)} AS "{how.weight}"
            FROM ({once}) JOIN ({number_of(how.weight)}) posts USING (post) GROUP BY {keys}"""  # noqa: S608
    found = f"SELECT {', '.join([keys, _FIGURES, *extra])} FROM {source} GROUP BY {keys}"  # noqa: S608
    found = _joined(found, posts, keys, "posts", *((how.weight,) if how.weight else ()))
    if how.unit == "story" and not how.thing.whole:
        # A story is told by its post and its number; one that lies in no block of a hand-made scan is the first.
        told = f"SELECT DISTINCT {keys}, post, coalesce(story, 0) AS story FROM {source} WHERE taken"  # noqa: S608
        found = _joined(found, f"SELECT {keys}, count(*) AS stories FROM ({told}) GROUP BY {keys}", keys, "stories")  # noqa: S608
    return found


def _joined(figures: str, more: str, keys: str, *names: str) -> str:
    """The figures with further ones, 0 for keys that have none."""
    zeros = ", ".join(f'coalesce("{name}", 0) AS "{name}"' for name in names)
    return f"SELECT * REPLACE ({zeros}) FROM ({figures}) LEFT JOIN ({more}) USING ({keys})"  # noqa: S608


def number_of(weight: str) -> str:
    """A query for the number that each post has of a weight."""
    return f'SELECT post, "{weight}" FROM posts'  # noqa: S608


def weighed(weight: str) -> str:
    """The expression for the sum of a number of posts; one that no 64 bits hold stands as the most that they do."""
    return f'least(coalesce(sum(posts."{weight}"), 0), {_MOST})::BIGINT'
