"""The table of outlets holds facts: what is asked of every row, and of the table."""

from __future__ import annotations

from collections import Counter

import pytest
import tldextract

from postscan.folding import search_fold
from postscan.scripts import script_of
from postscan.sources.outlets import Mention, clitic_forms, mention_at, outlet_of_handle, outlet_of_host
from postscan.sources.signs import pieces
from postscan.sources.words import Words, fold_words
from postscan.wordlists import Outlet, attribution, check_attribution, check_outlets, outlet_rows

ROWS = outlet_rows().outlets
NEAR = frozenset((
    "QA", "SA", "AE", "KW", "BH", "OM", "YE", "EG", "SD", "LY", "TN", "DZ", "MA", "MR",
    "SO", "LB", "SY", "JO", "PS", "IL", "IQ", "TR", "IR", "AF", "PK", "IN", "BD", "NP",
    "LK", "KZ", "KG", "TJ", "UZ", "TM", "AZ", "AM", "GE",
))  # fmt: skip
"""The Middle East, North Africa, South and Central Asia, and the Caucasus."""


def names_of(row: Outlet) -> tuple[str, ...]:
    own = () if "(" in row.name else (row.name,)
    return (*own, *row.aliases, *row.common)


def test_the_table_is_large_enough_and_knows_the_regions_that_users_read() -> None:
    assert len(ROWS) >= 250
    assert sum(row.country in NEAR for row in ROWS) >= 150
    arabic = [row for row in ROWS if any(script_of(name[0]) == "Arab" for name in names_of(row))]
    assert len(arabic) >= 120


def test_no_name_belongs_to_two_outlets() -> None:
    owners: dict[tuple[str, ...], set[str]] = {}
    for row in ROWS:
        for name in names_of(row):
            owners.setdefault(fold_words(name), set()).add(row.name)
    assert {name: who for name, who in owners.items() if len(who) > 1} == {}


def test_no_name_is_written_twice_for_one_outlet() -> None:
    for row in ROWS:
        folded = Counter(search_fold(name).text for name in (*row.aliases, *row.common))
        assert [name for name, n in folded.items() if n > 1] == [], row.name


def test_ambiguous_names_have_no_owner() -> None:
    owned = {fold_words(name) for row in ROWS for name in names_of(row)}
    assert [name for name in outlet_rows().ambiguous if fold_words(name) in owned] == []


@pytest.mark.parametrize("field", ["name", "domains", "handles"])
def test_names_domains_and_handles_are_unique(field: str) -> None:
    values = [v.lower() for row in ROWS for v in ((row.name,) if field == "name" else getattr(row, field))]
    assert [value for value, n in Counter(values).items() if n > 1] == []


def test_every_domain_is_registered_below_a_public_suffix() -> None:
    extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
    for row in ROWS:
        for domain in row.domains:
            found = extract(domain)
            assert found.suffix, f"{row.name}: {domain}"
            assert found.domain, f"{row.name}: {domain}"


def test_every_name_has_words_that_can_be_found() -> None:
    for row in ROWS:
        for name in names_of(row):
            words = Words(name, 0, pieces())
            start = 1 if words.size > 1 and words.words[0] == "the" else 0
            mention = mention_at(words, start)
            assert mention is not None, name
            assert mention.canonical == row.name, name


def test_every_row_can_be_reached_by_a_link_or_an_account() -> None:
    assert [row.name for row in ROWS if not row.domains and not row.handles] == []


def found(text: str, at: int = 0) -> Mention | None:
    return mention_at(Words(text, 0, pieces()), at)


@pytest.mark.parametrize("text", ["map", "The map", "app", "time", "spa", "the sun"])
def test_words_that_are_no_names_in_lower_case_stay_words(text: str) -> None:
    assert all(found(text, at) is None for at in range(len(text.split())))


def test_the_longest_name_wins() -> None:
    mention = found("Sky News Arabia")
    assert mention is not None
    assert mention.canonical == "Sky News Arabia"


def test_an_arabic_preposition_before_a_name_is_left_out_of_it() -> None:
    mention = found("ولرويترز")
    assert mention is not None
    assert (mention.canonical, mention.skip, mention.clitic) == ("Reuters", 2, "ول")


def test_the_article_that_a_preposition_swallows_is_understood() -> None:
    assert ("للجزيره", 1, "ل") in clitic_forms("الجزيره")


def test_hosts_below_an_outlets_domain_are_its_own() -> None:
    outlet = outlet_of_host("feeds.bbci.news.bbc.co.uk")
    assert outlet is not None
    assert outlet.name == "BBC News"
    assert outlet_of_host("notbbc.co.uk") is None
    assert outlet_of_host("") is None


def test_accounts_are_known_in_any_letter_case_and_by_their_domain() -> None:
    for handle in ("REUTERS", "reuters.com"):
        outlet = outlet_of_handle(handle)
        assert outlet is not None
        assert outlet.name == "Reuters"
    assert outlet_of_handle("quaypost") is None


GOOD = {"name": "Quay Post", "country": "GB", "kind": "paper", "domains": ["quaypost.example"]}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"name": ""}, "needs a name"),
        ({"bias": "left"}, "bias"),
        ({"country": "UKK"}, "two capitals"),
        ({"kind": "blog"}, "agency, broadcaster"),
        ({"aliases": "Quay"}, "list of texts"),
        ({"aliases": [" Quay"]}, "list of texts"),
        ({"domains": ["QuayPost.example"]}, "lower-case"),
        ({"domains": ["quaypost.example/news"]}, "lower-case"),
        ({"handles": ["@quay"]}, "without '@'"),
    ],
)
def test_a_row_that_is_wrong_is_named(change: dict[str, object], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        check_outlets({"outlets": [{**GOOD, **change}]})


def test_a_table_of_attribution_must_hold_words() -> None:
    assert check_attribution({"en": {"tip": "h/t|hat tip", "say": "said says", "one": "ٹی_وی"}}) == {
        "en": {"tip": ("h/t", "hat tip"), "say": ("said", "says"), "one": ("ٹی وی",)}
    }
    for wrong in ("", ["said"], "said||says"):
        with pytest.raises(ValueError, match=r"en\.say"):
            check_attribution({"en": {"say": wrong}})


def test_every_language_of_the_table_has_words_of_speech() -> None:
    assert all(words["say"] for words in attribution().values())
