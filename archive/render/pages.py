"""Pages in Markdown: which there are, and each by itself.

In: the render context and the templates. Out: `PagePlan` values and, of each, a `SitePage`. How pages look is in
templates/pages. Which pages belong to no record is worked out at once (`Plans.others`) and kept as rows, so that one
of them can be made without the others.
"""

from __future__ import annotations

import html
import json
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archive.check.redirects import PATH as REDIRECTS_FILE
from archive.check.redirects import Moved, check_redirects
from archive.database import Query
from archive.database.rows import PagePlan as PagePlanRow
from archive.kinds import AnySubject, Json, RenderContext, module_of, subject_of
from archive.kinds.official import by_role
from archive.model.pages import SitePage
from archive.model.records import PAGES, Authority, Page
from archive.problems import Report
from archive.quick_jinja import with_attributes
from archive.render import charts, timeline
from archive.render.dossiers import Dossiers
from archive.render.environment import make_environment
from archive.render.listings import Listing
from archive.render.lists import Lists
from archive.render.pictures import Pictures
from archive.render.view import View

REDIRECTS = Query('SELECT source, target, reason, line, "column" FROM redirect ORDER BY position', Moved)
PLANNED = Query("SELECT address, template, title, context FROM page_plan WHERE address = :address", PagePlanRow)
ONCE = Query("SELECT address FROM published WHERE record = :record ORDER BY address", str)
_UNLISTED = ("redirect", "tombstone")  # nothing there to be found, or to be reported
_SIDE = '<aside class="side"'
_WRITTEN = ("page", "contribute", "redirect")  # templates of pages on which an editor wrote links


@dataclass(frozen=True, slots=True)
class PagePlan:
    """A page that can be made by itself: its address, and what its template needs beyond the view.

    `subject` is the record that the page is about. A page that belongs to no record has plain values in its context,
    which can be kept: what is a listing, a record, a term there stands by its name.
    """

    address: str
    template: str
    title: str
    context: Mapping[str, Any] = field(default_factory=dict)
    subject: AnySubject | None = None

    @property
    def is_listed(self) -> bool:
        """Whether search engines may show it."""
        return self.template not in _UNLISTED

    @property
    def is_written(self) -> bool:
        """Whether an editor wrote links on it: those are not made from what they lead to."""
        record = self.subject.record if self.subject else None
        return self.template in _WRITTEN or bool(isinstance(record, Authority) and record.notes)

    @property
    def row(self) -> PagePlanRow:
        context = json.dumps(self.context, ensure_ascii=False, sort_keys=True)
        return PagePlanRow(self.address, self.template, self.title, context)


class Renderer:
    """Plans to pages."""

    def __init__(self, context: RenderContext, lists: Lists, templates: Path, compiled: Path | None = None) -> None:
        """`compiled`: a folder where compiled templates are kept between builds."""
        self.context = context
        self.lists = lists
        # One view goes from page to page: so shared macros are made once, and not for each page anew.
        self.view = View(context, "")
        self.environment = make_environment(
            templates,
            {
                "v": self.view,
                "t": with_attributes(context.knowledge.labels),
                "lists": lists,
                "by_year_and_month": timeline.by_year_and_month,
                "by_role": by_role,
                "charts": charts,
                "count_by_month": charts.count_by_month,
                "pictures": Pictures(context, lists),
            },
            compiled,
        )

    def page(self, plan: PagePlan) -> SitePage:
        """The page with its front matter."""
        self.view.go_to(plan.address)
        context = self._unfolded(plan.context)
        text = self.environment.get_template(f"{plan.template}.md.j2").render(title=plan.title, **context)
        if plan.is_listed:
            text = f"{text.rstrip()}\n\n{self._foot(context)}"
        meta = {"title": html.escape(plan.title), **self._head(plan, context.get("record"))}
        meta["area"] = plan.address.split("/", maxsplit=1)[0]
        if plan.template == "redirect":
            meta["redirect"] = self.view.link(context["target"])
            meta["canonical"] = self.context.settings.url + context["target"]
        if _SIDE in text:
            meta["side"] = "own"  # the page has a side column of its own: no contents beside it
        if not plan.is_listed:
            meta["robots"] = "noindex"
        return SitePage(plan.address, plan.title, text, meta)

    def _unfolded(self, context: Mapping[str, Any]) -> dict[str, Any]:
        """A context with the things themselves beside the names by which it holds them."""
        knowledge, corpus, found = self.context.knowledge, self.context.corpus, dict(context)
        if "listing" in context:
            address, list = context["listing"]
            found["way"] = way = self.lists.listings.by_key[address, list]
            if "parts" in context:
                found["siblings"] = self.lists.siblings(way, context["parts"])
        for name, vocabulary in (("level", "levels"), ("place", "places")):
            if name in context:
                found[name] = knowledge.vocabularies[vocabulary][context[name]]
        if "written" in context:
            found["record"] = corpus.pages[context["written"]]
        if "removed" in context:
            found["stone"] = corpus.removed[context["removed"]]
        return found

    def _head(self, plan: PagePlan, record: Any) -> dict[str, Any]:
        """What the page says of itself to machines. The theme prints a description as it is: it is escaped here."""
        subject, settings = plan.subject, self.context.settings
        if subject is None or "record" not in plan.context:
            written = record.description if isinstance(record, Page) else None
            return {"description": html.escape(written or settings.description)}
        head, label = module_of(subject.kind).head(subject), subject.record.label
        when = self.context.dates.display(head.date) if head.date else ""
        about = {"title": label, "language": settings.language, **head.dublin_core}
        linked = {"@context": "https://schema.org", "url": subject.url, **head.schema_org}
        said: dict[str, Any] = {
            "description": html.escape(" · ".join(filter(None, [label, when, settings.name]))),
            "dublin_core": {name: value for name, value in about.items() if value},
            "schema_org": _script_json({name: value for name, value in linked.items() if value}),
        }
        citation = {name: value for name, value in head.citation.items() if value}
        return said | ({"citation": citation} if citation else {})

    def _foot(self, context: Mapping[str, Any]) -> str:
        """What stands below every page; the pages of a record's sections are about the record, too."""
        record, kind = context.get("record") or context.get("of"), context.get("kind") or context.get("of_kind")
        about = f"{kind.id if kind else PAGES}/{record.id}" if record else ""
        corrections = context["record"].corrections if "kind" in context else ()
        return self.environment.get_template("foot.md.j2").render(
            record=record, kind=kind, about=about, corrections=corrections
        )


def _script_json(value: Json) -> str:
    """JSON that can stand in a script element: no `<`, so that nothing in it can end the element."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


class Plans:
    """Which pages there are. Of lists, only the numbers of their parts are asked here."""

    def __init__(self, context: RenderContext, lists: Lists) -> None:
        self.context = context
        self.knowledge = context.knowledge
        self.addresses = self.knowledge.addresses
        self.labels = context.knowledge.labels
        self.lists = lists
        self.listings = lists.listings
        self.dossiers = Dossiers(context)

    def record(self, subject: AnySubject) -> Iterator[PagePlan]:
        """The page of a record, and those of its long sections."""
        kind, record = subject.kind, subject.record
        shown = self.dossiers.shown(subject)
        context = {"record": record, "kind": kind, "dossier": shown.dossier, "totals": shown.totals, "cuts": shown.cuts}
        yield PagePlan(subject.address, kind.template, record.label, context, subject)
        for page in shown.pages:
            title = self._numbered(f"{record.label}: {self.labels[page.group][page.section.words]}", page.number)
            of = {"of": record, "of_kind": kind, "page": page}
            yield PagePlan(page.address, "section", title, of, subject)
        if module_of(kind).sections:
            yield from self._sections_once(subject, {subject.address, *(page.address for page in shown.pages)})

    def _sections_once(self, subject: AnySubject, there: set[str]) -> Iterator[PagePlan]:
        """Pages of sections that were long once: they lead to the record, which shows all of it."""
        for address in self._once(subject.key):
            if address not in there and address.startswith(subject.address):
                yield self._leading(address, subject.address)

    def _once(self, record: str) -> list[str]:
        """Addresses that were published once of a record, or with an empty name of what is none."""
        return [address[1:] for address in self.context.db.ask(ONCE, record=record)]

    def _leading(self, address: str, target: str, reason: str = "", **more: Json) -> PagePlan:
        context = {"target": target, "reason": reason, **more}
        return PagePlan(address, "redirect", self.labels["redirect"]["title"], context)

    def at(self, address: str) -> PagePlan:
        """A page that belongs to no record, as its row has it."""
        (row,) = self.context.db.ask(PLANNED, address=address)
        return PagePlan(row.address, row.template, row.title, json.loads(row.context))

    def others(self, report: Report) -> Iterator[PagePlan]:
        """Every page that is not that of a record, but that of the data; what has an address that is taken is told."""
        taken = {self.addresses.pages.data: self.data({}).title}
        once = self._once("")
        for plan in self._others(once):
            if first := taken.get(plan.address) or self._of_record(plan.address):
                path = self._file_of(plan)
                report.add("address-taken", path, address=f"/{plan.address}", first=first, name=plan.title)
            else:
                taken[plan.address] = plan.title
                yield plan
        yield from self._moved(taken, report)
        for address in once:
            if address not in taken and (target := self._above(address, taken)):
                yield self._leading(address, target)

    def _above(self, address: str, there: Container[str]) -> str:
        """The list to which a part belongs that was long once; empty if there is none, or if it was no part."""
        above, parts = address, 0
        while above and above not in there:
            above, parts = "/".join([*above.split("/")[:-2], ""]).lstrip("/"), parts + 1
        pages = self.addresses.pages
        return "" if above in (pages.places, pages.levels) and parts == 1 else above

    def _file_of(self, plan: PagePlan) -> str:
        """The file that gives a page its address; that of a list has the words of site-config/addresses.yml."""
        corpus, written, removed = self.context.corpus, plan.context.get("written"), plan.context.get("removed")
        record = corpus.pages[written] if written else corpus.removed[removed] if removed else None
        return record.origin.path if record else "site-config/addresses.yml"

    def _of_record(self, address: str) -> str:
        """The title of the page that a record has at an address, if one has."""
        for kind in self.knowledge.kinds.values():
            id, _, section = address.removeprefix(f"{kind.address}/").partition("/")
            if address.startswith(f"{kind.address}/") and id in self.context.corpus.records(kind.id):
                if not section:
                    return self.context.corpus.label(kind.id, id)
                plans = self.record(subject_of(self.context, kind.id, id))
                if title := next((plan.title for plan in plans if plan.address == address), ""):
                    return title
        return ""

    def _others(self, once: Sequence[str]) -> Iterator[PagePlan]:
        yield from self._sections()
        yield from self._listed(once)
        yield from self._written()
        yield from self._removed()

    def _sections(self) -> Iterator[PagePlan]:
        """Home, the index of every kind, the timeline, the indexes of years, levels and places, search."""
        labels, listings, pages = self.labels, self.listings, self.addresses.pages
        yield PagePlan("", "home", self.context.settings.name)
        for kind in self.knowledge.kinds.values():
            yield self._landing(listings.of_kind(kind), kind.index)
        yield self._landing(listings.people[1], "officials-by-full-name")
        yield self._landing(listings.unresolved, "unresolved")
        yield self._landing(listings.timeline, "timeline")
        yield self._landing(listings.years, "years")
        yield self._landing(listings.corrections, "corrections")
        yield PagePlan(pages.levels, "levels", labels["levels"]["title"])
        yield PagePlan(pages.places, "places", labels["places"]["title"], {"places": self._places()})
        yield PagePlan(pages.search, "search", labels["search"]["title"])

    def _listed(self, once: Sequence[str]) -> Iterator[PagePlan]:
        """The pages of levels, places and years, and of the parts of every list that is too long for one page.

        Places and years of `once` have a page though nothing is left of them.
        """
        listings, terms, pages = self.listings, self.knowledge.vocabularies, self.addresses.pages
        yield from self._years(f"{int(year):04d}" for year in _below(pages.years, once) if year.isdecimal())
        for term in terms["levels"].values():
            yield from self._of_term(listings.level(term), "level", level=term.code)
        for code in dict.fromkeys([*self._places(), *_below(pages.places, once)]):
            if code in terms["places"]:
                yield from self._of_term(listings.place(terms["places"][code]), "place", place=code)
        added = map(listings.entities, self.knowledge.added_kinds.values())
        for way in (listings.events, listings.articles, *listings.people, *listings.documents, *added):
            yield from self._parts(way)
        yield from self._parts(listings.unresolved)
        yield from self._parts(listings.corrections)

    def _years(self, once: Iterable[str]) -> Iterator[PagePlan]:
        """Every year, with or without a long list; what has no year too, if the list is long."""
        way = self.listings.years
        counts = {**dict.fromkeys(once, 0), **self.lists.counts(way.list)}
        known = sorted(part for part in counts if part)
        for at, part in enumerate(known):
            near = [int(other) for other in known[max(at - 1, 0) : at + 2] if abs(int(other) - int(part)) == 1]
            title = f"{self.labels['timeline']['year']} {int(part)}"
            yield from self._pages(way, part, counts[part], "year", title, near=near)
        if "" in counts and self.lists.divided(way):
            yield from self._pages(way, "", counts[""], "part", self.listings.title(way, ""), parts=[])

    def _parts(self, way: Listing) -> Iterator[PagePlan]:
        """A page for every part of a divided list, more than one for a long part."""
        if not self.lists.divided(way):
            return
        counts = self.lists.counts(way.list)
        for part, count in counts.items():
            title = self.listings.title(way, part)
            yield from self._pages(way, part, count, "part", title, parts=self.lists.near(way, part, counts))

    def _pages(
        self, way: Listing, part: str, count: int, template: str, title: str, **context: Json
    ) -> Iterator[PagePlan]:
        pages, base = max(1, self.lists.pages_of(way, count)), self.listings.address(way, part)
        for number in range(1, pages + 1):
            shown = {"listing": way.key, "part": part, "count": count, "number": number, "pages": pages, "base": base}
            address = self.addresses.parts.numbered(base, number)
            yield PagePlan(address, template, self._numbered(title, number), {**shown, **context})

    def _of_term(self, way: Listing, template: str, **context: Json) -> Iterator[PagePlan]:
        yield self._landing(way, template, **context)
        yield from self._parts(way)

    def _landing(self, way: Listing, template: str, **context: Json) -> PagePlan:
        shown = {"listing": way.key, "divided": self.lists.divided(way), **context}
        return PagePlan(way.address, template, way.title, shown)

    def _numbered(self, title: str, number: int) -> str:
        return title if number == 1 else str(self.labels["parts"]["title"].format(title=title, n=number))

    def _places(self) -> list[str]:
        """The places something happened in, in dictionary order."""
        places = self.knowledge.vocabularies["places"]
        return sorted(
            self.lists.named("moments/place:"), key=lambda code: self.knowledge.collation.key(places[code].name)
        )

    def _written(self) -> Iterator[PagePlan]:
        for id, page in self.context.corpus.pages.items():
            address = f"{id}/"
            template = "contribute" if address == self.addresses.pages.contribute else "page"
            yield PagePlan(address, template, page.title, {"written": id})

    def data(self, context: Mapping[str, Any]) -> PagePlan:
        """The page of the data files."""
        return PagePlan(self.addresses.pages.data, "data", self.labels["data"]["title"], context)

    def _removed(self) -> Iterator[PagePlan]:
        """A tombstone in the place of every record that was taken down."""
        for id, stone in self.context.corpus.removed.items():
            kind, words = self.knowledge.kinds[stone.kind], self.labels["tombstone"]
            title = words["split_title" if stone.split_into else "title"]
            address = f"{kind.address}/{id}/"
            for at in dict.fromkeys([address, *self._once(f"{kind.id}/{id}")]):
                yield PagePlan(at, "tombstone", title, {"removed": id})

    def _moved(self, taken: dict[str, str], report: Report) -> Iterator[PagePlan]:
        """At every old address a page that leads on by itself, and by a link; `taken` are other pages by address."""
        title, there = self.labels["redirect"]["title"], dict(taken)

        def is_page(address: str) -> bool:
            return address.lstrip("/") in there or bool(self._of_record(address.lstrip("/")))

        moved = self.context.db.ask(REDIRECTS)
        for one in check_redirects(moved, is_page, report):
            first = _file_at(one.source) or taken.get(one.source.lstrip("/")) or self._of_record(one.source.lstrip("/"))
            if first:
                report.add("address-taken", REDIRECTS_FILE, one.place, address=one.source, first=first, name=title)
                continue
            for plan in self._leading_on(one):
                if plan.address not in taken:
                    taken[plan.address] = title
                    yield plan

    def _leading_on(self, one: Moved) -> Iterator[PagePlan]:
        """The pages at an old address: if a record moved, those of its long sections, too."""
        source, target = one.source.lstrip("/"), one.target.lstrip("/")
        before = self.context.record_at(source)
        yield self._leading(source, target, one.reason, below=before is not None)
        if before is None:
            return
        now = self.context.record_at(target)
        has_sections = now and module_of(self.knowledge.kinds[now[0]]).sections
        if now and has_sections and now[1] in self.context.corpus.records(now[0]):
            for plan in self.record(subject_of(self.context, *now)):
                if plan.address != target:
                    yield self._leading(source + plan.address.removeprefix(target), plan.address, one.reason)
        for address in self._once("/".join(before)):
            yield self._leading(address, target, one.reason)


def _below(folder: str, addresses: Iterable[str]) -> Iterator[str]:
    """The first part behind the folder of addresses below one."""
    below = (address.removeprefix(folder) for address in addresses if address.startswith(folder))
    yield from dict.fromkeys(address.partition("/")[0] for address in below if address)


def _file_at(address: str) -> str:
    """The file that an address can only be of, as no page has a dot in its address; empty for the address of a page."""
    return address.strip("/") if "." in address else ""
