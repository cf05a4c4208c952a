"""How days of events are written and what their year rests on: site-config/event-dates.yml, compiled.

In: that file and the finder of citations. Out: `DatePatterns`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from archive.citations import CitationFinder
from archive.config import load_rules
from archive.ingest.rules.event_dates import DateRule, EventDateRules
from archive.language.spelling import unified
from archive.rules.reader import ConfigError

FILE = "event-dates"
Rule = TypeVar("Rule", bound=DateRule)
QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_PART = re.compile(r"(?<!\?P)<([a-z_]+)>")


@dataclass(frozen=True, slots=True)
class Pattern(Generic[Rule]):
    """A rule and its regular expression, compiled."""

    rule: Rule
    regex: re.Pattern[str]

    @property
    def id(self) -> str:
        return self.rule.id


class DatePatterns:
    """What `find_when` knows; `finder` tells which dates belong to documents."""

    def __init__(
        self, rules: EventDateRules, finder: CitationFinder | None = None, no_sentence_end: Collection[str] = ()
    ) -> None:
        """Raises ConfigError naming the entry that can't be compiled."""
        parts = rules.parts
        self.finder = finder
        self.no_sentence_end = no_sentence_end
        self.first_year = rules.first_year
        self.goals = frozenset(int(year) for year in rules.goals.split())
        self.days = _patterns(rules.day, parts)
        self.before = compiled("before", rules.before, parts)
        self.opening = compiled("opening", rules.opening, parts)
        self.event = compiled("event", rules.event, parts)
        self.held = compiled("held", rules.held, parts)
        self.happens = compiled("happens", rules.happens, parts)
        self.longest_event = rules.longest_event
        self.never = _patterns(rules.never, parts)
        self.years = _patterns(rules.years, parts)
        self.day_weights = rules.day_weights
        self.hidden_weight = self.day_weights["hidden"]
        self.year_weights = rules.year_weights
        self.eras = _patterns(rules.eras, parts)
        self.named_year = compiled("named_year", rules.named_year, parts)
        self.recent = compiled("recent", rules.recent, parts)
        self.part_of_day = compiled("part_of_day", parts["part_of_day"], parts)
        self._weekdays = tuple((compiled("weekdays", regex, parts), number) for number, regex in rules.weekdays.items())
        self.looking_back = compiled("looking_back", rules.looking_back, parts)
        self.today = compiled("same_day_as_stamp", rules.same_day_as_stamp, parts)
        self.vague = _patterns(rules.vague, parts)
        self.vague_with = {rule.id: compiled(rule.id, rule.with_, parts) for rule in rules.vague}
        self.periods = _patterns(rules.periods, parts)
        self.notes = rules.notes

    def weekday_in(self, words: str) -> int | None:
        """The day of the week that words name, Monday as 0."""
        plain = unified(words)
        return next((number for regex, number in self._weekdays if regex.search(plain)), None)


def load_date_patterns(
    site_config: Path, finder: CitationFinder | None = None, no_sentence_end: Collection[str] = ()
) -> DatePatterns:
    """The patterns of an archive."""
    return DatePatterns(load_rules(EventDateRules, site_config, FILE), finder, no_sentence_end)


def _patterns(rules: Iterable[Rule], parts: Mapping[str, str]) -> tuple[Pattern[Rule], ...]:
    return tuple(Pattern(rule, compiled(rule.id, rule.regex, parts)) for rule in rules)


def compiled(id: str, regex: str, parts: Mapping[str, str]) -> re.Pattern[str]:
    """A regular expression with its parts put in."""
    try:
        for _ in range(10):
            regex = _PART.sub(lambda m: f"(?:{parts[m[1]]})", regex)
        return re.compile(regex if regex.startswith(r"\A") else rf"(?<![\w])(?:{regex})")
    except (KeyError, re.error) as error:
        raise ConfigError(str(error), FILE, (id,)) from error
