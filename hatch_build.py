"""Compiles the hot modules into the wheel with mypyc, where the environment says POSTSCAN_COMPILE=1.

One source for both forms: the wheel holds the same modules as the pure one, and beside those of `HOT` what mypyc made
of them, which Python prefers when it imports. Nothing else of the package knows whether it is compiled.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HOT = ("blocks/*.py", "dates/*.py", "embeds/*.py", "entities/*.py", "sources/*.py", "tables/*.py")
"""What is compiled, below src/postscan. Left out: model.py, whose frozen values mypyc makes more slowly and cannot
pickle; folding.py and scripts.py, whose work is numpy's or done at the first sight of a word; languages/, which is
numpy's; pipeline.py, which only calls."""
LEVEL = os.environ.get("POSTSCAN_COMPILE_LEVEL", "2")
"""How far the C compiler optimises; 0 is sooner done, where equality alone is tested."""


class CompileHook(BuildHookInterface):  # type: ignore[type-arg]  # hatchling's own examples leave it out
    """Adds compiled modules to a standard wheel; an editable one and the source distribution stay as they are."""

    def dependencies(self) -> list[str]:
        """What the build needs beside hatchling."""
        return ["mypy[mypyc]>=2,<3"] if self._is_wanted() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and name the files for the wheel."""
        if not self._is_wanted() or version != "standard":
            return
        start = time.monotonic()
        self._folder = Path(tempfile.mkdtemp(prefix="postscan-"))
        try:
            built = _compile(Path(self.root, "src"), self._folder)
        except BaseException:
            shutil.rmtree(self._folder)
            raise
        for file in built:
            build_data["force_include"][str(file)] = file.relative_to(self._folder / "lib").as_posix()
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
        size = sum(file.stat().st_size for file in built)
        self.app.display_info(
            f"postscan: {len(built)} compiled files, {size / 1e6:.1f} MB, in {time.monotonic() - start:.0f} s"
        )

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Remove what was only needed for the wheel."""
        if folder := getattr(self, "_folder", None):
            shutil.rmtree(folder)

    def _is_wanted(self) -> bool:
        return self.target_name == "wheel" and os.environ.get("POSTSCAN_COMPILE") == "1"


def _compile(source: Path, folder: Path) -> list[Path]:
    """The extension modules of the hot ones, in `folder`/lib as they lie in a wheel."""
    # There only where a build asked for them: see `dependencies`.
    from mypyc.build import mypycify  # noqa: PLC0415
    from setuptools import Distribution  # type: ignore[import-untyped]  # noqa: PLC0415
    from setuptools.errors import BaseError, CompileError, LinkError  # type: ignore[import-untyped]  # noqa: PLC0415

    paths = sorted(str(path.relative_to(source)) for pattern in HOT for path in (source / "postscan").glob(pattern))
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
            [*flags, *paths], opt_level=LEVEL, debug_level="0", multi_file=True, target_dir=str(folder / "c")
        )
        command = Distribution({"name": "postscan", "ext_modules": extensions}).get_command_obj("build_ext")
        command.build_lib, command.build_temp = str(folder / "lib"), str(folder / "objects")
        command.ensure_finalized()
        command.run()
    except (BaseError, CompileError, LinkError) as error:
        sys.exit(
            f"postscan: POSTSCAN_COMPILE=1 needs a C compiler and Python's headers ({error}); install them, or leave"
            " POSTSCAN_COMPILE out for the pure wheel"
        )
    finally:
        os.chdir(before)
    return sorted(path for path in (folder / "lib").rglob("*") if path.is_file())
