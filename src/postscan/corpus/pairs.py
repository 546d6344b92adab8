"""What stands in one post: pairs of hashtags, and hashtags with who is credited."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from postscan.corpus.counting import count_uses
from postscan.corpus.database import query
from postscan.corpus.sentences import find_whole, table_sentence
from postscan.corpus.uses import Counting, find_counting, uses_query
from postscan.corpus.views import View
from postscan.wording import say

if TYPE_CHECKING:
    import pandas as pd

CHARTED_GROUPS = ("named", "official", "unnamed")
"""Of who is credited, in their order; brand, photo and staff are in the table of sources alone."""


def count_pairs(
    view: View, *, top: int | None = None, count: str | None = None, merge: str = "spelling"
) -> pd.DataFrame:
    """A row for each two hashtags that a post has, most posts first; with `top` only the first.

    `tag` is the one that more posts have, `other` the other one, `tag_posts` and `other_posts` are the posts that have
    each, whatever else they have. The columns `key` and `other_key`, and names and figures of tags, are those of
    `hashtags` with the same options; `share` is of all posts that were looked at.
    """
    how = find_counting("hashtags", count=count, merge=merge)
    found = query(
        view.database,
        f"""WITH used AS (SELECT DISTINCT post, key FROM ({uses_query(view, how)}) WHERE taken),
        alone AS (SELECT key, count(*) AS posts FROM used GROUP BY key),
        together AS (
            SELECT one.key AS low, two.key AS high, count(*) AS posts
            FROM used one JOIN used two ON one.post = two.post AND one.key < two.key GROUP BY ALL
        ),
        placed AS (
            SELECT together.posts, lows.posts AS low_posts, highs.posts AS high_posts, low, high,
                low_posts >= high_posts AS straight
            FROM together JOIN alone lows ON lows.key = low JOIN alone highs ON highs.key = high
        )
        SELECT if(straight, low, high) AS key, if(straight, high, low) AS other_key, posts,
            greatest(low_posts, high_posts) AS tag_posts, least(low_posts, high_posts) AS other_posts
        FROM placed ORDER BY posts DESC, key, other_key {f"LIMIT {int(top)}" if top is not None else ""}""",  # noqa: S608
    )
    names = _names(view, how, sorted({*found["key"], *found["other_key"]}))
    frame = found.assign(
        tag=found["key"].map(names),
        other=found["other_key"].map(names),
        share=found["posts"] / max(1, view.totals.posts),
    )[["tag", "other", "key", "other_key", "posts", "tag_posts", "other_posts", "share"]]
    frame.attrs["sentence"] = _sentence(view, how, "pairs.tags")
    return frame


def _names(view: View, how: Counting, keys: list[str]) -> dict[str, str]:
    """How the tags of these keys are shown in the table of hashtags."""
    view.database.execute("CREATE OR REPLACE TEMP TABLE wanted AS SELECT unnest(?::VARCHAR[]) AS key", [keys])
    uses = f"SELECT * FROM ({how.thing.uses}) WHERE key IN (FROM wanted)"  # noqa: S608
    if how.merge != "spelling":
        uses = how.thing.uses  # whose keys are made later
    shown = count_uses(view, replace(how, thing=replace(how.thing, uses=uses)))
    return dict(zip(shown["key"], shown["hashtag"], strict=True))


def count_tag_sources(view: View, *, top_tags: int = 15, top_sources: int = 10) -> pd.DataFrame:
    """A row for each of the first hashtags with each of the first sources: `posts` that have the tag and credit it.

    Sources are those that charts show, named first, then official, then unnamed ones. `tag_posts` and `source_posts`
    are the posts that have each, and `share` is of the posts with the tag. Zeros are there too.
    """
    import pandas as pd

    tagging, crediting = find_counting("hashtags"), find_counting("source_counts")
    groups = ", ".join(f"'{group}'" for group in CHARTED_GROUPS)
    charted = f'SELECT * FROM ({crediting.thing.uses}) WHERE "group" IN ({groups})'  # noqa: S608
    crediting = replace(crediting, thing=replace(crediting.thing, uses=charted))
    tags = count_uses(view, tagging, top=top_tags)[["hashtag", "key", "posts"]]
    tags.columns = pd.Index(["tag", "tag_key", "tag_posts"])
    sources = count_uses(view, crediting, top=top_sources)
    sources = sources[["name", "kind", "group", "key", "posts", "variants"]].rename(columns={"posts": "source_posts"})
    sources = sources.sort_values("group", key=lambda each: each.map(CHARTED_GROUPS.index), kind="stable")
    found = query(
        view.database,
        f"""WITH tagged AS (SELECT DISTINCT post, key AS tag_key FROM ({uses_query(view, tagging)}) WHERE taken),
        credited AS (SELECT DISTINCT post, "group", key FROM ({uses_query(view, crediting)}) WHERE taken)
        SELECT tag_key, "group", key, count(*) AS posts
        FROM (SELECT * FROM tagged WHERE tag_key IN (SELECT unnest(?::VARCHAR[]))) JOIN credited USING (post)
        GROUP BY ALL""",  # noqa: S608
        [tags["tag_key"].tolist()],
    )
    frame = tags.merge(sources, how="cross").merge(found, how="left", on=["tag_key", "group", "key"])
    frame["posts"] = frame["posts"].fillna(0).astype("int64")
    frame["share"] = frame["posts"] / frame["tag_posts"]
    frame = frame[
        ["tag", "tag_key", "name", "kind", "group", "key", "posts", "tag_posts", "source_posts", "share", "variants"]
    ]
    frame.attrs["sentence"] = _sentence(view, tagging, "pairs.sources")
    return frame


def _sentence(view: View, how: Counting, what: str) -> str:
    return f"{say(view.ui, what)} {table_sentence(view, how, find_whole(view, how))}"
