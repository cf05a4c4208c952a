"""site-config/event-dates.yml: how days of events are written, and what their year rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Literal

from archive.rules.reader import Every

_DAY_WEIGHTS = Every(
    """
    first-paragraph first-sentence early-paragraph later far-down in-title in-caption in-line led-in bare
    part-of-day opens-sentence capital-inside meeting-before deed-behind no-deed named-again just-before-publication
    after-publication too-long history date-of-document hidden
    """
)
_YEAR_WEIGHTS = Every(
    """
    stamp late-stamp year-in-title address printed printed-later index-month near-date second-near-date
    document-is-later published-before era other-weekday later-year-named
    """
)
_NOTES = Every(
    """
    year stamp address unknown-year today recent vague
    """
)


@dataclass(frozen=True, slots=True)
class DateRule:
    """A regular expression that calls parts as `<part>`."""

    id: str
    regex: str
    examples: tuple[str, ...]
    not_: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearRule(DateRule):
    """Words that tell the year of a day.

    `months`: years after the year in the words → the months for which that holds, `{0: "1 2", -1: "12"}`; `special`:
    another way to read the words, with `feasts` (group → day), `stems`, `branches`, `since` (a year or a day) where
    it needs them. `fallback`: only where nothing else says a year.
    """

    weight: float
    where: Literal["sentence", "head", "text"]
    special: str = ""
    feasts: Mapping[str, date] = field(default_factory=dict)
    months: Mapping[int, str] = field(default_factory=dict)
    since: str = ""
    stems: str = ""
    branches: str = ""
    fallback: bool = False

    def offset(self, month: int) -> int | None:
        """How many years after the year in the words an event of this month was; None says nothing."""
        return next((years for years, months in self.months.items() if str(month) in months.split()), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class EraRule(DateRule):
    """Something that is only since or until a day."""

    since: date | None = None
    until: date | None = None

    def holds(self, first: date, last: date) -> bool:
        """Whether it was there from one day to another."""
        return not (self.since and last < self.since) and not (self.until and first > self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class VagueRule(DateRule):
    """A month or a season: EDTF of the groups, and what must stand in the same sentence."""

    date: str
    with_: str
    unmasked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodRule(DateRule):
    """A period under review: EDTF of the groups."""

    period: str


@dataclass(frozen=True, slots=True)
class EventDateRules:
    """The file."""

    parts: Mapping[str, str]
    first_year: int
    goals: str
    day: tuple[DateRule, ...]
    printed: tuple[DateRule, ...]
    month_words: Mapping[str, int]
    lunar: str
    before: str
    opening: str
    event: str
    held: str
    happens: str
    longest_event: int
    day_weights: Annotated[Mapping[str, float], _DAY_WEIGHTS]
    never: tuple[DateRule, ...]
    years: tuple[YearRule, ...]
    year_weights: Annotated[Mapping[str, float], _YEAR_WEIGHTS]
    eras: tuple[EraRule, ...]
    named_year: str
    recent: str
    weekdays: Mapping[int, str]
    looking_back: str
    same_day_as_stamp: str
    vague: tuple[VagueRule, ...]
    periods: tuple[PeriodRule, ...]
    notes: Annotated[Mapping[str, str], _NOTES]
