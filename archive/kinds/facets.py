"""What search entries of several kinds say: years, levels, places, records that they name.

In: the render context and values. Out: (id, label) pairs by which readers can narrow a search, and text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from archive.database.records import LABEL
from archive.kinds.context import RenderContext
from archive.kinds.kind import Choices
from archive.model.dates import Date
from archive.model.records import Authority, Place


def years(date: Date | None) -> Choices:
    return tuple((str(year), str(year)) for year in date.years) if date and len(date.years) <= 2 else ()


def level(context: RenderContext, code: str | None) -> Choices:
    return ((code, context.knowledge.name_of("levels", code)),) if code else ()


def places(context: RenderContext, given: Iterable[Place | None]) -> Choices:
    """Each unit and those around it."""
    lines = (context.knowledge.place_line(place.unit) for place in given if place and place.unit)
    return tuple(sorted({(term.code, term.name) for line in lines for term in line}))


def records(context: RenderContext, kind: str, ids: Iterable[str | None]) -> Choices:
    """Those that are there, with their labels."""
    labels = {id: context.db.first(LABEL, kind=kind, id=id) for id in set(ids) if id}
    return tuple(sorted((id, label) for id, label in labels.items() if label is not None))


def said(context: RenderContext, filters: Mapping[str, Choices]) -> tuple[str, ...]:
    """Years and places of a record in words: what readers ask for, though no text of it need say so."""
    year = context.knowledge.labels["timeline"]["year"]
    years = (f"{year} {label}" for _, label in filters.get("year", ()))
    return (*years, *(label for _, label in filters.get("place", ())))


def date_and_level(
    context: RenderContext, date: Date | None, code: str | None, given: Iterable[Place | None] = ()
) -> str:
    """The line under a title: `11/4/2024 · Cấp tỉnh`, and the places as printed."""
    printed = dict.fromkeys(place.printed for place in given if place and place.printed)
    return " · ".join([context.dates.short(date), *(name for _, name in level(context, code)), *printed])


def blocks(record: Authority, words: Iterable[str | None]) -> tuple[tuple[str, str], ...]:
    """Text without an anchor of its own: it stands at the top of the page."""
    return tuple(("", text) for text in [*words, record.notes] if text)
