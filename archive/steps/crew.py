"""Who does the work: this process, and others beside it once there is enough to do.

In: the name of a method of `Bench` and its tasks. Out: what it made, in the order of the tasks.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from concurrent.futures.process import ProcessPoolExecutor

ENOUGH = 400  # tasks; below that, starting a process costs more than it saves
_AT_ONCE = 25

Setup = Callable[[Path], Any]


class Crew:
    """`setup(store file)` makes a bench in each process; `own` is the one of this process."""

    def __init__(
        self, own: Any, setup: Setup | None = None, store: Path | None = None, jobs: int | None = None
    ) -> None:
        self.own = own
        self._setup = setup
        self._store = store
        self._jobs = jobs or max(1, min(os.cpu_count() or 1, 8))
        self._pool: ProcessPoolExecutor | None = None

    def map(self, method: str, tasks: Sequence[Any]) -> Iterator[Any]:
        if self._jobs == 1 or self._setup is None or len(tasks) < ENOUGH:
            return map(getattr(self.own, method), tasks)
        from archive.workers import in_order  # and with it all of multiprocessing

        if self._pool is None:
            from concurrent.futures.process import ProcessPoolExecutor
            from multiprocessing import get_context

            begin: Any = partial(_begin, self._setup, self._store or Path())
            self._pool = ProcessPoolExecutor(self._jobs, get_context("spawn"), initializer=begin)
        chunks = (tasks[start : start + _AT_ONCE] for start in range(0, len(tasks), _AT_ONCE))
        done = in_order(self._pool, _do, ((method, chunk) for chunk in chunks))
        return chain.from_iterable(done)

    def rest(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


_benches: list[Any] = []  # the bench of a process that helps


def _begin(setup: Setup, store: Path) -> None:
    from archive.workers import collect_rarely

    collect_rarely()
    _benches.append(setup(store))


def _do(task: tuple[str, Sequence[Any]]) -> list[Any]:
    method, tasks = task
    return [*map(getattr(_benches[0], method), tasks)]
