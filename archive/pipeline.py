"""The hallway: the one place that knows the order of the rooms.

read → normalise → assemble → derive → render → site → search → check, and the swap at the end. The
door beside it: ingest, from raw text to draft records.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import filelock

from archive.assemble import assemble_corpus
from archive.check import check_corpus, check_site, check_sources, unique_addresses
from archive.config import Paths, Settings, load_settings, load_yaml
from archive.derive import derive
from archive.knowledge import Knowledge, load_knowledge
from archive.model.corpus import Corpus
from archive.model.derived import Derived
from archive.model.draft import Draft
from archive.model.records import Article, Page, Record
from archive.normalise import normalise_page, normalise_record
from archive.problems import Catalogue, Report
from archive.progress import Progress
from archive.read import read_records
from archive.render import render_site, search_entries
from archive.search import build_search_index
from archive.site import build_html, check_output, recover, take_over, write_work_folder

if TYPE_CHECKING:
    from archive.ingest import Importer


class Busy(Exception):
    """Another build of the same archive is running."""


class ContentProblems(Exception):
    """The content holds errors; `report` has them all, and nothing was published."""

    def __init__(self, report: Report) -> None:
        super().__init__("content problems")
        self.report = report


@dataclass(frozen=True, slots=True)
class Loaded:
    """An archive in memory: what it holds, what it knows, what follows."""

    corpus: Corpus
    derived: Derived
    knowledge: Knowledge
    settings: Settings


IMPORT_LISTS = ("noise", "event-dates", "level-cues", "people")


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one input: the draft, and the files written, relative to the output folder.

    `draft` is None if the input could not be read or written.
    """

    input: str
    draft: Draft | None = None
    article: str | None = None
    created: tuple[str, ...] = ()


def load(paths: Paths, report: Report, progress: Progress) -> Loaded:
    """Everything up to and including `derive`; problems go into `report`."""
    settings, knowledge = load_settings(paths.site_config), load_knowledge(paths.site_config)
    words = knowledge.labels["progress"]
    records = list(progress.over(_records(paths, knowledge, report), words["read"]))
    corpus = assemble_corpus(records, _pages(paths, knowledge, report), knowledge, report)
    check_corpus(corpus, paths.content, knowledge, report)
    return Loaded(corpus, derive(corpus, knowledge), knowledge, settings)


def _records(paths: Paths, knowledge: Knowledge, report: Report) -> Iterator[tuple[str, Record]]:
    folders = {kind.id: kind.folder for kind in knowledge.kinds.values()}
    for raw in read_records(paths.content, folders, report):
        record = normalise_record(raw, knowledge.kinds[raw.kind], knowledge, report)
        if record is not None:
            yield raw.kind, record


def _pages(paths: Paths, knowledge: Knowledge, report: Report) -> list[Page]:
    raws = read_records(paths.content, {"pages": "pages"}, report)
    return [page for raw in raws if (page := normalise_page(raw, knowledge, report)) is not None]


def build(
    paths: Paths, out: Path, report: Report, progress: Progress, *, engine: str = "mkdocs", search: bool = True
) -> int:
    """Builds the site into `out` and returns its number of pages.

    Raises ContentProblems if there is an error; the old site then stays as it was. Raises Busy
    if another build runs, NotOurs if `out` is not a site of ours.
    """
    check_output(out)
    with _one_at_a_time(paths), _stage(out) as stage:
        pages = _build_into(stage, paths, report, progress, engine=engine, search=search)
        _stop_on_errors(paths, report)
        take_over(stage / "site", out)
    return pages


def check(paths: Paths, report: Report, progress: Progress) -> int:
    """Builds the site aside, checks content and site, publishes nothing; returns the number of pages."""
    with _one_at_a_time(paths), _stage(paths.work / "check") as stage:
        try:
            return _build_into(stage, paths, report, progress, engine="mkdocs", search=False)
        except ContentProblems:
            return 0


def import_files(
    paths: Paths, inputs: Iterable[Path], out: Path, report: Report, progress: Progress, *, again: bool = False
) -> Iterator[Imported]:
    """Drafts of the inputs, written below `out` as they are made; nothing there is overwritten.

    One input that can't be read is a problem in `report` and stops no other.
    """
    from archive.ingest import Importer  # only this command needs it, and it is a third of the start

    knowledge = load_knowledge(paths.site_config)
    lists = {name: load_yaml(paths.site_config / f"{name}.yml") for name in IMPORT_LISTS}
    corpus = assemble_corpus(_records(paths, knowledge, Report()), [], knowledge, Report())
    importer = Importer(corpus, knowledge, lists)
    inputs = list(inputs)
    for path in progress.over(inputs, knowledge.labels["progress"]["import"], len(inputs)):
        yield _import_one(path, importer, out, report, again)


def _import_one(path: Path, importer: Importer, out: Path, report: Report, again: bool) -> Imported:
    try:
        data = path.read_bytes()
    except OSError as error:
        report.add("import-unreadable", path.name, detail=error.strerror or "")
        return Imported(str(path))
    draft = importer.draft(path.name, data, report, again=again)
    if draft is None or draft.duplicate_of:
        return Imported(str(path), draft)
    files: dict[str, bytes] = {name: text.encode() for name, text in draft.files.items()}
    if draft.source_path:
        files[draft.source_path] = draft.source
    if taken := [name for name in files if (out / name).exists()]:
        report.add("import-taken", path.name, taken=taken[0])
        return Imported(str(path))
    for name, content in files.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        with (out / name).open("xb") as file:
            file.write(content)
    return Imported(
        str(path), draft, draft.article, tuple(sorted(files, key=lambda name: (name != draft.article, name)))
    )


def verify_sources(paths: Paths, report: Report) -> int:
    """Compares every recorded checksum with its file; returns how many files were compared."""
    knowledge = load_knowledge(paths.site_config)
    articles = [r for _, r in _records(paths, knowledge, report) if isinstance(r, Article)]
    check_sources(articles, paths.content, report)
    return sum(bool(article.source and article.source.file) for article in articles)


def _build_into(stage: Path, paths: Paths, report: Report, progress: Progress, *, engine: str, search: bool) -> int:
    loaded = load(paths, report, progress)
    _stop_on_errors(paths, report)
    words = loaded.knowledge.labels["progress"]
    docs, files, site = stage / "docs", stage / "files", stage / "site"
    items = render_site(loaded.corpus, loaded.derived, loaded.knowledge, loaded.settings, paths.templates)
    pages = write_work_folder(progress.over(unique_addresses(items, report), words["render"]), docs, files)
    progress.say(words["html"])
    for warning in build_html(engine, paths.mkdocs, docs, site, loaded.settings, loaded.knowledge.labels):
        report.add("engine-warning", paths.mkdocs.name, words=warning)
    if files.is_dir():
        shutil.copytree(files, site, dirs_exist_ok=True)
    if search:
        progress.say(words["search"])
        entries = search_entries(loaded.corpus, loaded.derived, loaded.knowledge, loaded.settings)
        build_search_index(entries, site, stage / "search")
    progress.say(words["check"])
    check_site(site, loaded.settings, report)
    return pages


def _stop_on_errors(paths: Paths, report: Report) -> None:
    if Catalogue.load(paths.site_config).errors(report):
        raise ContentProblems(report)


@contextmanager
def _one_at_a_time(paths: Paths) -> Iterator[None]:
    paths.work.mkdir(parents=True, exist_ok=True)
    lock = filelock.FileLock(paths.work / "lock")
    try:
        lock.acquire(timeout=0)
    except filelock.Timeout as error:
        raise Busy from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _stage(out: Path) -> Iterator[Path]:
    """A new folder beside the output, on the same disk; what a killed build left is cleared first."""
    out.parent.mkdir(parents=True, exist_ok=True)
    prefix = f".{out.name}-stage-"
    for left in out.parent.glob(f"{prefix}*"):
        recover(left, out)
        shutil.rmtree(left, ignore_errors=True)
    stage = Path(tempfile.mkdtemp(prefix=prefix, dir=out.parent))
    try:
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)
