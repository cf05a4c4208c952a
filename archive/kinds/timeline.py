"""Timeline entries as pages ask for them.

In: the render context, and keys `kind/id`. Out: `Moment` values, and keys in order of time.
"""

from __future__ import annotations

from collections.abc import Iterable

from archive.database import Query
from archive.extract.lists import by_date
from archive.json_text import strings
from archive.kinds.context import RenderContext
from archive.model.dates import Date
from archive.model.derived import Moment
from archive.model.edtf import parse_date


def _moment(
    key: str, kind: str, id: str, date: str | None, certain: int, level: str | None, places: str, articles: str
) -> Moment:
    day = parse_date(date) if date else None
    return Moment(key, kind, id, day, bool(certain), level, strings(places), strings(articles))


MOMENT = Query("SELECT key, kind, id, date, certain, level, places, articles FROM moment WHERE key = :key", _moment)


def moment(context: RenderContext, key: str) -> Moment:
    """Raises KeyError if there is no such entry."""
    found = context.db.first(MOMENT, key=key)
    if found is None:
        raise KeyError(key)
    return found


def timeline(context: RenderContext, keys: Iterable[str]) -> tuple[str, ...]:
    """Each entry once, in order of time, those without a date last."""
    return tuple(sorted(set(keys), key=lambda key: (by_date(moment(context, key).date), key)))


def date_of_moment(context: RenderContext, key: str) -> Date | None:
    return moment(context, key).date
