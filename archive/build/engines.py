"""The same site by way of a folder of Markdown, for engines that make HTML of one (`--engine mkdocs`, `zensical`).

In: an engine's name, paths. Out: a whole new site in a folder. Everything is made in memory; nothing is remembered.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from archive import search
from archive.build import worker
from archive.build.loading import Loaded
from archive.build.memory import SEARCH
from archive.build.steps import PAGE, PLAN, SITE
from archive.build.worker import page_tasks
from archive.check.site import check_site
from archive.config import Paths, load_rules
from archive.model.pages import SitePage
from archive.model.search import SearchEntry
from archive.problems import Report
from archive.progress import Progress
from archive.search.rules import SearchRules
from archive.site import html
from archive.site.work_folder import write_work_folder


@dataclass(frozen=True, slots=True)
class MarkdownFolder:
    """In the place of a frame: puts every page into a folder as it is, and gives nothing back."""

    docs: Path

    def page(self, page: SitePage) -> str:
        write_work_folder([page], self.docs, self.docs)
        return ""

    def files(self) -> Iterable[tuple[str, bytes]]:
        return ()

    def sitemap(self, addresses: Iterable[str], changed: Mapping[str, str]) -> Mapping[str, bytes]:
        return {}

    def missing(self, addresses: Iterable[str]) -> Iterable[str]:
        return ()

    def said(self) -> Iterable[tuple[str, str]]:
        return ()


def write_markdown(loaded: Loaded, progress: Progress, report: Report) -> list[SearchEntry]:
    """Writes all pages and files to where `loaded` has its frame, a MarkdownFolder, and its stage.

    Returns what search finds.
    """
    db, steps = loaded.db, loaded.steps
    steps.renew(PLAN, worker.plan, {"": ""})
    report.found += db.problems(PLAN)
    words = loaded.knowledge.labels["progress"]["render"]
    made = progress.over(steps.run(steps.work(PAGE, worker.page, page_tasks(db))), words)
    entries = [one.output.entry for one in made if one.output and one.output.entry]
    keys = [*loaded.worker.outputs.keys(), worker.TOOL]
    steps.renew(SITE, worker.site, {key: key for key in keys})
    return entries


def make_by_engine(
    engine: str, loaded: Loaded, paths: Paths, folder: Path, report: Report, progress: Progress, *, with_search: bool
) -> int:
    """Makes a site below `folder`/site of docs/ and files/ there; returns its number of pages."""
    db, settings, knowledge = loaded.db, loaded.settings, loaded.knowledge
    words, files, site = knowledge.labels["progress"], folder / "files", folder / "site"
    entries = write_markdown(loaded, progress, report)
    progress.say(words["html"])
    for code, said in html.build_html(engine, paths.mkdocs, folder / "docs", site, settings, knowledge.labels):
        report.add(code, paths.mkdocs.name, words=said)
    for empty in files.rglob("index.html"):  # what the frame gave back
        empty.unlink()
    shutil.copytree(files, site, dirs_exist_ok=True)
    if with_search:
        progress.say(words["search"])
        known = load_rules(SearchRules, paths.site_config, "search")
        search.build_search_index(entries, site, paths.work / SEARCH, knowledge, known, settings.search)
    progress.say(words["check"])
    check_site(site, settings, report)
    (pages,) = next(db.rows("SELECT count(*) FROM page_anchor"))
    return int(pages)
