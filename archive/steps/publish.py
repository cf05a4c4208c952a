"""One build from its beginning to the published site.

In: paths, and where the site is to be. Out: the site as it should be. Order matters here, because a
build may be killed at any moment: facts are kept level by level; pages and the site change together.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterable
from pathlib import Path

from archive.config import Paths, load_settings, load_yaml
from archive.knowledge import load_knowledge
from archive.memo import Store
from archive.model.search import SearchEntry
from archive.problems import Report
from archive.progress import Progress
from archive.search import ADDRESS, build_search_index, search_index_published, unsettled_entries, update_search_index
from archive.site import MARKER, apply_journal, make_plan, plan_key, recover, take_over, write_journal
from archive.steps.bench import Bench, Setup, read_plan, write_plan
from archive.steps.crew import Crew
from archive.steps.keys import facts_key, looks_key
from archive.steps.site import LEVELS as SITE
from archive.steps.site import Changes, SiteStep, proven
from archive.steps.stored import decoder, encode
from archive.steps.update import LEVELS as FACTS
from archive.steps.update import problems_of, settle, update_facts

STORE, PLAN = "store.db", "plan"  # in the work folder


class Publisher:
    """Use it in a `with` block: update_facts, make_site, publish. Without `publish` nothing changes."""

    def __init__(
        self,
        paths: Paths,
        out: Path | None,
        report: Report,
        progress: Progress,
        *,
        search: bool = False,
        jobs: int | None = None,
    ) -> None:
        """Without `out` the site that was published last is made as it would be now, to be looked at only."""
        self.paths = paths
        self.looking = out is None
        self.out = out or paths.work / "check"
        self.search = search
        self.report = report
        self.progress = progress
        self.jobs = jobs
        self.stage: Path | None = None
        self.changes: Changes | None = None

    def __enter__(self) -> Publisher:
        settings, knowledge = load_settings(self.paths.site_config), load_knowledge(self.paths.site_config)
        file = self.paths.work / STORE
        self.store = open_store(file, facts_key(self.paths))
        if self.looking and (published := self.store.fact("published-as")):
            out, self.search = decoder(tuple[str, bool])(published)
            self.out = Path(out)
        self.setup = Setup(self.paths, settings, knowledge, self.paths.work / PLAN, self._new_stage() / "site")
        self.bench = Bench(self.setup, self.store)
        self.crew = Crew(self.bench, self.setup, file, self.jobs)
        return self

    def __exit__(self, *_: object) -> None:
        self.crew.rest()
        self.store.roll_back()
        self.store.close()
        if self.stage is not None:
            shutil.rmtree(self.stage, ignore_errors=True)

    def update_facts(self) -> None:
        update = update_facts(self.bench, self.store, self.crew, self.progress)
        self.changed = update.changed
        self.report.found += [*update.problems, *problems_of(self.store, FACTS)]

    def make_site(self) -> int:
        """Everything anew, or what differs from the published site; returns the number of pages."""
        settings, labels = self.setup.settings, self.setup.knowledge.labels
        plan = plan_key(self.paths.mkdocs, settings, labels)
        self.looks = looks_key(self.paths, plan, search=self.search)
        pages = self.bench.pages
        step = SiteStep(pages, self.store, self.crew, self.progress, self.report)
        if self.changed is None or self.store.fact("published") != self._signature():
            self._make_whole(step)
        elif self.changed:
            self._make_changes(step)
        self.report.found += problems_of(self.store, SITE)
        return sum(1 for _ in self.store.names("page/"))

    def publish(self) -> None:
        """The site takes its new form; what was computed is kept with it."""
        assert self.stage is not None
        settle(self.store)
        if self.changes is None:
            if (self.stage / "site").is_dir():
                self._publish_whole()
        else:
            write_journal(self.stage, self.changes.written, self.changes.removed)
            self.store.keep("journal", encode((str(self.stage), str(self.out))))
            self.store.commit()
            finish_journal(self.store)
        if self.search:
            search_index_published(self.paths.work / "search")

    def _make_whole(self, step: SiteStep) -> None:
        assert self.stage is not None
        # From here on the plan and the list of pages are no longer those of the published site.
        self.store.keep("published", b"")
        self.store.commit()
        site = self.stage / "site"
        made, warnings = make_plan(self.paths.mkdocs, self.setup.settings, self.setup.knowledge.labels)
        for words in warnings:
            self.report.add("engine-warning", self.paths.mkdocs.name, words=words)
        plan = proven(made, step, self.paths.mkdocs.name)
        write_plan(plan, self.setup.plan)
        step.pages.plan = plan
        entries = step.fresh(plan, site)
        if self.search and not self.looking:
            self._index(entries, site)
        for _ in entries:
            pass

    def _index(self, entries: Iterable[SearchEntry], site: Path) -> None:
        self.progress.say(self.setup.knowledge.labels["progress"]["search"])
        known = load_yaml(self.paths.site_config / "search.yml")
        settings = self.setup.settings.search
        build_search_index(entries, site, self.paths.work / "search", self.setup.knowledge, known, settings)

    def _make_changes(self, step: SiteStep) -> None:
        assert self.stage is not None and self.changed is not None
        step.pages.out = None
        plan = read_plan(self.setup.plan)
        step.pages.plan = plan
        self.changes = step.renew(self.changed, plan, self.out, self.stage)
        if self.search and not self.looking:
            self._update_index(step, self.changes)

    def _update_index(self, step: SiteStep, changes: Changes) -> None:
        work, known = self.paths.work / "search", load_yaml(self.paths.site_config / "search.yml")
        knowledge, settings = self.setup.knowledge, self.setup.settings.search
        told = {entry.address for entry in changes.entries} | set(changes.lost_entries)
        again = {address: step.entry_at(address) for address in sorted(unsettled_entries(work) - told)}
        changed = [*changes.entries, *(entry for entry in again.values() if entry)]
        lost = [*changes.lost_entries, *(address for address, entry in again.items() if not entry)]
        if not (changed or lost):
            return
        updated = update_search_index(changed, lost, work, knowledge, known, settings)
        if updated is not None:
            changes.written |= updated.written
            changes.removed |= updated.removed
            return
        assert self.stage is not None
        aside = self.stage / "index"
        self._index(step.entries(), aside)
        made = {path.relative_to(aside).as_posix() for path in aside.rglob("*") if path.is_file()}
        held = {path.relative_to(self.out).as_posix() for path in (self.out / ADDRESS).rglob("*") if path.is_file()}
        changes.written |= {path: aside / path for path in made}
        changes.removed |= held - made

    def _publish_whole(self) -> None:
        assert self.stage is not None
        self.store.commit()
        take_over(self.stage / "site", self.out)
        self.store.keep("published", self._signature())
        self.store.keep("published-as", encode((str(self.out), self.search)))
        self.store.commit()

    def _signature(self) -> bytes:
        """By what a published site is known again: its marker is the very file that was written with it."""
        try:
            status = (self.out / MARKER).stat()
        except OSError:
            return b"none"
        return f"{self.looks}\n{self.out}\n{status.st_ino}\n{status.st_mtime_ns}".encode()

    def _new_stage(self) -> Path:
        self.stage = new_stage(self.paths.work / "check" if self.looking else self.out)
        return self.stage


def open_store(file: Path, key: str) -> Store:
    """What is remembered; nothing of it, if it rests on another key. A change of a site that was begun is finished."""
    try:
        store = Store(file)
        finish_journal(store)
        if store.fact("facts-key") == key.encode():
            return store
        store.close()
    except sqlite3.DatabaseError:
        pass  # made by another version, or spoilt
    _remove_store(file)
    store = Store(file)
    store.keep("facts-key", key.encode())
    store.commit()
    return store


def forget(paths: Paths) -> None:
    """Everything that is remembered between builds; a change of a site that was begun is finished first."""
    file = paths.work / STORE
    if file.is_file():
        open_store(file, "").close()
    _remove_store(file)
    (paths.work / PLAN).unlink(missing_ok=True)
    shutil.rmtree(paths.work / "search", ignore_errors=True)


def _remove_store(file: Path) -> None:
    for name in (file.name, f"{file.name}-wal", f"{file.name}-shm"):
        (file.parent / name).unlink(missing_ok=True)


def finish_journal(store: Store) -> None:
    """Makes the changes of a site that are written down and not yet all made."""
    if kept := store.fact("journal"):
        stage, out = decoder(tuple[str, str])(kept)
        apply_journal(Path(stage), Path(out))
        store.keep("journal", b"")
        store.commit()


def new_stage(out: Path) -> Path:
    """A new folder beside the output, on the same disk; what a killed build left is cleared first."""
    out.parent.mkdir(parents=True, exist_ok=True)
    prefix = f".{out.name}-stage-"
    for left in out.parent.glob(f"{prefix}*"):
        recover(left, out)
        shutil.rmtree(left, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=prefix, dir=out.parent))
