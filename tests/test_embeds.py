"""Embeds: what holds for all texts, the arguments, and the two posts of the seed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postscan.embeds import FINDERS, find_embeds
from postscan.embeds.voices import PIC as PICTURE
from postscan.embeds.voices import PIC_SIGN
from postscan.model import Embed, Entity
from postscan.postlinks import has_path, match_post_link
from postscan.wordlists import check_embed_words, embed_words
from timing import assert_linear

PIC = "pic.twitter.com/Ab1Cd2Ef3G"
PIECES = st.sampled_from(
    [
        "Words of the page. ", "First words", "كلمات ", "page.Post", ".", "\n", "\n\n", " ", "\N{NO-BREAK SPACE}",
        "> ", "—", "— ", "-- ", "Name ", "(@handle)", "(@a.b.example)", "(@u@host.example)", "August 6, 2021",
        " ٦ أغسطس، ٢٠٢١", PIC, "#tag", "@one ", "♬ sound - x", "https://x.com/a/status/1715314866287825572",
        "[image or embed]", "View this post on Instagram\n", "A post shared by N (@n.n) on Jun 3, 2019",
        "Posted by P on\N{NO-BREAK SPACE}Monday, May 9, 2022", "by u/some_one in sub\n",
        "This post is unavailable\n", "Forwarded from N\n", "Post by @a\nView on Threads\n", "N, [8 May 2021]\n",
        "😭", "(", "](", "[", "2021",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.lists(PIECES, max_size=30).map("".join), st.text(max_size=80))


def check(text: str, embeds: tuple[Embed, ...]) -> None:
    end = 0
    for embed in embeds:
        assert end <= embed.start < embed.end <= len(text)
        assert text[embed.start : embed.end].strip() == text[embed.start : embed.end]
        end = embed.end
        assert (embed.body_start is None) == (embed.body_end is None)
        if embed.body_start is not None and embed.body_end is not None:
            assert embed.start <= embed.body_start < embed.body_end <= embed.end
            body = text[embed.body_start : embed.body_end]
            assert body.strip() == body
        assert all(link in text for link in embed.media)
        assert embed.rule


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_embeds_are_sorted_disjoint_trimmed_and_the_same_twice(text: str) -> None:
    found = find_embeds(text, ())
    check(text, found)
    assert find_embeds(text, ()) == found


@given(TEXTS, TEXTS)
@settings(max_examples=100, deadline=None)
def test_what_the_format_marked_stays_and_nothing_overlaps_it(before: str, after: str) -> None:
    text = f"{before}marked words{after}"
    marked = Embed("x", len(before), len(before) + 12, None, None, None, "m", None, None, (), "dom")
    found = find_embeds(text, (), (marked,))
    assert marked in found
    check(text, found)


PHRASES = sorted(
    phrase
    for subject, roles in embed_words().items()
    if subject != "voices"
    for some in roles.values()
    for phrase in some
)
CHANGES: list[Callable[[str], str]] = [
    str,
    str.upper,
    str.title,
    lambda phrase: phrase.replace(" ", "  "),
    lambda phrase: phrase.replace(" ", "\n"),
    lambda phrase: phrase.replace("i", "\N{LATIN SMALL LETTER DOTLESS I}").replace(
        "s", "\N{LATIN SMALL LETTER LONG S}"
    ),
    lambda phrase: phrase.replace("\N{LATIN SMALL LETTER DOTLESS I}", "i").replace("k", "\N{KELVIN SIGN}"),
    lambda phrase: phrase.replace("i", "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}").replace("'", "’"),
]
CHANGED = st.tuples(st.sampled_from(CHANGES), st.sampled_from(PHRASES)).map(lambda both: both[0](both[1]))
AROUND = st.sampled_from(
    [
        " ", "\n", "\n", "> ", "[", "]", ": ", ". ", ".", "! ", "\N{NO-BREAK SPACE}", " Name ", "(@n.n)", "— N ",
        "(\N{RIGHT-TO-LEFT MARK}@n)", "\N{FULLWIDTH LEFT PARENTHESIS}@n)", "@one ", "@a@b.example ", "♬ x",
        "Monday, May 9, 2022", "lundi 9 mai 1922", "الاثنين ٩ مايو ٢٠٢٢", "دوشنبه ۱۹ اردیبهشت ۱۴۰۱", "Montag, 9.5.2022",
        "Monday2022-05-09", "Mon 9 May2022", " in r/bells", "/u/clapper", ", [8 May 2021]", "t.co/@a", "https://t.co/",
        "x.com/a/status/1715314866287825572", "https://t.co/@eve@other.example/109999999999999999", "pic.x.com/a",
    ]
)  # fmt: skip
WIDGETS = st.lists(st.one_of(CHANGED, AROUND), max_size=9).map("".join)


@given(st.one_of(WIDGETS, TEXTS))
@settings(max_examples=500, deadline=None)
def test_what_has_no_sign_of_a_finder_has_nothing_that_it_finds(text: str) -> None:
    for finder in FINDERS:
        assert finder.may_find(text) or not list(finder.find(text))
    assert has_path(text) or not any(match_post_link(text, at) for at in range(len(text)))
    assert PIC_SIGN in text or not PICTURE.search(text)


@pytest.mark.parametrize(
    "text",
    [
        "The post could not be embedded",
        "> this TWEET is unavailable.",
        "BU\nTWEET kullanilamiyor",  # Turkish, typed without its own letters
        "Post by @a View on Threads",
        "The page.\n[ forwarded  from: N",
        "The page.\nN, [8 May 2021]",
        "Bells.Posted by P on Monday, May 9, 2022",
        "— N (\N{RIGHT-TO-LEFT MARK}@n) May 9, 2022",
        "@ab x ♬ y",
        "A post shared by N \N{FULLWIDTH LEFT PARENTHESIS}@n)",
        "by u/clapper in r/bells",
        "VIEW THIS POST ON INSTAGRAM",
    ],
)
def test_what_a_finder_finds_has_its_sign(text: str) -> None:
    found = [finder for finder in FINDERS if list(finder.find(text))]
    assert found
    assert all(finder.may_find(text) for finder in found)
    check(text, find_embeds(text, ()))


def test_a_body_does_not_reach_into_a_marked_embed() -> None:
    text = "Page.\nMARKED\nWords of a post\n— N (@nn) August 6, 2021"
    marked = Embed("x", 6, 12, 6, 12, None, None, None, None, (), "dom")
    first, second = find_embeds(text, (), (marked,))
    assert first == marked
    assert (second.start, text[second.body_start : second.body_end]) == (13, "Words of a post")


def test_a_link_without_a_scheme_is_taken_from_the_entities() -> None:
    text = "Watch:\nx.com/cam/status/1715314866287825572\nThe end."
    link = Entity("url", 7, 43, "https://x.com/cam/status/1715314866287825572")
    assert find_embeds(text, ()) == ()
    [embed] = find_embeds(text, (link,))
    assert (embed.start, embed.end, embed.handle, embed.date) == (7, 43, "cam", "2023-10-20")


@pytest.mark.parametrize(
    ("url", "platform", "handle"),
    [
        ("https://www.twitter.com/a_1/statuses/1715314866287825572/photo/1", "x", "a_1"),
        ("https://x.com/i/web/status/1715314866287825572", "x", None),
        ("https://www.instagram.com/reel/CSPh7Fqn9Jx/", "instagram", None),
        ("https://www.facebook.com/pier.page/posts/pfbid02abc", "facebook", "pier.page"),
        ("https://www.facebook.com/123456/videos/99", "facebook", None),
        ("https://m.facebook.com/watch/?v=123", "facebook", None),
        ("https://www.facebook.com/groups/pierfans/posts/77/", "facebook", "pierfans"),
        ("https://t.me/s/quaywatch/12", "telegram", "quaywatch"),
        ("https://t.me/c/1234/56", "telegram", None),
        ("https://youtu.be/abcdef12345", "youtube", None),
        ("https://www.youtube.com/watch?list=x&v=abcdef12345", "youtube", None),
        ("https://old.reddit.com/r/pier/comments/1abc/title/", "reddit", None),
        ("https://www.threads.net/@pier.page/post/CuX_1", "threads", "pier.page"),
        ("https://social.example/@eve/109999999999999999", "mastodon", "eve@social.example"),
        ("https://social.example/@eve@other.example/109999999999999999", "mastodon", "eve@other.example"),
    ],
)
def test_links_to_one_post_are_known_by_platform(url: str, platform: str, handle: str | None) -> None:
    link = match_post_link(f"{url}.", 0)
    assert link is not None
    assert (link.platform, link.handle, link.url) == (platform, handle, url)


@pytest.mark.parametrize(
    "url",
    [
        "https://x.com/someone", "https://twitter.com/hashtag/kabul", "https://t.me/quaywatch", "https://t.me/joinchat/AbCd",
        "https://www.youtube.com/@channel", "https://www.instagram.com/someone/", "https://www.facebook.com/page",
        "https://netflix.com/a/status/12", "https://www.reddit.com/r/pier/", "https://bsky.app/profile/eve.example",
    ],
)  # fmt: skip
def test_profiles_channels_and_tags_are_no_posts(url: str) -> None:
    assert match_post_link(url, 0) is None
    assert find_embeds(f"Look:\n{url}\nThe end.", ()) == ()


@pytest.mark.parametrize(
    ("date", "day"),
    [
        (" 6. August 2021", "2021-08-06"),
        ("\n        August 6, 2021", "2021-08-06"),
        (" [August 6, 2021]", "2021-08-06"),
        (" 2021-08-06T10:00:00Z", "2021-08-06"),
        (" ۱۵ مرداد ۱۴۰۰", "2021-08-06"),
        (" https://twitter.com/n_n/status/1423569361238420480", "2021-08-06"),
        ("\nhttps://twitter.com/N_n/status/1423569361238420480", "2021-08-06"),
        ("", None),
        ("\n\nAugust 6, 2021 was a Friday.", None),
    ],
)
def test_the_day_of_an_attribution_may_be_linked_wrapped_or_missing(date: str, day: str | None) -> None:
    text = f"The page speaks here.\n\nAnd somebody else here!\n— N N (@n_n){date}\n\nThe page goes on."
    [embed] = find_embeds(text, ())
    assert (embed.date, embed.name, text[embed.body_start : embed.body_end]) == (day, "N N", "And somebody else here!")


@pytest.mark.parametrize(
    "dash", ["—", "— ", " — ", "\n— ", "\n-- ", "\n- ", "\n– ", "―", " &mdash; ", "\N{NO-BREAK SPACE}— "]
)
def test_every_dash_opens_an_attribution_that_has_a_day(dash: str) -> None:
    text = f"The page speaks here.\n\nAnd somebody else here!{dash}N N (@n_n) August 6, 2021\n\nThe page goes on."
    [embed] = find_embeds(text, ())
    assert (embed.name, text[embed.body_start : embed.body_end]) == ("N N", "And somebody else here!")


SHAPES = [
    "— ", "(@a)", "— N (@a) ", "word — N (@a) August 6, 2021 ", "w w.\n— N (@a) August 6, 2021\n", f"x {PIC}\n",
    f"{PIC} ", "word ", "Word word. ", "\n", "> ", "https://x.com/a/status/1715314866287825572\n", "♬ ",
    "\n@a ♬ x", "Posted by x on ", "View this post on Instagram ", "A post shared by N (@a) on ",
    "x\nForwarded from a\n", "a, [8 Aug 2021]\n", "this tweet is unavailable\n", "word.Word ", "[",
]  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_time_grows_with_length_alone(shape: str) -> None:
    def prepare(size: int) -> Callable[[], object]:
        text = shape * (size // len(shape))
        return lambda: find_embeds(text, ())

    find_embeds(shape, ())
    assert_linear(prepare, 20_000)


def test_a_table_with_a_phrase_that_is_not_folded_is_refused() -> None:
    with pytest.raises(ValueError, match=r"gone\.x"):
        check_embed_words({"gone": {"x": ["This Tweet"]}})


def test_the_seeds_two_posts_are_exact(shared: Path) -> None:
    [path] = (shared / "seed").glob("*.txt")
    text = path.read_text(encoding="utf-8")
    first, second = find_embeds(text, ())
    assert (first.start, first.end, first.body_start, first.body_end) == (1870, 2115, 1870, 2032)
    assert (second.start, second.end, second.body_start, second.body_end) == (2417, 2574, 2417, 2507)
    assert (first.handle, first.date, len(first.media)) == ("roohullahumar1", "2021-08-06", 1)
    assert (second.name, second.handle, second.date) == ("Fahim Abed", "fahimabed", "2021-08-06")
    assert second.media == (text[2508:2534],)
