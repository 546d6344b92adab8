"""Odd shapes of exports that people have: older and newer downloads, other languages, what stands beside the posts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from postscan.model import Post, Problem, Skipped
from postscan.reading import Notes, read

Item = Post | Skipped | Problem
LRM, NARROW = "\N{LEFT-TO-RIGHT MARK}", "\N{NARROW NO-BREAK SPACE}"
WHEN = 1628245800
DAY = "2021-08-06T10:30:00Z"


def items_of(folder: Path, name: str, content: Any, **options: Any) -> list[Item]:
    file = folder / name
    data = content if isinstance(content, (str, bytes)) else json.dumps(content, indent=1)
    file.write_bytes(data.encode() if isinstance(data, str) else data)
    return list(read([file], **options))


def posts_of(folder: Path, name: str, content: Any, **options: Any) -> list[Post]:
    items = items_of(folder, name, content, **options)
    assert all(isinstance(item, Post) for item in items), items
    return [item for item in items if isinstance(item, Post)]


def said(items: list[Item]) -> list[str]:
    """The text of each post, or why there is none."""
    return [
        item.text if isinstance(item, Post) else item.reason if isinstance(item, Skipped) else item.message
        for item in items
    ]


def wrong(text: str) -> str:
    """A text as the downloads of Facebook and Instagram write it."""
    return text.encode().decode("latin-1")


# Telegram


def message(number: int, text: Any = "", **fields: Any) -> dict[str, Any]:
    row = {"id": number, "type": "message", "date": "2021-08-06T15:00:00", "date_unixtime": str(WHEN), "from": "Dana"}
    return row | {"from_id": "user9", "text": text} | fields


def test_an_answer_to_another_chat_has_the_number_of_that_chat(tmp_path: Path) -> None:
    rows = [
        message(5, "Seen", reply_to_message_id=44, reply_to_peer_id="channel88"),
        message(6, "Here", reply_to_message_id=5),
        message(7, "Odd", reply_to_message_id=5, reply_to_peer_id="-1"),
    ]
    chat = {"name": "Port", "type": "public_supergroup", "id": 77, "messages": rows}
    assert [post.reply_to for post in posts_of(tmp_path, "result.json", chat)] == ["88/44", "77/5", "77/5"]


def test_polls_in_pieces_and_lists_of_things_to_do_are_text(tmp_path: Path) -> None:
    sail = {"type": "custom_emoji", "text": "\N{SAILBOAT}", "document_id": "1"}
    poll = {"question": ["Which ", sail], "answers": [{"text": "Ferry", "voters": 1}, {"text": [sail, " Yacht"]}]}
    tasks = {"title": "Packing", "answers": [{"text": "rope", "id": 1}, {"text": "lamp", "id": 2}]}
    rows = [message(1, poll=poll), message(2, todo_list=tasks)]
    chat = {"name": "Port", "type": "public_supergroup", "id": 77, "messages": rows}
    texts = [post.text for post in posts_of(tmp_path, "result.json", chat)]
    assert texts == ["Which \N{SAILBOAT}\nFerry\n\N{SAILBOAT} Yacht", "Packing\nrope\nlamp"]


def test_the_chats_of_an_account_are_found_behind_many_contacts(tmp_path: Path) -> None:
    contact = {"first_name": "N.", "last_name": "R.", "phone_number": "00", "date_unixtime": str(WHEN)}
    data = {
        "about": "Here is the data you asked for",
        "contacts": {"about": "People", "list": [contact] * 900},
        "chats": {
            "about": "Chats",
            "list": [
                {"name": "Empty", "type": "personal_chat", "id": 1, "messages": []},
                {"name": None, "type": "personal_chat", "id": 2, "messages": [message(1, "Hail")]},
                {"type": "saved_messages", "id": 3, "messages": [message(2, "Sleet")]},
            ],
        },
    }
    posts = posts_of(tmp_path, "result.json", data)
    assert [(post.id, post.channel, post.text) for post in posts] == [("2/1", None, "Hail"), ("3/2", None, "Sleet")]


def test_messages_that_telethon_gives_are_read_with_the_ids_of_other_exports(tmp_path: Path) -> None:
    base = {"_": "Message", "peer_id": {"_": "PeerChannel", "channel_id": 77}, "date": "2021-08-06T10:30:00+00:00"}
    source = {"_": "MessageFwdHeader", "from_id": {"_": "PeerChannel", "channel_id": 88}, "from_name": None}
    rows = [
        base | {"id": 1, "message": "Ships late", "views": 12, "forwards": 3, "replies": {"replies": 2}},
        base | {"id": 2, "message": "Seen", "reply_to": {"reply_to_msg_id": 1}, "from_id": {"user_id": 9}},
        base | {"id": 3, "message": "Gate", "fwd_from": source, "date": WHEN, "replies": None},
        base | {"id": 4, "message": "", "media": {"_": "MessageMediaPhoto"}},
        {"_": "MessageService", "id": 5, "peer_id": base["peer_id"], "action": {"_": "MessageActionPinMessage"}},
    ]
    for name, content in (("a.json", rows), ("b.jsonl", "".join(json.dumps(row) + "\n" for row in rows))):
        items = items_of(tmp_path, name, content)
        assert said(items) == ["Ships late", "Seen", "Gate", "no text", "service message"]
        first, second, third = (item for item in items if isinstance(item, Post))
        assert (first.id, first.created, first.channel, first.platform) == ("77/1", DAY, "77", "telegram")
        assert first.counts == {"views": 12, "shares": 3, "replies": 2}
        assert (second.reply_to, second.author_id) == ("77/1", "9")
        assert (third.repost_of, third.created) == ("88", DAY)


PAGE = """<!DOCTYPE html><html><body><div class="page_wrap"><div class="page_header"><div class="text bold">
Port
</div></div><div class="history">{}</div></div></body></html>"""


def test_pages_have_who_was_forwarded_and_the_answers_of_polls(tmp_path: Path) -> None:
    picture = '<div class="pull_left forwarded userpic_wrap"><div class="userpic"></div></div>'
    source = '<div class="from_name">\nHarbour via @relay <span class="date details"> 01.08.2021 10:00:00</span></div>'
    poll = (
        '<div class="media_poll"><div class="question bold">\nWhich boat?\n</div>'
        '<div class="details">\nAnonymous\n</div>'
        '<div class="answer">\n- Ferry <span class="details">1 vote</span></div>'
        '<div class="answer">\n- Yacht\n</div><div class="total details">\n1 vote\n</div></div>'
    )
    rows = (
        '<div class="message default clearfix" id="message1"><div class="body">'
        f'<div class="from_name">\nDana\n</div>{picture}'
        f'<div class="forwarded body">{source}<div class="text">Gate open</div></div></div></div>'
        '<div class="message default clearfix joined" id="message2"><div class="body">'
        '<div class="forwarded body"><div class="text">Gate shut</div></div></div></div>'
        f'<div class="message default clearfix joined" id="message3"><div class="body">{poll}</div></div>'
        '<div class="message default clearfix" id="message4"><div class="body">'
        '<div class="from_name">\nEla via @gif\n</div>'
        '<div class="forwarded body"><div class="text">Whose?</div></div></div></div>'
    )
    posts = posts_of(tmp_path, "messages.html", PAGE.format(rows))
    assert [(post.text, post.author, post.repost_of) for post in posts] == [
        ("Gate open", "Dana", "Harbour"),
        ("Gate shut", "Dana", "Harbour"),
        ("Which boat?\nFerry\nYacht", "Dana", None),
        ("Whose?", "Ela", "unknown"),
    ]


# Facebook, Instagram, TikTok


def test_an_entry_without_a_post_has_its_note_its_event_or_its_pictures_words(tmp_path: Path) -> None:
    def entry(*parts: dict[str, Any], **fields: Any) -> dict[str, Any]:
        return {"timestamp": WHEN, "attachments": [{"data": [part]} for part in parts], "data": []} | fields

    rows = [
        entry(
            {"media": {"uri": "a", "description": wrong("Café")}}, {"media": {"uri": "b", "description": wrong("Café")}}
        ),
        entry({"note": {"title": "Tides", "text": "They come."}}),
        entry({"life_event": {"title": "Moved", "description": "To the hills"}}),
        entry({"external_context": {"name": "Their page", "url": "https://a.example/"}}),
        entry({"media": {"uri": "a", "description": "Below"}}, data=[{"post": "Above"}]),
    ]
    wanted = ["Café", "Tides\n\nThey come.", "Moved\n\nTo the hills", "no text", "Above"]
    assert said(items_of(tmp_path, "your_posts_1.json", rows)) == wanted


def test_a_download_of_facebook_with_one_post_is_an_object(tmp_path: Path) -> None:
    row = {"timestamp": WHEN, "data": [{"post": "Alone"}], "title": "N. posted."}
    for content in (row, json.dumps(row)):
        (post,) = posts_of(tmp_path, "your_posts_1.json", content)
        assert (post.text, post.created, post.platform) == ("Alone", DAY, "facebook")
    (other,) = items_of(tmp_path, "other.json", {"timestamp": WHEN, "data": [{"value": 3}], "title": "Measures"})
    assert isinstance(other, Skipped)
    assert other.reason.startswith("JSON document")


def test_who_is_named_in_a_post_on_facebook_has_the_name_alone(tmp_path: Path) -> None:
    rows = [{"timestamp": WHEN, "data": [{"post": wrong("Hi @[100000001:2048:Zoë R.], @[x] and @dana")}]}]
    assert [post.text for post in posts_of(tmp_path, "your_posts_1.json", rows)] == ["Hi Zoë R., @[x] and @dana"]


def test_lists_of_older_and_newer_facebook_downloads_are_read(tmp_path: Path) -> None:
    comment = {"timestamp": WHEN, "data": [{"comment": {"comment": "Nice", "author": "N.", "group": "Boats"}}]}
    post = {"timestamp": WHEN, "data": [{"post": "Hello"}], "title": "N. posted in Boats."}
    labels = [{"label": "Message", "value": wrong("Où?")}, {"label": "Media", "media": [{"uri": "a.jpg"}]}]
    elsewhere = [{"timestamp": WHEN, "media": [], "label_values": labels, "fbid": "400000000000001"}]
    (found,) = posts_of(tmp_path, "your_comments_in_groups.json", {"group_comments_v2": [comment]})
    assert (found.text, found.channel) == ("Nice", "Boats")
    (found,) = posts_of(tmp_path, "old.json", {"group_posts": {"activity_log_data": [post]}})
    assert (found.text, found.created) == ("Hello", DAY)
    (found,) = posts_of(tmp_path, "posts_on_other_pages_and_profiles.json", elsewhere)
    assert (found.id, found.text, found.created) == ("400000000000001", "Où?", DAY)


@pytest.mark.parametrize(
    "content",
    [
        {"id": "x", "title": "Film", "comments": [{"id": "y", "author": "@dana", "html": "Nice"}]},
        [{"timestamp": WHEN, "media": [], "label_values": [{"label": "Caption", "value": "Theirs"}], "fbid": "1"}],
        {"videos_v2": [{"uri": "a.mp4", "creation_timestamp": WHEN, "description": "Said in the post too"}]},
        {
            "account_history": [
                {"media_list_data": [], "string_map_data": {"IP": {"value": "::1"}, "Port": {"value": "1"}}}
            ]
        },
        {"searches": [{"string_map_data": {"Search": {"value": "rain"}, "Time": {"timestamp": WHEN}}}]},
        {"photos": [{"path": "a.jpg"}]},
        {"title": "Film", "formats": ["mp4"], "webpage_url": "https://a.example/"},
        {"media_comments": [["Nice", "dana", "x"]]},
        {"about": "Us", "contacts": {"mail": "a@b.example"}},
        {"kind": "Listing", "data": {"items": []}},
        [{"_": "Message", "id": 1, "message": "Rain"}],
        {"data": [{"kind": "t3"}]},
    ],
)
def test_what_only_looks_like_a_download_is_none(tmp_path: Path, content: Any) -> None:
    (item,) = items_of(tmp_path, "other.json", content)
    assert isinstance(item, Skipped)
    assert item.reason.startswith("JSON document")


def test_a_download_of_facebook_as_pages_is_named(tmp_path: Path) -> None:
    page = '<html><body><main class="_a706"><section class="_a6-g"><div class="_a6-p">Rain</div><footer class="_a6-o">'
    assert said(items_of(tmp_path, "your_posts_1.html", page)) == [
        "page of a Facebook or Instagram download: ask there for the download as JSON, which is read post by post"
    ]


@pytest.mark.parametrize(
    "names",
    [("Comment", "Media Owner", "Time"), ("Opmerking", "Media-eigenaar", "Tijd"), ("تعليق", "مالك الوسائط", "الوقت")],
)
def test_comments_on_instagram_are_read_in_the_language_of_the_account(tmp_path: Path, names: tuple[str, ...]) -> None:
    values = ({"value": wrong("جميل")}, {"value": "dana"}, {"timestamp": WHEN})
    parts = dict(zip(map(wrong, names), values, strict=True))
    rows = [{"media_list_data": [{"uri": ""}], "string_map_data": parts}]
    for name, content in (("a.json", rows), ("b.json", {"comments_reels_comments": rows})):
        (post,) = posts_of(tmp_path, name, content)
        assert (post.text, post.channel, post.created) == ("جميل", "dana", DAY)


def test_posts_on_threads_and_downloads_of_instagram_until_2020_are_read(tmp_path: Path) -> None:
    threads = {"text_post_app_text_posts": [{"media": [{"uri": "", "creation_timestamp": WHEN, "title": "Words"}]}]}
    assert [post.text for post in posts_of(tmp_path, "threads_and_replies.json", threads)] == ["Words"]
    picture = {"caption": "Quay", "taken_at": "2019-08-06T10:30:00+00:00", "path": "photos/a.jpg"}
    media = {"stories": [picture | {"caption": ""}], "photos": [picture], "videos": [picture | {"taken_at": "then"}]}
    items = items_of(tmp_path, "media.json", media)
    assert said(items) == ["no text", "Quay", "Quay"]
    assert [item.created for item in items if isinstance(item, Post)] == ["2019-08-06T10:30:00Z", None]
    comments = {"media_comments": [["2019-08-06T10:30:00", "Nice", "dana"], ["2019-08-06T10:30:00", "Rain"], 3]}
    items = items_of(tmp_path, "comments.json", comments)
    assert said(items) == ["Nice", "Rain", "comments.json, record 2: not an object; repair the record"]
    assert isinstance(items[0], Post)
    assert (items[0].channel, items[0].created) == ("dana", "2019-08-06T10:30:00")


def test_videos_that_were_watched_are_none_of_ones_own(tmp_path: Path) -> None:
    data = {
        "Your Activity": {"Watch History": {"VideoList": [{"Date": "2025-01-01 00:00:00", "Link": "x"}] * 3}},
        "Post": {"Posts": {"VideoList": [{"Date": "2025-01-06 10:30:00", "Title": "Boat"}, {"Date": "", "Title": ""}]}},
        "VideoList": [],
    }
    assert said(items_of(tmp_path, "user_data_tiktok.json", data)) == [
        "Boat", "video without a caption", "TikTok list without posts: VideoList",
    ]  # fmt: skip


# Reddit


def listing(*things: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    children = [{"kind": kind, "data": data} for kind, data in things]
    return {"kind": "Listing", "data": {"after": None, "children": children}}


ENTRY: dict[str, Any] = {
    "id": "abc",
    "name": "t3_abc",
    "title": "Ships &amp; tides",
    "selftext": "late",
    "subreddit": "quay",
}
ENTRY |= {"created_utc": float(WHEN)}
COMMENT: dict[str, Any] = {
    "id": "c1",
    "body": "Nice",
    "subreddit": "quay",
    "link_id": "t3_abc",
    "parent_id": "t3_abc",
    "replies": "",
}


def test_answers_of_reddit_are_unfolded_with_their_replies(tmp_path: Path) -> None:
    reply = COMMENT | {"id": "c2", "body": "Yes", "parent_id": "t1_c1"}
    last = COMMENT | {"id": "c3", "body": "Last"}
    replies = listing(("t1", reply), ("more", {"children": ["x"]}))
    thread = [listing(("t3", ENTRY)), listing(("t1", COMMENT | {"replies": replies}), ("t1", last))]
    wanted = ["Ships & tides\n\nlate", "Nice", "Yes", "comments that were not fetched", "Last"]
    for content in (thread, json.dumps(thread)):
        items = items_of(tmp_path, "thread.json", content)
        assert said(items) == wanted
    first, _, second = (item for item in items[:3] if isinstance(item, Post))
    assert (first.id, first.created, second.id, second.reply_to) == ("t3_abc", DAY, "t1_c2", "t1_c1")
    page = listing(("t5", {"display_name": "quay"}), ("t3", ENTRY))
    assert said(items_of(tmp_path, "new.json", json.dumps(page))) == ["no submission or comment: t5", wanted[0]]


@pytest.mark.parametrize("content", [{"data": [ENTRY]}, json.dumps({"data": [ENTRY]}), [ENTRY], ENTRY])
def test_pages_and_arrays_of_entries_of_reddit_are_read(tmp_path: Path, content: Any) -> None:
    (post,) = posts_of(tmp_path, "page.json", content)
    assert (post.id, post.text, post.platform) == ("t3_abc", "Ships & tides\n\nlate", "reddit")


# YouTube


def test_comments_that_were_fetched_with_a_video_are_read_without_guessed_times(tmp_path: Path) -> None:
    first: dict[str, Any] = {
        "id": "Ux1",
        "parent": "root",
        "text": "Nice",
        "like_count": 2,
        "author": "@dana",
        "author_id": "UC2",
    }
    first |= {"timestamp": WHEN, "_time_text": "1 year ago"}
    second = {"id": "Ux1.a", "parent": "Ux1", "text": "Yes", "like_count": None, "timestamp": WHEN}
    video: dict[str, Any] = {
        "id": "vid1",
        "title": "Harbour",
        "formats": [{"format_id": "18", "url": "https://a.example/"}],
    }
    video |= {"description": "Boats\nand tides", "channel": "Quay", "upload_date": "20210806", "view_count": 12}
    video |= {"extractor_key": "Youtube", "webpage_url": "https://youtu.be/vid1", "comments": [first, second, 3]}
    notes = Notes()
    one, two, three, four = items_of(tmp_path, "film.info.json", json.dumps(video), notes=notes)
    assert isinstance(one, Post)
    assert isinstance(two, Post)
    assert isinstance(three, Problem)
    assert isinstance(four, Post)
    assert (one.id, one.text, one.reply_to, one.created, dict(one.counts)) == (
        "Ux1",
        "Nice",
        "vid1",
        None,
        {"likes": 2},
    )
    assert (two.reply_to, two.created, two.platform, two.channel) == ("Ux1", DAY, "youtube", "Quay")
    assert (four.id, four.text, four.title, four.created) == ("vid1", "Boats\nand tides", "Harbour", "2021-08-06")
    assert "'1 year ago'" in notes.sentences()[0]
    short = {
        "id": "7",
        "title": "Boat",
        "extractor_key": "TikTok",
        "webpage_url": "https://a.example/7",
        "timestamp": WHEN,
    }
    posts = posts_of(tmp_path, "all.json", json.dumps(short) + "\n" + json.dumps(short | {"id": "8"}))
    assert [(post.id, post.text, post.platform, post.created) for post in posts] == [
        ("7", "Boat", "tiktok", DAY), ("8", "Boat", "tiktok", DAY),
    ]  # fmt: skip


def test_answers_of_the_interface_of_youtube_are_read(tmp_path: Path) -> None:
    def comment(number: str, text: str, **said: Any) -> dict[str, Any]:
        about = {"textDisplay": text, "authorDisplayName": "@dana", "authorChannelId": {"value": "UC2"}, "likeCount": 2}
        about |= {"publishedAt": DAY, "videoId": "vid1"}
        return {"kind": "youtube#comment", "id": number, "snippet": about | said}

    thread = {
        "kind": "youtube#commentThread",
        "id": "Ux1",
        "snippet": {"topLevelComment": comment("Ux1", "It&#39;s<br>nice"), "totalReplyCount": 1},
        "replies": {"comments": [comment("Ux1.a", "&amp;", parentId="Ux1", textOriginal="a < b & c")]},
    }
    video = {"kind": "youtube#video", "id": "vid1", "statistics": {"viewCount": "12"}}
    video |= {"snippet": {"title": "Harbour", "description": "Boats", "channelTitle": "Quay", "publishedAt": DAY}}
    page = {"kind": "youtube#commentThreadListResponse", "items": [thread, video, {"kind": "youtube#channel"}]}
    for content in (page, json.dumps(page)):
        items = items_of(tmp_path, "page.json", content)
        assert said(items) == ["It's\nnice", "a < b & c", "Boats", "no comment or video: youtube#channel"]
    first, second, third = (item for item in items if isinstance(item, Post))
    assert (first.reply_to, dict(first.counts), first.author_id) == ("vid1", {"likes": 2, "replies": 1}, "UC2")
    assert (second.id, second.reply_to, third.title, dict(third.counts)) == ("Ux1.a", "Ux1", "Harbour", {"views": 12})
    assert said(items_of(tmp_path, "rows.jsonl", json.dumps(thread) + "\n")) == ["It's\nnice", "a < b & c"]


# WhatsApp


@pytest.mark.parametrize(
    ("begin", "created"),
    [
        ("2021. 08. 06. 10:30 - ", "2021-08-06T10:30"),
        ("2021. 8. 6. 오후 10:30 - ", "2021-08-06T22:30"),
        ("[2021. 8. 6. 오전 10:30:15] ", "2021-08-06T10:30:15"),
        ("6. 8. 2021 10:30 - ", "2021-08-06T10:30"),
        ("06. 08. 2021. 10:30 - ", "2021-08-06T10:30"),
        ("6.08.21 г., 10:30 - ", "2021-08-06T10:30"),
        ("10:30, 13/08/2021 - ", "2021-08-13T10:30"),
        ("۲۰۲۱/۸/۶،\N{RIGHT-TO-LEFT MARK} ۱۰:۳۰ - ", "2021-08-06T10:30"),
    ],
)
def test_chats_are_told_by_how_phones_of_more_languages_write_dates(tmp_path: Path, begin: str, created: str) -> None:
    first, second = posts_of(tmp_path, "chat.txt", f"{begin}Dana: Ships late\n{begin}Ela: Snow: much\nAll day\n")
    assert (first.author, first.text, first.created) == ("Dana", "Ships late", created)
    assert (second.author, second.text, second.created) == ("Ela", "Snow: much\nAll day", created)


@pytest.mark.parametrize(
    "begin", ["06. 08. 2021 rain", "2021. 8. 6. 오후 snow", "6.08.21 г. - rain", "10:30, 13/08/2021 rain"]
)
def test_days_of_a_diary_are_no_chat(tmp_path: Path, begin: str) -> None:
    text = f"{begin}: all day\n{begin}: all night\n"
    assert said(items_of(tmp_path, "diary.txt", text)) == [text]


def test_what_an_iphone_writes_of_documents_and_pictures_is_taken_off(tmp_path: Path) -> None:
    begin = "[13/08/2021, 10:39:00] Dana: "
    rows = [
        f"{LRM}tides.pdf • {LRM}3 pages {LRM}<attached: 00000015-tides.pdf>",
        f"The list: tides.pdf {LRM}<attached: 00000015-tides.pdf>",
        f"Look {LRM}<attached: 00000016-PHOTO-2021-08-13.jpg>",
        f"Nice tide {LRM}image omitted",
        "An image omitted",
        f"{LRM}Voice call, {LRM}5 min",
        f"{LRM}התמונה הושמטה",
        f"{LRM}הודעה זו נמחקה.",
    ]
    items = items_of(tmp_path, "_chat.txt", "".join(f"{begin}{row}\r\n" for row in rows))
    assert said(items) == [
        "media file", "The list: tides.pdf", "Look", "Nice tide", "An image omitted", "service message",
        "media file", "tombstone: deleted",
    ]  # fmt: skip


# Tables


def test_lines_above_the_header_of_a_table_are_passed_over(tmp_path: Path) -> None:
    table = (
        'Report:,Mentions\nFrom:,"Sun Aug 01 00:00:00 UTC 2021"\n\n'
        "Query Id,Date,Snippet,Author,Full Text\n1,2021-08-06 10:30:15.0,Ships...,dana,Ships late\n2,,,,\n3,a\n"
    )
    items = items_of(tmp_path, "mentions.csv", table)
    assert said(items) == [
        "Ships late", "no text",
        "mentions.csv, line 7: 2 cells under 5 columns; write all cells, and quote those that hold a line end",
    ]  # fmt: skip
    assert isinstance(items[0], Post)
    assert (items[0].author, items[0].created) == ("dana", "2021-08-06T10:30:15.0")
    (post,) = posts_of(tmp_path, "padded.csv", "Export of posts;;\n;;\nid;text;author\n7;Rain;dana\n")
    assert (post.id, post.text) == ("7", "Rain")
    (post,) = posts_of(tmp_path, "named.csv", "Posts\nnumber;words;who\n7;Rain;dana\n", columns={"text": "words"})
    assert post.text == "Rain"


def test_what_stands_above_the_header_is_none_though_it_has_a_name_of_the_text(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    rows = [
        ["Post text:", "Ships"],
        ["Exported", "2021"],
        [],
        ["Name", "Date", "Comment"],
        ["dana", "2021-08-06", "Nice"],
    ]
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    (post,) = posts_of(tmp_path, "a.xlsx", (tmp_path / "a.xlsx").read_bytes())
    assert (post.text, post.created) == ("Nice", "2021-08-06")
    table = "Comments on a post,,,\n,,,\nName,Date,Likes,Comment\ndana,2021-08-06,3,Nice\n"
    (post,) = posts_of(tmp_path, "a.csv", table)
    assert (post.text, post.created, dict(post.counts)) == ("Nice", "2021-08-06", {"likes": 3})


@pytest.mark.parametrize(
    "table",
    [
        "id,notes,who\n1,Rain,dana\n2,text,ela\n",
        "Posts\nid,text\n1,Rain\n",
        "a,b\nc,d\n" * 30 + "id,text,author\n1,Rain,x\n",
    ],
)
def test_a_row_is_no_header_because_a_cell_of_it_is_a_name(tmp_path: Path, table: str) -> None:
    (problem,) = items_of(tmp_path, "table.csv", table)
    assert isinstance(problem, Problem)
    assert "which column is the text?" in problem.message


@pytest.mark.parametrize(
    ("written", "created"),
    [
        ("06-Aug-2021 10:30PM", "2021-08-06T22:30"),
        ('"Aug 6, 2021"', "2021-08-06"),
        ('"Friday, August 6, 2021 at 10:30 AM"', "2021-08-06T10:30"),
        ('"Fri, 06 Aug 2021 10:30:00 +0200"', "2021-08-06T10:30:00+02:00"),
        ("6 août 2021 10:30 UTC", "2021-08-06T10:30Z"),
        ("6 Aug 2021 25:30", None),
        ("Aug 2021", None),
        ("6 Aug 1821", None),
        ("6 Aug 2021 and later", None),
        ('"Fri, 13/08/2021"', None),
        ("13/08/2021 at dawn", None),
    ],
)
def test_dates_whose_month_is_a_word_are_read(tmp_path: Path, written: str, created: str | None) -> None:
    (post,) = posts_of(tmp_path, "table.csv", f"text,created\nRain,{written}\n")
    assert post.created == created


def test_what_programs_write_for_nothing_is_nothing_but_in_a_text(tmp_path: Path) -> None:
    table = "id,text,author,reply_to,created,likes,url\nNA,NA,NA,[],NaT,NaN,NULL\n5,Rain,Nan,NA,2021-08-06,3,N/A\n"
    notes = Notes()
    first, second = posts_of(tmp_path, "table.csv", table, notes=notes)
    assert (first.id, first.text, first.author, first.reply_to, first.url) == ("table.csv#0", "NA", None, None, None)
    assert (first.created, dict(first.counts), notes.sentences()) == (None, {}, [])
    assert (second.id, second.author, second.reply_to, dict(second.counts)) == ("5", "Nan", None, {"likes": 3})


@pytest.mark.parametrize("cell", ["'7000000000000000001", '"=""7000000000000000001"""', '"""7000000000000000001"""'])
def test_ids_that_were_kept_from_a_spreadsheet_are_the_ids(tmp_path: Path, cell: str) -> None:
    (post,) = posts_of(tmp_path, "table.csv", f"id,text,reply_to\n{cell},Rain,'no id'\n")
    assert (post.id, post.reply_to) == ("7000000000000000001", "'no id'")


@pytest.mark.parametrize(
    ("cell", "likes"),
    [("1,234", 1234), ("12 345", 12345), (f"1{NARROW}234{NARROW}567", 1234567), ("1'000", 1000), ("1.234", None),
     ("1,23", None), ("1,2345", None), ("1.2K", None)],
)  # fmt: skip
def test_thousands_of_a_count_may_be_apart(tmp_path: Path, cell: str, likes: int | None) -> None:
    for name, content in (("a.csv", f'text;likes\nRain;"{cell}"\n'), ("b.json", [{"text": "Rain", "likes": cell}])):
        (post,) = posts_of(tmp_path, name, content)
        assert post.counts.get("likes") == likes


def test_the_time_of_a_post_is_taken_before_the_time_of_its_collection(tmp_path: Path) -> None:
    table = "postContent,timestamp,postTimestamp\nRain,2021-08-10T10:30:00Z,2021-08-06T10:30:00Z\n"
    assert posts_of(tmp_path, "table.csv", table)[0].created == DAY


def test_a_table_with_posts_and_comments_asks_which_is_meant(tmp_path: Path) -> None:
    (item,) = items_of(tmp_path, "comments.tab", "post_id\tpost_text\tcomment_id\tcomment_message\n1\tRain\t2\tWhy?\n")
    assert isinstance(item, Problem)
    assert "post_text, comment_message may all be it" in item.message


def test_a_field_of_ours_that_is_another_thing_elsewhere_can_be_turned_away(tmp_path: Path) -> None:
    rows = [{"id": 7, "message": "Rain", "author": {"name": "dana"}, "replies": {"replies": 2}, "name": "Dana"}]
    (problem,) = items_of(tmp_path, "rows.json", rows, columns={"text": "message"})
    assert isinstance(problem, Problem)
    assert problem.message.endswith("or say which field it is: --column author=NAME")
    columns = {"text": "message", "author": "name", "replies": "none"}
    (post,) = posts_of(tmp_path, "rows.json", rows, columns=columns)
    assert (post.id, post.text, post.author) == ("7", "Rain", "Dana")


def test_fields_that_nothing_takes_are_named_in_one_sentence_a_file(tmp_path: Path) -> None:
    names = [f"measure {number}" for number in range(12)]
    notes = Notes()
    posts_of(tmp_path, "wide.csv", f"text,{','.join(names)}\nRain{',' * 12}\n", notes=notes)
    posts_of(tmp_path, "narrow.csv", "text,odd\nRain,\n", notes=notes)
    shown = ", ".join(f'"{name}"' for name in names[:10])
    assert notes.sentences() == [
        f"fields {shown} and 2 more not used in 1 file (wide.csv); --column FIELD=NAME uses one",
        'field "odd" not used in 1 file (narrow.csv); --column FIELD=NAME uses one',
    ]
