"""Sources: what holds for every text, and what blocks, embeds and the post itself change."""

from __future__ import annotations

import ast
import functools
import json
import operator
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import postscan.sources
from postscan.entities import find_entities
from postscan.folding import hashtag_key, search_fold
from postscan.model import Block, Embed, Post, Source
from postscan.sources import _READ, _find_in_words, _find_speakers, find_sources
from postscan.sources.bits import BY, CAPITAL, CAPITALS, LONG, PLURAL, PRESS, REPRINT, SPEAKS, VERB
from postscan.sources.gate import may_credit, signs_of
from postscan.sources.hushed import nobody_speaks
from postscan.sources.labels import find_label, label_places
from postscan.sources.links import site_name
from postscan.sources.mentions import find_references
from postscan.sources.signs import pieces
from postscan.sources.words import Words, role
from timing import assert_linear

KINDS = frozenset(("outlet", "wire", "domain", "embed", "brand", "photo", "staff", "official", "unnamed", "via"))
BLOCKS = ("headline", "dateline", "body", "embed", "caption", "teaser", "byline", "boilerplate", "tags")
PIECES = (
    "told Reuters", "according to", "the", "officials", "said", ",", ".", ":", "\n", "(AFP)",
    "Photo:", "By", "via", "YouTube", "@quay", "#QuayDesk", "report", "BBC.com", "News Post", "police and",
    "Getty Images", "/", "—", "|", "Source:", "“", "”", "قال", "مصدر", "لرويترز", "إن", "وكالة",
    "المصدر:", "بحسب", "صحيفة «الحياة»", "شكرا ل", "به گزارش", "گفت که", "وزیر", "پولیس نے کہا",
    "کے مطابق", "بشکریہ", "وویل", "ڕایگەیاند", "\N{ZERO WIDTH NON-JOINER}", "\N{ARABIC FATHA}",
    "😅", "İ", "ß",
)  # fmt: skip
PROSE = st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join)
ANY = st.one_of(PROSE, st.text(max_size=120), st.lists(st.sampled_from(PIECES), max_size=12).map("".join))


def sources_of(text: str, kind: str = "body", embeds: tuple[Embed, ...] = (), **said: str) -> tuple[Source, ...]:
    """The sources of a text that is one block of the kind."""
    stripped = text.strip()
    start = text.find(stripped)
    blocks = [Block(kind, start, start + len(stripped), 0, "test")] if stripped else []
    return find_sources(Post("1", text, **said), blocks, embeds, find_entities([text])[0])  # type: ignore[arg-type]


def surfaces(text: str, kind: str = "body", **said: str) -> list[tuple[str, str]]:
    return [(s.kind, text[s.start : s.end]) for s in sources_of(text, kind, (), **said)]


@settings(max_examples=200, deadline=None)
@given(ANY, st.sampled_from(BLOCKS))
def test_no_text_makes_it_raise_and_every_source_is_whole(text: str, kind: str) -> None:
    found = sources_of(text, kind)
    assert found == sources_of(text, kind)
    assert list(found) == sorted(found, key=lambda s: (s.start, s.end, s.kind))
    assert len({(s.start, s.end, s.kind) for s in found}) == len(found)
    for source in found:
        assert source.kind in KINDS
        assert 0 <= source.start < source.end <= len(text)
        assert not text[source.start].isspace()
        assert not text[source.end - 1].isspace()
        assert source.rule
        if source.name is not None:
            assert source.key == source.name.casefold()
        if source.kind in ("official", "unnamed"):
            assert source.name is None
            written = " ".join(text[source.start : source.end].removeprefix("@").split())
            assert source.key == hashtag_key(written)


@settings(max_examples=100, deadline=None)
@given(ANY)
def test_words_of_embeds_and_tag_lines_credit_nobody(text: str) -> None:
    assert [s for s in sources_of(text, "embed") if s.kind != "embed"] == []
    assert sources_of(text, "tags") == ()


@settings(max_examples=100, deadline=None)
@given(PROSE)
def test_offsets_are_those_of_the_whole_post(text: str) -> None:
    lead = "A quiet day.\n\n"
    alone = [(s.kind, s.start, s.end) for s in sources_of(text)]
    stripped = text.strip()
    if not stripped:
        return
    whole, start = lead + text, len(lead) + text.find(stripped)
    blocks = [Block("body", 0, 12, 0, ""), Block("body", start, start + len(stripped), 0, "")]
    entities = find_entities([whole])[0]
    shifted = find_sources(Post("1", whole), blocks, (), entities)
    assert [(s.kind, s.start - len(lead), s.end - len(lead)) for s in shifted] == alone


def embed(text: str, handle: str | None, name: str | None = None) -> Embed:
    return Embed("x", 0, len(text), None, None, name, handle, None, None, (), "test")


def test_an_embed_is_credited_by_its_last_printed_handle() -> None:
    text = "@quay look at this — Quay (@Quay) August 6, 2021"
    found = sources_of(text, "embed", (embed(text, "quay"),))
    assert [(s.start, text[s.start : s.end], s.name) for s in found] == [(27, "@Quay", "quay")]


def test_a_bare_link_is_credited_by_the_handle_in_it() -> None:
    text = "https://x.com/quay/status/1764992041920468377"
    assert [text[s.start : s.end] for s in sources_of(text, "embed", (embed(text, "quay"),))] == ["quay"]


def test_an_embed_without_a_handle_is_credited_by_its_printed_name() -> None:
    text = "The gate is shut.\nPosted by Quay Watch on Monday"
    found = sources_of(text, "embed", (embed(text, None, "Quay Watch"),))
    assert [(text[s.start : s.end], s.name) for s in found] == [("Quay Watch", "Quay Watch")]


def test_an_embed_of_nobody_known_credits_nobody() -> None:
    text = "The gate is shut. pic.twitter.com/aaaaaaaaaa"
    assert sources_of(text, "embed", (embed(text, None), embed(text, "elsewhere"))) == ()


def test_notices_credit_only_what_they_are_reprinted_from() -> None:
    text = "Reuters said so. This article was originally published in Harbour Life."
    assert surfaces(text, "boilerplate") == [("outlet", "Harbour Life")]


def test_links_in_notices_teasers_and_tags_are_no_domains() -> None:
    for kind in ("boilerplate", "teaser", "tags"):
        assert surfaces("Read it at quaypost.org/story", kind) == []
    assert surfaces("Read it at quaypost.org/story", "caption") == [("domain", "quaypost.org/story")]


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("www.bbc.co.uk", "BBC News"),
        ("reut.rs", "Reuters"),
        ("a.b.example.co.uk", "example.co.uk"),
        ("t.me", "t.me"),
        ("t.co", "t.co"),
        ("localhost", "localhost"),
    ],
)
def test_a_link_counts_as_its_outlet_or_its_registered_domain(host: str, name: str) -> None:
    assert site_name(host) == name


def test_the_posts_own_media_links_are_no_domains() -> None:
    assert surfaces("The gate pic.twitter.com/aaaaaaaaaa") == []


def test_the_posters_own_account_that_signs_is_a_brand() -> None:
    text = "The gate is shut, says everyone we met. @QuayWatch"
    assert surfaces(text) == []
    assert surfaces(text, author="QuayWatch") == [("brand", "@QuayWatch")]
    assert surfaces(text, channel="Quay Watch") == [("brand", "@QuayWatch")]
    assert surfaces(text, url="https://quaywatch.org/1") == [("brand", "@QuayWatch")]


def test_the_posters_own_account_inside_a_sentence_is_no_signature() -> None:
    assert surfaces("We asked @QuayWatch about the gate and the road", author="QuayWatch") == []


@pytest.mark.parametrize("text", ["The clip is via YouTube", "The clip is via YouTube.", "Seen via Planet Labs"])
def test_a_platform_that_ends_the_text_is_thanked_whole(text: str) -> None:
    assert surfaces(text) == [("via", text.removesuffix(".").partition("via ")[2])]


def test_an_outlets_account_in_a_byline_is_no_brand() -> None:
    assert ("brand", "@Reuters") not in surfaces("@Reuters report", "byline")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("BBC News:", "dateline"),
        ("By Hana Weiss", "byline"),
        ("REUTERS/Hana Weiss", "caption"),
    ],
)
def test_blocks_of_credits_are_read_for_what_they_are(text: str, kind: str) -> None:
    assert sources_of(text, kind)


@pytest.mark.parametrize(
    ("text", "kind", "opens"),
    [
        ("It rained all night and the goats were wet", "body", False),
        ("It rained all night, officials said", "body", True),
        ("Sky and fox are here | and rain", "body", False),
        ("Sky News | the rain", "body", True),
        ("Hana Weiss and Omar", "byline", False),
        ("By Hana Weiss", "byline", True),
        ("thanks for the soup", "body", False),
        ("thanks @quay_cam", "body", True),
        ("Thanks for the soup and the bread and the fish, said nobody to @quay_cam", "body", False),
        ("Does my voice carry? My voice notes say nothing", "body", False),
        ("Three ferries late: the fog came in overnight by and large", "body", False),
        ("the times were hard | the mirror is broken", "body", False),
        ("The ferry is late: a walk with dogs and goats and hens and geese to the police", "body", False),
        ("Three held after the fog: police", "body", True),
        ("RNLI warned of fog", "body", True),
        ("\N{CAMERA} Omar Kassem", "body", True),
        ("خبر السد: اليوم فتح است", "body", False),
        ("سد باز است، وزارت خبر داد", "body", True),
        ("این خبر درباره سد است و وزارت آن را خواند", "body", False),
    ],
)
def test_the_gate_opens_where_signs_could_make_a_credit(text: str, kind: str, opens: bool) -> None:
    assert bool(may_credit(text, kind)) is opens


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("Breaking: court rejects the appeal and nobody in this town is surprised by it at all", False),
        (
            "We walked all day and it rained, so this is what we think of it: police and goats and dogs and hens",
            False,
        ),
        ("We walked all day and it rained, so here is what we think of that\nPolice: three held", True),
        ("فوری: جاده به علت ریزش کوه بسته است", False),
        ("به قلم: هانا", True),
        ("They gave @quay thanks for the soup and the bread", False),
    ],
)
def test_the_gate_asks_where_the_signs_stand(text: str, opens: bool) -> None:
    assert bool(may_credit(text, "body")) is opens


PARTS = (
    "told", "per", "@AJEnglish", "@Reuters", "@quay", "U.N.", "said", "the", "Police:", "BBC:", "road.",
    "Civil defence:", "رويترز", "عن", "نقلا", "مسؤولين:", "مصادر", "وفا-", "3", "قنا", "/", "علمت", "هسبريس", "من",
    "مصدر", "seen", "has", "Radio", "Quay", "letter", "people", "who", "ذرائع", "نے", "بتایا", "سازمان", "گفت", "و",
    "اعتبرت", "الوزارة", "AFP", "(AFP)", "وقالت", "إن", "\n", "|", ".", "?", "هل",
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=14).map(" ".join))
def test_where_the_gate_stays_shut_the_rules_find_nobody(text: str) -> None:
    if not may_credit(text, "body"):
        handles = {e.start + 1: e for e in find_entities([text])[0] if e.kind == "handle"}
        assert _find_in_words(Words(text, 0, pieces()), "body", handles, -1) == []


def test_words_that_rules_compare_are_spelled_as_the_fold_leaves_them() -> None:
    spelled = set()
    for path in Path(postscan.sources.__file__).parent.glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        texts = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        spelled |= {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in texts
        }
    words = {word for word in spelled if word.isalpha() and not word.isascii() and len(word) > 1}
    assert "وفقا" in words
    assert {word for word in words if search_fold(word).text != word} == set()


def test_a_link_is_no_word_and_is_not_remembered() -> None:
    assert signs_of(["https://quay.example/police-said"]) == [0]
    assert may_credit("It rained https://quay.example/police-said", "body") == 0


def test_the_gate_forgets_long_words() -> None:
    word = "x" * 500
    assert signs_of([word]) == signs_of([word]) == [0]


SPOKEN = (
    "The", "ministry", "residents", "officials", "police", "UNHCR", "said", "says", "reported", "told", "according to",
    "citing", "and", "in", "of", "to", "that", "Reuters", "Al", "Jazeera", "BBC", "the agency", "he", "report", ",",
    ":", "-", "\n", "(AP)", "/", "via", "#News", "@quay", "news", "6:40", "قال", "وقالت", "وزير", "الشرطة", "سكان",
    "مصادر", "أن", "الجزيرة", "الوكالة", "كتبت", "عن", "نقلا", "لقناة", "گفت", "وزیر", "خبر", "داد", "به", "ایسنا",
    "گزارش", "که", "پولیس", "نے", "کہا", "کے مطابق", "وویل", "گوتی", "Photo:", "Source:", "المصدر:", "By", "rain",
    "المطر", "put", "raised", "the toll", "number", "at 14", "posted on X", "was quoted", "as saying", "per",
    "statement", "state TV", "بيان", "بلاغ", "جاء في", "ما أكدته", "مصالح", "الأمن", "وزارة", "إليه", "قد", "طبق", "دی",
)  # fmt: skip
SPARED = ~VERB & ~BY & ~CAPITAL & ~CAPITALS
"""Signs that only spare a rule its look at a word; the others belong to rules."""


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from((*SPOKEN, *PIECES)), max_size=22).map(" ".join), st.sampled_from(sorted(_READ)))
def test_signs_of_words_spare_work_and_decide_nothing(text: str, kind: str) -> None:
    words = Words(text, 0, pieces())
    signs = functools.reduce(operator.or_, signs_of(text.split()), 0)
    found = _find_in_words(words, kind, {}, signs)
    words.signs = [sign | (SPARED & (1 << 40) - 1) for sign in words.signs]
    assert _find_in_words(words, kind, {}, signs) == found


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(SPOKEN), max_size=16).map(" ".join))
def test_labels_begin_only_where_they_are_looked_for(text: str) -> None:
    words = Words(text, 0, pieces())
    places = label_places(words)
    assert [at for at in range(words.size) if at not in places and _opens(words, at) and find_label(words, at)] == []


def _opens(words: Words, at: int) -> bool:
    """Whether the word opens the text or stands after a line's end, a bar, a colon or a dash."""
    return at == 0 or "\n" in words.gaps[at] or words.gaps[at].rstrip()[-1:] in tuple("|:-\N{EN DASH}\N{EM DASH}")


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(SPOKEN), max_size=22).map(" ".join))
def test_nobody_speaks_where_the_gate_is_closed(text: str) -> None:
    if may_credit(text, "body"):
        return
    signs = functools.reduce(operator.or_, signs_of(text.split()), 0)
    found = _find_in_words(Words(text, 0, pieces()), "body", {}, signs)
    assert [one for one in found if one.rule in ("says", "told", "reports", "citing")] == []


HUSHING = sorted(
    {word for name in ("say", "tell", "say_that", "say_ing", "recount", "stop", "people") for word in role("en", name)}
    | {word for name in ("say", "that", "stop", "adverb", "audience", "people") for word in role("ar", name)}
    | {"و" + word for word in role("ar", "say")}
    | {"the agency", "who", "news", "reporters", "ministry", "agency,", "rain", "UNHCR", "said,", "الوزارة", "الوكالة"}
    | {"المطر", "للوزارة", "ناصر", "mr", "dr", "Smith", "15", "\n", ".", ",", ":", '"', "وزير", "الدكتور", "مدير"}
)


@settings(max_examples=600, deadline=None)
@given(st.lists(st.sampled_from(HUSHING), min_size=2, max_size=9).map(" ".join))
def test_a_word_by_which_nobody_speaks_is_told_by_the_word_beside_it(text: str) -> None:
    written = text.split()
    signs = signs_of(written)
    found = functools.reduce(operator.or_, signs, 0)
    if found & SPEAKS and not found & (PRESS | REPRINT | LONG | PLURAL) and nobody_speaks(text, written, signs, found):
        words = Words(text, 0, pieces())
        places = list(range(words.size))
        assert [one for at in places for one in _find_speakers(words, at) if words.signs[at] & VERB] == []
        assert find_references(words, places) == []


@pytest.mark.parametrize(
    ("text", "speaks"),
    [
        ("the crew waved and he said it was over", False),
        ("the crew sent voice notes longer than a minute", False),
        ("the crew here say it was over", False),
        ("the crew adds nothing", False),
        ("the crew adds\nnothing", True),
        ("the crew said it was over", True),
        ("the crew in the harbour said it was over", True),
        ("the agency notes longer queues and he said so", True),
        ("was confirmed by officials", True),
        ("قال لازم نرتاح", False),
        ("وكتبت عليها بيتنا", False),
        ("الوزارة قالت عليها", True),
        ("قالت الوزارة نعم", True),
    ],
)
def test_somebody_may_speak_by_a_word_or_nobody_can(text: str, speaks: bool) -> None:
    written = text.split()
    signs = signs_of(written)
    assert nobody_speaks(text, written, signs, functools.reduce(operator.or_, signs)) is not speaks


HOSTILE = {
    "listeners": "told Reuters and ",
    "commas": "police, X, said ",
    "brackets": "(AFP/Reuters) ",
    "chains": "according to the head of the ",
    "arabic": "قال مصدر في وزارة ",
    "citations": "نقلا عن وكالة ",
    "urdu": "پولیس نے کہا ",
    "quotes": '"said ',
    "lines": "\nBBC: ",
    "tips": "via @a, ",
    "one word of handles": "@a",
    "signatures": "| a\n@b\n",
    "bars": "| " + " " * 998,
    "links": "a.com ",
    "desks": "#Anews report ",
    "led lines": "\n#a @b c",
    "leading tags": "#a ",
    "calls": "\nGBPX: a",
    "short forms": "A B (AB) ",
    "questions": "did Reuters report or told AFP, ",
    "clauses": "people who saw it said ",
    "asides": "قال وزير، في بيان، ",
    "verbs before": "فتح المحافظ وقال إن ",
    "accounts": "told @Reuters and ",
    "dotted": "U.N. said ",
    "labels inside": "a. Police: b. BBC: ",
    "one word": "x",
    "one gap": "!",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_with_the_length_alone(name: str) -> None:
    kind = "byline" if name in ("signatures", "bars") else "body"

    def prepare(length: int) -> Callable[[], object]:
        text = (HOSTILE[name] * (length // len(HOSTILE[name]) + 1))[:length]
        post, entities = Post("1", text), find_entities([text])[0]
        blocks = (Block(kind, 0, len(text), 0, ""),)
        return lambda: find_sources(post, blocks, (), entities)

    assert_linear(prepare, 15_000, doublings=2)


def test_many_blocks_and_many_entities_stay_linear() -> None:
    def prepare(n: int) -> Callable[[], object]:
        text = "Two officials told @Reuters at a.com\n\n" * n
        step = len(text) // n
        blocks = [Block("body", i * step, (i + 1) * step - 2, 0, "") for i in range(n)]
        entities = find_entities([text])[0]
        assert len(find_sources(Post("1", text), blocks, (), entities)) >= 2 * n
        return lambda: find_sources(Post("1", text), blocks, (), entities)

    assert_linear(prepare, 400, doublings=2)


def test_example_posts_have_the_sources_that_were_annotated(shared: Path) -> None:
    """Precision and recall on the example cases, with the floors that only rise."""
    hits = misses = extras = 0
    for line in (shared / "cases" / "sources.dev.jsonl").read_text(encoding="utf-8").split("\n"):
        if not line.strip():
            continue
        row = json.loads(line)
        text = row["text"]
        if any(s["kind"] == "embed" for s in row["sources"]):
            continue
        found = {(s.kind, s.start, s.end) for s in sources_of(text)}
        for want in row["sources"]:
            spans = [(want["start"], want["end"]), *map(tuple, want.get("also", []))]
            same = next((f for f in found if f[0] == want["kind"] and any(_overlap(f[1:], s) for s in spans)), None)
            hits, misses = hits + (same is not None), misses + (same is None)
            found.discard(same or ("", 0, 0))
        optional = [(o["start"], o["end"]) for o in row["optional"]]
        extras += sum(not any(_overlap(f[1:], o) for o in optional) for f in found)
    assert hits / (hits + extras) >= 0.95
    assert hits / (hits + misses) >= 0.9


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared * 2 > max(one[1] - one[0], other[1] - other[0])
