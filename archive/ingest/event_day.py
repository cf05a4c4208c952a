"""Reads days as reports write them: `31-12`, `3 tháng 2 năm 2025`, `22 và 23/6`.

In: a stretch of text and the patterns of site-config/event-dates.yml. Out: `Day`, with or without a year.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from archive.ingest.date_patterns import Pattern
from archive.ingest.rules.event_dates import DateRule
from archive.model.dates import Date
from archive.model.edtf import parse_date


@dataclass(frozen=True, slots=True)
class Day:
    """A day or two as printed in `words`; `sentence` bounds the sentence in its passage."""

    day: int
    month: int
    last_day: int
    last_month: int
    year: int | None
    words: str
    sentence: tuple[int, int]

    @property
    def is_real(self) -> bool:
        """True if the calendar has these days, in a leap year where no year is known."""
        year = self.year or 2000
        return self.first_day_of(year) is not None and self.last_day_of(year) is not None

    @property
    def key(self) -> tuple[int, int, int, int]:
        return self.month, self.day, self.last_month, self.last_day

    @property
    def length(self) -> int:
        """Days from the first to the last, counted in a leap year."""
        last = datetime.date(2000 + 4 * (self.last_month < self.month), self.last_month, self.last_day)
        return (last - datetime.date(2000, self.month, self.day)).days % 366

    def covers(self, other: Day) -> bool:
        """True if the other is the same day or one of these days."""
        years = {day.year for day in (self, other) if day.year}
        inside = self.key[:2] <= other.key[:2] and other.key[2:] <= self.key[2:]
        return len(years) < 2 and (inside or self.key == other.key)

    def first_day_of(self, year: int) -> datetime.date | None:
        """The day it begins, if it begins in a year that has such a day."""
        return real_day(year, self.month, self.day)

    def last_day_of(self, year: int) -> datetime.date | None:
        """The day it ends, if it begins in this year."""
        return real_day(year + (self.last_month < self.month), self.last_month, self.last_day)

    def date(self, year: int | None) -> Date:
        first = f"{year:04d}" if year else "XXXX"
        if self.key[:2] == self.key[2:]:
            return parse_date(f"{first}-{self.month:02d}-{self.day:02d}")
        last = f"{year + (self.last_month < self.month):04d}" if year else "XXXX"
        return parse_date(f"{first}-{self.month:02d}-{self.day:02d}/{last}-{self.last_month:02d}-{self.last_day:02d}")


class HasDays(Protocol):
    """Patterns of days, the longest first."""

    @property
    def days(self) -> tuple[Pattern[DateRule], ...]: ...


def days_in(text: str, start: int, end: int, patterns: HasDays) -> Iterator[tuple[re.Match[str], Day]]:
    """Days in a sentence from left to right; two days (`22 và 23/6`) before one."""
    found: dict[int, tuple[re.Match[str], Day]] = {}
    taken = bytearray(end - start)
    for pattern in patterns.days:
        for match in pattern.regex.finditer(text, start, end):
            place = slice(match.start() - start, match.end() - start)
            if not any(taken[place]):
                day = _day(match)
                if day:
                    taken[place] = b"\1" * (match.end() - match.start())
                    found[match.start()] = (match, day)
    yield from (found[at] for at in sorted(found))


def _day(match: re.Match[str]) -> Day | None:
    """The numbers of a match, or None if there is no such day."""
    numbers = {name: int(value) for name, value in match.groupdict().items() if value and value.isdigit()}
    month = numbers.get("m1") or numbers.get("m1w") or numbers.get("m2") or 0
    last_month = numbers.get("m2", month)
    turns = month == 12 and last_month == 1
    first, last = numbers["d1"], numbers.get("d2", numbers["d1"])
    day = Day(first, month, last, last_month, _year(numbers, turns), "", (0, 0))
    is_in_order = turns or (month, first) <= (last_month, last)
    return day if is_in_order and day.is_real else None


def _year(numbers: Mapping[str, int], turns: bool) -> int | None:
    """The year of the first of two days, which is printed behind either."""
    return numbers.get("y1") or (numbers["y2"] - turns if "y2" in numbers else None)


def real_day(year: int, month: int, day: int) -> datetime.date | None:
    """The day, or None if the calendar has none such."""
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None
