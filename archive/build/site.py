"""The commands that make a site or look at it: `build`, `refresh_search`, `check`, `accept`, and an archive in memory.

In: the paths of an archive. Out: a published site, problems, or everything that is known.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from archive.build.builder import Builder
from archive.build.engines import MarkdownFolder, make_by_engine
from archive.build.inbox import bundle_at, bundles_in, problems_with, put_new, tried_inbox, try_bundles
from archive.build.ledger import Renewed, check_published, renew
from archive.build.loading import load
from archive.build.lock import forget_served, one_at_a_time
from archive.build.memory import finish_begun, forget
from archive.build.publish import new_stage
from archive.build.received import SourceReader
from archive.build.records import finish_edits
from archive.bundle import INBOX
from archive.check import check_source, check_text, check_unused_sources, tell_not_compared
from archive.config import Paths, load_settings
from archive.database import DatabaseError, is_spoilt
from archive.disk import Disk
from archive.holdings import records
from archive.knowledge import load_knowledge
from archive.model.records import Article
from archive.problems import Catalogue, Report
from archive.progress import Progress
from archive.site.output import check_output, take_over
from archive.site.tool import fetch_pyodide


class ContentProblems(Exception):
    """The content holds errors; `report` has them all, and nothing was published."""

    def __init__(self, report: Report) -> None:
        super().__init__("content problems")
        self.report = report


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of one bundle: it is taken into content/ with its new files, or left as it was."""

    bundle: str
    taken: bool
    files: tuple[str, ...] = ()
    held: tuple[str, ...] = ()


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
    with one_at_a_time(paths):
        finish_edits(paths)
        if load_settings(paths.site_config).contribution_tool:
            fetch_pyodide(report)
        if clean:
            forget(paths.work)
        if engine == "fast":
            make = partial(Builder, paths, out, report, progress, search=search, jobs=jobs)
            pages, took_down = _built(make, refresh, disk)
        else:
            finish_begun(paths.work)
            pages, took_down = _build_by(engine, paths, out, report, progress, search), False
        if clean or took_down:
            forget_served(paths)
            shutil.rmtree(paths.work / INBOX, ignore_errors=True)  # a check that was killed left it
    return pages


def _built(make: Callable[[], Builder], refresh: bool, disk: Disk | None) -> tuple[int, bool]:
    """The number of pages, and whether something was taken down. A database that turns out spoilt is made anew."""
    builder = make()
    said = list(builder.report)
    try:
        return _build(builder, refresh, disk)
    except DatabaseError as error:
        if not is_spoilt(error):
            raise
    forget(builder.paths.work)
    builder.report.found[:] = said
    return _build(make(), refresh, disk)


def _build(builder: Builder, refresh: bool, disk: Disk | None) -> tuple[int, bool]:
    with builder:
        builder.update_facts(disk)
        _stop_on_errors(builder.paths, builder.report)
        builder.look_at_site()
        refresh = refresh or not builder.index.is_there
        pages = builder.make_pages(index=builder.search)
        _stop_on_errors(builder.paths, builder.report)
        if refresh or not builder.search:
            builder.update_index()
        builder.publish()
        return pages, builder.scrub()


def _build_by(engine: str, paths: Paths, out: Path, report: Report, progress: Progress, search: bool) -> int:
    """By way of a folder that any engine reads; nothing is remembered."""
    stage = new_stage(out)
    try:
        loaded = load(paths, report, progress, stage=stage / "files", frame=MarkdownFolder(stage / "docs"))
        _stop_on_errors(paths, report)
        pages = make_by_engine(engine, loaded, paths, stage, report, progress, with_search=search)
        _stop_on_errors(paths, report)
        take_over(stage / "site", out)
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    return pages


def refresh_search(paths: Paths, out: Path, progress: Progress) -> None:
    """Brings the search index of a site up to date with its pages; `build` has left it behind."""
    with one_at_a_time(paths), Builder(paths, out, Report(), progress) as builder:
        builder.look_at_site()
        builder.update_index()
        builder.publish()


def check(paths: Paths, report: Report, progress: Progress, published: Iterable[str] = ()) -> int:
    """Checks content, what the site would be, and bundles; publishes nothing; returns the number of pages.

    Where there is a site, only what would change is made and looked at, and whether somebody else has changed its
    files. `published` are addresses that a live site says were published.
    """
    from archive.build.rules import check_rules  # brings the importer along, which a build does not need

    with one_at_a_time(paths), _trying(paths, report, progress) as builder:
        check_rules(paths.site_config, builder.knowledge)
        builder.update_facts()
        builder.check_site()
        pages = None if builder.has_errors else builder.make_pages()
        if pages is not None:
            check_published(builder.db, published, report)
        follow = None if builder.has_errors else builder.try_pages
        report.found += tried_inbox(builder.alone, builder.worker, builder.found, report, follow)
    return pages or 0


def accept(paths: Paths, files: Sequence[Path], report: Report, progress: Progress) -> Iterator[Accepted]:
    """Takes bundles into content/, those of content/inbox/ if no files are named; the ones with errors stay.

    Nothing is overwritten. A bundle that lies in content/inbox/ is removed once all its files are there.
    """
    catalogue = Catalogue.load(paths.site_config)
    bundles = [bundle_at(file, paths.content) for file in files] or bundles_in(paths.content, report)
    if not bundles:
        return
    with one_at_a_time(paths), _trying(paths, Report(), progress) as builder:
        builder.update_facts()
        if not builder.has_errors:
            builder.make_pages()
        known, follow = list(builder.report), None if builder.has_errors else builder.try_pages
        for tried in try_bundles(builder.alone, builder.worker, builder.found, bundles, catalogue, known, follow):
            report.found += tried.problems
            if not tried.good:
                yield Accepted(tried.bundle.shown, False)
                continue
            put_new(tried.unpacked, paths.content, tried.files)
            if tried.bundle.file.parent == paths.content / INBOX:
                tried.bundle.file.unlink()
            yield Accepted(tried.bundle.shown, True, tried.files, tried.held)


def try_files(paths: Paths, files: Mapping[str, bytes], report: Report, progress: Progress) -> None:
    """Checks files as if they lay in content/, by paths below it; they are not kept. Problems stand at their own lines.

    What is wrong without them, too, is not told.
    """
    with one_at_a_time(paths), _trying(paths, Report(), progress) as builder:
        builder.update_facts()
        report.found += problems_with(builder.alone, builder.worker, builder.found, files, list(builder.report))


def renew_ledger(paths: Paths, day: str, report: Report, progress: Progress) -> Renewed | None:
    """Brings content/ledger/ up to date with what the site is to have from `day` on; None if an error forbids it."""
    with one_at_a_time(paths), _trying(paths, report, progress) as builder:
        builder.update_facts()
        if not builder.has_errors:
            builder.plan_pages()
        return None if builder.has_errors else renew(builder.worker, paths, day, report)


def verify_sources(paths: Paths, report: Report) -> int:
    """Compares every recorded checksum with its file, and every text with its source; returns the number of files.

    Texts that can't be compared from end to end are named.
    """
    knowledge, reader = load_knowledge(paths.site_config), SourceReader(paths.site_config)
    used: set[str] = set()
    for article in (r for _, r in records(paths, knowledge, report) if isinstance(r, Article)):
        tell_not_compared(article, report)
        name = article.source.file if article.source else None
        used |= {name} if name else set()
        is_whole = check_source(article, paths.content, report)
        file = paths.content / "sources" / (name or "")
        if is_whole and (received := reader.received(file, f"content/sources/{name}")):
            check_text(article, partial(_lines, paths.content.parent / article.origin.path), received, report)
    check_unused_sources(used, paths.content, report)
    return len(used)


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").split("\n")


def _trying(paths: Paths, report: Report, progress: Progress) -> Builder:
    return Builder(paths, paths.content.parent / "site", report, progress, tries=True)


def _stop_on_errors(paths: Paths, report: Report) -> None:
    if Catalogue.load(paths.site_config).errors(report):
        raise ContentProblems(report)
