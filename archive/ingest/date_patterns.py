"""How days of events are written and what their year rests on: site-config/event-dates.yml, compiled.

In: that file and the finder of citations. Out: `DatePatterns`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive.citations import CitationFinder
from archive.config import ConfigError, load_yaml
from archive.language.spelling import unified

FILE = "event-dates.yml"
QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_PART = re.compile(r"(?<!\?P)<([a-z_]+)>")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern and whatever else its entry says."""

    id: str
    regex: re.Pattern[str]
    facts: Mapping[str, Any]

    def offset(self, month: int) -> int | None:
        """How many years after the year in the words an event of this month was; None says nothing."""
        return next(
            (int(years) for years, months in self.facts["months"].items() if str(month) in months.split()), None
        )


@dataclass(frozen=True, slots=True)
class Era:
    """Something that is only since or until a day, by the words that name it."""

    id: str
    regex: re.Pattern[str]
    since: datetime.date | None
    until: datetime.date | None
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]

    def holds(self, first: datetime.date, last: datetime.date) -> bool:
        """Whether it was there from one day to another."""
        return not (self.since and last < self.since) and not (self.until and first > self.until)


class DatePatterns:
    """What `find_when` knows; `finder` tells which dates belong to documents."""

    def __init__(
        self, entries: Mapping[str, Any], finder: CitationFinder | None = None, no_sentence_end: Collection[str] = ()
    ) -> None:
        """Raises ConfigError naming the entry that can't be compiled."""
        parts = entries["parts"]
        self.finder = finder
        self.no_sentence_end = no_sentence_end
        self.first_year = int(entries["first_year"])
        self.goals = frozenset(int(year) for year in entries["goals"].split())
        self.days = tuple(_patterns(entries["day"], parts))
        self.before = compiled("before", entries["before"], parts)
        self.opening = compiled("opening", entries["opening"], parts)
        self.event = compiled("event", entries["event"], parts)
        self.held = compiled("held", entries["held"], parts)
        self.happens = compiled("happens", entries["happens"], parts)
        self.longest_event = int(entries["longest_event"])
        self.never = tuple(_patterns(entries["never"], parts))
        self.years = tuple(_patterns(entries["years"], parts))
        self.day_weights: Mapping[str, float] = {name: float(w) for name, w in entries["day_weights"].items()}
        self.hidden_weight = self.day_weights["hidden"]
        self.year_weights: Mapping[str, float] = {name: float(w) for name, w in entries["year_weights"].items()}
        self.eras = tuple(_era(entry, parts) for entry in entries["eras"])
        self.named_year = compiled("named_year", entries["named_year"], parts)
        self.recent = compiled("recent", entries["recent"], parts)
        self.part_of_day = compiled("part_of_day", parts["part_of_day"], parts)
        self._weekdays = tuple(
            (compiled("weekdays", regex, parts), int(number)) for number, regex in entries["weekdays"].items()
        )
        self.looking_back = compiled("looking_back", entries["looking_back"], parts)
        self.today = compiled("same_day_as_stamp", entries["same_day_as_stamp"], parts)
        self.vague = tuple(_patterns(entries["vague"], parts))
        self.periods = tuple(_patterns(entries["periods"], parts))
        self.notes: Mapping[str, str] = entries["notes"]

    def weekday_in(self, words: str) -> int | None:
        """The day of the week that words name, Monday as 0."""
        plain = unified(words)
        return next((number for regex, number in self._weekdays if regex.search(plain)), None)


def load_date_patterns(
    site_config: Path, finder: CitationFinder | None = None, no_sentence_end: Collection[str] = ()
) -> DatePatterns:
    """The patterns of an archive."""
    return DatePatterns(load_yaml(site_config / FILE), finder, no_sentence_end)


def _patterns(entries: Iterable[Mapping[str, Any]], parts: Mapping[str, str]) -> Iterable[Pattern]:
    for entry in entries:
        facts = dict(entry)
        if "with" in facts:
            facts["with"] = compiled(entry["id"], facts["with"], parts)
        yield Pattern(entry["id"], compiled(entry["id"], entry["regex"], parts), facts)


def _era(entry: Mapping[str, Any], parts: Mapping[str, str]) -> Era:
    since, until = (datetime.date.fromisoformat(entry[name]) if name in entry else None for name in ("since", "until"))
    regex = compiled(entry["id"], entry["regex"], parts)
    return Era(entry["id"], regex, since, until, tuple(entry["examples"]), tuple(entry["not"]))


def compiled(id: str, regex: str, parts: Mapping[str, str]) -> re.Pattern[str]:
    """A regular expression with its parts put in."""
    try:
        for _ in range(10):
            regex = _PART.sub(lambda m: f"(?:{parts[m[1]]})", regex)
        return re.compile(regex if regex.startswith(r"\A") else rf"(?<![\w])(?:{regex})")
    except (KeyError, re.error) as error:
        raise ConfigError(f"site-config/{FILE}: {id}: {error}") from error
