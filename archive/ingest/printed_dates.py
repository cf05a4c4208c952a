"""Reads every date that words print, whole or in part: a day, a month, a quarter, a year.

In: words, and the patterns of site-config/event-dates.yml (`day`, `printed`). Out: `PrintedDate`s.
"""

from __future__ import annotations

from collections.abc import Iterator

from archive.ingest.date_patterns import QUARTERS, Pattern, compiled
from archive.ingest.event_day import days_in
from archive.ingest.rules.event_dates import DateRule, EventDateRules
from archive.language.spelling import unified
from archive.model.printed_date import PrintedDate

_TAKEN = "\u00a4"
_FIRST_QUARTER, _FIRST_HALF = 33, 40  # codes of EDTF


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
