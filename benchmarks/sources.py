"""Measures the speed of the source layer: CPU seconds over orjson's parse of the same short posts, in one process.

    python benchmarks/sources.py [--posts 20000] [--rounds 5] [--most 6]

Short posts of about 120 characters are generated: English, Arabic and Persian, tweets of `benchmarks/texts` and plain
lines of news, with tags, accounts, links and emoji; about 15 % of them credit somebody. Blocks, embeds and entities are
found before and not timed. orjson parses the posts as JSON Lines rows with id, text, created, author and counts. The
best of several interleaved rounds counts. Exit code 1 where the ratio is above `--most`.
"""

from __future__ import annotations

import argparse
import gc
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

import orjson

from postscan.blocks import find_blocks
from postscan.embeds import find_embeds
from postscan.entities import find_entities
from postscan.model import Post
from postscan.sources import find_sources

_TWEETS = Path(__file__).with_name("texts")
_LANGUAGES = ("en", "ar", "fa")
_SHARES = (55, 27, 18)
_LENGTH = 120
_CREDITING = 0.15
_NEWS = {
    "en": """
Water levels fell by half a metre overnight and two bridges are open again
Power is back in most of the eastern districts after three days in the dark
The market on the old square will stay shut until the end of the week
Flights resumed this morning but delays of up to four hours are expected
Three people hurt as a lorry turned over near the northern junction
School buses will not run on Thursday because of the heavy snow
New rules for fishing boats come into force on Monday, here is what changes
Rain all weekend: the river at its highest point in twenty years
""",
    "ar": """
عودة الكهرباء إلى معظم أحياء الشرق بعد ثلاثة أيام من الظلام
السوق القديم يبقى مغلقا حتى نهاية الأسبوع بسبب أعمال الترميم
استئناف الرحلات صباح اليوم مع تأخير يصل إلى أربع ساعات
إصابة ثلاثة أشخاص في انقلاب شاحنة قرب التقاطع الشمالي
أمطار غزيرة طوال الأسبوع والنهر في أعلى مستوى منذ عشرين عاما
مدارس المدينة تعلق الدروس يوم الخميس بسبب الثلوج الكثيفة
""",
    "fa": """
برق بیشتر محله\N{ZERO WIDTH NON-JOINER}های شرق پس از سه روز خاموشی وصل شد
بازار قدیم تا پایان هفته برای بازسازی بسته است
پروازها از امروز صبح با چهار ساعت تاخیر از سر گرفته شد
سه نفر در واژگونی کامیون در نزدیکی چهارراه شمالی زخمی شدند
باران سنگین در سراسر هفته و رودخانه در بالاترین سطح بیست سال
مدرسه\N{ZERO WIDTH NON-JOINER}های شهر روز پنجشنبه به دلیل برف تعطیل است
""",
}
_CREDITS = {
    "en": """
The mayor told Reuters that the road would open by noon on Friday
According to the interior ministry, two men were held at the crossing
Residents said the water had come in the night without any warning
BODO (AP) - A seal slept on the slipway until noon and the yard worked round it
BBC News: power cuts across the north after the storm
Two ships collided off the southern coast, the coast guard said
Photo: Omar Kassem/AFP
via @quay_cam
""",
    "ar": """
قال وزير النقل لقناة الجزيرة إن الجسر مغلق حتى إشعار آخر
وأفادت مصادر محلية بأن الطريق البديل مفتوح أمام السيارات
بحسب وكالة رويترز توقفت العبارة عن العمل بعد عطل في المحرك
المصدر: سكاي نيوز عربية
""",
    "fa": """
به گزارش ایسنا جاده کوهستانی از صبح فردا باز می\N{ZERO WIDTH NON-JOINER}شود
وزارت کشور اعلام کرد که سه نفر در مرز بازداشت شدند
""",
}
_TAGS = {"en": ("flood", "News", "KabulAirport"), "ar": ("عاجل", "السودان"), "fa": ("خبر_فوری", "تهران")}
_EMOJI = ("\N{FIRE}", "\N{LARGE RED CIRCLE}", "\N{FACE WITH TEARS OF JOY}")
_ID = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


def lines_of(text: str) -> list[str]:
    return [line for line in text.split("\n") if line]


def make_post(chance: random.Random, plain: dict[str, list[str]]) -> str:
    """A short post: plain lines of a language up to the length, perhaps a credit, tags, an account, a link, emoji."""
    language = chance.choices(_LANGUAGES, _SHARES)[0]
    pieces = [chance.choice(lines_of(_CREDITS[language]))] if chance.random() < _CREDITING else []
    while sum(map(len, pieces)) < _LENGTH - 45:
        pieces.append(chance.choice(plain[language]))
    pieces += [f"#{chance.choice(_TAGS[language])}" for _ in range(chance.choice((0, 0, 1, 1, 2)))]
    if chance.random() < 0.3:
        pieces.insert(0, f"@user_{chance.randrange(20_000)}")
    if chance.random() < 0.3:
        pieces.append(chance.choice(_EMOJI))
    if chance.random() < 0.4:
        pieces.append("https://t.co/" + "".join(chance.choices(_ID, k=10)))
    return " ".join(pieces)


def make_row(chance: random.Random, number: int, text: str) -> bytes:
    """A post as a row of JSON Lines."""
    row = {
        "id": str(1_400_000_000_000_000_000 + number),
        "text": text,
        "created": "2021-08-08T10:20:30Z",
        "author": f"user_{chance.randrange(20_000)}",
        "counts": {"likes": chance.randrange(500), "shares": chance.randrange(90), "replies": chance.randrange(40)},
    }
    return orjson.dumps(row)


def make_posts(number: int) -> tuple[list[str], list[bytes]]:
    """The texts of so many posts, always the same, and their rows of JSON Lines."""
    chance = random.Random(6)
    plain = {
        language: lines_of((_TWEETS / f"tweets.{language}.txt").read_text(encoding="utf-8")) + lines_of(_NEWS[language])
        for language in _LANGUAGES
    }
    texts = [make_post(chance, plain) for _ in range(number)]
    return texts, [make_row(chance, at, text) for at, text in enumerate(texts)]


def best_of(calls: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The best CPU seconds of each call, rounds interleaved; looks for garbage among older values are left out."""
    gc.collect()
    gc.freeze()  # else a full collection falls into one call or another, and takes longer than it
    best: dict[str, float] = {}
    for _ in range(rounds):
        for name, call in calls.items():
            start = time.process_time()
            call()
            best[name] = min(best.get(name, float("inf")), time.process_time() - start)
    return best


def main() -> None:
    """Prints the ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--most", type=float, default=6.0)
    options = parser.parse_args()
    texts, rows = make_posts(options.posts)
    posts = [Post(str(number), text) for number, text in enumerate(texts)]
    entities = find_entities(texts)
    embeds = [find_embeds(text, found, ()) for text, found in zip(texts, entities, strict=True)]
    blocks = [find_blocks(text, m, e) for text, m, e in zip(texts, embeds, entities, strict=True)]

    def find() -> list[object]:
        return [find_sources(p, b, m, e) for p, b, m, e in zip(posts, blocks, embeds, entities, strict=True)]

    def crediting(found: object) -> bool:
        return any(source.kind != "domain" for source in found)  # type: ignore[attr-defined]

    some = sum(map(crediting, find()))
    best = best_of({"orjson": lambda: [orjson.loads(row) for row in rows], "sources": find}, options.rounds)
    ratio = best["sources"] / best["orjson"]
    length = sum(map(len, texts)) / len(texts)
    print(f"{len(texts)} posts of {length:.0f} characters, {some / len(texts):.1%} of them credit somebody")
    for name, seconds in best.items():
        print(f"  {name:8} {seconds / len(texts) * 1e6:7.2f} us a post")
    print(f"  sources / orjson: {ratio:.1f} (at most {options.most:g})")
    sys.exit(ratio > options.most)


if __name__ == "__main__":
    main()
