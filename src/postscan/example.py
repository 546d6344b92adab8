"""The example: posts to try things on, a notebook that tours them, and exercises with their answers."""

from __future__ import annotations

import importlib.util
import os
import shlex
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from postscan.model import PostscanError

NOTEBOOKS = ("tour.ipynb", "exercises.ipynb", "exercises-answers.ipynb")
POSTS = "corpus"


def write_example(folder: str | os.PathLike[str]) -> list[Path]:
    """The files of the example, after they were written to a folder that is new or empty.

    No file of the user's is touched: raises PostscanError where anything lies there, or it cannot be written; then
    nothing is left of what was begun.
    """
    target = Path(folder)
    written: list[Path] = []
    try:
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise PostscanError(f"{target}: is not empty, and no file of yours is overwritten; name a new folder")
        with ExitStack() as undo:
            for name, source in _files():
                _copy(source, target / name, undo)
                written.append(target / name)
            undo.pop_all()
    except OSError as error:
        raise PostscanError(f"{target}: cannot be written ({error.strerror or error}); name another folder") from error
    return written


def next_steps(folder: str | os.PathLike[str]) -> str:
    """What to do with the example in a folder, ready to be typed."""
    target = Path(folder)
    quote = shlex.quote if os.name != "nt" else lambda path: subprocess.list2cmdline([path])
    steps = [f"python -m postscan {quote(str(target / POSTS))}"]
    if importlib.util.find_spec("jupyterlab") is None:
        steps.append("python -m pip install jupyterlab")
    steps.append(f"jupyter lab {quote(str(target / NOTEBOOKS[0]))}")
    return "\n".join(["Next:", *(f"  {step}" for step in steps)])


def _files() -> Iterator[tuple[str, Traversable]]:
    """Where each file of the example will lie, and the file."""
    packed = resources.files("postscan.data").joinpath("example")
    # In a checkout that is installed as it lies, the folders stand beside the source tree.
    root: Traversable = packed if packed.is_dir() else Path(__file__).parents[2]
    if not root.joinpath(POSTS).is_dir():
        raise PostscanError("the example is not where it was installed; install postscan again")
    yield from _below(root.joinpath(POSTS), POSTS)
    for name in NOTEBOOKS:
        yield name, root.joinpath("notebooks", name)


def _below(folder: Traversable, name: str) -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name.startswith((".", "_")):
            continue
        if entry.is_dir():
            yield from _below(entry, f"{name}/{entry.name}")
        else:
            yield f"{name}/{entry.name}", entry


def _copy(source: Traversable, target: Path, undo: ExitStack) -> None:
    """Write a file that is not there yet, and the folders above it; what is made is unmade with `undo`."""
    missing = [folder for folder in target.parents if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir()
        undo.callback(folder.rmdir)
    with target.open("xb") as stream:
        undo.callback(target.unlink)
        stream.write(source.read_bytes())
