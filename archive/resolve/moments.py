"""Timeline entries: an event, or an article that reports no event of the archive.

In: an event as its reports have it, or an article. Out: its `Moment` row.
"""

from __future__ import annotations

from collections.abc import Iterable

from archive.database.rows import Moment
from archive.extract.lists import by_date
from archive.json_text import json_text
from archive.knowledge import Knowledge
from archive.model.dates import Date
from archive.model.records import Article, Place


def moment_of_article(article: Article, knowledge: Knowledge) -> Moment:
    """For an article that reports no event of the archive."""
    places = units_of([article.place] if article.place else [], knowledge)
    certain = article.date is not None and article.date.is_certain
    return moment_of("articles", article.id, article.date, certain, article.level, places, (article.id,))


def moment_of(
    kind: str,
    id: str,
    date: Date | None,
    certain: bool,
    level: str | None,
    places: Iterable[str],
    articles: Iterable[str],
) -> Moment:
    """A timeline entry of the record `kind/id`."""
    key, edtf = f"{kind}/{id}", date.edtf if date else None
    return Moment(
        key, kind, id, edtf, int(certain), level, json_text([*places]), json_text([*articles]), by_date(date) + key
    )


def units_of(places: Iterable[Place], knowledge: Knowledge) -> tuple[str, ...]:
    """Every unit that something at these places belongs to: their own, those around it, and today's."""
    units: dict[str, None] = {}
    for place in places:
        if place.unit:
            units.update((term.code, None) for term in knowledge.place_line(place.unit))
            if today := knowledge.place_today(place.unit):
                units[today.code] = None
    return tuple(units)
