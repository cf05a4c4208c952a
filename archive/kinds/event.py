"""Events: the reports of an event side by side; rows in the data, search entry, head.

In: the render context and an event. Out: `EventDossier`: its reports, its date with the words of each, who is named by
which report, and which documents are spoken of.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from archive.database import Database, Query
from archive.database.rows import passage_at
from archive.json_text import strings
from archive.kinds import facets
from archive.kinds.article import facts_of
from archive.kinds.authority import correction_rows, day, edtf, evidence, place_row, possibly_same
from archive.kinds.context import RenderContext
from archive.kinds.document import open_citations
from archive.kinds.kind import Found, Head, Json, KindModule, Section, Subject, TableRow
from archive.known import event_row
from archive.language.spelling import comparable
from archive.model.dates import Date
from archive.model.derived import Passage, PossiblyTheSame, Statement, UnresolvedCitation
from archive.model.records import DateBasis, Event, Participant, Place
from archive.resolve import ResolvedEvent, resolve_event


@dataclass(frozen=True, slots=True)
class ReportedDate:
    """The date of an event as one report gives it, with the words it rests on."""

    date: Date | None
    basis: DateBasis | None
    passage: Passage


@dataclass(frozen=True, slots=True)
class ReportedPlace:
    """Where an event took place, and the words that say so."""

    place: Place
    passage: Passage


@dataclass(frozen=True, slots=True)
class ReportedPerson:
    """A person at an event; `reports` are (article, what that article prints of them)."""

    official: str | None
    name: str
    reports: tuple[tuple[str, Participant, Passage], ...]


@dataclass(frozen=True, slots=True)
class EventDossier:
    """`articles` are in the order of publication; `date` is the record's own, else what its reports agree on, else the
    span of them. `open` are citations that no single document answers, each wording once."""

    articles: tuple[str, ...]
    date: Date | None
    dates: tuple[ReportedDate, ...]
    dates_differ: bool
    level: str | None
    places: tuple[ReportedPlace, ...]
    people: tuple[ReportedPerson, ...]
    documents: tuple[Statement, ...]
    open: tuple[UnresolvedCitation, ...]
    mentions: tuple[Passage, ...]
    evidence: tuple[Passage, ...]
    possibly_same: tuple[PossiblyTheSame, ...]


NAMED_IN = Query(
    "SELECT record, article, anchor, words, marks, cut FROM naming WHERE article = :article AND kind = :kind "
    "ORDER BY position",
    lambda record, *passage: (record, passage_at(*passage)),
)

# Speakers come first, as in the front matter, then attendees, then those who are only mentioned.
PEOPLE = Query(
    "SELECT official, name, roles, capacity FROM participant WHERE kind = :kind AND record = :record "
    "ORDER BY field <> 'speakers', field, position",
    lambda official, name, roles, capacity: Participant(official, name, strings(roles), strings(capacity)),
)
UNITS = Query("SELECT coalesce(organiser_unit, organiser, '') FROM event WHERE id = :id", str)


def units_of_event(db: Database, id: str) -> str:
    """The words that name whose event it is; empty if there are none, or no such event."""
    return db.first(UNITS, id=id) or ""


class EventKind(KindModule[Event, EventDossier]):
    group = "event"
    sections = (
        Section("articles", "reports"),
        Section("dates", "dates"),
        Section("places", "where"),
        Section("people", "people", parts="reports"),
        Section("documents", "documents", parts="passages"),
        Section("open", "open", parts="passages"),
        Section("mentions", "mentions"),
    )

    def dossier(self, context: RenderContext, record: Event) -> EventDossier:
        resolved = resolve_event(record, context.db)
        ids = [report.article for report in resolved.reports]
        mentions = (passage for id in ids for _, passage in context.db.ask(NAMED_IN, article=id, kind="events"))
        return EventDossier(
            articles=resolved.articles,
            date=resolved.date,
            dates=tuple(_dates(context, record, resolved)),
            dates_differ=resolved.dates_differ,
            level=resolved.level,
            places=tuple(ReportedPlace(place, _naming(context, record, place, resolved)) for place in resolved.places),
            people=_people(context, ids),
            documents=_documents(context, ids),
            open=_open(context, ids),
            mentions=tuple(mentions),
            evidence=evidence(context, record.evidence),
            possibly_same=possibly_same(context, "events", record),
        )

    def row(self, subject: Subject[Event, EventDossier]) -> TableRow:
        event, dossier = subject.record, subject.dossier
        return {
            "id": event.id,
            "url": subject.url,
            "name": event.name,
            "date": edtf(dossier.date),
            "dates_differ": dossier.dates_differ,
            "period": edtf(event.period),
            "level": dossier.level,
            "organiser": event.organiser,
            "organiser_unit": event.organiser_unit,
            "places": [place_row(reported.place) for reported in dossier.places],
            "articles": dossier.articles,
            "people": [person.official or person.name for person in dossier.people],
            "documents": [statement.record for statement in dossier.documents],
            "corrections": correction_rows(event.corrections),
        }

    def known(self, subject: Subject[Event, EventDossier]) -> Json:
        return event_row(subject.record)

    def found(self, subject: Subject[Event, EventDossier]) -> Found:
        context, event, dossier = subject.context, subject.record, subject.dossier
        places = [reported.place for reported in dossier.places]
        return Found(
            date=dossier.date,
            facts=facets.date_and_level(context, dossier.date, dossier.level, places),
            names=(*event.aliases, *(person.name for person in dossier.people)),
            blocks=facets.blocks(event, [event.organiser, *(place.printed for place in places)]),
            filters={
                "year": facets.years(dossier.date),
                "level": facets.level(context, dossier.level),
                "place": facets.places(context, places),
                "official": facets.records(context, "officials", (person.official for person in dossier.people)),
                "document": facets.records(context, "documents", (cited.record for cited in dossier.documents)),
            },
        )

    def head(self, subject: Subject[Event, EventDossier]) -> Head:
        date = subject.dossier.date
        core = {"type": "Event", "date": edtf(date)}
        return Head(core, {"@type": "Event", "name": subject.record.name, "startDate": day(date)}, date)


def _dates(context: RenderContext, event: Event, resolved: ResolvedEvent) -> Iterable[ReportedDate]:
    """Those of its reports, then the record's own."""
    for report in resolved.reports:
        passage = facts_of(context.db, report.article).get("date", Passage(report.article))
        yield ReportedDate(report.date, report.basis, passage)
    if event.date:
        yield _own_date(context, event)


def _own_date(context: RenderContext, event: Event) -> ReportedDate:
    basis = event.date_basis
    text = context.text(basis.article) if basis and basis.article else None
    if basis and text:
        passage = text.passage_of(basis.words)
        return ReportedDate(event.date, basis if passage.anchor else replace(basis, words=""), passage)
    return ReportedDate(event.date, basis, Passage((basis.article or "") if basis else ""))


def _naming(context: RenderContext, event: Event, place: Place, resolved: ResolvedEvent) -> Passage:
    """The first words of a report that name a place: of any report if the record gives it, else of those that do."""
    for report in resolved.reports:
        passage = Passage("")
        if event.place is None and report.place == place:
            passage = facts_of(context.db, report.article).get("place", passage)
        elif event.place and place.printed and (text := context.text(report.article)):
            passage = text.passage_of(place.printed)
        if passage.anchor:
            return passage
    return Passage("")


def _people(context: RenderContext, articles: Iterable[str]) -> tuple[ReportedPerson, ...]:
    """Everybody the reports name; those without a record are told apart by their printed names."""
    named: dict[tuple[str, str], list[tuple[str, Participant, Passage]]] = defaultdict(list)
    for id in articles:
        facts = facts_of(context.db, id)
        for person in context.db.ask(PEOPLE, kind="articles", record=id):
            key = ("id", person.official) if person.official else ("name", person.name)
            named[key].append((id, person, facts.get(f"people.{person.name}", Passage(id))))
    return tuple(ReportedPerson(found[0][1].official, found[0][1].name, tuple(found)) for found in named.values())


def _documents(context: RenderContext, articles: Iterable[str]) -> tuple[Statement, ...]:
    cited: dict[str, list[Passage]] = defaultdict(list)
    for id in articles:
        for document, passage in context.db.ask(NAMED_IN, article=id, kind="documents"):
            cited[document].append(passage)
    return tuple(Statement("cites", id, tuple(passages)) for id, passages in sorted(cited.items()))


def _open(context: RenderContext, articles: Iterable[str]) -> tuple[UnresolvedCitation, ...]:
    """Those that read alike and can mean the same are one, with the passages of all."""
    found: dict[tuple[str, tuple[str, ...]], UnresolvedCitation] = {}
    for citation in (one for id in articles for one in open_citations(context, id)):
        key = comparable(citation.printed), citation.candidates
        first = found.get(key)
        found[key] = replace(first, passages=first.passages + citation.passages) if first else citation
    return tuple(found.values())
