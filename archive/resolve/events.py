"""Events out of their reports: date, level, places, and who was there.

In: an event's record and the rows of the articles that report it. Out: `ResolvedEvent`, and the rows of the event's
timeline entry. What an editor's record says counts before what reports say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from archive.database import Database, Query
from archive.database.rows import Moment, Presence
from archive.json_text import strings
from archive.knowledge import Knowledge
from archive.model.dates import Date
from archive.model.edtf import parse_date
from archive.model.records import DateBasis, Event, Place
from archive.resolve.moments import moment_of, units_of


@dataclass(frozen=True, slots=True)
class Report:
    """What one article reports of its event."""

    article: str
    published: str
    date: Date | None
    basis: DateBasis | None
    level: str | None
    place: Place | None


@dataclass(frozen=True, slots=True)
class ResolvedEvent:
    """`reports` in the order of ids, `articles` in that of publication; `date` is the record's own, else what all
    reports agree on, else the span of them."""

    reports: tuple[Report, ...]
    articles: tuple[str, ...]
    date: Date | None
    dates_differ: bool
    level: str | None
    places: tuple[Place, ...]


def _report(id: str, published: str | None, date: str | None, level: str | None, *rest: str | None) -> Report:
    basis, place = rest[:4], rest[4:]
    return Report(
        article=id,
        published=published or "~",
        date=parse_date(date) if date else None,
        basis=DateBasis(basis[0], basis[1] or "", basis[2], basis[3]) if basis[0] else None,
        level=level,
        place=Place(*place) if any(place) else None,
    )


REPORTS = Query(
    "SELECT id, published, date, level, date_basis_kind, date_basis_words, date_basis_article, date_basis_note, "
    "place_printed, place_unit, place_basis, place_note FROM article WHERE event = :event ORDER BY id",
    _report,
)
PEOPLE = Query(
    "SELECT official, capacity FROM participant WHERE kind = :kind AND record = :record ORDER BY field, position",
    lambda official, capacity: (official, frozenset(strings(capacity))),
)
OFFICIAL_THERE = Query("SELECT id FROM record WHERE kind = :kind AND id = :id", str)


def resolve_event(event: Event, db: Database) -> ResolvedEvent:
    """The event as its record and its reports have it."""
    reports = db.ask(REPORTS, event=event.id)
    date, differ = _date_of(event, reports)
    given = dict.fromkeys(report.place for report in reports if report.place)
    return ResolvedEvent(
        reports=reports,
        articles=tuple(report.article for report in sorted(reports, key=lambda r: (r.published, r.article))),
        date=date,
        dates_differ=differ,
        level=event.level or next((report.level for report in reports if report.level), None),
        places=(event.place,) if event.place else tuple(given),
    )


def event_rows(event: Event, db: Database, knowledge: Knowledge, absent: frozenset[str]) -> Iterator[Moment | Presence]:
    """Its timeline entry, and the officials who were there; `absent` are capacities of people who were not."""
    resolved = resolve_event(event, db)
    certain = resolved.date is not None and resolved.date.is_certain and not resolved.dates_differ
    places = units_of(resolved.places, knowledge)
    yield moment_of("events", event.id, resolved.date, certain, resolved.level, places, resolved.articles)
    for official in _present(resolved.reports, db, absent):
        yield Presence(event.id, official)


def _present(reports: Iterable[Report], db: Database, absent: frozenset[str]) -> list[str]:
    people = [person for r in reports for person in db.ask(PEOPLE, kind="articles", record=r.article)]
    present = {official for official, capacity in people if official and capacity - absent}
    return sorted(id for id in present if db.first(OFFICIAL_THERE, kind="officials", id=id))


def _date_of(event: Event, reports: Sequence[Report]) -> tuple[Date | None, bool]:
    """The record's own date; else the one all reports give; else one of the dates they give."""
    if event.date:
        return event.date, False
    given = {report.date.edtf: report.date for report in reports if report.date}
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
