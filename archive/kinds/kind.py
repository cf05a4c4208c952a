"""What every kind of record says of itself: its dossier, sections, rows, search entry and head.

In: nothing. Out: `KindModule`, which each module of this room fills in, and the values that it hands on. Outputs
(archive/outputs) talk to a kind through it, and know none by name.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeAlias, TypeVar

from archive.bibliography.entry import Published
from archive.kinds.context import RenderContext
from archive.knowledge import Kind
from archive.model.dates import Date
from archive.model.records import Record

Json: TypeAlias = "str | int | bool | Sequence[Json] | Mapping[str, Json] | None"
TableRow: TypeAlias = dict[str, Json]
Choices: TypeAlias = tuple[tuple[str, str], ...]  # (id, label) of values that readers can narrow a search by

Held = TypeVar("Held", bound=Record)
Dossier = TypeVar("Dossier")


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a dossier: its field, and its words in labels.yml; addresses.yml says where its pages are.

    `date` says when an entry is, in sections that are in order of time: there the newest entries are the last. `parts`
    is a field of the entries whose members count one by one, as each takes as much room as an entry of one.
    """

    field: str
    words: str
    date: Callable[[RenderContext, Any], Date | None] | None = None
    parts: str = ""


@dataclass(frozen=True, slots=True)
class Subject(Generic[Held, Dossier]):
    """A record, and all that is known of it."""

    context: RenderContext
    kind: Kind
    record: Held
    dossier: Dossier

    @property
    def key(self) -> str:
        return f"{self.kind.id}/{self.record.id}"

    @property
    def address(self) -> str:
        return f"{self.kind.address}/{self.record.id}/"

    @property
    def url(self) -> str:
        return self.context.settings.url + self.address

    @property
    def published(self) -> Published:
        settings = self.context.settings
        return Published(self.key, self.url, settings.name, settings.language)


AnySubject: TypeAlias = Subject[Any, Any]
"""A record of any kind with its dossier, as `module_of(subject.kind)` takes it."""


@dataclass(frozen=True, slots=True)
class Found:
    """What search may find of a record beside its title (archive/model/search.py: SearchEntry)."""

    date: Date | None = None
    facts: str = ""
    names: tuple[str, ...] = ()
    blocks: tuple[tuple[str, str], ...] = ()
    filters: Mapping[str, Choices] = field(default_factory=dict)
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says of itself to machines: Dublin Core elements, schema.org properties; empty ones are left out.

    Of an element with several values each is said by itself. `date` stands in its description; `citation` is what
    reference managers read (`citation_author` and its like), a name as often as it has values.
    """

    dublin_core: Mapping[str, str | Sequence[str] | None]
    schema_org: Mapping[str, Json]
    date: Date | None = None
    citation: Mapping[str, str | Sequence[str] | None] = field(default_factory=dict)


class KindModule(ABC, Generic[Held, Dossier]):
    """One kind of records. `group` is its place in labels.yml."""

    group: str
    sections: tuple[Section, ...] = ()

    @abstractmethod
    def dossier(self, context: RenderContext, record: Held) -> Dossier:
        """All that its page shows beside the record itself."""

    @abstractmethod
    def row(self, subject: Subject[Held, Dossier]) -> TableRow:
        """Its row in the table of its kind: column → value."""

    def rows(self, subject: Subject[Held, Dossier]) -> Iterator[tuple[str, list[TableRow]]]:
        """All its rows by table; a table in which it has none is left out."""
        yield subject.kind.id, [self.row(subject)]

    def known(self, subject: Subject[Held, Dossier]) -> Json:
        """What the importer has to know of it (archive/known.py); None if it needs nothing."""
        return None

    @abstractmethod
    def found(self, subject: Subject[Held, Dossier]) -> Found:
        """What search may find of it."""

    @abstractmethod
    def head(self, subject: Subject[Held, Dossier]) -> Head:
        """What its page says of itself to machines."""

    def totals(self, dossier: Dossier) -> Mapping[str, int]:
        """Numbers that its page shows even where a section is cut: of each section's entries, and more."""
        return {section.field: len(getattr(dossier, section.field)) for section in self.sections}
