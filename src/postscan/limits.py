"""What this process may use of the machine: processors and memory, as the scheduler, the container and Slurm allow."""

from __future__ import annotations

import os
from pathlib import Path

CGROUP = Path("/sys/fs/cgroup")


def processors(cgroup: Path = CGROUP) -> int:
    """How many processors this process may use, at least 1.

    The least of its affinity, the quota of its control group (version 2) and SLURM_CPUS_PER_TASK: the number of
    processors of the machine alone would start too many workers in a container or a batch job.
    """
    bounds = [len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1]
    if quota := _quota(cgroup / "cpu.max"):
        bounds.append(quota)
    if (tasks := os.environ.get("SLURM_CPUS_PER_TASK", "")).isdecimal():
        bounds.append(int(tasks))
    return max(1, min(bounds))


def _quota(file: Path) -> int | None:
    """Whole processors that a control group's quota allows, rounded up; None where there is none."""
    if not file.is_file():
        return None
    quota, _, period = file.read_text(encoding="ascii").strip().partition(" ")
    if not (quota.isdecimal() and period.isdecimal() and int(period)):
        return None
    return max(1, -(-int(quota) // int(period)))


def memory(cgroup: Path = CGROUP) -> int:
    """How many bytes of memory this process may use: the machine's, the control group's or Slurm's, whichever is least.

    2 GB where the system does not tell.
    """
    bounds = []
    limit = cgroup / "memory.max"
    if limit.is_file() and (text := limit.read_text(encoding="ascii").strip()).isdecimal():
        bounds.append(int(text))
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        bounds.append(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
    if (megabytes := os.environ.get("SLURM_MEM_PER_NODE", "")).isdecimal() and int(megabytes):
        bounds.append(int(megabytes) << 20)
    return min(bounds, default=2 << 30)
