"""Compiles the hot modules with mypyc where a C compiler is there; without one the package is pure Python.

One source for both forms: beside the modules of `HOT` lies what mypyc made of them, which Python prefers when it
imports, in a wheel as in a checkout's src/ (an editable installation). `postscan.compiled` goes back to the sources
once they were edited. POSTSCAN_COMPILE=0 leaves it out, POSTSCAN_COMPILE=1 fails where it cannot be done.
"""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
import tempfile
import time
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HOT = ("blocks", "dates", "embeds", "entities", "sources", "tables")
"""The packages that are compiled, below src/postscan. Left out: model.py, whose frozen values mypyc makes more slowly
and cannot pickle; folding.py and scripts.py, whose work is numpy's or done at the first sight of a word; languages/,
which is numpy's; postlinks.py, whose work is that of regular expressions; pipeline.py, which only calls."""
LEVEL = os.environ.get("POSTSCAN_COMPILE_LEVEL", "1")
"""How far the C compiler optimises: 2 takes half as long again and brings nothing that can be measured."""
WANTED = os.environ.get("POSTSCAN_COMPILE", "")
"""0: never, 1: it must succeed, else: where it can be done."""
ENDING = sysconfig.get_config_var("EXT_SUFFIX")


class CompileHook(BuildHookInterface):  # type: ignore[type-arg]  # hatchling's own examples leave it out
    """Adds compiled modules to a wheel, or to src/ for an editable one; a source distribution stays as it is."""

    def dependencies(self) -> list[str]:
        """What the build needs beside hatchling."""
        return ["mypy[mypyc]>=2,<3", "setuptools"] if self._is_wanted() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, unless src/ holds what was compiled of these very sources; name the files for the wheel."""
        if not self._is_wanted():
            return
        source = Path(self.root, "src")
        files = compiled_before(source)
        if not files:
            files = self._compile_into(source)
        if version == "standard" and files:
            for file in files:
                build_data["force_include"][str(file)] = file.relative_to(source).as_posix()
            build_data["pure_python"] = False
            build_data["infer_tag"] = True

    def _compile_into(self, source: Path) -> list[Path]:
        start = time.monotonic()
        for old in (*source.rglob("*.so"), *source.rglob("*.pyd"), manifest(source)):  # other Pythons' too
            old.unlink(missing_ok=True)
        state = state_of(source)
        with tempfile.TemporaryDirectory(prefix="postscan-") as folder:
            try:
                built = compile_modules(source, Path(folder))
            except (Exception, SystemExit) as error:  # noqa: BLE001  mypyc exits, a C compiler fails in many ways
                if WANTED == "1":
                    sys.exit(
                        f"postscan: POSTSCAN_COMPILE=1 needs a C compiler and Python's headers ({error}); install them,"
                        " or leave POSTSCAN_COMPILE out"
                    )
                self.app.display_warning(f"postscan: not compiled, and about half as fast ({error})")
                return []
            files = [source / file.relative_to(Path(folder, "lib")) for file in built]
            for file, kept in zip(built, files, strict=True):
                shutil.copyfile(file, kept)
        manifest(source).write_text(state, encoding="utf-8")
        size = sum(file.stat().st_size for file in files)
        self.app.display_info(
            f"postscan: {len(files)} compiled files, {size / 1e6:.1f} MB, in {time.monotonic() - start:.0f} s"
        )
        return files

    def _is_wanted(self) -> bool:
        return self.target_name == "wheel" and WANTED != "0"


def hot_modules(source: Path) -> list[Path]:
    """The modules that are compiled, sorted."""
    return sorted(path for name in HOT for path in (source / "postscan" / name).glob("*.py"))


def manifest(source: Path) -> Path:
    """Where the state of the sources stands that were compiled last; `postscan.compiled` reads it."""
    return source / "postscan" / "compiled.txt"


def state_of(source: Path) -> str:
    """A line a module: its size, the time of its last change in nanoseconds, and its path in the package."""
    lines = []
    for path in hot_modules(source):
        found = path.stat()
        lines.append(f"{found.st_size} {found.st_mtime_ns} {path.relative_to(source / 'postscan').as_posix()}\n")
    return "".join(lines)


def compiled_before(source: Path) -> list[Path]:
    """The compiled modules that lie in src/, where they are of these very sources and this Python; else none."""
    files = sorted(source.rglob(f"*{ENDING}"))
    same = manifest(source).is_file() and manifest(source).read_text(encoding="utf-8") == state_of(source)
    return files if same and len(files) == len(hot_modules(source)) + len(HOT) else []


def compile_modules(source: Path, folder: Path) -> list[Path]:
    """The extension modules of the hot ones, in `folder`/lib as they lie beside their sources."""
    # There only where a build asked for them: see `dependencies`.
    from mypyc.build import mypycify  # noqa: PLC0415
    from setuptools import Distribution  # type: ignore[import-untyped]  # noqa: PLC0415

    groups = [
        (
            [str(path.relative_to(source)) for path in hot_modules(source) if path.parent.name == name],
            f"postscan_{name}",
        )
        for name in HOT
    ]
    before = Path.cwd()
    os.chdir(source)  # mypy names a module by its path from here
    try:
        # What is not installed in a build is not looked into: the types were checked before.
        flags = [
            "--config-file=",
            "--ignore-missing-imports",
            "--follow-imports=silent",
            f"--cache-dir={folder / 'cache'}",
        ]
        extensions = mypycify(
            [*flags, *(path for paths, _ in groups for path in paths)],
            opt_level=LEVEL,
            debug_level="0",
            separate=groups,  # a library a package, so that several are compiled at a time
            target_dir=str(folder / "c"),
        )
        command = Distribution({"name": "postscan", "ext_modules": extensions}).get_command_obj("build_ext")
        command.build_lib, command.build_temp = str(folder / "lib"), str(folder / "objects")
        command.parallel = os.cpu_count()
        command.ensure_finalized()
        command.run()
    finally:
        os.chdir(before)
    return sorted(path for path in (folder / "lib").rglob("*") if path.is_file())
