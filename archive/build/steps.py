"""One step after another: which tasks are to be done, done, and their results put into the database.

In: the tasks that a step has, and a function that does one. Out: the database with what they made.

A step asks for what earlier steps made, never for its own, so one pass is enough: a task is done if it is new, if
what it reads has changed, or if an answer that it rests on may have changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from archive.build.tasks import STEPS as FACTS
from archive.database import Database, Made
from archive.progress import Progress
from archive.workers import WorkerPool

PLAN, PAGE, SITE, INDEX = "plan", "page", "site", "index"
STEPS = (*FACTS, PLAN, PAGE, SITE, INDEX)  # in order

Context = TypeVar("Context")
Task = TypeVar("Task")
Output = TypeVar("Output")


@dataclass(frozen=True, slots=True)
class Work(Generic[Context, Task, Output]):
    """What is to be done in a step: tasks by key in order, keys that are no longer wanted."""

    step: str
    do: Callable[[Context, Task], Made[Output]]
    tasks: Mapping[str, Task]
    gone: tuple[str, ...]
    is_first: bool  # no later step has asked anything yet: nothing is compared, and nobody has to be told
    is_whole: bool  # every task of the step is to be done

    def __bool__(self) -> bool:
        return bool(self.tasks or self.gone)


class Steps(Generic[Context]):
    """The steps of one build over one database."""

    def __init__(self, db: Database, pool: WorkerPool[Context], progress: Progress) -> None:
        self.db = db
        self.pool = pool
        self.progress = progress

    def work(
        self,
        step: str,
        do: Callable[[Context, Task], Made[Output]],
        tasks: Mapping[str, Task],
        again: Iterable[str] = (),
    ) -> Work[Context, Task, Output]:
        """`tasks`: all that the step has, by key; `again`: keys of those that have to be done, whatever they asked."""
        db = self.db
        there = db.keys(step)
        wanted = tasks.keys()
        due = (wanted - there) | (wanted & (db.due(step) | {*again}))
        if there:
            db.index()
        is_first = not there and not any(db.keys(later) for later in STEPS[STEPS.index(step) + 1 :])
        gone = tuple(sorted(there - wanted))
        return Work(step, do, {key: tasks[key] for key in sorted(due)}, gone, is_first, len(due) == len(wanted))

    def run(self, work: Work[Context, Task, Output], words: str = "") -> Iterator[Made[Output]]:
        """Does the work; what is made can be asked for at the end, by other processes after the next commit.

        `words` tell of the progress where the whole step is done.
        """
        db = self.db
        for key in work.gone:
            db.remove(work.step, key)
        keep = db.add if work.is_first else db.put
        made = self.pool.map(work.do, work.tasks.values())
        for one in self.progress.over(made, words, len(work.tasks)) if words and work.is_whole else made:
            keep(work.step, one)
            yield one
        db.flush()
        if not work.is_first:  # else nobody has asked yet for what the step makes
            db.forget()

    def finish(self, work: Work[Context, Task, Output], words: str = "") -> None:
        """Does the work and keeps it: a build that is killed from here on goes on with the next step."""
        for _ in self.run(work, words):
            pass
        self.db.commit()

    def renew(
        self, step: str, do: Callable[[Context, Task], Made[Output]], tasks: Mapping[str, Task], words: str = ""
    ) -> None:
        """Brings a step up to date that rests on nothing but the database."""
        self.finish(self.work(step, do, tasks), words)
