"""The type of a date as far as it is known; `edtf.py` makes it.

In: nothing. Out: `Date`, which keeps its EDTF string, its points for display, and its bounds
for order. Bounds are None where the year is unknown or the end is open: unknown stays unknown.
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


@dataclass(frozen=True, slots=True)
class Date:
    """A date as far as it is known.

    `points` has one entry for a point, two for an interval (None: open or unknown end), and one
    for each member of a set.
    """

    edtf: str
    shape: Shape
    points: tuple[Point | None, ...]
    earliest: datetime.date | None
    latest: datetime.date | None

    def __str__(self) -> str:
        return self.edtf

    @property
    def years(self) -> tuple[int, ...]:
        """Every year the date may fall in, at most a century; empty where no year is known.

        >>> # 2023-12/2024-02~ → (2023, 2024)
        """
        if self.earliest is None or self.latest is None or self.latest.year - self.earliest.year > 100:
            return ()
        return tuple(range(self.earliest.year, self.latest.year + 1))

    @property
    def is_day(self) -> bool:
        """True if the date is one certain day."""
        point = self.points[0]
        return (
            self.shape is Shape.POINT
            and point is not None
            and self.earliest is not None
            and self.earliest == self.latest
            and not (point.approximate or point.uncertain)
        )

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
