"""Addresses of other machines: what lies there is read, cut and known again as what lies here is."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from postscan.model import Post, PostscanError, Problem
from postscan.reading import InputFile, find_inputs, read, read_input, remote
from postscan.reading.remote import RemoteError, RemoteFile, is_remote, shown_address
from postscan.store import read_run, rerun, write_run

ACCOUNT = 'window.YTD.account.part0 = [{"account": {"username": "rana_quay", "accountId": "7"}}]'
TWEETS = 'window.YTD.tweets.part0 = [{"tweet": {"id_str": "1423600000000000000", "full_text": "The gate is open."}}]'
FILES = {
    "a/posts.jsonl": '{"text": "Rain"}\n{"body": 1}\n',
    "a b/ملاحظة 100%?#.txt": "مذكرة من الميناء",
    "a.txt": "Snow",
    "x/account.js": ACCOUNT,
    "x/tweets.js": TWEETS,
    ".hidden/b.txt": "Hidden",
    "a/.cache": "Hidden",
    "out/data/run.json": "{}",
    "out/report.txt": "Ours",
    "ship.png": "\x89PNG\r\n\x1a\n",
}


class Elsewhere:
    """A file system that is not this one's, in memory; the same as long as it is asked for under the same name."""

    def __init__(self) -> None:
        self.system: Any = remote.file_system("mock", "", "")[0]

    def put(self, path: str, content: bytes) -> None:
        if "/" in path:
            self.system.create_dir(path.rpartition("/")[0], recursive=True)
        with self.system.open_output_stream(path, compression=None) as stream:
            stream.write(content)


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    remote.file_system.cache_clear()
    there = Elsewhere()
    for name, content in FILES.items():
        there.put(f"posts/{name}", content.encode("latin-1" if name.endswith("png") else "utf-8"))
    yield there
    remote.file_system.cache_clear()


@pytest.fixture
def here(tmp_path: Path) -> Path:
    for name, content in FILES.items():
        file = tmp_path / "posts" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode("latin-1" if name.endswith("png") else "utf-8"))
    return tmp_path / "posts"


def test_a_folder_elsewhere_is_read_as_one_that_is_here(elsewhere: Elsewhere, here: Path) -> None:  # noqa: ARG001
    there = list(read("mock:///posts"))
    assert there == list(read(here))
    assert {item.path: item.author for item in there if isinstance(item, Post)} == {
        "a/posts.jsonl": None, "a b/ملاحظة 100%?#.txt": None, "a.txt": None, "x/tweets.js": "rana_quay",
    }  # fmt: skip
    assert [item.size for item in find_inputs("mock:///posts/") if isinstance(item, InputFile)] == [
        item.size for item in find_inputs(here) if isinstance(item, InputFile)
    ]


def test_an_address_of_this_machine_is_a_path(here: Path) -> None:
    assert list(read(here.as_uri())) == list(read(here))
    name = here / "a b" / "ملاحظة 100%?#.txt"
    assert list(read(name.as_uri())) == list(read(name))


def test_a_single_file_elsewhere_is_named_by_the_user(elsewhere: Elsewhere) -> None:
    elsewhere.put("posts/notes.xyz", b"Hail")
    (item,) = read("mock:///posts/notes.xyz")
    assert isinstance(item, Post)
    assert (item.path, item.text) == ("notes.xyz", "Hail")


def test_folders_of_both_kinds_are_told_apart(elsewhere: Elsewhere, here: Path) -> None:  # noqa: ARG001
    paths = [item.path for item in read(["mock:///posts/x", here / "x"])]
    assert len(set(paths)) == len(paths) == 4


def test_archives_and_packed_files_elsewhere_are_read(elsewhere: Elsewhere, tmp_path: Path) -> None:
    import zstandard

    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("data/account.js", ACCOUNT)
        archive.writestr("data/tweets.js", TWEETS)
    elsewhere.put("packed/x.zip", (tmp_path / "x.zip").read_bytes())
    elsewhere.put("packed/rows.jsonl.zst", zstandard.compress(b'{"text": "Rain"}\n' * 100_000))
    posts = [item for item in read("mock:///packed") if isinstance(item, Post)]
    assert len(posts) == 100_001
    assert posts[-1].author == "rana_quay"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("mock:///nowhere", "mock:///nowhere: no such file or folder; check the path"),
        ("mock:///posts/a.tx", "mock:///posts/a.tx: no such file or folder; check the path"),
        ("mock:///posts/out", "mock:///posts/out: an output folder of postscan, no posts"),
        ("s3://KEY:SECRET@bucket/a?colour=red", "s3://bucket/a: cannot be read (Unexpected query parameter"),
        ("gs://bucket/a?colour=red", "a public bucket, gs://anonymous@BUCKET"),
    ],
)
def test_what_cannot_be_read_is_listed_with_advice(elsewhere: Elsewhere, address: str, said: str) -> None:  # noqa: ARG001
    (item,) = read(address)
    assert isinstance(item, Problem)
    assert said in item.message
    assert "SECRET" not in item.message


def test_a_folder_without_posts_says_so(elsewhere: Elsewhere) -> None:
    elsewhere.system.create_dir("empty")
    (item,) = read("mock:///empty")
    assert isinstance(item, Problem)
    assert "no files in this folder" in item.message


def test_what_fails_while_it_is_read_is_a_problem_and_the_rest_is_read(elsewhere: Elsewhere) -> None:
    gone = next(item for item in find_inputs("mock:///posts") if item.path == "a.txt")
    elsewhere.system.delete_file("posts/a.txt")
    assert isinstance(gone, InputFile)
    (item,) = read_input(gone)
    assert isinstance(item, Problem)
    assert item.message == "a.txt: no such file or folder; check the path"
    file = RemoteFile("mock:///posts/ship.png")
    file.close()
    with pytest.raises(RemoteError, match=r"cannot be read \(.*closed.*\); check the address, the network and"):
        file.read(1)


def test_big_files_elsewhere_are_cut_and_known_again(elsewhere: Elsewhere, here: Path, tmp_path: Path) -> None:
    rows = "".join(json.dumps({"text": f"Rain {n} #gate"}) + "\n" for n in range(3000)).encode()
    elsewhere.put("posts/big.jsonl", rows)
    (here / "big.jsonl").write_bytes(rows)
    run = write_run("mock:///posts", tmp_path / "out", slice_size=20_000)
    assert run == write_run(here, tmp_path / "local", slice_size=20_000)
    assert run["arguments"] == ["posts"]
    commits = read_run(tmp_path / "out")[1]
    assert sum(member["part"] is not None for commit in commits for member in commit["members"]) > 3
    assert rerun(tmp_path / "local", tmp_path / "again", paths=["mock:///posts"]) == []
    elsewhere.put("posts/big.jsonl", rows + b'{"text": "Snow"}\n')
    assert write_run("mock:///posts", tmp_path / "out")["counts"]["kept"] == run["counts"]["kept"] + 1


def test_a_run_is_not_written_elsewhere(here: Path) -> None:
    with pytest.raises(PostscanError, match="written to a folder of this machine"):
        write_run(here, "s3://bucket/out")


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("s3://bucket/a%20b/c.txt?region=x", "s3://bucket/a b/c.txt"),
        ("gs://anonymous@bucket/a", "gs://bucket/a"),
        ("abfs://box:secret@acc.dfs.core.windows.net/a", "abfs://box@acc.dfs.core.windows.net/a"),
        ("hdfs://host:8020/a", "hdfs://host:8020/a"),
    ],
)
def test_addresses_are_shown_without_secrets(address: str, shown: str) -> None:
    assert is_remote(address)
    assert shown_address(address) == shown


def test_a_public_bucket_is_asked_without_credentials() -> None:
    system, top = remote.file_system("s3", "anonymous@bucket", "region=eu-west-1")
    assert (type(system).__name__, top, system.region) == ("S3FileSystem", "bucket", "eu-west-1")
    system, top = remote.file_system("gs", "anonymous@bucket", "")
    assert (type(system).__name__, top) == ("GcsFileSystem", "bucket")


def test_names_that_only_look_like_addresses_are_paths(tmp_path: Path) -> None:
    assert not is_remote("s3:/bucket/a")
    assert not is_remote(str(tmp_path / "s3:" / "a"))
    assert [type(item) for item in read("http://a.example/x")] == [Problem]
