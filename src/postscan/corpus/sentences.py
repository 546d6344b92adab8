"""The one sentence under a table or chart: what was counted, of how many posts, what was left out and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from postscan.corpus.countable import ROLES
from postscan.corpus.database import query
from postscan.corpus.moments import write_bound
from postscan.corpus.selection import DATES, bounds, gap_spans
from postscan.corpus.uses import Counting, uses_query, weighed
from postscan.corpus.views import View
from postscan.wording import count_of, say


@dataclass(frozen=True, slots=True)
class Whole:
    """What the shares of a table are parts of, and what stands beside it."""

    of: str
    """The column whose figures are the parts: posts, stories, letters or a weight."""
    number: int
    unweighed: int
    """Posts that have no number of the weight."""
    uses: Mapping[str, int]
    """Uses in the posts of the view, by role."""


def find_whole(view: View, how: Counting) -> Whole:
    """The whole of a table of counts."""
    letters = ", sum(letters) FILTER (taken) AS letters" if "letters" in dict(how.thing.more) else ", 0 AS letters"
    rows = query(view.database, f"SELECT role, count(*) AS uses{letters} FROM ({uses_query(view, how)}) GROUP BY role")  # noqa: S608
    uses = {str(role): int(n) for role, n in zip(rows["role"], rows["uses"], strict=True)}
    number, unweighed = weigh_posts(view, how.weight)
    of = next(iter(how.measures), "letters" if "letters" in dict(how.thing.more) else "posts")
    wholes = {"stories": view.totals.stories, "posts": view.totals.posts, "letters": int(rows["letters"].sum())}
    return Whole(of, wholes.get(of, number), unweighed, uses)


def weigh_posts(view: View, weight: str | None) -> tuple[int, int]:
    """What the posts of a view have of a number of theirs, and how many have none."""
    if weight is None:
        return 0, 0
    row = query(
        view.database,
        f"""SELECT {weighed(weight)} AS total, count(*) FILTER ("{weight}" IS NULL) AS without
        FROM posts JOIN {view.counted} USING (post)""",  # noqa: S608
    ).iloc[0]
    return int(row["total"]), int(row["without"])


def table_sentence(
    view: View, how: Counting, whole: Whole, *, by: str | None = None, top: int | None = None, top_in: str = "overall"
) -> str:
    """The sentence of a table of counts, made from its options and totals alone."""
    ui, name = view.ui, how.name
    what = _say(ui, f"thing.{name}")
    posts = _posts(view)
    if how.count == "all" and how.thing.count == "all":
        head = _say(ui, "head_of" if how.thing.whole else "head_in", what=what, posts=posts)
    else:
        head = _say(ui, "head_place", what=what, place=_say(ui, f"place.{how.count}"), posts=posts)
    parts = [head]
    if how.thing.noted:
        measured = "_measured" if name == "language_shares" and how.measures else ""
        parts.append(_say(ui, f"note.{name}{measured}"))
    if how.merge != "spelling":
        parts.append(_say(ui, f"merge_{how.merge}"))
    left = [_say(ui, f"left.{role}", n=f"{whole.uses[role]:,}")
            for role in ROLES if whole.uses.get(role) and how.count not in (role, "all")]  # fmt: skip
    if left:
        parts.append(_say(ui, "left_out", what=_say(ui, "comma").join(left)))
    if by is not None and top is not None:
        parts.append(_say(ui, f"top_{top_in}", top=f"{top:,}"))
    return finish_sentence(view, [*parts, *_measured(ui, how, whole)], by)


def period_sentence(view: View, by: str, weight: str | None) -> str:
    """The sentence of a table of periods."""
    parts = [_say(view.ui, "head_of", what=_say(view.ui, f"thing.{by}"), posts=_posts(view))]
    _, unweighed = weigh_posts(view, weight)
    return finish_sentence(view, [*parts, *_unweighed(view.ui, weight, unweighed)], by)


def finish_sentence(view: View, parts: Sequence[str], by: str | None) -> str:
    """The sentence of these parts, and of what its view says of posts, dates and the run."""
    every = [*parts, *_about_posts(view), *_about_time(view, by), say(view.ui, "run", run=view.run_id)]
    return _say(view.ui, "join").join(every) + _say(view.ui, "end")


def _say(ui: str, key: str, **values: object) -> str:
    return say(ui, f"counts.{key}", **values)


def _posts(view: View) -> str:
    posts = count_of(view.ui, "post", view.totals.posts)
    conditions = [" ".join(each.split()) for each in view.selection.where]
    if len(conditions) > 1:
        conditions = [f"({each})" for each in conditions]
    return _say(view.ui, "where", posts=posts, where=" AND ".join(conditions)) if conditions else posts


def _measured(ui: str, how: Counting, whole: Whole) -> list[str]:
    """What rows are sorted by and shares are parts of, where it is not posts."""
    if how.weight:
        total = _say(ui, f"total.{how.weight}", n=f"{whole.number:,}")
        first = _say(ui, "by_weight", weight=_say(ui, f"weight.{how.weight}"), total=total)
        return [first, *_unweighed(ui, how.weight, whole.unweighed)]
    if how.unit == "story":
        return [_say(ui, "by_stories", stories=count_of(ui, "story", whole.number))]
    return []


def _unweighed(ui: str, weight: str | None, posts: int) -> list[str]:
    if not weight or not posts:
        return []
    return [_say(ui, "unweighed", posts=count_of(ui, "post", posts), weight=_say(ui, f"weight.{weight}"))]


def _about_posts(view: View) -> list[str]:
    """What the selection left out, what is in, and the records that do not count."""
    ui, totals, selection = view.ui, view.totals, view.selection
    parts = []
    if selection.reposts == "only":
        parts.append(_say(ui, "only_reposts", posts=count_of(ui, "post", totals.left_by_reposts)))
    elif selection.reposts == "without":
        parts.append(_say(ui, "left_reposts", reposts=count_of(ui, "repost", totals.left_by_reposts)))
    if selection.duplicates == "without":
        left = count_of(ui, "exact_duplicate", totals.left_by_duplicates)
        parts.append(_say(ui, "left_duplicates", duplicates=left))
    sorts = (("repost", totals.reposts if selection.reposts == "with" else 0), ("exact_duplicate", totals.duplicates))
    included = [count_of(ui, noun, n) for noun, n in sorts if n]
    if included:
        both = _say(ui, "and", one=included[0], other=included[1]) if len(included) > 1 else included[0]
        parts.append(_say(ui, "included", what=both))
    if totals.repeated:
        parts.append(_say(ui, "repeated", records=count_of(ui, "record", totals.repeated)))
    return parts


def _about_time(view: View, by: str | None) -> list[str]:
    """The bounds, the days that there are, posts without one, the zone, the choice of dates and the gaps."""
    ui, totals, selection = view.ui, view.totals, view.selection
    start, end = bounds(selection)
    parts = []
    if start or end:
        key = "between" if start and end else "since" if start else "until"
        written = {"since": write_bound(start) if start else "", "until": write_bound(end, end=True) if end else ""}
        parts.append(_say(ui, key, **{name: value for name, value in written.items() if value}))
        if totals.left_undated:
            parts.append(_say(ui, "left_undated", n=f"{totals.left_undated:,}"))
        if totals.left_uncertain:
            parts.append(_say(ui, "left_uncertain", posts=count_of(ui, "post", totals.left_uncertain)))
    if totals.first is None or totals.last is None:
        parts.append(_say(ui, "none_dated"))
    else:
        key = "one_day" if totals.first == totals.last else "days"
        parts.append(_say(ui, key, **{"first": totals.first} | ({"last": totals.last} if key == "days" else {})))
    if totals.undated and (totals.first or totals.implausible):
        key = f"undated{'_implausible' if totals.implausible else ''}{'_by' if by else ''}"
        implausible = {"implausible": f"{totals.implausible:,}"} if totals.implausible else {}
        parts.append(_say(ui, key, n=f"{totals.undated:,}", **implausible))
    return parts + _about_zone(view, by)


def _about_zone(view: View, by: str | None) -> list[str]:
    ui, totals, selection = view.ui, view.totals, view.selection
    parts = []
    days_alone = count_of(ui, "post", totals.days_alone)
    if by == "hour" and totals.days_alone:
        parts.append(_say(ui, "hours_days_alone", posts=days_alone))
    if selection.tz:
        parts.append(_say(ui, "zone", tz=selection.tz))
        if totals.zoneless:
            parts.append(_say(ui, "zoneless", posts=count_of(ui, "post", totals.zoneless)))
        if by != "hour" and totals.days_alone:
            parts.append(_say(ui, "days_alone", posts=days_alone))
    elif totals.first:
        parts.append(_say(ui, "own_zones_hour" if by == "hour" else "own_zones"))
    if selection.dates != DATES:
        links = _say(ui, "comma").join(_say(ui, f"link.{link}") for link in selection.dates)
        parts.append(_say(ui, "dates", links=links))
    if selection.gaps:
        written = [(write_bound(first), write_bound(last, end=True)) for first, last in gap_spans(selection)]
        gaps = _say(ui, "comma").join(_say(ui, "gap", first=first, last=last) for first, last in written)
        parts.append(_say(ui, "gaps", gaps=gaps))
    return parts
