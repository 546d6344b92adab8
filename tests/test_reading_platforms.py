"""What platforms export: every record a post, a listed problem or skipped by name, with ids, dates and text exact."""

from __future__ import annotations

import gzip
import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from postscan.model import Embed, Entity, Post, Problem, Skipped
from postscan.pipeline import scan_many
from postscan.reading import FAMILIES, Notes, read
from postscan.reading.documents import Document, Fault, Value
from postscan.reading.marks import Claim, place, unescape
from postscan.reading.markup import flatten, parse_html
from postscan.reading.peek import peek
from postscan.reading.rows import FieldError
from postscan.reading.streams import DamagedError, Stream
from postscan.reading.values import (
    count_in,
    from_epoch,
    from_x_time,
    object_in,
    objects_in,
    text_in,
    words_in,
)

Item = Post | Skipped | Problem
FIRE = "\N{FIRE}"
OWN = ["x-archive", "telegram-html", "4cat", "x-api", "bluesky", "mastodon", "telegram", "reddit", "tiktok", "facebook"]
OWN += ["telethon", "reddit-api", "youtube-api", "video-info", "instagram", "json", "jsonl"]
"""The families whose files are tried here."""
NAMES = """
id id_str text full_text user entities hashtags indices created_at screen_name data includes tweets users
referenced_tweets type retweeted_status extended_tweet rest_id legacy core tweet noteTweet uri record facets
index features byteStart embed reply parent reason by post feed commit time_us orderedItems object content tag
attachment actor account reblog messages chats list date date_unixtime from text_entities poll timestamp
attachments title media creation_timestamp string_map_data Comment Comments CommentsList Video Videos
VideoList Date Link subreddit selftext body link_id created_utc __import_meta source_platform desc createTime
author stats taken_at caption code shortcode edge_media_to_caption edges node posts statuses withheld
quoted_status kind children replies reply_to_peer_id todo_list answers question title label_values label value
_ peer_id message fwd_from formats format_id comments extractor_key webpage_url snippet topLevelComment
textDisplay replyCount items note life_event description
group_posts activity_log_data media_list_data photos media_comments path about contacts
quoted_status aweme_id awemeId authorInfo statistics commentary updateMetadata urn creationTs upVoteCount creator title
description upvote_count account_id c ca ai author_info g note_card note interactInfo user note_id display_title pinner
board _zs-origin comet_sections story message actors metadata cid comment_id post_id thread statuses descendants
_type rawContent renderedContent retweetedTweet quotedTweet links tcourl mentionedUsers hashtags
identity kind did py_type created_at index byte_start likes shares totalItems quoted_post
""".split()  # noqa: SIM905
"""Names of fields that the families look at."""


def put(folder: Path, name: str, content: Any) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    if not isinstance(content, (str, bytes)):
        content = json.dumps(content, ensure_ascii=False, indent=1)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def lines(*rows: Any) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def items_of(folder: Path, name: str, content: Any, **options: Any) -> list[Item]:
    return list(read([put(folder, name, content)], **options))


def posts_of(folder: Path, name: str, content: Any, **options: Any) -> list[Post]:
    items = items_of(folder, name, content, **options)
    assert all(isinstance(item, Post) for item in items), items
    return [item for item in items if isinstance(item, Post)]


def post_of(folder: Path, name: str, content: Any, **options: Any) -> Post:
    (post,) = posts_of(folder, name, content, **options)
    return post


def reasons_of(items: list[Item]) -> list[str]:
    return [item.reason for item in items if isinstance(item, Skipped)]


def surfaces(post: Post) -> list[tuple[str, str, str | None]]:
    return [(mark.kind, post.text[mark.start : mark.end], mark.expanded) for mark in post.marked]


# X, interface 1.1


def tweet(text: str, **fields: Any) -> dict[str, Any]:
    return {
        "created_at": "Fri Aug 06 10:30:00 +0000 2021",
        "id": 1423600000000000001,
        "id_str": "1423600000000000001",
        "full_text": text,
        "user": {"id_str": "10", "screen_name": "nrahimi", "name": "N. Rahimi"},
        "favorite_count": 2,
        "retweet_count": 1,
    } | fields


def tweet_v2(number: str, text: str, **fields: Any) -> dict[str, Any]:
    row = {"id": number, "text": text, "author_id": "10", "created_at": "2021-08-06T10:30:00.000Z"}
    return (
        row
        | {"public_metrics": {"like_count": 3, "retweet_count": 2, "reply_count": 1, "impression_count": 9}}
        | fields
    )


def test_a_tweet_keeps_its_id_time_author_and_counts(tmp_path: Path) -> None:
    post = post_of(tmp_path, "a.jsonl", lines(tweet("Rain &amp; hail &lt;3", in_reply_to_status_id_str="7")))
    assert post == Post(
        id="1423600000000000001",
        text="Rain & hail <3",
        path="a.jsonl",
        record=0,
        platform="x",
        author="nrahimi",
        author_id="10",
        created="2021-08-06T10:30:00Z",
        url="https://x.com/nrahimi/status/1423600000000000001",
        reply_to="7",
        counts={"likes": 2, "shares": 1},
    )


def test_marks_of_a_tweet_refer_to_its_unescaped_text(tmp_path: Path) -> None:
    text = f"A &amp; B {FIRE} #كابل @dana $AAPL https://t.co/abcdefghij"
    at = {word: (text.index(word), text.index(word) + len(word)) for word in ("#كابل", "@dana", "$AAPL", "https")}
    url = [at["https"][0], len(text)]
    entities = {
        "hashtags": [{"text": "كابل", "indices": list(at["#كابل"])}],
        "symbols": [{"text": "AAPL", "indices": list(at["$AAPL"])}],
        "user_mentions": [{"screen_name": "Dana", "indices": list(at["@dana"])}],
        "urls": [{"url": "https://t.co/abcdefghij", "expanded_url": "https://a.example/x", "indices": url}],
    }
    media = {"media": [{"url": "https://t.co/abcdefghij", "expanded_url": "https://no.example", "indices": url}]}
    post = post_of(tmp_path, "a.json", [tweet(text, entities=entities, extended_entities=media)])
    assert surfaces(post) == [
        ("hashtag", "#كابل", None),
        ("handle", "@dana", None),
        ("cashtag", "$AAPL", None),
        ("url", "https://t.co/abcdefghij", "https://a.example/x"),
    ]


def test_long_forms_of_a_tweet_are_taken_and_what_stays_cut_is_counted(tmp_path: Path) -> None:
    notes = Notes()
    extended = tweet("", truncated=True, extended_tweet={"full_text": "The whole text #end", "entities": {}})
    del extended["full_text"]
    cut = tweet("", truncated=True, entities={"hashtags": [{"text": "gone", "indices": [150, 155]}]})
    cut |= {"text": "Cut…", "full_text": None}
    whole, short = posts_of(tmp_path, "a.jsonl", lines(extended | {"text": "The wh…"}, cut), notes=notes)
    assert (whole.text, whole.truncated) == ("The whole text #end", False)
    assert (short.text, short.truncated, short.marked) == ("Cut…", True, ())
    assert notes.remarks["cut", ""].count == 1
    assert notes.remarks["mark-cut", "hashtag"].count == 1


def test_a_tweet_that_names_a_longer_form_without_its_words_is_cut(tmp_path: Path) -> None:
    note = {"note_tweet": {"id": "Tm90ZVR3ZWV0OjE="}}
    old, new = tweet("freedom, opportunity and a", **note), tweet_v2("1", "freedom, opportunity and a", **note)
    assert post_of(tmp_path, "a.jsonl", lines(old)).truncated
    assert post_of(tmp_path, "b.jsonl", lines(new)).truncated
    assert not post_of(tmp_path, "c.jsonl", lines(tweet_v2("1", "short", note_tweet={"text": "The whole"}))).truncated


def test_what_a_cut_breaks_off_is_no_entity(tmp_path: Path) -> None:
    def values(text: str, **fields: Any) -> list[str]:
        mention = {"mentions": [{"start": 3, "end": 8, "username": "dana"}]}
        row = tweet_v2("2", text, entities=mention | fields, referenced_tweets=[{"type": "retweeted", "id": "3"}])
        (scan,) = scan_many([post_of(tmp_path, "a.jsonl", lines(row))])
        return [entity.value for entity in scan.entities]

    assert values("RT @dana: gone #kpo…") == ["dana"]
    assert values("RT @dana: gone @MarosSe…") == ["dana"]
    assert values("RT @dana: gone https://t.co/Ab1…") == ["dana"]
    assert values("RT @dana: all #kpop…", hashtags=[{"start": 14, "end": 19, "tag": "kpop"}]) == ["dana", "kpop"]
    assert values("RT @dana: #kpop and on… to the #end") == ["dana", "kpop", "end"]
    (whole,) = scan_many([Post("1", "wait for it #kpo…")])  # nobody says that it was cut
    assert [entity.value for entity in whole.entities] == ["kpo"]


def test_a_retweet_has_the_words_of_its_tweet_in_full(tmp_path: Path) -> None:
    words = "Water came down the hill " * 8 + "#flood"
    original = tweet(words, id_str="5", user={"screen_name": "dana", "id_str": "11"})
    original["entities"] = {"hashtags": [{"text": "flood", "indices": [len(words) - 6, len(words)]}]}
    post = post_of(tmp_path, "a.jsonl", lines(tweet(f"RT @dana: {words[:100]}…", retweeted_status=original)))
    assert (post.text, post.repost_of, post.author, post.truncated) == (words, "5", "nrahimi", False)
    assert surfaces(post) == [("hashtag", "#flood", None)]


def test_a_quoted_tweet_is_an_embed_at_its_link(tmp_path: Path) -> None:
    link = {"url": "https://t.co/abcdefghij", "expanded_url": "https://twitter.com/dana/status/1423600000000000009"}
    quoted = {"id_str": "1423600000000000009", "user": {"name": "Dana K"}, "full_text": "Smoke"}
    row = tweet(
        "Look https://t.co/abcdefghij",
        quoted_status_id_str="1423600000000000009",
        quoted_status=quoted,
        entities={"urls": [link | {"indices": [5, 28]}]},
    )
    post = post_of(tmp_path, "a.jsonl", lines(row))
    assert post.quote_of == "1423600000000000009"
    page = tweet("Look", quoted_tweet=quoted)  # as pages that show a tweet have it
    assert post_of(tmp_path, "b.jsonl", lines(page)).quote_of == "1423600000000000009"
    address = "https://twitter.com/dana/status/1423600000000000009"
    assert post.embeds == (Embed("x", 5, 28, None, None, "Dana K", "dana", "2021-08-06", address, (), "marked"),)


def test_what_a_stream_says_beside_tweets_is_skipped_by_name(tmp_path: Path) -> None:
    rows = lines(
        tweet("Rain"),
        {"delete": {"status": {"id": 1}}},
        {"limit": {"track": 5}},
        tweet("@dana's account has been withheld in Y"),
    )
    items = items_of(tmp_path, "a.jsonl", rows)
    assert reasons_of(items) == ["tombstone: delete", "tombstone: limit", "tombstone: withheld"]
    assert [item.record for item in items] == [0, 1, 2, 3]


def test_tweets_of_web_pages_are_read_with_their_long_form_and_what_they_repeat(tmp_path: Path) -> None:
    def result(number: str, text: str, name: str, **more: Any) -> dict[str, Any]:
        return {
            "rest_id": number,
            "core": {
                "user_results": {"result": {"rest_id": "9", "legacy": {"screen_name": name, "name": name.upper()}}}
            },
            "views": {"count": "70"},
            "legacy": {"full_text": text, "created_at": "Fri Aug 06 10:30:00 +0000 2021", "entities": {}},
        } | more

    long = result("1", "Cut…", "dana", note_tweet={"note_tweet_results": {"result": {"text": "All of it"}}})
    repeat = result("2", "RT @dana: Cut…", "yara")
    repeat["legacy"]["retweeted_status_result"] = {"result": {"tweet": long}}
    gone = {"rest_id": "3", "tweet": {"tombstone": {}}}
    first, second, third = items_of(tmp_path, "a.jsonl", lines(long, repeat, gone))
    assert isinstance(first, Post)
    assert isinstance(second, Post)
    assert (first.text, first.author, first.author_id, first.counts) == ("All of it", "dana", "9", {"views": 70})
    assert (second.text, second.repost_of, second.author) == ("All of it", "1", "yara")
    assert isinstance(third, Skipped)


def scraped(number: int, text: str, **fields: Any) -> dict[str, Any]:
    user = {"_type": "snscrape.modules.twitter.User", "username": "dana", "id": 10, "displayname": "Dana Quay"}
    row = {"_type": "snscrape.modules.twitter.Tweet", "id": number, "rawContent": text, "user": user, "likeCount": 3}
    return row | {"date": "2021-08-06T10:30:00+00:00", "retweetCount": 2, "replyCount": 1, "viewCount": None} | fields


def test_tweets_of_snscrape_and_twscrape_are_read(tmp_path: Path) -> None:
    number = 1423600000000000001
    link = {"text": "a.example/x", "url": "https://a.example/x", "tcourl": "https://t.co/abcdefghij"}
    text = f"Tea &amp; #rain @Yara {link['tcourl']}"
    marks: dict[str, Any] = {"hashtags": ["rain", "gone"], "mentionedUsers": [{"username": "yara"}], "links": [link]}
    first = scraped(number, text, **marks, inReplyToTweetId=7, quotedTweet={"id": 8, "user": None})
    placed = link | {"indices": [text.index("https"), len(text)]}
    before = scraped(number, text, **marks | {"links": [placed]})
    before = {name: value for name, value in before.items() if name not in ("_type", "rawContent")}
    before |= {"content": text, "renderedContent": "Tea & #rain @Yara a.example/x"}
    repeated = scraped(number + 1, "RT @dana: Tea…", retweetedTweet=first, date="2021-08-06 10:31:00+00:00", id_str="9")
    one, two, three = posts_of(tmp_path, "a.jsonl", lines(first, before, repeated))
    assert one.text == "Tea & #rain @Yara https://t.co/abcdefghij"
    assert (one.id, one.author, one.author_id, one.platform) == (str(number), "dana", "10", "x")
    assert (one.created, one.reply_to, one.quote_of) == ("2021-08-06T10:30:00Z", "7", "8")
    assert (one.counts, one.url) == ({"likes": 3, "shares": 2, "replies": 1}, f"https://x.com/dana/status/{number}")
    wanted = [("hashtag", "#rain", None), ("handle", "@Yara", None), ("url", link["tcourl"], link["url"])]
    assert surfaces(one) == surfaces(two) == surfaces(three) == wanted
    assert (three.id, three.text, three.repost_of) == ("9", one.text, str(number))
    assert three.created == "2021-08-06T10:31:00Z"
    gone = scraped(number, "@dana's account has been withheld in Quay in response to a legal demand.")
    assert reasons_of(items_of(tmp_path, "b.jsonl", lines(gone, {"_type": "snscrape.modules.twitter.User"}))) == [
        "tombstone: withheld",
        "no tweet",
    ]


def test_a_page_of_search_results_is_unfolded(tmp_path: Path) -> None:
    page = {"statuses": [tweet("One"), tweet("Two", id_str="2")], "search_metadata": {"count": 2}}
    assert [(post.id, post.record) for post in posts_of(tmp_path, "a.json", page)] == [
        ("1423600000000000001", 0),
        ("2", 1),
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"[1]", "not a JSON object"),
        (b'{"full_text": "cut', "broken JSON at character"),
        (b'{"full_text": "a\xff"}', "not utf-8 at byte"),
        (b'{"id": ' + b"9" * 5000 + b"}", "a number too long"),
        (json.dumps(tweet("x" * 9000)).encode(), "more than 6,000 bytes in one row"),
        (json.dumps(tweet("Rain", user=5)).encode(), '"user" is a number, not an object'),
        (json.dumps({"text": "Rain", "user": 5}).encode(), "no tweet"),
        (json.dumps(tweet("Rain", entities=5)).encode(), '"entities" is a number, not an object'),
        (json.dumps({"statuses": [tweet("Rain", entities={"hashtags": 5})]}).encode(), "not a list"),
        (json.dumps({"data": [tweet_v2("1", "Rain")], "includes": 5}).encode(), '"includes" is a number'),
    ],
)
def test_a_line_that_cannot_be_read_is_listed_with_its_place(tmp_path: Path, line: bytes, said: str) -> None:
    good = json.dumps(tweet("Rain")).encode()
    first, broken, last = items_of(tmp_path, "a.jsonl", b"\n".join([good, line, b" ", good]), max_record=6000)
    assert isinstance(first, Post)
    assert isinstance(last, Post)
    assert (broken.record, last.record) == (1, 2)
    assert said in (broken.message if isinstance(broken, Problem) else str(broken))


def test_lines_of_tweets_in_another_encoding_and_with_broken_signs_are_read(tmp_path: Path) -> None:
    notes = Notes()
    rows = lines(tweet("مطر"), tweet("برد"))
    assert [post.text for post in posts_of(tmp_path, "a.jsonl", rows.encode("utf-16"))] == ["مطر", "برد"]
    assert [post.text for post in posts_of(tmp_path, "b.jsonl", rows.encode("cp1256"), encoding="cp1256")] == [
        "مطر",
        "برد",
    ]
    lone = json.dumps(tweet("a\ud800b"))
    assert post_of(tmp_path, "c.jsonl", lone, notes=notes).text == "a\ufffdb"
    assert notes.remarks["surrogate", ""].count == 1


# X, interface 2


def test_pages_are_unfolded_and_what_is_beside_the_tweets_fills_them(tmp_path: Path) -> None:
    words = "All of the long words " * 10 + "#end"
    original = tweet_v2("5", words[:140] + "…", author_id="11")
    original["note_tweet"] = {
        "text": words,
        "entities": {"hashtags": [{"start": len(words) - 4, "end": len(words), "tag": "end"}]},
    }
    retweet = tweet_v2("6", f"RT @dana: {words[:100]}…", referenced_tweets=[{"type": "retweeted", "id": "5"}])
    reply = tweet_v2("7", "@dana Yes", referenced_tweets=[{"type": "replied_to", "id": "5"}])
    lost = tweet_v2("8", "RT @dana: Not here any mo…", referenced_tweets=[{"type": "retweeted", "id": "99"}])
    people = [{"id": "10", "username": "nrahimi", "name": "N"}, {"id": "11", "username": "dana", "name": "Dana"}]
    page = {"data": [retweet, reply, lost], "includes": {"users": people, "tweets": [original]}, "meta": {}}
    empty = {"meta": {"result_count": 0}, "__twarc": {}}
    for name, content in (("a.json", page), ("a.jsonl", lines(page, empty)), ("b.json", [page])):
        first, second, third = posts_of(tmp_path, name, content)
        assert (first.text, first.repost_of, first.author, first.truncated) == (words, "5", "nrahimi", False)
        assert surfaces(first) == [("hashtag", "#end", None)]
        assert (second.reply_to, second.text, second.record) == ("5", "@dana Yes", 1)
        assert second.counts == {"likes": 3, "shares": 2, "replies": 1, "views": 9}
        assert (third.truncated, third.repost_of, third.created) == (True, "99", "2021-08-06T10:30:00.000Z")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"data": [{"id": "10", "username": "nrahimi", "name": "N"}], "meta": {}}, "no tweet: user"),
        ({"data": {"id": "3", "name": "Harbour", "owner_id": "10"}, "__twarc": {}}, "no tweet: list"),
        (
            {"data": [{"start": "2021-08-06T10:00:00Z", "end": "2021-08-06T11:00:00Z", "tweet_count": 4}], "meta": {}},
            "no tweet: count of tweets",
        ),
        (
            {"id": "5", "action": "delete", "created_at": "2021-08-06T10:00:00Z", "reason": "protected"},
            "tombstone: compliance",
        ),
    ],
)
def test_what_else_a_collection_holds_is_skipped_by_its_name(tmp_path: Path, row: dict[str, Any], reason: str) -> None:
    (item,) = items_of(tmp_path, "a.jsonl", lines(row).encode())
    assert isinstance(item, Skipped)
    assert (item.reason, item.record) == (reason, 0)


def test_flattened_tweets_have_what_they_refer_to_inside(tmp_path: Path) -> None:
    text = f"Q&amp;A {FIRE} #tag https://t.co/abcdefghij"
    start = text.index("https")
    url = {"start": start, "end": len(text), "url": "https://t.co/abcdefghij"}
    url |= {"expanded_url": "https://twitter.com/dana/status/1423600000000000009", "unwound_url": None}
    quoted = {"type": "quoted", "id": "1423600000000000009", "text": "Smoke", "author": {"name": "Dana K"}}
    row = tweet_v2(
        "1",
        text,
        author={"id": "10", "username": "nrahimi"},
        entities={"hashtags": [{"start": 10, "end": 14, "tag": "Tag"}], "urls": [url]},
        referenced_tweets=[quoted],
    )
    post = post_of(tmp_path, "a.jsonl", lines(row))
    assert post.text == f"Q&A {FIRE} #tag https://t.co/abcdefghij"
    assert [mark[:2] for mark in surfaces(post)] == [("hashtag", "#tag"), ("url", "https://t.co/abcdefghij")]
    assert (post.quote_of, post.author) == ("1423600000000000009", "nrahimi")
    assert [(embed.name, embed.handle, embed.date) for embed in post.embeds] == [("Dana K", "dana", "2021-08-06")]


def test_a_withheld_notice_is_no_post_and_a_tweet_withheld_somewhere_is_one(tmp_path: Path) -> None:
    rows = lines(
        tweet_v2("1", "This Post from @dana has been withheld in response to a report. Learn more."),
        tweet_v2("2", "Rain", withheld={"country_codes": ["XX"]}),
    )
    gone, there = items_of(tmp_path, "a.jsonl", rows)
    assert reasons_of([gone]) == ["tombstone: withheld"]
    assert isinstance(there, Post)


def test_marks_that_are_not_in_the_text_are_noted_and_left(tmp_path: Path) -> None:
    notes = Notes()
    entities = {"hashtags": [{"start": 0, "end": 4, "tag": "rain"}, {"start": "x", "end": None, "tag": "snow"}]}
    assert post_of(tmp_path, "a.jsonl", lines(tweet_v2("1", "No tag", entities=entities)), notes=notes).marked == ()
    assert notes.remarks["mark-lost", "hashtag"].count == 2
    assert any("'rain'" in sentence for sentence in notes.sentences())


# The archive of X


def archive(part: str, *rows: Any) -> str:
    return f"window.YTD.{part}.part0 = " + json.dumps(list(rows), indent=2, ensure_ascii=False)


def test_an_archive_is_read_with_its_author_and_its_long_posts(tmp_path: Path) -> None:
    words = "A long walk through the old town and its many gardens. " * 8
    cut = words[:276] + "… https://t.co/abcdefghij"
    indices = {"text": "كابل", "indices": ["3", "8"]}
    rows = [
        {"tweet": {"id_str": "1", "full_text": "In #كابل", "created_at": "Fri Aug 06 10:30:00 +0000 2021"}
         | {"favorite_count": "4", "entities": {"hashtags": [indices]}}},
        {"tweet": {"id_str": "2", "full_text": cut, "created_at": "Sat Feb 11 08:00:01 +0000 2023"}},
        {"tweet": {"id_str": "3", "full_text": "RT @dana: Some wo…", "created_at": "Sat Feb 11 09:00:00 +0000 2023"}},
    ]  # fmt: skip
    note = {"noteTweetId": "77", "createdAt": "2023-02-11T08:00:01.000Z", "core": {"text": words + "#far"}}
    at = len(words)
    note["core"]["hashtags"] = [{"text": "far", "fromIndex": str(at), "toIndex": at + 4}]  # type: ignore[index]
    other = {"noteTweetId": "78", "createdAt": "2023-03-01T08:00:01.000Z", "core": {"text": "Another &amp; one"}}
    put(tmp_path, "data/account.js", archive("account", {"account": {"username": "nrahimi", "accountId": "10"}}))
    put(tmp_path, "data/note-tweet.js", archive("note_tweet", {"noteTweet": note}, {"noteTweet": other}))
    put(tmp_path, "data/tweets.js", archive("tweets", rows[0], rows[1]))
    put(tmp_path, "data/tweets-part1.js", archive("tweets", rows[2]).replace("part0", "part1"))
    put(tmp_path, "data/like.js", archive("like", {"like": {"tweetId": "5"}}))
    put(tmp_path, "data/manifest.js", 'window.__THAR_CONFIG = {"userInfo": {}}')
    found = {(item.path, item.record): item for item in read(tmp_path)}
    first, second = found["data/tweets.js", 0], found["data/tweets.js", 1]
    third = found["data/tweets-part1.js", 0]
    assert isinstance(first, Post)
    assert isinstance(second, Post)
    assert isinstance(third, Post)
    assert (first.author, first.author_id, first.counts) == ("nrahimi", "10", {"likes": 4})
    assert surfaces(first) == [("hashtag", "#كابل", None)]
    assert (second.text, second.truncated, second.id) == (words + "#far", False, "2")
    assert surfaces(second) == [("hashtag", "#far", None)]
    assert (third.repost_of, third.truncated) == ("@dana", True)
    assert found["data/note-tweet.js", 0] == Skipped("data/note-tweet.js", 0, "long post: read with its tweet")
    alone = found["data/note-tweet.js", 1]
    assert isinstance(alone, Post)
    assert (alone.id, alone.text, alone.author) == ("78", "Another & one", "nrahimi")
    assert found["data/like.js", None] == Skipped("data/like.js", None, "X archive without posts: like")
    assert found["data/account.js", None] == Skipped("data/account.js", None, "X archive without posts: account")
    assert found["data/manifest.js", None] == Skipped("data/manifest.js", None, "X archive without posts: manifest")


def test_an_archive_from_before_2018_has_a_script_a_month(tmp_path: Path) -> None:
    user = {"name": "Dana", "screen_name": "dana", "id_str": "5"}
    row = {"entities": {"hashtags": [], "urls": []}, "geo": {}, "created_at": "2013-01-31 12:30:00 +0000", "user": user}
    fog = row | {"id_str": "7", "id": 7, "text": "Fog"}
    repeated = row | {"id_str": "8", "id": 8, "text": "RT @dana: Fog", "retweeted_status": fog}
    content = "Grailbird.data.tweets_2013_01 = \n " + json.dumps([fog | {"text": "Fog &amp; ice"}, repeated])
    first, second = posts_of(tmp_path, "2013_01.js", content)
    assert (first.id, first.text, first.author, first.platform) == ("7", "Fog & ice", "dana", "x")
    assert first.created == "2013-01-31T12:30:00Z"
    assert (second.text, second.repost_of) == ("Fog", "7")


def test_tweets_of_an_archive_that_were_made_json_are_known(tmp_path: Path) -> None:
    row = {"full_text": "Tea &amp; rain", "id_str": "9", "id": "9", "created_at": "Fri Aug 06 10:30:00 +0000 2021"}
    row |= {"favorite_count": "4", "retweet_count": "0"}
    for content in ([{"tweet": row}], [row]):
        post = post_of(tmp_path, "a.json", content)
        assert (post.id, post.text, post.platform, post.author) == ("9", "Tea & rain", "x", None)
        assert (post.created, post.counts) == ("2021-08-06T10:30:00Z", {"likes": 4, "shares": 0})


def test_tweets_whose_people_are_trimmed_or_beside_them_are_known(tmp_path: Path) -> None:
    trimmed = tweet("Rain", user={"id": 10, "id_str": "10"}, favorited=False)
    post = post_of(tmp_path, "a.jsonl", lines(trimmed))
    assert (post.text, post.platform, post.author, post.author_id) == ("Rain", "x", None, "10")
    legacy = {"id_str": "9", "full_text": "Tea &amp; rain", "user_id_str": "10", "favorite_count": 2}
    beside = {"id": 9, "type": "adaptive", "legacy": legacy, "user": {"screen_name": "dana", "id_str": "10"}}
    post = post_of(tmp_path, "b.ndjson", lines(collected("twitter.com", beside)))
    assert (post.id, post.text, post.author, post.counts) == ("9", "Tea & rain", "dana", {"likes": 2})
    assert (post.author_id, post.url) == ("10", "https://x.com/dana/status/9")


def test_an_archive_whose_other_files_are_missing_or_broken_is_read(tmp_path: Path) -> None:
    row = {"tweet": {"id_str": "1", "full_text": "Rain", "created_at": "sometime"}}
    put(tmp_path, "account.js", "window.YTD.account.part0 = [{")
    notes = Notes()
    items = items_of(tmp_path, "tweet.js", archive("tweet", row, "no object", {"tweet": {"full_text": 5}}), notes=notes)
    assert [type(item) for item in items] == [Post, Problem, Problem]
    assert isinstance(items[0], Post)
    assert (items[0].author, items[0].created, items[0].url) == (None, None, "https://x.com/i/web/status/1")
    assert notes.remarks["created", ""].example == "'sometime'"


# Bluesky


def test_facets_of_bluesky_are_bytes_and_their_links_are_kept(tmp_path: Path) -> None:
    text = f"مرحبا {FIRE} #كابل @dana.bsky.social example.org/long…"
    data = text.encode()

    def facet(words: str, kind: str, **more: str) -> dict[str, Any]:
        start = data.index(words.encode())
        index = {"byteStart": start, "byteEnd": start + len(words.encode())}
        return {"index": index, "features": [{"$type": f"app.bsky.richtext.facet#{kind}"} | more]}

    record = {
        "$type": "app.bsky.feed.post",
        "text": text,
        "createdAt": "2024-11-06T10:30:00.000Z",
        "facets": [
            facet("#كابل", "tag", tag="كابل"),
            facet("@dana.bsky.social", "mention", did="did:plc:d"),
            facet("example.org/long…", "link", uri="https://example.org/long/way"),
            {"index": {"byteStart": 500, "byteEnd": 510}, "features": [{"$type": "app.bsky.richtext.facet#tag"}]},
            {"index": {"byteStart": 0, "byteEnd": 4}, "features": [{"$type": "app.bsky.richtext.facet#tag"}]},
        ],
        "reply": {"parent": {"uri": "at://did:plc:d/app.bsky.feed.post/3a"}},
        "embed": {"record": {"uri": "at://did:plc:e/app.bsky.feed.post/3b"}, "images": [{"alt": "a hill"}]},
    }
    view = {
        "uri": "at://did:plc:n/app.bsky.feed.post/3lbvgzfgyxs2c",
        "author": {"did": "did:plc:n", "handle": "nrahimi.bsky.social"},
        "record": record,
        "likeCount": 4,
        "repostCount": 1,
    }
    notes = Notes()
    post = post_of(tmp_path, "a.json", view, notes=notes)
    assert surfaces(post) == [
        ("hashtag", "#كابل", None),
        ("handle", "@dana.bsky.social", None),
        ("url", "example.org/long…", "https://example.org/long/way"),
    ]
    assert (post.id, post.author, post.author_id) == (view["uri"], "nrahimi.bsky.social", "did:plc:n")
    assert post.url == "https://bsky.app/profile/nrahimi.bsky.social/post/3lbvgzfgyxs2c"
    assert (post.reply_to, post.quote_of) == (
        "at://did:plc:d/app.bsky.feed.post/3a",
        "at://did:plc:e/app.bsky.feed.post/3b",
    )
    assert (post.created, post.counts) == ("2024-11-06T10:30:00.000Z", {"likes": 4, "shares": 1})
    assert notes.remarks["mark-lost", "hashtag"].count == 2
    assert notes.remarks["alt", ""].count == 1


def test_feeds_repositories_and_the_stream_of_bluesky_are_read(tmp_path: Path) -> None:
    said = {"$type": "app.bsky.feed.post", "text": "Rain", "createdAt": "2024-11-06T10:30:00Z"}
    view = {
        "uri": "at://did:plc:n/app.bsky.feed.post/3x",
        "author": {"did": "did:plc:n", "handle": "n"},
        "record": said,
    }
    reason = {"by": {"handle": "yara", "did": "did:plc:y"}, "indexedAt": "2024-11-07T00:00:00Z"}
    feed = {"feed": [{"post": view}, {"post": view, "reason": reason}], "cursor": "x"}
    own, boost = posts_of(tmp_path, "a.json", feed)
    assert (own.author, own.repost_of) == ("n", None)
    assert (boost.author, boost.repost_of, boost.created) == ("yara", view["uri"], "2024-11-07T00:00:00Z")
    assert boost.id != own.id
    listed = {
        "records": [
            {"uri": view["uri"], "value": said},
            {"uri": "at://a/b/c", "value": {"$type": "app.bsky.feed.like"}},
        ]
    }
    items = items_of(tmp_path, "b.json", listed)
    assert reasons_of(items) == ["like"]
    commit = {"collection": "app.bsky.feed.post", "operation": "create", "rkey": "3y"}
    events = lines(
        {"did": "did:plc:n", "time_us": 1730889000000000, "commit": commit | {"record": {"text": "Hail"}}},
        {"did": "did:plc:n", "time_us": 1730889000000000, "commit": commit | {"operation": "delete"}},
        {"did": "did:plc:n", "commit": {"collection": "app.bsky.feed.repost", "rkey": "3z"}},
        {"$type": "app.bsky.feed.defs#notFoundPost", "uri": "at://did:plc:n/app.bsky.feed.post/3q"},
    )
    first, *rest = items_of(tmp_path, "c.jsonl", events)
    assert isinstance(first, Post)
    assert (first.id, first.created) == ("at://did:plc:n/app.bsky.feed.post/3y", "2024-11-06T10:30:00Z")
    assert reasons_of(rest) == [
        "tombstone: delete",
        "repost without its text",
        "tombstone: deleted or blocked",
    ]


def post_of_sdk(text: str, **fields: Any) -> dict[str, Any]:
    """A post as `model_dump` of Python's atproto writes it."""
    size = len(text.encode())
    facet = {
        "features": [{"tag": "quay", "py_type": "app.bsky.richtext.facet#tag"}],
        "index": {"byte_start": size - 5, "byte_end": size, "py_type": "app.bsky.richtext.facet#byteSlice"},
    }
    record = {
        "created_at": "2024-11-06T10:30:00Z",
        "text": text,
        "facets": [facet],
        "reply": {"parent": {"uri": "at://did:plc:y/app.bsky.feed.post/3b"}},
        "py_type": "app.bsky.feed.post",
    }
    view = {
        "author": {"did": "did:plc:n", "handle": "n.example", "created_at": "2023-01-01T00:00:00Z"},
        "record": record,
        "uri": "at://did:plc:n/app.bsky.feed.post/3s",
        "like_count": 3,
        "repost_count": 2,
        "py_type": "app.bsky.feed.defs#postView",
    }
    return view | fields


def test_posts_of_bluesky_with_the_names_of_python_are_read(tmp_path: Path) -> None:
    view = post_of_sdk("Rain é #quay")
    reason = {"by": {"handle": "yara.example"}, "indexed_at": "2024-11-07T00:00:00Z", "uri": None}
    feed = {"feed": [{"post": view, "reason": None}, {"post": view, "reason": reason}], "cursor": "x"}
    posts = [
        *posts_of(tmp_path, "a.jsonl", lines(view)),
        *posts_of(tmp_path, "b.ndjson", lines(collected("bsky.app", view))),
        *posts_of(tmp_path, "c.json", feed),
    ]
    for post in posts[:3]:
        assert (post.id, post.text, post.author) == (
            "at://did:plc:n/app.bsky.feed.post/3s",
            "Rain é #quay",
            "n.example",
        )
        assert (post.created, post.counts) == ("2024-11-06T10:30:00Z", {"likes": 3, "shares": 2})
        assert post.reply_to == "at://did:plc:y/app.bsky.feed.post/3b"
        assert surfaces(post) == [("hashtag", "#quay", None)]
    assert (posts[3].author, posts[3].created) == ("yara.example", "2024-11-07T00:00:00Z")
    assert posts[3].repost_of == posts[0].id
    record = post_of_sdk("Snow #quay")["record"]
    assert post_of(tmp_path, "d.jsonl", lines(record)).created == "2024-11-06T10:30:00Z"


def test_names_of_python_are_looked_for_only_as_deep_as_posts_go(tmp_path: Path) -> None:
    deep: Any = "end"
    for _ in range(400):
        deep = {"not_read": deep}
    assert post_of(tmp_path, "a.jsonl", lines(post_of_sdk("Rain #quay", embed=deep))).counts["likes"] == 3


def test_tables_of_posts_of_bluesky_have_their_author_as_a_name(tmp_path: Path) -> None:
    row = {"text": "Rain", "created_at": "2024-11-27T07:53:47.202Z", "has_images": False}
    above = "at://did:plc:y/app.bsky.feed.post/3b"
    first, second = posts_of(
        tmp_path,
        "a.jsonl",
        lines(
            row | {"author": "did:plc:n", "uri": "at://did:plc:n/app.bsky.feed.post/3f", "reply_to": None},
            row | {"author": "n.example", "uri": "at://did:plc:n/app.bsky.feed.post/3g", "reply_to": above},
        ),
    )
    assert (first.created, first.author, first.reply_to) == ("2024-11-27T07:53:47.202Z", "did:plc:n", None)
    assert (second.author, second.author_id, second.reply_to) == ("n.example", "did:plc:n", above)


def test_rows_in_our_names_are_ours_even_with_an_address_of_bluesky(tmp_path: Path) -> None:
    row = {"text": "Rain", "created": "2024-11-06T10:30:00Z", "author": "dana"}
    row["uri"] = "at://did:plc:n/app.bsky.feed.post/3f"
    post = post_of(tmp_path, "a.jsonl", lines(row))
    assert (post.created, post.author, post.platform) == ("2024-11-06T10:30:00Z", "dana", None)


def test_a_thread_of_bluesky_is_read_from_its_first_post_to_its_last_answer(tmp_path: Path) -> None:
    def node(name: str, **fields: Any) -> dict[str, Any]:
        said = {"$type": "app.bsky.feed.post", "text": name}
        view = {"uri": f"at://did:plc:n/app.bsky.feed.post/{name}", "author": {"did": "did:plc:n"}, "record": said}
        return {"$type": "app.bsky.feed.defs#threadViewPost", "post": view} | fields

    gone = {"$type": "app.bsky.feed.defs#blockedPost", "uri": "at://did:plc:x/app.bsky.feed.post/3", "blocked": True}
    answers = [node("c", replies=[node("d", replies=[]), node("e")]), gone, node("f")]
    thread = {"thread": node("b", parent=node("a", parent=node("top")), replies=answers)}
    items = items_of(tmp_path, "a.json", thread)
    assert [item.text for item in items if isinstance(item, Post)] == ["top", "a", "b", "c", "d", "e", "f"]
    assert reasons_of(items) == ["tombstone: deleted or blocked"]


def test_events_of_accounts_of_bluesky_are_skipped_by_name(tmp_path: Path) -> None:
    event = {"did": "did:plc:n", "time_us": 1730889000000000}
    rows = [event | {"kind": kind, kind: {"did": "did:plc:n"}} for kind in ("identity", "account", "identity")]
    said = {"$type": "app.bsky.feed.post", "text": "Rain", "createdAt": "2024-11-06T10:30:00Z"}
    commit = {"operation": "create", "collection": "app.bsky.feed.post", "rkey": "3y", "record": said}
    items = items_of(tmp_path, "a.jsonl", lines(*rows, event | {"kind": "commit", "commit": commit}))
    assert reasons_of(items) == ["Bluesky event: identity", "Bluesky event: account", "Bluesky event: identity"]
    assert isinstance(items[3], Post)


def test_events_of_a_tap_of_bluesky_are_read(tmp_path: Path) -> None:
    event = {"did": "did:plc:n", "collection": "app.bsky.feed.post", "rkey": "3y", "action": "create"}
    said = {"$type": "app.bsky.feed.post", "text": "Rain", "createdAt": "2024-11-06T10:30:00Z"}
    first, second = items_of(
        tmp_path,
        "a.jsonl",
        lines(
            {"id": 1, "type": "record", "record": event | {"record": said}},
            {"id": 2, "type": "record", "record": event | {"action": "delete"}},
        ),
    )
    assert isinstance(first, Post)
    assert (first.id, first.text) == ("at://did:plc:n/app.bsky.feed.post/3y", "Rain")
    assert (first.author_id, first.created) == ("did:plc:n", "2024-11-06T10:30:00Z")
    assert reasons_of([second]) == ["tombstone: delete"]


def test_a_shown_list_or_feed_of_bluesky_is_no_quoted_post(tmp_path: Path) -> None:
    rows = [
        {
            "$type": "app.bsky.feed.post",
            "text": "Look",
            "embed": {"$type": "app.bsky.embed.record", "record": {"uri": f"at://did:plc:y/{kind}/3y", "cid": "c"}},
        }
        for kind in ("app.bsky.feed.post", "app.bsky.feed.generator", "app.bsky.graph.starterpack")
    ]
    quotes = [post.quote_of for post in posts_of(tmp_path, "a.jsonl", lines(*rows))]
    assert quotes == ["at://did:plc:y/app.bsky.feed.post/3y", None, None]


def test_a_facet_of_bluesky_that_is_out_of_place_is_noted(tmp_path: Path) -> None:
    index = {"byteStart": 3, "byteEnd": 15}
    feature = {"$type": "app.bsky.richtext.facet#link", "uri": "https://example.org"}
    record = {
        "$type": "app.bsky.feed.post",
        "text": "See example.org",
        "createdAt": "2024-11-06T10:30:00Z",
        "facets": [{"index": index, "features": [feature]}],
    }
    notes = Notes()
    post = post_of(tmp_path, "a.json", {"uri": "at://did:plc:n/app.bsky.feed.post/3x", "record": record}, notes=notes)
    assert post.marked == ()
    assert notes.remarks["mark-lost", "url"].example == "' example.org'"


# Mastodon


def activity(content: str, **fields: Any) -> dict[str, Any]:
    note = {"id": "https://m.example/users/dana/statuses/1", "type": "Note", "content": content}
    return {
        "type": "Create",
        "actor": "https://m.example/users/dana",
        "published": "2021-08-06T10:30:00Z",
        "object": note | fields,
    }


def test_an_outbox_gives_the_text_of_its_html_and_what_its_links_are(tmp_path: Path) -> None:
    content = (
        '<p>Tea &amp; <a class="mention hashtag" href="https://m.example/tags/kabul">#<span>Kabul</span></a><br />'
        'with <span class="h-card"><a class="u-url mention" href="https://m.example/@yara">@<span>yara</span></a></span>'
        '</p><p><a href="https://a.example/long/way"><span class="invisible">https://</span>'
        '<span class="ellipsis">a.example/long</span><span class="invisible">/way</span></a> &lt;3</p>'
    )
    tags = [{"name": "#kabul"}, {"name": "@yara@m.example"}, {"name": "#elsewhere"}]
    rows = [
        activity(content, tag=tags, summary="On tea", inReplyTo="https://m.example/1", attachment=[{"name": "a cup"}]),
        {"type": "Announce", "object": "https://other.example/users/w/statuses/9"},
        activity("", contentMap={"en": "<p>Only here</p>"}, published="yesterday"),
        activity("<p> </p>"),
        {"type": "Delete", "object": "https://m.example/2"},
        activity("", type="Tombstone"),
        7,
    ]
    notes = Notes()
    items = items_of(tmp_path, "outbox.json", {"type": "OrderedCollection", "orderedItems": rows}, notes=notes)
    first, third = items[0], items[2]
    assert isinstance(first, Post)
    assert isinstance(third, Post)
    assert first.text == "Tea & #Kabul\nwith @yara\n\nhttps://a.example/long/way <3"
    assert surfaces(first) == [
        ("hashtag", "#Kabul", None),
        ("handle", "@yara", None),
        ("url", "https://a.example/long/way", "https://a.example/long/way"),
    ]
    assert (first.author, first.created, first.title) == ("dana@m.example", "2021-08-06T10:30:00Z", "On tea")
    assert (first.id, first.reply_to) == ("https://m.example/users/dana/statuses/1", "https://m.example/1")
    assert (third.text, third.created) == ("Only here", None)
    assert reasons_of(items) == [
        "boost without its text", "no text", "Delete without a post", "tombstone: deleted",
    ]  # fmt: skip
    assert isinstance(items[6], Problem)
    assert notes.remarks["alt", ""].count == 1
    assert notes.remarks["mark-lost", "hashtag"].example == "'#elsewhere'"


def test_a_boosted_status_has_the_words_of_its_status(tmp_path: Path) -> None:
    account = {"acct": "dana", "username": "dana", "url": "https://m.example/@dana"}
    said = {"id": "4", "uri": "https://o.example/4", "content": "<p>Rain</p>", "account": account}
    status: dict[str, Any] = {
        "id": "5",
        "uri": "https://m.example/5",
        "content": "",
        "account": account,
        "reblog": said,
    }
    status |= {"created_at": "2021-08-06T10:30:00.000Z", "favourites_count": 3, "media_attachments": []}
    post = post_of(tmp_path, "a.jsonl", lines(status))
    assert (post.id, post.text, post.repost_of) == ("https://m.example/5", "Rain", "https://o.example/4")
    assert (post.author, post.counts) == ("dana", {"likes": 3})


def test_what_a_status_quotes_is_told_in_each_of_its_ways(tmp_path: Path) -> None:
    account = {"acct": "dana", "username": "dana"}
    row = {"id": "5", "uri": "https://m.example/5", "content": "<p>Look</p>", "account": account}
    quoted = {"id": "4", "uri": "https://o.example/4", "content": "<p>Rain</p>", "account": account}
    rows = [
        row | {"quote": quoted, "quote_id": "4"},
        row | {"quote": {"state": "accepted", "quoted_status": quoted}},
        row | {"quote": {"state": "accepted", "quoted_status_id": "4"}},
        row | {"quote": {"state": "deleted", "quoted_status": None}},
        row | {"quote": None, "quote_id": "4"},
        row | {"content": "", "reblog": row | {"quote": quoted}},
    ]
    posts = posts_of(tmp_path, "a.json", rows)
    assert [post.quote_of for post in posts] == [quoted["uri"], quoted["uri"], "4", None, "4", quoted["uri"]]


@pytest.mark.parametrize("names", [("accounts", "statuses"), ("ancestors", "descendants")])
def test_statuses_of_a_search_and_around_a_status_are_read(tmp_path: Path, names: tuple[str, str]) -> None:
    account = {"acct": "dana", "username": "dana"}
    row = {"id": "5", "uri": "https://m.example/5", "content": "<p>Rain</p>", "account": account}
    post = post_of(tmp_path, "a.json", {names[0]: [], names[1]: [row], "hashtags": []})
    assert (post.id, post.text, post.platform) == ("https://m.example/5", "Rain", "mastodon")


def test_a_file_of_mastodon_archive_gives_its_statuses_and_names_what_else_it_has(tmp_path: Path) -> None:
    account = {"id": "5", "acct": "dana", "username": "dana"}
    row = {"id": "5", "uri": "https://m.example/5", "content": "<p>Rain</p>", "account": account}
    row["created_at"] = "2023-01-24 14:45:51.961000+00:00"
    whole = {"account": account, "statuses": [row, 7], "favourites": [row], "followers": [account]}
    items = items_of(tmp_path, "a.json", whole | {"mentions": [{"type": "mention", "status": row}], "bookmarks": []})
    first, second, *rest = items
    assert isinstance(first, Post)
    assert (first.text, first.created) == ("Rain", "2023-01-24T14:45:51.961000Z")
    assert isinstance(second, Problem)
    assert reasons_of(rest) == ["favourite", "notification"]
    (lone, later) = posts_of(tmp_path, "b.jsonl", lines({"statuses": []}, {"statuses": [row]}, {"statuses": [row]}))
    assert [lone.record, later.record] == [0, 1]
    (broken,) = [
        item
        for item in items_of(tmp_path, "c.json", json.dumps({"statuses": [row]})[:-1] + ', "favourites": [{"a" 1}]}')
        if isinstance(item, Problem)
    ]
    assert "c.json" in broken.message


def test_the_name_of_a_numbered_actor_is_that_of_its_page_and_likes_are_counted(tmp_path: Path) -> None:
    actor = "https://m.example/ap/users/115"
    page = {"attributedTo": actor, "url": "https://m.example/@dana/5", "likes": {"type": "Collection", "totalItems": 4}}
    other = page | {"url": "https://o.example/@yara/5", "likes": "https://m.example/likes", "shares": {"totalItems": 2}}
    rows = [activity("<p>Rain</p>", **fields) | {"actor": actor} for fields in (page, other)]
    first, second = posts_of(tmp_path, "outbox.json", {"type": "OrderedCollection", "orderedItems": rows})
    assert (first.author, first.author_id, first.counts) == ("dana@m.example", actor, {"likes": 4})
    assert (second.author, second.counts) == ("115@m.example", {"shares": 2})


def test_likes_and_bookmarks_of_a_download_are_only_addresses(tmp_path: Path) -> None:
    rows = ["https://o.example/users/yara/statuses/1", "https://o.example/users/yara/statuses/2"]
    items = items_of(tmp_path, "likes.json", {"type": "OrderedCollection", "orderedItems": rows})
    assert reasons_of(items) == ["only an address", "only an address"]


# Telegram


def chat(*messages: Any, name: str = "Channel", number: int = 77) -> dict[str, Any]:
    return {"name": name, "type": "public_channel", "id": number, "messages": list(messages)}


def message(number: int, text: Any, **fields: Any) -> dict[str, Any]:
    row = {"id": number, "type": "message", "date": "2021-08-06T13:30:00", "date_unixtime": "1628245800"}
    return row | {"from": "Channel", "from_id": "channel77", "text": text} | fields


def test_messages_of_a_chat_are_read_from_text_and_from_pieces(tmp_path: Path) -> None:
    pieces = [
        "عاجل: ",
        {"type": "hashtag", "text": "#كابل"},
        " ",
        {"type": "text_link", "text": "المصدر", "href": "https://a.example/x"},
        {"type": "bold", "text": " now"},
        5,
    ]
    rows = [
        {"id": 1, "type": "service", "date": "2021-08-06T10:00:00", "text": ""},
        message(2, pieces, reply_to_message_id=1, forwarded_from="Other"),
        message(3, "plain", **{"from": None, "date_unixtime": None, "forwarded_from": None}),
        message(4, "", photo="photos/1.jpg"),
        message(5, "changed", text_entities=[{"type": "hashtag", "text": "#then"}]),
        message(6, "", poll={"question": "Rain?", "answers": [{"text": "Yes"}, {"text": "No"}]}),
        message(7, {"no": "text"}),
        message(8, "When?", date_unixtime="soon", date="then"),
    ]
    notes = Notes()
    items = items_of(tmp_path, "result.json", chat(*rows), notes=notes)
    assert reasons_of(items) == ["service message", "no text"]
    second = items[1]
    assert isinstance(second, Post)
    assert second.text == "عاجل: #كابل المصدر now"
    assert surfaces(second) == [("hashtag", "#كابل", None), ("url", "المصدر", "https://a.example/x")]
    assert (second.id, second.reply_to, second.repost_of, second.channel) == ("77/2", "77/1", "Other", "Channel")
    assert (second.created, second.author, second.author_id) == ("2021-08-06T10:30:00Z", "Channel", "channel77")
    third, fifth, sixth, eighth = (item for item in items[2:] if isinstance(item, Post))
    assert (third.created, third.author, third.repost_of) == ("2021-08-06T13:30:00", None, "unknown")
    assert (fifth.text, fifth.marked, sixth.text) == ("changed", (), "Rain?\nYes\nNo")
    assert (eighth.created, notes.remarks["created", ""].count) == (None, 1)
    assert isinstance(items[6], Problem)
    assert items[6].message == 'result.json, record 6: "text" is an object, not text; repair the record'


def test_all_chats_of_an_account_are_read_each_with_its_name(tmp_path: Path) -> None:
    export = {
        "about": "Export",
        "personal_information": {"first_name": "N", "messages": [{"id": 1}]},
        "chats": {
            "about": "Chats",
            "list": [chat(message(1, "A"), name="One", number=1), chat(message(1, "B"), name="Two", number=2)],
        },
        "left_chats": {"list": [{"type": "saved_messages", "id": 3, "messages": [message(1, "C")]}]},
    }
    posts = posts_of(tmp_path, "result.json", export)
    assert [(post.id, post.channel, post.text) for post in posts] == [
        ("1/1", "One", "A"),
        ("2/1", "Two", "B"),
        ("3/1", None, "C"),
    ]


def test_a_chat_without_messages_is_listed(tmp_path: Path) -> None:
    assert items_of(tmp_path, "result.json", chat()) == [Skipped("result.json", None, "no records")]


def page(*messages: str) -> str:
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"/></head><body><div class="page_wrap">'
        '<div class="page_header"><div class="content"><div class="text bold">\nChannel\n</div></div></div>'
        f'<div class="page_body chat_page"><div class="history">{"".join(messages)}</div></div></div></body></html>'
    )


def test_pages_of_messages_are_read_with_zone_author_and_links(tmp_path: Path) -> None:
    source = page(
        '<div class="message service" id="message-1"><div class="body details">6 August 2021</div></div>',
        '<div class="message default clearfix" id="message2"><div class="body"><div class="pull_right date details" '
        'title="06.08.2021 13:30:00 UTC+03:00">13:30</div><div class="from_name">\nDana &amp; Co\n</div>'
        '<div class="text">\nRain   in <a href="" onclick="return ShowHashtag(&quot;كابل&quot;)">#كابل</a><br>'
        '<a href="https://a.example/x">here</a> <a href="https://t.me/yara">@yara</a>\n</div></div></div>',
        '<div class="message default clearfix joined" id="message3"><div class="body"><div class="pull_right date '
        'details" title="06.08.2021 13:40:00">13:40</div><div class="reply_to details">In reply to '
        '<a href="#go_to_message2">this message</a></div><div class="forwarded body"><div class="from_name">Other '
        '<span class="date details" title="x">06.08.2021</span></div><div class="text">Hail</div></div></div></div>',
        '<div class="message default" id="message4"><div class="body"><div class="media_wrap"></div></div></div>',
    )
    items = items_of(tmp_path, "messages.html", source)
    assert reasons_of(items) == ["service message", "no text"]
    second, third = items[1], items[2]
    assert isinstance(second, Post)
    assert isinstance(third, Post)
    assert second.text == "Rain in #كابل\nhere @yara"
    assert surfaces(second) == [
        ("hashtag", "#كابل", None),
        ("url", "here", "https://a.example/x"),
        ("handle", "@yara", None),
    ]
    assert (second.id, second.author, second.channel) == ("Channel/2", "Dana & Co", "Channel")
    assert second.created == "2021-08-06T13:30:00+03:00"
    assert (third.author, third.repost_of, third.reply_to) == ("Dana & Co", "Other", "Channel/2")
    assert (third.created, third.text) == ("2021-08-06T13:40:00", "Hail")


# Facebook, Instagram, TikTok


def wrong(text: str) -> str:
    """The text as the downloads write it: its UTF-8 bytes as characters."""
    return text.encode().decode("latin-1")


def test_the_downloads_of_facebook_are_mended_where_the_file_is_written_so(tmp_path: Path) -> None:
    words = f"نص مع #كابل {FIRE}"
    rows = [
        {"timestamp": 1628245800, "data": [{"post": wrong(words)}], "title": "N. shared a link.", "attachments": []},
        {"timestamp": 1628245800, "data": [{"update_timestamp": 1}], "title": "N. added a photo."},
        {"timestamp": "no", "data": [{"post": "caf\u00e9"}]},
    ]
    notes = Notes()
    items = items_of(tmp_path, "your_posts_1.json", json.dumps(rows), notes=notes)
    first, _, third = items
    assert isinstance(first, Post)
    assert isinstance(third, Post)
    assert (first.text, first.created, first.title) == (words, "2021-08-06T10:30:00Z", "N. shared a link.")
    assert reasons_of(items) == ["no text"]
    assert (third.text, third.created) == ("café", None)
    assert notes.remarks["mojibake", ""].count == 1
    plain = [{"timestamp": 1628245800, "data": [{"post": words + " Ã©"}]}]
    assert post_of(tmp_path, "b.json", plain).text == words + " Ã©"
    assert post_of(tmp_path, "c.json", json.dumps(plain)).text == words + " Ã©"


def test_comments_on_facebook_have_their_author_and_group(tmp_path: Path) -> None:
    comment = {"timestamp": 1628245801, "comment": wrong("Où?"), "author": "N. Rahimi", "group": "Walkers"}
    post = post_of(tmp_path, "comments.json", json.dumps({"comments_v2": [{"data": [{"comment": comment}]}]}))
    assert (post.text, post.author, post.channel) == ("Où?", "N. Rahimi", "Walkers")
    assert post.created == "2021-08-06T10:30:01Z"


def test_the_downloads_of_instagram_have_captions_of_one_and_of_many_pictures(tmp_path: Path) -> None:
    one: dict[str, Any] = {"media": [{"uri": "m/1.jpg", "creation_timestamp": 1628245800, "title": wrong("نص #كابل")}]}
    many: dict[str, Any] = {
        "media": [{"uri": "m/2.jpg", "creation_timestamp": 1628245800, "title": ""}],
        "title": "Two",
    }
    many |= {"creation_timestamp": 1628245860}
    first, second = posts_of(tmp_path, "posts_1.json", json.dumps([one, many]))
    assert (first.text, first.created) == ("نص #كابل", "2021-08-06T10:30:00Z")
    assert (second.text, second.created) == ("Two", "2021-08-06T10:31:00Z")
    stories = {"ig_stories": [{"uri": "m/3.jpg", "creation_timestamp": 1628245800, "title": "Story"}]}
    assert post_of(tmp_path, "stories.json", stories).text == "Story"
    assert post_of(tmp_path, "one.json", one | {"title": "Alone"}).text == "Alone"
    said = {"Comment": {"value": "Nice"}, "Media Owner": {"value": "dana"}, "Time": {"timestamp": 1628245800}}
    comment = post_of(tmp_path, "comments.json", [{"media_list_data": [], "string_map_data": said}])
    assert (comment.text, comment.channel, comment.created) == ("Nice", "dana", "2021-08-06T10:30:00Z")


def test_captions_and_comments_of_tiktok_are_read_and_other_lists_named(tmp_path: Path) -> None:
    data = {
        "Activity": {"Like List": {"ItemFavoriteList": [{"Date": "x"}, {"Date": "y"}]}},
        "Comment": {"Comments": {"CommentsList": [{"date": "2021-08-06 10:31:00", "comment": "text #fyp"}, 3]}},
        "Profile": {"Profile Information": {"ProfileMap": {"userName": "nrahimi"}}},
        "Video": {
            "Videos": {
                "VideoList": [
                    {"Date": "2021-08-06 10:30:00 UTC", "Link": "https://t.example/video/6993000000000000000/"}
                    | {"Title": "Hills", "Likes": "3"},
                    {"Date": "then", "Link": "https://t.example/share/", "Caption": "Rain"},
                    {"Date": "2021-08-06 10:30:00", "Link": ""},
                ]
            }
        },
    }  # fmt: skip
    items = items_of(tmp_path, "user_data.json", json.dumps(data))
    comment, broken, video, other = items[:4]
    assert isinstance(comment, Post)
    assert isinstance(video, Post)
    assert isinstance(other, Post)
    assert (comment.text, comment.created, comment.author) == ("text #fyp", "2021-08-06T10:31:00", "nrahimi")
    assert isinstance(broken, Problem)
    assert (video.id, video.text, video.created) == ("6993000000000000000", "Hills", "2021-08-06T10:30:00Z")
    assert (video.counts, other.created) == ({"likes": 3}, None)
    assert reasons_of(items) == ["video without a caption", "TikTok list without posts: ItemFavoriteList"]


def test_a_cut_off_download_of_tiktok_gives_what_stands_before(tmp_path: Path) -> None:
    data = '{"Comment": {"Comments": {"CommentsList": [{"date": "2021-08-06", "comment": "Rain"}, {"date": "20'
    post, problem = items_of(tmp_path, "user_data.json", data)
    assert isinstance(post, Post)
    assert isinstance(problem, Problem)
    assert "cut off" in problem.message


# Reddit


def test_dumps_of_reddit_are_read_and_what_is_gone_is_skipped(tmp_path: Path) -> None:
    base = {"subreddit": "hills", "author": "dana", "created_utc": "1628245800", "score": 5}
    rows = [
        base | {"id": "abc", "title": "Rain &amp; hail", "selftext": "It &gt; fell", "permalink": "/r/hills/abc/"},
        base | {"id": "abd", "title": "A link", "selftext": "", "num_comments": 2},
        base | {"id": "abe", "title": "Gone", "selftext": "[removed]"},
        base | {"id": "h1", "body": "Yes &amp; no", "link_id": "t3_abc", "parent_id": "t3_abc", "author": "[deleted]"},
        base | {"id": "h2", "body": "[deleted]", "link_id": "t3_abc", "created_utc": "soon"},
        base | {"id": "h3", "body": "Hm", "link_id": "t3_abc", "created_utc": "soon"},
    ]
    packed = zstandard.ZstdCompressor().compress(lines(*rows[:3]).encode()) + zstandard.compress(
        lines(*rows[3:]).encode()
    )
    for name, content in (("RS.jsonl", lines(*rows)), ("RS_2021-08.zst", packed)):
        items = items_of(tmp_path, name, content)
        first, second, _, third, _, fourth = items
        assert isinstance(first, Post)
        assert isinstance(second, Post)
        assert isinstance(third, Post)
        assert isinstance(fourth, Post)
        assert (first.id, first.text, first.title) == ("t3_abc", "Rain & hail\n\nIt > fell", "Rain & hail")
        assert (first.url, first.created) == ("https://www.reddit.com/r/hills/abc/", "2021-08-06T10:30:00Z")
        assert (second.text, second.counts, second.channel) == ("A link", {"likes": 5, "replies": 2}, "hills")
        assert (third.id, third.text, third.reply_to, third.author) == ("t1_h1", "Yes & no", "t3_abc", None)
        assert fourth.created is None
        assert reasons_of(items) == ["tombstone: deleted or removed"] * 2


def test_a_dump_with_the_long_window_is_unpacked(tmp_path: Path) -> None:
    parameters = zstandard.ZstdCompressionParameters(window_log=31, enable_ldm=False, compression_level=1)
    row = lines({"text": "Rain"})
    packer = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    packed = packer.compress(row.encode()) + packer.flush()
    assert post_of(tmp_path, "a.jsonl.zst", packed).text == "Rain"


@pytest.mark.parametrize(("cut", "said"), [(-3, "cut off"), (None, "damaged")])
def test_a_damaged_frame_is_a_problem_after_the_rows_before_it(tmp_path: Path, cut: int | None, said: str) -> None:
    whole = zstandard.compress(lines({"text": "Rain"}).encode())
    more = zstandard.ZstdCompressor(write_checksum=True).compress(lines({"text": "Hail"}).encode())
    more = more[:cut] if cut else more[:-2] + b"\0\0"
    items = items_of(tmp_path, "a.jsonl.zst", whole + more)
    assert isinstance(items[0], Post)
    assert isinstance(items[-1], Problem)
    assert said in items[-1].message


def test_a_frame_that_grows_without_bound_is_unpacked_in_pieces(tmp_path: Path) -> None:
    packed = zstandard.ZstdCompressor(level=3).compress(b" " * (1 << 28))
    tracemalloc.start()
    items = items_of(tmp_path, "a.txt.zst", packed)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(items[0], Problem)
    assert most < 200_000_000


# Zeeschuimer and 4CAT


def collected(platform: str, item: dict[str, Any]) -> dict[str, Any]:
    return item | {"__import_meta": {"timestamp_collected": 1628247600000, "source_platform": platform}}


def test_rows_of_4cat_are_read_by_the_shape_of_each_platform(tmp_path: Path) -> None:
    threads = {
        "code": "Cabc",
        "taken_at": 1628245800,
        "caption": {"text": "Rain"},
        "user": {"username": "dana", "pk": "5"},
    }
    graph = {
        "shortcode": "Cgraph",
        "taken_at_timestamp": 1628245800,
        "edge_media_to_caption": {"edges": [{"node": {"text": "Hail"}}]},
        "owner": {"username": "yara", "id": "6"},
        "edge_media_preview_like": {"count": 4},
    }
    tiktok = {"id": "7", "desc": "Hills #fyp", "createTime": "1628245800", "author": {"uniqueId": "n", "id": "8"}}
    account = {"acct": "t", "username": "t"}
    rows = [
        collected("tiktok.com", tiktok | {"stats": {"diggCount": 1, "playCount": 9}}),
        collected("instagram.com", threads | {"like_count": 3, "comment_count": 1}),
        collected("threads.net", threads | {"text_post_app_info": {"repost_count": 2, "direct_reply_count": 5}}),
        collected("instagram.com", graph),
        collected(
            "truthsocial.com", {"id": "9", "uri": "https://t.example/9", "content": "<p>Yes</p>", "account": account}
        ),
        collected("twitter.com", tweet_v2("10", "Snow", author_user={"username": "dana"})),
        {"source_platform": "tiktok.com", "item_id": "7", "data": tiktok | {"author": "n", "nickname": "N"}},
        collected("linkedin.com", {"entityUrn": "x"}),
        collected("bsky.app", {"uri": "at://did:plc:n/app.bsky.feed.post/3x", "record": {"text": "Wind"}}),
    ]
    items = items_of(tmp_path, "4cat.ndjson", lines(*rows))
    posts = [item for item in items if isinstance(item, Post)]
    assert [(post.platform, post.text, post.author) for post in posts] == [
        ("tiktok", "Hills #fyp", "n"),
        ("instagram", "Rain", "dana"),
        ("threads", "Rain", "dana"),
        ("instagram", "Hail", "yara"),
        ("truthsocial", "Yes", "t"),
        ("x", "Snow", "dana"),
        ("tiktok", "Hills #fyp", "n"),
        ("bluesky", "Wind", "did:plc:n"),
    ]
    assert {post.created for post in posts[:4]} == {"2021-08-06T10:30:00Z"}
    assert [post.counts for post in posts[:4]] == [
        {"likes": 1, "views": 9},
        {"likes": 3, "replies": 1},
        {"shares": 2, "replies": 5},
        {"likes": 4},
    ]
    assert posts[0].url == "https://www.tiktok.com/@n/video/7"
    assert isinstance(items[7], Problem)
    assert "linkedin.com" in items[7].message


def activity_of_linkedin(number: int, text: str | None, **fields: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "updateMetadata": {"urn": f"urn:li:activity:{number}"},
        "actor": {
            "name": {"text": "Dana Quay"},
            "subDescription": {"text": "3w"},
            "navigationContext": {"actionTarget": "https://www.linkedin.com/in/dana-quay?miniProfile=1"},
        },
        "commentary": None if text is None else {"text": {"text": text}},
        "*socialDetail": {"*totalSocialActivityCounts": {"numComments": 4, "numShares": 2, "numLikes": 31}},
    }
    return row | fields


def test_posts_of_linkedin_have_the_moment_that_their_id_carries(tmp_path: Path) -> None:
    number = 6829352760320000000
    before = {"comments": {"paging": {"total": 5}}, "likes": {"paging": {"total": 6}}, "totalShares": 1}
    joined = {"urn": f"urn:li:aggregate:(urn:li:activity:{number + 1},urn:li:activity:{number + 2})"}
    firm = {
        "name": {"text": "Quay Bread"},
        "navigationContext": {"actionTarget": "https://www.linkedin.com/company/quay/posts"},
    }
    items = items_of(
        tmp_path,
        "a.ndjson",
        lines(
            collected("linkedin.com", activity_of_linkedin(number, "Two bakers & a cook")),
            collected("linkedin.com", activity_of_linkedin(number, None)),
            collected("linkedin.com", activity_of_linkedin(number, "Joined", updateMetadata=joined, actor=firm)),
            collected(
                "linkedin.com",
                activity_of_linkedin(number, "Old", updateMetadata=None, id=f"urn:li:activity:{number + 3}")
                | {"*socialDetail": before, "actor": {"name": {"text": "A member"}}},
            ),
            collected("linkedin.com", activity_of_linkedin(7, "Ad") | {"*socialDetail": "urn:li:fs_socialDetail:7"}),
        ),
    )
    assert reasons_of(items) == ["no text"]
    first, second, third, last = (item for item in items if isinstance(item, Post))
    assert (first.id, first.text, first.author) == (str(number), "Two bakers & a cook", "in/dana-quay")
    assert (first.platform, first.created) == ("linkedin", "2021-08-06T10:09:41.298Z")
    assert first.url == f"https://www.linkedin.com/feed/update/urn:li:activity:{number}"
    assert first.counts == {"likes": 31, "shares": 2, "replies": 4}
    assert (second.id, second.author) == (str(number + 1), "company/quay")
    assert (third.id, third.author) == (str(number + 3), "A member")
    assert third.counts == {"likes": 6, "shares": 1, "replies": 5}
    assert (last.created, last.counts) == (None, {})


NOTE_CARD: dict[str, Any] = {
    "display_title": "早饭",
    "user": {"user_id": "u1", "nickname": "码头"},
    "interact_info": {"liked_count": "1.2万"},
}
GAG = {"id": "aB1", "title": "It&#039;s late", "description": "", "creationTs": 1628245800, "upVoteCount": 7}
PIN: dict[str, Any] = {"id": "88", "title": "Oak", "pinner": {"username": "dana"}, "board": {"name": "Wood"}}
STORY = {
    "post_id": "10",
    "message": {"text": "Closed"},
    "actors": [{"id": "5", "name": "Dana Quay", "url": "https://www.facebook.com/dana.quay"}],
}
WHEN_OF_STORY = {"story": {"comet_sections": {"metadata": [{}, {"story": {"creation_time": 1628245800}}]}}}


@pytest.mark.parametrize(
    ("source", "item", "wanted"),
    [
        (
            "douyin.com",
            {"aweme_id": "7", "desc": "早市", "create_time": 1628245800, "author": {"uid": "9", "nickname": "码头"}}
            | {"statistics": {"digg_count": 2, "play_count": 0}},
            ("douyin", "7", "早市", "码头", "2021-08-06T10:30:00Z", {"likes": 2, "views": 0}),
        ),
        (
            "douyin.com",
            {"awemeId": "8", "desc": "雨", "createTime": 1628245800, "authorInfo": {"nickname": "阿雨"}}
            | {"stats": {"diggCount": 1}, "cellRoom": "$undefined"},
            ("douyin", "8", "雨", "阿雨", "2021-08-06T10:30:00Z", {"likes": 1}),
        ),
        (
            "9gag.com",
            GAG | {"creator": None, "commentsCount": 3},
            ("9gag", "aB1", "It's late", None, "2021-08-06T10:30:00Z", {"likes": 7, "replies": 3}),
        ),
        (
            "imgur.com",
            {"id": "Q1", "account_id": 12, "title": "Bridge", "description": "At dawn", "upvote_count": 2}
            | {"created_at": "2021-08-06T10:30:00Z", "view_count": 9},
            ("imgur", "Q1", "Bridge\n\nAt dawn", None, "2021-08-06T10:30:00Z", {"likes": 2, "views": 9}),
        ),
        (
            "gab.com",
            {"i": "109", "c": "Open", "ca": "2021-08-06T10:30:00.000Z", "ai": "5", "fc": 8, "rc": 2, "rbc": 1}
            | {"author_info": {"un": "dana"}},
            ("gab", "109", "Open", "dana", "2021-08-06T10:30:00.000Z", {"likes": 8, "shares": 1, "replies": 2}),
        ),
        (
            "xiaohongshu.com",
            {"id": "64", "note_card": NOTE_CARD},
            ("xiaohongshu", "64", "早饭", "码头", None, {}),
        ),
        (
            "xiaohongshu.com",
            {"id": "65", "note": {"title": "雨", "desc": "下了一天", "time": 1628245800000}}
            | {"note": {"title": "雨", "desc": "下了一天", "time": 1628245800000, "interactInfo": {"likedCount": "7"}}},
            ("xiaohongshu", "65", "雨\n\n下了一天", None, "2021-08-06T10:30:00Z", {"likes": 7}),
        ),
        (
            "xiaohongshu.com",
            {"id": "66", "title": "雾", "author_name": "四", "likes": "赞", "_zs-origin": "html"},
            ("xiaohongshu", "66", "雾", "四", None, {}),
        ),
        (
            "pinterest.com",
            PIN | {"description": "A table", "createdAt": "Fri, 06 Aug 2021 12:30:00 +0200"},
            ("pinterest", "88", "Oak\n\nA table", "dana", "2021-08-06T12:30:00+02:00", {}),
        ),
        (
            "pinterest.com",
            {"id": "89", "title": "Lamp", "body": "", "_zs-origin": "html"},
            ("pinterest", "89", "Lamp", None, None, {}),
        ),
        (
            "facebook.com",
            {"comet_sections": {"content": {"story": STORY}, "context_layout": WHEN_OF_STORY}},
            ("facebook", "10", "Closed", "dana.quay", "2021-08-06T10:30:00Z", {}),
        ),
        (
            "tiktok-comments",
            {"cid": "71", "aweme_id": "7", "text": "So late", "create_time": 1628245800, "reply_id": "0"}
            | {"user": {"unique_id": "yara", "uid": "9"}, "digg_count": 2},
            ("tiktok", "71", "So late", "yara", "2021-08-06T10:30:00Z", {"likes": 2}),
        ),
        (
            "instagram-comments",
            {"comment_id": "72", "post_id": "33", "text": "Yes", "created_at": 1628245800}
            | {"user": {"unique_id": "yara"}, "comment_like_count": 1, "parent_comment_id": None},
            ("instagram", "72", "Yes", "yara", "2021-08-06T10:30:00Z", {"likes": 1}),
        ),
    ],
)
def test_what_zeeschuimer_collects_is_read_as_its_page_has_it(
    tmp_path: Path, source: str, item: dict[str, Any], wanted: tuple[Any, ...]
) -> None:
    sent = {"item_id": "1", "timestamp_collected": 1628247600000, "source_platform": source, "data": item}
    for row in (sent, collected(source, item)):
        post = post_of(tmp_path, "a.ndjson", lines(row))
        assert (post.platform, post.id, post.text, post.author, post.created, post.counts) == wanted


def test_a_collection_whose_first_object_is_long_is_known_by_what_stands_at_its_end(tmp_path: Path) -> None:
    row = {"carousel_media": ["x" * 300_000], "code": "Cx", "taken_at": 1628245800, "caption": {"text": "Boats"}}
    content = lines(collected("instagram.com", row), collected("instagram.com", row | {"code": "Cy"}))
    for name, data in (("a.ndjson", content.encode()), ("b.ndjson.gz", gzip.compress(content.encode()))):
        assert [post.id for post in posts_of(tmp_path, name, data)] == ["Cx", "Cy"]


def test_comments_and_quotes_of_a_collection_say_what_they_answer_and_quote(tmp_path: Path) -> None:
    comment = {"cid": "71", "aweme_id": "7", "text": "So late", "reply_id": "0"}
    answer = {"comment_id": "72", "post_id": "33", "text": "Yes", "parent_comment_id": "70"}
    quote = {"code": "Cx", "taken_at": 1628245800, "caption": {"text": "Look"}, "user": {"username": "dana"}}
    quote["text_post_app_info"] = {"share_info": {"quoted_post": {"code": "Cy"}}}
    rows = [collected("tiktok-comments", comment), collected("tiktok-comments", comment | {"reply_id": "70"})]
    rows += [collected("instagram-comments", answer), collected("threads.net", quote)]
    posts = posts_of(tmp_path, "a.ndjson", lines(*rows))
    assert [post.reply_to for post in posts] == ["7", "70", "70", None]
    assert posts[3].quote_of == "Cy"


def test_a_picture_without_a_caption_is_skipped_and_a_graph_has_its_author_under_either_name(tmp_path: Path) -> None:
    graph: dict[str, Any] = {"shortcode": "Ch", "edge_media_to_caption": {"edges": [{"node": {"text": "Hail"}}]}}
    graph |= {"owner": None, "user": {"username": "dana"}, "edge_media_preview_comment": {"count": 2}}
    bare = {"code": "Cn", "taken_at": 1628245800, "user": {"username": "dana"}}
    first, second = items_of(
        tmp_path, "a.ndjson", lines(collected("instagram.com", bare), collected("instagram.com", graph))
    )
    assert isinstance(first, Skipped)
    assert isinstance(second, Post)
    assert (first.reason, second.author, second.counts) == ("no text", "dana", {"replies": 2})


def test_a_date_of_a_collection_that_is_none_is_noted(tmp_path: Path) -> None:
    notes = Notes()
    post = post_of(tmp_path, "a.ndjson", lines(collected("pinterest.com", PIN | {"createdAt": "soon"})), notes=notes)
    assert post.created is None
    assert notes.remarks["created", ""].example == "'soon'"


# JSON without a platform


@pytest.mark.parametrize(
    "content",
    [
        '[{"text": "Rain"}, {"text": "Hail"}]',
        '[\n {"text": "Rain"},\n {"text": "Hail"}\n]\n',
        '{\n"posts": [{"text": "Rain"}, {"text": "Hail"}], "more": [{"text": "no"}]}',
        '{"count": 2, "items": [{"text": "Rain"}, {"text": "Hail"}]}',
        '\ufeff[{"text": "Rain"}, {"text": "Hail"}]',
    ],
)
def test_posts_in_any_json_are_read(tmp_path: Path, content: str) -> None:
    posts = posts_of(tmp_path, "a.json", content)
    assert [(post.text, post.record) for post in posts] == [("Rain", 0), ("Hail", 1)]
    wide = content.removeprefix("\ufeff").encode("utf-16")
    assert [post.text for post in posts_of(tmp_path, "b.json", wide)] == ["Rain", "Hail"]


def test_one_object_is_one_post_and_columns_name_its_fields(tmp_path: Path) -> None:
    assert post_of(tmp_path, "a.json", {"text": "Rain", "id": 5}).id == "5"
    rows = [{"body": "Rain", "n": 12345678901234567890123}, {"body": 5}, {"other": 1}, 3, {"body": "x", "n": 1.5}]
    items = items_of(tmp_path, "b.json", rows, columns={"text": "body", "id": "n"})
    assert isinstance(items[0], Post)
    assert (items[0].text, items[0].id) == ("Rain", "12345678901234567890123")
    messages = [item.message for item in items[1:] if isinstance(item, Problem)]
    assert [said.partition(": ")[0] for said in messages] == [f"b.json, record {n}" for n in (1, 2, 3, 4)]
    assert "lost digits" in messages[3]


def test_json_without_a_text_is_skipped_with_advice(tmp_path: Path) -> None:
    for content in ('{"name": "settings"}', '[{"body": "Rain"}]', '[\n{"a": [{"b": 1}]}]'):
        (reason,) = reasons_of(items_of(tmp_path, "a.json", content))
        assert reason.startswith("JSON document")
        assert "--column text=NAME" in reason


@pytest.mark.parametrize(
    ("content", "texts", "said"),
    [
        ('[{"text": "a"}, {"text": "b"', ["a"], "cut off"),
        ('[{"text": "a"}, {"text": "b"}', ["a", "b"], "cut off"),
        ('[{"text": "a"}, {"text": tru}, {"text": "c"}]', ["a", "c"], "broken JSON"),
        ('[\n {"text": "a"},\n {"text": "b" "c"},\n {"text": "d"}\n]', ["a", "d"], "broken JSON"),
        ('[\n {"text": "a"},\n {"text": "b"]},\n {"text": "d"}\n]', ["a", "d"], "broken JSON"),
        ('[\n {"text": "a"},\n {"text": {{"b": 1},\n {"text": "d"}\n]', ["a", "d"], "broken JSON"),
        ('[{"text": "a"}, {"text": "b\udcff"}, {"text": "c"}]', ["a", "c"], "encoding"),
        ('[{"text": "a"}, {"text": "b", "id": ' + "9" * 5000 + '}, {"text": "c"}]', ["a", "c"], "too long"),
        ('[{"text": "a"}, ' + "[" * 5000 + "]" * 5000 + ', {"text": "c"}]', ["a", "c"], "too deep"),
        ('[{"text": "a"}, }, {"text": "c"}]', ["a", "c"], "broken JSON"),
    ],
)
def test_a_broken_record_of_an_array_is_a_problem_and_nothing_else_is_lost(
    tmp_path: Path, content: str, texts: list[str], said: str
) -> None:
    items = items_of(tmp_path, "a.json", content.encode("utf-8", "surrogateescape"))
    assert [item.text for item in items if isinstance(item, Post)] == texts
    problems = [item.message for item in items if isinstance(item, Problem)]
    assert any(said in problem for problem in problems), problems
    assert all(problem.startswith("a.json") and "\n" not in problem for problem in problems)


def test_lone_surrogates_of_documents_are_mended_and_counted(tmp_path: Path) -> None:
    notes = Notes()
    content = rb'[{"text": "a\ud800b"}, {"text": "\ud83d\ude00"}, {"text": "' + b'c\xed\xa0\x80"}]'
    assert [post.text for post in posts_of(tmp_path, "a.json", content, notes=notes)] == [
        "a\ufffdb",
        "\N{GRINNING FACE}",
        "c\ufffd",
    ]
    assert notes.remarks["surrogate", ""].count == 2


def test_a_big_array_is_read_in_bounded_memory(tmp_path: Path) -> None:
    row = json.dumps(tweet("Rain fell on the hills " * 400, entities={"hashtags": [], "urls": []}))
    file = tmp_path / "big.json"
    with file.open("w", encoding="utf-8") as out:
        out.write("[")
        for number in range(50_000_000 // (len(row) + 2)):
            out.write((",\n" if number else "") + row)
        out.write("]")
    assert file.stat().st_size > 49_000_000
    tracemalloc.start()
    count = sum(isinstance(item, Post) for item in read([file]))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == number + 1
    assert most < 6_000_000


# The walk through documents


def walk(folder: Path, content: str, *opened: tuple[str, ...]) -> list[Value | Fault]:
    stream = Stream(str(put(folder, "w.json", content)))
    try:
        return list(Document(stream, None).walk(lambda keys, _: keys in opened))
    finally:
        stream.close()


def test_only_what_is_opened_is_gone_into(tmp_path: Path) -> None:
    content = '{"name": "n", "list": [{"a": 1}, [2]], "rest": {"list": [3]}}'
    assert walk(tmp_path, content) == [Value((), json.loads(content), 0)]
    assert [found.keys for found in walk(tmp_path, content, (), ("list",))] == [
        ("name",), ("list", "[]"), ("list", "[]"), ("rest",),
    ]  # fmt: skip
    deeper = walk(tmp_path, content, (), ("list",), ("list", "[]"), ("rest",), ("rest", "list"))
    assert [found.value for found in deeper if isinstance(found, Value)] == ["n", 1, 2, 3]


def test_documents_may_follow_one_another(tmp_path: Path) -> None:
    assert [found.value for found in walk(tmp_path, '{"a": 1}\n{"b": 2};[3] 4 ') if isinstance(found, Value)] == [
        {"a": 1}, {"b": 2}, [3], 4,
    ]  # fmt: skip


@pytest.mark.parametrize("content", ['{"a" 1}', "{'a': 1}", '{"a": 1', '{"a": ', "nonsense", '{"a": x', "[}", '["\\'])
def test_what_is_no_json_ends_the_walk_openly(tmp_path: Path, content: str) -> None:
    with pytest.raises(DamagedError):
        walk(tmp_path, content, ())


@settings(max_examples=60, deadline=None)
@given(
    value=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=6),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text('ab"\\{[,', max_size=3), inner, max_size=3),
        max_leaves=20,
    ),
    size=st.integers(1, 40),
    indent=st.sampled_from([None, 0, 2]),
)
def test_documents_in_pieces_of_any_size_are_those_of_the_parser(
    value: Any, size: int, indent: int | None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    data = json.dumps([value, value], indent=indent).encode()
    file = put(tmp_path_factory.mktemp("any"), "a.json", data)
    stream = Stream(str(file))
    stream.head, stream._rest = data[:size], iter([data[at : at + size] for at in range(size, len(data), size)])
    try:
        found = list(Document(stream, None).walk(lambda keys, _: keys == ()))
    finally:
        stream.close()
    assert [each.value for each in found if isinstance(each, Value)] == json.loads(data)


# Small parts


def test_peeks_show_the_form_and_the_first_rows() -> None:
    assert peek(b"plain words") is None
    assert peek(b"[1, 2]") is None
    cut = peek(b'{"a": {"b": [1, {"c": "d, e}')
    assert cut is not None
    assert (cut.form, cut.rows) == ("lines", ({"a": {"b": [1, {}]}},))
    document = peek(b'{\n "a": 1,\n "b')
    assert document is not None
    assert (document.form, document.rows) == ("object", ({"a": 1},))
    rows = peek(b'{"a": 1}\n{"b": NaN}\n{"c": 3}\n{"d": 4}')
    assert rows is not None
    assert (rows.form, len(rows.rows)) == ("lines", 3)
    assert peek(b"{[}]") is None


@settings(max_examples=200, deadline=None)
@given(data=st.text('{}[]",:\\ \nab1', max_size=60))
def test_peeking_never_fails(data: str) -> None:
    found = peek(data.encode())
    assert found is None or all(isinstance(row, dict) for row in found.rows)


def test_claims_are_tried_as_code_points_and_as_utf16() -> None:
    text = f"{FIRE}{FIRE} #tag &gt; @a"
    for start in (3, 5):
        plain, marked, lost = place(text, [Claim("hashtag", "TAG", start, start + 4), Claim("handle", "b", 14, 16)])
        assert plain == f"{FIRE}{FIRE} #tag > @a"
        assert marked == (Entity("hashtag", 3, 7, "tag"),)
        assert [claim.name for claim in lost] == ["b"]


@settings(max_examples=100, deadline=None)
@given(parts=st.lists(st.sampled_from(["&amp;", "&lt;", "&gt;", "&", ";", "amp;", "x", FIRE, "&quot;"]), max_size=12))
def test_offsets_of_escaped_text_lead_to_the_same_words(parts: list[str]) -> None:
    before = "".join(parts) + " "
    escaped = f"{before}#tag{''.join(parts)}"
    text, marked, lost = place(escaped, [Claim("hashtag", "tag", len(before), len(before) + 4)])
    assert text == unescape(escaped)
    assert not lost
    assert text[marked[0].start : marked[0].end] == "#tag"
    assert marked[0].start == len(unescape(before))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("", ""),
        ("plain  words\n", "plain words"),
        ("<p>a </p> <p> b</p>", "a\n\nb"),
        ("<div>a</div><div>b<br>c <br> d</div>", "a\nb\nc\nd"),
        ("<ul><li>a</li><li>b</li></ul>c", "a\nb\n\nc"),
        ("a<script>no()</script>b<!-- no -->c", "abc"),
        ("a<b> b </b> c", "a b c"),
        ("a&nbsp;&nbsp;b\0", "a\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}b"),
        ("<!-- only -->", ""),
        ("<p>a</p><pre><code>\nx  y\n z\n</code></pre><p>b</p>", "a\n\nx  y\n z\n\nb"),
        ("<pre>\na\n\n\tb\n\n</pre> c  d", "a\n\n\tb\n\nc d"),
        ("a<pre>b<br>c</pre>", "a\n\nb\nc"),
        ("a<pre>\n\n</pre>b", "a\n\nb"),
        ("a<pre>x<b>\n</b>\n</pre>b", "a\n\nx\n\nb"),
    ],
)
def test_html_becomes_the_text_that_is_seen(source: str, text: str) -> None:
    assert flatten(parse_html(source))[0] == text


@settings(max_examples=100, deadline=None)
@given(parts=st.lists(st.sampled_from([*"<>/apbr =\"'&; \n!-x", "<pre>", "</pre>", "<a href=x>"]), max_size=80))
def test_links_of_any_html_lie_in_its_text(parts: list[str]) -> None:
    text, links = flatten(parse_html("".join(parts)))
    assert all(0 <= link.start < link.end <= len(text) for link in links)


def test_fields_are_taken_with_their_types() -> None:
    row = {"a": 5, "b": "", "c": [1, {"d": 2}], "e": {"f": "g"}, "n": "12", "m": -1, "t": True}
    assert (text_in(row, "b", "a"), text_in(row, "none")) == ("5", None)
    assert (words_in(row, "n"), object_in(row, "e"), objects_in(row, "c")) == ("12", {"f": "g"}, [{"d": 2}])
    assert (count_in(row, "n"), count_in(row, "m"), count_in(row, "t"), count_in(row, "e")) == (12, None, None, None)
    for take in (lambda: text_in(row, "c"), lambda: words_in(row, "a"), lambda: object_in(row, "a")):
        with pytest.raises(FieldError):
            take()
    with pytest.raises(FieldError):
        objects_in(row, "e")


@pytest.mark.parametrize(
    ("value", "when"),
    [
        (0, "1970-01-01T00:00:00Z"),
        ("1628245800", "2021-08-06T10:30:00Z"),
        (1628245800.9, "2021-08-06T10:30:00Z"),
        (1628245800007, "2021-08-06T10:30:00.007Z"),
        (253402300800, "1978-01-11T21:31:40.800Z"),
        (float("nan"), None),
        (float("inf"), None),
        ("٥", None),
        (None, None),
        (True, None),
        (10**30, None),
    ],
)
def test_epochs_are_moments_in_utc(value: object, when: str | None) -> None:
    assert from_epoch(value) == when


def test_times_of_x_keep_their_zone() -> None:
    assert from_x_time("Fri Aug 06 10:30:00 +0430 2021") == "2021-08-06T10:30:00+04:30"
    assert from_x_time("Fri Foo 06 10:30:00 +0000 2021") is None


# Marks and entities


def test_targets_of_marks_are_taken_over_and_differences_counted() -> None:
    text = "#a x#b https://t.co/abcdefghij @c"
    url = Entity("url", 7, 30, "https://t.co/abcdefghij", "https://a.example/x")
    marked = (
        Entity("hashtag", 0, 2, "a"),
        url,
        Entity("hashtag", 3, 4, "x"),
        Entity("url", 3, 4, "x", "https://b.example"),
    )
    notes = Notes()
    (scan,) = scan_many([Post("1", text, path="a.json", marked=marked)], notes=notes)
    assert {entity.value: entity.expanded for entity in scan.entities if entity.kind == "url"} == {
        "https://t.co/abcdefghij": "https://a.example/x"
    }
    assert {key: remark.count for key, remark in notes.remarks.items()} == {
        ("unfound", "hashtags"): 1,
        ("behind", ""): 1,
        ("unmarked", "handles"): 1,
    }
    (plain,) = scan_many([Post("1", text, marked=marked)])
    assert plain.entities == scan.entities


# Everything together


def test_every_platform_is_told_by_content_and_not_by_its_name(tmp_path: Path) -> None:
    shapes: dict[str, Any] = {
        "x-archive": archive("tweets", {"tweet": {"id_str": "1", "full_text": "Rain"}}),
        "x-api": lines(tweet("Rain")),
        "bluesky": {"uri": "at://did:plc:n/app.bsky.feed.post/3x", "record": {"text": "Rain"}},
        "mastodon": {"type": "OrderedCollection", "orderedItems": [activity("Rain")]},
        "telegram": chat(message(1, "Rain")),
        "telegram-html": page('<div class="message default" id="message1"><div class="text">Rain</div></div>'),
        "facebook": [{"timestamp": 1, "data": [{"post": "Rain"}]}],
        "instagram": [{"media": [{"uri": "a", "creation_timestamp": 1, "title": "Rain"}]}],
        "tiktok": {"Comment": {"Comments": {"CommentsList": [{"date": "2021-08-06", "comment": "Rain"}]}}},
        "reddit": lines({"subreddit": "a", "id": "b", "title": "Rain", "selftext": ""}),
        "telethon": [{"_": "Message", "id": 1, "peer_id": {"channel_id": 2}, "message": "Rain"}],
        "youtube-api": {"kind": "youtube#comment", "id": "b", "snippet": {"textDisplay": "Rain"}},
        "video-info": {"id": "b", "title": "Rain", "formats": [{"format_id": "1"}]},
        "reddit-api": [{"subreddit": "a", "id": "b", "title": "Rain", "selftext": ""}],
        "4cat": lines(collected("tiktok.com", {"id": "1", "desc": "Rain", "createTime": 1})),
        "json": [{"text": "Rain"}],
        "jsonl": lines({"text": "Rain"}),
    }
    assert set(shapes) == set(OWN) < set(FAMILIES)
    for form, content in shapes.items():
        for name in ("a.txt", "b", "c.json"):
            post = post_of(tmp_path, f"{form}/{name}", content)
            assert post.text == "Rain", form
            packed = gzip.compress(put(tmp_path, f"{form}/x", content).read_bytes())
            assert post_of(tmp_path, f"{form}/{name}.gz", packed).text == "Rain"
        assert post_of(tmp_path, f"{form}/d.dat", content, input_format=form).text == "Rain"


@settings(max_examples=100, deadline=None)
@given(data=st.data(), form=st.sampled_from(OWN))
def test_no_value_in_any_place_makes_a_platform_raise(
    data: st.DataObject, form: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    names = st.sampled_from(NAMES)
    leaves = st.none() | st.booleans() | st.integers(-5, 2**70) | st.floats() | st.text("a#@…<&;:5 \ud800", max_size=8)
    value = st.recursive(
        leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=5), max_leaves=25
    )
    rows = data.draw(st.lists(st.dictionaries(names, value, max_size=6), min_size=1, max_size=3))
    kind = data.draw(st.sampled_from(["array", "object", "lines", "archive"]))
    content = {
        "array": json.dumps(rows),
        "object": json.dumps(rows[0], indent=1),
        "lines": "".join(json.dumps(row) + "\n" for row in rows),
        "archive": "window.YTD.tweets.part0 = " + json.dumps(rows),
    }[kind]
    folder = tmp_path_factory.mktemp("any")
    for chosen in (form, None):
        items = items_of(folder, "a.json", content, input_format=chosen)
        assert items
        records = [item.record for item in items if item.record is not None]
        assert records == list(range(len(records)))
        for item in items:
            if isinstance(item, Post):
                assert item.text.encode().strip()
                assert item.id
                assert all(0 <= mark.start < mark.end <= len(item.text) for mark in item.marked)


@settings(max_examples=100, deadline=None)
@given(
    data=st.binary(max_size=80)
    | st.text('{}[]"\\:,\n ab0\ud800', max_size=80).map(lambda text: text.encode("utf-8", "surrogatepass")),
    begin=st.sampled_from(
        (
            b"",
            b"[",
            b'{"messages": [',
            b"window.YTD.tweets.part0 = [",
            b"\x28\xb5\x2f\xfd",
            b'<div class="page_wrap"><div class="history">',
        )
    ),
    form=st.sampled_from([None, *OWN]),
    encoding=st.sampled_from([None, "utf-8", "cp1256", "utf-16", "utf-7"]),
)
def test_no_bytes_make_a_platform_raise_and_none_give_nothing(
    data: bytes, begin: bytes, form: str | None, encoding: str | None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = put(tmp_path_factory.mktemp("any"), "a.json", begin + data)
    items = list(read([file], input_format=form, encoding=encoding))
    assert items
    for item in items:
        assert item.path == "a.json"
        if isinstance(item, Problem):
            assert item.message.startswith("a.json")
            assert "\n" not in item.message


# The samples


def test_every_sample_reads_back(shared: Path) -> None:
    found: dict[str, list[Item]] = {}
    for item in read(shared / "samples"):
        found.setdefault(item.path, []).append(item)

    def brief(path: str) -> list[tuple[str, str | None, str] | str]:
        return [
            (item.id, item.created, item.text) if isinstance(item, Post) else item.reason
            for item in found[path]
            if not isinstance(item, Problem)
        ]

    first = ("1423600000000000000", "2021-08-06T10:30:00.000Z", "مرحبا 😀 #كابول @user1 https://t.co/abc")
    for path in ("twarc2.flattened.jsonl", "twarc2.search.jsonl", "x-api-v2.page.json"):
        one, two, three = brief(path)
        assert one == first
        assert two == ("1423600251658240000", "2021-08-06T10:31:00.000Z", "Q&A 😀 #tag")
        assert three[2].endswith("and more #real")
        assert three[:2] == ("1623600251658240000", "2023-02-09T08:00:00.000Z")
    assert brief("4cat.ndjson") == [first]
    old = ("1423600000000000000", "2021-08-06T10:30:00Z", first[2])
    assert brief("x-archive/data/tweets.js") == [old]
    one, two, three = brief("x-api-v1.1.jsonl")
    assert one == old
    assert two[2] == three[2] == "word " * 40 + "#end"
    assert three[:2] == ("1423600503316480000", "2021-08-06T10:32:00Z")
    assert brief("bluesky.post.json")[0][1:] == ("2024-11-06T10:30:00.000Z", "مرحبا 😀 #كابول https://example.org/x")
    outbox = ("https://mastodon.example/users/u/statuses/1", "2021-08-06T10:30:00Z")
    assert brief("mastodon/outbox.json") == [
        (*outbox, "Hello #kabul @v https://example.org/long/path"),
        "boost without its text",
    ]
    text = "عاجل: #كابول المصدر\n@user1"
    assert brief("telegram/result.json") == [
        "service message",
        ("1234567890/2", "2021-08-06T10:30:00Z", text),
        ("1234567890/3", "2021-08-06T10:40:00Z", "plain text"),
    ]
    assert brief("telegram/messages.html") == [
        "service message",
        ("Sample channel/2", "2021-08-06T13:30:00+03:00", text),
        ("Sample channel/3", "2021-08-06T13:40:00+03:00", "plain text"),
    ]
    assert [entry[1:] for entry in brief("facebook.your_posts_1.json")] == [("2021-08-06T10:30:00Z", "نص مع #كابول 😀")]
    assert [entry[1:] for entry in brief("instagram.posts_1.json")] == [("2021-08-06T10:30:00Z", "نص #كابول ❤️")]
    assert brief("tiktok.user_data.json")[1][1:] == ("2021-08-06T10:31:00", "text #fyp")
    assert brief("reddit.pushshift.comments.jsonl") == [("t1_h00001", "2021-08-06T10:30:01Z", "text with > quote")]
    for path in ("reddit.pushshift.submissions.jsonl", "reddit.pushshift.submissions.zst"):
        assert brief(path) == ["tombstone: deleted or removed"]
