"""What holds for the blocks of every text, what the tables must be, and that time grows with the text and no faster."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postscan.blocks import find_blocks
from postscan.blocks.phrases import phrase_groups, read_phrase
from postscan.embeds import find_embeds
from postscan.entities import find_entities
from postscan.model import Block, Embed, Entity
from postscan.wordlists import check_lead_words, lead_words, read_phrases
from timing import assert_linear

DOCS = Path(__file__).parents[1] / "docs" / "blocks.md"
KINDS = ("headline", "dateline", "body", "embed", "caption", "teaser", "byline", "boilerplate", "tags")

PIECES = st.sampled_from(
    [
        "\n", "\n\n", "\r\n\r\n", " ", "\N{NO-BREAK SPACE}", "\N{ZERO WIDTH NON-JOINER}",
        "\N{RIGHT-TO-LEFT MARK}", "\N{LINE SEPARATOR}", "Share this:", "Read more: The mill", "By Ana Roe",
        "#kabul", "#a#b", "@dana", "https://t.me/x", "Tags: a, b", "Photo: Getty Images", "ON THE GROUND: ",
        "still going on.Afar: “One”", "The wheel turns.", "The mill closes in May after ninety years",
        "August 6, 2021", "KABUL (AP) -", "BBC News:", "…", "—", "🔴 ", "🌍 | name", "2 thoughts on “x”",
        "اقرأ أيضا: خبر", "شارك", "المصدر : وكالات", "© 2020 X", "1 | 2 | 3", "Home » News » Local", "(", ")",
        ".", ":", "İ", "\ud800", "Related", "Published by x", "← Previous", "Most read", "FILE - x",
    ]
)  # fmt: skip


def blocks_of(text: str) -> tuple[Block, ...]:
    entities = find_entities([text])[0]
    return find_blocks(text, find_embeds(text, entities), entities)


def kinds_of(text: str) -> list[tuple[str, str]]:
    return [(block.kind, text[block.start : block.end]) for block in blocks_of(text)]


def check_tiling(text: str, blocks: tuple[Block, ...], embeds: tuple[Embed, ...]) -> None:
    end, story = 0, 0
    for block in blocks:
        assert end <= block.start < block.end <= len(text)
        assert not text[end : block.start].strip()
        assert block.kind in KINDS
        assert block.rule
        assert story <= block.story <= story + 1
        assert text[block.start : block.end] == text[block.start : block.end].strip() or block.kind == "embed"
        end, story = block.end, block.story
    assert not text[end:].strip()
    assert [(e.start, e.end) for e in embeds] == [(b.start, b.end) for b in blocks if b.kind == "embed"]


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_blocks_tile_every_text_of_the_rules_own_pieces(text: str) -> None:
    entities: tuple[Entity, ...] = find_entities([text])[0]
    embeds = find_embeds(text, entities)
    blocks = find_blocks(text, embeds, entities)
    check_tiling(text, blocks, embeds)
    assert blocks == find_blocks(text, embeds, entities)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_blocks_tile_any_text(text: str) -> None:
    check_tiling(text, find_blocks(text, (), ()), ())


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="ab .\n:", min_size=1, max_size=80), st.data())
def test_each_embed_is_a_block_with_its_own_start_and_end(text: str, data: st.DataObject) -> None:
    spots = sorted(data.draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=6)))
    embeds = tuple(
        Embed("x", start, end, None, None, None, None, None, None, (), "given")
        for start, end in zip(spots[::2], spots[1::2], strict=False)
    )
    check_tiling(text, find_blocks(text, embeds, ()), embeds)


NOTICES = [
        "Sign up for our free daily newsletter", "Comments are closed.", "Advertisement",
        "Tweet Share Pin Email", "5 min read", "You must be logged in to post a comment.",
        "We use cookies to improve your experience.", "Support independent journalism. Donate today.",
        "اشترك في قناتنا على تيليجرام", "لن يتم نشر عنوان بريدك الإلكتروني.", "الأكثر قراءة",
        "ما را در اینستاگرام دنبال کنید", "جملہ حقوق محفوظ ہیں", "زموږ فیسبوک پاڼه تعقیب کړئ",
        "هەموو مافەکان پارێزراون", "Folgen Sie uns auf Facebook", "Partager cet article",
        "Bizi Twitter'da takip edin", "Síguenos en Twitter", "1 | 2 | 3 | Next »", "Home » News » Local",
        "Copyright © 2020 Mill & Daughters", "Yorum yap",
]  # fmt: skip


@pytest.mark.parametrize("line", NOTICES)
def test_a_standing_line_of_a_site_is_boilerplate(line: str) -> None:
    assert {kind for kind, _ in kinds_of(line)} == {"boilerplate"}


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("SEE ALSO: Five bridges that fell twice", "teaser"),
        ("İlgili haber: Köprü kapandı", "teaser"),
        ("Sur le même sujet", "teaser"),
        ("By Marta Quill and Tom Reyes", "byline"),
        ("Von Anna Kessler und Jan Vogt", "byline"),
        ("كتب - أحمد منصور", "byline"),
        ("Quelle: dpa", "byline"),
        ("May 12, 2021 by mquill", "byline"),
        ("Fishermen mend nets on Monday. REUTERS/Tom Reyes", "caption"),
        ("Die Brücke am Morgen (Foto: Jan Vogt)", "caption"),
        ("The Daily Net - 27/08/21", "caption"),
        ("FILE - Boats in the harbour, May 2019.", "caption"),
        ("Harbour News: Staff:", "dateline"),
        ("بغداد - وكالات:", "dateline"),
        ("الكلمات الدلالية: عاصفة - ميناء", "tags"),
    ],
)
def test_a_line_alone_has_the_kind_of_its_words_and_shape(line: str, kind: str) -> None:
    assert kinds_of(line) == [(kind, line)]


@pytest.mark.parametrize(
    "line",
    [
        "Join us, they shouted from the boat, and nobody did.",
        "Search for the missing boat enters third day",
        "Terms of use were explained to the tenants by a tired clerk.",
        "All rights reserved for the crew were sold to the cook.",
        "By boat, by train, by mule",
        "Mehr Geld für Schulen",
        "Anzeige wegen Diebstahls erstattet",
        "Source of the river found at last",
        "UPDATE: the bridge is open again",
        "عاجل: إغلاق الجسر",
        "المزيد من الأسئلة حول الجسر",
        "The virus (COVID-19): what the clerk wrote down",
        "« Cinq gestes » pour la nuit » dit-il",
    ],
)
def test_a_line_that_only_resembles_a_notice_is_body(line: str) -> None:
    assert kinds_of(line) == [("body", line)]


def test_words_too_common_to_decide_alone_are_a_notice_beside_one() -> None:
    story = "The mill will close in May. Its owner keeps the wheel."
    assert kinds_of(f"{story}\n\nFacebook")[-1][0] == "body"
    assert kinds_of(f"{story}\n\nShare this:\nFacebook")[-1] == ("boilerplate", "Share this:\nFacebook")
    assert kinds_of(f"{story}\n\nShare this:\n← The mill in spring")[-1][0] == "boilerplate"


def test_a_label_in_capitals_is_a_teaser_beside_one_that_the_table_knows() -> None:
    story = "The mill will close in May. Its owner keeps the wheel."
    assert kinds_of(f"{story}\n\nWHEELS WITHIN WHEELS: A walk upstream")[-1][0] == "body"
    found = kinds_of(f"{story}\n\nANALYSIS: Why mills close\nWHEELS WITHIN WHEELS: A walk upstream")
    assert found[-1] == ("teaser", "WHEELS WITHIN WHEELS: A walk upstream")


def test_a_notice_glued_to_a_sentence_is_cut_off() -> None:
    text = "The owner of the mill said that he would keep the wheel in his garden.Share this article"
    assert kinds_of(text) == [("body", text[:-18]), ("boilerplate", "Share this article")]


SHAPES = {
    "one line": lambda n: "word " * (n // 5),
    "line breaks": lambda n: "\n" * n,
    "short lines": lambda n: "Ab c\n" * (n // 5),
    "paragraphs without stops": lambda n: "Ab cd ef gh ij kl mn\n\n" * (n // 22),
    "colons": lambda n: ":" * n,
    "labels": lambda n: "AB: " * (n // 4),
    "glued sentences": lambda n: "ab.Cd " * (n // 6),
    "notices": lambda n: "Share this:\n" * (n // 12),
    "titles under a label": lambda n: "Related\n\n" + "Title of it\n\n" * (n // 13),
    "days": lambda n: "May 3, 2021\n\n" * (n // 13),
    "names": lambda n: ("By " + "Aa " * 50 + "aa\n") * (n // 155),
    "names before a quote": lambda n: ("By " + "May " * 38 + "\N{RIGHT DOUBLE QUOTATION MARK}\n") * (n // 157),
    "arrows": lambda n: "» a " * (n // 4),
    "symbols": lambda n: "🔴 a\n\nbcd\n" * (n // 9),
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_time_grows_with_the_text_and_no_faster(shape: object) -> None:
    assert callable(shape)

    def prepare(size: int) -> Callable[[], object]:
        text = shape(size)
        return lambda: find_blocks(text, (), ())

    find_blocks("warm", (), ())
    assert_linear(prepare, 12_000 if "\n" in shape(200) else 200_000)


def test_time_does_not_grow_with_entities_times_lines() -> None:
    def prepare(size: int) -> Callable[[], object]:
        text = "#a b\n" * (size // 5)
        entities = [Entity("hashtag", at, at + 2, "a", None) for at in range(0, len(text), 5)]
        return lambda: find_blocks(text, (), entities)

    find_blocks("warm", (), ())
    assert_linear(prepare, 160_000)  # so long that the collector of garbage passes over both


def test_every_phrase_of_the_tables_can_be_read_and_every_group_is_documented() -> None:
    documented = DOCS.read_text(encoding="utf-8")
    for group in phrase_groups():
        assert group.kind in KINDS
        assert f"`{group.rule}`" in documented
        for phrase in group.phrases:
            assert read_phrase(phrase)


def test_every_rule_in_the_code_is_documented() -> None:
    documented = DOCS.read_text(encoding="utf-8")
    folder = Path(__file__).parents[1] / "src" / "postscan" / "blocks"
    code = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py")))
    names = set(re.findall(rf'(?:"(?:{"|".join(KINDS)})", |begun = )"([a-z-]+\??)"', code)) - {*KINDS}
    assert len(names) > 20
    assert not {name for name in names if f"`{name}`" not in documented}


GROUP = {"rule": "rights", "kind": "boilerplate", "en": ["all rights reserved"]}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"rest": "2"}, "rest = '2'"),
        ({"en": ["two  spaces"]}, "two  spaces"),
        ({"en": []}, "it needs a rule, a kind and phrases"),
        ({"kind": ""}, "it needs a rule, a kind and phrases"),
        ({"needs": "luck"}, "needs = 'luck'"),
        ({"at": "end"}, "at = 'end'"),
        ({"english": ["a"]}, "english"),
    ],
)
def test_a_bad_group_of_phrases_is_named(change: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        read_phrases({"group": [{**GROUP, **change}]})


@pytest.mark.parametrize("phrase", ["... b", "a? b", "a|b-c d", "a|: b"])
def test_a_phrase_that_cannot_be_looked_up_is_refused(phrase: str) -> None:
    with pytest.raises(ValueError, match="phrase"):
        read_phrase(phrase)


@pytest.mark.parametrize("change", [{"wires": []}, {"staff": [" x"]}, {"more": ["x"]}])
def test_a_bad_table_of_datelines_is_refused(change: dict[str, list[str]]) -> None:
    with pytest.raises(ValueError, match="words of datelines"):
        check_lead_words({**lead_words(), **change})


def test_the_seed_post_has_three_stories_and_its_glued_teasers_are_no_body(shared: Path) -> None:
    text = next((shared / "seed").glob("*.txt")).read_text(encoding="utf-8")
    blocks = blocks_of(text)
    assert [block.story for block in blocks if block.kind == "headline"] == [0, 1, 2]
    assert [block.kind for block in blocks[-3:]] == ["byline", "boilerplate", "tags"]
    assert sum(block.kind == "teaser" for block in blocks) == 4
    assert sum(block.kind == "embed" for block in blocks) == 2
