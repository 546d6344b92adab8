"""What the tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared measuring data beside the project; skips where it is missing and not required."""
    if not SHARED.is_dir():
        if os.environ.get("POSTSCAN_SHARED") == "required":
            pytest.fail(f"POSTSCAN_SHARED=required, but there is no {SHARED}")
        pytest.skip("the shared measuring data is not beside this checkout")
    return SHARED
