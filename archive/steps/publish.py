"""One build from its beginning to the published site.

In: paths, and where the site is to be. Out: the site as it should be. Order matters here, because a
build may be killed at any moment: facts are kept level by level; pages and the site change together.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Mapping, Set
from functools import lru_cache
from pathlib import Path

from archive.config import Paths, load_settings, load_yaml
from archive.disk import Disk
from archive.knowledge import Knowledge, load_knowledge
from archive.memo import Store
from archive.model.search import SearchEntry
from archive.problems import Problem, Report
from archive.progress import Progress
from archive.site.journal import apply_journal, write_journal
from archive.site.output import MARKER, recover, take_over
from archive.site.tool import kept_pyodide, write_tool
from archive.steps import unchanged
from archive.steps.bench import Bench, Setup
from archive.steps.crew import Crew
from archive.steps.keys import facts_key, looks_key
from archive.steps.pages import TEMPLATES
from archive.steps.site import LEVELS as SITE
from archive.steps.site import Changes, SiteStep
from archive.steps.stored import decoder, encode
from archive.steps.update import LEVELS as FACTS
from archive.steps.update import problems_of, settle, update_facts

STORE = "store.db"  # in the work folder
_SCRUB = "scrub"
_TAKEN_DOWN = ("records/removed/", "withheld/")  # names of what is withdrawn from readers
_PENDING, _JOURNAL, _PUBLISHED = "search-pending", "journal", "published"


class Publisher:
    """Use it in a `with` block: update_facts, make_site, publish, refresh_search. Without `publish` nothing changes."""

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
        self.changed: frozenset[str] | None = frozenset()

    def __enter__(self) -> Publisher:
        key = facts_key(self.paths)
        settings, knowledge = load_settings(self.paths.site_config), _knowledge(self.paths.site_config, key)
        file = self.paths.work / STORE
        self.store = open_store(file, key)
        self.stage = new_stage(self.out)
        self.setup = Setup(self.paths, settings, knowledge, self.stage / "site")
        self.bench = Bench(self.setup, self.store)
        self.crew = Crew(self.bench, self.setup, file, self.jobs)
        return self

    def __exit__(self, *_: object) -> None:
        self.crew.rest()
        self.store.roll_back()
        self.store.close()
        if self.stage is not None:
            shutil.rmtree(self.stage, ignore_errors=True)

    def update_facts(self, disk: Disk | None = None) -> None:
        """`disk` knows what lies in content/, if somebody has just looked."""
        update = update_facts(self.bench, self.store, self.crew, self.progress, disk)
        self.changed = update.changed
        self.report.found += [*update.problems, *problems_of(self.store, FACTS)]

    def make_site(self, *, index: bool = True) -> int:
        """Everything anew, or what differs from the published site; returns the number of pages."""
        step = self._step()
        tool = self.setup.settings.contribution_tool and kept_pyodide().is_dir()
        self.looks = looks_key(self.paths, step.pages.frame.key, search=self.search, tool=tool)
        if self.changed is None or self.store.fact(_PUBLISHED) != self._signature():
            self._make_whole(step, index=index and self.search)
        elif self.changed:
            assert self.stage is not None
            self.changes = step.renew(self.out, self.stage)
        self.report.found += problems_of(self.store, SITE)
        return self.store.count("page/")

    def follow(self, changed: frozenset[str]) -> list[Problem]:
        """What is wrong with the site of `make_site` once these facts have changed, too; nothing is written."""
        assert self.stage is not None
        report, crew = Report(), Crew(self.bench, jobs=1)  # other processes don't see what is only tried
        whole = self.stage / "site"
        step = SiteStep(self.bench.pages, self.store, crew, self.progress, report, changed)
        step.follow(whole if whole.is_dir() else self.out)
        return [*report, *problems_of(self.store, SITE)]

    @property
    def withdraws(self) -> bool:
        """Whether something may be withdrawn from readers by this build; a first build can't know."""
        return self.changed is None or any(name.startswith(_TAKEN_DOWN) for name in self.changed)

    def publish(self) -> None:
        """The site takes its new form, and what was computed is kept; the search index follows in `refresh_search`."""
        assert self.stage is not None
        if self.changed is not None and self.withdraws:
            self.store.keep(_SCRUB, b"1")
        settle(self.store)
        if self.changes is not None:
            told = self.changes.entries | self._pending() if self.search else frozenset[str]()
            self.store.keep(_PENDING, encode(sorted(told)))
            self._apply_changes(self.changes.written, self.changes.removed)
        elif (self.stage / "site").is_dir():
            self._publish_whole()
            if self.search:
                from archive.search import search_index_published

                search_index_published(self.paths.work / "search")
        if self.store.fact(_SCRUB):
            self.crew.rest()
            self.store.keep(_SCRUB, b"")
            self.store.scrub()

    def refresh_search(self) -> None:
        """The index of the published site follows what its pages show. After a kill the next build does it."""
        if not self.search:
            return
        from archive.search import search_index_published, unsettled_entries, update_search_index

        assert self.stage is not None
        work = self.paths.work / "search"
        told = self._pending() | unsettled_entries(work)
        if not told:
            return
        step = self._step()
        entries = {address: step.entry_at(address) for address in sorted(told)}
        changed = [entry for entry in entries.values() if entry]
        lost = [address for address, entry in entries.items() if not entry]
        known, settings = load_yaml(self.paths.site_config / "search.yml"), self.setup.settings.search
        updated = update_search_index(changed, lost, work, self.setup.knowledge, known, settings)
        written, removed = (updated.written, updated.removed) if updated else self._whole_index(step)
        self.store.keep(_PENDING, encode([]))
        self._apply_changes(written, removed)
        search_index_published(work)

    def _pending(self) -> frozenset[str]:
        """Addresses of pages that changed and that the search index does not know of yet."""
        kept = self.store.fact(_PENDING)
        return frozenset(decoder(list[str])(kept)) if kept else frozenset()

    def _make_whole(self, step: SiteStep, *, index: bool) -> None:
        assert self.stage is not None
        site = self.stage / "site"
        # From here on the list of pages is no longer that of the published site.
        self.store.keep(_PUBLISHED, b"")
        self.store.commit()
        if self.setup.settings.contribution_tool:
            from archive.desk import FILES  # brings the importer along, which an edit does not need

            write_tool(site, self.paths.site_config, FILES)
        entries = step.fresh(site)
        if index:
            self._index(entries, site)
        for _ in entries:
            pass

    def _index(self, entries: Iterable[SearchEntry], site: Path) -> None:
        from archive.search import build_search_index

        self.progress.say(self.setup.knowledge.labels["progress"]["search"])
        known = load_yaml(self.paths.site_config / "search.yml")
        settings = self.setup.settings.search
        build_search_index(entries, site, self.paths.work / "search", self.setup.knowledge, known, settings)

    def _step(self) -> SiteStep:
        return SiteStep(self.bench.pages, self.store, self.crew, self.progress, self.report, self.changed)

    def _whole_index(self, step: SiteStep) -> tuple[Mapping[str, Path], Set[str]]:
        """The index made anew, as files to write and to remove."""
        from archive.search import FOLDERS

        assert self.stage is not None
        aside = self.stage / "index"
        self._index(step.entries(), aside)
        made = {path.relative_to(aside).as_posix() for path in aside.rglob("*") if path.is_file()}
        there = (path for folder in FOLDERS for path in (self.out / folder).rglob("*") if path.is_file())
        held = {path.relative_to(self.out).as_posix() for path in there}
        return {path: aside / path for path in made}, held - made

    def _publish_whole(self) -> None:
        assert self.stage is not None
        self.store.keep(_PENDING, encode([]))
        self.store.commit()
        take_over(self.stage / "site", self.out)
        self.store.keep(_PUBLISHED, self._signature())
        self.store.commit()

    def _apply_changes(self, written: Mapping[str, Path], removed: Set[str]) -> None:
        """What was computed is kept together with the journal, and then the site changes."""
        assert self.stage is not None
        write_journal(self.stage, written, removed)
        self.store.keep(_JOURNAL, encode((str(self.stage.resolve()), str(self.out.resolve()))))
        self.store.commit()
        self.stage = None  # from here on the changes are made, by this build or, if it breaks, by the next
        finish_journal(self.store)
        self.stage = new_stage(self.out)

    def _signature(self) -> bytes:
        """By what a published site is known again: its marker is the very file that was written with it."""
        try:
            status = (self.out / MARKER).stat()
        except OSError:
            return b"none"
        return f"{self.looks}\n{self.out}\n{status.st_ino}\n{status.st_mtime_ns}".encode()


@lru_cache(maxsize=1)
def _knowledge(site_config: Path, key: str) -> Knowledge:
    """`key` covers what lies in site-config/. `serve` builds again and again."""
    del key
    return load_knowledge(site_config)


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
    unchanged.forget(paths)
    _remove_store(file)
    shutil.rmtree(paths.work / "search", ignore_errors=True)


def _remove_store(file: Path) -> None:
    for name in (file.name, f"{file.name}-wal", f"{file.name}-shm"):
        (file.parent / name).unlink(missing_ok=True)
    shutil.rmtree(file.parent / TEMPLATES, ignore_errors=True)  # other code may compile them another way


def finish_journal(store: Store) -> None:
    """Makes the changes of a site that are written down and not yet all made."""
    if kept := store.fact(_JOURNAL):
        stage, out = decoder(tuple[str, str])(kept)
        apply_journal(Path(stage), Path(out))
        store.keep(_JOURNAL, b"")
        store.commit()


def new_stage(out: Path) -> Path:
    """A new folder beside the output, on the same disk; what a killed build left is cleared first."""
    out.parent.mkdir(parents=True, exist_ok=True)
    prefix = f".{out.name}-stage-"
    for left in out.parent.glob(f"{prefix}*"):
        recover(left, out)
        shutil.rmtree(left, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=prefix, dir=out.parent))
