"""Writes `src/postscan/data/months.toml`: the names of months and weekdays, from CLDR as Babel ships it.

    python scripts/months.py        needs Babel, which postscan itself does not

Gregorian names come from Babel. It carries no Persian calendar, so the Solar Hijri names stand here: Iranian as in
CLDR's `fa`, Afghan as in CLDR's `fa_AF` and `ps`. Where the press writes a name in more ways than CLDR prints, the
others stand in `ALSO`.
"""

from __future__ import annotations

import json
from pathlib import Path

import babel
from babel.dates import get_day_names, get_month_names

TARGET = Path(__file__).parents[1] / "src" / "postscan" / "data" / "months.toml"

LOCALES = {
    "en": ("en", "en_GB", "en_AU"),
    "de": ("de", "de_AT"),
    "fr": ("fr",),
    "es": ("es",),
    "tr": ("tr",),
    "ru": ("ru",),
    "ar": ("ar", "ar_SY", "ar_MA", "ar_DZ", "ar_MR"),
    "fa": ("fa", "fa_AF"),
    "ur": ("ur",),
    "ps": ("ps",),
    "ckb": ("ckb",),
    "it": ("it",),
    "pt": ("pt", "pt_PT"),
    "nl": ("nl",),
    "id": ("id",),
}
ALSO = {
    "de": {2: ["feber"], 3: ["mrz"]},
    "es": {9: ["setiembre", "sep"]},
    "fr": {7: ["juill"]},
    "ar": {6: ["يونية"], 7: ["يولية"], 10: ["تشرين اول"], 11: ["تشرين ثاني"], 12: ["كانون اول", "دسمبر"]},
    "fa": {5: ["مئی"], 7: ["ژوییه", "جولایی"], 8: ["آگوست", "آگست"]},
    "ckb": {1: ["کانونی دووەم"]},
}
IRANIAN = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند"
AFGHAN = "حمل ثور جوزا سرطان اسد سنبله میزان عقرب قوس جدی دلو حوت"
PASHTO = "وری غویی غبرګولی چنګاښ زمری وږی تله لړم لیندۍ مرغومی سلواغه کب"
SOLAR_ALSO = {"fa": {5: ["امرداد"]}}


def gregorian(language: str) -> list[list[str]]:
    """Twelve lists of names, without full stops, in the order in which CLDR has them."""
    months: list[list[str]] = []
    for month in range(1, 13):
        names = [
            get_month_names(width, context, locale)[month]
            for locale in LOCALES[language]
            for context in ("format", "stand-alone")
            for width in ("wide", "abbreviated")
        ]
        names += ALSO.get(language, {}).get(month, [])
        if language == "ckb":  # the date has the name in the construct state: "6ی ئابی 2021"
            names += [f"{name}ی" for name in names if name[-1] != "ی"]
        clean = (name.rstrip(".").replace("\N{NO-BREAK SPACE}", " ").lower() for name in names)
        months.append(list(dict.fromkeys(name for name in clean if not name[0].isdigit())))
    return months


def weekdays(language: str) -> list[str]:
    """All names of weekdays, wide and abbreviated."""
    names = [
        name
        for locale in LOCALES[language]
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for name in get_day_names(width, context, locale).values()
    ]
    return sorted({name.rstrip(".").lower() for name in names if len(name.rstrip(".")) > 1})


def line(key: str, months: list[list[str]] | list[str]) -> str:
    """One TOML assignment, a list of months on lines of their own."""
    if isinstance(months[0], str):
        return f"{key} = {json.dumps(months, ensure_ascii=False)}\n"
    rows = "".join(f"  {json.dumps(names, ensure_ascii=False)},\n" for names in months)
    return f"{key} = [\n{rows}]\n"


def main() -> None:
    parts = [
        f"# Written by scripts/months.py from CLDR, Babel {babel.__version__}.\n",
        "\n[gregorian]\n",
        *(line(language, gregorian(language)) for language in LOCALES),
        "\n[solar]\n",
        *(
            line(key, [[name, *SOLAR_ALSO.get(key, {}).get(n, [])] for n, name in enumerate(names.split(), 1)])
            for key, names in (("fa", IRANIAN), ("fa_AF", AFGHAN), ("ps", PASHTO))
        ),
        "\n[weekdays]\n",
        *(line(language, weekdays(language)) for language in LOCALES),
    ]
    TARGET.write_text("".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main()
