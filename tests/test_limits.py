"""What the process may use is the least of what scheduler, container and batch system allow."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from postscan.limits import memory, processors


@pytest.fixture(autouse=True)
def no_slurm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SLURM_CPUS_PER_TASK", raising=False)
    monkeypatch.delenv("SLURM_MEM_PER_NODE", raising=False)


def test_quota_of_the_control_group_is_a_bound(tmp_path: Path) -> None:
    (tmp_path / "cpu.max").write_text("50000 100000\n")
    assert processors(tmp_path) == 1
    whole = processors(tmp_path / "none")
    for text in ("max 100000\n", "100000\n", "1 0\n", f"{10**9} 100000\n"):
        (tmp_path / "cpu.max").write_text(text)
        assert processors(tmp_path) == whole


def test_batch_system_is_a_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLURM_CPUS_PER_TASK", "1")
    monkeypatch.setenv("SLURM_MEM_PER_NODE", "512")
    assert processors(tmp_path) == 1
    assert memory(tmp_path) == 512 << 20


def test_affinity_is_a_bound(tmp_path: Path) -> None:
    assert processors(tmp_path) <= len(os.sched_getaffinity(0))


def test_memory_of_the_control_group_is_a_bound(tmp_path: Path) -> None:
    (tmp_path / "memory.max").write_text("300000000\n")
    assert memory(tmp_path) == 300_000_000
    (tmp_path / "memory.max").write_text("max\n")
    assert memory(tmp_path) > 300_000_000
