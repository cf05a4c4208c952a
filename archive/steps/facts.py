"""From files to dossiers: what is computed of each record, one at a time.

In: a store, the paths, and one key. Out: what that cell makes (`Made`). Levels, in order:
`record` (a file), `article` (its text read), `alike` (compared with others), `event`, `dossier`
(people, documents, added kinds).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from archive.assemble import check_references
from archive.check import (
    LARGEST_CROWD,
    check_alike,
    check_article,
    check_authority,
    check_corrections,
    check_doubts,
    check_source,
    document_key,
    full_text,
    is_description,
    sample,
    sketch,
)
from archive.citations import CitationFinder, DocumentIndex, document_keys
from archive.config import Paths, Settings
from archive.derive import (
    ArticleReader,
    MentionFinder,
    absent_capacities,
    article_rows,
    as_shown,
    correction_rows,
    document_dossier,
    document_rows,
    entity_dossier,
    entity_rows,
    event_dossier,
    last_role,
    moment_of_article,
    moment_of_event,
    moment_rows,
    official_dossier,
    official_rows,
    rows_of_article,
    rows_of_event,
    rows_of_record,
)
from archive.fields import fields_of_kind
from archive.holdings import record_of
from archive.knowledge import Knowledge
from archive.memo import Made, Store
from archive.memo.store import RowKey, digest
from archive.model.lists import Row
from archive.model.records import Article, Authority, Document, Entity, Official, Page, Record
from archive.problems import Report
from archive.steps.stored import StoredArchive, encode


class Facts:
    """Computes cells of the levels up to dossiers, over one store."""

    def __init__(self, paths: Paths, settings: Settings, knowledge: Knowledge, store: Store) -> None:
        self.paths = paths
        self.contents = [paths.content]  # behind the archive's own those of bundles that are tried
        self.settings = settings
        self.knowledge = knowledge
        self.archive = StoredArchive(store, knowledge, settings.list_size)
        self._reader: ArticleReader | None = None
        self._absent = absent_capacities(knowledge)

    @property
    def reader(self) -> ArticleReader:
        """Made when first needed: its patterns take a moment, and a build without a new text needs none."""
        if self._reader is None:
            corpus, index = self.archive.corpus, DocumentIndex(self.archive.documents_by)
            citations = _citations(self.knowledge)
            mentions = MentionFinder(corpus, self.knowledge, index, citations)
            self._reader = ArticleReader(corpus, self.knowledge, mentions)
        return self._reader

    def record(self, task: tuple[str, str]) -> Made:
        """(`kind/id`, the file's path below the archive's root): the record that the file holds."""
        key, shown = task
        kind = key.partition("/")[0]
        report = Report()
        record = record_of(self._content_of(shown).parent, shown, kind, self.knowledge, report)
        if record is None:
            return _made(key, {}, (), report)
        shown_of_it = record
        if isinstance(record, Article):
            check_doubts(record, fields_of_kind(self.knowledge.kinds[kind], self.knowledge), report)
            shown_of_it = as_shown(record)
        made = self.filed(key, shown_of_it, report)
        if shown_of_it is record:
            return made
        # What is withheld is not kept, but a change of it is noticed.
        return dataclasses.replace(made, values={**made.values, f"withheld/{record.id}": digest(encode(record))})

    def whole(self, article: Article) -> Article:
        """With what its rights withhold, read from its file again: checks look at it, nothing else does."""
        if article.rights == "full":
            return article
        self.archive.tracker.read(f"withheld/{article.id}")
        path = article.origin.path
        read = record_of(self._content_of(path).parent, path, "articles", self.knowledge, Report())
        return read if isinstance(read, Article) else article

    def _content_of(self, shown: str) -> Path:
        """The content folder of the file that problems name so."""
        return next((one for one in self.contents[1:] if (one.parent / shown).is_file()), self.contents[0])

    def filed(self, key: str, record: Record | Page, report: Report) -> Made:
        """A record, and the lists by which others find it."""
        kind = key.partition("/")[0]
        values: dict[str, Any] = {f"records/{key}": record, f"label/{key}": record.label}
        rows = [*rows_of_record(kind, record), *self._rows_of_keys(record)]
        if isinstance(record, (Article, Authority)) and record.corrections:
            values[f"corrections/{key}"] = record.corrections
            rows += correction_rows(kind, record)
        return _made(key, values, rows, report)

    def _rows_of_keys(self, record: Record) -> Iterable[Row]:
        """By what records are found, and compared with others of their kind."""
        if isinstance(record, Document):
            for by, key in document_keys(record):
                yield Row(f"in/documents-by-{by}", key, "", record.id)
            if key := document_key(record):
                yield Row("in/document-keys", key, "", record.id)
        order = self.knowledge.collation
        match record:
            case Official():
                yield from official_rows(record, order)
            case Document():
                yield from document_rows(record, order)
            case Entity():
                yield from entity_rows(record, order)
        if isinstance(record, Official):
            yield Row("in/official-names", record.name, "", record.id)
        if isinstance(record, Article) and record.source and record.source.file:
            yield Row("in/sources", record.source.file, "", record.id)

    def article(self, id: str) -> Made:
        """An article's text: mentions, parts for the dossiers, and whether its words are there."""
        archive, report = self.archive, Report()
        with archive.tracker.watching() as reads:
            article = archive.corpus.articles[id]
            text = archive.text(id)
            assert text is not None
            read, parts = self.reader.read(article, text)
            values: dict[str, Any] = {f"read/{id}": dataclasses.replace(read, blocks={})}
            rows = list(rows_of_article(article, read, parts))
            rows += article_rows(article, read, self.knowledge.collation)
            whole = self.whole(article)
            kept = sample(whole)
            values[f"sample/{id}"] = kept.tobytes()
            rows += (Row("in/sketch", f"{hash:016x}", "", id) for hash in sketch(kept))
            if parts.report is None:
                moment = values[f"moments/articles/{id}"] = moment_of_article(article, self.knowledge)
                rows += moment_rows(moment)
            check_article(whole, full_text(whole), report)
            check_references("articles", article, archive.corpus, self.knowledge, report)
            self._check_corrections("articles", whole, report)
            name = article.source.file if article.source else None
            check_source(article, self._content_of(f"content/sources/{name}"), report)
            if name:
                archive.tracker.read(f"source/{name}")
        return _made(id, values, rows, report, reads)

    def alike(self, id: str) -> Made:
        """Whether an article is another one over again."""
        archive, report = self.archive, Report()
        with archive.tracker.watching() as reads:
            own = archive.samples[id]
            crowds = (archive.index.ids("in/sketch", f"{hash:016x}", LARGEST_CROWD + 1) for hash in sketch(own))
            check_alike(archive.corpus.articles[id], own, crowds, archive.samples.__getitem__, report)
        return _made(id, {}, (), report, reads)

    def event(self, id: str) -> Made:
        archive, report = self.archive, Report()
        with archive.tracker.watching() as reads:
            event = archive.corpus.events[id]
            dossier = event_dossier(event, archive)
            moment = moment_of_event(id, dossier, self.knowledge)
            rows = [*rows_of_event(event, dossier, archive, self._absent), *moment_rows(moment)]
            self._check("events", event, report)
        return _made(id, {f"dossiers/events/{id}": dossier, f"moments/events/{id}": moment}, rows, report, reads)

    def dossier(self, key: str) -> Made:
        """People, documents and records of added kinds, by `kind/id`."""
        archive, report = self.archive, Report()
        kind, _, id = key.partition("/")
        with archive.tracker.watching() as reads:
            record: Any = archive.corpus.records(kind)[id]
            make: Any = {"officials": official_dossier, "documents": document_dossier}.get(kind, entity_dossier)
            dossier = make(record, archive)
            self._check(kind, record, report)
        values = {f"dossiers/{kind}/{id}": dossier}
        if kind == "officials":
            values[f"last-role/{id}"] = last_role(dossier)
        elif kind == "documents":
            values[f"times-cited/{id}"] = len(dossier.citations)
        return _made(key, values, (), report, reads)

    def _check(self, kind: str, record: Authority, report: Report) -> None:
        archive = self.archive
        check_references(kind, record, archive.corpus, self.knowledge, report)
        cited: list[str] = []
        if isinstance(record, Document):
            parts = archive.values("in/documents", record.id)
            cited = [printed for part in parts for printed, _ in part.entries]
        check_authority(record, self._full_text, cited, report)
        self._check_corrections(kind, record, report)

    def _check_corrections(self, kind: str, record: Article | Authority, report: Report) -> None:
        check_corrections(record, fields_of_kind(self.knowledge.kinds[kind], self.knowledge), report)

    def _full_text(self, article: str) -> str | None:
        articles = self.archive.corpus.articles
        whole = self.whole(articles[article]) if article in articles else None
        return full_text(whole) if whole and not is_description(whole) else None


@lru_cache(maxsize=1)
def _citations(knowledge: Knowledge) -> CitationFinder:
    """`serve` builds again and again with the same knowledge."""
    types = knowledge.vocabularies["document_types"]
    return CitationFinder(knowledge.citations, types)


def _made(
    key: str,
    values: dict[str, Any],
    rows: Iterable[Row],
    report: Report,
    reads: Iterable[str] = (),
    note: bytes = b"",
) -> Made:
    encoded: dict[RowKey, bytes] = {
        (row.list, row.part, row.sort, row.id): b"" if row.value is None else encode(row.value) for row in rows
    }
    return Made(
        key=key,
        values={name: encode(value) for name, value in values.items()},
        rows=encoded,
        problems=encode(list(report)) if report.found else b"",
        reads=frozenset(reads),
        note=note,
    )
