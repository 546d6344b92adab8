"""postscan: what folders of social-media posts say, whom they credit, and in which languages.

A tour of what is public:

- `scan(text)` gives a `Scan`: the text with its layers `blocks`, `embeds`, `entities`, `languages`, `sources`;
  `scan_many(posts)` does it for many `Post`s, and `read(paths)` makes Posts out of files and folders.
- `scan_all(paths)` reads and scans whole folders into a `Corpus`; `load(folder)` opens a finished output folder.
  A Corpus counts (`corpus.hashtags()`, `corpus.source_counts()`, ...) and shows what stands behind a count
  (`corpus.evidence(tag="kabul")`).
- `charts.hashtags(corpus)` and its sisters draw; `charts.label` is for your own plots. In a notebook `show(frame)`, or
  `%load_ext postscan` for all of them, sets each cell of a table in its own direction.
- The values are `Post`, `Block`, `Embed`, `Entity`, `Language`, `Source`, `Scan`, `Skipped`, `Problem`; the one
  exception is `PostscanError`.

Names are imported when they are first used, so that `import postscan` is quick.
"""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if sys.version_info < (3, 11):  # noqa: UP036  (a checkout can be run by any Python)
    _message = "postscan needs Python 3.11 or newer, this is %s.%s: make the virtual environment with a newer one"
    _message %= sys.version_info[:2]
    # Under `python -m postscan` argv[0] is "-m" while the package is imported: there a line says more than a traceback.
    raise SystemExit("postscan: " + _message) if sys.argv[:1] == ["-m"] else ImportError(_message)

from postscan.compiled import choose_form

choose_form()

if TYPE_CHECKING:
    from postscan import charts as charts
    from postscan.corpus import Corpus as Corpus
    from postscan.corpus import load as load
    from postscan.corpus import scan_all as scan_all
    from postscan.corpus.display import show as show
    from postscan.entities import find_entities as find_entities
    from postscan.entities import split_tag as split_tag
    from postscan.folding import hashtag_key as hashtag_key
    from postscan.model import Block as Block
    from postscan.model import Embed as Embed
    from postscan.model import Entity as Entity
    from postscan.model import Language as Language
    from postscan.model import Post as Post
    from postscan.model import PostscanError as PostscanError
    from postscan.model import Problem as Problem
    from postscan.model import Scan as Scan
    from postscan.model import Skipped as Skipped
    from postscan.model import Source as Source
    from postscan.pipeline import scan as scan
    from postscan.pipeline import scan_many as scan_many
    from postscan.reading import read as read

_HOME = {
    **dict.fromkeys(
        ("Block", "Embed", "Entity", "Language", "Post", "PostscanError", "Problem", "Scan", "Skipped", "Source"),
        "model",
    ),
    "find_entities": "entities",
    "split_tag": "entities",
    "hashtag_key": "folding",
    "read": "reading",
    "scan": "pipeline",
    "scan_many": "pipeline",
    "Corpus": "corpus",
    "load": "corpus",
    "scan_all": "corpus",
    "show": "corpus.display",
    "load_ipython_extension": "corpus.display",
    "unload_ipython_extension": "corpus.display",
}
__all__ = [
    "Block",
    "Corpus",
    "Embed",
    "Entity",
    "Language",
    "Post",
    "PostscanError",
    "Problem",
    "Scan",
    "Skipped",
    "Source",
    "charts",
    "find_entities",
    "hashtag_key",
    "load",
    "read",
    "scan",
    "scan_all",
    "scan_many",
    "show",
    "split_tag",
]


def __getattr__(name: str) -> Any:
    if name == "charts":
        return importlib.import_module("postscan.charts")
    if name not in _HOME:
        raise AttributeError(f"module 'postscan' has no attribute {name!r}")
    value = getattr(importlib.import_module(f"postscan.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
