"""The render context: what every page, table and search entry is made from.

In: nothing. Out: `RenderContext`, the same for all that one build writes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from archive.config import Settings
from archive.database import Database
from archive.database.records import StoredCorpus
from archive.date_words import DateWords
from archive.extract import Text, text_of
from archive.knowledge import Kind, Knowledge


@dataclass(frozen=True)
class RenderContext:
    """The archive, what it knows, and how it speaks."""

    db: Database
    knowledge: Knowledge
    settings: Settings

    @cached_property
    def corpus(self) -> StoredCorpus:
        return StoredCorpus.of(self.db, self.knowledge)

    @cached_property
    def dates(self) -> DateWords:
        return DateWords(self.knowledge.date_words)

    def text(self, article: str) -> Text | None:
        """The visible text of an article; None if there is no such article."""
        return text_of(self.db, article, self.knowledge.no_sentence_end)

    def address(self, kind: str, id: str) -> str:
        """Where a record's page is on the site: `nguoi/a/`."""
        return f"{self.knowledge.kinds[kind].address}/{id}/"

    def record_at(self, address: str) -> tuple[str, str] | None:
        """Kind and id of the record whose page has an address (`nguoi/a/`), there or not; None for other addresses."""
        kind = self.kind_at(address)
        id = address.removeprefix(f"{kind.address}/").rstrip("/") if kind else ""
        return (kind.id, id) if kind and id and "/" not in id else None

    def kind_at(self, address: str) -> Kind | None:
        """The kind whose records have pages below an address."""
        return next((kind for kind in self.knowledge.kinds.values() if address.startswith(f"{kind.address}/")), None)
