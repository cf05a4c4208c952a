"""A date as far as words print it; `ingest/printed_dates.py` reads it.

In: nothing. Out: `PrintedDate`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date as far as it is printed, from its first day to its last; `part` is a quarter or half as EDTF counts it."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    last_month: int | None = None
    last_day: int | None = None
    part: int | None = None

    @property
    def edtf(self) -> str:
        """What is printed as EDTF; a year that isn't printed is `XXXX`."""
        year = f"{self.year:04d}" if self.year else "XXXX"
        if self.part:
            return f"{year}-{self.part}"
        if self.month is None:
            return year if self.day is None else f"{year}-XX-{self.day:02d}"
        first = f"{year}-{self.month:02d}" + (f"-{self.day:02d}" if self.day else "")
        if (self.last_month, self.last_day) in ((None, None), (self.month, self.day)):
            return first
        crosses = self.year is not None and (self.last_month or self.month) < self.month
        year = f"{self.year + 1:04d}" if self.year and crosses else year
        return f"{first}/{year}-{self.last_month or self.month:02d}-{self.last_day or self.day or 1:02d}"
