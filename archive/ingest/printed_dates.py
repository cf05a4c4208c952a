"""Reads every date that words print, whole or in part: a day, a month, a quarter, a year.

In: words, and the patterns of site-config/event-dates.yml (`day`, `printed`). Out: `PrintedDate`s.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archive.ingest.date_patterns import QUARTERS, Pattern, compiled
from archive.ingest.event_day import days_in
from archive.ingest.rules.event_dates import DateRule, EventDateRules
from archive.language.spelling import unified

_TAKEN = "\u00a4"
_FIRST_QUARTER, _FIRST_HALF = 33, 40  # codes of EDTF


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


class PrintedDates:
    """The patterns of one archive."""

    def __init__(self, rules: EventDateRules) -> None:
        """Raises ConfigError naming the entry that can't be compiled."""
        self.days = _patterns(rules.day, rules)
        self._printed = _patterns(rules.printed, rules)
        self._months = rules.month_words
        self._lunar = compiled("lunar", rules.lunar, rules.parts)

    def read(self, words: str) -> list[PrintedDate]:
        """All of them; none where the words count by the moon, which no calendar here can tell."""
        text = unified(words)
        if self._lunar.search(text):
            return []
        found = []
        for match, day in days_in(text, 0, len(text), self):
            found.append(PrintedDate(day.year, day.month, day.day, day.last_month, day.last_day))
            text = text[: match.start()] + _TAKEN * (match.end() - match.start()) + text[match.end() :]
        return [*found, *self._read_parts(text)]

    def _read_parts(self, text: str) -> Iterator[PrintedDate]:
        for pattern in self._printed:
            for match in pattern.regex.finditer(text):
                yield self._part(match.groupdict())
            text = pattern.regex.sub(lambda match: _TAKEN * len(match[0]), text)

    def _part(self, groups: dict[str, str | None]) -> PrintedDate:
        year = int(groups["year"]) if groups.get("year") else None  # type: ignore[arg-type]
        month, day, quarter = (groups.get(name) or "" for name in ("month", "day", "quarter"))
        number = (int(month) if month.isdigit() else self._months[month.lower()]) if month else None
        part = _FIRST_QUARTER - 1 + QUARTERS[quarter.lower()] if quarter else None
        if groups.get("first_half") or groups.get("second_half"):
            part = _FIRST_HALF + bool(groups.get("second_half"))
        return PrintedDate(year, number, int(day) if day else None, part=part)


def _patterns(rules: tuple[DateRule, ...], file: EventDateRules) -> tuple[Pattern[DateRule], ...]:
    return tuple(Pattern(rule, compiled(rule.id, rule.regex, file.parts)) for rule in rules)
