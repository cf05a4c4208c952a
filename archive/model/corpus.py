"""The whole archive in memory: every record, joined and checked, immutable.

In: nothing. Out: `Corpus`. Records are found by kind and id.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from archive.model.records import Article, Document, Entity, Event, Official, Page, Record, Removed


@dataclass(frozen=True, slots=True)
class Corpus:
    """All records, each mapping sorted by id; `entities` holds the added kinds by kind id."""

    articles: Mapping[str, Article] = field(default_factory=dict)
    events: Mapping[str, Event] = field(default_factory=dict)
    officials: Mapping[str, Official] = field(default_factory=dict)
    documents: Mapping[str, Document] = field(default_factory=dict)
    entities: Mapping[str, Mapping[str, Entity]] = field(default_factory=dict)
    pages: Mapping[str, Page] = field(default_factory=dict)
    removed: Mapping[str, Removed] = field(default_factory=dict)

    def records(self, kind: str) -> Mapping[str, Record]:
        """The records of one kind by id; empty for a kind nobody has written of."""
        built_in: Mapping[str, Mapping[str, Record]] = {
            "articles": self.articles,
            "events": self.events,
            "officials": self.officials,
            "documents": self.documents,
        }
        return built_in[kind] if kind in built_in else self.entities.get(kind, {})

    def label(self, kind: str, id: str) -> str:
        """The words by which a person knows a record."""
        return self.records(kind)[id].label
