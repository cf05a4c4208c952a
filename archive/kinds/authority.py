"""What the pages of all kinds but articles show: evidence, sentences that name the record, notes on namesakes.

In: the render context and a record. Out: passages, and values that templates show.
"""

from __future__ import annotations

from collections.abc import Iterable

from archive.database import Query
from archive.database.rows import passage_at
from archive.extract import evidence_passages
from archive.kinds.context import RenderContext
from archive.kinds.kind import TableRow
from archive.model.dates import Date
from archive.model.derived import Passage, PossiblyTheSame
from archive.model.records import Authority, Correction, Evidence, Participant, Place

# Sentences that name one record for sure, in order of time where the kind has one, and their timeline entries.
NAMINGS = Query(
    "SELECT moment, article, anchor, words, marks, cut FROM naming WHERE kind = :kind AND record = :record "
    "ORDER BY sort, article, position",
    lambda moment, *passage: (moment, passage_at(*passage)),
)
NOTES_ON = Query(
    "SELECT record, why FROM possibly_same WHERE kind = :kind AND own_record = :record ORDER BY record, position",
    lambda record, why: (record, why),
)


def evidence(context: RenderContext, stated: Iterable[Evidence]) -> tuple[Passage, ...]:
    """The passages that a record names as the words it rests on."""
    return evidence_passages(stated, context.text)


def possibly_same(context: RenderContext, kind: str, record: Authority) -> tuple[PossiblyTheSame, ...]:
    """Its own notes and those of others on it; where both say why, the record first by id is heard."""
    notes: dict[str, dict[str, str]] = {}
    for note in record.possibly_same_as:
        notes.setdefault(note.record, {}).setdefault(record.id, note.why)
    for other, why in context.db.ask(NOTES_ON, kind=kind, record=record.id):
        notes.setdefault(other, {}).setdefault(other, why)
    return tuple(PossiblyTheSame(other, whys[min(whys)]) for other, whys in sorted(notes.items()))


# values of data tables


def edtf(date: Date | None) -> str | None:
    return date.edtf if date else None


def day(date: Date | None) -> str | None:
    """Only a certain day is given to machines that know no uncertainty."""
    return date.edtf if date and date.is_day else None


def where(passage: Passage) -> TableRow:
    return {"article": passage.article, "paragraph": passage.anchor}


def place_row(place: Place | None) -> TableRow | None:
    return {"printed": place.printed, "unit": place.unit, "basis": place.basis} if place else None


def participant_rows(people: Iterable[Participant]) -> list[TableRow]:
    return [{"official": p.official, "name": p.name, "roles": p.roles, "capacity": p.capacity} for p in people]


def correction_rows(corrections: Iterable[Correction]) -> list[TableRow]:
    return [
        {"date": edtf(c.date), "field": c.field, "before": c.before, "after": c.after, "reason": c.reason}
        for c in corrections
    ]
