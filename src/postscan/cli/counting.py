"""The options that choose posts and say how they are counted: the same for every verb; none scans anything again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from postscan.cli.messages import as_text

if TYPE_CHECKING:
    from postscan.corpus import Corpus

_SELECT, _COUNT = "postscan.select", "postscan.count"


def _kept(place: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    """A callback that keeps what was given for `chosen_posts` or `chosen_counting`, so that no verb lists them all."""

    def keep(ctx: click.Context, param: click.Parameter, value: Any) -> None:
        if value not in (None, (), False):
            ctx.meta.setdefault(place, {})[param.name] = as_text(value) if isinstance(value, str) else value

    return keep


def _option(place: str, *names: str, **settings: Any) -> Callable[[Any], Any]:
    return click.option(*names, callback=_kept(place), expose_value=False, **settings)


_POSTS = (
    _option(_SELECT, "--since", metavar="DAY", help="Posts of this day and later; 2021-08-06T14 too."),
    _option(_SELECT, "--until", metavar="DAY", help="Posts up to this day, which is within."),
    _option(_SELECT, "--tz", metavar="ZONE", help="The zone of days and hours, e.g. Asia/Kabul; else each post's own."),
    _option(_SELECT, "--where", metavar="SQL", help="A condition over the columns of `posts`, e.g. likes>3."),
    _option(_SELECT, "--reposts", type=click.Choice(["with", "without", "only"]), help="[default: with]"),
    _option(_SELECT, "--duplicates", type=click.Choice(["with", "without"]),
            help="Posts whose words an earlier one has.  [default: with]"),
    _option(_SELECT, "--dates", metavar="LINKS",
            help="What dates are read from, first choice first.  [default: metadata,id,byline,dateline]"),
)  # fmt: skip
_USES = (
    _option(_COUNT, "--count", type=click.Choice(["own", "embedded", "brand", "other", "all"]),
            help="Which uses, by where they stand.  [default: own for words, all for credits]"),
    _option(_COUNT, "--merge", type=click.Choice(["spelling", "case", "none"]),
            help="Which spellings are one.  [default: spelling]"),
)  # fmt: skip
_TABLES = (
    _option(_COUNT, "--by", type=click.Choice(["hour", "day", "week", "month"]),
            help="Periods over time.  [default: by the length of the whole]"),
    _option(_COUNT, "--unit", type=click.Choice(["post", "story"]), help="What a share is of.  [default: post]"),
    _option(_COUNT, "--weight", type=click.Choice(["likes", "shares", "replies", "views"]),
            help="Sort by what posts have of it."),
    _option(_SELECT, "--gap", "gaps", multiple=True, metavar="DAY..DAY",
            help="Days that the input does not cover, e.g. 2021-08-10..2021-08-12."),
    _option(_SELECT, "--ui", type=click.Choice(["en", "ar"]), help="Language of the page.  [default: en]"),
    _option(_COUNT, "--no-posts", "no_posts", is_flag=True, default=None,
            help="A page of counts only, without the words of posts."),
)  # fmt: skip


def selecting(command: Any) -> Any:
    """The command with the options that choose posts and uses."""
    return _with(command, (*_POSTS, *_USES))


def counting(command: Any) -> Any:
    """The command with all options that change what is counted."""
    return _with(command, (*_POSTS, *_USES, *_TABLES))


def _with(command: Any, options: Sequence[Callable[[Any], Any]]) -> Any:
    for option in reversed(options):
        command = option(command)
    return command


def chosen_posts() -> dict[str, Any]:
    """The arguments of `Corpus.select` that were given, checked as far as that goes without a corpus.

    Raises PostscanError for a value that cannot be.
    """
    chosen = dict(click.get_current_context().meta.get(_SELECT, {}))
    if "dates" in chosen:
        chosen["dates"] = [link.strip() for link in chosen["dates"].split(",")]
    if "gaps" in chosen:
        chosen["gaps"] = [_days(as_text(gap)) for gap in chosen["gaps"]]
    if chosen:
        from postscan.corpus.database import check_where
        from postscan.corpus.selection import Selection, narrow

        narrow(Selection(), **{name: value for name, value in chosen.items() if name != "ui"})
        if "where" in chosen:
            check_where(chosen["where"])
    return chosen


def _days(gap: str) -> tuple[str, str]:
    first, mark, last = gap.partition("..")
    return first, last if mark else first


def chosen_counting() -> dict[str, Any]:
    """The arguments of the methods of counts that were given, and `no_posts` where the page shall have none."""
    return dict(click.get_current_context().meta.get(_COUNT, {}))


def select_posts(corpus: Corpus, chosen: dict[str, Any]) -> Corpus:
    """The corpus, or what was chosen of it."""
    return corpus.select(**chosen) if chosen else corpus
