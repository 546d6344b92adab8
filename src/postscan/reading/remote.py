"""Files on other machines, named by an address (s3://, gs://, hdfs://, abfs://): listed, and opened to be read.

pyarrow has the file systems, and what its addresses may say: `?region=`, `?endpoint_override=`, and so on. They are
loaded when an address asks for one, and nothing else here speaks to the network.
"""

from __future__ import annotations

import contextlib
import functools
import io
import re
import urllib.parse
from collections.abc import Iterator
from typing import Any, Self

_ADDRESS = re.compile(r"(?:s3|gs|gcs|hdfs|viewfs|abfss?|mock)://")
_FILE = "file://"
_AHEAD = 4 << 20
"""Bytes that are asked for at once."""
_ANONYMOUS = "anonymous"
_PATIENCE = "retry_limit_seconds"
_AMAZON = "your credentials (AWS_ACCESS_KEY_ID or ~/.aws; of a public bucket, s3://anonymous@BUCKET)"
_GOOGLE = "your credentials (GOOGLE_APPLICATION_CREDENTIALS; of a public bucket, gs://anonymous@BUCKET)"
_HADOOP = "that Java and Hadoop are there (JAVA_HOME, HADOOP_HOME, CLASSPATH)"
_ADVICE = {"s3": _AMAZON, "gs": _GOOGLE, "gcs": _GOOGLE, "hdfs": _HADOOP, "viewfs": _HADOOP}


class RemoteError(OSError):
    """What stands elsewhere cannot be read; the message says why and what to do."""


def is_remote(path: str) -> bool:
    """Whether a path is an address of another machine."""
    return "://" in path and _ADDRESS.match(path) is not None


def as_local(path: str) -> str:
    """The path of an address of this machine (file://), and any other path as it is.

    >>> as_local("file:///data/rain%20and%20snow.txt"), as_local("posts/a.txt")
    ('/data/rain and snow.txt', 'posts/a.txt')
    """
    if not path.startswith(_FILE):
        return path
    from urllib.request import url2pathname  # which loads all that speaks to the network

    return url2pathname(urllib.parse.urlsplit(path).path)


def shown_address(address: str) -> str:
    """The address without what is nobody's business: keys and passwords, and what it says to the file system.

    >>> shown_address("s3://KEY:SECRET@bucket/posts/a%20b.txt?region=eu-west-1")
    's3://bucket/posts/a b.txt'
    """
    parts = urllib.parse.urlsplit(address)
    user, _, host = parts.netloc.rpartition("@")
    if parts.scheme.startswith("abfs") and user:  # there it is the container
        host = f"{user.partition(':')[0]}@{host}"
    return f"{parts.scheme}://{host}{urllib.parse.unquote(parts.path)}"


def list_files(address: str) -> list[tuple[str, str, int]] | None:
    """The address, path below the given one, and bytes of every file; None for an address that is a file's own.

    In the order in which a folder is walked. Raises FileNotFoundError where nothing is there, and RemoteError.
    """
    with _telling(address):
        from pyarrow import fs

        system, path = _find(address)
        found = system.get_file_info(path)
        if found.type == fs.FileType.File:
            return None
        if found.type == fs.FileType.NotFound:
            raise FileNotFoundError(address)
        below = system.get_file_info(fs.FileSelector(path, recursive=True))
    prefix = f"{path.rstrip('/')}/" if path else ""
    files = [(each.path.removeprefix(prefix), each.size or 0) for each in below if each.type == fs.FileType.File]
    files.sort(key=lambda file: file[0].split("/"))
    return [(_below(address, name), name, size) for name, size in files]


def size_of(address: str) -> int:
    """The bytes of a file; raises RemoteError."""
    with _telling(address):
        system, path = _find(address)
        return system.get_file_info(path).size or 0


def exists(address: str) -> bool:
    """Whether a file lies there; raises RemoteError."""
    with _telling(address):
        from pyarrow import fs

        system, path = _find(address)
        return bool(system.get_file_info(path).type == fs.FileType.File)


def beside(address: str, name: str) -> str:
    """The address of the file of this name in the same folder."""
    parts = urllib.parse.urlsplit(address)
    folder = parts.path[: parts.path.rfind("/") + 1]
    return _address(parts.scheme, parts.netloc, folder + urllib.parse.quote(name), parts.query)


class RemoteFile:
    """A file on another machine, opened; raises FileNotFoundError and RemoteError."""

    __slots__ = ("_address", "_file")

    def __init__(self, address: str) -> None:
        self._address = address
        with _telling(address):
            system, path = _find(address)
            self._file = io.BufferedReader(system.open_input_file(path), _AHEAD)

    def read(self, size: int) -> bytes:
        with _telling(self._address):
            return self._file.read(size)

    def seek(self, place: int) -> None:
        with _telling(self._address):
            self._file.seek(place)

    def close(self) -> None:
        with _telling(self._address):
            self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _below(address: str, name: str) -> str:
    parts = urllib.parse.urlsplit(address)
    path = f"{parts.path.rstrip('/')}/{urllib.parse.quote(name)}"
    return _address(parts.scheme, parts.netloc, path, parts.query)


def _address(scheme: str, host: str, path: str, query: str) -> str:
    """The address of these parts; `urlunsplit` leaves out the slashes where there is no host, as of hdfs:///a."""
    return f"{scheme}://{host}{path}" + (f"?{query}" if query else "")


def _find(address: str) -> tuple[Any, str]:
    """The file system of an address, and the path in it."""
    parts = urllib.parse.urlsplit(address)
    system, top = file_system(parts.scheme, parts.netloc, parts.query)
    path = urllib.parse.unquote(parts.path).strip("/")
    return system, f"{top.rstrip('/')}/{path}".rstrip("/") if top else path


@functools.lru_cache(16)
def file_system(scheme: str, host: str, query: str) -> tuple[Any, str]:
    """The file system of pyarrow, and where in it this host or bucket stands; raises what pyarrow does."""
    from pyarrow import fs

    if scheme == "s3" and host.startswith(f"{_ANONYMOUS}@"):  # as addresses of Google may say, and those of S3 may not
        bucket = host.partition("@")[2]
        options = dict(urllib.parse.parse_qsl(query))
        if not options.keys() & {"region", "endpoint_override"}:
            options["region"] = fs.resolve_s3_region(bucket)
        return fs.S3FileSystem(anonymous=True, **options), bucket
    if scheme in ("gs", "gcs") and _PATIENCE not in query:  # else it tries for a quarter of an hour
        query = f"{query}&{_PATIENCE}=30".lstrip("&")
    system, top = fs.FileSystem.from_uri(_address(scheme, host, "/", query))
    return system, top


@contextlib.contextmanager
def _telling(address: str) -> Iterator[None]:
    """What pyarrow says of an address, as RemoteError with what to do."""
    import pyarrow as pa

    try:
        yield
    except FileNotFoundError:
        raise
    except (OSError, pa.ArrowException, ValueError, TypeError) as error:
        if isinstance(error, RemoteError):
            raise
        said = " ".join(str(error).replace(address, shown_address(address)).split())[:300]
        advice = f"check the address, the network and {_ADVICE.get(address.partition(':')[0], 'your credentials')}"
        raise RemoteError(f"cannot be read ({said}); {advice}") from None
