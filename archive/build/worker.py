"""What one process needs to do tasks of any step, and the functions that do them.

In: a task. Out: `Made`. Files of pages are staged by the process that makes them, if they differ from what is
published, so that no page goes from process to process.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import msgspec

from archive.build.files import Stage, digest_of
from archive.build.inputs import REDIRECTS
from archive.build.memory import DATABASE, TEMPLATES
from archive.build.tasks import Tasks
from archive.config import Paths, Settings, load_yaml, places_of
from archive.database import Database, Made, Rows
from archive.database.rows import Redirect
from archive.database.rows import SearchEntry as EntryRow
from archive.kinds import RenderContext
from archive.knowledge import Knowledge, redirects_of
from archive.model.pages import SiteFile
from archive.model.records import PAGES, REMOVED
from archive.model.search import SearchEntry
from archive.outputs import Frame as PageFrame
from archive.outputs import Outputs, Written
from archive.site.frame import Frame
from archive.site.tool import tool_files

TOOL = "tool"  # the key of the contribution tool among the outputs of the site
_encode = msgspec.msgpack.Encoder().encode


@dataclass(frozen=True, slots=True)
class Staged:
    """What is left of it: paths of the files that differ from what is published, and what search finds."""

    written: tuple[str, ...]
    entry: SearchEntry | None = None


class Worker:
    """Does tasks over one database."""

    def __init__(self, setup: Setup, db: Database) -> None:
        self.setup = setup
        self.db = db
        self.stage = Stage(db, setup.stage)
        self.tasks = Tasks(setup.paths, setup.settings, setup.knowledge, db)

    @cached_property
    def outputs(self) -> Outputs:
        """Made when first needed: templates and theme take a moment, and a build without a new page needs none."""
        setup = self.setup
        compiled = setup.paths.work / TEMPLATES
        context = RenderContext(self.db, setup.knowledge, setup.settings)
        frame = setup.frame or Frame(setup.paths.mkdocs, setup.settings, setup.knowledge.labels, compiled)
        return Outputs(context, frame, setup.paths.templates, compiled, setup.paths.mkdocs.name)

    def staged(self, made: Made[Written]) -> Made[Staged]:
        """The files are in the stage now, and in the rows."""
        assert made.output is not None
        files, written = self.stage.put((file.path, file.data) for file in made.output.files)
        rows = Rows(made.rows)
        rows.extend(files)
        if entry := made.output.entry:
            rows.add(EntryRow(entry.address, digest_of(_encode(entry))))
        return Made(made.key, rows, made.problems, made.asked, Staged(tuple(written), entry))


@dataclass(frozen=True, slots=True)
class Setup:
    """What a process has to know to begin.

    `stage` is where new files of the site are written, if anywhere; `frame` what pages are put into, by default that
    of the theme.
    """

    paths: Paths
    settings: Settings
    knowledge: Knowledge
    stage: Path | None = None
    frame: PageFrame | None = None

    def __call__(self) -> Worker:
        return Worker(self, Database(self.paths.work / DATABASE, reading=True))


# one function a step: (worker, task) → what it makes


def record(worker: Worker, task: tuple[str, str]) -> Made[None]:
    """(key, path) of a file that holds no article."""
    key, shown = task
    if key == REDIRECTS:
        return _redirects(worker)
    return worker.tasks.ledger(shown) if key == shown else worker.tasks.record(key, shown)


def article(worker: Worker, task: tuple[str, str]) -> Made[None]:
    """(id, path) of an article."""
    return worker.tasks.article(*task)


def alike(worker: Worker, id: str) -> Made[None]:
    return worker.tasks.alike(id)


def event(worker: Worker, id: str) -> Made[None]:
    return worker.tasks.event(id)


def authority(worker: Worker, key: str) -> Made[None]:
    return worker.tasks.authority(key)


def collection(worker: Worker, key: str) -> Made[None]:
    return worker.tasks.collection(key)


def long_list(worker: Worker, name: str) -> Made[None]:
    return worker.tasks.list(name)


def plan(worker: Worker, _: str) -> Made[None]:
    return worker.outputs.plan()


def page_tasks(db: Database) -> dict[str, str]:
    """All tasks of the step `page` by key: records, and pages that belong to none."""
    records = db.rows("SELECT kind, id FROM record WHERE kind NOT IN (?, ?)", (PAGES, REMOVED))
    keys = [f"{kind}/{id}" for kind, id in records]
    keys += [f"/{address}" for (address,) in db.rows("SELECT address FROM page_plan")]
    return {key: key for key in keys}


def page(worker: Worker, key: str) -> Made[Staged]:
    """`kind/id`: all pages of a record; `/address`: another page."""
    if key.startswith("/"):
        return worker.staged(worker.outputs.address(key[1:]))
    kind, _, id = key.partition("/")
    return worker.staged(worker.outputs.record(kind, id))


def site(worker: Worker, key: str) -> Made[Staged]:
    """An output of the site as a whole."""
    return worker.staged(_tool(worker) if key == TOOL else worker.outputs.make(key))


def _tool(worker: Worker) -> Made[Written]:
    setup = worker.setup
    files: Iterable[tuple[str, bytes]] = ()
    if setup.settings.contribution_tool:
        from archive.desk import FILES  # brings the importer along, which an edit does not need

        files = tool_files(setup.paths.site_config, FILES)
    return Made(TOOL, {}, (), frozenset(), Written(tuple(SiteFile(path, data) for path, data in files)))


def _redirects(worker: Worker) -> Made[None]:
    rows, file = Rows(), worker.setup.paths.site_config / "redirects.yml"
    redirects = redirects_of(load_yaml(file))
    for position, (one, place) in enumerate(zip(redirects, places_of(file, "redirects"), strict=True)):
        rows.add(Redirect(position, one.from_, one.to, one.reason or "", *place))
    return Made(REDIRECTS, rows)
