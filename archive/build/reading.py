"""How the words of records are read to be checked: the importer's own patterns, made when the first is needed.

In: site-config/, and a database. Out: a `Reader` for the checks of evidence. Modules of the importer are loaded where
they are needed: a build that reads no text needs none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from archive.check import Reader, ReportOf, Titles
from archive.citations import CitationFinder
from archive.config import load_rules
from archive.database import Database, Query, StoredCorpus
from archive.knowledge import Knowledge
from archive.language.spelling import comparable
from archive.model.edtf import parse_date
from archive.model.printed_date import PrintedDate
from archive.model.records import Document, Event

if TYPE_CHECKING:
    from archive.ingest.level_cues import LevelCues
    from archive.ingest.printed_dates import PrintedDates

_CALLED = Query("SELECT id FROM official WHERE name = :name ORDER BY id", str)
_REPORTS = Query(
    "SELECT id, date FROM article WHERE event = :event ORDER BY id",
    lambda id, date: ReportOf(id, parse_date(date) if date else None),
)


class Readers:
    """Everything that reads words, over one database."""

    def __init__(
        self,
        site_config: Path,
        knowledge: Knowledge,
        db: Database,
        finder: CitationFinder,
        paragraphs: Callable[[str], Sequence[str]],
    ) -> None:
        self._site_config = site_config
        self._db = db
        self._corpus = StoredCorpus.of(db, knowledge)
        self.reader = Reader(
            knowledge=knowledge,
            dates=self._read_dates,
            citations=finder.find,
            titles=Titles(self._titles),
            short_names=self._short_names,
            level_of=self._level_of,
            names_of=lambda id: self._corpus.names("officials", id),
            called_so=lambda name: db.ask(_CALLED, name=name),
            document_of=self._document,
            event_of=self._event,
            reports_of=lambda event: db.ask(_REPORTS, event=event),
            paragraphs=paragraphs,
        )

    def _document(self, id: str) -> Document | None:
        return self._corpus.documents.get(id)

    def _event(self, id: str) -> Event | None:
        return self._corpus.events.get(id)

    def _read_dates(self, words: str) -> list[PrintedDate]:
        return self._dates.read(words)

    @cached_property
    def _dates(self) -> PrintedDates:
        from archive.ingest.printed_dates import PrintedDates
        from archive.ingest.rules.event_dates import EventDateRules

        return PrintedDates(load_rules(EventDateRules, self._site_config, "event-dates"))

    @cached_property
    def _cues(self) -> LevelCues:
        from archive.ingest.level_cues import load_level_cues

        return load_level_cues(self._site_config)

    def _titles(self) -> list[str]:
        from archive.ingest.rules.people import PeopleRules

        people = load_rules(PeopleRules, self._site_config, "people")
        lists = (people.honorifics, people.capital_honorifics, people.introducers, people.academic, people.ranks)
        return list(chain(*lists, people.saints, people.former))

    def _short_names(self, name: str) -> list[str]:
        return [short for short, full in self._cues.aliases.items() if comparable(full) == comparable(name)]

    def _level_of(self, organiser: str) -> str | None:
        """The level of a body whose words all speak of one; None where they leave a doubt."""
        from archive.ingest.organisers import CITY, find_bodies

        bodies = find_bodies([organiser], "", self._cues)
        levels = {body.cue.means for body in bodies}
        if len(levels) != 1 or CITY in levels or any(body.cue.rule.ask for body in bodies):
            return None
        return levels.pop()
