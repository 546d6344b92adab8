"""What pytest needs for doctests of modules that are compiled: their file is not the source that holds the doctest."""

from __future__ import annotations

import os

os.environ.setdefault("PY_IGNORE_IMPORTMISMATCH", "1")
