"""Runs a command and measures it whole: wall, CPU and peak memory of all its processes.

In: a command. Out: `Spent`. Memory is the sum of the proportional set sizes of the process and its
descendants, where the system tells them (Linux); elsewhere it is unknown.
"""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import IO

_EVERY = 0.02  # seconds between two looks at memory
_LOOKING = 0.05  # share of time that looking may take: walking the pages of a big process is not free


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds and megabytes; `said` is the last line of output."""

    wall: float
    cpu: float
    peak_mb: float | None
    said: str


def run_measured(
    command: Sequence[str],
    environment: dict[str, str] | None = None,
    folder: Path | None = None,
    errors: Path | None = None,
) -> Spent:
    """Raises CalledProcessError if the command fails.

    `folder`: where it runs. `errors`: a file for what it says on standard error, which is let through without one.
    """
    with errors.open("wb") if errors else nullcontext() as heard:
        return _run(command, environment, folder, heard)


def _run(
    command: Sequence[str], environment: dict[str, str] | None, folder: Path | None, errors: IO[bytes] | None
) -> Spent:
    if hasattr(os, "sync"):
        os.sync()  # what an earlier command left to be written is not this one's cost
    before, start = os.times(), time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True, env=environment, cwd=folder)
    watch = _Watch(process.pid)
    watch.start()
    said, _ = process.communicate()
    wall = time.perf_counter() - start
    watch.stop()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, list(command))
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Spent(wall, cpu, watch.peak / 1024 if watch.peak else None, (said.strip().splitlines() or [""])[-1])


class _Watch(threading.Thread):
    """Looks at the memory of a process and of all below it until told to stop; `peak` in kilobytes."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.process, self.peak = process, 0
        self._ended = threading.Event()

    def run(self) -> None:
        pause = 0.0
        while not self._ended.wait(pause):
            start = time.perf_counter()
            self.peak = max(self.peak, memory_of(self.process))
            pause = max(_EVERY, (time.perf_counter() - start) / _LOOKING)

    def stop(self) -> None:
        self._ended.set()
        self.join()


def memory_of(process: int) -> int:
    """Kilobytes of a process and everything below it; 0 where it can't be read."""
    total = 0
    try:
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
        total = next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
        children = [task.read_text().split() for task in Path(f"/proc/{process}/task").glob("*/children")]
    except (OSError, StopIteration):
        return total
    return total + sum(memory_of(int(child)) for found in children for child in found)
