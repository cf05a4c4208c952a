"""What dossiers are made from: the records, the parts of articles, and the texts of a few articles.

In: nothing. Out: `Ground`, which the build fills from its store (archive/steps/stored.py); and the
rows by which parts and records reach the dossiers they belong to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from archive.derive.passages import Text
from archive.knowledge import Knowledge
from archive.model.corpus import Corpus
from archive.model.derived import EventDossier, Moment, ReadArticle
from archive.model.lists import Row
from archive.model.parts import ArticleParts
from archive.model.records import Article, Authority, Document, Event, Record


def in_time(article: Article) -> str:
    """A sort key: the order of time, without a date last."""
    return "/".join(map(str, article.date.sort_key)) if article.date else "~"


class Ground(Protocol):
    """Everything a dossier may rest on."""

    @property
    def corpus(self) -> Corpus: ...

    @property
    def moments(self) -> Mapping[str, Moment]: ...

    def text(self, article: str) -> Text | None:
        """The visible text of an article; None if there is no such article."""

    def values(self, list: str, part: str) -> Sequence[Any]:
        """The values of one part of a list of rows, in its order."""


def rows_of_article(article: Article, read: ReadArticle, parts: ArticleParts) -> Iterator[Row]:
    """Where the parts of an article go. Reports and entities stand in the order of ids, the rest in that of time."""
    time = in_time(article)
    for id, official in parts.officials.items():
        yield Row("in/officials", id, time, article.id, official)
    for id, document in parts.documents.items():
        yield Row("in/documents", id, time, article.id, document)
    for number, relation in enumerate(parts.relations):
        for end in sorted({relation.one, relation.other}):
            yield Row("in/relations", end, time, f"{article.id} {number:04}", relation)
    for number, citation in enumerate(read.unresolved):
        for id in citation.candidates:
            yield Row("in/possible", id, time, f"{article.id} {number:04}", citation)
    if parts.report and article.event:
        yield Row("in/reports", article.event, "", article.id, parts.report)
    for kind, by_id in parts.entities.items():
        for id, entity in by_id.items():
            yield Row(f"in/{kind}", id, "", article.id, entity)


def rows_of_record(kind: str, record: Record) -> Iterator[Row]:
    """What a record says of other records, filed under those."""
    if not isinstance(record, Authority):
        return
    for other in dict.fromkeys(note.record for note in record.possibly_same_as):
        yield Row(f"in/notes/{kind}", other, "", record.id, record.id)
    if isinstance(record, Document):
        for other in dict.fromkeys(relation.document for relation in record.relations):
            yield Row("in/relates", other, "", record.id, record.id)
    if isinstance(record, Event):
        for other in dict.fromkeys(item.document for item in record.carries_out):
            yield Row("in/carries-out", other, "", record.id, record.id)


def rows_of_event(event: Event, dossier: EventDossier, ground: Ground, absent: frozenset[str]) -> Iterator[Row]:
    """Everybody who was at an event, filed under each of them."""
    present = sorted(
        {
            person.official
            for person in dossier.people
            if person.official
            and person.official in ground.corpus.officials
            and any(set(report.capacity) - absent for _, report, _ in person.reports)
        }
    )
    for id in present:
        yield Row("in/present", id, "", event.id, (event.id, tuple(present)))


def absent_capacities(knowledge: Knowledge) -> frozenset[str]:
    """Capacities of people who are named and were not there."""
    terms = knowledge.vocabularies["capacities"].items()
    return frozenset(code for code, term in terms if term.facts.get("present") == "false")
