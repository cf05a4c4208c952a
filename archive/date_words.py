"""Dates in words, by the patterns of site-config/dates.yml.

In: a `Date`. Out: Vietnamese such as "khoảng tháng 6–7 năm 2020" or "ngày 11 tháng 4, không rõ năm".
"""

from __future__ import annotations

import re
from collections.abc import Callable

from archive.model.dates import Date, End, Point, Shape
from archive.rules.dates import DateRules

_MANY = 20_000  # how many dates are remembered


class DateWords:
    """Writes dates in the words of one archive."""

    def __init__(self, words: DateRules) -> None:
        self.words = words
        self._displayed: dict[str, str] = {}
        self._short: dict[str, str] = {}

    def display(self, date: Date | None) -> str:
        """The date as a phrase that can stand in a sentence."""
        return self.words.unknown if date is None else _known(self._displayed, date, self._phrase)

    def _phrase(self, date: Date) -> str:
        if date.shape is Shape.POINT:
            return self._point(date.points[0])
        if date.shape is Shape.INTERVAL:
            return self._interval(date.points[0], date.points[1])
        members = [self._point(point) for point in date.points]
        last = self.words.or_ if date.shape is Shape.ONE_OF else self.words.and_
        return self.words.join.join(members[:-1]) + last + members[-1] if len(members) > 1 else members[0]

    def short(self, date: Date | None) -> str:
        """A certain day in figures (11/4/2024); anything less certain in words."""
        return self.display(date) if date is None else _known(self._short, date, self._figures)

    def _figures(self, date: Date) -> str:
        point = date.points[0]
        if date.is_day and isinstance(point, Point):
            return self._fill(self.words.short.day, point)
        return self.display(date)

    def _point(self, point: Point | End) -> str:
        if isinstance(point, End):
            return self.words.unknown
        phrase = self._plain(point)
        if point.approximate:
            phrase = self.words.approximate.format(date=phrase)
        if point.uncertain:
            phrase = self.words.uncertain.format(date=phrase)
        return phrase

    def _plain(self, point: Point) -> str:
        if point.year is None:
            if point.month and point.day:
                return self._fill(self.words.day_without_year, point)
            return self._fill(self.words.month_without_year if point.month else self.words.only_day, point)
        if "X" in point.year:
            return self._in_vague_year(point, self._vague_year(point.year))
        if point.part:
            return str(self.words.parts[str(point.part)].format(y=point.year))
        if point.month and point.day:
            return self._fill(self.words.day, point)
        if point.day:
            return self._fill(self.words.day_without_month, point)
        return self._fill(self.words.month if point.month else self.words.year, point)

    def _vague_year(self, year: str) -> str:
        if re.fullmatch(r"\d{3}X", year):
            return self.words.decade.format(y=year.replace("X", "0"))
        return self.words.century.format(y=year.replace("X", "0"), z=year.replace("X", "9"))

    def _in_vague_year(self, point: Point, year: str) -> str:
        """`202X-04`: what is known of the day stays."""
        if point.month and point.day:
            return self.words.day_in_vague_year.format(d=point.day, m=point.month, year=year)
        if point.month:
            return self.words.month_in_vague_year.format(m=point.month, year=year)
        return year

    def _interval(self, a: Point | End, b: Point | End) -> str:
        if isinstance(a, End):
            words = self.words.interval_open_start if a is End.OPEN else self.words.interval_unknown_start
            return words.format(b=self._point(b))
        if isinstance(b, End):
            words = self.words.interval_open_end if b is End.OPEN else self.words.interval_unknown_end
            return words.format(a=self._point(a))
        merged = self._merged(a, b)
        if merged is None:
            return self.words.interval.format(a=self._point(a), b=self._point(b))
        if a.approximate or b.approximate:
            merged = self.words.approximate.format(date=merged)
        if a.uncertain or b.uncertain:
            merged = self.words.uncertain.format(date=merged)
        return merged

    def _merged(self, a: Point, b: Point) -> str | None:
        """Both ends in one phrase, where they share a year or a month."""
        plain = a.year is not None and b.year is not None and "X" not in a.year + b.year and not (a.part or b.part)
        if not plain:
            return None
        if not (a.month or b.month or a.day or b.day):
            return self.words.years_range.format(y=a.year, z=b.year)
        if a.year != b.year:
            return None
        if a.day and b.day and a.month == b.month:
            return self.words.same_month_days.format(d=a.day, e=b.day, m=a.month, y=a.year)
        if a.month and b.month and not (a.day or b.day):
            return self.words.same_year_months.format(m=a.month, n=b.month, y=a.year)
        return None

    def _fill(self, words: str, point: Point) -> str:
        return words.format(d=point.day, m=point.month, y=point.year)


def _known(known: dict[str, str], date: Date, write: Callable[[Date], str]) -> str:
    """The same dates come again and again; an EDTF string says all that there is to a date."""
    found = known.get(date.edtf)
    if found is None:
        if len(known) >= _MANY:
            known.clear()
        found = known[date.edtf] = write(date)
    return found
