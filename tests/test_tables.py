"""Records and tables: what a scan becomes in JSON Lines and in Arrow."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postscan.dates import clock, find_chain, find_chains, find_day
from postscan.dates.created import name_day
from postscan.folding import folded_words, search_fold
from postscan.model import Block, Embed, Entity, Language, Post, Problem, Scan, Skipped, Source
from postscan.pipeline import scan_many
from postscan.reading import read
from postscan.scripts import count_letters, is_letter
from postscan.tables import COLUMNS, SHORT_LINK, batch_schemas, link_domain, post_key, record_line, rows, schemas
from postscan.tables.owners import find_branded, mark_brands
from postscan.wordlists import check_hosts

CORPUS = Path(__file__).parents[1] / "corpus"
AUTHORS = (None, "Harbour Wire", "port_strike", "Zarin Quake")
SCHEMA_FILE = Path(__file__).parents[1] / "docs" / "record.schema.json"
TEXT = (
    "Harbour reopens\n"
    "Ships came back to #Sidon, Lebanon24 reports @port_desk https://t.co/abcdefghij \N{SHIP}\n"
    "First ferry since May — Rana H (@ranah) August 8, 2021 #ferry\n"
    "Read more: #Tyre\n"
    "#DeltaWire report"
)


def spans(*surfaces: str) -> list[tuple[int, int]]:
    return [(TEXT.index(s), TEXT.index(s) + len(s)) for s in surfaces]


def make_scan(**changes: Any) -> Scan:
    """A scan with every layer, by hand."""
    kinds = ("headline", "body", "embed", "teaser", "byline")
    lines = [(TEXT.index(line), TEXT.index(line) + len(line)) for line in TEXT.split("\n")]
    tags = [Entity("hashtag", *spans(f"#{t}")[0], t.lower()) for t in ("Sidon", "ferry", "Tyre", "DeltaWire")]
    handles = [Entity("handle", *spans(f"@{h}")[0], h) for h in ("port_desk", "ranah")]
    others = [
        Entity("url", *spans("https://t.co/abcdefghij")[0], "https://t.co/abcdefghij"),
        Entity("emoji", *spans("\N{SHIP}")[0], "\N{SHIP}"),
    ]
    scan = Scan(
        post=Post("7", TEXT, "day/a.jsonl", 3, platform="x", author="Port Desk", counts={"likes": 5}),
        created="2021-08-08T22:10:00+03:00",
        created_from="metadata",
        language="en",
        main="en",
        blocks=tuple(Block(kind, *line, 0, f"{kind}-rule?") for kind, line in zip(kinds, lines, strict=True)),
        embeds=(
            Embed("x", *lines[2], *spans("First ferry since May")[0], "Rana H", "RanaH", "2021-08-08", None,
                  ("pic.twitter.com/abc",), "x-attribution"),
        ),
        entities=tuple(sorted([*tags, *handles, *others], key=lambda e: e.start)),
        languages=tuple(
            Language("en", "Latn", *s, 0.9) for s in spans("Harbour reopens", "Ships came back to", "Sidon")
        ),
        sources=(
            Source("outlet", *spans("Lebanon24")[0], "Lebanon24", "lebanon24", "outlet-verb"),
            Source("embed", *spans("@ranah")[0], "ranah", "ranah", "embed-handle"),
            Source("brand", *spans("#DeltaWire")[0], "DeltaWire", "deltawire", "signature"),
        ),
    )  # fmt: skip
    return replace(scan, **changes)


def table(name: str, *items: Scan | Problem | Skipped) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = rows(items)[name].to_pylist()
    return found


def plain(*batches: pa.RecordBatch) -> pa.Table:
    """The rows as a table without dictionaries."""
    whole = pa.Table.from_batches(batches)
    types = [field.type.value_type if pa.types.is_dictionary(field.type) else field.type for field in whole.schema]
    return whole.cast(pa.schema(map(pa.field, whole.schema.names, types)))


def role_of(written: str, name: str = "entities", scan: Scan | None = None) -> str:
    (row,) = [r for r in table(name, scan or make_scan()) if r["written"] == written]
    return str(row["role"])


# -- records


def schema() -> dict[str, Any]:
    value: dict[str, Any] = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    return value


def record_of(scan: Scan) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(record_line(scan))
    return value


def test_record_is_what_its_schema_says() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.validate(record_of(make_scan()), schema())


def test_keys_stand_in_the_documented_order() -> None:
    record, wanted = record_of(make_scan()), schema()
    assert list(record) == list(wanted["properties"]) == wanted["required"]
    for layer in ("blocks", "embeds", "entities", "languages", "sources"):
        item = wanted["properties"][layer]["items"]
        assert list(record[layer][0]) == list(item["properties"]) == item["required"], layer


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (("text",), None),
        (("schema",), 2),
        (("created",), "Sunday"),
        (("created_from",), "guess"),
        (("blocks", 0, "kind"), "paragraph"),
        (("blocks", 0, "start"), -1),
        (("embeds", 0, "date"), "8 August"),
        (("languages", 0, "score"), 1.5),
        (("sources", 0, "rule"), ""),
    ],
    ids=str,
)
def test_schema_refuses_what_no_record_may_hold(where: tuple[Any, ...], value: Any) -> None:
    record = record_of(make_scan())
    part: Any = record
    for step in where[:-1]:
        part = part[step]
    part[where[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(record, schema())


def test_record_line_is_one_line_of_utf8() -> None:
    line = record_line(make_scan(post=Post("1", "سطر\nآخر\N{LINE SEPARATOR}هنا")))
    assert line.count(b"\n") == 1
    assert line.endswith(b"}\n")
    assert "سطر" in line.decode("utf-8")


def test_lone_surrogates_become_replacement_characters_and_offsets_stay() -> None:
    post = Post("1", "a\ud83db", path="\udce9.txt")
    record = record_of(make_scan(post=post))
    assert (record["text"], record["path"]) == ("a\N{REPLACEMENT CHARACTER}b", "\N{REPLACEMENT CHARACTER}.txt")
    (row,) = table("posts", make_scan(post=post))
    assert row["text"] == "a\N{REPLACEMENT CHARACTER}b"
    scan = make_scan(embeds=(replace(make_scan().embeds[0], media=("\ud83d",)),))
    assert table("embeds", scan)[0]["media"] == ["\N{REPLACEMENT CHARACTER}"]


# -- tables


def test_every_table_has_its_pinned_columns_even_without_rows() -> None:
    for name, batch in rows([]).items():
        assert batch.num_rows == 0
        assert batch.schema.equals(batch_schemas()[name])
        assert plain(batch).schema.equals(schemas()[name], check_metadata=True)
        assert batch.schema.names == [column for column, _ in COLUMNS[name]]
        assert batch.schema.metadata is None


def test_items_go_to_their_tables_in_order() -> None:
    others = (Skipped("b.png", None, "media file"), Problem("c.txt", 4, "broken"))
    items: list[Scan | Problem | Skipped] = [make_scan(), *others, make_scan()]
    batches = rows(items)
    counts = {name: batch.num_rows for name, batch in batches.items()}
    assert counts == {
        "posts": 2, "blocks": 10, "embeds": 2, "entities": 16, "languages": 6, "sources": 6, "dates": 4, "problems": 1,
        "skipped": 1,
    }  # fmt: skip
    assert batches["skipped"].to_pylist() == [{"path": "b.png", "record": None, "reason": "media file"}]
    assert batches["problems"].to_pylist() == [{"path": "c.txt", "record": 4, "message": "broken"}]


def test_layers_join_on_the_post_and_count_from_zero() -> None:
    batches = rows([make_scan()])
    key = post_key("day/a.jsonl", 3)
    for name in ("blocks", "embeds", "entities", "languages", "sources"):
        assert set(batches[name]["post"].to_pylist()) == {key}
        assert batches[name]["n"].to_pylist() == list(range(batches[name].num_rows))


def test_key_of_a_post_tells_path_and_record_apart() -> None:
    places = [("a", None), ("a", 0), ("a", 1), ("a1", None), ("", None), ("a\0", 1)]
    assert len({post_key(*place) for place in places}) == len(places)
    assert all(-(2**63) <= post_key(*place) < 2**63 for place in places)


@pytest.mark.parametrize(
    ("written", "role"),
    [("#Sidon", "own"), ("#ferry", "embedded"), ("#Tyre", "other"), ("#DeltaWire", "brand"), ("@ranah", "embedded")],
)
def test_role_is_where_a_use_stands(written: str, role: str) -> None:
    assert role_of(written) == role


def test_handle_or_tag_that_matches_the_poster_is_a_brand() -> None:
    assert role_of("@port_desk") == "brand"
    assert role_of("@port_desk", scan=make_scan(post=Post("1", TEXT, author="Somebody"))) == "own"
    own_site = Post("1", TEXT, url="https://www.sidon.com/news/1")
    assert role_of("#Sidon", scan=make_scan(post=own_site)) == "brand"
    assert role_of("#Sidon", scan=make_scan(post=replace(own_site, platform="x"))) == "own"


def test_platform_where_everybody_posts_makes_no_brand() -> None:
    post = Post("1", "#tiktok", url="https://tiktok.com/@a/video/1")
    scan = make_scan(post=post, entities=(Entity("hashtag", 0, 7, "tiktok"),), sources=())
    assert role_of("#tiktok", scan=scan) == "own"


def test_tag_that_signs_a_post_is_its_brand_everywhere_in_it() -> None:
    first = Entity("hashtag", *spans("#Sidon")[0], "deltawire")
    scan = make_scan(entities=(first, *make_scan().entities[1:]))
    assert role_of("#Sidon", scan=scan) == "brand"


def test_somebody_elses_tag_in_an_embed_stays_embedded_though_it_is_the_posters() -> None:
    scan = make_scan(post=replace(make_scan().post, author="ferry"))
    assert role_of("#ferry", scan=scan) == "embedded"


def test_sources_say_where_they_stand() -> None:
    assert [role_of(w, "sources") for w in ("Lebanon24", "@ranah", "#DeltaWire")] == ["own", "embedded", "brand"]


def test_use_outside_all_blocks_is_other() -> None:
    row = table("entities", make_scan(blocks=()))[0]
    assert (row["role"], row["block"], row["story"]) == ("other", None, None)
    gap = make_scan(blocks=(Block("body", 0, 3, 0, "r"),))
    assert {r["role"] for r in table("entities", gap)} <= {"other", "brand"}


def test_links_have_a_domain_and_nothing_else_has() -> None:
    domains = {r["kind"]: r["domain"] for r in table("entities", make_scan())}
    assert domains == {"hashtag": None, "handle": None, "url": SHORT_LINK, "emoji": None}
    link = Entity("url", 0, 3, "https://t.co/abcdefghij", "https://news.example.co.uk/x")
    assert table("entities", make_scan(entities=(link,)))[0]["domain"] == "example.co.uk"


@pytest.mark.parametrize("kind", ["hashtag", "glued_hashtag", "handle"])
@pytest.mark.parametrize(
    ("tag", "reason"),
    [
        ("#Sidon", None),
        ("#Sid\N{CYRILLIC SMALL LETTER O}n", "look-alike"),
        ("#Sid\N{ZERO WIDTH JOINER}on", "joiner"),
        ("#Sid\N{RIGHT-TO-LEFT MARK}on", "bidi-control"),
    ],
)
def test_tags_that_are_not_what_they_look_like_are_flagged_and_nothing_else_is(
    kind: str, tag: str, reason: str | None
) -> None:
    scan = make_scan(post=Post("7", tag), blocks=(), embeds=(), languages=(), sources=())
    (row,) = table("entities", replace(scan, entities=(Entity(kind, 0, len(tag), "sidon"),)))
    assert row["suspicious"] == (None if kind == "handle" else reason)


def test_letters_are_counted_and_segments_of_tags_are_marked() -> None:
    found = [(r["letters"], r["entity"], r["role"]) for r in table("languages", make_scan())]
    assert found == [(14, False, "own"), (15, False, "own"), (5, True, "own")]


def test_account_of_an_embed_is_its_handle_or_name_folded() -> None:
    (m,) = make_scan().embeds
    cases = [m, replace(m, handle=None), replace(m, handle=None, name=None)]
    assert [r["account"] for r in table("embeds", make_scan(embeds=tuple(cases)))] == ["ranah", "rana h", None]


def test_counts_beyond_64_bits_are_left_out_of_the_table() -> None:
    post = replace(make_scan().post, counts={"likes": 5, "views": 2**70})
    (row,) = table("posts", make_scan(post=post))
    assert (row["likes"], row["views"], row["shares"]) == (5, None, None)


@pytest.mark.parametrize(
    ("created", "day"),
    [
        ("2021-08-08", "2021-08-08"),
        ("2021-08-08T23:59:59-11:00", "2021-08-08"),
        ("2021-08", None),
        ("2021-02-30", None),
        ("2021-08-081", None),
        ("٢٠٢١-٠٨-٠٨", None),
        (None, None),
    ],
)
def test_day_is_the_one_as_written(created: str | None, day: str | None) -> None:
    found = find_day(created)
    assert (found and found.isoformat()) == day


@pytest.mark.parametrize(
    ("post", "poster"),
    [
        (Post("1", "x", "f/a.txt", author="Rana", channel="c"), ("Rana", "author")),
        (Post("1", "x", "f/a.txt", author_id="77", channel="c"), ("77", "author")),
        (Post("1", "x", "f/a.txt", channel="harbour", url="https://a.example.org/1"), ("harbour", "channel")),
        (Post("1", "x", "f/a.txt", url="https://a.example.org/1"), ("example.org", "domain")),
        (Post("1", "x", "f/g/a.txt"), ("f", "folder")),
        (Post("1", "x", "a.txt"), (None, None)),
    ],
)
def test_poster_is_author_channel_domain_or_folder(post: Post, poster: tuple[str | None, str | None]) -> None:
    (row,) = table("posts", make_scan(post=post))
    assert (row["poster"], row["poster_from"]) == poster


def body(text: str, kind: str = "body") -> Scan:
    blocks = (Block(kind, 0, len(text), 0, "r"),) if text else ()
    return make_scan(post=Post("1", text), blocks=blocks, embeds=(), entities=(), languages=(), sources=())


def words_key(scan: Scan) -> int | None:
    found: int | None = table("posts", scan)[0]["words_key"]
    return found


def test_exact_duplicates_share_a_key_of_their_folded_words() -> None:
    assert words_key(body("The  Gate\nis «open»")) == words_key(body("the gate is «open» "))
    assert words_key(body("أُغلق المعبر")) == words_key(body("اغلق المعبر"))
    assert words_key(body("the gate is shut")) != words_key(body("the gate is open"))
    assert words_key(body("")) is None
    assert words_key(body("Read more", "teaser")) is None
    assert words_key(body("#a #b", "tags")) == words_key(body("#A  #B", "tags"))


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://news.bbc.co.uk:8080/x?y#z", "bbc.co.uk"),
        ("HTTP://WWW.Example.COM", "example.com"),
        ("https://user:pass@example.org/", "example.org"),
        ("//example.net/x", "example.net"),
        ("https://bit.ly/abc", SHORT_LINK),
        ("https://www.t.co/x", SHORT_LINK),
        ("https://pic.twitter.com/abc", "pic.twitter.com"),
        ("https://nyti.ms/abc", "nyti.ms"),
        ("http://127.0.0.1/x", "127.0.0.1"),
        ("http://[::1]/x", "[::1]"),
        ("http://localhost", "localhost"),
        ("https://مثال.إختبار/x", "مثال.إختبار"),
        ("https://", None),
        ("no link", None),
        ("", None),
    ],
)
def test_domain_of_a_link(url: str, domain: str | None) -> None:
    assert link_domain(url) == domain


@given(st.text())
@settings(max_examples=200)
def test_domain_of_any_text_is_a_host_or_nothing(text: str) -> None:
    for url in (text, f"https://{text}"):
        found = link_domain(url)
        assert found is None or (found == SHORT_LINK) or (found and "/" not in found)


@given(st.text(st.characters() | st.sampled_from("#@ \n\ud800"), max_size=80), st.data())
@settings(max_examples=150)
def test_rows_take_any_text_and_every_use_has_one_role(text: str, data: st.DataObject) -> None:
    at = st.integers(0, len(text))
    pairs = data.draw(st.lists(st.tuples(at, at).map(sorted), max_size=6))
    kinds = st.sampled_from(["hashtag", "handle", "url", "emoji"])
    entities = tuple(Entity(data.draw(kinds), a, b, text[a:b]) for a, b in sorted(pairs) if a < b)
    blocks = (Block("body", 0, len(text), 0, "r"),) if text else ()
    scan = Scan(Post("1", text, author=text[:5]), None, None, "und", None, blocks, (), entities, (), ())
    found = rows([scan])["entities"].to_pylist()
    assert len(found) == len(entities)
    assert {r["role"] for r in found} <= {"own", "brand"}
    for row, entity in zip(found, entities, strict=True):
        assert len(row["written"]) == entity.end - entity.start


def test_table_of_hosts_is_checked() -> None:
    good = {"short": ["a.co"], "media": [], "platforms": []}
    assert check_hosts(good)["short"] == {"a.co"}
    with pytest.raises(ValueError, match="not short, media and platforms"):
        check_hosts({"short": []})
    for host in ("www.a.co", "A.co", "a", "https://a.co"):
        with pytest.raises(ValueError, match="no lower-case host"):
            check_hosts({**good, "media": [host]})


def test_batch_holds_the_same_rows_as_its_parts() -> None:
    one, two = make_scan(), make_scan(post=Post("8", TEXT, "b.txt"))
    both = rows([one, two])
    for name, batch in both.items():
        assert batch.to_pylist() == rows([one])[name].to_pylist() + rows([two])[name].to_pylist()
    assert math.isclose(both["languages"]["score"][0].as_py(), 0.9)


@pytest.mark.parametrize("size", [1, 7, 512])
def test_rows_do_not_depend_on_the_batch(size: int) -> None:
    posts = [item for item in read(CORPUS) if isinstance(item, Post)] * 8
    named = [replace(post, path=f"{n % 3}/a.txt", author=AUTHORS[n % len(AUTHORS)]) for n, post in enumerate(posts)]
    scans = list(scan_many(named))
    whole = rows(scans)
    parts = [rows(scans[first : first + size]) for first in range(0, len(scans), size)]
    for name, batch in whole.items():
        assert plain(*[part[name] for part in parts]).equals(plain(batch)), name
    assert whole["entities"].column("role").to_pylist().count("brand") > 8


SIGNS = st.sampled_from(
    [
        *"aAé\N{LATIN SMALL LETTER SHARP S}\N{LATIN CAPITAL LETTER I WITH DOT ABOVE} \n\t\0",
        *"أةىک\N{ARABIC FATHA}\N{ARABIC TATWEEL}٣",
        *"\N{ZERO WIDTH NON-JOINER}\N{NO-BREAK SPACE}\N{LINE SEPARATOR}\N{RIGHT DOUBLE QUOTATION MARK}\N{SHIP}",
        *"\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}\N{ARABIC LIGATURE LAM WITH ALEF ISOLATED FORM}\ud83d\ude00",
    ]
)


@given(st.lists(st.text(SIGNS | st.characters(), max_size=20), max_size=8))
@settings(max_examples=300)
def test_words_are_folded_together_as_each_by_itself(texts: list[str]) -> None:
    alone = [" ".join(search_fold(text).text.split()) for text in texts]
    assert folded_words(texts) == [words.encode("utf-8", "surrogatepass") for words in alone]


@given(st.text(SIGNS | st.characters()), st.data())
def test_letters_of_spans_are_counted_one_by_one(text: str, data: st.DataObject) -> None:
    offsets = st.integers(0, len(text))
    drawn = data.draw(st.lists(st.tuples(offsets, offsets).map(sorted), max_size=6))
    starts, ends = (np.array([span[at] for span in drawn], np.int64) for at in (0, 1))
    wanted = [sum(map(is_letter, text[start:end])) for start, end in drawn]
    assert count_letters(text, starts, ends).tolist() == wanted


@given(st.lists(st.tuples(st.text(SIGNS, max_size=9), st.integers(0, 12), st.integers(0, 12)), max_size=6))
def test_letters_are_those_of_the_stretch_in_any_scan(drawn: list[tuple[str, int, int]]) -> None:
    spoken = [(text, Language("en", "Latn", min(at), max(at), 0.5)) for text, *at in drawn]
    scans = [make_scan(post=Post("1", text), languages=(some,)) for text, some in spoken]
    found = [sum(map(is_letter, text[some.start : some.end])) for text, some in spoken]
    assert rows(scans)["languages"].column("letters").to_pylist() == found


NAMES = st.sampled_from(["Port Desk", "port_desk", "sidon", "Sidon!", "\N{SHIP}", "_", "صيدا", "", "bbc", "bbc.co.uk"])


@given(st.lists(st.tuples(NAMES | st.none(), NAMES | st.none(), NAMES, st.booleans(), st.booleans()), max_size=5))
def test_where_no_post_is_looked_at_for_brands_there_are_none(drawn: list[tuple[Any, ...]]) -> None:
    scans = []
    for author, channel, value, signed, linked in drawn:
        url = "https://www.bbc.co.uk/1" if linked else None
        post = Post("1", "#tag", author=author, channel=channel, url=url)
        sources = (Source("brand", 0, 4, None, "k", "r"),) if signed else ()
        entities = (Entity("hashtag", 0, 4, value), Entity("emoji", 0, 1, value))
        scans.append(make_scan(post=post, entities=entities, sources=sources))
    looked_at = find_branded(scans)
    marked = [n for n, scan in enumerate(scans) if any(mark_brands(scan))]
    assert set(marked) <= set(looked_at)
    assert looked_at == sorted(set(looked_at))


# -- dates


def test_every_date_of_a_post_is_a_row_with_its_clock() -> None:
    post = Post(
        "1423569361238420480",
        "By Rania | December 2, 2025",
        "2021-08-06/a.txt",
        platform="x",
        created="2021-08-06 10:00",
    )
    scan = make_scan(
        post=post, created="2021-08-06T10:00", blocks=(Block("byline", 0, 27, 0, "by"),), entities=(), languages=(),
        sources=(),
    )  # fmt: skip
    found = {
        row["link"]: (row["created"], str(row["day"]), str(row["time"]), row["offset"]) for row in table("dates", scan)
    }
    assert found == {
        "metadata": ("2021-08-06T10:00", "2021-08-06", "2021-08-06 10:00:00", None),
        "id": ("2021-08-06T08:59:19Z", "2021-08-06", "2021-08-06 08:59:19", 0),
        "byline": ("2025-12-02", "2025-12-02", "None", None),
        "embed": ("2021-08-08", "2021-08-08", "None", None),
        "name": ("2021-08-06", "2021-08-06", "None", None),
    }


@given(
    created=st.sampled_from([None, "", "2021-08-08", "2021-08-08T10:00:00Z"]),
    link=st.sampled_from([None, "", "metadata", "id", "byline", "name"]),
    given_date=st.sampled_from([None, "", "2021-08-07 10:00", "yesterday"]),
    path=st.sampled_from(["a.txt", "2021-08-06/a.txt"]),
    platform=st.sampled_from([None, "x"]),
    kinds=st.lists(st.sampled_from(["body", "byline", "dateline"]), max_size=2),
    embedding=st.booleans(),
)
def test_dates_of_many_posts_are_those_of_each(
    *,
    created: str | None,
    link: str | None,
    given_date: str | None,
    path: str,
    platform: str | None,
    kinds: list[str],
    embedding: bool,
) -> None:
    post = Post("1423569361238420480", "By Rania | December 2, 2025", path, platform=platform, created=given_date)
    blocks = tuple(Block(kind, 0, 27, 0, "by") for kind in kinds)
    scan = make_scan(post=post, created=created, created_from=link, blocks=blocks)
    scans = [make_scan(), scan if embedding else replace(scan, embeds=()), make_scan()]
    wanted = [(n, *date) for n, each in enumerate(scans) for date in find_chain(each).items()]
    assert list(zip(*find_chains(scans), strict=True)) == wanted


@pytest.mark.parametrize(
    ("created", "time", "offset"),
    [
        ("2021-08-06T10:00:00.25+05:30", "2021-08-06 10:00:00.250000", 19800),
        ("2021-08-06T10:00-0330", "2021-08-06 10:00:00", -12600),
        ("2021-08-06T10:00:00+99:00", "2021-08-06 10:00:00", None),
        ("2021-08-06T24:00:00Z", "None", None),
        ("2021-08-06", "None", None),
    ],
)
def test_clock_is_what_the_date_says(created: str, time: str, offset: int | None) -> None:
    day, found, east = clock(created)
    assert (str(day), str(found), east) == ("2021-08-06", time, offset)
    assert clock("2021-08") == clock(None) == (None, None, None)


def test_stories_are_told_of_posts_and_embeds() -> None:
    scan = make_scan()
    assert (table("posts", scan)[0]["stories"], table("embeds", scan)[0]["story"]) == (1, 0)
    digest = replace(scan, blocks=tuple(replace(b, story=n // 2) for n, b in enumerate(scan.blocks)))
    assert (table("posts", digest)[0]["stories"], table("embeds", digest)[0]["story"]) == (3, 1)
    assert table("posts", replace(scan, blocks=()))[0]["stories"] == 1


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("posts_20210806.jsonl", "2021-08-06"),
        ("news/2021/08/06/a.txt", "2021-08-06"),
        ("2021-08-06/post 12.txt", "2021-08-06"),
        ("2021-08-01_2021-08-31.csv", None),
        ("20211399.txt", None),
        ("a.txt", None),
    ],
)
def test_day_in_a_name_is_read_where_there_is_one(path: str, day: str | None) -> None:
    assert name_day(path) == day
