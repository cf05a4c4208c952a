"""What a command costs, with all its processes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bench.measure import memory_of, run_measured

_HOLD = """
import subprocess, sys, time
held = b"x" * (40 * 1024 * 1024)
if len(sys.argv) > 1:
    subprocess.run([sys.executable, "-c", sys.argv[1]], check=True)
else:
    time.sleep(0.6)
print("held", len(held))
"""


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="the system tells no proportional sizes")
def test_memory_is_that_of_all_processes() -> None:
    """Two processes of forty megabytes each, one below the other, are counted together."""
    assert (run_measured([sys.executable, "-c", _HOLD, _HOLD]).peak_mb or 0) > 80


def test_much_output_does_not_stop_a_command() -> None:
    """More than a pipe holds is read; the last line is handed on."""
    assert run_measured([sys.executable, "-c", "print('x' * 1_000_000); print('end')"]).said == "end"


def test_cpu_of_children_counts() -> None:
    """Processor time of a process's own child is part of its cost."""
    work = "sum(range(8_000_000))"
    alone = run_measured([sys.executable, "-c", "pass"]).cpu
    nested = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {work!r}], check=True)"
    assert run_measured([sys.executable, "-c", nested]).cpu > alone


def test_a_failed_command_is_an_error() -> None:
    """No figures of a command that did not do its work."""
    with pytest.raises(subprocess.CalledProcessError):
        run_measured([sys.executable, "-c", "raise SystemExit(3)"])


def test_a_process_that_is_gone_has_no_memory() -> None:
    """Between two looks a process may end."""
    assert memory_of(2**22 + 1) == 0
