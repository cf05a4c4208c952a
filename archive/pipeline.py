"""The hallway: the one place that knows the order of the rooms.

read → normalise → assemble → derive → render → site → search → check, step by step from one store
(archive/steps), and the change of the published site at the end.
"""

from __future__ import annotations

import dataclasses
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from archive.bundle import INBOX
from archive.check import check_sources, unique_addresses
from archive.config import Paths, Settings, load_settings, load_yaml
from archive.disk import Disk
from archive.holdings import records
from archive.knowledge import Knowledge, load_knowledge
from archive.memo import Store
from archive.model.corpus import Corpus
from archive.model.derived import Derived
from archive.model.records import Article
from archive.problems import Catalogue, Problem, Report
from archive.progress import Progress
from archive.render import render_site, search_entries
from archive.site.output import check_output, take_over
from archive.site.tool import fetch_pyodide, write_tool
from archive.steps.bench import Bench, Setup
from archive.steps.crew import Crew
from archive.steps.inbox import Follow, bundle_at, bundles_in, put_new, try_bundles
from archive.steps.publish import Publisher, forget, new_stage
from archive.steps.update import LEVELS, problems_of, update_facts


class Busy(Exception):
    """Another build of the same archive is running."""


class ContentProblems(Exception):
    """The content holds errors; `report` has them all, and nothing was published."""

    def __init__(self, report: Report) -> None:
        super().__init__("content problems")
        self.report = report


@dataclass(frozen=True, slots=True)
class Loaded:
    """An archive at hand: what it holds, what it knows, what follows."""

    corpus: Corpus
    derived: Derived
    knowledge: Knowledge
    settings: Settings


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of one bundle: it is taken into content/ with its new files, or left as it was."""

    bundle: str
    taken: bool
    files: tuple[str, ...] = ()
    held: tuple[str, ...] = ()


def load(paths: Paths, report: Report, progress: Progress, *, inbox: bool = False) -> Loaded:
    """Everything up to and including `derive`, in memory; problems go into `report`, with `inbox` those of bundles."""
    settings, knowledge = load_settings(paths.site_config), load_knowledge(paths.site_config)
    store = Store(None)
    bench = Bench(Setup(paths, settings, knowledge), store)
    report.found += update_facts(bench, store, Crew(bench), progress).problems
    report.found += problems_of(store, LEVELS)
    if inbox:
        report.found += _tried_inbox(paths, bench, report)
    return Loaded(bench.archive.corpus, bench.archive.derived, knowledge, settings)


def build(
    paths: Paths,
    out: Path,
    report: Report,
    progress: Progress,
    *,
    engine: str = "fast",
    search: bool = True,
    jobs: int | None = None,
    refresh: bool = True,
    clean: bool = False,
    disk: Disk | None = None,
) -> int:
    """Builds the site into `out` and returns its number of pages.

    With the fast engine only what changed since the last build is made, by at most `jobs` processes;
    `clean` forgets the last build; without `refresh` the search index of a site that is there already
    is left to `refresh_search`; `disk` knows what lies in content/, if somebody has just looked. Raises
    ContentProblems if there is an error; the old site then stays as it was. Raises Busy if another
    build runs, NotOurs if `out` is not a site of ours.
    """
    check_output(out)
    for bundle in bundles_in(paths.content, Report()):
        report.add("bundle-waiting", bundle.shown)
    with _one_at_a_time(paths):
        if load_settings(paths.site_config).contribution_tool:
            fetch_pyodide(report)
        if clean:
            forget(paths)
        if engine == "fast":
            publisher = Publisher(paths, out, report, progress, search=search, jobs=jobs)
            with publisher:
                publisher.update_facts(disk)
                _stop_on_errors(paths, report)
                pages = publisher.make_site()
                _stop_on_errors(paths, report)
                withdraws = publisher.withdraws
                publisher.publish()
                if refresh:
                    publisher.refresh_search()
            if clean or withdraws:
                _forget_served(paths)
            return pages
        with _stage(out) as stage:
            pages = _build_whole(stage, paths, report, progress, engine=engine, search=search)
            _stop_on_errors(paths, report)
            take_over(stage / "site", out)
    return pages


def refresh_search(paths: Paths, out: Path, progress: Progress) -> None:
    """Brings the search index of a site up to date with its pages; `build` has left it behind."""
    with _one_at_a_time(paths), Publisher(paths, out, Report(), progress, search=True) as publisher:
        publisher.refresh_search()


def check(paths: Paths, report: Report, progress: Progress) -> int:
    """Checks content, what the site would be, and bundles; publishes nothing; returns the number of pages.

    Where the site is as `build` left it, only what would change is made and looked at.
    """
    site = paths.content.parent / "site"
    with _one_at_a_time(paths), Publisher(paths, site, report, progress, search=True) as publisher:
        publisher.update_facts()
        catalogue = Catalogue.load(paths.site_config)
        pages = 0 if catalogue.errors(report) else publisher.make_site(index=False)
        follow = None if catalogue.errors(report) else publisher.follow
        report.found += _tried_inbox(paths, publisher.bench, report, follow)
    return pages


def _tried_inbox(paths: Paths, bench: Bench, report: Report, pages: Follow | None = None) -> list[Problem]:
    """What is to be said of the bundles that wait; `report` has what is wrong without them."""
    catalogue, found = Catalogue.load(paths.site_config), Report()
    bundles = bundles_in(paths.content, found)
    for tried in try_bundles(bench, bench.archive.store, bundles, catalogue, list(report), pages):
        found.found += tried.problems
        if tried.good:
            found.add("bundle-waiting", tried.bundle.shown)
    return found.found


def accept(paths: Paths, files: Sequence[Path], report: Report, progress: Progress) -> Iterator[Accepted]:
    """Takes bundles into content/, those of content/inbox/ if no files are named; the ones with errors stay.

    Nothing is overwritten. A bundle that lies in content/inbox/ is removed once all its files are there.
    """
    site, catalogue = paths.content.parent / "site", Catalogue.load(paths.site_config)
    bundles = [bundle_at(file, paths.content) for file in files] or bundles_in(paths.content, report)
    if not bundles:
        return
    with _one_at_a_time(paths), Publisher(paths, site, Report(), progress, search=True) as publisher:
        publisher.update_facts()
        if not catalogue.errors(publisher.report):
            publisher.make_site(index=False)
        known = list(publisher.report)
        follow = None if catalogue.errors(known) else publisher.follow
        for tried in try_bundles(publisher.bench, publisher.store, bundles, catalogue, known, follow):
            report.found += tried.problems
            if not tried.good:
                yield Accepted(tried.bundle.shown, False)
                continue
            put_new(tried.unpacked, paths.content, tried.files)
            if tried.bundle.file.parent == paths.content / INBOX:
                tried.bundle.file.unlink()
            yield Accepted(tried.bundle.shown, True, tried.files, tried.held)


def verify_sources(paths: Paths, report: Report) -> int:
    """Compares every recorded checksum with its file; returns how many files were compared."""
    knowledge = load_knowledge(paths.site_config)
    articles = [r for _, r in records(paths, knowledge, report) if isinstance(r, Article)]
    check_sources(articles, paths.content, report)
    return sum(bool(article.source and article.source.file) for article in articles)


def _build_whole(stage: Path, paths: Paths, report: Report, progress: Progress, *, engine: str, search: bool) -> int:
    """By way of the work folder, which any engine reads; nothing is remembered."""
    from archive.check.site import check_site
    from archive.desk import FILES
    from archive.search import build_search_index
    from archive.site.html import build_html
    from archive.site.work_folder import write_work_folder

    loaded = load(paths, report, progress)
    _stop_on_errors(paths, report)
    words = loaded.knowledge.labels["progress"]
    docs, files, site = stage / "docs", stage / "files", stage / "site"
    items = render_site(loaded.corpus, loaded.derived, loaded.knowledge, loaded.settings, paths.templates)
    pages = write_work_folder(progress.over(unique_addresses(items, report), words["render"]), docs, files)
    progress.say(words["html"])
    for code, said in build_html(engine, paths.mkdocs, docs, site, loaded.settings, loaded.knowledge.labels):
        report.add(code, paths.mkdocs.name, words=said)
    if files.is_dir():
        shutil.copytree(files, site, dirs_exist_ok=True)
    if loaded.settings.contribution_tool:
        write_tool(site, paths.site_config, FILES)
    if search:
        progress.say(words["search"])
        entries = search_entries(loaded.corpus, loaded.derived, loaded.knowledge, loaded.settings)
        known = load_yaml(paths.site_config / "search.yml")
        build_search_index(entries, site, paths.work / "search", loaded.knowledge, known, loaded.settings.search)
    progress.say(words["check"])
    check_site(site, loaded.settings, report)
    return pages


def _stop_on_errors(paths: Paths, report: Report) -> None:
    if Catalogue.load(paths.site_config).errors(report):
        raise ContentProblems(report)


def served(paths: Paths) -> Paths:
    """The paths that `serve` builds with: it keeps a site and a memory of its own."""
    return dataclasses.replace(paths, work=paths.work / "serve")


@contextmanager
def serving(paths: Paths) -> Iterator[None]:
    """While a site is served from `paths`, its folder is its own; raises Busy if another process serves it."""
    with _lock(paths.work / "serving.db"):
        yield


def _forget_served(paths: Paths) -> None:
    """What is withdrawn must not live on in what `serve` left behind; one that runs follows by itself."""
    own = served(paths).work
    if own.is_dir():
        with suppress(Busy), _lock(own / "serving.db"):
            for path in own.iterdir():
                if path.is_dir():
                    shutil.rmtree(path)
                elif not path.name.startswith("serving.db"):
                    path.unlink()


@contextmanager
def _one_at_a_time(paths: Paths) -> Iterator[None]:
    with _lock(paths.work / "lock.db"):
        yield


@contextmanager
def _lock(file: Path) -> Iterator[None]:
    file.parent.mkdir(parents=True, exist_ok=True)
    lock = sqlite3.connect(file, timeout=0, isolation_level=None)
    try:
        lock.execute("BEGIN EXCLUSIVE")  # ends with the process, however it ends
    except sqlite3.OperationalError as error:
        lock.close()
        raise Busy from error
    try:
        yield
    finally:
        lock.close()


@contextmanager
def _stage(out: Path) -> Iterator[Path]:
    stage = new_stage(out)
    try:
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)
