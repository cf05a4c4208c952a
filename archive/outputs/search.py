"""What search may find: one entry for every record, place and year, made of what its page shows.

In: a record, or the page of a place or a year. Out: its `SearchEntry`. An article brings its visible text; people,
events and documents bring their names and what is printed of them, so that they are found as themselves and not as
copies of the articles that quote them.
"""

from __future__ import annotations

from collections.abc import Iterator

from archive.kinds import AnySubject, RenderContext, facets, module_of
from archive.model.search import SearchEntry
from archive.outputs.output import Output, Piece
from archive.render import PagePlan

PLACES, YEARS = "places", "years"


class SearchEntries(Output):
    def of_record(self, subject: AnySubject) -> Iterator[Piece]:
        yield entry_of(self.context, subject)

    def of_page(self, plan: PagePlan) -> Iterator[Piece]:
        if entry := entry_of_page(self.context, plan):
            yield entry


def entry_of(context: RenderContext, subject: AnySubject) -> SearchEntry:
    """The entry of a record."""
    kind, found = subject.kind, module_of(subject.kind).found(subject)
    filters = {facet: choices for facet, choices in found.filters.items() if choices}
    return SearchEntry(
        address=subject.address,
        kind=kind.id,
        title=subject.record.label,
        facts=found.facts,
        date=found.date.edtf if found.date else "",
        names=found.names,
        blocks=found.blocks,
        filters={"kind": ((kind.id, kind.plural),), **filters},
        said=(*found.said, *facets.said(context, filters)),
    )


def entry_of_page(context: RenderContext, plan: PagePlan) -> SearchEntry | None:
    """The entry of a place or a year; other pages that belong to no record have none."""
    if plan.template == "year" and plan.context["number"] == 1:
        return _entry_of_year(context, plan)
    code = plan.context.get("place")
    return _entry_of_place(context, plan, code) if code is not None else None


def _entry_of_year(context: RenderContext, plan: PagePlan) -> SearchEntry:
    year = str(int(plan.context["part"]))
    kind = (YEARS, str(context.knowledge.labels["years"]["title"]))
    return SearchEntry(
        address=plan.address,
        kind=YEARS,
        title=plan.title,
        names=(year,),
        filters={"kind": (kind,), "year": ((year, year),)},
    )


def _entry_of_place(context: RenderContext, plan: PagePlan, code: str) -> SearchEntry:
    knowledge = context.knowledge
    line, today = knowledge.place_line(code), knowledge.place_today(code)
    return SearchEntry(
        address=plan.address,
        kind=PLACES,
        title=line[0].name,
        facts=", ".join(term.name for term in line[1:]),
        names=(today.name,) if today else (),
        filters={
            "kind": ((PLACES, str(knowledge.labels["places"]["title"])),),
            "place": tuple((term.code, term.name) for term in line),
        },
    )
