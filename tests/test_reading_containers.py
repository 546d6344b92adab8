"""Archives: every member is read or listed, and none can harm."""

from __future__ import annotations

import bz2
import gzip
import io
import tarfile
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postscan.model import Post, Problem, Skipped
from postscan.reading import Notes, read
from postscan.store import verify, write_run

ROWS = b'{"text": "The gate is open. #quay"}\n{"text": "It is shut."}\n'
FILES = {
    "in/posts.jsonl": ROWS,
    "in/note.txt": "مذكرة من الميناء".encode(),
    "in/ship.png": b"\x89PNG\r\n\x1a\n",
    "c.csv": b"text\nA row.\n",
}


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def tarred(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return buffer.getvalue()


def read_bytes(folder: Path, name: str, data: bytes) -> list[Post | Skipped | Problem]:
    (folder / name).write_bytes(data)
    return list(read(folder / name))


def texts(items: list[Post | Skipped | Problem]) -> list[tuple[str, int | None, str]]:
    return [(item.path, item.record, item.text) for item in items if isinstance(item, Post)]


@pytest.mark.parametrize("kind", ["zip", "tar", "tar.gz", "tar.zst"])
def test_members_are_read_as_files_of_a_folder(kind: str, tmp_path: Path) -> None:
    import zstandard

    data = zipped(FILES) if kind == "zip" else tarred(FILES)
    data = gzip.compress(data) if kind == "tar.gz" else data
    data = zstandard.compress(data) if kind == "tar.zst" else data
    items = read_bytes(tmp_path, f"export.{kind}", data)
    top = f"export.{kind}"
    assert texts(items) == [
        (f"{top}/in/posts.jsonl", 0, "The gate is open. #quay"),
        (f"{top}/in/posts.jsonl", 1, "It is shut."),
        (f"{top}/in/note.txt", None, "مذكرة من الميناء"),
        (f"{top}/c.csv", 0, "A row."),
    ]
    assert [item.path for item in items if isinstance(item, Skipped)] == [f"{top}/in/ship.png"]
    assert not [item for item in items if isinstance(item, Problem)]


def test_archive_of_x_in_a_zip_has_its_author(tmp_path: Path) -> None:
    tweets = (
        b'window.YTD.tweets.part0 = [{"tweet": {"id_str": "1423600000000000000", "full_text": "The gate is open."}}]'
    )
    account = b'window.YTD.account.part0 = [{"account": {"username": "rana_quay", "accountId": "7"}}]'
    items = read_bytes(tmp_path, "x.zip", zipped({"data/account.js": account, "data/tweets.js": tweets}))
    (post,) = (item for item in items if isinstance(item, Post))
    assert (post.author, post.text, post.path) == ("rana_quay", "The gate is open.", "x.zip/data/tweets.js")


def test_archive_is_known_by_its_content(tmp_path: Path) -> None:
    assert len(texts(read_bytes(tmp_path, "export.bin", zipped(FILES)))) == 4


def test_members_that_lead_out_or_are_hidden_are_not_read(tmp_path: Path) -> None:
    files = {"../up.txt": b"No.", "/etc/top.txt": b"No.", "a/../../b.txt": b"No.", "C:\\x.txt": b"No."}
    hidden = {"__MACOSX/a.txt": b"No.", "in/.hidden.txt": b"No.", "in/fine.txt": b"Yes."}
    for data in (zipped(files | hidden), tarred(files | hidden)):
        items = read_bytes(tmp_path, "export.zip", data)
        assert [text for _, _, text in texts(items)] == ["Yes."]
        problems = [item.message for item in items if isinstance(item, Problem)]
        assert len(problems) == len(files)
        assert all("leads out of the archive" in message for message in problems)


def test_links_in_a_tar_are_listed(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    (item,) = read_bytes(tmp_path, "export.tar", buffer.getvalue())
    assert isinstance(item, Problem)
    assert "link or device" in item.message


def test_password_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    data = bytearray(zipped({"secret.txt": b"Hidden words here.", "open.txt": b"Open words here."}))
    for start in (data.find(b"PK\x03\x04") + 6, data.find(b"PK\x01\x02") + 8):
        data[start] |= 1  # the flag that says so
    items = read_bytes(tmp_path, "export.zip", bytes(data))
    assert [text for _, _, text in texts(items)] == ["Open words here."]
    (problem,) = (item for item in items if isinstance(item, Problem))
    assert "secret.txt: has a password" in problem.message


@pytest.mark.parametrize("kind", ["zip", "gz", "zst"])
def test_bomb_is_stopped(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import zstandard

    monkeypatch.setattr("postscan.reading.bounds.FREE", 1 << 20)
    lines = b" " * (64 << 20)
    data = {"zip": lambda: zipped({"a.jsonl": lines, "b.txt": b"After."}), "gz": lambda: gzip.compress(lines),
            "zst": lambda: zstandard.compress(lines)}[kind]()  # fmt: skip
    items = read_bytes(tmp_path, f"a.jsonl.{kind}", data)
    problems = [item.message for item in items if isinstance(item, Problem)]
    assert len(problems) == 1
    assert "unpacks to more than 200 times its size" in problems[0]
    assert [text for _, _, text in texts(items)] == (["After."] if kind == "zip" else [])


def test_archives_in_archives_have_an_end(tmp_path: Path) -> None:
    data = zipped({"deep.txt": b"Deep."})
    assert texts(read_bytes(tmp_path, "a.zip", zipped({"b.zip": zipped({"c.zip": data})}))) == [
        ("a.zip/b.zip/c.zip/deep.txt", None, "Deep.")
    ]
    (item,) = read_bytes(tmp_path, "a.zip", zipped({"b.tar": tarred({"c.zip": zipped({"d.zip": data})})}))
    assert isinstance(item, Problem)
    assert "an archive in 3 others" in item.message


def test_damaged_archive_gives_what_can_be_read(tmp_path: Path) -> None:
    whole = tarred({"a.txt": b"First.", "b.txt": b"Second."})
    items = read_bytes(tmp_path, "cut.tar", whole[:1200])
    assert [text for _, _, text in texts(items)] == ["First."]
    assert isinstance(items[-1], Problem)
    (item,) = read_bytes(tmp_path, "cut.zip", zipped(FILES)[:-30])
    assert isinstance(item, Problem)
    flipped = bytearray(zipped({"a.txt": b"words " * 90, "b.txt": b"Fine."}))
    flipped[38] ^= 0xFF  # in the packed words of the first
    items = read_bytes(tmp_path, "flipped.zip", bytes(flipped))
    assert [text for _, _, text in texts(items)][-1:] == ["Fine."]
    assert any(isinstance(item, Problem) for item in items)


def test_empty_archive_is_skipped(tmp_path: Path) -> None:
    (item,) = read_bytes(tmp_path, "empty.zip", zipped({}))
    assert isinstance(item, Skipped)


def test_other_packings_are_skipped_with_advice(tmp_path: Path) -> None:
    (item,) = read_bytes(tmp_path, "a.bz2", bz2.compress(ROWS))
    assert isinstance(item, Skipped)
    assert "unpack it" in item.reason


def test_archives_are_scanned_into_a_store(tmp_path: Path) -> None:
    (tmp_path / "export.zip").write_bytes(zipped(FILES))
    run = write_run(tmp_path / "export.zip", tmp_path / "out")
    assert run["counts"] == {"read": 5, "kept": 4, "skipped": 1, "problems": 0, "files": 1}
    assert verify(tmp_path / "out") == []


@given(
    st.binary(max_size=300), st.sampled_from([b"PK\x03\x04", b"PK\x05\x06", zipped(FILES)[:200], tarred(FILES)[:1400]])
)
@settings(max_examples=150, deadline=None)
def test_no_bytes_make_an_archive_raise(tmp_path_factory: pytest.TempPathFactory, data: bytes, head: bytes) -> None:
    items = read_bytes(tmp_path_factory.getbasetemp(), "any.zip", head + data)
    assert all(isinstance(item, (Post, Skipped, Problem)) for item in items)
    assert items


# -- Word documents


def word_file(**about: str) -> bytes:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_paragraph("The gate is open. #quay")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Berth", "رصيف"
    document.add_paragraph("It shuts at noon.")
    for name, value in about.items():
        setattr(document.core_properties, name, value)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_word_document_is_a_post(tmp_path: Path) -> None:
    (post,) = read_bytes(tmp_path, "note.docx", word_file(title="Gate", author="Rana"))
    assert isinstance(post, Post)
    assert post.text == "The gate is open. #quay\n\nBerth\tرصيف\n\nIt shuts at noon."
    assert (post.title, post.author) == ("Gate", "Rana")


def run_of(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


@pytest.mark.parametrize(
    ("inner", "words"),
    [
        (
            (
                f'{run_of("It is ")}<w:ins w:id="1">{run_of("open")}</w:ins>'
                '<w:del w:id="2"><w:r><w:delText>shut</w:delText></w:r></w:del>'
            ),
            "It is open",
        ),
        (f'<w:smartTag w:element="City">{run_of("Quay")}</w:smartTag>{run_of(" is wet")}', "Quay is wet"),
        (f"<w:sdt><w:sdtContent>{run_of('Chosen')}</w:sdtContent></w:sdt>", "Chosen"),
        (f'<w:fldSimple w:instr="DATE">{run_of("Friday")}</w:fldSimple>', "Friday"),
        (f'{run_of("One")}<w:r><w:br w:type="page"/><w:tab/></w:r>{run_of("two")}<w:r><w:br/></w:r>', "One\ttwo\n"),
    ],
)
def test_words_of_a_paragraph_stand_as_its_changes_and_controls_leave_them(
    inner: str, words: str, tmp_path: Path
) -> None:
    docx = pytest.importorskip("docx")
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document = docx.Document()
    paragraph = f"<w:p>{inner}</w:p>"
    for source in (paragraph, f"<w:sdt><w:sdtContent>{paragraph}</w:sdtContent></w:sdt>"):
        element = source.replace(">", f" {nsdecls('w')}>", 1)
        document.element.body.insert(0, parse_xml(element))
    document.save(tmp_path / "a.docx")
    (post,) = read(tmp_path / "a.docx")
    assert isinstance(post, Post)
    assert post.text == f"{words}\n\n{words}"


def test_merged_cells_are_one_and_a_table_in_a_cell_is_read(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    table = document.add_table(2, 3)
    table.cell(0, 0).merge(table.cell(0, 2)).text = "Berths"
    for number, words in enumerate(("North", "East")):
        table.cell(1, number).text = words
    table.cell(1, 2).add_table(1, 1).cell(0, 0).text = "inside"
    document.save(tmp_path / "a.docx")
    (post,) = read(tmp_path / "a.docx")
    assert isinstance(post, Post)
    assert post.text == "Berths\nNorth\tEast\tinside"


def test_damaged_word_document_is_a_problem(tmp_path: Path) -> None:
    data = word_file()
    (item,) = read_bytes(tmp_path, "note.docx", data[: len(data) // 2])
    assert isinstance(item, Problem)
    assert "Word document" in item.message


def test_members_that_are_a_bomb_together_are_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("postscan.reading.bounds.FREE", 1 << 20)
    rows = b'{"text": "Rain"}\n' + b" " * 900_000
    data = zipped({f"{n}.jsonl": rows for n in range(10)})
    items = read_bytes(tmp_path, "a.zip", data)
    problems = [item for item in items if isinstance(item, Problem)]
    assert len(texts(items)) == 10
    assert 8 <= len(problems) < 10
    assert all("unpacks to more than 200 times its size" in problem.message for problem in problems)
    assert {type(item) for item in read(tmp_path / "a.zip", max_expansion=2000)} == {Post}


def messages(items: list[Post | Skipped | Problem]) -> list[str]:
    return [item.message for item in items if isinstance(item, Problem)]


def test_tar_archives_one_behind_another_are_all_read(tmp_path: Path) -> None:
    data = tarred({"a.txt": b"Rain"}) + tarred({"b.txt": b"Snow"})
    assert texts(read_bytes(tmp_path, "a.tar", data)) == [("a.tar/a.txt", None, "Rain"), ("a.tar/b.txt", None, "Snow")]


def test_a_broken_header_in_a_tar_archive_is_a_problem_and_the_members_around_it_are_read(tmp_path: Path) -> None:
    data = bytearray(tarred({"a.txt": b"Rain", "b.txt": b"Hail", "c.txt": b"Snow"}))
    data[1024 + 10] ^= 1
    items = read_bytes(tmp_path, "a.tar", bytes(data))
    assert [item.text for item in items if isinstance(item, Post)] == ["Rain", "Snow"]
    [message] = messages(items)
    assert "a header is broken" in message


def test_headers_of_headers_without_end_are_a_problem(tmp_path: Path) -> None:
    header = tarfile.TarInfo("d/" * 200 + "b.txt").tobuf(tarfile.PAX_FORMAT)[:512]
    items = read_bytes(tmp_path, "a.tar", tarred({"a.txt": b"Rain"})[:1024] + (header + b"junk" * 128) * 2000)
    assert [item.text for item in items if isinstance(item, Post)] == ["Rain"]
    assert len(messages(items)) == 1


@pytest.mark.parametrize("packed", [False, True])
def test_of_a_tar_archive_that_is_cut_off_all_rows_before_are_read(packed: bool, tmp_path: Path) -> None:
    rows = b"".join(b'{"text": "Row %d %d"}\n' % (at, at * at * 7919 % 65537) for at in range(40_000))
    data = tarred({"rows.jsonl": rows})
    data = gzip.compress(data, mtime=0)[:200_000] if packed else data[:700_000]
    kept = zlib.decompressobj(31).decompress(data)[512:] if packed else data[512:]
    items = read_bytes(tmp_path, "a.tar", data)
    assert len(texts(items)) == kept.count(b"\n") > 5000
    assert messages(items)[0].startswith("a.tar/rows.jsonl: damaged in its archive (unexpected end of data)")


def test_members_of_one_name_are_files_of_their_own(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, text in (("a.txt", b"Rain"), ("a.txt (2)", b"Hail"), ("a.txt", b"Snow")):
            member = tarfile.TarInfo(name)
            member.size = len(text)
            archive.addfile(member, io.BytesIO(text))
    assert [item.path for item in read_bytes(tmp_path, "a.tar", buffer.getvalue())] == [
        "a.tar/a.txt",
        "a.tar/a.txt (2)",
        "a.tar/a.txt (3)",
    ]


def test_a_member_without_a_name_is_a_problem(tmp_path: Path) -> None:
    data = zipped({"NN": b"Rain", "b.txt": b"Snow"}).replace(b"NN", b"\0\0")
    items = read_bytes(tmp_path, "a.zip", data)
    assert texts(items) == [("a.zip/b.txt", None, "Snow")]
    assert messages(items) == ["a.zip/: has no name; unpack it first"]


@pytest.mark.parametrize("place", [-1, -5])
def test_what_a_wrong_check_sum_follows_is_read(place: int, tmp_path: Path) -> None:
    data = bytearray(gzip.compress(ROWS))
    data[place] ^= 1
    items = read_bytes(tmp_path, "a.jsonl.gz", bytes(data))
    assert len(texts(items)) == 2
    assert "check); what stands before is read" in messages(items)[0]


def test_zstd_may_begin_with_a_frame_to_be_passed_over(tmp_path: Path) -> None:
    import zstandard

    data = b"\x50\x2a\x4d\x18\x04\0\0\0\x10\0\0\0" + zstandard.ZstdCompressor().compress(ROWS)
    assert len(texts(read_bytes(tmp_path, "a.jsonl.zst", data))) == 2


def test_parts_of_a_mail_without_end_are_a_problem_and_the_next_message_is_read(tmp_path: Path) -> None:
    parts = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (at, at) for at in range(2000))
    first = b"From a@b.example Mon Jan  1 00:00:00 2024\nSubject: x\n" + parts + b"Content-Type: text/plain\n\nRain\n\n"
    second = b"From a@b.example Tue Jan  2 00:00:00 2024\nSubject: y\n\nSnow\n"
    items = read_bytes(tmp_path, "a.mbox", first + second)
    assert [item.text for item in items if isinstance(item, Post)] == ["Snow"]
    assert messages(items) == ["a.mbox, record 0: parts nested too deep; save the message as text"]


def test_mail_in_utf_8_that_names_no_encoding_there_is_needs_no_guess(tmp_path: Path) -> None:
    notes = Notes()
    head = b"From: a@b.example\nContent-Type: text/plain; charset=nope\n\n"
    (tmp_path / "a.eml").write_bytes(head + "مذكرة من الميناء".encode())
    assert [getattr(item, "text", None) for item in read(tmp_path / "a.eml", notes=notes)] == ["مذكرة من الميناء"]
    assert notes.sentences() == []


@pytest.mark.parametrize(
    ("said", "option"),
    [
        pytest.param({"size": "9" * 30}, "unexpected end", id="a member that says it has 1e30 bytes"),
        pytest.param(
            {"GNU.sparse.map": f"0,13,{1 << 40},0", "GNU.sparse.size": str(1 << 40)}, "--max-expansion", id="holes"
        ),
    ],
)
def test_size_that_a_tar_only_says_takes_no_time(said: dict[str, str], option: str, tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        member = tarfile.TarInfo("a.jsonl")
        member.size, member.pax_headers = 13, said
        archive.addfile(member, io.BytesIO(b'{"text":"x"}\n'))
    assert any(option in item.message for item in read(tmp_path) if isinstance(item, Problem))
