"""One build, from what lies in content/ to the published site: the order of the rooms, in full or by what changed.

In: paths, and where the site is to be. Out: the site as it should be. Order matters here, because a build may be
killed at any moment: facts are kept step by step; pages and the site change together.
"""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from archive.build import unchanged, worker
from archive.build.facts import folders, problems_of, renew_facts, withdrawn, withdraws
from archive.build.files import Look, forget_published, look_at
from archive.build.index import SearchIndex
from archive.build.key import build_key
from archive.build.ledger import lost_addresses
from archive.build.links import anchors_of, check_all_links, check_links_of
from archive.build.memory import open_database, seal
from archive.build.publish import begin_change, finish_change, new_stage, publish_whole, published_at, was_lost
from archive.build.steps import PAGE, PLAN, SITE, Steps
from archive.build.tasks import STEPS as FACTS
from archive.build.worker import Setup, Staged, Worker, page_tasks
from archive.config import Paths, load_settings
from archive.database import DatabaseError, Made
from archive.disk import Disk
from archive.knowledge import Knowledge, load_knowledge
from archive.model.search import SearchEntry
from archive.problems import Catalogue, Problem, Report
from archive.progress import Progress
from archive.read import Scan, scan
from archive.site.journal import FILES
from archive.site.tool import kept_pyodide
from archive.workers import WorkerPool

_NOTHING_THERE = Look(frozenset(), frozenset(), frozenset(), frozenset())
_DAMAGED = "SELECT DISTINCT key FROM file JOIN task ON task.number = made_by WHERE mtime IS NULL AND step = ?"
_ENTRIES_OF_TASK = (
    "SELECT address, digest FROM search_entry WHERE made_by = (SELECT number FROM task WHERE step = ? AND key = ?)"
)
_KEY_OF_ENTRY = "SELECT key FROM search_entry JOIN task ON task.number = made_by"
_TWICE = "SELECT path FROM file GROUP BY path HAVING count(*) > 1 ORDER BY path"
_MAKERS = "SELECT key FROM file JOIN task ON task.number = made_by WHERE path = ? ORDER BY key"


class Builder:
    """Use it in a `with` block: update_facts, look_at_site, make_pages, update_index, publish."""

    def __init__(
        self,
        paths: Paths,
        out: Path,
        report: Report,
        progress: Progress,
        *,
        search: bool = True,
        jobs: int | None = None,
        tries: bool = False,
    ) -> None:
        """With `tries` no file is written, and nothing can be published."""
        self.paths = paths
        self.out = out
        self.report = report
        self.progress = progress
        self.search = search
        self.jobs = jobs
        self.tries = tries
        self.written: set[str] = set()
        self.found = Scan()
        self._look = _NOTHING_THERE
        self._is_first = False

    def __enter__(self) -> Builder:
        settings = load_settings(self.paths.site_config)
        key = build_key(self.paths, settings.contribution_tool and kept_pyodide().is_dir())
        self.knowledge = _knowledge(self.paths.site_config, key)
        self.words = self.knowledge.labels["progress"]
        self.db, spoilt = open_database(self.paths.work, key)
        if spoilt:
            self.progress.say(self.words["spoilt"])
        self.stage = None if self.tries else new_stage(self.out)
        files = self.stage / FILES if self.stage else None
        self.setup = Setup(self.paths, settings, self.knowledge, files)
        self.worker = Worker(self.setup, self.db)
        self.pool = WorkerPool(self.setup, self.worker, self.jobs)
        self.steps = Steps(self.db, self.pool, self.progress)
        # Other processes see only what is kept.
        self.alone = Steps(self.db, WorkerPool(self.setup, self.worker, jobs=1), self.progress)
        self.index = SearchIndex(self.db, self.setup, self.progress)
        return self

    def __exit__(self, _: object, error: BaseException | None, *__: object) -> None:
        try:
            self.pool.close()
            self.db.roll_back()
            self.db.close()
            if not isinstance(error, (OSError, DatabaseError)):
                seal(self.paths.work)
        finally:
            if self.stage:
                shutil.rmtree(self.stage, ignore_errors=True)

    def update_facts(self, disk: Disk | None = None) -> None:
        """`disk` knows what lies in content/, if somebody has just looked."""
        self.found = scan(self.paths.content, folders(self.knowledge), self.report, disk)
        renew_facts(self.steps, self.paths, self.knowledge, self.found)
        self.report.found += problems_of(self.db, FACTS)

    def look_at_site(self) -> None:
        """Compares the published site with what the last build has left: what is damaged is made again."""
        there = published_at(self.db)
        self._is_first = there is None
        if there == self.out.resolve():
            self._look = look_at(self.db, self.out, everywhere=was_lost(self.db))
            self.index.drop_altered(self._look)
        else:
            forget_published(self.db)
        self.db.commit()

    def check_site(self) -> None:
        """The same for a site that is only looked at, byte by byte; what is damaged is told."""
        out = published_at(self.db)
        if out is None:
            return
        look = look_at(self.db, out, read=True)
        for path in sorted(look.missing | look.altered | look.strange):
            self.report.add("site-altered", f"site/{path}")
        self.db.commit()
        if look.missing or look.altered:
            unchanged.forget(self.paths)

    @property
    def has_errors(self) -> bool:
        """Whether what is wrong so far keeps the site from being published."""
        return bool(Catalogue.load(self.paths.site_config).errors(self.report))

    def make_pages(self, *, index: bool = False) -> int:
        """Makes what differs from the published site, which may be everything; returns the number of pages.

        With `index` the search index is built at the same time if it has to be built whole.
        """
        self.steps.renew(PLAN, worker.plan, {"": ""})
        self._follow(self.steps, self.report, index=index)
        self.report.found += [*problems_of(self.db, (PLAN, PAGE, SITE)), *self._conflicts()]
        self.report.found += lost_addresses(self.db, self.paths)
        self.db.settle()
        (pages,) = next(self.db.rows("SELECT count(*) FROM page_anchor"))
        return int(pages)

    def try_pages(self) -> Iterator[Problem]:
        """What is wrong with pages once facts have changed again; with a savepoint nothing of it is kept."""
        report = Report()
        self.alone.renew(PLAN, worker.plan, {"": ""})
        self._follow(self.alone, report)
        yield from [*report, *problems_of(self.db, (PLAN, PAGE, SITE)), *self._conflicts()]
        yield from lost_addresses(self.db, self.paths)

    def plan_pages(self) -> None:
        """Works out which pages there are, and makes none."""
        self.steps.renew(PLAN, worker.plan, {"": ""})
        self.report.found += problems_of(self.db, (PLAN,))

    def try_content(self, changed: Path, site_config: Path, found: Scan) -> list[Problem]:
        """What would be wrong if the files below `changed` stood before those of content/; nothing of it is kept.

        `found` is what there would be; redirects are those of `site_config`. To be called after `make_pages`.
        """
        paths = dataclasses.replace(self.paths, site_config=site_config)
        self.worker = Worker(Setup(paths, self.setup.settings, self.knowledge), self.db)
        self.worker.tasks.contents.append(changed)
        self.alone = Steps(self.db, WorkerPool(self.worker.setup, self.worker, jobs=1), self.progress)
        self.db.savepoint()
        try:
            renew_facts(self.alone, paths, self.knowledge, found)
            report = Report(list(problems_of(self.db, FACTS)))
            if not Catalogue.load(self.paths.site_config).errors(report):
                report.found += self.try_pages()
        finally:
            self.db.roll_back_to_savepoint()
        return list(report)

    def update_index(self) -> None:
        """The search index follows what pages show; it goes if the site is to have none."""
        if self.search:
            self.written |= self.index.update(self._entry_at, self._all_entries)
        else:
            self.index.drop()

    def publish(self) -> None:
        """The site takes its new form, and what was computed is kept."""
        assert self.stage is not None
        wanted = {path for (path,) in self.db.rows("SELECT path FROM file")}
        if len(self.written) == len(wanted):
            publish_whole(self.db, self.stage, self.out)
        else:
            gone = (self._look.known | self._look.strange) - wanted
            if begin_change(self.db, self.stage, self.out, self.written, gone):
                self.stage = None
                finish_change(self.db)
        self.index.published()

    def scrub(self) -> bool:
        """Nothing of what is withdrawn from readers stays in the database.

        False if nothing is withdrawn; a build that remembers none before it can't know.
        """
        if not withdraws(self.db):
            return self._is_first
        self.pool.close()
        self.db.scrub()
        withdrawn(self.db)
        self.db.commit()
        return True

    def _follow(self, steps: Steps[Worker], report: Report, *, index: bool = False) -> None:
        """Pages, and what is written of the site as a whole."""
        db, work = self.db, steps.work(PAGE, worker.page, page_tasks(self.db), self._damaged(PAGE))
        if work.is_first:
            self._make_all(steps.run(work, self.words["render"]), index)
            self._make_site_files()
            self.progress.say(self.words["check"])
            check_all_links(db, report)
            return
        touched = [*work.tasks, *work.gone]
        anchors, entries = anchors_of(db, PAGE, touched), self._entries(touched)
        made = steps.run(work, self.words["render"])
        self._make_all(made, index and work.is_whole)
        self.index.note(address for address, _ in entries.items() ^ self._entries(work.tasks).items())
        self._make_site_files()
        check_links_of(db, anchors, anchors_of(db, PAGE, work.tasks), report)

    def _make_all(self, made: Iterable[Made[Staged]], index: bool) -> None:
        """Makes pages; with `index` the search index is built of what they show, unless it is there."""
        entries = self._written(made)
        if index and not self.index.is_there:
            self.written |= self.index.build(entries)
        for _ in entries:
            pass
        self.db.index()

    def _make_site_files(self) -> None:
        """What is written of the site as a whole; it rests on pages, which other processes don't see yet."""
        keys = [*self.worker.outputs.keys(), worker.TOOL]
        work = self.alone.work(SITE, worker.site, {key: key for key in keys}, self._damaged(SITE))
        for _ in self._written(self.alone.run(work)):
            pass

    def _entries(self, keys: Iterable[str]) -> dict[str, bytes]:
        """Address → digest of what search finds of the pages of some tasks."""
        return dict(row for key in keys for row in self.db.rows(_ENTRIES_OF_TASK, (PAGE, key)))

    def _written(self, made: Iterable[Made[Staged]]) -> Iterator[SearchEntry]:
        """Notes which files are written; gives what search finds."""
        for one in made:
            assert one.output is not None
            self.written.update(one.output.written)
            if one.output.entry:
                yield one.output.entry

    def _damaged(self, step: str) -> set[str]:
        return {key for (key,) in self.db.rows(_DAMAGED, (step,))}

    def _conflicts(self) -> Iterator[Problem]:
        """Two outputs may not write one file."""
        report = Report()
        for (path,) in self.db.rows(_TWICE):
            (first,), (name,), *_ = self.db.rows(_MAKERS, (path,))
            report.add("address-taken", "site-config/redirects.yml", address=f"/{path}", first=first, name=name)
        yield from report

    def _entry_at(self, address: str) -> SearchEntry | None:
        """The search entry of the page at an address; None if there is none any more."""
        found = self.db.rows(f"{_KEY_OF_ENTRY} WHERE address = ?", (address,))
        return next((self.worker.outputs.entry(key) for (key,) in found), None)

    def _all_entries(self) -> Iterator[SearchEntry]:
        for (key,) in list(self.db.rows(_KEY_OF_ENTRY)):
            if entry := self.worker.outputs.entry(key):
                yield entry


@lru_cache(maxsize=1)
def _knowledge(site_config: Path, key: str) -> Knowledge:
    """`key` covers what lies in site-config/. `serve` builds again and again."""
    del key
    return load_knowledge(site_config)
