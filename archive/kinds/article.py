"""Articles: what the page of a press report shows, its rows in the data, its search entry, its head.

In: the render context and an article. Out: `ArticleDossier`, rows, and what lists say of an article.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from archive.database import Database, Query
from archive.database.rows import passage_at
from archive.extract.lists import by_date
from archive.extract.text import blocks_of
from archive.json_text import strings
from archive.kinds import facets
from archive.kinds.authority import correction_rows, day, edtf, participant_rows, place_row
from archive.kinds.context import RenderContext
from archive.kinds.kind import Found, Head, Json, KindModule, Subject, TableRow
from archive.known import article_row, sample_of
from archive.model.dates import Date
from archive.model.derived import CitedEntry, Mention, Passage
from archive.model.edtf import parse_date
from archive.model.records import Article, DateBasis, Source
from archive.model.schema import fields_of
from archive.model.text import Block, BlockKind, Span

MENTIONS_TABLE = "mentions"


@dataclass(frozen=True, slots=True)
class ArticleDossier:
    """An article as it may be shown: its blocks by anchor, what they mention, where its facts stand.

    `people` is by printed name, `documents` in the order of the front matter. `notes` are, by the anchor of a block,
    the documents that the text names there for the first time. `earlier` and `later` are the reports beside it in time.
    """

    blocks: Mapping[str, Block]
    mentions: tuple[Mention, ...]
    date: Passage
    place: Passage
    people: Mapping[str, Passage]
    documents: tuple[CitedEntry, ...]
    notes: Mapping[str, tuple[str, ...]]
    earlier: str | None
    later: str | None


def _mention(
    article: str, anchor: str, start: int, end: int, printed: str, kind: str, candidates: str, entry: int
) -> Mention:
    return Mention(kind, Span(article, anchor, start, end), printed, strings(candidates), entry)


MENTIONS = Query(
    'SELECT article, anchor, start, "end", printed, kind, candidates, entry FROM mention WHERE article = :article '
    "ORDER BY position",
    _mention,
)
FACTS = Query(
    "SELECT field, candidates, article, anchor, words, marks, cut FROM fact WHERE article = :article ORDER BY field",
    lambda field, candidates, *passage: (field, strings(candidates), passage_at(*passage)),
)
NEIGHBOURS = Query(
    "SELECT earlier, later FROM neighbour WHERE article = :article", lambda earlier, later: (earlier, later)
)
SAMPLE = Query(
    "SELECT hashes FROM shingle_sample WHERE article = :article", lambda hashes: tuple(array("Q", bytes(hashes)))
)


@dataclass(frozen=True, slots=True)
class ArticleHead:
    """What lists say of an article: its text is not read for that."""

    id: str
    title: str
    date: Date | None
    date_basis: DateBasis | None
    level: str | None
    publisher: str | None
    byline: tuple[str, ...]


def _head(
    id: str,
    title: str,
    date: str | None,
    basis: str | None,
    words: str | None,
    level: str | None,
    publisher: str | None,
    byline: str,
) -> ArticleHead:
    return ArticleHead(
        id=id,
        title=title,
        date=parse_date(date) if date else None,
        date_basis=DateBasis(basis, words or "") if basis else None,
        level=level,
        publisher=publisher,
        byline=strings(byline),
    )


HEAD = Query(
    "SELECT id, title, date, date_basis_kind, date_basis_words, level, publisher, byline FROM article WHERE id = :id",
    _head,
)


def article_head(db: Database, id: str) -> ArticleHead:
    """Raises KeyError if there is no such article."""
    head = db.first(HEAD, id=id)
    if head is None:
        raise KeyError(id)
    return head


class OfArticle(Protocol):
    """Something that stands in an article."""

    @property
    def article(self) -> str: ...


def date_of_passage(context: RenderContext, passage: OfArticle) -> Date | None:
    """The date of the article that something stands in."""
    return article_head(context.db, passage.article).date


def by_time(context: RenderContext, found: Iterable[OfArticle]) -> tuple[str, ...]:
    """The articles that things stand in, each once, in order of time; those without a date last."""
    dates = {article: article_head(context.db, article).date for article in {one.article for one in found}}
    return tuple(sorted(dates, key=lambda article: (by_date(dates[article]), article)))


def by_article(context: RenderContext, passages: Iterable[Passage]) -> list[tuple[ArticleHead, list[Passage]]]:
    """Passages under the article that they stand in, the newest article first, those without a date last."""
    found: dict[str, list[Passage]] = {}
    for passage in passages:
        found.setdefault(passage.article, []).append(passage)
    heads = [article_head(context.db, article) for article in by_time(context, [own[0] for own in found.values()])]
    heads.reverse()
    return [(head, found[head.id]) for head in sorted(heads, key=lambda head: head.date is None)]


def facts_of(db: Database, article: str) -> Mapping[str, Passage]:
    """Where an article says what its front matter says: `date`, `place`, `people.<name>`, `documents.<n>`."""
    return {field: passage for field, _, passage in db.ask(FACTS, article=article)}


class ArticleKind(KindModule[Article, ArticleDossier]):
    group = "article"

    def dossier(self, context: RenderContext, record: Article) -> ArticleDossier:
        db, nowhere = context.db, Passage(record.id)
        found = {field: (targets, passage) for field, targets, passage in db.ask(FACTS, article=record.id)}
        facts = {field: passage for field, (_, passage) in found.items()}
        cited = (CitedEntry(entry.printed, *found[f"documents.{n}"]) for n, entry in enumerate(record.documents))
        mentions = db.ask(MENTIONS, article=record.id)
        earlier, later = db.first(NEIGHBOURS, article=record.id) or (None, None)
        return ArticleDossier(
            blocks=blocks_of(db, record.id),
            mentions=mentions,
            date=facts.get("date", nowhere),
            place=facts.get("place", nowhere),
            people={person.name: facts.get(f"people.{person.name}", nowhere) for person in record.people},
            documents=tuple(cited),
            notes=_notes(mentions),
            earlier=earlier,
            later=later,
        )

    def row(self, subject: Subject[Article, ArticleDossier]) -> TableRow:
        article = subject.record
        basis = article.date_basis
        return {
            "id": article.id,
            "url": subject.url,
            "title": article.title,
            "title_by": article.title_by,
            "date": edtf(article.date),
            "date_basis": basis.kind if basis else None,
            "date_words": (basis.words or None) if basis else None,
            "period": edtf(article.period),
            "event": article.event,
            "level": article.level,
            "sector": article.sector,
            "place": place_row(article.place),
            "publisher": article.publisher,
            "published": edtf(article.published),
            "byline": article.byline,
            "rights": article.rights,
            "speakers": participant_rows(article.speakers),
            "attendees": participant_rows(article.attendees),
            "mentioned": participant_rows(article.mentioned),
            "documents": _cited_rows(article),
            "topics": article.topics,
            **_source_columns(article.source),
            "corrections": correction_rows(article.corrections),
        }

    def rows(self, subject: Subject[Article, ArticleDossier]) -> Iterator[tuple[str, list[TableRow]]]:
        yield from super().rows(subject)
        if rows := [_mention_row(mention) for mention in subject.dossier.mentions]:
            yield MENTIONS_TABLE, rows

    def known(self, subject: Subject[Article, ArticleDossier]) -> Json:
        return article_row(subject.record, _shown_sample(subject))

    def found(self, subject: Subject[Article, ArticleDossier]) -> Found:
        context, article = subject.context, subject.record
        shown = (block for block in subject.dossier.blocks.values() if block.kind is not BlockKind.TITLE)
        cited = (id for entry in subject.dossier.documents for id in entry.targets)
        return Found(
            date=article.date,
            facts=facets.date_and_level(context, article.date, article.level),
            names=tuple(dict.fromkeys(person.name for person in article.people)),
            blocks=tuple((block.anchor, block.text) for block in shown),
            said=article.byline,
            filters={
                "year": facets.years(article.date),
                "level": facets.level(context, article.level),
                "place": facets.places(context, [article.place]),
                "official": facets.records(context, "officials", (person.official for person in article.people)),
                "document": facets.records(context, "documents", cited),
            },
        )

    def head(self, subject: Subject[Article, ArticleDossier]) -> Head:
        article = subject.record
        core = {
            "type": "Text",
            "creator": article.byline,
            "publisher": article.publisher,
            "coverage": article.place.printed if article.place else None,
            "source": article.source.url if article.source else None,
            "issued": edtf(article.published),
        }
        linked: TableRow = {
            "@type": "NewsArticle",
            "headline": article.title,
            "inLanguage": subject.context.settings.language,
            "author": [{"@type": "Person", "name": name} for name in article.byline],
            "datePublished": day(article.published),
            "publisher": {"@type": "Organization", "name": article.publisher} if article.publisher else None,
        }
        return Head(core, linked, article.date, _citation(article))


def _citation(article: Article) -> dict[str, str | Sequence[str] | None]:
    """The report as reference managers take it: each author by itself, since a comma means "family, given" to them."""
    published = day(article.published)
    return {
        "title": article.title,
        "author": article.byline,
        "publication_date": published and published.replace("-", "/"),
        "publisher": article.publisher,
    }


def _notes(mentions: Sequence[Mention]) -> Mapping[str, tuple[str, ...]]:
    first: dict[str, str] = {}
    for mention in mentions:
        if mention.kind == "documents" and mention.resolved:
            first.setdefault(mention.targets[0], mention.span.anchor)
    notes: dict[str, tuple[str, ...]] = {}
    for document, anchor in first.items():
        notes[anchor] = (*notes.get(anchor, ()), document)
    return notes


def _source_columns(source: Source | None) -> TableRow:
    """A column for each field of the source, in the order of its class."""
    values = {name: getattr(source, name, None) for name in fields_of(Source)}
    return {f"source_{name}": edtf(value) if isinstance(value, Date) else value for name, value in values.items()}


def _cited_rows(article: Article) -> list[TableRow]:
    return [
        {
            "document": cited.document,
            "printed": cited.printed,
            "type": cited.type,
            "number": cited.number,
            "date": edtf(cited.date),
            "issuer": cited.issuer,
            "title": cited.title,
        }
        for cited in article.documents
    ]


def _mention_row(mention: Mention) -> TableRow:
    span = mention.span
    return {
        "article": span.article,
        "paragraph": span.anchor,
        "start": span.start,
        "end": span.end,
        "printed": mention.printed,
        "kind": mention.kind,
        "records": mention.targets,
    }


def _shown_sample(subject: Subject[Article, ArticleDossier]) -> Sequence[int]:
    """The hashes of the text that readers see: of the whole text they are known already."""
    if subject.record.rights == "full":
        return subject.context.db.first(SAMPLE, article=subject.record.id) or ()
    shown = subject.dossier.blocks.values()
    return sample_of(block for block in shown if block.kind not in (BlockKind.TITLE, BlockKind.CAPTION))
