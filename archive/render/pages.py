"""All pages of the site, one after another.

In: the shelf (corpus, derived, knowledge) and the templates. Out: `SitePage` and `SiteFile`
values. This module knows which pages there are; how they look is in templates/pages.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archive.config import Settings
from archive.knowledge import Kind, Knowledge
from archive.model.corpus import Corpus
from archive.model.derived import Derived
from archive.model.pages import SiteFile, SitePage
from archive.model.records import PAGES
from archive.render import timeline
from archive.render.data import DataTable, data_files
from archive.render.dates import DateWords
from archive.render.dossiers import Dossiers, by_article, by_capacity
from archive.render.environment import make_environment
from archive.render.hosting import host_files
from archive.render.listings import Listing, numbered
from archive.render.lists import Lists
from archive.render.meta import PageMeta
from archive.render.view import PLACES_ADDRESS, Shelf, View
from archive.schemas import schema_files, schema_paths

_UNLISTED = ("redirect", "tombstone")  # nothing there to be found, or to be reported


CONTRIBUTE = "dong-gop"  # the page that editors write and that holds the contribution tool


@dataclass(frozen=True, slots=True)
class PagePlan:
    """A page that can be made by itself: its address, and what its template needs beyond the view.

    The context holds plain values; whatever else the page shows it asks of corpus, derived and index.
    """

    address: str
    template: str
    title: str
    context: Mapping[str, Any] = field(default_factory=dict)


def render_site(
    corpus: Corpus, derived: Derived, knowledge: Knowledge, settings: Settings, templates: Path
) -> Iterator[SitePage | SiteFile]:
    """Every page and data file of the site."""
    shelf = make_shelf(corpus, derived, knowledge, settings)
    plans, renderer = Plans(shelf), Renderer(shelf, templates)
    yield from map(renderer.page, plans.all())
    tables = data_files(shelf)
    for found, _ in tables.values():
        yield from found
    yield renderer.page(plans.data([table for _, table in tables.values()]))
    yield from lone_files(shelf)


def make_shelf(corpus: Corpus, derived: Derived, knowledge: Knowledge, settings: Settings) -> Shelf:
    return Shelf(corpus, derived, knowledge, settings, DateWords(knowledge.date_words))


class Renderer:
    """Plans to pages."""

    def __init__(self, shelf: Shelf, templates: Path, compiled: Path | None = None) -> None:
        self.shelf = shelf
        self.meta = PageMeta(shelf)
        # One view goes from page to page: so shared macros are made once, and not for each page anew.
        self.view = View(shelf, "")
        self.environment = make_environment(
            templates,
            {
                "v": self.view,
                "t": shelf.knowledge.labels,
                "lists": Lists(shelf),
                "strip": timeline.strip,
                "by_year_and_month": timeline.by_year_and_month,
                "by_article": by_article,
                "by_capacity": by_capacity,
            },
            compiled,
        )

    def page(self, plan: PagePlan) -> SitePage:
        self.view.go_to(plan.address)
        text = self.environment.get_template(f"{plan.template}.md.j2").render(title=plan.title, **plan.context)
        if plan.template not in _UNLISTED:
            text = f"{text.rstrip()}\n\n{self._foot(plan.context)}"
        about = self.meta.of(plan.address, plan.context.get("record"), plan.context.get("kind"))
        meta = {"title": html.escape(plan.title), **about, "area": plan.address.split("/", maxsplit=1)[0]}
        if "redirect_to" in plan.context:
            meta["redirect"] = self.view.link(plan.context["redirect_to"])
        if plan.template in _UNLISTED:
            meta["robots"] = "noindex"
        return SitePage(plan.address, plan.title, text, meta)

    def _foot(self, context: Mapping[str, Any]) -> str:
        """What stands below every page; the pages of a record's sections are about the record, too."""
        record, kind = context.get("record") or context.get("of"), context.get("kind") or context.get("of_kind")
        about = f"{kind.id if kind else PAGES}/{record.id}" if record else ""
        corrections = context["record"].corrections if "kind" in context else ()
        return self.environment.get_template("foot.md.j2").render(
            record=record, kind=kind, about=about, corrections=corrections
        )


class Plans:
    """Which pages there are. Of lists, only the numbers of their parts are asked here."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.knowledge = shelf.knowledge
        self.labels = shelf.knowledge.labels
        self.index = shelf.derived.index
        self.lists = Lists(shelf)
        self.listings = self.lists.listings
        self.dossiers = Dossiers(shelf)

    def all(self) -> Iterator[PagePlan]:
        """Every page but that of the data files."""
        for kind in self.knowledge.kinds.values():
            for id in self.shelf.corpus.records(kind.id):
                yield from self.record(kind, id)
        yield from self.others()

    def others(self) -> Iterator[PagePlan]:
        """Every page that is not that of a record, but that of the data files."""
        yield from self.sections()
        yield from self.listed()
        yield from self.written_pages()
        yield from self.moved()

    def record(self, kind: Kind, id: str) -> Iterator[PagePlan]:
        """The page of a record, and those of its long sections."""
        record, address = self.shelf.corpus.records(kind.id)[id], f"{kind.address}/{id}/"
        shown = self.dossiers.shown(self._dossiers(kind)[id], address)
        context = {"record": record, "kind": kind, "dossier": shown.dossier, "totals": shown.totals, "cuts": shown.cuts}
        yield PagePlan(address, kind.template, record.label, context)
        for page in shown.pages:
            title = self._numbered(f"{record.label}: {self.labels[page.group][page.section.words]}", page.number)
            yield PagePlan(page.address, "section", title, {"of": record, "of_kind": kind, "page": page})

    def _dossiers(self, kind: Kind) -> Mapping[str, Any]:
        derived = self.shelf.derived
        own: Mapping[str, Mapping[str, Any]] = {
            "articles": derived.read,
            "events": derived.events,
            "officials": derived.officials,
            "documents": derived.documents,
        }
        return own[kind.id] if kind.id in own else derived.entities[kind.id]

    def sections(self) -> Iterator[PagePlan]:
        """Home, the index of every kind, the timeline, the indexes of years, levels and places, search."""
        labels, listings = self.labels, self.listings
        yield PagePlan("", "home", self.shelf.settings.name)
        ways = {"events": listings.events, "articles": listings.articles, "officials": listings.people[0]}
        for kind in self.knowledge.kinds.values():
            way = ways.get(kind.id) or (listings.documents[0] if kind.id == "documents" else listings.entities(kind))
            yield self._landing(way, kind.index, listed_kind=kind, documents=listings.documents)
        yield self._landing(listings.people[1], "officials-by-full-name")
        yield self._landing(listings.unresolved, "unresolved")
        yield self._landing(listings.timeline, "timeline")
        yield self._landing(listings.years, "years")
        yield self._landing(listings.corrections, "corrections")
        yield PagePlan("cap/", "levels", labels["levels"]["title"])
        yield PagePlan(PLACES_ADDRESS, "places", labels["places"]["title"], {"places": self._places()})
        yield PagePlan("tim-kiem/", "search", labels["search"]["title"])

    def listed(self) -> Iterator[PagePlan]:
        """The pages of levels, places and years, and of the parts of every list that is too long for one page."""
        listings, terms = self.listings, self.knowledge.vocabularies
        yield from self.years()
        for term in terms["levels"].values():
            yield from self._of_term(listings.level(term), "level", level=term)
        for code in self._places():
            yield from self._of_term(listings.place(terms["places"][code]), "place", place=terms["places"][code])
        added = (listings.entities(kind) for kind in self.knowledge.added_kinds.values())
        for way in (listings.events, listings.articles, *listings.people, *listings.documents, *added):
            yield from self.parts(way)
        yield from self.parts(listings.unresolved)
        yield from self.parts(listings.corrections)

    def years(self) -> Iterator[PagePlan]:
        """Every year, with or without a long list; what has no year too, if the list is long."""
        way = self.listings.years
        counts = dict(self.index.parts(way.list))
        known = [part for part in counts if part]
        for at, part in enumerate(known):
            near = [int(other) for other in known[max(at - 1, 0) : at + 2] if abs(int(other) - int(part)) == 1]
            title = f"{self.labels['timeline']['year']} {int(part)}"
            yield from self._pages(way, part, counts[part], "year", title, near=near)
        if "" in counts and self.lists.divided(way):
            yield from self._pages(way, "", counts[""], "part", self.listings.title(way, ""), siblings=())

    def parts(self, way: Listing) -> Iterator[PagePlan]:
        """A page for every part of a divided list, more than one for a long part."""
        if not self.lists.divided(way):
            return
        counts = dict(self.index.parts(way.list))
        for part, count in counts.items():
            siblings = self.lists.siblings(way, part, counts)
            yield from self._pages(way, part, count, "part", self.listings.title(way, part), siblings=siblings)

    def _pages(
        self, way: Listing, part: str, count: int, template: str, title: str, **context: Any
    ) -> Iterator[PagePlan]:
        pages = self.lists.pages_of(way, count)
        base = self.listings.address(way, part)
        for number in range(1, pages + 1):
            shown = {"way": way, "part": part, "count": count, "number": number, "pages": pages, "base": base}
            yield PagePlan(numbered(base, number), template, self._numbered(title, number), {**shown, **context})

    def _of_term(self, way: Listing, template: str, **context: Any) -> Iterator[PagePlan]:
        yield self._landing(way, template, **context)
        yield from self.parts(way)

    def _landing(self, way: Listing, template: str, **context: Any) -> PagePlan:
        return PagePlan(way.address, template, way.title, {"way": way, "divided": self.lists.divided(way), **context})

    def _numbered(self, title: str, number: int) -> str:
        return title if number == 1 else str(self.labels["parts"]["title"].format(title=title, n=number))

    def _places(self) -> list[str]:
        """The places something happened in, in dictionary order."""
        places, prefix = self.knowledge.vocabularies["places"], "moments/place:"
        codes = (name.removeprefix(prefix) for name in self.index.lists(prefix))
        return sorted(codes, key=lambda code: self.knowledge.collation.key(places[code].name))

    def written_pages(self) -> Iterator[PagePlan]:
        for id, page in self.shelf.corpus.pages.items():
            template = "contribute" if id == CONTRIBUTE else "page"
            yield PagePlan(f"{id}/", template, page.title, {"record": page})

    def data(self, tables: Iterable[DataTable]) -> PagePlan:
        """The page of the data files."""
        return PagePlan(
            "du-lieu/",
            "data",
            self.labels["data"]["title"],
            {"tables": tables, "schemas": schema_paths(self.knowledge)},
        )

    def moved(self) -> Iterator[PagePlan]:
        """Tombstones, and a page at every old address that leads on by itself, and by a link."""
        for id, stone in self.shelf.corpus.removed.items():
            kind = self.knowledge.kinds[stone.kind]
            yield PagePlan(f"{kind.address}/{id}/", "tombstone", self.labels["tombstone"]["title"], {"stone": stone})
        for redirect in self.knowledge.redirects:
            target = redirect.target.lstrip("/")
            yield PagePlan(
                redirect.source.lstrip("/"),
                "redirect",
                self.labels["redirect"]["title"],
                {"target": target, "redirect_to": target, "reason": redirect.reason},
            )


def lone_files(shelf: Shelf) -> Iterator[SiteFile]:
    """Files that rest on site-config/ alone: what it says makes everything anew when it changes."""
    yield from host_files(shelf.knowledge, shelf.settings)
    yield from schema_files(shelf.knowledge, shelf.settings.url)
