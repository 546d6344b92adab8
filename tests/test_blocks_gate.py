"""The gate before the rules of blocks: with it and without it, the answers are the same."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from postscan.blocks import LINE_RULES, NEIGHBOUR_RULES, decide, find_blocks
from postscan.blocks.anchors import LONGEST_LABEL
from postscan.blocks.cuts import cut_page
from postscan.blocks.gate import read_signs
from postscan.blocks.phrases import Slot, longest_phrase, phrase_groups, read_phrase
from postscan.blocks.pieces import is_free, read_words, split_words
from postscan.blocks.signs import ALL, PHRASE, SEAMS, quiet_opening_words, quiet_words, word_signs
from postscan.blocks.stories import join_blocks
from postscan.dates import month_words
from postscan.embeds import find_embeds
from postscan.entities import find_entities
from postscan.folding import search_fold
from postscan.model import Block, Embed, Entity
from postscan.wordlists import embed_words, lead_words, months

PHRASES = [phrase for group in phrase_groups() for phrase in group.phrases]
PLAIN = [
    "the",
    "river",
    "rose",
    "another",
    "hand",
    "and",
    "Nadia",
    "said",
    "not",
    "الماء",
    "ارتفع",
    "في",
    "امروز",
    "شهر",
]
SIGNS = [
    ".", "!", ":", "\N{FULLWIDTH COLON}", "...", "…", "..", "-", "–", "—", "|", "/", "(", ")", "[", "]",
    "©", "»", "«", "›", "→", ">", "•", "'", '"', "“", "”", "،", "؟", "۔", "🔴", "📷",
    "1\N{VARIATION SELECTOR-16}\N{COMBINING ENCLOSING KEYCAP}",
    "\N{INFORMATION SOURCE}\N{VARIATION SELECTOR-16}", "\N{NO-BREAK SPACE}", "\N{ZERO WIDTH NON-JOINER}",
    "\N{RIGHT-TO-LEFT MARK}", "\N{LINE SEPARATOR}", "\N{ARABIC TATWEEL}", "\N{ARABIC FATHATAN}",
    "\N{ARABIC FATHATAN ISOLATED FORM}", "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}",
    "\N{LATIN SMALL LETTER DOTLESS I}", "\ud800", "\n", "\n\n",
]  # fmt: skip
SHAPES = [
    "By Ana Roe", "by:", "(by", "Reporting by A", "contributed to this report", "with AFP",
    "REUTERS/A. Roe", "Foto: Jan Vogt/EPA", "KABUL (AP) -", "BODO, May 3 (Reuters) —", "BBC News:",
    "Sfar – Courier:", "كابل -", "© 2020 X", "Copyright 2021", "(C) 2020", "1 | 2 | 3", "1 2 3",
    "Home » News » Local", "FILE - x", "The Daily Net - 27/08/21", "The Net front page", "#desk report",
    "@desk Reports", "#Harbour – Aug.07:", "Aug.23,2021:", "#deskşubat 3 2021:", "8thMay 2020",
    "#a newsAug.03:", "2021-08-06", "12.5.2020", "2021年8月6日", "May 3, 2021", "16:45", "ON THE GROUND: ",
    "still going on.Afar: “One”", "AB: CD: x", "Tags: a, b", "#a", "#tag", "@dana", "@may_12",
    "@khabar / x", "@user_3", "🌍 | name", "https://t.co/aB3May12", "http://X.Y/AB", "https://t.co/AbCd",
    "Published by x", "← Previous", "Related", "Most read", "2 thoughts on “x”", "The wheel turns.",
]  # fmt: skip
WORDS = [
    *PLAIN, *lead_words()["wires"], *lead_words()["outlets"], *embed_words()["telegram"]["forwarded"],
    *(name for calendar in months().values() for rows in calendar.values() for names in rows for name in names),
]  # fmt: skip


@st.composite
def written_phrases(draw: st.DrawFn) -> str:
    """A phrase of the tables as it may be written: with words for its gaps, and some of what may be missing."""
    words: list[str] = []
    for part in draw(st.sampled_from(PHRASES)).split():
        if part == "...":
            words += draw(st.lists(st.sampled_from(PLAIN), max_size=3))
        elif not part.endswith("?") or draw(st.booleans()):
            word = draw(st.sampled_from(part.removesuffix("?").split("|"))).removesuffix("*")
            words.append({"<link>": "https://t.co/Ab", "<handle>": "@dana", "<tag>": "#tag"}.get(word, word))
    written = draw(st.sampled_from([" ", " ", " ", " - ", "-", " 🔴 ", "🔴"])).join(words)
    return draw(st.sampled_from([written, written, written.upper(), written.title(), "و" + written]))


PARTS = st.one_of(
    written_phrases(),
    st.sampled_from(WORDS),
    st.sampled_from(SIGNS),
    st.sampled_from(SHAPES),
    st.integers(0, 2040).map(str),
)
SEPARATORS = st.sampled_from([" ", " ", " ", " ", "", ": ", ", ", ". ", " - ", "\n", "\n\n"])
TEXTS = st.lists(st.tuples(PARTS, SEPARATORS).map("".join), min_size=1, max_size=9).map("".join)


PLAIN_LINES = st.lists(st.sampled_from(PLAIN), min_size=4, max_size=40).map(" ".join)
HEADS = ["", "@dana ", "@may_12 ", "@user_3 ", "@a123 May 3 ", "#tag ", "12 ", "🔴 ", "\n", "A\n", "A\n@dana "]
OPENINGS = st.one_of(PARTS, st.sampled_from(HEADS))
GLUE = st.sampled_from(["", " "])
MOSTLY_PLAIN = st.tuples(OPENINGS, SEPARATORS, PLAIN_LINES, GLUE, PARTS, SEPARATORS, PLAIN_LINES).map("".join)
"""A line of words that mean nothing, with something at its head and something else in its middle, or at its end."""


def find_without_gate(text: str, embeds: Sequence[Embed], entities: Sequence[Entity]) -> tuple[Block, ...]:
    page = cut_page(text, embeds, entities, read=lambda *_: ALL)
    decide(page)
    return join_blocks(page)


@settings(max_examples=600, deadline=None)
@given(TEXTS)
@example("@user_3 May 2021\nThe river rose.")
@example("@may_3 2021\nThe river rose.")
@example("REPORT: LOCAL: The river rose.ON THE QUAY: Nadia said")
@example("Home page 1 2 3")
@example("#desk another hand\nThe river rose #harbour report")
def test_the_gate_changes_no_answer(text: str) -> None:
    entities = find_entities([text])[0]
    embeds = find_embeds(text, entities)
    assert find_blocks(text, embeds, entities) == find_without_gate(text, embeds, entities)


@settings(max_examples=600, deadline=None)
@given(st.one_of(MOSTLY_PLAIN, MOSTLY_PLAIN.map(lambda text: text.rpartition(" ")[0])), st.booleans())
def test_the_gate_changes_no_answer_on_lines_that_are_mostly_plain(text: str, linked: bool) -> None:
    text += " https://t.co/AbMay12cd" if linked else ""
    entities = find_entities([text])[0]
    assert find_blocks(text, (), entities) == find_without_gate(text, (), entities)


@settings(max_examples=400, deadline=None)
@given(st.one_of(TEXTS, MOSTLY_PLAIN))
def test_a_line_of_words_known_to_be_quiet_has_the_signs_that_its_words_give_it(text: str) -> None:
    entities = find_entities([text])[0]
    for piece in cut_page(text, (), entities, read=lambda *_: ALL).pieces:
        line = (text, piece.start, piece.end, piece.entities)
        for known in (word_signs, quiet_words, quiet_opening_words):
            known.clear()
        met = read_signs(*line)
        assert read_signs(*line) == met


@settings(max_examples=400, deadline=None)
@given(st.one_of(TEXTS, MOSTLY_PLAIN))
def test_words_read_as_written_are_those_of_the_folded_text(text: str) -> None:
    folded = split_words(search_fold(text).text)
    assert read_words(text, 0, (), most=80) == (tuple(folded[:80]), len(folded) <= 80)


@settings(max_examples=400, deadline=None)
@given(st.lists(TEXTS, min_size=2, max_size=4).map("\n".join))
def test_neighbours_have_nothing_to_say_where_they_are_not_asked(text: str) -> None:
    page = cut_page(text, (), find_entities([text])[0])
    decide(page)
    marks = [None if mark is None or mark.kind == "headline" else mark for mark in page.marks]  # titles come last
    told = {name for mark in marks if mark for name in (mark.kind, mark.rule)}
    if told.isdisjoint(("boilerplate", "tags", "teaser", "outlet-lead")):
        page.marks = list(marks)
        for rule in NEIGHBOUR_RULES:
            rule(page)
        assert page.marks == marks


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.data())
def test_the_gate_changes_no_answer_wherever_entities_begin_and_end(text: str, data: st.DataObject) -> None:
    spots = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
    kinds = st.sampled_from(["hashtag", "handle", "url", "emoji", "email", "cashtag"])
    entities = tuple(
        Entity(data.draw(kinds), start, end, "x") for start, end in zip(spots[::2], spots[1::2], strict=False)
    )
    assert find_blocks(text, (), entities) == find_without_gate(text, (), entities)


@settings(max_examples=300, deadline=None)
@given(
    written_phrases(),
    st.sampled_from(["", "12 ", "@dana ", "🔴 ", "12 🔴 "]),
    st.sampled_from(["", ": x", " — x"]),
    st.lists(st.sampled_from(PLAIN), max_size=60).map(" ".join),
)
def test_a_line_with_a_phrase_lets_the_rules_of_phrases_see_it(phrase: str, before: str, after: str, more: str) -> None:
    text = f"{before}{phrase}{after} {more}".strip()
    entities = find_entities([text])[0]
    page = cut_page(text, (), entities, read=lambda *_: ALL)
    rules = {name: rule for name, _, rule in LINE_RULES}
    if any(rules[name](page, 0) for name in ("phrase", "tag-list", "credit-brackets")) and len(page.pieces) == 1:
        assert read_signs(text, page.pieces[0].start, page.pieces[0].end, page.pieces[0].entities) & PHRASE


@pytest.mark.parametrize(
    "text",
    [
        "my nan thinks the weather is a man called Derek #flood 😂 https://t.co/2WLL5NXhWo",
        "@user_4948 the museum is free on Sundays, go and see it",
        "من هنوز باورم نمیشه که قطار رفت #تهران 🔥",
        "شكرا لكل من سأل عني، أنا بخير #السودان https://t.co/xeoxjIXUqc",
    ],
)
def test_a_line_of_mere_text_asks_no_rule(text: str) -> None:
    signs = read_signs(text, 0, len(text), find_entities([text])[0])
    assert not signs & SEAMS
    assert not any(signs & needs for _, needs, _ in LINE_RULES)


def test_a_phrase_that_is_cut_off_by_an_entity_is_seen() -> None:
    text = "Advertisementhttps://t.co/Ab"
    entities = (Entity("url", 13, len(text), "https://t.co/Ab"),)
    assert read_signs(text, 0, len(text), entities) == ALL
    assert [block.rule for block in find_blocks(text, (), entities)] == ["advert"]


def test_what_the_gate_takes_for_granted_of_the_tables_holds() -> None:
    def covered(slots: Sequence[Slot]) -> int:
        return sum(6 if slot.gap else 1 for slot in slots)

    assert min(len(word) for word in month_words() if word.isascii()) >= 3
    for group in phrase_groups():
        for phrase in group.phrases:
            slots = read_phrase(phrase)
            assert not any(map(is_free, slots[0].words)), f"{phrase!r} begins with an entity"
            assert covered(slots) <= longest_phrase()
            if group.colon:
                assert covered(slots[:-1] if slots[-1].gap else slots) <= LONGEST_LABEL
