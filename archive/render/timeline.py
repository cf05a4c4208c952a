"""Timelines and charts as figures: groups by year and month, bars, strips.

In: moments in order. Out: plain numbers for the templates to draw; nothing here is text.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from archive.model.dates import Date, Point
from archive.model.derived import Moment


@dataclass(frozen=True, slots=True)
class Strip:
    """When something took place, drawn on whole years: positions in units of a month.

    `start` and `end` are positions on an axis of `months` months that begins with January of
    the first year; a certain day has `is_day`; `vague` ends fade out.
    """

    months: int
    start: float
    end: float
    is_day: bool
    vague_start: bool
    vague_end: bool


@dataclass(frozen=True, slots=True)
class MonthGroup:
    """Moments of one month; `month` is None for those whose month is not known."""

    month: int | None
    moments: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class YearGroup:
    """Moments of one year; `year` is None for those whose year is not known."""

    year: int | None
    months: tuple[MonthGroup, ...]

    @property
    def count(self) -> int:
        return sum(len(month.moments) for month in self.months)


@dataclass(frozen=True, slots=True)
class Bar:
    """Events of one year: `certain` fall in it for sure, `possible` may fall in it."""

    year: int
    certain: int
    possible: int

    @property
    def total(self) -> int:
        return self.certain + self.possible


def by_year_and_month(moments: Iterable[Moment]) -> tuple[YearGroup, ...]:
    """Groups with the latest first, what has no year last; a moment that may fall in two years stands in the first."""
    years: dict[int | None, dict[int | None, list[Moment]]] = {}
    for moment in moments:
        year = moment.years[0] if moment.years else None
        years.setdefault(year, {}).setdefault(_month(moment.date), []).append(moment)
    return tuple(
        YearGroup(year, tuple(MonthGroup(month, tuple(found)) for month, found in _latest_first(months)))
        for year, months in sorted(years.items(), key=lambda item: item[0] or 0, reverse=True)
    )


def _latest_first(months: Mapping[int | None, list[Moment]]) -> list[tuple[int | None, list[Moment]]]:
    """By last possible day: a group without a month stands where its latest moment ends."""
    ordered = {month: sorted(found, key=_end, reverse=True) for month, found in months.items()}
    return sorted(ordered.items(), key=lambda item: _end(item[1][0]), reverse=True)


def _end(moment: Moment) -> tuple[datetime.date, str]:
    latest = moment.date.latest if moment.date else None
    return (latest or datetime.date.min, moment.key)


def _month(date: Date | None) -> int | None:
    if date is None or date.earliest is None or date.latest is None:
        return None
    same = (date.earliest.year, date.earliest.month) == (date.latest.year, date.latest.month)
    return date.earliest.month if same else None


def strip(date: Date | None) -> Strip | None:
    """The date on an axis of whole years; None where there is nothing to draw."""
    if date is None or date.earliest is None or date.latest is None or len(date.years) > 3 or not date.years:
        return None
    first_year = date.earliest.year
    first, last = date.points[0], date.points[-1]
    return Strip(
        months=12 * len(date.years),
        start=_position(date.earliest, first_year),
        end=_position(date.latest + datetime.timedelta(days=1), first_year),
        is_day=date.is_day,
        vague_start=isinstance(first, Point) and (first.approximate or first.uncertain),
        vague_end=isinstance(last, Point) and (last.approximate or last.uncertain),
    )


def _position(day: datetime.date, first_year: int) -> float:
    length = calendar.monthrange(day.year, day.month)[1]
    return round((day.year - first_year) * 12 + day.month - 1 + (day.day - 1) / length, 2)
