"""Tables of counts: one way for every thing that is counted, with the same arguments and columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postscan.corpus.database import query
from postscan.corpus.periods import PERIODS, add_periods
from postscan.corpus.selection import check
from postscan.corpus.sentences import find_whole, table_sentence
from postscan.corpus.uses import NUMBERS, Counting, figures_query, uses_query
from postscan.corpus.views import View

if TYPE_CHECKING:
    import pandas as pd

TOPS = ("overall", "period")
# What a reader takes for one spelling: case, harakat, tatweel, joiners, direction marks, forms of alef.
_MARKS = r"[\x{64B}-\x{65F}\x{670}\x{640}\x{61C}\x{200C}-\x{200F}\x{202A}-\x{202E}\x{2066}-\x{2069}\x{FE00}-\x{FE0F}]"
_ALEFS = (
    "\N{ARABIC LETTER ALEF WITH HAMZA ABOVE}\N{ARABIC LETTER ALEF WITH HAMZA BELOW}"
    "\N{ARABIC LETTER ALEF WITH MADDA ABOVE}\N{ARABIC LETTER ALEF WASLA}"
)
_ALEF = "\N{ARABIC LETTER ALEF}"
_PLAIN = f"translate(lower(regexp_replace(nfc_normalize(written), '{_MARKS}', '', 'g')), '{_ALEFS}', '{4 * _ALEF}')"


def count_uses(
    view: View, how: Counting, *, top: int | None = None, by: str | None = None, top_in: str = "overall"
) -> pd.DataFrame:
    """The table of counts of a thing; arguments and columns are in `docs/counts.md`.

    Raises PostscanError for a value of `by` or `top_in` that there is not.
    """
    check("top_in", top_in, TOPS)
    if by is not None:
        check("by", by, PERIODS)
    each = by is not None and top_in == "period"
    whole = find_whole(view, how)
    frame = _overall(view, how, None if each else top)
    if by is not None:
        frame = add_periods(view, how, frame, by, top=top, top_in=top_in)
    else:
        parts = frame[whole.of] if whole.of in frame else frame["posts"]
        frame["share"] = (parts / whole.number) if whole.number else 0.0
    frame.attrs["sentence"] = table_sentence(view, how, whole, by=by, top=top, top_in=top_in)
    return frame


def _overall(view: View, how: Counting, top: int | None) -> pd.DataFrame:
    """A row a key, sorted; with `top` only the first rows, and none that this count does not use."""
    thing = how.thing
    keys = ", ".join(f'"{each}"' for each in how.keys)
    columns = ", ".join(f'"{each}"' for each in (*dict(thing.more), *how.measures, *NUMBERS))
    cut = f"WHERE posts > 0 ORDER BY {how.order} LIMIT {int(top)}" if top is not None else f"ORDER BY {how.order}"
    # The commonest form under this count is shown; a key that this count does not use shows its commonest of all.
    return query(
        view.database,
        f"""WITH chosen AS NOT MATERIALIZED ({uses_query(view, how)}),
        figures AS ({figures_query(how)}),
        first_rows AS (FROM figures {cut}),
        forms AS (
            SELECT {keys}, shown, written, count(*) FILTER (taken) AS taken_uses, count(*) AS all_uses
            FROM chosen SEMI JOIN first_rows USING ({keys}) GROUP BY ALL
        ),
        names AS (
            SELECT {keys}, first(shown ORDER BY taken_uses DESC, all_uses DESC, shown) AS shown
            FROM (
                SELECT {keys}, shown, sum(taken_uses) AS taken_uses, sum(all_uses) AS all_uses FROM forms GROUP BY ALL
            ) GROUP BY ALL
        ),
        spellings AS (
            SELECT {keys}, CASE WHEN count(*) > 1 OR min(written) <> min(shown) THEN
                string_agg(written || ' (' || taken_uses || ')', '; ' ORDER BY taken_uses DESC, written)
                END AS variants,
                count(*) > 1 AND count(DISTINCT {_PLAIN}) > 1 AS folded
            FROM (SELECT {keys}, written, min(shown) AS shown, sum(taken_uses)::BIGINT AS taken_uses
                  FROM forms WHERE taken_uses > 0 GROUP BY ALL) GROUP BY {keys}
        )
        SELECT shown AS "{thing.column}", {keys}, {columns}, 0.0::DOUBLE AS share,
            coalesce(variants, '') AS variants, coalesce(folded, false) AS folded
        FROM first_rows JOIN names USING ({keys}) LEFT JOIN spellings USING ({keys}) ORDER BY {how.order}""",  # noqa: S608
    )
