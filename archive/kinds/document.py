"""Official documents: who cites them, what is stated of them; rows in the data, search entry, head.

In: the render context and a document. Out: `DocumentDossier` and rows; open citations, which no single document
answers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from archive.database import Database, Query
from archive.database.rows import passage_at
from archive.extract.lists import by_date
from archive.kinds import facets
from archive.kinds.article import article_head, by_time, date_of_passage, facts_of
from archive.kinds.authority import NAMINGS, correction_rows, day, edtf, evidence, possibly_same, where
from archive.kinds.context import RenderContext
from archive.kinds.kind import Found, Head, Json, KindModule, Section, Subject, TableRow
from archive.kinds.timeline import date_of_moment, timeline
from archive.known import document_row
from archive.language.spelling import comparable
from archive.model.dates import Date
from archive.model.derived import Passage, PossiblyTheSame, Statement, UnresolvedCitation
from archive.model.edtf import parse_date
from archive.model.records import Document

Stated = dict[tuple[str, str], dict[Passage, None]]  # (relation, other document) → what it rests on


@dataclass(frozen=True, slots=True)
class DocumentDossier:
    """`facts` are the passages that number, date, issuer, … rest on, by field; `possible` are citations that may mean
    this document, or another one. `articles` are those that cite it, in order of time; `same_number` other documents
    under its number."""

    articles: tuple[str, ...]
    citations: tuple[Passage, ...]
    evidence: tuple[Passage, ...]
    facts: Mapping[str, Passage]
    possible: tuple[UnresolvedCitation, ...]
    relations: tuple[Statement, ...]
    inverse_relations: tuple[Statement, ...]
    carried_out_by: tuple[Statement, ...]
    possibly_same: tuple[PossiblyTheSame, ...]
    same_number: tuple[str, ...]
    timeline: tuple[str, ...]


class DocumentHead(NamedTuple):
    """What lists say of a document."""

    id: str
    name: str
    number: str | None
    issuer: str | None
    title: str | None
    date: Date | None


HEAD = Query(
    "SELECT id, name, number, issuer, title, date FROM document WHERE id = :id",
    lambda id, name, number, issuer, title, date: DocumentHead(
        id, name, number, issuer, title, parse_date(date) if date else None
    ),
)
TIMES_CITED = Query("SELECT count(*) FROM naming WHERE kind = :kind AND record = :record", int)
NUMBERED_SO = Query("SELECT id FROM document WHERE number = :number ORDER BY id", str)
CITED_AS = Query(
    "SELECT record, position, printed FROM cited_document WHERE document = :document ORDER BY record, position",
    lambda article, position, printed: (article, position, printed),
)
OPEN_CITATIONS = Query(
    "SELECT number, printed, entry FROM open_citation WHERE article = :article ORDER BY number",
    lambda number, printed, entry: (number, printed, entry),
)
OPEN_PLACES = Query(
    "SELECT number, article, anchor, words, marks, cut FROM open_citation_place WHERE article = :article "
    "ORDER BY number, position",
    lambda number, *passage: (number, passage_at(*passage)),
)
CANDIDATES = Query(
    "SELECT number, document FROM candidate WHERE article = :article ORDER BY number, document",
    lambda number, document: (number, document),
)
POSSIBLE = Query(
    "SELECT article, number FROM candidate WHERE document = :document ORDER BY sort, article, number",
    lambda article, number: (article, number),
)
_STATED = "SELECT one, type, other, article, anchor, words, marks, cut FROM stated_relation WHERE"
STATED_BY = Query(
    f"{_STATED} one = :document ORDER BY sort, article, position",
    lambda one, type, other, *passage: (type, other, passage_at(*passage)),
)
STATED_OF = Query(
    f"{_STATED} other = :document ORDER BY sort, article, position",
    lambda one, type, other, *passage: (type, one, passage_at(*passage)),
)
RELATED = Query("SELECT DISTINCT record FROM relation WHERE document = :document ORDER BY record", str)
CARRIED_OUT = Query("SELECT DISTINCT record FROM carries_out WHERE document = :document ORDER BY record", str)


def document_head(db: Database, id: str) -> DocumentHead:
    """Raises KeyError if there is no such document."""
    head = db.first(HEAD, id=id)
    if head is None:
        raise KeyError(id)
    return head


def times_cited(db: Database, id: str) -> int:
    return db.first(TIMES_CITED, kind="documents", record=id) or 0


def open_citations(context: RenderContext, article: str) -> Iterator[UnresolvedCitation]:
    """The open citations of an article, in the order of their numbers, which count from 1."""
    db = context.db
    places, candidates = db.ask(OPEN_PLACES, article=article), db.ask(CANDIDATES, article=article)
    for number, printed, entry in db.ask(OPEN_CITATIONS, article=article):
        yield UnresolvedCitation(
            article=article,
            printed=printed,
            candidates=tuple(document for of, document in candidates if of == number),
            passages=tuple(passage for of, passage in places if of == number),
            stated=context.corpus.articles[article].documents[entry] if entry >= 0 else None,
        )


def open_citation(context: RenderContext, article: str, number: int) -> UnresolvedCitation:
    """The open citation of an article with a number."""
    return [*open_citations(context, article)][number - 1]


class DocumentKind(KindModule[Document, DocumentDossier]):
    group = "document"
    sections = (
        Section("relations", "relations", parts="passages"),
        Section("inverse_relations", "relations", parts="passages"),
        Section("carried_out_by", "carried_out", parts="passages"),
        Section("citations", "cited", date_of_passage),
        Section("possible", "possible", date_of_passage, parts="passages"),
        Section("timeline", "timeline", date_of_moment),
    )

    def dossier(self, context: RenderContext, record: Document) -> DocumentDossier:
        db, id = context.db, record.id
        namings = db.ask(NAMINGS, kind="documents", record=id)
        forward, inverse = _relations(context, record)
        numbered = db.ask(NUMBERED_SO, number=record.number) if record.number else ()
        return DocumentDossier(
            articles=by_time(context, (passage for _, passage in namings)),
            citations=tuple(passage for _, passage in namings),
            evidence=evidence(context, record.evidence),
            facts=_facts(context, record),
            possible=tuple(open_citation(context, *place) for place in db.ask(POSSIBLE, document=id)),
            relations=_statements(forward),
            inverse_relations=_statements(inverse),
            carried_out_by=tuple(_carried_out(context, id)),
            possibly_same=possibly_same(context, "documents", record),
            same_number=tuple(other for other in numbered if other != id),
            timeline=timeline(context, (moment for moment, _ in namings)),
        )

    def row(self, subject: Subject[Document, DocumentDossier]) -> TableRow:
        document, dossier = subject.record, subject.dossier
        return {
            "id": document.id,
            "url": subject.url,
            "name": document.name,
            "type": document.type,
            "number": document.number,
            "issuer": document.issuer,
            "date": edtf(document.date),
            "term": document.term,
            "title": document.title,
            "aliases": document.aliases,
            "citations": [where(passage) for passage in dossier.citations],
            "relations": [{"type": s.type, "document": s.record} for s in dossier.relations],
            "corrections": correction_rows(document.corrections),
        }

    def known(self, subject: Subject[Document, DocumentDossier]) -> Json:
        return document_row(subject.record)

    def found(self, subject: Subject[Document, DocumentDossier]) -> Found:
        context, document = subject.context, subject.record
        type = context.knowledge.document_types[document.type]
        names = (type.name, *type.short) if document.number else ()
        numbered = [document.number, *(f"{name} {document.number}" for name in names)]
        said = [document.title, document.issuer, context.dates.short(document.date) if document.date else ""]
        filters = {"year": facets.years(document.date), "document": ((document.id, document.name),)}
        # readers ask for a document by type, issuer and year in one breath
        described = [type.name, document.issuer, *facets.said(context, filters)]
        return Found(
            date=document.date,
            facts=" · ".join(filter(None, said)),
            names=tuple(dict.fromkeys(filter(None, [*numbered, *document.aliases, document.title]))),
            blocks=facets.blocks(document, [document.title, type.name, document.issuer]),
            filters=filters,
            said=(" ".join(filter(None, described)),),
        )

    def head(self, subject: Subject[Document, DocumentDossier]) -> Head:
        document = subject.record
        core = {"type": "Text", "identifier": document.number, "date": edtf(document.date)}
        linked: TableRow = {
            "@type": "CreativeWork",
            "name": document.name,
            "identifier": document.number,
            "dateCreated": day(document.date),
        }
        return Head(core, linked)


def _facts(context: RenderContext, document: Document) -> dict[str, Passage]:
    """For each field the first words that hold it, in the evidence or in a citation.

    The date is written in other words than its EDTF, so the first words count for it.
    """
    values = {name: getattr(document, name) for name in ("number", "issuer", "title", "term", "date")}
    wanted = {name: comparable(str(value)) for name, value in values.items() if value}
    facts: dict[str, Passage] = {}
    for words, passage in _words_and_passages(context, document) if wanted else ():
        held = comparable(words)
        for name in [name for name, value in wanted.items() if name == "date" or value in held]:
            facts[name] = passage
            del wanted[name]
        if not wanted:
            break
    return facts


def _words_and_passages(context: RenderContext, document: Document) -> Iterator[tuple[str, Passage]]:
    """The evidence, then what articles print where an editor says that they mean this document, in order of time."""
    for stated in document.evidence:
        text = context.text(stated.article)
        if text is not None:
            yield stated.words, text.passage_of(stated.words)
    entries = context.db.ask(CITED_AS, document=document.id)
    times = {article: by_date(article_head(context.db, article).date) for article, _, _ in entries}
    for article, position, printed in sorted(entries, key=lambda entry: (times[entry[0]], entry)):
        yield printed, facts_of(context.db, article)[f"documents.{position}"]


def _relations(context: RenderContext, document: Document) -> tuple[Stated, Stated]:
    """Relations that records hold or texts state, of this document to others and of others to it."""
    forward: Stated = defaultdict(dict)
    inverse: Stated = defaultdict(dict)
    known = context.corpus.documents
    for relation in document.relations:
        if relation.document in known:
            passages = evidence(context, relation.evidence)
            forward[relation.type, relation.document].update(dict.fromkeys(passages))
    for other in context.db.ask(RELATED, document=document.id):
        for relation in known[other].relations:
            if relation.document == document.id:
                passages = evidence(context, relation.evidence)
                inverse[relation.type, other].update(dict.fromkeys(passages))
    for type, other, passage in context.db.ask(STATED_BY, document=document.id):
        _add(forward[type, other], passage)
    for type, other, passage in context.db.ask(STATED_OF, document=document.id):
        _add(inverse[type, other], passage)
    return forward, inverse


def _add(known: dict[Passage, None], passage: Passage) -> None:
    """One passage a paragraph is enough."""
    if not any(passage.article == other.article and passage.anchor == other.anchor for other in known):
        known[passage] = None


def _statements(stated: Stated) -> tuple[Statement, ...]:
    return tuple(Statement(type, other, tuple(passages)) for (type, other), passages in sorted(stated.items()))


def _carried_out(context: RenderContext, id: str) -> Iterator[Statement]:
    for event in context.db.ask(CARRIED_OUT, document=id):
        for item in context.corpus.events[event].carries_out:
            if item.document == id:
                yield Statement("carries-out", event, evidence(context, item.evidence))
