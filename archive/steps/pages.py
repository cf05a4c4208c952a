"""From dossiers to finished pages: one record at a time with all its pages, or one page of a list.

In: a key, over a store whose facts are up to date. Out: what that cell makes: HTML, the search
entry, lines of the data tables, and what other pages may link to. Keys are `kind/id` for the pages
of a record, `/address` for all others.
"""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from archive.check import read_page
from archive.memo import Made
from archive.memo.store import digest
from archive.model.pages import SitePage
from archive.model.search import SearchEntry
from archive.problems import Report
from archive.render import DataLines, PagePlan, Plans, Renderer, Shelf, data_lines, make_shelf, search_entry
from archive.site.frame import Frame
from archive.steps.facts import Facts
from archive.steps.stored import decoder, encode

TEMPLATES = "templates"  # in the work folder: compiled, as Jinja keeps them


@dataclass(frozen=True, slots=True)
class PageNote:
    """What is remembered of the pages of one cell. `links` are `path#anchor`, compressed."""

    files: dict[str, bytes] = field(default_factory=dict)  # address → digest of its HTML
    unlisted: tuple[str, ...] = ()
    entry: bytes = b""
    data: bytes = b""
    links: bytes = b""


@dataclass(frozen=True, slots=True)
class Output:
    """What a cell gives beside what is remembered; `html` is empty where it was written at once."""

    html: dict[str, bytes] = field(default_factory=dict)  # address → the page
    entry: SearchEntry | None = None
    lines: tuple[DataLines, ...] = ()


read_note = decoder(PageNote)


def links_of(note: PageNote) -> list[tuple[str, str]]:
    """(path on the site, anchor) of every link of the pages of a cell."""
    text = zlib.decompress(note.links).decode() if note.links else ""
    return [(path, anchor) for path, _, anchor in (line.partition("#") for line in text.split("\n"))] if text else []


class Pages:
    """Makes pages out of the facts of one store."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.archive = facts.archive
        self.shelf: Shelf = make_shelf(self.archive.corpus, self.archive.derived, facts.knowledge, facts.settings)
        self.plans = Plans(self.shelf)
        compiled = facts.paths.work / TEMPLATES
        self.renderer = Renderer(self.shelf, facts.paths.templates, compiled)
        self.frame = Frame(facts.paths.mkdocs, facts.settings, facts.knowledge.labels, compiled)

    def page(self, key: str, out: Path | None = None) -> Made:
        """With `out` pages are written there at once, and not handed back."""
        with self.archive.tracker.watching() as reads:
            plans = list(self._plans_of(key))
            pages = [self.renderer.page(plan) for plan in plans]
            entry, lines = self._exports(key, plans)
        return self._made(key, pages, entry, lines, reads, out)

    def data_page(self, plan: PagePlan) -> Made:
        """The page of the data files, whose sizes are known last."""
        return self._made(f"/{plan.address}", [self.renderer.page(plan)], None, (), ())

    def _plans_of(self, key: str) -> Iterator[PagePlan]:
        if key.startswith("/"):
            yield self.archive.plans[key[1:]]
        else:
            kind, _, id = key.partition("/")
            yield from self.plans.record(self.facts.knowledge.kinds[kind], id)

    def _exports(self, key: str, plans: list[PagePlan]) -> tuple[SearchEntry | None, tuple[DataLines, ...]]:
        if key.startswith("/"):
            place = plans[0].context.get("place") if plans[0].template == "place" else None
            return (search_entry(self.shelf, "places", place.code) if place else None), ()
        kind, _, id = key.partition("/")
        return search_entry(self.shelf, kind, id), tuple(data_lines(self.shelf, kind, id))

    def _made(
        self,
        key: str,
        pages: list[SitePage],
        entry: SearchEntry | None,
        lines: tuple[DataLines, ...],
        reads: Iterable[str],
        out: Path | None = None,
    ) -> Made:
        report = Report()
        html: dict[str, bytes] = {}
        values: dict[str, bytes] = {}
        links: set[tuple[str, str]] = set()
        for page in pages:
            name = f"{page.address}index.html"
            data = html[page.address] = self.frame.page(page).encode()
            facts = read_page(data, name, self.facts.settings, report)
            values[f"page/{page.address}"] = "\n".join(sorted(facts.anchors)).encode()
            links |= facts.links
        if self._is_handwritten(key):
            values[f"handwritten/{key}"] = "\n".join(f"{path}#{anchor}" for path, anchor in sorted(links)).encode()
        note = PageNote(
            files={address: digest(data) for address, data in html.items()},
            unlisted=tuple(page.address for page in pages if "robots" in page.meta),
            entry=digest(encode(entry)) if entry else b"",
            data=digest(encode(lines)) if lines else b"",
            links=zlib.compress("\n".join(sorted(f"{path}#{anchor}" for path, anchor in links)).encode(), 1),
        )
        if out is not None:
            for address, data in html.items():
                folder = out / address
                folder.mkdir(parents=True, exist_ok=True)
                (folder / "index.html").write_bytes(data)
            html = {}
        return Made(
            key=key,
            values=values,
            problems=encode(list(report)) if report.found else b"",
            reads=frozenset(reads),
            note=encode(note),
            extra=Output(html, entry, lines),
        )

    def _is_handwritten(self, key: str) -> bool:
        """Whether an editor wrote links on a page: those are not made from what they lead to."""
        if key.startswith("/"):
            plans = self.archive.plans
            return key[1:] in plans and plans[key[1:]].template in ("page", "contribute", "redirect")
        kind, _, id = key.partition("/")
        return bool(getattr(self.archive.corpus.records(kind)[id], "notes", ""))


def plans_cell(pages: Pages, key: str) -> Made:
    """Every page that belongs to no single record, as one cell that the numbers of lists decide on."""
    report, archive = Report(), pages.archive
    found: dict[str, PagePlan] = {}
    with archive.tracker.watching() as reads:
        data = pages.plans.data(())
        for plan in [*pages.plans.others(), data]:
            first = found[plan.address].title if plan.address in found else _of_record(plan.address, pages)
            if first:
                path = "site-config/redirects.yml"
                report.add("address-taken", path, address=f"/{plan.address}", first=first, name=plan.title)
            else:
                found[plan.address] = plan
        del found[data.address]
    return Made(
        key=key,
        values={f"plan/{address}": pickle.dumps(plan) for address, plan in found.items()},
        problems=encode(list(report)) if report.found else b"",
        reads=frozenset(reads),
    )


def _of_record(address: str, pages: Pages) -> str:
    """The title of the page that a record has at an address, if one has."""
    for kind in pages.facts.knowledge.kinds.values():
        id, _, section = address.removeprefix(f"{kind.address}/").partition("/")
        if address.startswith(f"{kind.address}/") and id in pages.archive.corpus.records(kind.id):
            if not section:
                return pages.archive.corpus.label(kind.id, id)
            titles = (plan.title for plan in pages.plans.record(kind, id) if plan.address == address)
            if title := next(titles, ""):
                return title
    return ""
