"""Work for several processors: results in the order of the tasks, only a few tasks ahead.

In: a function and its tasks. Out: results. A small task list is done here, without another process.
"""

from __future__ import annotations

import gc
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from concurrent.futures.process import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")
_AHEAD = 3


def collect_rarely() -> None:
    """Many small values and few cycles: looking for cycles less often saves a tenth of the time."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def worker_count() -> int:
    return max(1, min(os.cpu_count() or 1, 8))


def processes(initializer: Callable[..., None], *arguments: object) -> ProcessPoolExecutor:
    """Fresh processes: they share no memory with this one, which may hold a whole archive."""
    return ProcessPoolExecutor(worker_count(), get_context("spawn"), initializer, arguments)


def in_order(pool: Executor, do: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Result]:
    """Results in the order of tasks; no more than a few tasks wait or run at a time, so memory stays flat."""
    waiting: deque[Future[Result]] = deque()
    for task in tasks:
        waiting.append(pool.submit(do, task))
        if len(waiting) >= _AHEAD * worker_count():
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
