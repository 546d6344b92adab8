"""Names that posts credit and no table of outlets has: a user's own table begins with them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from postscan.corpus.counting import count_uses
from postscan.corpus.database import query
from postscan.corpus.uses import find_counting
from postscan.corpus.views import View
from postscan.wording import say
from postscan.wordlists import outlet_rows

if TYPE_CHECKING:
    import pandas as pd

_COLUMNS = ["name", "kind", "posts", "uses", "variants"]
_NAMED = "kind = 'outlet' AND name IS NOT NULL"


def find_unmatched(view: View, *, top: int | None = None) -> pd.DataFrame:
    """Outlets in attributions that the table lacks, most posts first; `attrs["toml"]` has them as rows of a table.

    "The agency" that refers to none, and names that several outlets have, have no name and are not among them.
    """
    known = {outlet.name.casefold() for outlet in outlet_rows().outlets}
    counts = count_uses(view, find_counting("source_counts"))
    written = query(
        view.database,
        f"""SELECT key, written, count(*) AS uses FROM sources JOIN {view.counted} USING (post) WHERE {_NAMED}
        GROUP BY ALL ORDER BY uses DESC, written""",  # noqa: S608
    )
    forms: dict[str, list[str]] = {}
    for key, form in zip(written["key"], written["written"], strict=True):
        forms.setdefault(str(key), []).append(str(form))
    lacking = [
        at
        for at, (group, key) in enumerate(zip(counts["group"], counts["key"], strict=True))
        if group == "named" and key in forms and key not in known
    ]
    frame = counts.iloc[lacking[:top]].reset_index(drop=True)
    rows = [
        _row(str(name), forms[str(key)], int(posts))
        for name, key, posts in zip(frame["name"], frame["key"], frame["posts"], strict=True)
    ]
    sentence = say(view.ui, "counts.thing.unmatched", sentence=counts.attrs["sentence"])
    frame = frame[_COLUMNS]
    frame.attrs = {"sentence": sentence, "toml": "\n".join(rows)}
    return frame


def _row(name: str, forms: Sequence[str], posts: int) -> str:
    """A row for a table of outlets: country and kind stand for what is to be filled in."""
    aliases = list({form.casefold(): form for form in reversed(forms) if form.casefold() != name.casefold()}.values())[
        ::-1
    ]
    more = f"aliases = [{', '.join(map(_text, aliases))}]\n" if aliases else ""
    return f'[[outlets]]  # posts: {posts}\nname = {_text(name)}\ncountry = "ZZ"\nkind = "site"\n{more}'


def _text(value: str) -> str:
    """A TOML string; what cannot be seen is written as its number."""
    shown = json.dumps(" ".join(value.split()), ensure_ascii=False)
    return "".join(ch if ch.isprintable() else f"\\U{ord(ch):08X}" for ch in shown)
