"""How days of events are written and what their year rests on: site-config/event-dates.yml, compiled.

In: that file and the finder of citations. Out: `DatePatterns`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive.citations import CitationFinder
from archive.config import ConfigError, load_yaml

FILE = "event-dates.yml"
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
        self.looking_back = compiled("looking_back", entries["looking_back"], parts)
        self.today = compiled("same_day_as_stamp", entries["same_day_as_stamp"], parts)
        self.vague = tuple(_patterns(entries["vague"], parts))
        self.periods = tuple(_patterns(entries["periods"], parts))
        self.notes: Mapping[str, str] = entries["notes"]


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


def compiled(id: str, regex: str, parts: Mapping[str, str]) -> re.Pattern[str]:
    """A regular expression with its parts put in."""
    try:
        for _ in range(10):
            regex = _PART.sub(lambda m: f"(?:{parts[m[1]]})", regex)
        return re.compile(regex if regex.startswith(r"\A") else rf"(?<![\w])(?:{regex})")
    except (KeyError, re.error) as error:
        raise ConfigError(f"site-config/{FILE}: {id}: {error}") from error
