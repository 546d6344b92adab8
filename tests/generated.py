"""Posts made by rule, the same everywhere: tags in several spellings, handles, links, embeds, dates, numbers.

Whatever counting tells apart is in them: reposts, equal words, equal ids, days alone, times with and without a zone,
times that cannot be, own words, embeds, teasers, bylines and signatures, digests of two stories.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from typing import Any

_PLACES = ("Masna", "Kaa", "Tyre", "Sidon", "Herat", "Zaranj", "Batroun", "Chaman")
_ARABIC = (
    "المصنع",
    "القاع",
    "هِرات",
    "هرات",
    "صُور",
    "مدرسة",
    "مدرسه",
    "الأمن",
    "الامن",
    "على",
    "علي",
    "أخبـار",
    "اخبار",
)
_PERSIAN = ("کابل", "كابل", "می\N{ZERO WIDTH NON-JOINER}خواهم", "میخواهم", "کووید_۱۹", "کووید_19")
_OTHER = (
    "Güneş",
    "GÜNEŞ",
    "Порт",
    "порт",
    "H\N{CYRILLIC SMALL LETTER A}rbour",
    "Harbour",
    "école",
    "e\N{COMBINING ACUTE ACCENT}cole",
)
_HANDLES = ("RanaHaddad", "ranahaddad", "harbour_log", "Harbour_Log", "dana.bsky.social", "قلم")
_EMOJI = (
    "\N{SHIP}",
    "\N{HEAVY BLACK HEART}\N{VARIATION SELECTOR-16}",
    "\N{HEAVY BLACK HEART}",
    "\U0001f468\N{ZERO WIDTH JOINER}\U0001f469",
)
_WORDS = (
    "the gate is open", "drivers wait at the crossing", "goods arrive again", "les camions attendent",
    "المعبر مفتوح اليوم", "السائقون ينتظرون عند المعبر", "جاده باز است",
)  # fmt: skip
_CREDITS = (
    "Reuters reported it.", "The Defense Ministry said so.", "according to witnesses", "Photo: Getty Images",
    "BBC News: Staff:", "via @harbour_log", "نقلا عن وكالة رويترز", "قالت وزارة الدفاع إن الطريق مفتوح.",
)  # fmt: skip
_STORY = (
    "The judge needed nine minutes, and the oven two years.", "The last boat left the pier at seven. Nobody boarded it."
)  # fmt: skip
_TARGETS = {"https://t.co/abcdefghia": "https://example.org/gate", "https://t.co/abcdefghib": "https://www.bbc.co.uk/1"}
_TITLES = ("Baker wins court case against his oven maker", "Ferry crews walk out over broken heaters")
_HOSTS = ("example.org", "www.bbc.co.uk", "news.example.com", "t.me")


def make_posts(number: int, seed: int = 7) -> Iterator[dict[str, Any]]:
    """So many rows of JSON Lines; the same number and seed give the same."""
    chance = random.Random(seed)
    texts: list[str] = []
    for n in range(number):
        text = chance.choice(texts) if texts and chance.random() < 0.06 else _text(chance, n)
        texts = [*texts[-200:], text]
        row: dict[str, Any] = {"text": text, "id": str(n if chance.random() < 0.96 else chance.randrange(n + 1))}
        _add_facts(row, chance)
        yield row


def _add_facts(row: dict[str, Any], chance: random.Random) -> None:
    """Who posted, where, when, what of, and how often it was liked."""
    if chance.random() < 0.7:
        row["platform"] = chance.choice(("x", "telegram", "facebook"))
        if row["platform"] == "x" and chance.random() < 0.3:  # an id that carries a time
            row["id"] = str((chance.randrange(1_628_000_000_000, 1_638_000_000_000) - 1_288_834_974_657) << 22)
    if chance.random() < 0.6:
        row["author"] = chance.choice(("Delta Wire", "Rana Haddad", "Masna", "قلم المرفأ"))
    elif chance.random() < 0.5:
        row["channel"] = chance.choice(("harbour", "مرفأ"))
    elif chance.random() < 0.5:
        row["url"] = f"https://{chance.choice(_HOSTS)}/{row['id']}"
    if chance.random() < 0.15:
        row["repost_of"] = str(chance.randrange(1000))
    for count in ("likes", "shares", "replies", "views"):
        if chance.random() < 0.5:
            row[count] = chance.choice((0, 1, 3, 10, 250))
    created = _created(chance)
    if created:
        row["created"] = created
    targets = [
        {"kind": "url", "start": found.start(), "end": found.end(), "value": found[0], "expanded": _TARGETS[found[0]]}
        for found in re.finditer(r"https://t\.co/abcdefghi[ab]", row["text"])
    ]
    if targets and chance.random() < 0.8:
        row["marked"] = targets


def _created(chance: random.Random) -> str | None:
    """A day, a time with or without a zone, a time near the change of a zone, one that cannot be, or nothing."""
    kind = chance.random()
    day = f"2021-{chance.randrange(7, 12):02}-{chance.randrange(1, 29):02}"
    hour, minute = chance.choice((0, 1, 2, 9, 12, 20, 21, 22, 23)), chance.choice((0, 15, 59))
    time = f"{hour:02}:{minute:02}:{chance.randrange(60):02}"
    if kind < 0.15:
        return None
    if kind < 0.3:
        return day
    if kind < 0.42:
        return f"{day}T{time}"
    if kind < 0.44:
        return chance.choice(("0001-01-01", "9999-12-31T10:00:00Z", "1969-12-31T23:59:59Z"))
    if kind < 0.5:
        return f"2021-10-30T{time}Z"  # Beirut sets its clocks back that night
    return f"{day}T{time}{chance.choice(('Z', '+03:00', '-05:00', '+04:30', '+0530'))}"


def _tag(chance: random.Random) -> str:
    name = chance.choice((*_PLACES, *_ARABIC, *_PERSIAN, *_OTHER))
    if name.isascii():
        name = chance.choice((name, name.lower(), name.upper()))
    return f"#{name}"


def _line(chance: random.Random) -> str:
    parts = [chance.choice(_WORDS)]
    makers: tuple[tuple[Callable[[], str], float], ...] = (
        (lambda: _tag(chance), 0.5),
        (lambda: f"خبر{_tag(chance)}", 0.08),
        (lambda: _tag(chance) + _tag(chance), 0.05),
        (lambda: f"@{chance.choice(_HANDLES)}", 0.25),
        (lambda: f"https://{chance.choice(_HOSTS)}/{chance.randrange(30)}", 0.2),
        (lambda: "https://t.co/abcdefghi" + chance.choice("abc"), 0.15),
        (lambda: chance.choice(_EMOJI), 0.2),
        (lambda: chance.choice(_CREDITS), 0.25),
    )
    for make, share in makers:
        if chance.random() < share:
            parts.append(make())
    chance.shuffle(parts)
    return " ".join(parts)


def _text(chance: random.Random, n: int) -> str:
    paragraphs = [_line(chance) for _ in range(chance.choice((1, 1, 1, 2, 3)))]
    if chance.random() < 0.3:
        paragraphs.append(f"{chance.choice(_WORDS)} {n}")
    name = chance.choice(("ranahaddad", "RanaHaddad", "keeper"))
    embed = f"— Rana Haddad (@{name}) August {chance.randrange(1, 29)}, 2021"
    for paragraph, share in (
        (f"{chance.choice(_WORDS)} {_tag(chance)} https://t.co/abcdefghij\n{embed}", 0.12),
        (f"{_STORY[0]}\n\n{chance.choice(_TITLES)}\n\n{_STORY[1]} {_tag(chance)} Reuters reported it.", 0.1),
        (f"Read more: {_tag(chance)} airport reopens", 0.1),
        ("#DeltaWire report", 0.08),
        (f"By Rana Haddad | October {chance.randrange(1, 29)}, 2021", 0.1),
        (f"{_tag(chance)} {_tag(chance)}", 0.1),
    ):
        if chance.random() < share:
            paragraphs.append(paragraph)
    if chance.random() < 0.1:
        paragraphs.insert(0, f"KABUL, Aug {chance.randrange(1, 29)}, 2021 (Reuters) - {_line(chance)}")
    if chance.random() < 0.1:
        paragraphs.insert(0, chance.choice(("Crossing reopens after repairs", "عودة العمل في المرفأ")))
    return "\n\n".join(paragraphs)
