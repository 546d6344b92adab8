"""The tour runs as it is committed, without outputs in the file."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parents[1]
TOUR = ROOT / "notebooks" / "tour.ipynb"


def test_tour_is_committed_without_outputs() -> None:
    cells = nbformat.read(TOUR, as_version=4).cells
    assert all(not c.outputs and c.execution_count is None for c in cells if c.cell_type == "code")


@pytest.mark.filterwarnings("default")  # the kernel's own packages warn
def test_tour_runs_and_shows_charts_and_tables() -> None:
    notebook = nbformat.read(TOUR, as_version=4)
    NotebookClient(notebook, timeout=240, kernel_name="python3", resources={"metadata": {"path": str(ROOT)}}).execute()
    shown = [kind for c in notebook.cells if c.cell_type == "code" for o in c.outputs for kind in o.get("data", {})]
    assert shown.count("image/png") >= 3
    assert shown.count("text/html") >= 4
