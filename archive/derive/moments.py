"""Moments: the entries of every timeline, an event or an article without one.

In: an event and its dossier, or an article. Out: its `Moment`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from archive.knowledge import Knowledge
from archive.model.dates import Date
from archive.model.derived import EventDossier, Moment
from archive.model.records import Article, Place


def moment_of_event(id: str, dossier: EventDossier, knowledge: Knowledge) -> Moment:
    return Moment(
        key=f"events/{id}",
        kind="events",
        id=id,
        date=dossier.date,
        certain=_is_certain(dossier),
        level=dossier.level,
        places=_units((reported.place for reported in dossier.places), knowledge),
        articles=dossier.articles,
    )


def moment_of_article(article: Article, knowledge: Knowledge) -> Moment:
    """For an article that reports no event of the archive."""
    return Moment(
        key=f"articles/{article.id}",
        kind="articles",
        id=article.id,
        date=article.date,
        certain=article.date is not None and article.date.is_day,
        level=article.level,
        places=_units([article.place] if article.place else [], knowledge),
        articles=(article.id,),
    )


def in_order_of_time(moment: Moment) -> tuple[tuple[datetime.date, datetime.date, str], str]:
    return (_date_key(moment.date), moment.key)


def _date_key(date: Date | None) -> tuple[datetime.date, datetime.date, str]:
    return date.sort_key if date else (datetime.date.max, datetime.date.max, "~")


def _is_certain(dossier: EventDossier) -> bool:
    return dossier.date is not None and dossier.date.is_day and not dossier.dates_differ


def _units(places: Iterable[Place], knowledge: Knowledge) -> tuple[str, ...]:
    """Every unit a moment belongs to: its own, those around it, and today's."""
    units: dict[str, None] = {}
    for place in places:
        if place.unit:
            units.update((term.code, None) for term in knowledge.place_line(place.unit))
            if today := knowledge.place_today(place.unit):
                units[today.code] = None
    return tuple(units)


def timeline_of(keys: Iterable[str], moments: Mapping[str, Moment]) -> tuple[str, ...]:
    """Each moment once, in order of time."""
    return tuple(sorted(set(keys), key=lambda key: in_order_of_time(moments[key])))
