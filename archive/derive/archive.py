"""The whole derivation in memory: corpus → everything that follows from it.

In: a `Corpus` and what the archive knows. Out: one `Derived`. Nothing here looks at a disk, a
clock or a template. A build does the same step by step from its store (archive/steps).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from archive.citations import DocumentIndex
from archive.derive.documents import document_dossier
from archive.derive.entities import entity_dossier
from archive.derive.events import event_dossier
from archive.derive.ground import rows_of_article, rows_of_event, rows_of_record
from archive.derive.mentions import MentionFinder
from archive.derive.moments import in_order_of_time, moment_of_article, moment_of_event
from archive.derive.officials import last_role, official_dossier
from archive.derive.parts import ArticleReader
from archive.derive.passages import Text
from archive.derive.rows import all_rows
from archive.knowledge import Knowledge
from archive.model.corpus import Corpus
from archive.model.derived import Derived, Moment, ReadArticle
from archive.model.lists import MemoryIndex, Row


class _Memory:
    """A `Ground` in memory."""

    def __init__(self, corpus: Corpus, no_sentence_end: frozenset[str]) -> None:
        self.corpus = corpus
        self.moments: dict[str, Moment] = {}
        self.texts = {id: Text.of(article, no_sentence_end) for id, article in corpus.articles.items()}
        self._rows: dict[tuple[str, str], list[Row]] = defaultdict(list)

    def text(self, article: str) -> Text | None:
        return self.texts.get(article)

    def values(self, list: str, part: str) -> Sequence[Any]:
        return [row.value for row in sorted(self._rows.get((list, part), ()), key=lambda row: (row.sort, row.id))]

    def add(self, rows: Iterable[Row]) -> None:
        for row in rows:
            self._rows[row.list, row.part].append(row)


def derive(corpus: Corpus, knowledge: Knowledge) -> Derived:
    """Everything that follows from the corpus."""
    ground = _Memory(corpus, knowledge.no_sentence_end)
    for kind in knowledge.kinds:
        for record in corpus.records(kind).values():
            ground.add(rows_of_record(kind, record))
    reader = ArticleReader(
        corpus, knowledge, MentionFinder(corpus, knowledge, DocumentIndex.of(corpus.documents.values()))
    )
    read: dict[str, ReadArticle] = {}
    for article in corpus.articles.values():
        read[article.id], parts = reader.read(article, ground.texts[article.id])
        ground.add(rows_of_article(article, read[article.id], parts))
    events = {id: event_dossier(event, ground) for id, event in corpus.events.items()}
    absent = absent_capacities(knowledge)
    for id, event in corpus.events.items():
        ground.add(rows_of_event(event, events[id], ground, absent))
    moments = [moment_of_event(id, dossier, knowledge) for id, dossier in events.items()]
    moments += (moment_of_article(a, knowledge) for a in corpus.articles.values() if a.event not in corpus.events)
    ground.moments = {moment.key: moment for moment in sorted(moments, key=in_order_of_time)}
    officials = {id: official_dossier(official, ground) for id, official in corpus.officials.items()}
    documents = {id: document_dossier(document, ground) for id, document in corpus.documents.items()}
    return Derived(
        read=read,
        events=events,
        officials=officials,
        documents=documents,
        entities={
            kind: {id: entity_dossier(entity, ground) for id, entity in corpus.entities.get(kind, {}).items()}
            for kind in knowledge.added_kinds
        },
        moments=ground.moments,
        index=MemoryIndex(all_rows(corpus, read, ground.moments.values(), knowledge)),
        last_roles={id: last_role(dossier) for id, dossier in officials.items()},
        times_cited={id: len(dossier.citations) for id, dossier in documents.items()},
    )


def absent_capacities(knowledge: Knowledge) -> frozenset[str]:
    """Capacities of people who are named and were not there."""
    terms = knowledge.vocabularies["capacities"].items()
    return frozenset(code for code, term in terms if term.facts.get("present") == "false")
