"""An archive in memory: all facts, from the files of content/, with nothing kept.

In: paths. Out: `Loaded`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from archive.build.facts import folders, problems_of, renew_facts
from archive.build.inbox import tried_inbox
from archive.build.steps import PLAN, Steps
from archive.build.tasks import STEPS as FACTS
from archive.build.worker import Setup, Worker, page_tasks, plan
from archive.config import Paths, Settings, load_settings
from archive.database import Database, StoredCorpus
from archive.knowledge import Knowledge, load_knowledge
from archive.model.search import SearchEntry
from archive.outputs import Frame
from archive.problems import Report
from archive.progress import Progress
from archive.read import scan
from archive.workers import WorkerPool


@dataclass(frozen=True, slots=True)
class Loaded:
    """What an archive holds, what it knows, and who works out what follows."""

    db: Database
    corpus: StoredCorpus
    knowledge: Knowledge
    settings: Settings
    worker: Worker
    steps: Steps[Worker]

    def entries(self) -> Iterator[SearchEntry]:
        """What search finds of all pages."""
        self.steps.renew(PLAN, plan, {"": ""})
        found = (self.worker.outputs.entry(key) for key in page_tasks(self.db))
        return (entry for entry in found if entry)


def load(
    paths: Paths,
    report: Report,
    progress: Progress,
    *,
    inbox: bool = False,
    stage: Path | None = None,
    frame: Frame | None = None,
) -> Loaded:
    """Problems go into `report`, with `inbox` those of bundles; `stage` and `frame` are for pages (see `Setup`)."""
    setup = Setup(paths, load_settings(paths.site_config), load_knowledge(paths.site_config), stage, frame)
    db = Database(None)
    worker = Worker(setup, db)
    steps = Steps(db, WorkerPool(setup, worker, jobs=1), progress)
    found = scan(paths.content, folders(setup.knowledge), report)
    renew_facts(steps, paths, setup.knowledge, found)
    report.found += problems_of(db, FACTS)
    if inbox:
        report.found += tried_inbox(steps, worker, found, list(report))
    return Loaded(db, worker.tasks.corpus, setup.knowledge, setup.settings, worker, steps)
