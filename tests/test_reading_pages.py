"""Pages, feeds, WordPress's export and mail: the text that a reader sees, embeds marked, nothing of the frame."""

from __future__ import annotations

import html
import itertools
import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postscan.model import Embed, Post, Problem, Skipped
from postscan.pipeline import scan
from postscan.reading import FAMILIES, read
from postscan.reading.fragments import fragment_text
from postscan.reading.wordpress import content_text

TWEET = (
    '<blockquote class="twitter-tweet" data-dnt="true"><p lang="ar" dir="rtl">الطريق مغلق #المرفأ '
    '<a href="https://t.co/QrStUv9xY1">pic.twitter.com/QrStUv9xY1</a></p>&mdash; رنا حداد (@rana_quay) '
    '<a href="https://twitter.com/rana_quay/status/1423600000000000000?ref_src=twsrc%5Etfw">August 5, 2021</a>'
    '</blockquote><script async src="https://platform.twitter.com/widgets.js"></script>'
)
PAGE = f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Harbour closed | Quay Weekly</title>
<link rel="canonical" href="https://quay.example.org/harbour-closed">
<meta property="og:site_name" content="Quay Weekly">
<script type="application/ld+json">{{"@context": "https://schema.org", "@graph": [{{"@type": "NewsArticle",
"datePublished": "2021-08-06T09:30:00+03:00", "author": [{{"@type": "Person", "name": "Nadia Karam"}}]}}]}}</script>
</head><body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>Harbour closed</h1>
<p>The harbour was closed on Thursday after a crane fell across the eastern quay, the port authority said.</p>
<p>Nobody was hurt, and the first ferries are expected to leave again on Saturday morning at the earliest.</p>
{TWEET}
<p>Lorries are being sent along the old coast road, where queues of several kilometres had formed by noon.</p>
</article><footer>© 2021 Quay Weekly. All rights reserved.</footer></body></html>"""


def read_text(tmp_path: Path, name: str, content: str | bytes) -> list[Post | Skipped | Problem]:
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read(file))


def only_post(items: list[Post | Skipped | Problem]) -> Post:
    (post,) = items
    assert isinstance(post, Post), post
    return post


def words(post: Post, embed: Embed) -> str | None:
    return None if embed.body_start is None else post.text[embed.body_start : embed.body_end]


# -- pages


def test_page_is_its_article_with_the_embed_where_it_stood(tmp_path: Path) -> None:
    post = only_post(read_text(tmp_path, "saved.html", PAGE))
    (embed,) = post.embeds
    assert "Home" not in post.text
    assert post.text.index("Nobody was hurt") < embed.start < embed.end < post.text.index("Lorries are being sent")
    assert (embed.platform, embed.name, embed.handle) == ("x", "رنا حداد", "rana_quay")
    assert words(post, embed) == "الطريق مغلق #المرفأ"
    assert embed.media == ("pic.twitter.com/QrStUv9xY1",)
    assert embed.date == "2021-08-06"  # the id's own UTC day, not the printed one
    assert embed.url == "https://twitter.com/rana_quay/status/1423600000000000000"


def test_a_line_that_is_a_link_to_another_story_is_left_out_and_questions_stay(tmp_path: Path) -> None:
    answers = (
        "We opened the second kitchen in March, and by the end of the summer it fed four hundred people a day.",
        "Mostly from the farms around the lake, which had lost their buyers when the road to the coast was cut.",
        "The boilers are old, and nobody has made parts for them since the factory in the north was closed.",
        "A third kitchen, if the council lets us have the school; else we shall cook more in the two we have.",
    )
    questions = ("When did you begin?", "Where does the food come from?", "What worries you?", "And what is next?")
    talk = "".join(f"<h3>{asked}</h3><p>{said}</p>" for asked, said in zip(questions, answers, strict=True))
    teaser = '<p><a href="/2021/ferries">Ferries leave again on Saturday, says the port</a></p>'
    last = '<h6><strong>Also: </strong><a href="/2021/mayor">Mayor opens bridge to the old harbour</a></h6></article>'
    page = PAGE.replace(TWEET, talk + teaser + TWEET).replace("</article>", last)
    text = only_post(read_text(tmp_path, "a.html", page)).text
    wanted = (*answers, *questions, "Lorries are being sent")
    assert [said for said in wanted if said not in text] == []
    assert "Mayor" not in text
    assert "Ferries leave" not in text


LEAD = "For three days nothing can be landed at the town's only quay, and the islands have bread until Friday."


@pytest.mark.parametrize(
    ("above", "kept"),
    [
        (
            f'<div class="head"><h1>Harbour closed</h1><div class="crayon chapo-77 chapo"><p>{LEAD}</p></div></div>',
            True,
        ),
        (f'<header><h1>Harbour closed</h1><p class="article-header__standfirst">{LEAD}</p></header>', True),
        (f'<header><h1>Harbour closed</h1></header><aside><p class="related-dek">{LEAD}</p></aside>', False),
        (f'<h1>Harbour closed</h1><div class="chapo"><a href="/b">{LEAD}</a></div>', False),
        (f'<h1>Harbour closed</h1><p class="chapo">{LEAD}</p><p class="chapo">{LEAD.upper()}</p>', False),
        (f'<h1>Harbour closed</h1><p class="dekoration">{LEAD}</p>', False),
    ],
)
def test_a_lead_that_its_class_names_stands_above_the_text(above: str, kept: bool, tmp_path: Path) -> None:
    page = PAGE.replace("<article><h1>Harbour closed</h1>", f"{above}<article>")
    without = PAGE.replace("<article><h1>Harbour closed</h1>", "<h1>Harbour closed</h1><article>")
    text = only_post(read_text(tmp_path, "a.html", page)).text
    plain = only_post(read_text(tmp_path, "b.html", without)).text
    assert (LEAD in text, LEAD in plain) == (kept, False)
    if kept:
        assert text.startswith(LEAD)


def test_page_says_who_when_and_where(tmp_path: Path) -> None:
    post = only_post(read_text(tmp_path, "saved.html", PAGE))
    assert post.title == "Harbour closed"
    assert post.author == "Nadia Karam"
    assert post.channel == "Quay Weekly"
    assert post.created == "2021-08-06T09:30:00+03:00"
    assert post.url == "https://quay.example.org/harbour-closed"
    assert scan(post).created_from == "metadata"


BLOG = """<html><head><title>Quay notes: Harbour closed</title></head><body>
<div><h1 class="title"><a href="https://quay.example.org/">Quay notes</a></h1></div><article>
<h3 class="post-title entry-title" itemprop="headline">Harbour closed</h3><div class="post-body">
<p>The harbour was closed on Thursday after a crane fell across the eastern quay, the port authority said.</p>
<p>Nobody was hurt, and the first ferries are expected to leave again on Saturday morning at the earliest.</p></div>
<p>by <span class="author vcard"><span class="fn">Nadia Karam</span></span> at
<a href="#"><abbr class="published" title="2021-08-06T09:30:00+03:00">9:30</abbr></a></p></article></body></html>"""


def test_blog_that_says_nothing_in_its_head_is_known_by_its_microformats(tmp_path: Path) -> None:
    post = only_post(read_text(tmp_path, "a.html", BLOG))
    assert (post.title, post.author, post.created) == ("Harbour closed", "Nadia Karam", "2021-08-06T09:30:00+03:00")


@pytest.mark.parametrize(
    ("card", "author"),
    [
        ('<a rel="author" href="/nadia">Nadia Karam</a>', "Nadia Karam"),
        ('<span itemprop="author" itemscope><b itemprop="name">Nadia Karam</b>, Quay</span>', "Nadia Karam"),
        ('<a rel="author" href="/a">Nadia</a> <a rel="author" href="/b">Omar</a>', None),
        ('<a rel="author" href="/a">-</a>', None),
        ('<ol class="comment-list"><li><b itemprop="author">Omar</b> So it is.</li></ol>', None),
        ('<div class="author">Our authors are well known in all harbours</div>', None),
    ],
)
def test_author_that_a_page_shows_is_taken_where_it_is_one(card: str, author: str | None, tmp_path: Path) -> None:
    page = BLOG.replace('<span class="author vcard"><span class="fn">Nadia Karam</span></span>', card)
    assert only_post(read_text(tmp_path, "a.html", page)).author == author


def test_times_and_titles_of_other_stories_are_not_those_of_the_page(tmp_path: Path) -> None:
    other = '<li><h4 class="entry-title">Gale</h4><time class="published" datetime="2021-08-01T08:00:00Z"></time></li>'
    post = only_post(read_text(tmp_path, "a.html", BLOG.replace("</article>", f"</article><ul>{other}</ul>")))
    assert (post.title, post.created) == ("Quay notes: Harbour closed", None)
    headed = BLOG.replace('<h3 class="post-title entry-title" itemprop="headline">', "<h1>").replace("</h3>", "</h1>")
    post = only_post(read_text(tmp_path, "b.html", headed.replace("</article>", f"</article><ul>{other}</ul>")))
    assert (post.title, post.created) == ("Harbour closed", "2021-08-06T09:30:00+03:00")


UNSEEN = (
    "\u0633\u0647\N{ZERO WIDTH NON-JOINER}\u0634\u0646\u0628\u0647 crews (\N{WOMAN}\N{ZERO WIDTH JOINER}\N{WRENCH}) "
    "mended the quay "
    "\N{RIGHT-TO-LEFT MARK}(1)\N{LEFT-TO-RIGHT MARK} and the ferries left again before the evening tide."
)


def test_joiners_and_marks_of_direction_stay_in_the_text_of_a_page(tmp_path: Path) -> None:
    only_marks = "<p>\N{RIGHT-TO-LEFT MARK}</p>"
    written = f"<p>{UNSEEN.replace(chr(0x200C), '&zwnj;')}</p>{only_marks}<p>The cra\N{SOFT HYPHEN}ne stands again.</p>"
    text = only_post(read_text(tmp_path, "a.html", PAGE.replace(TWEET, TWEET + written))).text
    assert UNSEEN in text.split("\n")
    assert "\N{RIGHT-TO-LEFT MARK}" not in text.split("\n")
    assert "The crane stands again." in text


@pytest.mark.parametrize(
    "prefix",
    [
        "https://web.archive.org/web/20211006101112/",
        "/web/20211006101112if_/",
        "//web.archive.org/web/2021/",
        "https://archive.example.org/all/20211006101112mp_/",
        "https://archive.ph/o/AbC12/",
    ],
)
def test_page_that_an_archive_replays_has_the_addresses_that_it_had(prefix: str, tmp_path: Path) -> None:
    frame = '<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe>'
    page = PAGE.replace(TWEET, TWEET + frame)
    plain = only_post(read_text(tmp_path, "plain.html", page))
    bar = '<div id="wm-ipp-base"><p>COLLECTED BY the Quay, 3 captures of this page since October of that year</p></div>'
    replayed = page.replace('"https://', f'"{prefix}https://').replace("<body>", f"<body>{bar}")
    post = only_post(read_text(tmp_path, "replayed.html", replayed))
    assert (post.text, post.embeds, post.url) == (plain.text, plain.embeds, plain.url)
    assert [embed.platform for embed in post.embeds] == ["x", "youtube"]


@pytest.mark.parametrize(
    "author", ['"Nadia Karam"', '["https://quay.example.org/n", "Nadia Karam", "Omar"]', '{"name": "Nadia Karam"}']
)
def test_author_may_be_a_name_alone(author: str, tmp_path: Path) -> None:
    page = PAGE.replace('[{"@type": "Person", "name": "Nadia Karam"}]', author)
    assert author in page
    assert only_post(read_text(tmp_path, "saved.html", page)).author == "Nadia Karam"


def test_page_is_known_by_its_content_and_not_by_its_name(tmp_path: Path) -> None:
    assert only_post(read_text(tmp_path, "saved.txt", PAGE)).title == "Harbour closed"
    plain = only_post(read_text(tmp_path, "note.txt", "We write <html> in lower case here."))
    assert plain.text.startswith("We write")


@pytest.mark.parametrize("encoding", ["cp1256", "utf-8", "utf-16"])
def test_encoding_is_what_the_page_says_or_its_mark(encoding: str, tmp_path: Path) -> None:
    page = PAGE.replace("The harbour was closed", "المرفأ مغلق منذ الصباح. The harbour was closed")
    page = page.replace('<meta charset="utf-8">', f'<meta http-equiv="a" content="text/html; charset={encoding}">')
    page = page.replace("©", "&copy;")
    post = only_post(read_text(tmp_path, "saved.html", page.encode(encoding)))
    assert "المرفأ مغلق منذ الصباح" in post.text


def test_few_wrong_bytes_in_a_page_lose_nothing_else(tmp_path: Path) -> None:
    data = PAGE.encode().replace(b"Nobody was hurt", b"Nobody was \xff hurt")
    assert "Nobody was \N{REPLACEMENT CHARACTER} hurt" in only_post(read_text(tmp_path, "saved.html", data)).text


def test_page_without_text_is_skipped(tmp_path: Path) -> None:
    for content in ("<!doctype html>", "<html><body><script>let a = 1</script></body></html>"):
        (item,) = read_text(tmp_path, "empty.html", content)
        assert isinstance(item, Skipped)


def test_embed_whose_place_is_lost_follows_the_others(tmp_path: Path) -> None:
    page = PAGE.replace("</footer>", f"{TWEET.replace('الطريق مغلق', 'البوابة مفتوحة')}</footer>")
    post = only_post(read_text(tmp_path, "saved.html", page))
    assert len(post.embeds) == 2
    assert all(post.text[e.start : e.end].strip() for e in post.embeds)
    assert [e for e in scan(post).embeds if e.platform == "x"][:2] == list(post.embeds)


EMBEDS = {
    "bluesky": (
        (
            '<blockquote class="bluesky-embed" data-bluesky-uri="at://did:plc:abc/app.bsky.feed.post/3lbvgzfgyxs2c">'
            '<p lang="en">Tide is out<br><br><a href="#">[image or embed]</a></p>&mdash; Omar (<a href="#">'
            '@omar.quay.example</a>) <a href="#">November 28, 2024 at 3:22 PM</a></blockquote>'
        ),
        ("bluesky", "Omar", "omar.quay.example", "2024-11-27", "Tide is out"),
    ),
    "instagram": (
        (
            '<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/AbC/?utm=1">'
            '<a href="https://www.instagram.com/p/AbC/">View this post on Instagram</a><p>Low tide</p>'
            "<p>A post shared by Rana H (@rana.h) on Jun 16, 2019 at 7:30am PDT</p></blockquote>"
        ),
        ("instagram", "Rana H", "rana.h", "2019-06-16", "Low tide"),
    ),
    "tiktok": (
        (
            '<blockquote class="tiktok-embed" cite="https://www.tiktok.com/@quay/video/6718335390845095173" '
            'data-video-id="6718335390845095173"><section><a title="@quay" href="#">@quay</a> <p>Waves '
            '<a href="#">#tide</a></p> <a href="#">♬ original sound - quay</a></section></blockquote>'
        ),
        ("tiktok", None, "quay", "2019-07-27", "Waves #tide"),
    ),
    "facebook": (
        (
            '<div class="fb-post" data-href="https://www.facebook.com/quay/posts/1"><blockquote><p>Storm tonight</p>'
            'Posted by <a href="#">Quay</a> on&nbsp;<a href="#">Monday, February 7, 2022</a></blockquote></div>'
        ),
        ("facebook", "Quay", None, "2022-02-07", "Storm tonight"),
    ),
    "telegram": (
        '<script async src="x.js" data-telegram-post="quaynews/68"></script>',
        ("telegram", None, "quaynews", None, None),
    ),
    "reddit": (
        (
            '<blockquote class="reddit-embed-bq"><a href="https://www.reddit.com/r/quay/comments/1/t/">Is it open?</a>'
            '<br> by<a href="#">u/someone</a> in<a href="#">quay</a></blockquote>'
        ),
        ("reddit", None, "someone", None, "Is it open?"),
    ),
    "mastodon": (
        (
            '<blockquote class="mastodon-embed" data-embed-url="https://sea.example/@omar/1/embed">'
            '<a href="https://sea.example/@omar/1">Post by @omar@sea.example</a></blockquote>'
        ),
        ("mastodon", None, "omar@sea.example", None, None),
    ),
    "mastodon-frame": (
        '<iframe src="https://sea.example/@omar/109000000000000001/embed" class="mastodon-embed"></iframe>',
        ("mastodon", None, "omar@sea.example", None, None),
    ),
    "telegram-frame": (
        '<iframe src="https://t.me/quaynews/68?embed=1"></iframe>',
        ("telegram", None, "quaynews", None, None),
    ),
    "tiktok-frame": (
        '<iframe src="https://www.tiktok.com/player/v1/6718335390845095173"></iframe>',
        ("tiktok", None, None, "2019-07-27", None),
    ),
    "instagram-frame": (
        '<iframe src="https://www.instagram.com/p/CSabc-1/embed/captioned/"></iframe>',
        ("instagram", None, None, None, None),
    ),
    "no-address": (
        '<blockquote class="twitter-tweet"><p>Gone</p><a href="https://[x/status/1">a</a></blockquote>',
        ("x", None, None, None, None),
    ),
    "threads": (
        (
            '<blockquote class="text-post-media" data-text-post-permalink="https://www.threads.net/@omar/post/Ab1">'
            '<a href="#">View on Threads</a></blockquote>'
        ),
        ("threads", None, "omar", None, None),
    ),
    "youtube": (
        '<iframe src="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?rel=0"></iframe>',
        ("youtube", None, None, None, None),
    ),
    "x-frame": (
        '<iframe src="https://platform.twitter.com/embed/Tweet.html?dnt=1&id=1423600000000000000"></iframe>',
        ("x", None, None, "2021-08-06", None),
    ),
    "x-deleted": (
        (
            '<blockquote class="twitter-tweet"><a href="https://twitter.com/rana_quay/status/1423600000000000000"></a>'
            "</blockquote>"
        ),
        ("x", None, "rana_quay", "2021-08-06", None),
    ),
}


@pytest.mark.parametrize("name", EMBEDS)
def test_embed_code_of_each_platform_is_taken_exactly(name: str) -> None:
    source, (platform, author, handle, date, body) = EMBEDS[name]
    text, (embed,) = fragment_text(f"<p>Before.</p>{source}<p>After.</p>")
    assert (embed.platform, embed.name, embed.handle, embed.date) == (platform, author, handle, date)
    found = None if embed.body_start is None else text[embed.body_start : embed.body_end]
    assert found == body
    assert text.startswith("Before.\n\n")
    assert text.endswith("\n\nAfter.")
    assert text[: embed.start] == "Before.\n\n"
    assert text[embed.end :] == "\n\nAfter."
    found_again = scan(Post("1", text, embeds=(embed,))).embeds
    assert found_again == (embed,)


ATTRS = {
    "url": "https://twitter.com/rana_quay/status/1423600000000000000?s=20",
    "full_text": "Ropes &amp; boats, all <a href='https://a.example/1'>new</a> ",
    "username": "rana_quay",
    "name": "Rana",
    "photos": [],
}
AMP_TWEET = f'<amp-twitter data-tweetid="1423600000000000000">{TWEET.partition("<script")[0]}</amp-twitter>'
CODES = {
    "substack": (
        (
            f'<div class="tweet" data-attrs="{html.escape(json.dumps(ATTRS))}" data-component-name="Twitter2ToDOM">'
            "<a><div>Rana @rana_quay</div><p>Ropes &amp; boats, all new</p></a><p>12 Likes</p></div>"
        ),
        ("x", "Rana", "rana_quay", "2021-08-06", "Ropes & boats, all new"),
    ),
    "discourse": (
        (
            '<aside class="onebox twitterstatus" data-onebox-src="https://x.com/rana_quay/status/1423600000000000000">'
            '<article><h4><a>Rana (@rana_quay) on X</a></h4><div class="tweet"><span>Ropes and boats</span></div>'
            '<div class="date">6 Aug 2021</div></article></aside>'
        ),
        ("x", "Rana", "rana_quay", "2021-08-06", "Ropes and boats"),
    ),
    "amp-with-its-words": (AMP_TWEET, ("x", "رنا حداد", "rana_quay", "2021-08-06", "الطريق مغلق #المرفأ")),
    "oembed-with-its-words": (
        f'<div data-oembed-url="https://twitter.com/rana_quay/status/1423600000000000000">{TWEET}</div>',
        ("x", "رنا حداد", "rana_quay", "2021-08-06", "الطريق مغلق #المرفأ"),
    ),
    "without-class": (
        TWEET.partition("<script")[0].replace('class="twitter-tweet"', 'class="wp-block-quote"'),
        ("x", "رنا حداد", "rana_quay", "2021-08-06", "الطريق مغلق #المرفأ"),
    ),
    "bluesky-without-class": (
        EMBEDS["bluesky"][0].replace('class="bluesky-embed"', ""),
        EMBEDS["bluesky"][1],
    ),
    "bluesky-not-drawn": (
        (
            '<blockquote class="bluesky-embed" data-bluesky-uri="at://did:plc:abc/app.bsky.feed.post/3lbvgzfgyxs2c">'
            '<a href="https://bsky.app/profile/omar.quay.example/post/3lbvgzfgyxs2c">View</a></blockquote>'
        ),
        ("bluesky", None, "omar.quay.example", "2024-11-27", None),
    ),
    "facebook-in-arabic": (
        (
            '<div class="fb-post" data-href="https://www.facebook.com/quay/posts/1"><blockquote><p>البحر هادئ</p>'
            'تم النشر بواسطة <a href="#">المرسى</a> في&nbsp;<a href="#">الاثنين، 7 فبراير 2022</a></blockquote></div>'
        ),
        ("facebook", "المرسى", None, "2022-02-07", "البحر هادئ"),
    ),
}
MARK, BACK = "\N{RIGHT-TO-LEFT MARK}", "\N{LEFT-TO-RIGHT MARK}"


@pytest.mark.parametrize("name", CODES)
def test_embed_code_in_other_hands_is_taken_exactly(name: str) -> None:
    source, wanted = CODES[name]
    text, (embed,) = fragment_text(f"<p>Before.</p>{source}<p>After.</p>")
    found = None if embed.body_start is None else text[embed.body_start : embed.body_end]
    assert (embed.platform, embed.name, embed.handle, embed.date, found) == wanted
    assert text[: embed.start] == "Before.\n\n"
    assert text[embed.end :] == "\n\nAfter."


@pytest.mark.parametrize(
    ("signature", "name", "date"),
    [
        (
            f"تمت مشاركة منشور بواسطة {MARK}{BACK}Rana H{BACK}{MARK} (@{MARK}{BACK}rana.h{BACK}{MARK}){BACK}",
            "Rana H",
            None,
        ),
        (f"تم النشر بواسطة Rana H (@{MARK}rana.h{MARK}) في ١٢ أغسطس، ٢٠٢٠", "Rana H", "2020-08-12"),
        ("Une publication partagée par Rana H (@rana.h)", "Rana H", None),
        ("Una publicación compartida de Rana H (@rana.h)", "Rana H", None),
        ("Casa de Rana(@rana.h)\N{HIRAGANA LETTER GA}", "Casa de Rana", None),
        ("Rana H (@rana.h)'in paylaştığı bir gönderi", "Rana H", None),
    ],
)
def test_signature_of_instagram_is_read_in_other_languages(signature: str, name: str, date: str | None) -> None:
    source = f'<blockquote class="instagram-media"><a href="{PICTURE}">Instagram</a><p>{signature}</p></blockquote>'
    _, (embed,) = fragment_text(source)
    assert (embed.name, embed.handle, embed.date, embed.body_start) == (name, "rana.h", date, None)


@pytest.mark.parametrize(
    "quotation",
    [
        "<p>To be.</p>&mdash; Rana (@rana_quay)",
        '<p>To be.</p>&mdash; Rana (@rana_quay) <a href="https://twitter.com/omar/status/1423600000000000000">May</a>',
        '<p>To be.</p>See <a href="https://twitter.com/rana_quay/status/1423600000000000000">here</a>.',
        f"<p>{'Long words about a quay. ' * 50}</p>{TWEET[TWEET.index('&mdash;') :].partition('</blockquote>')[0]}",
    ],
)
def test_quotation_that_is_not_signed_as_a_tweet_is_none(quotation: str) -> None:
    assert fragment_text(f"<blockquote>{quotation}</blockquote>")[1] == ()


def test_what_is_no_embed_stays_text() -> None:
    quotation = '<blockquote class="quote"><p>To be.</p>&mdash; W. S.</blockquote>'
    text, embeds = fragment_text(f'{quotation}<iframe src="/a"></iframe>')
    assert embeds == ()
    assert text == "To be.\n\n— W. S."


STATUS, STATUS_DAY = "https://twitter.com/i/status/1423600000000000000", "2021-08-06"
VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
TIKTOK, TIKTOK_DAY = "https://www.tiktok.com/@quay/video/6718335390845095173", "2019-07-27"
PICTURE = "https://www.instagram.com/p/CSabc_-1/"
SKEET = "https://bsky.app/profile/did:plc:abc/post/3lbvgzfgyxs2c"
ASKED = "https://www.reddit.com/r/quay/comments/1abcde/is_it_open/"
THREAD = "https://www.threads.net/@quay/post/CuAbc123"
WALL = "https://www.facebook.com/quay/posts/10158612345"
CHANNEL = "https://t.me/quaynews/68"
DRAWN = (
    '<div class="twitter-tweet-rendered twitter-tweet"><iframe src="a/Tweet.html" data-tweet-id="{}"></iframe></div>'
)


@pytest.mark.parametrize(
    ("source", "url", "handle", "date"),
    [
        (DRAWN.format("1423600000000000000"), STATUS, None, STATUS_DAY),
        ('<twitter-widget data-tweet-id="1423600000000000000"></twitter-widget>', STATUS, None, STATUS_DAY),
        (f'<iframe class="instagram-media" src="{PICTURE}embed/captioned/?cr=1"></iframe>', PICTURE, None, None),
        (
            '<iframe src="https://embed.bsky.app/embed/did:plc:abc/app.bsky.feed.post/3lbvgzfgyxs2c?id=1"></iframe>',
            SKEET,
            None,
            "2024-11-27",
        ),
        (f'<iframe src="{ASKED.replace("www", "embed")}?embed=true"></iframe>', ASKED, None, None),
        (f'<iframe class="text-post-media" src="{THREAD}/embed/"></iframe>', THREAD, "quay", None),
        (
            '<div class="rll-youtube-player" data-src="https://www.youtube.com/embed/dQw4w9WgXcQ"></div>',
            VIDEO,
            None,
            None,
        ),
        (
            '<div data-consent="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?rel=0">Show this video?</div>',
            VIDEO,
            None,
            None,
        ),
        ('<iframe src="about:blank" data-any-src="//www.youtube.com/embed/dQw4w9WgXcQ"></iframe>', VIDEO, None, None),
        (f'<fb:post href="{WALL}"></fb:post>', WALL, "quay", None),
        ('<amp-youtube data-videoid="dQw4w9WgXcQ"></amp-youtube>', VIDEO, None, None),
        (f'<amp-tiktok data-src="{TIKTOK}"></amp-tiktok>', TIKTOK, "quay", TIKTOK_DAY),
        ('<embetty-tweet status="1423600000000000000"></embetty-tweet>', STATUS, None, STATUS_DAY),
        (f'<figure class="media"><oembed url="{TIKTOK}"></oembed></figure>', TIKTOK, "quay", TIKTOK_DAY),
        (f'<div data-oembed-url="{PICTURE}">[Media preview]</div>', PICTURE, None, None),
        (f'<div><a href="{TIKTOK}" data-iframely-url="//cdn.a.example/q"></a></div>', TIKTOK, "quay", TIKTOK_DAY),
        (f'<a class="embedly-card" href="{TIKTOK}">Quay</a>', TIKTOK, "quay", TIKTOK_DAY),
        (
            f'<iframe src="https://cdn.embedly.com/media.html?src=a&url={quote(TIKTOK + "?lang=en")}&key=1"></iframe>',
            TIKTOK,
            "quay",
            TIKTOK_DAY,
        ),
        (f'<figure><oembed url="{VIDEO}"></oembed></figure>', VIDEO, None, None),
        (f'<div class="js-embed" data-url="{TIKTOK}"><span class="spinner"> </span></div>', TIKTOK, "quay", TIKTOK_DAY),
        (
            '<iframe id="telegram-post-quaynews-68" src="a/68.html"></iframe>',
            "https://t.me/quaynews/68",
            "quaynews",
            None,
        ),
        (
            '<script data-telegram-post="quaynews/68"></script><iframe src="https://t.me/quaynews/68?embed=1"></iframe>',
            "https://t.me/quaynews/68",
            "quaynews",
            None,
        ),
        (
            (
                '<blockquote class="bluesky-embed" data-bluesky-uri="at://did:plc:abc/app.bsky.feed.post/3lbvgzfgyxs2c">'
                "</blockquote>"
            ),
            SKEET,
            None,
            "2024-11-27",
        ),
        (f'<div class="wp-block-embed__wrapper">\n{TIKTOK}\n</div>', TIKTOK, "quay", TIKTOK_DAY),
        ('<twitterwidget data-tweet-id="1423600000000000000"></twitterwidget>', STATUS, None, STATUS_DAY),
        (
            (
                f'<blockquote class="tiktok-embed" cite="{TIKTOK}" data-video-id="6718335390845095173">'
                "<iframe></iframe></blockquote>"
            ),
            TIKTOK,
            "quay",
            TIKTOK_DAY,
        ),
        (f'<div class="fb-post" data-href="{WALL}"><iframe src="a/post.html"></iframe></div>', WALL, "quay", None),
        ('<iframe id="telegram-post-quaynews-68" src="a_files/68.html"></iframe>', CHANNEL, "quaynews", None),
        (
            (
                f'<iframe id="telegram-post-quaynews-68" src="{CHANNEL}?embed=1"></iframe><script async src="w.js" '
                'data-telegram-post="quaynews/68"></script>'
            ),
            CHANNEL,
            "quaynews",
            None,
        ),
        (
            f'<iframe srcdoc="&lt;html&gt;&lt;link rel=canonical href=&quot;{VIDEO}&quot;&gt;"></iframe>',
            VIDEO,
            None,
            None,
        ),
        (
            (
                '<iframe src="//cdn.embedly.com/widgets/media.html?src=https%3A%2F%2Fwww.youtube.com%2F'
                'embed%2FdQw4w9WgXcQ&amp;url=https%3A%2F%2Fa.example"></iframe>'
            ),
            VIDEO,
            None,
            None,
        ),
        (
            (
                f'<iframe src="https://cdn.embedly.com/widgets/media.html?src=https%3A%2F%2Fcdn.embedly.com&amp;url={PICTURE}">'
                "</iframe>"
            ),
            PICTURE,
            None,
            None,
        ),
    ],
)
def test_an_embed_is_kept_as_a_browser_drew_it_or_before(
    source: str, url: str, handle: str | None, date: str | None
) -> None:
    text, (embed,) = fragment_text(f"<p>Before.</p>{source}<p>After.</p>")
    assert (embed.url, embed.handle, embed.date) == (url, handle, date)
    assert text == f"Before.\n\n{url}\n\nAfter."


def test_words_that_stand_in_an_element_until_it_is_drawn_are_the_embeds() -> None:
    source = f'<amp-twitter data-tweetid="1423600000000000000">{TWEET}</amp-twitter>'
    text, (embed,) = fragment_text(source)
    assert (embed.handle, embed.date) == ("rana_quay", "2021-08-06")
    assert text[embed.start : embed.end].startswith("الطريق مغلق")


SHARED = (
    '<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/AbC/"><a href="#">{view}'
    "</a><p>Low tide</p><p>{line}</p></blockquote>"
)


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Une publication partagée par Rana H (@rana.h)", None),
        ("Une publication partagée par Rana H (@rana.h) le 6 Août 2021 à 7 :30 PDT", "2021-08-06"),
        ("Una publicación compartida de Rana H (@rana.h)", None),
        ("Un post condiviso da Rana H (@rana.h)", None),
        ("Публикация от Rana H (@rana.h)", None),
        ("Rana H (@rana.h)'in paylaştığı bir gönderi", None),
        (
            (
                "تمت مشاركة منشور بواسطة \N{RIGHT-TO-LEFT MARK}\N{LEFT-TO-RIGHT MARK}Rana H\N{LEFT-TO-RIGHT MARK} "
                "(@\N{RIGHT-TO-LEFT MARK}rana.h\N{LEFT-TO-RIGHT MARK})\N{RIGHT-TO-LEFT MARK}"
            ),
            None,
        ),
    ],
)
def test_who_shared_a_picture_is_found_in_the_language_of_the_page(line: str, date: str | None) -> None:
    text, (embed,) = fragment_text(SHARED.format(view="عرض هذا المنشور على Instagram", line=line))
    assert (embed.name, embed.handle, embed.date) == ("Rana H", "rana.h", date)
    assert text[embed.body_start : embed.body_end] == "Low tide"


def test_a_facebook_post_is_signed_by_two_links_in_any_language() -> None:
    post = (
        '<div class="fb-post" data-href="https://www.facebook.com/quay/posts/1"><blockquote><p>Tempête</p>{}'
        'Publiée par <a href="#">Le Quai</a> sur&nbsp;<a href="#">{}</a></blockquote></div>'
    )
    text, (embed,) = fragment_text(post.format("", "Lundi 7 février 2022"))
    assert (embed.name, embed.date) == ("Le Quai", "2022-02-07")
    assert text[embed.body_start : embed.body_end] == "Tempête"
    for other in post.format("", "ici"), post.format('<a href="#">Ici</a> ', "7 février 2022"):
        assert fragment_text(other)[1][0].body_start is None


@pytest.mark.parametrize(
    "archive",
    ["https://web.archive.org/web/20210901120000/", "/web/20210901120000if_/", "https://archive.ph/o/aBcDe/"],
)
def test_links_of_an_archived_page_are_its_own(archive: str, tmp_path: Path) -> None:
    frame = '<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe>'
    page = PAGE.replace("<p>Lorries", f"{frame}<p>Lorries").replace('"https://', f'"{archive}https://')
    page = page.replace(f'": "{archive}', '": "')
    post = only_post(read_text(tmp_path, "saved.html", page))
    assert post.url == "https://quay.example.org/harbour-closed"
    assert [embed.url for embed in post.embeds] == [STATUS.replace("/i/", "/rana_quay/"), VIDEO]


@pytest.mark.parametrize(
    "above",
    [
        "<!-- saved from url=(0041)https://quay.example.org/harbour -->",
        "<html><!--\n Page saved with SingleFile \n url: https://quay.example.org/harbour \n saved date: today\n-->",
    ],
)
def test_address_is_what_the_browser_wrote_above_the_page(above: str, tmp_path: Path) -> None:
    page = PAGE.replace("<!DOCTYPE html>", "<!DOCTYPE html>\n" + above).replace('rel="canonical"', 'rel="next"')
    assert only_post(read_text(tmp_path, "saved.html", page)).url == "https://quay.example.org/harbour"


def test_signs_that_nobody_sees_stay_in_the_words_and_make_no_lines(tmp_path: Path) -> None:
    words = "کامیون\N{ZERO WIDTH NON-JOINER}ها به جاده قدیمی ساحلی رفتند و صف های چند کیلومتری در آن شکل گرفت."
    family = "\N{MAN}\N{ZERO WIDTH JOINER}\N{WOMAN}"
    page = PAGE.replace("<p>Lorries", f"<p>{words}</p><p>&#8203;</p><p>{family} Lorries")
    post = only_post(read_text(tmp_path, "saved.html", page))
    assert words in post.text
    assert f"{family} Lorries" in post.text
    assert "\N{ZERO WIDTH SPACE}" not in post.text


@pytest.mark.parametrize(
    "source",
    [
        '<script async src="https://www.instagram.com/embed.js"></script>',
        '<iframe src="https://www.instagram.com/quay/embed/"></iframe>',
        '<iframe data-tweet-id="none" src="https://a.example/tweet"></iframe>',
        '<div data-src="https://a.example/embed/dQw4w9WgXcQ"></div>',
        '<iframe src="https://embed.reddit.com/r/quay/"></iframe>',
        '<iframe class="mastodon-embed" src="a_files/embed.html"></iframe>',
        '<oembed url="https://twitter.com/rana_quay"></oembed>',
        '<div class="share" data-url="https://a.example/post/1" data-via="https://twitter.com/rana_quay"></div>',
        '<iframe src="https://a.example/button?url=https://www.tiktok.com/@quay/video/6718335390845095173"></iframe>',
        '<a class="embedly-card" href="https://a.example/post/1"></a>',
        '<a data-iframely-url="//cdn.a.example/q" href="https://twitter.com/rana_quay"></a>',
        '<iframe id="telegram-post-form" src="a.html"></iframe>',
        '<iframe class="mastodon-embed" src="./page_files/embed.html"></iframe>',
        '<iframe srcdoc="&lt;a href=https://www.youtube.com/watch?v=dQw4w9WgXcQ&gt;"></iframe>',
        '<iframe src="https://cdn.embedly.com/widgets/media.html?src=https%3A%2F%2Fa.example%2F1"></iframe>',
    ],
)
def test_scripts_profiles_and_frames_of_others_are_no_embeds(source: str) -> None:
    assert fragment_text(f"<p>Rain.</p>{source}") == ("Rain.", ())


@pytest.mark.parametrize("plugin", ["like", "share_button", "page", "comments", "like_box"])
def test_frames_of_buttons_and_boxes_are_no_embeds(plugin: str) -> None:
    frame = (
        f'<iframe src="https://www.facebook.com/v2.3/plugins/{plugin}.php?href=https%3A%2F%2Fa.example%2F1"></iframe>'
    )
    assert fragment_text(f"<p>Rain.</p>{frame}") == ("Rain.", ())
    post = frame.replace(plugin, "post")
    assert [embed.url for embed in fragment_text(f"<p>Rain.</p>{post}")[1]] == ["https://a.example/1"]


@pytest.mark.parametrize("times", [5, 20])
def test_an_article_that_names_a_video_is_no_embed(times: int) -> None:
    words = "The ferry left the quay at noon. " * times
    source = f'<div data-video="https://www.youtube.com/embed/dQw4w9WgXcQ"><p>{words}</p></div>'
    assert fragment_text(source) == (words.strip(), ())


@pytest.mark.parametrize("code", ['<iframe data-src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe>', TWEET])
def test_an_embed_that_is_there_again_without_scripts_is_one(code: str) -> None:
    again = f"<noscript>{code.replace('data-src', 'src')}</noscript>"
    wanted, _ = fragment_text(f"<p>Rain.</p>{code}<p>Snow.</p>")
    for source in (code + again, again + code):
        text, embeds = fragment_text(f"<p>Rain.</p>{source}<p>Snow.</p>")
        assert (text, len(embeds)) == (wanted, 1)
    assert len(fragment_text(f"<p>Rain.</p>{code}<p>Snow.</p>{code}")[1]) == 2


def test_embed_in_an_embed_is_a_part_of_it() -> None:
    inner = TWEET.replace("الطريق", "inner")
    _, embeds = fragment_text(
        f'<blockquote class="twitter-tweet"><p>Outer</p>{inner}&mdash; A (@a) May 1, 2021</blockquote>'
    )
    assert len(embeds) == 1


@given(st.text(max_size=300), st.integers(0, 3))
@settings(max_examples=150, deadline=None)
def test_no_html_makes_a_reader_raise_and_embeds_lie_in_order(source: str, copies: int) -> None:
    pieces = itertools.chain.from_iterable((source, EMBEDS["x-deleted"][0]) for _ in range(copies))
    text, embeds = fragment_text("".join(pieces) + source)
    assert [e.start for e in embeds] == sorted(e.start for e in embeds)
    assert all(0 <= e.start < e.end <= len(text) for e in embeds)


# -- feeds

RSS = f"""<?xml version="1.0"?><!-- made by hand --><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Quay Weekly</title><link>https://quay.example.org/</link>
<item><title>Fish &amp;amp; ships</title><link>https://quay.example.org/1</link><guid>tag:1</guid>
<pubDate>Fri, 06 Aug 2021 09:30:00 +0300</pubDate><dc:creator>Nadia</dc:creator>
<description>Short &lt;b&gt;words&lt;/b&gt; [&amp;#8230;]</description>
<content:encoded><![CDATA[<p>The gate is open.</p>{TWEET}<p>More on Monday.</p>]]></content:encoded></item>
<item><title>Second</title><link>https://quay.example.org/2</link>
<description>Only &lt;i&gt;this&lt;/i&gt; much [&amp;#8230;]</description></item>
<item><title>A title alone</title></item><item></item></channel></rss>"""


def test_items_of_rss_are_posts(tmp_path: Path) -> None:
    first, second, third, empty = read_text(tmp_path, "feed.xml", RSS)
    assert isinstance(first, Post)
    assert (first.id, first.title, first.author, first.channel) == ("tag:1", "Fish & ships", "Nadia", "Quay Weekly")
    assert first.created == "2021-08-06T09:30:00+03:00"
    assert first.text.startswith("The gate is open.\n\nالطريق مغلق")
    assert first.text.endswith("More on Monday.")
    assert first.embeds[0].handle == "rana_quay"
    assert isinstance(second, Post)
    assert (second.text, second.truncated, second.id) == ("Only this much […]", True, "https://quay.example.org/2")
    assert isinstance(third, Post)
    assert third.text == "A title alone"
    assert empty == Skipped("feed.xml", 3, "no text")


def test_entries_of_atom_are_posts(tmp_path: Path) -> None:
    feed = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Quay</title>
    <entry><title type="html">Gate &amp;lt;3</title><id>urn:1</id><link rel="self" href="https://q.example/self"/>
    <link href="https://q.example/1"/><published>2021-08-06T09:00:00Z</published><author><name>Omar</name></author>
    <content type="html">&lt;p&gt;Open &amp;amp; dry&lt;/p&gt;</content></entry>
    <entry><id>urn:2</id><updated>2021-08-07T09:00:00Z</updated><content type="xhtml">
    <div xmlns="http://www.w3.org/1999/xhtml"><p>One</p><p>Two</p></div></content></entry>
    <entry><id>urn:3</id><summary>5 &lt; 6 &amp; 7</summary></entry></feed>"""
    first, second, third = read_text(tmp_path, "atom", feed)
    assert isinstance(first, Post)
    assert (first.text, first.title, first.url, first.author) == (
        "Open & dry",
        "Gate <3",
        "https://q.example/1",
        "Omar",
    )
    assert isinstance(second, Post)
    assert (second.text, second.created) == ("One\n\nTwo", "2021-08-07T09:00:00Z")
    assert isinstance(third, Post)
    assert third.text == "5 < 6 & 7"


def test_prefix_that_nothing_declares_is_left_out_of_names(tmp_path: Path) -> None:
    item = "<item><title>Open</title><dc:creator>Omar</dc:creator></item>"
    first, second, _ = read_text(tmp_path, "a.xml", f"<rss><channel>{item}{item}</channel></rss>")
    assert [each.author for each in (first, second) if isinstance(each, Post)] == ["Omar", "Omar"]


def test_export_of_blogger_is_its_published_posts(tmp_path: Path) -> None:
    kind = '<category scheme="http://schemas.google.com/g/2005#kind" term="http://schemas.google.com/blogger/2008/kind#{}"/>'
    draft = "<app:control><app:draft>yes</app:draft></app:control>"
    kinds = [
        *map(kind.format, ("settings", "template", "page", "comment")),
        draft + kind.format("post"),
        kind.format("post"),
    ]
    later = [
        f"<blogger:type>{name}</blogger:type><blogger:status>{status}</blogger:status>"
        for name, status in (("POST", "LIVE"), ("POST", "DRAFT"), ("POST", "SOFT_TRASHED"), ("COMMENT", "LIVE"))
    ]
    entries = "".join(f"<entry>{what}<content>Open and dry</content></entry>" for what in kinds + later)
    spaces = 'xmlns:app="http://purl.org/atom/app#" xmlns:blogger="http://schemas.google.com/blogger/2018"'
    items = read_text(tmp_path, "a.xml", f'<feed xmlns="http://www.w3.org/2005/Atom" {spaces}>{entries}</feed>')
    assert [getattr(item, "reason", None) for item in items] == [
        "settings", "template", "page", "comment", "draft", None, None, "draft", "deleted post", "comment",
    ]  # fmt: skip


def test_broken_feed_gives_what_stands_before_the_break(tmp_path: Path) -> None:
    items = read_text(tmp_path, "feed.xml", RSS[: RSS.index("<item><title>A title")] + "<item><broken")
    assert [type(item) for item in items] == [Post, Post, Problem]
    assert isinstance(items[-1], Problem)
    assert "broken XML" in items[-1].message


@pytest.mark.parametrize(
    "bomb",
    [
        '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_entities_of_its_own_are_not_carried_out(bomb: str, tmp_path: Path) -> None:
    feed = f'<?xml version="1.0"?>{bomb}<rss><channel><item><title>&a;</title></item></channel></rss>'
    (item,) = read_text(tmp_path, "bomb.xml", feed)
    assert isinstance(item, Problem)
    assert "entities" in item.message


# -- WordPress

WXR = f"""<?xml version="1.0" encoding="UTF-8" ?><!-- a comment -->
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Quay</title>
<wp:author><wp:author_login>nk</wp:author_login><wp:author_display_name>Nadia Karam</wp:author_display_name></wp:author>
<item><title>Gate open</title><link>https://q.example/1</link><pubDate>Fri, 06 Aug 2021 07:00:00 +0000</pubDate>
<dc:creator>nk</dc:creator><guid>https://q.example/?p=1</guid><content:encoded><![CDATA[<!-- wp:paragraph -->
First line
second line #quay

https://twitter.com/rana_quay/status/1423600000000000000

[caption id="a_1" width="300"]<a href="b.jpg"><img src="a.jpg" /></a> Photo: R. Haddad[/caption]

[embed]https://youtu.be/dQw4w9WgXcQ[/embed]

[gallery ids="1,2"]

{TWEET}\x08]]></content:encoded><wp:post_date>2021-08-06 09:30:00</wp:post_date>
<wp:post_date_gmt>2021-08-06 06:30:00</wp:post_date_gmt><wp:status>publish</wp:status>
<wp:post_type>post</wp:post_type></item>
<item><title>About</title><wp:status>publish</wp:status><wp:post_type>page</wp:post_type></item>
<item><title>a.jpg</title><wp:status>inherit</wp:status><wp:post_type>attachment</wp:post_type></item>
<item><title>Not yet</title><wp:status>draft</wp:status><wp:post_type>post</wp:post_type></item>
<item><title>Secret</title><wp:status>private</wp:status><wp:post_type>post</wp:post_type></item>
</channel></rss>"""


def test_a_post_about_the_export_of_wordpress_is_text(tmp_path: Path) -> None:
    text = "Its namespace is http://wordpress.org/export/1.2/ and has been for years."
    assert only_post(read_text(tmp_path, "a.txt", text)).text == text


def test_published_posts_of_wordpress_are_read_and_the_rest_is_skipped_by_name(tmp_path: Path) -> None:
    post, *rest = read_text(tmp_path, "export.xml", WXR)
    assert isinstance(post, Post)
    assert post.text.split("\n\n")[:4] == [
        "First line\nsecond line #quay",
        "https://twitter.com/rana_quay/status/1423600000000000000",
        "Photo: R. Haddad",
        "https://youtu.be/dQw4w9WgXcQ",
    ]
    assert (post.author, post.author_id, post.channel, post.title) == ("Nadia Karam", "nk", "Quay", "Gate open")
    assert (post.created, post.url, post.id) == (
        "2021-08-06T06:30:00Z",
        "https://q.example/1",
        "https://q.example/?p=1",
    )
    assert [embed.handle for embed in post.embeds] == ["rana_quay"]
    assert "gallery" not in post.text
    reasons = [item.reason for item in rest if isinstance(item, Skipped)]
    assert reasons == ["page", "attachment", "draft", "private post"]
    found = scan(post)
    assert [embed.platform for embed in found.embeds] == ["x", "youtube", "x"]


def test_post_of_wordpress_without_a_time_in_utc_has_the_local_one(tmp_path: Path) -> None:
    wxr = WXR.replace("2021-08-06 06:30:00", "0000-00-00 00:00:00")
    first = read_text(tmp_path, "export.xml", wxr.replace("Fri, 06 Aug 2021 07:", "Thu, 01 Jan 1970 00:"))[0]
    assert isinstance(first, Post)
    assert first.created == "2021-08-06T09:30:00"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (
            "One.\n\n[tweet https://twitter.com/a/status/12345678 align='left']\n\nTwo.",
            "https://twitter.com/a/status/12345678",
        ),
        ("One.\n\n[tweet 1423600000000000000]\n\nTwo.", STATUS),
        ("One.\n\n[youtube https://www.youtube.com/watch?v=dQw4w9WgXcQ&w=640&h=385]\n\nTwo.", VIDEO),
        ("One.\n\n[instagram url=https://www.instagram.com/p/CSabc_-1/]\n\nTwo.", PICTURE),
        (f"One.\n\n[embedyt] {VIDEO} [/embedyt]\n\nTwo.", VIDEO),
        ("[vc_row][vc_column width='1/2']One.\n\nRain.[/vc_column][/vc_row]\n\nTwo.", "Rain."),
        ('One.\n\n[caption id="a" caption="The gate"]<img src="a.jpg">[/caption]\n\nTwo.', "The gate"),
        ("One.\n\nIt is [sic] so, [tweet] it.\n\nTwo.", "It is [sic] so, [tweet] it."),
    ],
)
def test_shortcodes_that_show_a_post_are_its_address_and_builders_leave_nothing(source: str, text: str) -> None:
    assert content_text(source)[0] == f"One.\n\n{text}\n\nTwo."


def test_cells_of_a_table_and_captions_of_figures_stand_apart() -> None:
    table = "<table><tr><th>Quay</th><th>Open</th></tr><tr><td>East</td><td>no</td></tr></table>"
    figure = "<figure><img src='a.jpg'><figcaption>The gate</figcaption></figure>Rain."
    assert fragment_text(f"Rain.{table}{figure}")[0] == "Rain.\n\nQuay\tOpen\nEast\tno\n\nThe gate\n\nRain."


def test_big_export_is_read_in_bounded_memory(tmp_path: Path) -> None:
    import tracemalloc

    item = WXR[WXR.index("<item><title>Gate") : WXR.index("</item>") + len("</item>")]
    head, tail = WXR[: WXR.index("<item>")], "</channel></rss>"
    with (tmp_path / "big.xml").open("w", encoding="utf-8") as file:
        file.write(head)
        for _ in range(2_000):
            file.write(item.replace("First line", "First line " + "word " * 1_000))
        file.write(tail)
    size = (tmp_path / "big.xml").stat().st_size
    tracemalloc.start()
    count = sum(isinstance(found, Post) for found in read(tmp_path / "big.xml"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 2_000
    assert size > 11_000_000
    assert peak < 4_000_000


# -- mail

MBOX = (
    "From rana@quay.example Fri Aug  6 09:30:00 2021\nFrom: =?utf-8?b?2LHZhtin?= <rana@quay.example>\n"
    "Subject: =?utf-8?q?Gate_=C3=A9?=\nDate: Fri, 06 Aug 2021 09:30:00 +0300\nMessage-ID: <1@quay.example>\n"
    'Content-Type: text/plain; charset="utf-8"\nContent-Transfer-Encoding: 8bit\n\n>From the quay: open. #المرفأ\n\n'
    "From omar@quay.example Fri Aug  6 10:30:00 2021\nFrom: omar@quay.example\nIn-Reply-To: <1@quay.example>\n"
    'Content-Type: multipart/alternative; boundary="b"\n\n--b\nContent-Type: text/html; charset=utf-8\n\n'
    f"<p>Thanks.</p>{TWEET}\n--b--\n\n"
    "From x@quay.example Fri Aug  6 11:30:00 2021\nFrom: x@quay.example\nContent-Type: image/png\n\nAAAA\n"
)


def test_messages_of_an_mbox_are_posts(tmp_path: Path) -> None:
    first, second, third = read_text(tmp_path, "list.mbox", MBOX)
    assert isinstance(first, Post)
    assert (first.text, first.title, first.id) == ("From the quay: open. #المرفأ", "Gate é", "1@quay.example")
    assert (first.author, first.author_id, first.created) == ("رنا", "rana@quay.example", "2021-08-06T09:30:00+03:00")
    assert isinstance(second, Post)
    assert second.reply_to == "1@quay.example"
    assert second.text.startswith("Thanks.\n\nالطريق")
    assert second.embeds[0].handle == "rana_quay"
    assert third == Skipped("list.mbox", 2, "mail without text")


def test_words_that_begin_a_line_as_a_message_does_begin_none(tmp_path: Path) -> None:
    first = MBOX.partition("\nFrom omar")[0].replace("open. #", "open.\n\nFrom the north a gale came in. #")
    items = read_text(
        tmp_path,
        "a.mbox",
        f"{first}\nFrom - Fri Aug  6 10:30:00 2021\nSubject: b\n\nDry.\n\nFrom x@y\nSubject: c\n\nWet.\n",
    )
    texts = [item.text for item in items if isinstance(item, Post)]
    assert texts[0].endswith("\n\nFrom the north a gale came in. #المرفأ")
    assert texts[1:] == ["Dry.", "Wet."]


def test_single_message_is_a_post(tmp_path: Path) -> None:
    text = MBOX.partition("\nFrom omar")[0].partition("\n")[2]
    post = only_post(read_text(tmp_path, "one.eml", text))
    assert post.text == ">From the quay: open. #المرفأ"


def test_charset_that_a_message_wrongly_names_is_found(tmp_path: Path) -> None:
    head = b"From: a@b.example\nSubject: x\nContent-Type: text/plain; charset=%s\nContent-Transfer-Encoding: 8bit\n\n"
    body = "الطريق إلى المرفأ مغلق منذ صباح اليوم بسبب الرياح".encode("cp1256")
    for charset in (b"utf-8", b"nonsense"):
        post = only_post(read_text(tmp_path, "one.eml", head % charset + body))
        assert "المرفأ" in post.text


@given(st.binary(max_size=400), st.sampled_from(["html", "feed", "wordpress", "mail"]))
@settings(max_examples=200, deadline=None)
def test_no_bytes_make_these_readers_raise(tmp_path_factory: pytest.TempPathFactory, data: bytes, family: str) -> None:
    heads = {"html": b"<html>", "feed": b"<rss>", "wordpress": b"<rss>", "mail": b"From a\nFrom: b\n\n"}
    file = tmp_path_factory.getbasetemp() / "any.bin"
    file.write_bytes(heads[family] + data)
    items: list[Any] = list(read(file, input_format=family))
    assert all(isinstance(item, (Post, Skipped, Problem)) for item in items)
    assert family in FAMILIES


# -- the shared measuring data


def test_samples_of_pages_feeds_and_mail_read_back(shared: Path) -> None:
    samples = shared / "samples"
    page = only_post(list(read(samples / "page.html")))
    assert [embed.platform for embed in page.embeds] == [
        "x", "instagram", "bluesky", "tiktok", "facebook", "telegram", "reddit",
    ]  # fmt: skip
    rss = only_post(list(read(samples / "feed.rss.xml")))
    assert (rss.title, rss.created) == ("Title & more", "2021-08-08T10:00:00Z")
    atom = only_post(list(read(samples / "feed.atom.xml")))
    assert (atom.text, atom.created) == ("Body", "2021-08-08T09:00:00+03:00")
    wordpress = only_post(list(read(samples / "wordpress.wxr.xml")))
    assert wordpress.created == "2021-08-08T10:00:00Z"
    assert [embed.handle for embed in wordpress.embeds] == ["example_user"]
    mail = only_post(list(read(samples / "list.mbox")))
    assert mail.text == "From the top\nBody #كابول"


def test_what_a_parser_leaves_out_of_a_page_since_it_lies_too_deep_is_a_problem(tmp_path: Path) -> None:
    words = "<p>Rain fell over the whole of the city today, and the quay was shut.</p>"
    page = tmp_path / "a.html"
    page.write_text(f"<!doctype html><body>{words}{'<div>' * 3000}{words}", encoding="utf-8")
    post, problem = read(page)
    assert isinstance(post, Post)
    assert isinstance(problem, Problem)
    assert "elements in so many others that some are not read" in problem.message
    page.write_text(f"<!doctype html><body>{'<div>' * 3000}{words}", encoding="utf-8")
    [problem] = read(page)
    assert isinstance(problem, Problem)


@pytest.mark.parametrize("value", ["", "=1", "='>'", '="<"'])
def test_a_tag_of_attributes_without_end_is_a_problem(value: str, tmp_path: Path) -> None:
    attributes = " ".join(f"a{at}{value}" for at in range(200_000))
    (tmp_path / "a.html").write_text(f"<!doctype html><body {attributes}><p>Rain</p>", encoding="utf-8")
    [problem] = read(tmp_path / "a.html")
    assert isinstance(problem, Problem)
    assert "a tag of more than 10,000 attributes" in problem.message
