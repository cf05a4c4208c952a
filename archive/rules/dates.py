"""site-config/dates.yml: dates in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A regular expression with named numbers, and the EDTF made of them, one or two readings."""

    words: str
    edtf: tuple[str, ...]
    examples: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DayInFigures:
    """A date in figures."""

    day: str
    month: str
    year: str


@dataclass(frozen=True, slots=True)
class DateRules:
    """The file; `{d}`, `{m}`, `{y}` are day, month and year."""

    day: str
    month: str
    year: str
    day_without_month: str
    day_without_year: str
    month_without_year: str
    only_day: str
    decade: str
    century: str
    approximate: str
    uncertain: str
    interval: str
    interval_open_end: str
    interval_unknown_end: str
    interval_unknown_start: str
    day_in_vague_year: str
    month_in_vague_year: str
    interval_open_start: str
    same_year_months: str
    same_month_days: str
    years_range: str
    join: str
    or_: str
    and_: str
    unknown: str
    parts: Mapping[str, str]
    short: DayInFigures
    written: tuple[WrittenDate, ...]
