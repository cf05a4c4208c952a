"""Runs a command and measures it whole: wall, CPU and peak memory of all its processes.

In: a command. Out: `Spent`. Memory is the sum of the proportional set sizes of the process and its
descendants, where the system tells them (Linux); elsewhere it is unknown.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.1  # seconds between two looks at memory


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds and megabytes; `said` is the last line of output."""

    wall: float
    cpu: float
    peak_mb: float | None
    said: str


def run_measured(command: Sequence[str], environment: dict[str, str] | None = None) -> Spent:
    """Raises CalledProcessError if the command fails; what it says on standard error is let through."""
    before, start = os.times(), time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    peak = 0
    while process.poll() is None:
        peak = max(peak, _memory(process.pid))
        time.sleep(_EVERY)
    wall = time.perf_counter() - start
    assert process.stdout is not None
    said = process.stdout.read()
    process.stdout.close()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, list(command))
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Spent(wall, cpu, peak / 1024 if peak else None, (said.strip().splitlines() or [""])[-1])


def _memory(process: int) -> int:
    """Kilobytes of a process and everything below it; 0 where it can't be read."""
    total = 0
    try:
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
        total = next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
        children = [task.read_text().split() for task in Path(f"/proc/{process}/task").glob("*/children")]
    except (OSError, StopIteration):
        return total
    return total + sum(_memory(int(child)) for found in children for child in found)
