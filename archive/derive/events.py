"""Event dossiers: the reports of an event side by side.

In: corpus and read articles. Out: for each event its reports, its date with the words of each,
who is named by which report, and which documents are spoken of.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from archive.derive.ground import Ground
from archive.derive.passages import evidence_passages
from archive.derive.same import possibly_same
from archive.model.dates import Date
from archive.model.derived import EventDossier, Passage, ReportedDate, ReportedPerson, ReportedPlace, Statement
from archive.model.edtf import parse_date
from archive.model.parts import ReportPart
from archive.model.records import Event, Participant, Place


def event_dossier(event: Event, ground: Ground) -> EventDossier:
    reports: Sequence[ReportPart] = ground.values("in/reports", event.id)
    date, differ = _date_of(event, reports)
    return EventDossier(
        articles=tuple(report.article for report in sorted(reports, key=lambda r: (r.published, r.article))),
        date=date,
        dates=tuple(ReportedDate(report.date, report.basis, report.date_passage) for report in reports)
        + ((_own_date(event, ground),) if event.date else ()),
        dates_differ=differ,
        level=event.level or next((report.level for report in reports if report.level), None),
        places=_places(event, reports, ground),
        people=_people(reports),
        documents=_documents(reports),
        mentions=tuple(passage for report in reports for passage in report.mentions),
        evidence=evidence_passages(event.evidence, ground.text),
        possibly_same=possibly_same("events", event, ground),
    )


def _places(event: Event, reports: Sequence[ReportPart], ground: Ground) -> tuple[ReportedPlace, ...]:
    """The record's own place, else each place that a report gives, once; with the first words that name it."""
    if event.place:
        return (ReportedPlace(event.place, _naming(event.place, reports, ground)),)
    given: dict[Place, Passage] = {}
    for report in reports:
        if report.place and not given.get(report.place, Passage("")).anchor:
            given[report.place] = report.place_passage if report.place_passage.anchor else Passage("")
    return tuple(ReportedPlace(place, passage) for place, passage in given.items())


def _naming(place: Place, reports: Sequence[ReportPart], ground: Ground) -> Passage:
    texts = (ground.text(report.article) for report in reports if place.printed)
    passages = (text.passage_of(place.printed or "") for text in texts if text)
    return next((passage for passage in passages if passage.anchor), Passage(""))


def _date_of(event: Event, articles: Iterable[ReportPart]) -> tuple[Date | None, bool]:
    """The record's own date; else the one all reports give; else one of the dates they give."""
    if event.date:
        return event.date, False
    given = {article.date.edtf: article.date for article in articles if article.date}
    if len(given) < 2:
        return next(iter(given.values()), None), False
    days = sorted(given.values(), key=lambda date: date.sort_key)
    if all(date.is_day for date in days):
        return parse_date("[" + ",".join(date.edtf for date in days) + "]"), True
    narrowest = min(days, key=lambda date: (_width(date), date.sort_key))
    differ = not all(narrowest.overlaps(date) for date in days)
    return narrowest, differ


def _width(date: Date) -> int:
    return (date.latest - date.earliest).days if date.earliest and date.latest else 10**6


def _own_date(event: Event, ground: Ground) -> ReportedDate:
    basis = event.date_basis
    text = ground.text(basis.article) if basis and basis.article else None
    if basis and text:
        passage = text.passage_of(basis.words)
        return ReportedDate(event.date, basis if passage.anchor else replace(basis, words=""), passage)
    return ReportedDate(event.date, basis, Passage((basis.article or "") if basis else ""))


def _people(reports: Iterable[ReportPart]) -> tuple[ReportedPerson, ...]:
    """Everybody the reports name; those without a record are told apart by their printed names."""
    named: dict[tuple[str, str], list[tuple[str, Participant, Passage]]] = defaultdict(list)
    for report in reports:
        for person, passage in report.people:
            key = ("id", person.official) if person.official else ("name", person.name)
            named[key].append((report.article, person, passage))
    return tuple(ReportedPerson(found[0][1].official, found[0][1].name, tuple(found)) for found in named.values())


def _documents(reports: Iterable[ReportPart]) -> tuple[Statement, ...]:
    cited: dict[str, list[Passage]] = defaultdict(list)
    for report in reports:
        for id, passage in report.documents:
            cited[id].append(passage)
    return tuple(Statement("cites", id, tuple(passages)) for id, passages in sorted(cited.items()))
