"""An archive that lies in a store: its records and all that follows from them, read when asked for.

In: a store. Out: the same `Corpus` and `Derived` that exist in memory elsewhere, the ground on
which dossiers are made, and an index of lists. Whatever is read is told to the tracker.
"""

from __future__ import annotations

import dataclasses
import pickle
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import msgspec

from archive.derive.passages import Text, visible_blocks
from archive.knowledge import Knowledge
from archive.memo import Lazy, Store, Tracker
from archive.model.corpus import Corpus
from archive.model.dates import Date
from archive.model.derived import (
    Derived,
    DocumentDossier,
    EntityDossier,
    EventDossier,
    Moment,
    OfficialDossier,
    ReadArticle,
    UnresolvedCitation,
)
from archive.model.parts import DocumentPart, EntityPart, OfficialPart, RelationPart, ReportPart
from archive.model.records import ArticleHead, Correction, DateBasis, Document, Page, Removed
from archive.problems import Problem

_ROWS: Mapping[str, Any] = {
    "in/officials": OfficialPart,
    "in/documents": DocumentPart,
    "in/relations": RelationPart,
    "in/possible": UnresolvedCitation,
    "in/reports": ReportPart,
    "in/present": tuple[str, tuple[str, ...]],
    "in/relates": str,
    "in/carries-out": str,
}
# How many values are kept: those that hold an article's text or a whole dossier, records, and what is small.
_BIG, _MIDDLE, _SMALL = 60, 600, 3000

encode: Callable[[Any], bytes] = msgspec.msgpack.Encoder().encode


@cache
def decoder(of: Any) -> Callable[[bytes], Any]:
    decode: Callable[[bytes], Any] = msgspec.msgpack.Decoder(of).decode
    return decode


def _decode_sample(blob: bytes) -> array[int]:
    return array("Q", decoder(bytes)(blob))


def decode_problems(blob: bytes) -> list[Problem]:
    found: list[Problem] = decoder(list[Problem])(blob) if blob else []
    return found


class StoredIndex:
    """The index of lists (model/lists.py). `longer` is answered by a value of its own."""

    def __init__(self, store: Store, tracker: Tracker, list_size: int) -> None:
        self._store = store
        self._tracker = tracker
        self._list_size = list_size
        self._parts: dict[str, tuple[tuple[str, int], ...]] = {}

    def parts(self, list: str) -> tuple[tuple[str, int], ...]:
        self._tracker.read(f"{list}=*")
        return self._counted(list)

    def ids(self, list: str, part: str, most: int = -1) -> tuple[str, ...]:
        self._tracker.read(f"{list}={part}")
        return self._store.ids(list, part, most)

    def lists(self, prefix: str) -> tuple[str, ...]:
        self._tracker.read(f"{prefix.partition(':')[0]}:")
        return self._store.lists(prefix)

    def longer(self, list: str, than: int) -> bool:
        self._tracker.read(f"longer/{list}" if than == self._list_size else f"{list}=*")
        return sum(count for _, count in self._counted(list)) > than

    def _counted(self, list: str) -> tuple[tuple[str, int], ...]:
        if list not in self._parts:
            if len(self._parts) >= _SMALL:
                self._parts.clear()
            self._parts[list] = self._store.parts(list)
        return self._parts[list]

    def forget(self) -> None:
        self._parts.clear()


class Readings(Mapping[str, ReadArticle]):
    """Read articles; their blocks are the article's own and are not kept twice."""

    def __init__(self, kept: Lazy[ReadArticle], corpus: Corpus) -> None:
        self._kept = kept
        self._corpus = corpus
        self._joined: dict[str, ReadArticle] = {}

    def __getitem__(self, id: str) -> ReadArticle:
        read, article = self._kept[id], self._corpus.articles[id]
        if id not in self._joined:
            if len(self._joined) >= _BIG:
                self._joined.clear()
            self._joined[id] = dataclasses.replace(read, blocks=visible_blocks(article))
        return self._joined[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)

    def forget(self) -> None:
        self._joined.clear()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class StoredHead:
    """The part of a stored article that lists want (ArticleHead)."""

    id: str
    title: str
    date: Date | None = None
    date_basis: DateBasis | None = None
    level: str | None = None
    publisher: str | None = None
    byline: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class StoredCorpus(Corpus):
    """Asks for a label without the record: a label changes less often. Of an article, reads no more than is asked."""

    labels: Mapping[str, str] = dataclasses.field(default_factory=dict)
    heads: Mapping[str, ArticleHead] = dataclasses.field(default_factory=dict)

    def head(self, article: str) -> ArticleHead:
        return self.heads[article]

    def label(self, kind: str, id: str) -> str:
        return self.labels[f"{kind}/{id}"]


class StoredArchive:
    """Records, dossiers and lists of one store. It is a `Ground` for the dossiers, too."""

    def __init__(self, store: Store, knowledge: Knowledge, list_size: int) -> None:
        self.store = store
        self.tracker = Tracker()
        self.knowledge = knowledge
        self._lazies: list[Lazy[Any]] = []
        self._texts: dict[str, Text] = {}
        kinds = {
            id: self._lazy(f"records/{id}/", kind.model, _BIG if id == "articles" else _MIDDLE, f"label/{id}/")
            for id, kind in knowledge.kinds.items()
        }
        self.corpus = StoredCorpus(
            labels=self._lazy("label/", str, 10 * _SMALL),
            heads=self._lazy("records/articles/", StoredHead, _SMALL),
            articles=kinds["articles"],
            events=kinds["events"],
            officials=kinds["officials"],
            documents=kinds["documents"],
            entities={kind: kinds[kind] for kind in knowledge.added_kinds},
            pages=self._lazy("records/pages/", Page, _BIG),
            removed=self._lazy("records/removed/", Removed, _SMALL),
        )
        self.moments: Lazy[Moment] = self._lazy("moments/", Moment, _SMALL)
        self.samples: Lazy[array[int]] = Lazy(store, self.tracker, "sample/", _decode_sample, _MIDDLE)
        self._lazies.append(self.samples)
        self._readings = Readings(self._lazy("read/", ReadArticle, _BIG), self.corpus)
        self.index = StoredIndex(store, self.tracker, list_size)
        added = {kind: self._lazy(f"dossiers/{kind}/", EntityDossier, _BIG) for kind in knowledge.added_kinds}
        self.derived = Derived(
            read=self._readings,
            entities=added,
            events=self._lazy("dossiers/events/", EventDossier, _BIG),
            officials=self._lazy("dossiers/officials/", OfficialDossier, _BIG),
            documents=self._lazy("dossiers/documents/", DocumentDossier, _BIG),
            moments=self.moments,
            index=self.index,
            last_roles=self._lazy("last-role/", str, _SMALL),
            times_cited=self._lazy("times-cited/", int, _SMALL),
            corrections=self._lazy("corrections/", tuple[Correction, ...], _SMALL),
            samples=self.samples,
        )
        # Written by this program into its own work folder, and read by it alone.
        self.plans: Lazy[Any] = Lazy(store, self.tracker, "plan/", pickle.loads, _BIG)
        self._lazies.append(self.plans)

    def _lazy(self, prefix: str, of: Any, most: int, presence: str = "") -> Lazy[Any]:
        lazy = Lazy[Any](self.store, self.tracker, prefix, decoder(of), most, presence)
        self._lazies.append(lazy)
        return lazy

    def forget(self) -> None:
        """The store has changed."""
        for lazy in self._lazies:
            lazy.forget()
        self._readings.forget()
        self.index.forget()
        self._texts.clear()

    def text(self, article: str) -> Text | None:
        if article not in self.corpus.articles:
            return None
        self.tracker.read(f"records/articles/{article}")
        if article not in self._texts:
            if len(self._texts) >= _BIG:
                self._texts.clear()
            self._texts[article] = Text.of(self.corpus.articles[article], self.knowledge.no_sentence_end)
        return self._texts[article]

    def values(self, list: str, part: str) -> Sequence[Any]:
        self.tracker.read(f"{list}={part}")
        of = _ROWS.get(list, str if list.startswith("in/notes/") else EntityPart)
        return [decoder(of)(value) for value in self.store.values(list, part)]

    def documents_by(self, by: str, key: str) -> Sequence[Document]:
        """For the index of documents (citations/resolve.py)."""
        self.tracker.read(f"in/documents-by-{by}={key}")
        return [self.corpus.documents[id] for id in self.store.ids(f"in/documents-by-{by}", key)]
