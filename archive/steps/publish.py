"""One build from its beginning to the published site.

In: paths, and where the site is to be. Out: the site as it should be. Order matters here, because a
build may be killed at any moment: facts are kept level by level; pages and the site change together.
"""

from __future__ import annotations

import shutil
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
from archive.steps.site import PLANS, Changes, SiteStep, proven
from archive.steps.update import problems_of, settle, update_facts


class Publisher:
    """Use it in a `with` block: update_facts, make_site, publish. Without `publish` nothing changes."""

    def __init__(
        self, paths: Paths, out: Path, report: Report, progress: Progress, *, search: bool, jobs: int | None = None
    ) -> None:
        self.paths = paths
        self.out = out
        self.report = report
        self.progress = progress
        self.search = search
        self.jobs = jobs
        self.stage: Path | None = None
        self.changes: Changes | None = None

    def __enter__(self) -> Publisher:
        self.out.parent.mkdir(parents=True, exist_ok=True)
        key, file = facts_key(self.paths), self.paths.work / "store.db"
        self.store = Store(file)
        self._finish_or_clear()
        if self.store.fact("facts-key") != key.encode():
            self.store.close()
            for name in (file.name, f"{file.name}-wal", f"{file.name}-shm"):
                (file.parent / name).unlink(missing_ok=True)
            self.store = Store(file)
            self.store.keep("facts-key", key.encode())
            self.store.commit()
        settings, knowledge = load_settings(self.paths.site_config), load_knowledge(self.paths.site_config)
        self.setup = Setup(self.paths, settings, knowledge, self.paths.work / "plan", self._new_stage() / "site")
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
        self.report.found += [*update.problems, *problems_of(self.store)]

    def make_site(self) -> int:
        """Everything anew, or what differs from the published site; returns the number of pages."""
        settings, labels = self.setup.settings, self.setup.knowledge.labels
        self.plan = plan_key(self.paths.mkdocs, settings, labels)
        self.looks = looks_key(self.paths, self.plan, search=self.search)
        pages = self.bench.pages
        step = SiteStep(pages, self.store, self.crew, self.progress, self.report, self.changed)
        is_published = self.changed is not None and self.store.fact("published") == self._signature()
        is_planned = self.store.fact("planned") == self.plan.encode()
        if is_published and is_planned and self.changed:
            self._make_changes(step)
        elif not is_published or self.changed:
            self._make_whole(step)
        self.report.found += problems_of(self.store, (PLANS, "page"))
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
            self.store.keep("journal", f"{self.stage.resolve()}\n{self.out.resolve()}".encode())
            self.store.commit()
            stage, self.stage = self.stage, None  # from here on the changes are made, by this build or the next
            self._apply(stage, self.out)
        if self.search:
            search_index_published(self.paths.work / "search")

    def _make_whole(self, step: SiteStep) -> None:
        assert self.stage is not None
        site = self.stage / "site"
        self._keep_planned("")  # the file changes before its key does
        made, warnings = make_plan(self.paths.mkdocs, self.setup.settings, self.setup.knowledge.labels)
        for words in warnings:
            self.report.add("engine-warning", self.paths.mkdocs.name, words=words)
        plan = proven(made, step, self.paths.mkdocs.name)
        write_plan(plan, self.setup.plan)
        self._keep_planned(self.plan)
        step.pages.plan = plan
        entries = step.fresh(plan, site)
        if self.search:
            self._index(entries, site)
        for _ in entries:
            pass

    def _keep_planned(self, key: str) -> None:
        """What the plan on disk was made of. `check`, and builds that fail, leave theirs there."""
        self.store.keep("planned", key.encode())
        self.store.commit()

    def _index(self, entries: Iterable[SearchEntry], site: Path) -> None:
        self.progress.say(self.setup.knowledge.labels["progress"]["search"])
        known = load_yaml(self.paths.site_config / "search.yml")
        settings = self.setup.settings.search
        build_search_index(entries, site, self.paths.work / "search", self.setup.knowledge, known, settings)

    def _make_changes(self, step: SiteStep) -> None:
        assert self.stage is not None and self.changed is not None
        plan = read_plan(self.setup.plan)
        step.pages.plan = plan
        self.changes = step.renew(plan, self.out, self.stage)
        if self.search:
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
        self.store.keep("published", b"")
        self.store.commit()
        take_over(self.stage / "site", self.out)
        self.store.keep("published", self._signature())
        self.store.commit()

    def _apply(self, stage: Path, out: Path) -> None:
        apply_journal(stage, out)
        self.store.keep("journal", b"")
        self.store.commit()

    def _signature(self) -> bytes:
        """By what a published site is known again: its marker is the very file that was written with it."""
        try:
            status = (self.out / MARKER).stat()
        except OSError:
            return b"none"
        return f"{self.looks}\n{self.out}\n{status.st_ino}\n{status.st_mtime_ns}".encode()

    def _finish_or_clear(self) -> None:
        """Makes the changes that a killed build had written down, and clears what others left."""
        stage, _, out = (self.store.fact("journal") or b"").decode().partition("\n")
        if stage and Path(stage).is_dir() and (Path(out) / MARKER).is_file():
            self._apply(Path(stage), Path(out))
        for left in self.out.parent.glob(f".{self.out.name}-stage-*"):
            recover(left, self.out)
            shutil.rmtree(left, ignore_errors=True)

    def _new_stage(self) -> Path:
        self.stage = Path(tempfile.mkdtemp(prefix=f".{self.out.name}-stage-", dir=self.out.parent))
        return self.stage
