"""Lists: into which parts of them a date belongs.

In: a date. Out: parts, which are years or months. A list that may grow with the archive is read one part at a time
(table `list_entry`), and never by looping over records.
"""

from __future__ import annotations

from archive.model.dates import Date

SPANNING = "spanning:"  # before a list's name: those of its rows that stand in a second year too


def year_parts(date: Date | None) -> tuple[str, ...]:
    """The years a date may fall in, one or two; one empty part where they are unknown or more."""
    years = date.years if date else ()
    return tuple(f"{year:04d}" for year in years) if 0 < len(years) <= 2 else ("",)


def month_part(date: Date | None) -> str:
    """`2024-04` where the month is sure, else the first of its years as `year_parts` has it."""
    if date and date.earliest and date.latest and (date.earliest.isoformat()[:7] == date.latest.isoformat()[:7]):
        return date.earliest.isoformat()[:7]
    return year_parts(date)[0]
