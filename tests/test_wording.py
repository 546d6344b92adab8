"""Every language of the interface has every word, with the same fields."""

from __future__ import annotations

import pytest

from postscan.wording import LANGUAGES, check_words, count_of, say, words


def test_every_language_has_every_phrase() -> None:
    plain = [{key for key in words(ui) if not key.startswith("nouns.")} for ui in LANGUAGES]
    assert plain[0] == plain[1]


def test_a_number_takes_the_form_of_its_noun() -> None:
    assert [count_of("ar", "post", n) for n in (0, 1, 3, 99, 100)] == [
        "لا منشورات", "منشور واحد", "3 منشورات", "99 منشورا", "100 منشور",
    ]  # fmt: skip


def test_a_phrase_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        say("en", "no such phrase")


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"en": {"a": "x"}}, "needs the tables"),
        ({"en": {"a": "x"}, "ar": {}}, "a is not in every language"),
        ({"en": {"a": "{n}"}, "ar": {"a": "{m}"}}, "fields of a differ"),
        ({"en": {"nouns.p.one": "", "nouns.p.other": ""}, "ar": {"nouns.p.one": ""}}, "p lacks its form"),
    ],
)
def test_a_wrong_table_is_named(table: dict[str, dict[str, str]], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        check_words(table, "words.toml")
