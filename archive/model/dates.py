"""The type of a date as far as it is known; `edtf.py` makes it.

In: nothing. Out: `Date`, which keeps its EDTF string, its points for display, and its bounds
for order. Bounds are None where the year or the end is unknown, or the end is open: unknown stays unknown.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum


class Shape(StrEnum):
    POINT = "point"
    INTERVAL = "interval"
    ONE_OF = "one_of"
    ALL_OF = "all_of"


class End(StrEnum):
    """An end of an interval at which no point stands, as EDTF writes it."""

    OPEN = ".."  # it goes on
    UNKNOWN = ""  # it has an end, and nobody knows when


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a date. `year` may hold X digits (`20XX`) or be None; `part` is an EDTF season code.

    Codes: 21-24 seasons, 33-36 quarters, 37-39 thirds of a year, 40-41 halves.
    """

    year: str | None
    month: int | None = None
    day: int | None = None
    part: int | None = None
    approximate: bool = False
    uncertain: bool = False

    @property
    def is_exact(self) -> bool:
        """True if nothing of it is marked as doubtful and none of its digits is missing."""
        whole = self.year is not None and "X" not in self.year and (self.month is not None or self.day is None)
        return whole and not (self.approximate or self.uncertain)

    @property
    def is_day(self) -> bool:
        return self.is_exact and self.month is not None and self.day is not None


@dataclass(frozen=True, slots=True)
class Date:
    """A date as far as it is known.

    `points` has one entry for a point, two for an interval, and one for each member of a set.
    """

    edtf: str
    shape: Shape
    points: tuple[Point | End, ...]
    earliest: datetime.date | None
    latest: datetime.date | None

    def __str__(self) -> str:
        return self.edtf

    @property
    def years(self) -> tuple[int, ...]:
        """Every year the date may fall in, at most a century; empty where no year is known.

        An interval with one known end has the year of that end.

        >>> # 2023-12/2024-02~ → (2023, 2024); 2024-01/.. → (2024,)
        """
        first, last = self.earliest or self.latest, self.latest or self.earliest
        if first is None or last is None or last.year - first.year > 100:
            return ()
        return tuple(range(first.year, last.year + 1))

    @property
    def is_day(self) -> bool:
        """True if the date is one certain day."""
        point = self.points[0]
        return self.shape is Shape.POINT and isinstance(point, Point) and point.is_day

    @property
    def is_certain(self) -> bool:
        """True if it is known when this was: how long it took is another matter.

        A day, several days that are all meant, or an interval without a doubtful or unknown end.
        """
        if self.shape is Shape.ONE_OF or End.UNKNOWN in self.points:
            return False
        if self.shape is Shape.POINT:
            return self.is_day
        return all(point is End.OPEN or (isinstance(point, Point) and point.is_exact) for point in self.points)

    @property
    def sort_key(self) -> tuple[datetime.date, datetime.date, str]:
        """Chronological order by first possible day; dates without a year come last."""
        start = self.earliest or (self.latest if self.latest else datetime.date.max)
        return (start, self.latest or datetime.date.max, self.edtf)

    def overlaps(self, other: Date) -> bool:
        """True unless the two can't be the same moment; unknown bounds exclude nothing."""
        return not (
            (self.latest and other.earliest and self.latest < other.earliest)
            or (other.latest and self.earliest and other.latest < self.earliest)
        )
