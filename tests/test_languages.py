"""What holds for the languages of every text, and how often they are right."""

from __future__ import annotations

import gzip
import hashlib
import importlib.util
import json
import math
import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from importlib import resources
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postscan.languages import (
    PostLanguages,
    check_detect,
    code_mixing_index,
    find_languages,
    integration_index,
    multilingual_index,
    word_languages,
)
from postscan.languages.letters import find_words, read_letters, read_words
from postscan.languages.lexicon import Lexicon
from postscan.languages.logarithms import log_thousandths
from postscan.languages.original import detect_original
from postscan.languages.profiles import Profiles, load_profiles
from postscan.languages.vocabulary import Vocabulary, shared_vocabulary
from postscan.model import Block, Embed, Entity, PostscanError
from postscan.scripts import is_letter, script_of
from postscan.wordlists import read_toml
from timing import assert_linear

PROJECT = Path(__file__).resolve().parents[1]
SOME = (
    "Smoke over the harbour, nobody is hurt",
    "انقطاع الكهرباء عن أحياء المدينة منذ الفجر",
    "دریا امروز آرام است و قایق‌ها برگشته‌اند",
    "Привет, как дела сегодня?",
    "खबर अच्छी है",
    "Vapur bugün çalışmıyor",
    "今日はいい天気です",
    "ana 3ayez aroo7 el beit",
    "",
    "😂😂 123",
    "قال RT ok وبعدين",
)
ALPHABET = st.sampled_from(
    "abzİıșéعربیيکپچٹےەۆێڏ۾ñß яїक्षा東ーのㅋ3279'’.،\n \t#@ـ\u064b\u200c\u200d\u200f\U0001d400\U0001f525\ud800"
)
TEXTS = st.text(ALPHABET, max_size=60) | st.text(max_size=40) | st.sampled_from(SOME)


def scan(texts: Sequence[str], **options: object) -> list[PostLanguages]:
    none: list[tuple[()]] = [()] * len(texts)
    return find_languages(texts, none, none, none, **options)  # type: ignore[arg-type]


def spans(draw: st.DrawFn, size: int, most: int = 3) -> list[tuple[int, int]]:
    cuts = sorted(set(draw(st.lists(st.integers(0, size), max_size=2 * most))))
    return list(zip(cuts[::2], cuts[1::2], strict=False))


@st.composite
def layered(draw: st.DrawFn) -> tuple[str, list[Block], list[Embed], list[Entity]]:
    """A text with layers at any offsets."""
    text = draw(TEXTS)
    kinds = st.sampled_from(("body", "headline", "embed", "boilerplate"))
    blocks = [Block(draw(kinds), start, end, 0, "x") for start, end in spans(draw, len(text))]
    embeds = []
    for start, end in spans(draw, len(text), 2):
        middle = draw(st.none() | st.integers(start, end))
        name = text[middle:end][: draw(st.integers(0, 5))] if middle is not None else None
        handle = draw(st.none() | st.just("a.b"))
        body = None if middle is None else start
        embeds.append(Embed("x", start, end, body, middle, name or None, handle, None, None, (), "x"))
    entities = [Entity(draw(st.sampled_from(("hashtag", "emoji"))), a, b, "") for a, b in spans(draw, len(text))]
    return text, blocks, embeds, entities


def scan_layered(posts: Sequence[tuple[str, list[Block], list[Embed], list[Entity]]]) -> list[PostLanguages]:
    return find_languages(*([post[i] for post in posts] for i in range(4)))  # type: ignore[arg-type]


@settings(max_examples=120, deadline=None)
@given(layered())
def test_every_letter_lies_in_one_segment_of_its_script(
    post: tuple[str, list[Block], list[Embed], list[Entity]],
) -> None:
    text = post[0]
    [found] = scan_layered([post])
    end = 0
    inside: dict[int, str] = {}
    for segment in found.segments:
        assert end <= segment.start < segment.end <= len(text)
        assert 0 <= segment.score <= 1
        assert segment.score == round(segment.score, 3)
        end = segment.end
        inside |= dict.fromkeys(range(segment.start, segment.end), segment.script)
    for i, ch in enumerate(text):
        if is_letter(ch):
            assert i in inside
            assert script_of(ch) in ("Zyyy", "Zinh", inside[i])


@settings(max_examples=30, deadline=None)
@given(st.lists(layered(), max_size=5))
def test_answers_do_not_depend_on_how_a_batch_is_cut(
    posts: list[tuple[str, list[Block], list[Embed], list[Entity]]],
) -> None:
    together = scan_layered(posts)
    assert together == [found for post in posts for found in scan_layered([post])]
    assert together == [found for i in range(0, len(posts), 7) for found in scan_layered(posts[i : i + 7])]


def test_a_large_batch_has_the_answers_of_its_texts_alone() -> None:
    texts = [f"{SOME[i % len(SOME)]} {SOME[(i * 7 + 3) % len(SOME)]} {i}" for i in range(600)]
    alone = [scan([text])[0] for text in texts[:60]]
    assert scan(texts)[:60] == alone
    assert scan(["".join(texts) * 40, *texts])[1:61] == alone, "a batch that is looked at in parts"


@settings(max_examples=40, deadline=None)
@given(TEXTS)
def test_the_original_detector_never_raises_and_answers_alike(text: str) -> None:
    first = scan([text], engine="langdetect")
    assert first == scan([text], engine="langdetect")
    assert [s.script for s in first[0].segments] == [s.script for s in scan([text])[0].segments] or len(text) > 1


def test_the_original_detector_leaves_the_seed_of_the_process_alone() -> None:
    from langdetect import DetectorFactory

    assert detect_original("The committee will publish its report on Monday")[0] == "en"
    assert DetectorFactory.seed is None
    assert detect_original("123 🔥") == ("und", 0.0)
    assert detect_original("今天天气很好，我们去公园散步吧")[0] == "zh"
    [found] = scan(["وصل القطار متأخرا ساعتين today it was late again"], engine="langdetect")
    assert [s.code for s in found.segments] == ["ar", "en"]


def test_an_unknown_engine_is_refused() -> None:
    with pytest.raises(PostscanError, match="engine"):
        scan(["x"], engine="magic")


def test_words_that_are_forgotten_are_summed_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    profiles = load_profiles("Latn")
    assert profiles is not None
    monkeypatch.setattr("postscan.languages.vocabulary._KEPT", 5)
    vocabulary = Vocabulary(profiles)
    for text in (
        "gate harbour gate",
        "four more words here and on",
        "gate",
        "x" * 90 + " unbelievably long words",
        "gate on",
    ):
        letters = read_letters(text)
        words = find_words(letters, np.zeros(1, np.int64))
        rows = vocabulary.sum_words(words, np.arange(len(words.first)))
        assert (rows == profiles.sum_words(text.split() if "x" not in text else read_words(text, "Latn"))).all()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("abzşñꜧ", min_size=1, max_size=19), min_size=1, max_size=30))
def test_words_are_found_again_by_their_letters_alone(words: list[str]) -> None:
    profiles = load_profiles("Latn")
    assert profiles is not None
    starts = np.cumsum([0, *map(len, words)])[:-1]
    found = find_words(read_letters("".join(words)), starts)
    vocabulary = shared_vocabulary(profiles)
    spelled = [re.sub(r"(.)\1\1+", r"\1\1", word) for word in words]
    assert found.spell(np.arange(len(words))) == spelled
    for _ in range(2):
        assert (vocabulary.sum_words(found, np.arange(len(words))) == profiles.sum_words(spelled)).all()


def test_letters_beyond_those_that_are_numbered_are_told_apart() -> None:
    profiles = load_profiles("Latn")
    assert profiles is not None
    latin = [ch for ch in map(chr, range(0x100, 0x2000)) if read_words(ch, "Latn") == [ch]]
    assert len(latin) > 300
    text = " ".join(f"the{ch} {ch}{ch}{ch}e" for ch in latin)
    words = [word for ch in latin for word in (f"the{ch}", f"{ch}{ch}e")]
    found = find_words(read_letters(text), np.zeros(1, np.int64))
    assert [
        word for word, spelled in zip(found.spell(np.arange(len(words))), words, strict=True) if word != spelled
    ] == []
    rows = Vocabulary(profiles).sum_words(found, np.arange(len(words)))
    assert (rows == profiles.sum_words(words)).all()


def test_words_that_want_one_slot_are_all_found(monkeypatch: pytest.MonkeyPatch) -> None:
    profiles = load_profiles("Arab")
    assert profiles is not None
    monkeypatch.setattr("postscan.languages.vocabulary._SLOT_BITS", 6)
    monkeypatch.setattr("postscan.languages.vocabulary._KEPT", 60)
    vocabulary = Vocabulary(profiles)
    text = " ".join(a + b for a in "بتثجحخدذ" for b in "رزسشصضط")
    letters = read_letters(text)
    words = find_words(letters, np.zeros(1, np.int64))
    for _ in range(2):
        assert (vocabulary.sum_words(words, np.arange(56)) == profiles.sum_words(text.split())).all()


def test_a_word_costs_what_its_letters_cost_in_their_context() -> None:
    profiles = Profiles(["aa", "bb"], [{"a": 8, "b": 2, "a ": 5, "ab": 2}, {"b": 10, "b ": 5}])
    one, two = profiles.sum_words(["a", "b"]).tolist()
    assert one[0] > one[1]
    assert two[0] < two[1]
    assert profiles.sum_words([]).shape == (0, 2)
    assert profiles.sum_words(["aa", "bb"]).tolist() == [[0, 0], [0, 0]], "laughter"


def test_a_word_that_is_common_counts_for_more_than_its_letters_but_never_for_less() -> None:
    counts = [{"a": 8, "b": 2, "a ": 5, "ab": 2}, {"b": 10, "b ": 5}]
    lexicon = Lexicon([{"ab": 900, "a": 1}, {"bab": 1}], [1000, 1 << 20])
    words = ["ab", "a", "bab", "abab"]
    before = Profiles(["aa", "bb"], counts).sum_words(words)
    after = Profiles(["aa", "bb"], counts, lexicon).sum_words(words)
    assert (after >= before).all()
    assert after[0].tolist() == [-474, before[0, 1]], "1000 * log2(4/5 * 900/1000)"
    assert (after[[1, 3]] == before[[1, 3]]).all()
    assert lexicon.look_up([]).shape == (0, 2)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("خبر عاجل من", "ar"), ("عاجل", "ar"), ("عاجل من كابل", "ar"), ("صباح الخير", "ar"), ("بث مباشر", "ar"),
        ("شو هاد", "ar"), ("وش السالفة يا شباب", "ar"), ("عايز اروح البيت", "ar"), ("ديالنا واعر بزاف", "ar"),
        ("وزیر الخارجیة الأمریکي یصل إلی کابل", "ar"), ("في الیوم الأول من الحرب", "ar"),
        ("خبر فوری", "fa"), ("صبح بخیر دوستان", "fa"), ("رئيس جمهور استعفا كرد", "fa"), ("فوري: انفجار در كابل", "fa"),
        ("بریکنگ نیوز", "ur"), ("لاہور میں بارش", "ur"), ("بیړنی خبر", "ps"), ("په کابل کې چاودنه", "ps"),
        ("هەواڵی بەپەلە", "ckb"), ("BREAKING", "en"), ("BREAKING NEWS", "en"), ("Good morning", "en"),
        ("Breaking: Kabul", "en"), ("عاجل | Breaking", "mul"),
    ],
)  # fmt: skip
def test_a_post_of_a_few_words_has_its_language(text: str, code: str) -> None:
    assert scan([text])[0].language == code


@pytest.mark.parametrize(
    "text",
    [
        "Kabul", "lol", "RT", "ok", "WOW", "omg", "haha", "Salam", "Inshallah", "Ashraf Ghani", "Zalmay Khalilzad",
        "Mohammad Ashraf Ghani", "Panjshir Valley", "Eid Mubarak", "Allahu Akbar", "خبر", "سلام", "هههه",
    ],
)  # fmt: skip
def test_names_and_words_of_many_languages_are_undecided(text: str) -> None:
    assert scan([text])[0].language == "und"


def test_a_label_beside_a_line_in_another_language_goes_with_it() -> None:
    text = (
        "The last tram of the line went to the museum, and the whole street came out to wave at it.\n"
        "Teilen mit:\nKlick, um auf Facebook zu teilen (Wird in neuem Fenster geöffnet)"
    )
    assert [s.code for s in scan([text])[0].segments] == ["en", "de"]


def test_languages_that_are_not_asked_for_are_und() -> None:
    texts = ["Die Fähre fährt heute nicht, weil der Sturm zu stark ist", "The ferry is late", "الباص متأخر اليوم"]
    found = scan(texts, detect=("ar", "en"))
    assert [post.language for post in found] == ["und", "en", "ar"]
    assert found[0].segments[0].score == 0
    assert scan(["Καλημέρα σε όλους"], detect=["en"])[0].language == "und"
    two = (
        "The ferry does not run today because of the storm.\nDie Fähre fährt heute nicht, weil der Sturm zu stark ist."
    )
    assert [s.code for s in scan([two], detect=["en"])[0].segments] == ["en", "und"]


def test_a_restriction_decides_what_is_too_short_alone() -> None:
    assert scan(["ok"])[0].language == "und"
    assert scan(["ok"], detect=["en", "ar"])[0].language == "en"


@pytest.mark.parametrize("text", ["", "123", "😂", " \n", "٣ ۱۲", "...", "\ud800"])
def test_text_without_letters_has_no_linguistic_content(text: str) -> None:
    assert scan([text]) == [PostLanguages("zxx", None, ())]


def test_a_shared_letter_alone_is_undecided() -> None:
    [found] = scan(["ـــ"])
    assert [(s.code, s.script) for s in found.segments] == [("und", "Zyyy")]
    assert found.language == "und"


def test_the_language_of_a_post_is_that_of_its_body() -> None:
    text = "عنوان الخبر في سطر\nThe body is in English and says a lot more."
    cut = text.index("\n")
    blocks = [Block("headline", 0, cut, 0, "x"), Block("body", cut + 1, len(text), 0, "x")]
    [found] = find_languages([text], [blocks], [()], [()])
    assert (found.language, found.main) == ("en", "en")
    [found] = find_languages(
        [text], [[Block("headline", 0, cut, 0, "x"), Block("teaser", cut + 1, len(text), 0, "x")]], [()], [()]
    )
    assert (found.language, found.main) == ("mul", "en")
    [found] = find_languages([text], [[Block("boilerplate", 0, len(text), 0, "x")]], [()], [()])
    assert (found.language, found.main) == ("und", None)
    [found] = find_languages([text], [[Block("embed", 0, len(text), 0, "x")]], [()], [()])
    assert found.main == "en"


def test_a_tag_in_two_scripts_is_two_segments_of_one_tag() -> None:
    [found] = find_languages(["قال #خبرNews اليوم"], [()], [()], [[Entity("hashtag", 4, 12, "خبرnews")]])
    assert [(s.code, s.script, s.start, s.end) for s in found.segments] == [
        ("ar", "Arab", 0, 3),
        ("und", "Arab", 4, 8),
        ("und", "Latn", 8, 12),
        ("ar", "Arab", 13, 18),
    ]


def embedded(text: str, body: str, name: str, handle: str) -> PostLanguages:
    start = text.index(body)
    embed = Embed("x", start, len(text), start, start + len(body), name, handle, None, None, (), "x")
    blocks = [Block("body", 0, start, 0, "x"), Block("embed", start, len(text), 0, "x")]
    return find_languages([text], [blocks], [[embed]], [()])[0]


def test_a_whole_handle_of_an_attribution_is_one_segment() -> None:
    text = "Look at this picture please: the gate is open today— Dana (@dana.example.social) May 3, 2024"
    found = embedded(text, "the gate is open today", "Dana", "dana.example.social")
    at = text.index("@")
    assert ("und", at, at + 20) in [(s.code, s.start, s.end) for s in found.segments]


def test_a_name_in_another_script_than_its_embed_is_und_and_a_month_is_not() -> None:
    text = "Look at this: البوابة مفتوحة منذ الصباح الباكر— Dana Karim (@dana) août 3, 2024"
    found = embedded(text, "البوابة مفتوحة منذ الصباح الباكر", "Dana Karim", "dana")
    assert [s.code for s in found.segments] == ["en", "ar", "und", "und", "fr"]


def test_time_is_linear_in_the_text() -> None:
    hostile = ("a1" * 50, "ab 7a", "كa", "ـ", "\u064b", "a\n", "x", "#a ", "3a'")
    for unit in hostile:

        def prepare(size: int, unit: str = unit) -> Callable[[], object]:
            text = unit * (size // len(unit))
            return lambda: scan([text])

        assert_linear(prepare, 20_000)


def test_logarithms_are_the_same_on_every_machine() -> None:
    steps = 4096
    for i in range(steps):  # none is so near to a rounding edge that a libm could tip it
        value = 1000 * math.log2(0.5 + (i + 0.5) / (2 * steps))
        assert abs(value - math.floor(value) - 0.5) > 1e-6
    values = np.array([1, 2, 3, 1000, (1 << 30) - 1, 1 << 30, (1 << 52) + 1], np.int64)
    found = log_thousandths(values)
    assert found.dtype == np.int64
    assert all(abs(a - 1000 * math.log2(b)) < 1.2 for a, b in zip(found.tolist(), values.tolist(), strict=True))


def test_answers_do_not_depend_on_the_hash_seed() -> None:
    code = """if True:
        import json, sys
        from postscan.languages import find_languages
        texts = json.load(sys.stdin)
        none = [()] * len(texts)
        print(find_languages(texts, none, none, none))
    """
    texts = json.dumps([text for text in SOME if text.isprintable()] * 2)
    said = {
        subprocess.run(
            [sys.executable, "-c", code], input=texts, capture_output=True, text=True, check=True, encoding="utf-8",
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
        ).stdout
        for seed in ("0", "1", "77")
    }  # fmt: skip
    assert len(said) == 1


def test_importing_the_layer_loads_nothing_heavy() -> None:
    code = "import sys, postscan.languages; print(sorted({'numpy', 'langdetect'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_shipped_table_holds_counts_alone() -> None:
    raw = resources.files("postscan.data").joinpath("languages.json.gz").read_bytes()
    assert len(raw) < 1_000_000
    table = json.loads(gzip.decompress(raw))
    counts, words = table["counts"], table["words"]
    assert set(counts) == {"ar", "ckb", "en", "fa", "fr", "id", "ps", "sd", "so", "sw", "ug", "ur"}
    assert all(0 < len(gram) <= 4 and times > 0 for grams in counts.values() for gram, times in grams.items())
    assert all(read_words(word, "Arab") == [word] and n > 1 for some in words.values() for word, n in some.items())
    assert all(sum(words[code].values()) <= total for code, total in table["totals"].items())


def load(path: str) -> ModuleType:
    sys.path.insert(0, str((PROJECT / path).parent))
    try:
        spec = importlib.util.spec_from_file_location(Path(path).stem, PROJECT / path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.pop(0)
    return module


def test_the_table_is_counted_from_the_lines_that_may_be_counted(tmp_path: Path) -> None:
    script = load("scripts/build_profiles.py")
    for name in {name for names in script.SOURCES.values() for name in names}:
        path = tmp_path / f"{name}.txt"
        path.parent.mkdir(exist_ok=True)
        lines = ["ئەم ڤوڤە"] * script.TICO_LINES + ["ݐوݐ"] if "tico" in name else ["شەو"] * 3 + ["ݐوݐ"]
        path.write_text("\n".join(lines), encoding="utf-8")
    target = tmp_path / "table.json.gz"
    assert script.main([str(tmp_path), str(target)]) == 0
    table = json.loads(gzip.decompress(target.read_bytes()))
    counts = table["counts"]["ckb"]
    assert counts["وڤ"] == table["words"]["ckb"]["ڤوڤە"] == script.TICO_LINES
    assert not any("ݐ" in gram for gram in counts)
    assert set(table["words"]) == {"ar", "ckb", "fa", "ps", "sd", "ug", "ur"} == set(table["totals"])
    digest = hashlib.sha256(target.read_bytes()).hexdigest()
    script.main([str(tmp_path), str(target)])
    assert hashlib.sha256(target.read_bytes()).hexdigest() == digest
    assert script.main([]) == 2


def test_words_are_spelled_as_profiles_count_them() -> None:
    assert read_words("Sooooo İYİ ÉTÉ ﻛﺘﺎﺏ", "Latn") == ["soo", "iyi", "été"]
    assert read_words("كتـــابٌ می\N{ZERO WIDTH NON-JOINER}شود RTوقال ﻛﺘﺎﺏ", "Arab") == [
        "كتاب",
        "می",
        "شود",
        "وقال",
        "كتاب",
    ]
    assert read_words("", "Arab") == []


def test_figures_of_code_mixing_follow_their_formulas() -> None:
    words = ["en", "en", "ar", "und", "en", "fr"]
    assert code_mixing_index(words) == pytest.approx(100 * (1 - 3 / 5))
    assert integration_index(words) == pytest.approx(3 / 4)
    assert code_mixing_index(["und"]) == integration_index(["en"]) == 0
    assert multilingual_index({"en": 3, "ar": 1}) == pytest.approx((1 - 10 / 16) / (10 / 16))
    assert multilingual_index({"en": 3, "und": 9}) == multilingual_index({}) == 0
    text = "very نار نار #حر"
    [found] = find_languages([text], [()], [()], [[Entity("hashtag", 13, 16, "حر")]])
    assert word_languages(text, found.segments, [Entity("hashtag", 13, 16, "حر")])[1:] == [found.segments[1].code] * 2
    assert word_languages("", ()) == []


@pytest.mark.parametrize(
    "text",
    [
        "ana mesh 3aref a3mel eh",
        "7abibi",
        "el donya 7arr awi enaharda w mafesh kahraba fel 3emara",
        "sa7 ya m3allem, enta gada3 w 2albak abyad",
    ],
)
def test_arabic_in_latin_letters_is_known_by_its_digits(text: str) -> None:
    assert scan([text])[0].language == "ar"


@pytest.mark.parametrize(
    "text",
    [
        "the 2nd and 3rd of 5th avenue at 7pm", "b2b and p2p sales grew", "my mp3player and ps5 died",
        "see u 2morrow 2night m8", "web3dev jobs in team7", "covid19 cases and 5g towers", "25mbps for 3months",
        "top5 of 2days", "h2o and co2 levels today", "route66 is long", "gr8 l8r b4 2day", "the 90s and 70ies",
        "a4 paper, 3d printers and 2x4 boards",
    ],
)  # fmt: skip
def test_other_words_with_digits_are_not_arabic(text: str) -> None:
    assert scan([text])[0].language != "ar"


def test_few_short_stretches_have_the_name_of_another_language() -> None:
    benchmark = load("benchmarks/languages.py")
    found = {code: benchmark.judge(code, benchmark.read_own("short", code)) for code in benchmark.SHORT}
    assert found["ar"].wrong <= benchmark.MOST_WRONG_ARABIC
    assert sum(figure.wrong for figure in found.values()) / len(found) <= benchmark.MOST_WRONG
    assert all(figure.texts == 150 for figure in found.values())


@pytest.fixture(scope="module")
def figures(shared: Path) -> dict[tuple[str, str], float]:
    benchmark = load("benchmarks/languages.py")
    means: dict[tuple[str, str], float] = benchmark.find_means(benchmark.measure(shared / "lid"))
    return means


def test_unseen_text_is_right_as_often_as_it_was(figures: dict[tuple[str, str], float]) -> None:
    floors = load("benchmarks/languages.py").FLOORS
    assert {key: figures[key] for key, floor in floors.items() if figures[key] < floor} == {}


def test_every_language_with_own_counts_is_listed() -> None:
    data = resources.files("postscan.data").joinpath("languages.json.gz").read_bytes()
    listed = {code for codes in read_toml("languages")["own"].values() for code in codes}
    assert listed == set(json.loads(gzip.decompress(data))["counts"])


def test_unknown_language_to_detect_is_refused_with_a_hint() -> None:
    with pytest.raises(PostscanError, match="no language 'arab' to detect"):
        check_detect(["arab"])
