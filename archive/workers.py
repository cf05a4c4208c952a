"""Work for several processors: results in the order of the tasks, only a few tasks ahead.

In: functions and their tasks. Out: results, made by this process or, where there is enough to do, by others beside it.
"""

from __future__ import annotations

import gc
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

Context = TypeVar("Context")
Task = TypeVar("Task")
Result = TypeVar("Result")
ENOUGH = 400  # tasks; below that, starting a process costs more than it saves
_AHEAD = 3


def collect_rarely() -> None:
    """Many small values and few cycles: looking for cycles less often saves a tenth of the time."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def worker_count() -> int:
    return max(1, min(os.cpu_count() or 1, 8))


class WorkerPool(Generic[Context]):
    """Does `do(context, task)` for many tasks. Each process that works has a context of its own."""

    def __init__(self, prepare: Callable[[], Context], own: Context | None = None, jobs: int | None = None) -> None:
        """`prepare` makes a context and can be sent to another process; `own` is that of this one, if there is one.

        At most `jobs` processes work, by default one a processor.
        """
        self._prepare = prepare
        self._own = own
        self._jobs = jobs or worker_count()
        self._processes: ProcessPoolExecutor | None = None

    def __enter__(self) -> WorkerPool[Context]:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def map(
        self,
        do: Callable[[Context, Task], Result],
        tasks: Iterable[Task],
        *,
        enough: int | None = None,
        at_once: int = 25,
    ) -> Iterator[Result]:
        """Results in the order of the tasks; fewer than `enough` are done here, others go out `at_once` at a time."""
        enough = ENOUGH if enough is None else enough
        tasks = iter(tasks)
        first = list(islice(tasks, enough)) if self._jobs > 1 else []
        if self._jobs == 1 or len(first) < enough:
            for task in chain(first, tasks):
                if self._own is None:
                    self._own = self._prepare()
                yield do(self._own, task)
            return
        all_tasks = chain(first, tasks)
        chunks = iter(lambda: list(islice(all_tasks, at_once)), [])
        for results in self._in_order((do, chunk) for chunk in chunks):
            yield from results

    def close(self) -> None:
        """The other processes end; what they were doing is lost."""
        if self._processes is not None:
            self._processes.shutdown(cancel_futures=True)
            self._processes = None

    def _in_order(self, messages: Iterable[tuple[Callable[..., Any], list[Any]]]) -> Iterator[list[Any]]:
        """No more than a few messages wait or are worked on at a time, so that memory stays flat."""
        if self._processes is None:
            from concurrent.futures import ProcessPoolExecutor  # and with it all of multiprocessing
            from multiprocessing import get_context

            # Fresh processes: they share no memory with this one, which may hold a whole archive.
            self._processes = ProcessPoolExecutor(self._jobs, get_context("spawn"), _begin, (self._prepare,))
        waiting: deque[Future[list[Any]]] = deque()
        for message in messages:
            waiting.append(self._processes.submit(_do, message))
            if len(waiting) >= _AHEAD * self._jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


_contexts: list[Any] = []  # the context of a process that helps


def _begin(prepare: Callable[[], Any]) -> None:
    collect_rarely()
    _contexts.append(prepare())


def _do(message: tuple[Callable[..., Any], list[Any]]) -> list[Any]:
    do, tasks = message
    return [do(_contexts[0], task) for task in tasks]
