"""The languages as one strip: how much of the letters is in each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postscan.charts import style
from postscan.charts.fonts import drawable
from postscan.charts.frames import alternative, as_frame, caption_of, language_of
from postscan.charts.labels import isolate, label, script_kind
from postscan.wording import LANGUAGES, RIGHT_TO_LEFT, say
from postscan.wordlists import read_toml

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# A family of colours for each kind of script, so that languages of one script stand together to the eye.
_FAMILIES = {
    "Latn": ("#0072B2", "#56B4E9", "#3B5B92", "#A6CEE3", "#7FA8C9", "#1B9AAA", "#C6DBEF", "#4F77A3"),
    "Arab": ("#D55E00", "#E69F00", "#8C3B0C", "#F0C36D", "#B8862B", "#F4A582", "#F0E442", "#A0522D"),
    "other": ("#009E73", "#CC79A7", "#66C2A5", "#8E5C9E", "#B8D8A8", "#E0A9C8", "#4D7C5B", "#C9B1D9"),
}
# White is readable on these alone (contrast of 3 or more for large bold text, WCAG 2.2).
_DARK = frozenset(("#0072B2", "#3B5B92", "#D55E00", "#8C3B0C", "#009E73", "#8E5C9E", "#A0522D", "#4D7C5B"))
_FITS = 0.10
_LETTER = 0.0135  # of the strip's width, at most, in the type of the names
_NO_LANGUAGE = frozenset(("mul", "others", "und", "zxx"))


def language_name(code: str, *, own: bool = False, ui: str = LANGUAGES[0]) -> str:
    """A language's name in that of the interface, or its own name; the code itself for one that is not in the table.

    >>> language_name("ps"), language_name("ps", own=True), language_name("ps", ui="ar"), language_name("und")
    ('Pashto', 'پښتو', 'البشتو', 'undecided')
    """
    english, written, arabic = read_toml("language_names").get(code, (code, code, code))
    return str(written if own and code not in _NO_LANGUAGE else {"en": english, "ar": arabic}[ui])


def languages(corpus_or_frame: Any, *, top: int = 8, ax: Axes | None = None) -> Axes:
    """Axes with a strip in which every language has its share of the letters; what is undecided is shown, in grey.

    Takes a Corpus, or a DataFrame with the columns `code` and `share` (0 to 1). Languages after the first `top` stand
    together as "others".
    """
    frame = as_frame(corpus_or_frame, "language_shares")
    ui = language_of(frame)
    shares = _shares(list(zip(frame["code"].astype(str), frame["share"].astype(float), strict=True)), top)
    caption = caption_of(frame)
    title = say(ui, "chart.languages")
    figures = [f"{isolate(language_name(code, ui=ui))} {percent(share)}" for code, share in shares]
    alt = alternative(ui, title, figures, 0, "", caption)
    if not shares:
        alt = f"{say(ui, 'chart.letterless', title=title)}. {caption}".strip()
    if len(shares) < style.FEWEST:
        return style.write_sentence(alt, ui, ax)
    own = ax is None
    axes = ax if ax is not None else style.new_axes(1.75 + style.caption_height(caption))
    coloured = _coloured(shares)
    names = [_drawn_name(code, ui) for code, _ in shares]
    left = 0.0
    small = []
    for (_, share), colour, name in zip(shares, coloured, names, strict=True):
        axes.barh(0, share, left=left, height=1, color=colour, edgecolor=style.PAPER, linewidth=2)
        if share >= max(_FITS, _LETTER * len(name)):
            axes.text(
                left + share / 2,
                0,
                label(name, percent(share), sep="\n"),
                ha="center",
                va="center",
                **style.text_style(
                    name,
                    fontsize=11,
                    weight="bold",
                    color=style.PAPER if colour in _DARK else style.ON_COLOUR,
                    linespacing=1.25,
                ),
            )
        else:
            small.append((colour, (name, percent(share))))
        left += share
    style.bare(axes)
    axes.set_yticks([])
    axes.set_xlim((left, 0) if ui in RIGHT_TO_LEFT else (0, left))
    axes.set_ylim(-0.5, 0.5)
    style.add_key(axes, small, ui, below=True)
    if own:
        style.add_title(axes, title, ui)
        style.add_caption(axes, caption, ui)
    axes.set_label(alt)
    return axes


def _drawn_name(code: str, ui: str) -> str:
    name = language_name(code, own=True, ui=ui)
    return name if drawable(name) else language_name(code, ui=ui)


def percent(share: float) -> str:
    """A share in words: whole numbers, and "<1%" for what is there but small.

    >>> percent(0.294), percent(0.004), percent(0.0)
    ('29%', '<1%', '0%')
    """
    return "<1%" if 0 < share < 0.005 else f"{share:.0%}"


def _shares(rows: list[tuple[str, float]], top: int) -> list[tuple[str, float]]:
    """Decided languages by share, the rest of them together, then what is undecided."""
    there = [(code, share) for code, share in rows if share > 0]
    decided = sorted((row for row in there if row[0] != "und"), key=lambda row: (-row[1], row[0]))
    shown, rest = decided[:top], decided[top:]
    if len(rest) == 1:
        shown, rest = decided, []
    others = [("others", sum(share for _, share in rest))] if rest else []
    return [*shown, *others, *(row for row in there if row[0] == "und")]


def _coloured(shares: list[tuple[str, float]]) -> list[str]:
    used: dict[str, int] = {}
    colours = []
    for code, _ in shares:
        kind = script_kind(language_name(code, own=True))
        kind = kind if kind in _FAMILIES else "other"
        family = _FAMILIES[kind]
        colours.append(style.UNDECIDED if code in ("und", "others") else family[used.get(kind, 0) % len(family)])
        used[kind] = used.get(kind, 0) + (code not in ("und", "others"))
    return colours
