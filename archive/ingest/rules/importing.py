"""All files of site-config/ that the importer alone reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import get_type_hints

from archive.ingest.rules.event_dates import EventDateRules
from archive.ingest.rules.level_cues import LevelCueRules
from archive.ingest.rules.linking import LinkingRules
from archive.ingest.rules.noise import NoiseRules
from archive.ingest.rules.pages import PageRules
from archive.ingest.rules.people import PeopleRules
from archive.rules.reader import read_rules


@dataclass(frozen=True, slots=True)
class ImportRules:
    """One field a file."""

    noise: NoiseRules
    pages: PageRules
    event_dates: EventDateRules
    level_cues: LevelCueRules
    people: PeopleRules
    linking: LinkingRules


IMPORT_FILES = {field.name.replace("_", "-"): field.name for field in fields(ImportRules)}
"""Names of the files, without ending → fields."""


def read_import_rules(read: Callable[[str], object]) -> ImportRules:
    """`read` gives what a file holds, by its name without ending. Raises ConfigError with the entry at fault."""
    kinds = get_type_hints(ImportRules)
    return ImportRules(**{name: read_rules(kinds[name], read(file), file) for file, name in IMPORT_FILES.items()})
